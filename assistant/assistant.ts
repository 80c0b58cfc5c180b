import { type CoverageStatement, readCoverage } from './answer/coverage.ts';
import type { AnswerStore } from './answer/store.ts';
import type { AskDependencies } from './ask.ts';
import { fileAudit } from './audit/audit.ts';
import type { FeedbackLog } from './audit/feedback.ts';
import type { Engine } from './engine/engine.ts';
import { loadDataValues } from './translate/data-values.ts';
import { createOfflineTranslator } from './translate/offline/offline.ts';
import type { DataValues, Translator } from './translate/translator.ts';

/** What the faces (command line, page) ask, whichever engine is behind it. */
export interface Assistant {
  /**
   * What a question needs now. When a newer snapshot was published since the last call, it is
   * opened first; questions under way finish on the one they began with.
   */
  readonly dependencies: () => Promise<AskDependencies>;
  readonly answers: AnswerStore;
  readonly feedback: FeedbackLog;
  readonly close: () => Promise<void>;
}

/** What a translator is made from, once per snapshot and scope. */
export interface TranslatorParts {
  readonly engine: Engine;
  readonly values: DataValues;
  /** The accounts the caller may see; null for all. */
  readonly accountScope: readonly string[] | null;
  /** The translator that needs no network; it is there in any case. */
  readonly offline: Translator;
}

export type MakeTranslator = (parts: TranslatorParts) => Translator;

/** The translator that is used where no other is chosen. */
export const offlineAlone: MakeTranslator = ({ offline }) => offline;

/** Reads what is needed to answer from a snapshot: its coverage, and the values that people name. */
export async function prepare(
  engine: Engine,
  folder: string,
  makeTranslator: MakeTranslator,
): Promise<AskDependencies> {
  const accountScope = null;
  const [coverage, values]: [CoverageStatement, DataValues] = await Promise.all([
    readCoverage(engine, accountScope),
    loadDataValues(engine, accountScope),
  ]);
  const offline = createOfflineTranslator(values);
  return {
    engine,
    translator: makeTranslator({ engine, values, accountScope, offline }),
    coverage,
    audit: fileAudit(folder),
    accountScope,
    clock: () => new Date(),
  };
}
