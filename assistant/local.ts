import { type CoverageStatement, readCoverage } from './answer/coverage.ts';
import { type AnswerStore, folderAnswerStore } from './answer/store.ts';
import type { AskDependencies } from './ask.ts';
import { fileAudit } from './audit/audit.ts';
import { readCurrent } from './engine/duckdb/data-folder.ts';
import { type DuckdbOptions, openDuckdb } from './engine/duckdb/duckdb.ts';
import type { Engine } from './engine/engine.ts';
import { loadDataValues } from './translate/data-values.ts';
import { createOfflineTranslator } from './translate/offline/offline.ts';

/** An assistant over a data folder on this machine: DuckDB and the offline translator. */
export interface LocalAssistant {
  /**
   * What a question needs now. When a newer snapshot was published since the last call, it is
   * opened first; questions under way finish on the one they began with.
   */
  readonly dependencies: () => Promise<AskDependencies>;
  readonly answers: AnswerStore;
  readonly close: () => Promise<void>;
}

/** How long a superseded snapshot stays open for questions that are still running. */
const LINGER_MS = 60_000;

interface Opened {
  readonly engine: Engine;
  readonly dependencies: AskDependencies;
}

/** Opens a data folder. Throws `DataFolderError` when there is no readable snapshot in it. */
export async function openLocalAssistant(
  folder: string,
  options: DuckdbOptions = {},
): Promise<LocalAssistant> {
  let opened = await open(folder, options);
  let opening: Promise<Opened> | null = null;

  /** Opens the newer snapshot once, however many questions wait for it. */
  const reopen = async (): Promise<Opened> => {
    const superseded = opened.engine;
    opened = await open(folder, options);
    setTimeout(() => void superseded.close(), LINGER_MS).unref();
    return opened;
  };

  const dependencies = async () => {
    const current = await readCurrent(folder);
    if (current.snapshotId === opened.engine.snapshot.snapshotId) return opened.dependencies;
    opening ??= reopen().finally(() => {
      opening = null;
    });
    return (await opening).dependencies;
  };

  return {
    dependencies,
    answers: folderAnswerStore(folder),
    close: () => opened.engine.close(),
  };
}

async function open(folder: string, options: DuckdbOptions): Promise<Opened> {
  const engine = await openDuckdb(folder, options);
  const accountScope = null;
  const coverage: CoverageStatement = await readCoverage(engine, accountScope);
  const translator = createOfflineTranslator(await loadDataValues(engine, accountScope));
  return {
    engine,
    dependencies: {
      engine,
      translator,
      coverage,
      audit: fileAudit(folder),
      accountScope,
      clock: () => new Date(),
    },
  };
}
