import { createHash } from 'node:crypto';
import type { Cell, QueryResult } from '../engine/engine.ts';

/**
 * SHA-256 over the column names and the rows. The order of the rows does not matter, because SQL
 * without a complete ORDER BY may return them in any order; every row counts as often as it occurs.
 */
export function resultHash(result: Pick<QueryResult, 'columns' | 'rows'>): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(result.columns.map((c) => c.name)));
  for (const row of result.rows.map((r) => JSON.stringify(r.map(canonical))).sort()) {
    hash.update('\n');
    hash.update(row);
  }
  return hash.digest('hex');
}

/** Maps have no order of their own. */
function canonical(cell: Cell): Cell {
  if (Array.isArray(cell)) return cell.map(canonical);
  if (cell !== null && typeof cell === 'object') {
    const entries = Object.entries(cell as Readonly<Record<string, Cell>>);
    return Object.fromEntries(
      entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, canonical(v)]),
    );
  }
  return cell;
}
