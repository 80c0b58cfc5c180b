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

/** How many expressions one query holds: what Trino takes to plan it is most of the time. */
const AT_ONCE = 8;

const together = (list: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(list.length / AT_ONCE) }, (_, i) =>
    list.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );
const named = (category: string, list: readonly string[]): string =>
  `${category}: ${list.join(' · ')}`;
const columns = (list: readonly string[]): string =>
  list.map((sql, i) => `${sql} AS v${i + 1}`).join(', ');

/** Expressions, some in each query. */
export const expressions = (category: string, list: readonly string[]): ConformanceQuery[] =>
  together(list).map((some) => ({ name: named(category, some), sql: `SELECT ${columns(some)}` }));

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
 * Expressions over rows of edge values, so that neither engine can work them out before it runs.
 * The rows are numbered by a first column `n`.
 */
export const over = (
  category: string,
  names: string,
  rows: readonly string[],
  list: readonly string[],
): ConformanceQuery[] =>
  together(list).map((some) => ({
    name: named(category, some),
    sql: `SELECT n, ${columns(some)} FROM (VALUES ${rows.map((r, i) => `(${i}, ${r})`).join(', ')}) AS t(n, ${names}) ORDER BY n`,
  }));

/** Columns computed from a FROM and what follows it, some in each query. */
export const computed = (
  category: string,
  list: readonly string[],
  before: string,
  after: string,
): ConformanceQuery[] =>
  together(list).map((some) => ({
    name: named(category, some),
    sql: `SELECT ${before}${columns(some)} ${after}`,
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
