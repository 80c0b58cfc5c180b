import type { Cell, ResultColumn } from '../../../assistant/server/api.ts';
import { lineOf, plainText, viewCell } from './cellView.ts';

/** One text per row in which the filter looks; both the value as shown and as it is. */
export function searchTexts(
  rows: readonly (readonly Cell[])[],
  columns: readonly ResultColumn[],
): string[] {
  return rows.map((row) =>
    columns
      .map((column, index) => {
        const cell = row[index] ?? null;
        const shown = lineOf(viewCell(cell, column));
        const plain = plainText(cell);
        return shown === plain ? plain : `${shown}\n${plain}`;
      })
      .map(fold)
      .join('\n'),
  );
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The positions of the rows that hold every word of the filter, in any column, case aside. */
export function filterRows(texts: readonly string[], filter: string): readonly number[] {
  const words = fold(filter)
    .split(/\s+/)
    .filter((word) => word !== '');
  const positions: number[] = [];
  texts.forEach((text, position) => {
    if (words.every((word) => text.includes(word))) positions.push(position);
  });
  return positions;
}
