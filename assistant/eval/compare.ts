import type { Cell, ResultColumn } from '../engine/engine.ts';

/** Columns and rows, as an answer and a query have them. */
export interface Rows {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Cell[])[];
}

/** The rows of an answer. */
export interface AnswerRows extends Rows {
  /** Rows that match in all, when the answer shows the first of them only. */
  readonly totalRows: number | null;
  readonly truncated: boolean;
}

/**
 * Whether an answer has the expected rows: for each expected column there is a column in the answer,
 * of the same name or else of the same values, such that both have the same rows. Further columns,
 * the names of columns, and rows that differ in further columns only do not matter; the order does
 * where `ordered` is set. An answer that was cut at the row limit must have none but expected rows,
 * and say that there are as many.
 */
export function sameRows(expected: Rows, answer: AnswerRows, ordered: boolean): boolean {
  if (expected.rows.length === 0) return answer.rows.length === 0;
  if (answer.rows.length === 0) return false;
  return assignments(expected, answer).some((columns) =>
    sameProjection(expected, answer, columns, ordered),
  );
}

function sameProjection(
  expected: Rows,
  answer: AnswerRows,
  columns: readonly number[],
  ordered: boolean,
): boolean {
  const wanted = expected.rows.map((row) => textOf(row));
  const got = answer.rows.map((row) => textOf(columns.map((c) => row[c] ?? null)));
  if (ordered) return wanted.length === got.length && wanted.every((row, i) => row === got[i]);
  const wantedSet = new Set(wanted);
  const gotSet = new Set(got);
  if ([...gotSet].some((row) => !wantedSet.has(row))) return false;
  if (!answer.truncated) return gotSet.size === wantedSet.size;
  const oneToOne = gotSet.size === got.length;
  const total = answer.totalRows ?? 0;
  return oneToOne ? total === wantedSet.size : total >= wantedSet.size;
}

/** More columns than this have no same values by chance that matter. */
const MOST_ASSIGNMENTS = 200;

/** For each expected column a column of the answer, in every way that may fit. */
function assignments(expected: Rows, answer: AnswerRows): readonly (readonly number[])[] {
  let found: (readonly number[])[] = [[]];
  expected.columns.forEach(({ name }, at) => {
    const named = answer.columns.findIndex((c) => c.name === name);
    const fitting = named >= 0 ? [named] : sameValues(expected, at, answer);
    found = found
      .flatMap((columns) =>
        fitting.filter((c) => !columns.includes(c)).map((c) => [...columns, c] as const),
      )
      .slice(0, MOST_ASSIGNMENTS);
  });
  return found;
}

/** The columns of the answer that have no values but those of an expected column. */
function sameValues(expected: Rows, at: number, answer: AnswerRows): readonly number[] {
  const wanted = new Set(expected.rows.map((row) => cellText(row[at] ?? null)));
  return answer.columns
    .map((_, c) => c)
    .filter((c) => answer.rows.every((row) => wanted.has(cellText(row[c] ?? null))));
}

/** Whether the answer is one row that holds this value. */
export function sameNumber(expected: Cell, answer: Rows): boolean {
  const [row, ...more] = answer.rows;
  return (
    row !== undefined &&
    more.length === 0 &&
    row.some((cell) => cellText(cell) === cellText(expected))
  );
}

const textOf = (row: readonly Cell[]) => JSON.stringify(row.map(cellText));

/** A cell as it is compared: numbers by value, to the hundredth, whatever their type. */
function cellText(cell: Cell): string {
  if (typeof cell === 'number') return numberText(cell);
  if (typeof cell === 'string' && /^-?\d+(\.\d+)?$/.test(cell) && !/^0\d/.test(cell)) {
    return cell.length > 15 ? cell : numberText(Number(cell));
  }
  if (typeof cell === 'string') return cell;
  return JSON.stringify(cell, (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

const numberText = (value: number) => String(Math.round(value * 100) / 100);
