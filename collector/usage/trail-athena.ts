import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { GetQueryResultsOutput, QueryExecution, Row } from '@aws-sdk/client-athena';
import type { AthenaApi } from '../aws/api.ts';
import type { ApiName, Call } from '../read/call.ts';
import { isCallersFault } from '../read/errors.ts';
import { type Failure, failureOf } from '../read/failure.ts';
import { pages } from '../read/pages.ts';
import type { TrailRow } from './trail-query.ts';

export interface TrailAthena {
  readonly athena: AthenaApi;
  readonly call: Call;
  readonly workgroup: string;
  /** A query that takes longer is stopped, the reading of its result included. */
  readonly timeLimitMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Why the trail could not be read. */
export class TrailError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = 'TrailError';
  }
}

const trailError = (api: ApiName, code: string, message: string) =>
  new TrailError({ api, code, message, keyId: null });

/** The most that GetQueryResults gives at once. */
const PAGE_ROWS = 1000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;

/**
 * Runs a trail query on Athena and gives its rows, page by page, in their order. Whatever makes it end
 * early, the query is told to stop.
 *
 * Throws {@link TrailError}, the reason of the signal, or what says that the collector's own credentials
 * are at fault.
 */
export async function* trailRows(
  options: TrailAthena,
  sql: string,
): AsyncGenerator<readonly TrailRow[]> {
  const { athena, call, workgroup, timeLimitMs, signal } = options;
  const limit = AbortSignal.timeout(timeLimitMs);
  const over = signal ? AbortSignal.any([signal, limit]) : limit;
  const attempt = async <T>(api: ApiName, request: () => Promise<T>): Promise<T> => {
    try {
      over.throwIfAborted();
      return await call(api, request);
    } catch (error) {
      throw reason(api, error);
    }
  };
  const reason = (api: ApiName, error: unknown): unknown => {
    signal?.throwIfAborted();
    if (limit.aborted) {
      const minutes = timeLimitMs / 60_000;
      return trailError(
        api,
        'TimeBudgetSpent',
        `the query took longer than ${minutes} minutes and was stopped`,
      );
    }
    if (error instanceof TrailError || isCallersFault(error)) return error;
    return new TrailError(failureOf(api, error));
  };

  const token = randomUUID();
  const { QueryExecutionId } = await attempt('StartQueryExecution', () =>
    athena.startQueryExecution({
      QueryString: sql,
      WorkGroup: workgroup,
      // A request that is made again starts no second query.
      ClientRequestToken: token,
    }),
  );
  if (QueryExecutionId === undefined) {
    throw trailError('StartQueryExecution', 'NoQueryId', 'the query was given no id');
  }
  let isRead = false;
  try {
    await untilSucceeded(
      () =>
        attempt('GetQueryExecution', () => athena.getQueryExecution({ QueryExecutionId })).then(
          (answer) => answer.QueryExecution,
        ),
      (ms) =>
        (options.sleep ?? sleepOn)(ms, over).catch((error: unknown) => {
          throw reason('GetQueryExecution', error);
        }),
    );
    const all = pages((NextToken) =>
      attempt('GetQueryResults', () =>
        athena.getQueryResults({
          QueryExecutionId,
          MaxResults: PAGE_ROWS,
          ...(NextToken === undefined ? {} : { NextToken }),
        }),
      ).then((page) => ({ items: [page], next: page.NextToken })),
    );
    let isFirst = true;
    for await (const { items } of all) {
      for (const page of items) yield rowsOf(page, isFirst);
      isFirst = false;
    }
    isRead = true;
  } finally {
    // What goes wrong here must not hide why it had to be stopped; workgroups end queries as well.
    if (!isRead) await athena.stopQueryExecution({ QueryExecutionId }).catch(() => undefined);
  }
}

const sleepOn = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal });

/** Asks how the query is doing, more and more rarely. */
async function untilSucceeded(
  ask: () => Promise<QueryExecution | undefined>,
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 1.5, LONGEST_WAIT_MS)) {
    const { State, AthenaError, StateChangeReason } = (await ask())?.Status ?? {};
    if (State === 'SUCCEEDED') return;
    // A query goes back to QUEUED after some faults; only these states are final.
    if (State === 'FAILED' || State === 'CANCELLED') {
      const why = AthenaError?.ErrorMessage ?? StateChangeReason ?? 'Athena gave no reason';
      const code = State === 'FAILED' ? 'QueryFailed' : 'QueryCancelled';
      throw trailError('GetQueryExecution', code, why);
    }
    await sleep(wait);
  }
}

const columns = ['account', 'region', 'key_id', 'event'];

/** Throws where the result is of another form, rather than take one column for another. */
function rowsOf({ ResultSet }: GetQueryResultsOutput, isFirst: boolean): readonly TrailRow[] {
  const told = ResultSet?.ResultSetMetadata?.ColumnInfo?.map((column) => column.Name);
  if (told?.join() !== columns.join()) {
    throw trailError('GetQueryResults', 'UnexpectedResult', `the columns are ${told?.join(', ')}`);
  }
  const rows = (ResultSet?.Rows ?? []).map(cells);
  // The first row of a SELECT holds the names of the columns (Athena API Reference, GetQueryResults).
  const data = isFirst && rows[0]?.join() === columns.join() ? rows.slice(1) : rows;
  return data.map(([account, region, keyId, event]) => {
    if (account === undefined || region === undefined || keyId === undefined || event === undefined)
      throw trailError('GetQueryResults', 'UnexpectedResult', 'a row lacks a value');
    return { account, region, keyId, event };
  });
}

const cells = ({ Data = [] }: Row) => Data.map((cell) => cell.VarCharValue);
