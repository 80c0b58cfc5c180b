/** One query of the suite. */
export interface ConformanceQuery {
  readonly name: string;
  readonly sql: string;
  /** Both engines must fail; otherwise both must succeed. */
  readonly fails?: true;
  /** DuckDB must fail, whatever Trino does: its releases differ, and no answer is better than a wrong one. */
  readonly stops?: true;
  /** ORDER BY leaves ties, so that the order of the rows says nothing. */
  readonly ties?: true;
  /** The release of Trino that mended it, of those that are tested; older ones are known to differ. */
  readonly since?: number;
  /** The caller sees these accounts only. */
  readonly accounts?: readonly string[];
}

/** Each expression as a query of its own. */
export const expressions = (category: string, list: readonly string[]): ConformanceQuery[] =>
  list.map((sql) => ({ name: `${category}: ${sql}`, sql: `SELECT ${sql} AS v` }));

/** Each expression as a query that must fail. */
export const failures = (category: string, list: readonly string[]): ConformanceQuery[] =>
  list.map((sql) => ({
    name: `${category} fails: ${sql}`,
    sql: `SELECT ${sql} AS v`,
    fails: true,
  }));

/** Each expression as a query that DuckDB must refuse to run, because releases of Trino differ in it. */
export const stops = (category: string, list: readonly string[]): ConformanceQuery[] =>
  list.map((sql) => ({
    name: `${category} stops: ${sql}`,
    sql: `SELECT ${sql} AS v`,
    stops: true,
  }));

/**
 * Each expression over rows of edge values, so that neither engine can work it out before it runs.
 * The rows are numbered by a first column `n`.
 */
export const over = (
  category: string,
  columns: string,
  rows: readonly string[],
  list: readonly string[],
): ConformanceQuery[] =>
  list.map((sql) => ({
    name: `${category}: ${sql}`,
    sql: `SELECT n, ${sql} AS v FROM (VALUES ${rows.map((r, i) => `(${i}, ${r})`).join(', ')}) AS t(n, ${columns}) ORDER BY n`,
  }));

/** Queries that older releases of Trino are known to answer otherwise. */
export const since = (
  release: number,
  list: readonly ConformanceQuery[],
): readonly ConformanceQuery[] => list.map((q) => ({ ...q, since: release }));

/** Whole queries, each with a name. */
export const queries = (
  category: string,
  list: Readonly<Record<string, string>>,
  options: Omit<ConformanceQuery, 'name' | 'sql'> = {},
): ConformanceQuery[] =>
  Object.entries(list).map(([name, sql]) => ({ name: `${category}: ${name}`, sql, ...options }));
