import type { AskDependencies } from './ask.ts';
import {
  type AccountScope,
  type Assistant,
  dependenciesOf,
  type MakeTranslator,
  offlineAlone,
  oncePerScope,
  type Readings,
  readSnapshotFor,
} from './assistant.ts';
import type { Audit } from './audit/audit.ts';
import { type AthenaApi, athenaApi } from './engine/athena/api.ts';
import { type AthenaEngine, openAthena } from './engine/athena/athena.ts';
import type { AthenaSettings } from './engine/athena/settings.ts';
import { EngineError, type QueryResult } from './engine/engine.ts';
import type { KeptReadings } from './kept-readings.ts';
import type { Records } from './records.ts';

/** After this, it is looked whether the snapshot is still in force before the next question. */
const CONFIRM_AFTER_MS = 300_000;

interface Opened {
  readonly engine: AthenaEngine;
  readonly dependencies: (accountScope: AccountScope) => Promise<AskDependencies>;
}

/**
 * An assistant over the tables of Athena. Throws `EngineError` when Athena cannot be used, or holds no snapshot.
 *
 * @param kept what was read of snapshots before; left out, each process reads for itself
 */
export async function openAthenaAssistant(
  { audit, auditLog, answers, feedback }: Records,
  settings: AthenaSettings,
  signal?: AbortSignal,
  makeTranslator: MakeTranslator = offlineAlone,
  kept?: KeptReadings,
): Promise<Assistant> {
  const api = athenaApi(settings.region);
  const openNow = (s?: AbortSignal) => open(api, audit, settings, makeTranslator, kept, s);
  let opened = await openNow(signal).catch((error: unknown) => {
    api.close();
    throw error;
  });
  let refreshing: Promise<Opened> | null = null;

  const refresh = async (): Promise<Opened> => {
    try {
      await opened.engine.confirm();
    } catch (error) {
      if (!(error instanceof EngineError) || error.code !== 'SNAPSHOT_CHANGED') throw error;
      opened = await openNow();
    }
    return opened;
  };

  return {
    dependencies: async (accountScope = null) => {
      if (opened.engine.confirmedAgo() < CONFIRM_AFTER_MS) return opened.dependencies(accountScope);
      refreshing ??= refresh().finally(() => {
        refreshing = null;
      });
      return (await refreshing).dependencies(accountScope);
    },
    answers,
    feedback,
    auditLog,
    close: async () => api.close(),
  };
}

async function open(
  api: AthenaApi,
  audit: Audit,
  settings: AthenaSettings,
  makeTranslator: MakeTranslator,
  kept: KeptReadings | undefined,
  signal: AbortSignal | undefined,
): Promise<Opened> {
  const engine = await openAthena(api, settings, signal);
  const { snapshotId } = engine.snapshot;
  const dependencies = oncePerScope(async (accountScope) => {
    const of = { snapshotId, accountScope };
    const before = await kept?.load(of);
    const readings = before ?? (await readAtOnce(engine, accountScope, signal));
    if (!before) await kept?.save(of, readings);
    return dependenciesOf(engine, audit, makeTranslator, accountScope, readings);
  });
  await dependencies(null);
  return { engine, dependencies };
}

/** Reads all that is needed from one snapshot, and looks once at the end that it was one. */
async function readAtOnce(
  engine: AthenaEngine,
  accountScope: AccountScope,
  signal: AbortSignal | undefined,
): Promise<Readings> {
  const failed = new AbortController();
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const running = new Set<Promise<QueryResult>>();
  const reading = {
    ...engine,
    run: (...[query]: Parameters<AthenaEngine['run']>) => {
      const result = engine.runUnconfirmed(query, stop);
      running.add(result);
      return result;
    },
  };
  try {
    const readings = await readSnapshotFor(reading, accountScope);
    await engine.confirm(signal);
    return readings;
  } catch (error) {
    // The other queries are told to stop, and that is waited for.
    failed.abort();
    await Promise.allSettled(running);
    throw error;
  }
}
