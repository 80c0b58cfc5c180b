import type { Cell, ResultColumn } from '../../../assistant/server/api.ts';
import { compareDecimals, isDecimal } from '../text/number.ts';
import { isNumericType, plainText } from './cellView.ts';

/** The column by which the table is sorted, and which way. */
export interface Order {
  readonly column: number;
  readonly direction: 'ascending' | 'descending';
}

/** What a click on a column's heading leads to: ascending, descending, and back to the given order. */
export function nextOrder(current: Order | null, column: number): Order | null {
  if (current?.column !== column) return { column, direction: 'ascending' };
  return current.direction === 'ascending' ? { column, direction: 'descending' } : null;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });

/** Severities in rising order of weight; sorting them by letter would mislead. */
const severities = ['INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];

function compare(a: Cell, b: Cell, column: ResultColumn): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const left = plainText(a);
  const right = plainText(b);
  if (isNumericType(column.type)) {
    if (isDecimal(left) && isDecimal(right)) return compareDecimals(left, right);
    return Number(left) - Number(right) || collator.compare(left, right);
  }
  if (/(^|_)severity$/.test(column.name)) {
    const difference = severities.indexOf(left) - severities.indexOf(right);
    if (difference !== 0) return difference;
  }
  return collator.compare(left, right);
}

/**
 * The positions of the rows in order. Equal rows keep their given order, and rows without a value
 * come last both ways, because they are neither small nor large.
 */
export function sortRows(
  positions: readonly number[],
  rows: readonly (readonly Cell[])[],
  columns: readonly ResultColumn[],
  order: Order | null,
): readonly number[] {
  const column = order ? columns[order.column] : undefined;
  if (!order || !column) return positions;
  const sign = order.direction === 'ascending' ? 1 : -1;
  const value = (position: number): Cell => rows[position]?.[order.column] ?? null;
  return positions.toSorted((a, b) => {
    const left = value(a);
    const right = value(b);
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compare(left, right, column);
  });
}
