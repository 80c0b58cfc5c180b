import type { Cell, ResultColumn } from '../../../assistant/server/api.ts';
import { columnLabel } from '../text/columnLabel.ts';
import { isUtcType, lineOf, viewCell } from './cellView.ts';

const narrowest = 7;
const widest = 44;
const sampled = 400;

/**
 * A width for every column, in characters. Set before anything is drawn, because only the rows in
 * view are built and columns must not jump while scrolling.
 */
export function columnWidths(
  columns: readonly ResultColumn[],
  rows: readonly (readonly Cell[])[],
): number[] {
  // Evenly spread, so that a sorted result does not hide its long values.
  const step = Math.max(1, Math.floor(rows.length / sampled));
  return columns.map((column, index) => {
    // The heading also holds the sort mark.
    let width = textWidth(columnLabel(column.name)) + (isUtcType(column.type) ? 8 : 3);
    for (let at = 0; at < rows.length && width < widest; at += step) {
      const view = viewCell(rows[at]?.[index] ?? null, column);
      const chips =
        view.kind === 'list' ? view.items.length : view.kind === 'map' ? view.entries.length : 0;
      width = Math.max(width, textWidth(lineOf(view)) + chips * 2);
    }
    return Math.min(widest, Math.max(narrowest, width));
  });
}

/** Width in half-width characters: East Asian wide ones count twice. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    width +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u.test(
        character,
      )
        ? 2
        : 1;
    if (width > widest) return width;
  }
  return width;
}
