import type { Cell, ResultColumn } from '../engine/engine.ts';

/**
 * Text from the data, made safe for a terminal: control characters (which could move the cursor or
 * recolour the screen), line breaks, and invisible or direction-changing characters (which could make
 * a line read as another) are shown as escapes.
 */
export function terminalSafe(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

const WIDEST_CELL = 48;

function cellText(cell: Cell): string {
  if (cell === null) return '-';
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return terminalSafe(text);
}

/** Columns a character takes: East Asian wide characters and emoji take two. */
function width(text: string): number {
  let total = 0;
  for (const char of text) {
    total +=
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uFF01-\uFF60]/u.test(
        char,
      )
        ? 2
        : /\p{Mn}/u.test(char)
          ? 0
          : 1;
  }
  return total;
}

function cut(text: string): string {
  if (width(text) <= WIDEST_CELL) return text;
  let kept = '';
  let used = 0;
  for (const char of text) {
    used += width(char);
    if (used > WIDEST_CELL - 1) break;
    kept += char;
  }
  return `${kept}…`;
}

/** A result as an aligned table of text; numbers are aligned to the right. */
export function renderTable(
  columns: readonly ResultColumn[],
  rows: readonly (readonly Cell[])[],
): string {
  const head = columns.map((c) => terminalSafe(c.name));
  const body = rows.map((row) => columns.map((_, i) => cut(cellText(row[i] ?? null))));
  const widths = head.map((h, i) => Math.max(width(h), ...body.map((row) => width(row[i] ?? ''))));
  const numeric = columns.map((_, i) =>
    rows.every((r) => r[i] === null || typeof r[i] === 'number'),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((text, i) => {
        const padding = ' '.repeat(Math.max((widths[i] ?? 0) - width(text), 0));
        return numeric[i] ? padding + text : text + padding;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((w) => '─'.repeat(w)).join('  ');
  return [line(head), rule, ...body.map(line)].join('\n');
}
