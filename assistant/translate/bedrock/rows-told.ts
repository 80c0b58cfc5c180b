import { type Cell, isNumeric, type QueryResult, type ResultColumn } from '../../engine/engine.ts';
import { dataBlock } from './data-block.ts';

/** Characters of the rows that are told, and of one text in them. */
const ROWS_BUDGET = { block: 8_000, text: 200 };
const COLUMNS_BUDGET = { block: 4_000, text: 120 };
/** So many of the most frequent values of a column are told. */
const FREQUENT = 5;

/** The rows of an answer that a model is to put into words. */
export interface ToldRows {
  readonly result: Pick<QueryResult, 'columns' | 'rows'>;
  /** Rows that match in all; null when the rows were cut and their number is not known. */
  readonly totalRows: number | null;
}

/**
 * The first rows and what the columns hold in all, as blocks of data for the model: what it says of
 * more rows than it sees must come from the statistics.
 */
export function rowsTold({ result, totalRows }: ToldRows, mostRows: number): string {
  const { columns, rows } = result;
  const matching = totalRows === null ? `more than ${rows.length}` : String(totalRows);
  const statistics = columns.map((column, at) =>
    statisticsOf(
      column,
      rows.map((row) => row[at] ?? null),
    ),
  );
  const shown = rows
    .slice(0, mostRows)
    .map((row) => Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])));
  return [
    `Rows that match: ${matching}. Rows in the statistics: ${rows.length}.`,
    dataBlock('columns', statistics, COLUMNS_BUDGET),
    dataBlock('rows', shown, ROWS_BUDGET),
  ].join('\n');
}

function statisticsOf(column: ResultColumn, cells: readonly Cell[]) {
  const values = cells.filter((cell) => cell !== null);
  const common = { column: column.name, type: column.type, nulls: cells.length - values.length };
  if (isNumeric(column)) {
    const numbers = values.map(Number).filter(Number.isFinite);
    if (numbers.length === 0) return common;
    const sum = numbers.reduce((a, b) => a + b, 0);
    const hundredths = (value: number) => Math.round(value * 100) / 100;
    return {
      ...common,
      least: numbers.reduce((a, b) => Math.min(a, b)),
      most: numbers.reduce((a, b) => Math.max(a, b)),
      sum: hundredths(sum),
      average: hundredths(sum / numbers.length),
    };
  }
  const counts = new Map<string, number>();
  for (const value of values) {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const ends = /^(?:date|timestamp)/.test(column.type) ? [...counts.keys()].sort() : [];
  return {
    ...common,
    distinct: counts.size,
    ...(ends.length > 0 ? { earliest: ends[0], latest: ends.at(-1) } : {}),
    frequent: [...counts]
      .filter(([, n]) => n > 1)
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, FREQUENT)
      .map(([value, n]) => ({ value, rows: n })),
  };
}
