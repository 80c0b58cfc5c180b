import type { Cell, Chart, ResultColumn } from '../../../assistant/server/api.ts';
import { lineOf, viewCell } from '../table/cellView.ts';
import { formatDecimal, formatMoney, formatNumber, isDecimal } from '../text/number.ts';

/** One bar. `from` and `length` are shares of the whole width, 0 to 1; absent without a value. */
export interface Bar {
  /** Null without a value; an empty text is a value. */
  readonly label: string | null;
  readonly value: string | null;
  readonly from: number;
  readonly length: number;
  readonly negative: boolean;
}

export interface Bars {
  readonly bars: readonly Bar[];
  /** Rows that are in the table but not drawn. */
  readonly left: number;
  /** Where zero lies, 0 to 1. */
  readonly zero: number;
}

/** More bars than this are no picture any more. */
const most = 20;

/**
 * The bars of a chart, in the order of the rows. Null when the result does not have the columns,
 * when no row has a number, or when there are not two rows to compare.
 */
export function barsOf(
  chart: Chart,
  columns: readonly ResultColumn[],
  rows: readonly (readonly Cell[])[],
): Bars | null {
  const x = columns.findIndex((column) => column.name === chart.x);
  const y = columns.findIndex((column) => column.name === chart.y);
  const named = columns[x];
  if (!named || y === -1 || rows.length < 2) return null;
  const drawn = rows.slice(0, most).map((row) => ({
    label: row[x] ?? null,
    cell: row[y] ?? null,
    value: numberOf(row[y] ?? null),
  }));
  const values = drawn.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length === 0) return null;
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const span = high - low || 1;
  const zero = low === 0 ? 0 : -low / span;
  return {
    bars: drawn.map(({ label, cell, value }) => ({
      label: label === null ? null : lineOf(viewCell(label, named)),
      value: value === null ? null : valueText(cell, value, chart.unit ?? null),
      from: value === null || value >= 0 ? zero : (value - low) / span,
      length: value === null ? 0 : Math.abs(value) / span,
      negative: value !== null && value < 0,
    })),
    left: rows.length - drawn.length,
    zero,
  };
}

function numberOf(cell: Cell): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  return typeof cell === 'string' && isDecimal(cell) ? Number(cell) : null;
}

function valueText(cell: Cell, value: number, unit: Chart['unit']): string {
  if (unit === 'USD') return `${value < 0 ? '-' : ''}$${formatMoney(Math.abs(value))}`;
  const text = typeof cell === 'string' ? formatDecimal(cell) : formatNumber(value);
  return unit === 'percent' ? `${text}%` : text;
}
