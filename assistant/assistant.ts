import { type CoverageStatement, readCoverage } from './answer/coverage.ts';
import type { AnswerStore } from './answer/store.ts';
import type { AskDependencies } from './ask.ts';
import type { Audit, AuditLog } from './audit/audit.ts';
import type { FeedbackLog } from './audit/feedback.ts';
import type { Engine } from './engine/engine.ts';
import { loadDataValues } from './translate/data-values.ts';
import { createOfflineTranslator } from './translate/offline/offline.ts';
import type { DataValues, Translator } from './translate/translator.ts';

/** The accounts that a caller may see; null for all. */
export type AccountScope = readonly string[] | null;

/** What the faces (command line, page, Slack) ask, whichever engine is behind it. */
export interface Assistant {
  /**
   * What a question needs now, of a caller who may see these accounts; all where none are given. When
   * a newer snapshot was published since the last call, it is opened first; questions under way finish
   * on the one they began with.
   */
  readonly dependencies: (accountScope?: AccountScope) => Promise<AskDependencies>;
  readonly answers: AnswerStore;
  readonly feedback: FeedbackLog;
  readonly auditLog: AuditLog;
  readonly close: () => Promise<void>;
}

/**
 * An assistant that is there at once, while the engine behind it is still opened: pages are shown and
 * commands acknowledged meanwhile, and only who asks about the snapshot waits for it. Opening that failed
 * is told to them, and tried again by the next.
 */
export function openedMeanwhile(
  { answers, feedback, auditLog }: Pick<Assistant, 'answers' | 'feedback' | 'auditLog'>,
  open: () => Promise<Assistant>,
): Assistant {
  let opening: Promise<Assistant> | undefined;
  const opened = () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  opened().catch(() => {});
  return {
    answers,
    feedback,
    auditLog,
    dependencies: async (accountScope) => (await opened()).dependencies(accountScope),
    close: async () => (await opening)?.close(),
  };
}

/** What a translator is made from, once per snapshot and scope. */
export interface TranslatorParts {
  readonly engine: Engine;
  readonly values: DataValues;
  readonly accountScope: AccountScope;
  /** The translator that needs no network; it is there in any case. */
  readonly offline: Translator;
}

export type MakeTranslator = (parts: TranslatorParts) => Translator;

/** The translator that is used where no other is chosen. */
export const offlineAlone: MakeTranslator = ({ offline }) => offline;

/** What is read of a snapshot, within a scope, before questions about it can be answered. */
export interface Readings {
  readonly coverage: CoverageStatement;
  /** The values that people name. */
  readonly values: DataValues;
}

export async function readSnapshotFor(
  engine: Engine,
  accountScope: AccountScope,
): Promise<Readings> {
  const [coverage, values] = await Promise.all([
    readCoverage(engine, accountScope),
    loadDataValues(engine, accountScope),
  ]);
  return { coverage, values };
}

/** What a question needs, from what was read of the snapshot within the scope. */
export function dependenciesOf(
  engine: Engine,
  audit: Audit,
  makeTranslator: MakeTranslator,
  accountScope: AccountScope,
  { coverage, values }: Readings,
): AskDependencies {
  const offline = createOfflineTranslator(values);
  return {
    engine,
    translator: makeTranslator({ engine, values, accountScope, offline }),
    coverage,
    audit,
    accountScope,
    clock: () => new Date(),
  };
}

/** Prepares for each scope once, when it is first asked for; what failed is tried again the next time. */
export function oncePerScope(
  prepareFor: (accountScope: AccountScope) => Promise<AskDependencies>,
): (accountScope: AccountScope) => Promise<AskDependencies> {
  const prepared = new Map<string, Promise<AskDependencies>>();
  return (accountScope) => {
    const key = JSON.stringify(accountScope && [...accountScope].sort());
    const known = prepared.get(key);
    if (known) return known;
    const preparing = prepareFor(accountScope);
    prepared.set(key, preparing);
    preparing.catch(() => prepared.delete(key));
    return preparing;
  };
}
