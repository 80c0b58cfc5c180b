import type { CheckedQuery } from '../../guard/types.ts';
import { type Engine, EngineError } from '../engine.ts';
import type { Expense } from '../expense.ts';
import type { AthenaApi } from './api.ts';
import { execute } from './execute.ts';
import type { AthenaSettings } from './settings.ts';
import { readSnapshot, type SnapshotInForce } from './snapshot.ts';

export interface AthenaEngine extends Engine {
  readonly name: 'athena';
  /**
   * Runs a query without looking afterwards whether the snapshot is still the same. For many queries
   * in a row, after which {@link confirm} is called once.
   */
  readonly runUnconfirmed: Engine['run'];
  /**
   * Reads again which snapshot is in force. Throws {@link EngineError} `SNAPSHOT_CHANGED` when it is
   * another than this engine's.
   */
  readonly confirm: (signal?: AbortSignal) => Promise<void>;
  /** Milliseconds since the snapshot was last seen to be in force; infinite when it is no more. */
  readonly confirmedAgo: () => number;
}

/**
 * Opens the tables of the data catalog, over the snapshot that is in force now.
 *
 * A new snapshot may be published at any moment, and Athena reuses results without looking whether
 * the data has changed ("Reuse query results"). So that every row is of the snapshot that the answer
 * names, a result may be reused only if it was made after this engine saw its snapshot in force, and
 * after each query it looks whether that is still so.
 *
 * Throws {@link EngineError}.
 */
export async function openAthena(
  api: AthenaApi,
  settings: AthenaSettings,
  signal?: AbortSignal,
): Promise<AthenaEngine> {
  const snapshotInForce = (s: AbortSignal | undefined) =>
    readSnapshot((query) => execute(api, query, settings, { reuseMinutes: 0, signal: s }));
  const { snapshot } = await snapshotInForce(signal);
  const opened = performance.now();
  let confirmed = opened;

  const confirm = async (s?: AbortSignal): Promise<Expense> => {
    const { snapshot: now, result } = await snapshotInForce(s);
    if (!isSame(now, snapshot)) {
      confirmed = Number.NEGATIVE_INFINITY;
      throw new EngineError(
        'SNAPSHOT_CHANGED',
        'A newer snapshot was published while the query ran, so that its rows could be of either.',
        'Ask again: the answer will be of the newer one.',
      );
    }
    confirmed = performance.now();
    return result.expense;
  };
  const reuseMinutes = () =>
    Math.min(settings.reuseMinutes, Math.floor((performance.now() - opened) / 60_000));
  const run = (query: CheckedQuery, s?: AbortSignal, afterRun?: typeof confirm) =>
    execute(api, query, settings, {
      reuseMinutes: reuseMinutes(),
      signal: s,
      ...(afterRun ? { afterRun } : {}),
    });

  return {
    name: 'athena',
    snapshot: { ...snapshot, origin: settings.simulated ? 'simulated' : 'aws' },
    run: (query, s) => run(query, s, confirm),
    runUnconfirmed: (query, s) => run(query, s),
    confirm: async (s) => void (await confirm(s)),
    confirmedAgo: () => performance.now() - confirmed,
    close: async () => api.close(),
  };
}

const isSame = (a: SnapshotInForce, b: SnapshotInForce): boolean => a.snapshotId === b.snapshotId;
