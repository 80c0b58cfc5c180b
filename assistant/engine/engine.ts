import type { CheckedQuery } from '../guard/types.ts';
import type { Expense } from './expense.ts';

/**
 * A value of a result as JSON carries it: text, number, boolean, null, arrays, and maps as objects.
 * A date is `YYYY-MM-DD`, a timestamp `YYYY-MM-DD HH:MM:SS.mmm` (UTC), both as Trino prints them.
 * An integer beyond 2^53 and a decimal are text, so that no digit is lost.
 */
export type Cell =
  | string
  | number
  | boolean
  | null
  | readonly Cell[]
  | { readonly [key: string]: Cell };

export interface ResultColumn {
  readonly name: string;
  /** The Trino name of the type. */
  readonly type: string;
}

/** Whether the values of a column are numbers, by its Trino type. */
export const isNumeric = ({ type }: ResultColumn): boolean =>
  /^(?:tinyint|smallint|integer|bigint|double|real|decimal)/.test(type);

export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** True when there were more rows, or more bytes, than the engine gives; the rest was left out. */
  readonly truncated: boolean;
  /** The engine's id of the execution. */
  readonly queryId: string;
  readonly elapsedMs: number;
  readonly expense: Expense;
}

export type EngineErrorCode =
  | 'TIMEOUT'
  | 'CANCELLED'
  | 'OUT_OF_MEMORY'
  | 'FAILED'
  /** The workgroup's limit on bytes scanned was reached. */
  | 'SCAN_LIMIT'
  /** Too many requests or queries at once, also after retries. */
  | 'THROTTLED'
  | 'ACCESS_DENIED'
  /** There are no credentials, or they have expired. */
  | 'CREDENTIALS'
  /** The service could not be reached, or had a fault of its own. */
  | 'UNAVAILABLE'
  /** The workgroup is missing, disabled, or has nowhere to put results. */
  | 'WORKGROUP'
  /** The tables are missing or empty: nothing was published. */
  | 'NO_SNAPSHOT'
  /** Another snapshot was published meanwhile, so that the rows could be of either. */
  | 'SNAPSHOT_CHANGED'
  /** The result is not what the contract says; nothing is claimed from it. */
  | 'UNEXPECTED_RESULT';

/** Why the engine could not answer. `hint` says what to do. */
export class EngineError extends Error {
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'EngineError';
  }
}

/** Which data an engine reads. */
export interface SnapshotInfo {
  readonly snapshotId: string;
  /** The moment the data speaks of (UTC, ISO 8601). */
  readonly asOf: string;
  readonly origin: 'simulated' | 'aws';
}

/** One place that runs checked queries over one snapshot. */
export interface Engine {
  readonly name: 'duckdb' | 'athena';
  readonly snapshot: SnapshotInfo;
  /** Runs a query. Throws {@link EngineError}. Aborting the signal stops the query. */
  readonly run: (query: CheckedQuery, signal?: AbortSignal) => Promise<QueryResult>;
  readonly close: () => Promise<void>;
}
