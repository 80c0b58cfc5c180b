import type { Cell, QueryResult } from '../engine/engine.ts';
import type { Presentation } from '../translate/translator.ts';

/** The numbers a summary may speak of. */
export interface Counted {
  readonly result: QueryResult;
  readonly truncated: boolean;
  /** Null when the rows were cut and their number is not known. */
  readonly totalRows: number | null;
}

const number = (value: number) =>
  value.toLocaleString('en-US', { maximumFractionDigits: Number.isInteger(value) ? 0 : 2 });

function quantity(value: Cell, unit: Presentation['unit']): string {
  if (value === null) return 'no value';
  const numeric = typeof value === 'number' ? value : Number(value);
  if (typeof value === 'object' || Number.isNaN(numeric)) return String(value);
  switch (unit) {
    case 'USD':
      return `$${numeric.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
    case 'percent':
      return `${number(numeric)} %`;
    case 'days':
      return `${number(numeric)} ${numeric === 1 ? 'day' : 'days'}`;
    default:
      return number(numeric);
  }
}

/**
 * The headline of an answer, made from the rows alone: every number in it is a count of rows or the
 * value of a cell.
 */
export function summarize(presentation: Presentation, counted: Counted): string {
  const { rows } = counted.result;
  const { noun } = presentation;
  if (presentation.shape === 'number') return summarizeNumber(presentation, counted.result);
  if (rows.length === 0) return `No ${noun.many} match.`;
  if (counted.truncated) {
    return counted.totalRows === null
      ? `More than ${number(rows.length)} ${noun.many} match; the first ${number(rows.length)} are shown.`
      : `${number(counted.totalRows)} ${noun.many} match; the first ${number(rows.length)} are shown.`;
  }
  if (presentation.shape === 'group') {
    const largest = summarizeLargest(presentation, counted.result);
    if (largest) return largest;
  }
  return rows.length === 1
    ? `1 ${noun.one} matches.`
    : `${number(rows.length)} ${noun.many} match.`;
}

function summarizeNumber(presentation: Presentation, result: QueryResult): string {
  const column = presentation.value
    ? result.columns.findIndex((c) => c.name === presentation.value)
    : 0;
  const value = result.rows[0]?.[Math.max(column, 0)] ?? null;
  const { noun, unit } = presentation;
  if (value === null) return `There is no value: no ${noun.many} match.`;
  const text = quantity(value, unit);
  if (unit) return `${text} (${noun.many}).`;
  return `${text} ${Number(value) === 1 ? noun.one : noun.many}.`;
}

function summarizeLargest(presentation: Presentation, result: QueryResult): string | null {
  const names = (presentation.groupBy ?? []).map((g) =>
    result.columns.findIndex((c) => c.name === g),
  );
  const valueAt = result.columns.findIndex((c) => c.name === presentation.value);
  if (names.length === 0 || names.includes(-1) || valueAt === -1) return null;
  const values = result.rows.map((row) => Number(row[valueAt] ?? Number.NaN));
  const top = Math.max(...values.filter((v) => !Number.isNaN(v)));
  const leaders = result.rows.filter((_, i) => values[i] === top);
  const leader = leaders[0];
  if (!leader) return null;
  const amount = quantity(leader[valueAt] ?? null, presentation.unit);
  const all = number(result.rows.length);
  if (leaders.length > 1)
    return `${number(leaders.length)} of ${all} share the highest value, ${amount}.`;
  const name = names.map((i) => (leader[i] === null ? '(none)' : String(leader[i]))).join(', ');
  return result.rows.length === 1
    ? `${name}: ${amount}.`
    : `${name} is the highest of ${all}, with ${amount}.`;
}
