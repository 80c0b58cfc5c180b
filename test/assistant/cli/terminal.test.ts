import { describe, expect, it } from 'vitest';
import { renderTable, terminalSafe } from '../../../assistant/cli/terminal.ts';

describe('text from the data on a terminal', () => {
  it.each([
    ['\x1b[31mred', '\\u{1b}[31mred'],
    ['a\r\nb', 'a\\u{d}\\u{a}b'],
    ['safe\u202Egnp.exe', 'safe\\u{202e}gnp.exe'],
    ['zero\u200Bwidth', 'zero\\u{200b}width'],
    ['日本語 ✓', '日本語 ✓'],
  ])('%j is shown as %j', (text, shown) => {
    expect(terminalSafe(text)).toBe(shown);
  });

  it('cannot break out of its table cell', () => {
    const table = renderTable(
      [
        { name: 'alias', type: 'varchar' },
        { name: 'n', type: 'bigint' },
      ],
      [
        ['a\nb', 1],
        ['日本', 22],
        [null, null],
      ],
    );
    expect(table.split('\n')).toEqual([
      'alias     n',
      '───────  ──',
      'a\\u{a}b   1',
      '日本     22',
      '-         -',
    ]);
  });
});
