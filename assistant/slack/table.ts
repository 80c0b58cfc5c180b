import type { RichTextBlock, TableBlock } from '@slack/types';
import type { Cell, QueryResult } from '../engine/engine.ts';
import { limits } from './message.ts';
import { inert, preformatted, richText, section, shortened } from './rich-text.ts';

/** The first rows of a result, as a table that can be read in a message. */

export const SHOWN_ROWS = 10;

/** Together with the rest of a message this stays well below what Slack takes. */
const TABLE_CHARACTERS = 6_000;
const LONGEST_CELL = 200;

/** What cannot be shown otherwise: no value, and text in which nothing can be seen. */
const NO_VALUE = '–';

/** Slack takes no empty cell. */
function cellText(cell: Cell, longest: number): string {
  if (cell === null) return NO_VALUE;
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return shortened(text.trim() === '' ? JSON.stringify(text) : text, longest);
}

type Shown = Pick<QueryResult, 'columns' | 'rows'>;

/** With one row and more columns than this, the columns stand below each other. */
const COLUMNS_BESIDE = 4;

const standsUpright = ({ columns, rows }: Shown): boolean =>
  rows.length === 1 && columns.length > COLUMNS_BESIDE;

/** The columns and rows that are shown; Slack takes so many columns. */
function shownOf({ columns, rows }: Shown) {
  const shown = columns.slice(0, limits.tableColumns);
  const first = rows.slice(0, SHOWN_ROWS);
  const perCell = Math.floor(TABLE_CHARACTERS / (shown.length * (first.length + 1)));
  const longest = Math.min(LONGEST_CELL, perCell);
  return {
    head: shown.map(({ name }) => cellText(name, longest)),
    body: first.map((row) => shown.map((_, i) => cellText(row[i] ?? null, longest))),
  };
}

/** How many columns are not shown. */
export const columnsLeftOut = ({ columns }: Pick<Shown, 'columns'>): number =>
  Math.max(columns.length - limits.tableColumns, 0);

/** Null when there is nothing to show. */
export function table(result: Shown): TableBlock | null {
  if (result.rows.length === 0 || result.columns.length === 0) return null;
  const { head, body } = shownOf(result);
  const cell = (text: string) => richText(section(...inert(text)));
  const name = (text: string) => richText(section(...inert(text, { bold: true })));
  if (standsUpright(result)) {
    return {
      type: 'table',
      rows: head.map((text, i) => [name(text), cell(body[0]?.[i] ?? NO_VALUE)]),
      column_settings: [{ is_wrapped: false }, { is_wrapped: true }],
    };
  }
  const align = (column: number) =>
    result.rows.every((row) => row[column] === null || typeof row[column] === 'number')
      ? 'right'
      : 'left';
  return {
    type: 'table',
    rows: [head.map(name), ...body.map((row) => row.map(cell))],
    column_settings: head.map((_, i) => ({ align: align(i), is_wrapped: true })),
  };
}

/** The same as lines in a box, for where Slack does not take the table; null when there is nothing. */
export function tableAsLines(result: Shown): RichTextBlock | null {
  if (result.rows.length === 0 || result.columns.length === 0) return null;
  const { head, body } = shownOf(result);
  const oneLine = (text: string) => text.replaceAll(/[\r\n]+/g, ' ');
  const lines = body.map((row) => row.map((text, i) => `${head[i]}: ${oneLine(text)}`).join('\n'));
  return richText(preformatted(lines.join('\n\n')));
}
