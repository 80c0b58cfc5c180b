/** What the guard takes and gives. The engines accept nothing but a {@link CheckedQuery}. */

export interface GuardOptions {
  /** The moment to which current_date, now() and kin are pinned (UTC). */
  readonly asOf: Date;
  /** The accounts the caller may see; null for all of them, an empty list for none. */
  readonly accountScope: readonly string[] | AccountScope | null;
  /** Rows returned when the query has no LIMIT of its own. Default 1,000. */
  readonly defaultLimit?: number;
  /** A larger LIMIT is lowered to this. Default 10,000. */
  readonly maxLimit?: number;
}

/** What a caller may see: these accounts, and those in these organizational units or below them. */
export interface AccountScope {
  readonly accounts: readonly string[];
  /** Paths as `accounts.ou_path` has them, such as `Root/Workloads/Prod`; taken as they are spelt. */
  readonly organizationalUnits: readonly string[];
}

/** Where in the submitted text, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Why a query was refused. `hint` says what to write instead. */
export interface GuardError {
  readonly code: GuardErrorCode;
  readonly message: string;
  readonly position: Position;
  readonly hint: string;
}

export type GuardErrorCode =
  | 'EMPTY'
  | 'TOO_LONG'
  | 'TOO_COMPLEX'
  | 'SYNTAX'
  | 'MULTIPLE_STATEMENTS'
  | 'NOT_A_QUERY'
  | 'UNSUPPORTED'
  | 'UNKNOWN_TABLE'
  | 'UNKNOWN_COLUMN'
  | 'AMBIGUOUS_COLUMN'
  | 'UNKNOWN_FUNCTION'
  | 'WRONG_ARGUMENTS'
  | 'TYPE_MISMATCH'
  | 'NOT_GROUPED'
  | 'FORBIDDEN'
  /** A defect of the guard, which refuses what it cannot check. */
  | 'INTERNAL';

declare const checked: unique symbol;

/** A query that passed every check, rendered anew from the checked tree. Only the guard makes one. */
export interface CheckedQuery {
  readonly [checked]: true;
  /** In Trino's SQL, for people to read and to run again. */
  readonly trino: string;
  /** The same query for Athena, which gives the arrays and maps of the result as JSON text. */
  readonly athena: string;
  /** The same query for DuckDB. */
  readonly duckdb: string;
  /** The base tables and views it reads. */
  readonly tables: readonly string[];
  /** The one of them of which each row of the result is one row, none of them twice; else null. */
  readonly rowsOf: string | null;
  /** Result columns in order, with Trino type names; `unknown` where the type cannot be told. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** The LIMIT in force, and whether the guard set it rather than the author. */
  readonly limit: { readonly rows: number; readonly setByGuard: boolean };
}

export type GuardResult =
  | { readonly ok: true; readonly query: CheckedQuery }
  | { readonly ok: false; readonly error: GuardError };
