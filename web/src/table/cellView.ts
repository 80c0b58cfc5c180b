import type { Cell, ResultColumn } from '../../../assistant/server/api.ts';
import { formatDecimal, formatMoney, formatNumber, isDecimal } from '../text/number.ts';

/** How a cell is shown. No value, an empty text and an empty list are three different things. */
export type CellView =
  | { readonly kind: 'absent' }
  | { readonly kind: 'empty'; readonly of: 'text' | 'list' | 'map' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string; readonly exact: string }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, string])[] };

const numericTypes = /^(tinyint|smallint|integer|int|bigint|real|float|double|decimal|numeric)\b/i;

export function isNumericType(type: string): boolean {
  return numericTypes.test(type);
}

/** A moment without a zone, which the data contract defines as UTC. */
export function isUtcType(type: string): boolean {
  return /^timestamp(\(\d+\))?( without time zone)?$/i.test(type);
}

export function isListCell(cell: Cell): cell is readonly Cell[] {
  return Array.isArray(cell);
}

/** A cell as plain text with nothing added, for searching, copying and nested values. */
export function plainText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return JSON.stringify(cell);
  return String(cell);
}

/** What to show for a cell of a column. */
export function viewCell(cell: Cell, column: ResultColumn): CellView {
  if (cell === null) return { kind: 'absent' };
  if (typeof cell === 'boolean') return { kind: 'flag', value: cell };
  if (typeof cell === 'number') {
    return { kind: 'number', text: numberText(cell, column), exact: String(cell) };
  }
  if (typeof cell === 'string') return viewText(cell, column);
  if (isListCell(cell)) {
    return cell.length === 0
      ? { kind: 'empty', of: 'list' }
      : { kind: 'list', items: cell.map((item) => (item === null ? 'null' : plainText(item))) };
  }
  const entries = Object.entries(cell);
  return entries.length === 0
    ? { kind: 'empty', of: 'map' }
    : { kind: 'map', entries: entries.map(([key, value]) => [key, plainText(value)] as const) };
}

function viewText(text: string, column: ResultColumn): CellView {
  if (text === '') return { kind: 'empty', of: 'text' };
  if (isNumericType(column.type) && isDecimal(text)) {
    return { kind: 'number', text: formatDecimal(text), exact: text };
  }
  if (/^timestamp\b/i.test(column.type)) {
    return { kind: 'text', text: text.replace(/^([\d-]{10} [\d:]{8})\.0+(?= |$)/, '$1') };
  }
  return { kind: 'text', text };
}

function numberText(value: number, column: ResultColumn): string {
  if (/(^|_)usd$/i.test(column.name)) return formatMoney(value);
  // A year is a name, not an amount: it takes no separator.
  return /(^|_)year$/i.test(column.name) ? String(value) : formatNumber(value);
}

/** The text of a view on one line, as it is read in the table. */
export function lineOf(view: CellView): string {
  switch (view.kind) {
    case 'absent':
    case 'empty':
      return '';
    case 'flag':
      return String(view.value);
    case 'list':
      return view.items.join(', ');
    case 'map':
      return view.entries.map(([key, value]) => `${key}=${value}`).join(', ');
    default:
      return view.text;
  }
}
