import { type CoverageStatement, readCoverage } from './answer/coverage.ts';
import type { AnswerStore } from './answer/store.ts';
import type { AskDependencies } from './ask.ts';
import { fileAudit } from './audit/audit.ts';
import type { Engine } from './engine/engine.ts';
import { loadDataValues } from './translate/data-values.ts';
import { createOfflineTranslator } from './translate/offline/offline.ts';

/** What the faces (command line, page) ask, whichever engine is behind it. */
export interface Assistant {
  /**
   * What a question needs now. When a newer snapshot was published since the last call, it is
   * opened first; questions under way finish on the one they began with.
   */
  readonly dependencies: () => Promise<AskDependencies>;
  readonly answers: AnswerStore;
  readonly close: () => Promise<void>;
}

/** Reads what is needed to answer from a snapshot: its coverage, and the values that people name. */
export async function prepare(engine: Engine, folder: string): Promise<AskDependencies> {
  const accountScope = null;
  const [coverage, values]: [CoverageStatement, Awaited<ReturnType<typeof loadDataValues>>] =
    await Promise.all([readCoverage(engine, accountScope), loadDataValues(engine, accountScope)]);
  return {
    engine,
    translator: createOfflineTranslator(values),
    coverage,
    audit: fileAudit(folder),
    accountScope,
    clock: () => new Date(),
  };
}
