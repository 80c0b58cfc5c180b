import type { Cell, QueryResult } from '../engine/engine.ts';

/**
 * A result as CSV (RFC 4180, CRLF). Text that a spreadsheet would take for a formula gets an
 * apostrophe in front (OWASP, "CSV Injection"), because aliases and tags are written by anyone.
 */
export function toCsv(result: Pick<QueryResult, 'columns' | 'rows'>): string {
  const lines = [result.columns.map((c) => field(c.name)), ...result.rows.map((r) => r.map(field))];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** How a formula begins; a spreadsheet set to Japanese takes the wide forms too. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
