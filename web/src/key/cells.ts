import type { NamedRow } from '../../../assistant/server/api.ts';

/** The text in a column of a row; null where it has none. */
export function textIn(row: NamedRow, column: string): string | null {
  const cell = row[column];
  return typeof cell === 'string' && cell !== '' ? cell : null;
}

export function numberIn(row: NamedRow, column: string): number | null {
  const cell = row[column];
  return typeof cell === 'number' ? cell : null;
}

/** The texts in a column that holds a list. */
export function textsIn(row: NamedRow, column: string): readonly string[] {
  const cell = row[column];
  return Array.isArray(cell) ? cell.map(String) : [];
}

/** The entries of a column that holds a map. */
export function entriesIn(row: NamedRow, column: string): readonly (readonly [string, string])[] {
  const cell = row[column];
  return typeof cell === 'object' && cell !== null && !Array.isArray(cell)
    ? Object.entries(cell).map(([key, value]) => [key, String(value)] as const)
    : [];
}

/** A moment of a table, which is UTC: `2026-11-20 06:00:01`. */
export function momentIn(row: NamedRow, column: string): string | null {
  return textIn(row, column)?.replace(/\.0+$/, '') ?? null;
}
