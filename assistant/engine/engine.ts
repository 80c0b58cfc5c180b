import type { Manifest } from '../../collector/schema/snapshot.ts';
import type { CheckedQuery } from '../guard/types.ts';

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

export interface QueryResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
  /** The engine's id of the execution. */
  readonly queryId: string;
  readonly elapsedMs: number;
  /** Bytes scanned; null where the engine does not bill by them. */
  readonly scannedBytes: number | null;
}

/** Why the engine could not answer. `hint` says what to do. */
export class EngineError extends Error {
  constructor(
    readonly code: 'TIMEOUT' | 'CANCELLED' | 'OUT_OF_MEMORY' | 'FAILED',
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = 'EngineError';
  }
}

/** One place that runs checked queries over one snapshot. */
export interface Engine {
  readonly name: 'duckdb' | 'athena';
  /** What the data is: id, as-of time, coverage. */
  readonly snapshot: Manifest;
  /** Runs a query. Throws {@link EngineError}. Aborting the signal stops the query. */
  readonly run: (query: CheckedQuery, signal?: AbortSignal) => Promise<QueryResult>;
  readonly close: () => Promise<void>;
}
