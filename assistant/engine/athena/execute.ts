import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryExecution } from '@aws-sdk/client-athena';
import type { CheckedQuery } from '../../guard/types.ts';
import { EngineError, type QueryResult } from '../engine.ts';
import { addExpenses, type Expense } from '../expense.ts';
import type { AthenaApi } from './api.ts';
import { scanCost } from './cost.ts';
import { endedError, requestError } from './errors.ts';
import { unexpected } from './result-columns.ts';
import { readPages } from './result-pages.ts';
import type { AthenaSettings } from './settings.ts';

/** How long a query may take to be stopped. */
const STOP_MS = 5_000;

export interface ExecuteOptions {
  /** The oldest result that may be reused, in minutes; 0 for none. */
  readonly reuseMinutes: number;
  readonly signal?: AbortSignal | undefined;
  /** Done beside reading the result, once the query has read its tables; what it takes is added. */
  readonly afterRun?: (signal: AbortSignal) => Promise<Expense>;
}

/**
 * Runs a checked query on Athena: starts it, waits for its end, reads its result.
 *
 * Whatever makes this end early (the caller's signal, the time limit, a lost network), the query is
 * told to stop, once. Throws {@link EngineError}.
 */
export async function execute(
  api: AthenaApi,
  query: CheckedQuery,
  settings: AthenaSettings,
  { reuseMinutes, signal, afterRun }: ExecuteOptions,
): Promise<QueryResult> {
  const began = performance.now();
  const limit = AbortSignal.timeout(settings.timeLimitSeconds * 1_000);
  const over = signal ? AbortSignal.any([signal, limit]) : limit;
  const reason = (error: unknown): EngineError => {
    if (signal?.aborted)
      return new EngineError('CANCELLED', 'The query was cancelled.', 'Ask again.');
    if (limit.aborted)
      return new EngineError(
        'TIMEOUT',
        `The query ran longer than ${settings.timeLimitSeconds} seconds and was stopped.`,
        'Ask for less, or allow more with KMS_INSIGHTS_ATHENA_TIME_LIMIT_SECONDS.',
      );
    return error instanceof EngineError ? error : requestError(error, settings);
  };
  if (signal?.aborted) throw reason(null);

  const id = await start(api, query, settings, reuseMinutes).catch((error: unknown) => {
    throw reason(error);
  });
  let hasEnded = false;
  try {
    over.throwIfAborted();
    const execution = await untilEnded(api, id, settings, over);
    hasEnded = true;
    if (execution.Status?.State !== 'SUCCEEDED') throw endedError(execution, settings);
    const expense = expenseOf(execution, settings);
    const [pages, after] = await Promise.all([
      readPages(api, id, query.columns, settings, over),
      afterRun?.(over),
    ]);
    return {
      columns: query.columns,
      ...pages,
      queryId: id,
      elapsedMs: performance.now() - began,
      expense: after ? addExpenses(expense, after) : expense,
    };
  } catch (error) {
    const told = reason(error);
    if (hasEnded && !over.aborted) throw told;
    const isStopped = await stop(api, id);
    if (isStopped || hasEnded) throw told;
    throw new EngineError(
      told.code,
      told.message,
      `${told.hint} The query ${id} could not be stopped and may go on until the limits of the workgroup end it.`,
    );
  }
}

async function start(
  api: AthenaApi,
  query: CheckedQuery,
  { workgroup, database, catalog }: AthenaSettings,
  reuseMinutes: number,
): Promise<string> {
  const id = await api.start({
    QueryString: query.athena,
    WorkGroup: workgroup,
    QueryExecutionContext: { Database: database, Catalog: catalog },
    // A request that is sent again starts no second query.
    ClientRequestToken: randomUUID(),
    ResultReuseConfiguration: {
      ResultReuseByAgeConfiguration:
        reuseMinutes > 0 ? { Enabled: true, MaxAgeInMinutes: reuseMinutes } : { Enabled: false },
    },
  });
  if (id === undefined) throw unexpected('the query was given no id');
  return id;
}

/** Asks how the query is doing, at once at first and then more and more rarely. */
async function untilEnded(
  api: AthenaApi,
  id: string,
  settings: AthenaSettings,
  signal: AbortSignal,
): Promise<QueryExecution> {
  for (let wait = settings.pollFirstMs; ; wait = Math.min(wait * 1.6, settings.pollLongestMs)) {
    // Not all queries of a page at the same moment.
    await sleep(wait * (0.75 + Math.random() / 2), undefined, { signal });
    const execution = await api.execution(id, signal);
    const state = execution?.Status?.State;
    // A query goes back to QUEUED after some faults; only these three states are final.
    if (state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED')
      return execution ?? {};
  }
}

/** True when the query was told to stop. What goes wrong here must not hide why it had to. */
const stop = (api: AthenaApi, id: string): Promise<boolean> =>
  api.stop(id, AbortSignal.timeout(STOP_MS)).then(
    () => true,
    () => false,
  );

function expenseOf({ Statistics: s }: QueryExecution, { pricePerTbUsd }: AthenaSettings): Expense {
  const scannedBytes = s?.DataScannedInBytes ?? null;
  const reused = s?.ResultReuseInformation?.ReusedPreviousResult ?? false;
  return {
    scannedBytes,
    costUsd: scannedBytes === null ? null : scanCost(scannedBytes, reused, pricePerTbUsd),
    queuedMs: s?.QueryQueueTimeInMillis ?? null,
    executionMs: s?.EngineExecutionTimeInMillis ?? null,
    reused,
  };
}
