import { randomUUID } from 'node:crypto';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { CheckedQuery } from '../../guard/types.ts';
import { EngineError, type QueryResult } from '../engine.ts';
import { NO_EXPENSE } from '../expense.ts';
import { trinoTypeName } from './cells.ts';
import { readRows } from './rows.ts';

export interface Bounds {
  /** After this a query is stopped, in milliseconds. */
  readonly timeoutMs: number;
  /** Most bytes of a result; the rows after them are left out. */
  readonly maxBytes: number;
  /** How much the process may grow while a query runs, in bytes, before it is stopped. */
  readonly maxGrowth: number;
}

/** Why a query was stopped from outside. */
type Cause = 'timeout' | 'cancelled' | 'memory';

/** How often the growth of the process is looked at, and a stop is asked for again. */
const WATCH_MS = 50;

/**
 * How long a stopped query may take to end before its answer is given without it. DuckDB looks for a
 * stop between batches of rows; a batch under way is finished.
 */
const GRACE_MS = 3_000;

/** Runs a query on a connection of its own, so that stopping it stops nothing else. */
export async function run(
  instance: DuckDBInstance,
  query: CheckedQuery,
  bounds: Bounds,
  signal: AbortSignal | undefined,
): Promise<QueryResult> {
  if (signal?.aborted) throw stopped('cancelled', bounds);
  const started = performance.now();
  const connection = await instance.connect();
  const watch = watchOver(connection, bounds, signal);
  const work = read(connection, query.duckdb, bounds.maxBytes);
  // Closed when DuckDB is done with it, which may be after the answer was given.
  work.catch(() => {}).finally(() => connection.closeSync());
  try {
    const { columns, rows, truncated } = await Promise.race([work, watch.givenUp]);
    const elapsedMs = performance.now() - started;
    return { columns, rows, truncated, queryId: randomUUID(), elapsedMs, expense: NO_EXPENSE };
  } catch (error) {
    const cause = watch.cause();
    throw cause === null ? failed(error) : stopped(cause, bounds);
  } finally {
    watch.end();
  }
}

async function read(connection: DuckDBConnection, sql: string, maxBytes: number) {
  const result = await connection.stream(sql);
  const types = result.columnTypes();
  const columns = result.columnNames().map((name, i) => {
    const type = types[i];
    return { name, type: type ? trinoTypeName(type) : 'unknown' };
  });
  return { columns, ...(await readRows(result, maxBytes)) };
}

interface Watch {
  readonly cause: () => Cause | null;
  /** Rejects when a stopped query does not end. */
  readonly givenUp: Promise<never>;
  readonly end: () => void;
}

/** Stops a query that runs too long, makes the process grow too much, or is no longer wanted. */
function watchOver(
  connection: DuckDBConnection,
  bounds: Bounds,
  signal: AbortSignal | undefined,
): Watch {
  const before = process.memoryUsage.rss();
  const started = performance.now();
  let cause: Cause | null = null;
  let stoppedAt = 0;
  let giveUp: (reason: Error) => void = () => {};
  const givenUp = new Promise<never>((_resolve, reject) => {
    giveUp = reject;
  });
  givenUp.catch(() => {});

  const look = (): void => {
    const now = performance.now();
    if (cause === null) {
      if (signal?.aborted) cause = 'cancelled';
      else if (now - started > bounds.timeoutMs) cause = 'timeout';
      else if (process.memoryUsage.rss() - before > bounds.maxGrowth) cause = 'memory';
      if (cause === null) return;
      stoppedAt = now;
    }
    // Again and again: a stop that comes before the query has begun is not heeded.
    connection.interrupt();
    if (now - stoppedAt > GRACE_MS) giveUp(new Error('the query does not end'));
  };
  const timer = setInterval(look, WATCH_MS);
  signal?.addEventListener('abort', look, { once: true });
  return {
    cause: () => cause,
    givenUp,
    end: () => {
      clearInterval(timer);
      signal?.removeEventListener('abort', look);
    },
  };
}

function stopped(cause: Cause, bounds: Bounds): EngineError {
  switch (cause) {
    case 'cancelled':
      return new EngineError('CANCELLED', 'The query was cancelled.', 'Ask again.');
    case 'timeout':
      return new EngineError(
        'TIMEOUT',
        `The query ran longer than ${bounds.timeoutMs / 1000} seconds and was stopped.`,
        'Ask for less: fewer joins, or a filter on account, Region or time.',
      );
    case 'memory':
      return tooMuchMemory();
  }
}

const tooMuchMemory = (): EngineError =>
  new EngineError(
    'OUT_OF_MEMORY',
    'The query needs more memory than it may use.',
    'Ask for less: group or filter before joining.',
  );

function failed(error: unknown): EngineError {
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  return message.startsWith('Out of Memory')
    ? tooMuchMemory()
    : new EngineError(
        'FAILED',
        `The query failed: ${message}`,
        'Check the values that are cast or divided, and ask again.',
      );
}
