import type { QueryResult } from '../engine/engine.ts';

/** The numbers a summary may speak of. */
export interface Counted {
  readonly result: QueryResult;
  readonly truncated: boolean;
  /** Null when the rows were cut and their number is not known. */
  readonly totalRows: number | null;
}
