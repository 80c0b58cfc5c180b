import type { Cell } from '../../../assistant/engine/engine.ts';

/** A type as the guard names it: Trino tells lengths and precisions that the contract does not have. */
export const plainType = (type: string): string =>
  type
    .replace(/varchar\(\d+\)/g, 'varchar')
    .replace(/timestamp\(3\)/g, 'timestamp')
    .replace(/,(?! )/g, ', ');

const isMap = (c: Cell): c is { readonly [key: string]: Cell } =>
  typeof c === 'object' && c !== null && !Array.isArray(c);

/** A cell with the keys of its maps in order: a map has none. */
const canonical = (c: Cell): Cell => {
  if (Array.isArray(c)) return c.map(canonical);
  if (isMap(c))
    return Object.fromEntries(
      Object.keys(c)
        .sort()
        .map((k) => [k, canonical(c[k] ?? null)]),
    );
  return c;
};

const asText = (row: readonly Cell[]): string => JSON.stringify(row.map(canonical));

/** Rows in an order that does not depend on the engine; doubles are rounded, for sorting only. */
const sorted = (rows: readonly (readonly Cell[])[]): (readonly Cell[])[] => {
  const key = (row: readonly Cell[]) =>
    asText(
      row.map((c) =>
        typeof c === 'number' && !Number.isInteger(c) ? Number(c.toPrecision(10)) : c,
      ),
    );
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map((r) => r.row);
};

function sameCell(a: Cell, b: Cell): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return a === b || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((x, i) => sameCell(x, b[i] ?? null));
  if (a !== null && b !== null && isMap(a) && isMap(b)) {
    const [x, y] = [canonical(a), canonical(b)] as [typeof a, typeof b];
    const keys = Object.keys(x);
    return (
      keys.join('\0') === Object.keys(y).join('\0') &&
      keys.every((k) => sameCell(x[k] ?? null, y[k] ?? null))
    );
  }
  return a === b;
}

/** The first difference between two lists of rows, in words; null when they are the same. */
export function rowDifference(
  duckdb: readonly (readonly Cell[])[],
  trino: readonly (readonly Cell[])[],
  ordered: boolean,
): string | null {
  if (duckdb.length !== trino.length)
    return `DuckDB gives ${duckdb.length} rows, Trino ${trino.length}`;
  const [d, t] = ordered ? [duckdb, trino] : [sorted(duckdb), sorted(trino)];
  for (const [i, row] of d.entries()) {
    const other = t[i] ?? [];
    const column = row.findIndex((c, j) => !sameCell(c, other[j] ?? null));
    if (row.length !== other.length || column >= 0)
      return `row ${i + 1}, column ${column + 1}${ordered ? '' : ' (sorted)'}\n  DuckDB ${asText(row)}\n  Trino  ${asText(other)}`;
  }
  return null;
}

/** Whether a query orders its rows at the top, where that order reaches the result. */
export function ordersRows(sql: string): boolean {
  let depth = 0;
  const outer = sql
    .replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, 'x')
    .replace(/[()]|[^()]+/g, (part) => {
      if (part === '(') depth++;
      else if (part === ')') depth--;
      else if (depth === 0) return part;
      return ' ';
    });
  return /\border by\b/i.test(outer);
}
