import type { AskDependencies } from './ask.ts';
import {
  type AccountScope,
  type Assistant,
  dependenciesOf,
  type MakeTranslator,
  offlineAlone,
  oncePerScope,
  readSnapshotFor,
} from './assistant.ts';
import type { Audit } from './audit/audit.ts';
import { readCurrent } from './engine/duckdb/data-folder.ts';
import { type DuckdbOptions, openDuckdb } from './engine/duckdb/duckdb.ts';
import type { Engine } from './engine/engine.ts';
import { folderRecords } from './records.ts';

/** How long a superseded snapshot stays open for questions that are still running. */
const LINGER_MS = 60_000;

interface Opened {
  readonly engine: Engine;
  readonly dependencies: (accountScope: AccountScope) => Promise<AskDependencies>;
}

/**
 * An assistant over a data folder on this machine: DuckDB, and the offline translator where no other is
 * chosen. Throws `DataFolderError` when there is no readable snapshot in it.
 */
export async function openLocalAssistant(
  folder: string,
  options: DuckdbOptions = {},
  makeTranslator: MakeTranslator = offlineAlone,
): Promise<Assistant> {
  const { audit, auditLog, answers, feedback } = folderRecords(folder);
  let opened = await open(folder, audit, options, makeTranslator);
  let opening: Promise<Opened> | null = null;

  /** Opens the newer snapshot once, however many questions wait for it. */
  const reopen = async (): Promise<Opened> => {
    const superseded = opened.engine;
    opened = await open(folder, audit, options, makeTranslator);
    setTimeout(() => void superseded.close(), LINGER_MS).unref();
    return opened;
  };

  const dependencies = async (accountScope: AccountScope = null) => {
    const current = await readCurrent(folder);
    if (current.snapshotId === opened.engine.snapshot.snapshotId) {
      return opened.dependencies(accountScope);
    }
    opening ??= reopen().finally(() => {
      opening = null;
    });
    return (await opening).dependencies(accountScope);
  };

  return {
    dependencies,
    answers,
    feedback,
    auditLog,
    close: () => opened.engine.close(),
  };
}

async function open(
  folder: string,
  audit: Audit,
  options: DuckdbOptions,
  makeTranslator: MakeTranslator,
): Promise<Opened> {
  const engine = await openDuckdb(folder, options);
  const dependencies = oncePerScope(async (scope) =>
    dependenciesOf(engine, audit, makeTranslator, scope, await readSnapshotFor(engine, scope)),
  );
  await dependencies(null);
  return { engine, dependencies };
}
