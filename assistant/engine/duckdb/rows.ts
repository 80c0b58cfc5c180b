import type { DuckDBDataChunk, DuckDBResult } from '@duckdb/node-api';
import type { Cell } from '../engine.ts';
import { toCell } from './cells.ts';

export interface Rows {
  readonly rows: readonly (readonly Cell[])[];
  /** True when the rows after these were left out because the result became too large. */
  readonly truncated: boolean;
}

/** What a value takes as JSON, about. */
function bytesOf(cell: Cell): number {
  if (typeof cell === 'string') return Buffer.byteLength(cell) + 2;
  if (typeof cell !== 'object' || cell === null) return 8;
  if (Array.isArray(cell)) return cell.reduce((n: number, c: Cell) => n + bytesOf(c) + 1, 2);
  return Object.entries(cell).reduce(
    (n, [key, value]) => n + Buffer.byteLength(key) + bytesOf(value) + 4,
    2,
  );
}

/**
 * Reads a streamed result row by row and stops after `maxBytes`, so that neither the rows that come
 * nor those that are kept grow with what the query makes of them.
 */
export async function readRows(result: DuckDBResult, maxBytes: number): Promise<Rows> {
  const rows: (readonly Cell[])[] = [];
  let bytes = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return { rows, truncated: false };
    for (let i = 0; i < chunk.rowCount; i++) {
      const row = readRow(chunk, i);
      for (const cell of row) bytes += bytesOf(cell);
      if (bytes > maxBytes) return { rows, truncated: true };
      rows.push(row);
    }
  }
}

/** One row alone: a chunk holds 2,048 of them, and all at once could be too much. */
const readRow = (chunk: DuckDBDataChunk, index: number): readonly Cell[] =>
  Array.from({ length: chunk.columnCount }, (_, column) =>
    toCell(chunk.getColumnVector(column).getItem(index)),
  );
