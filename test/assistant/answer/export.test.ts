import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../assistant/answer/csv.ts';
import { resultHash } from '../../../assistant/answer/result-hash.ts';

const columns = [
  { name: 'a', type: 'varchar' },
  { name: 'b', type: 'map(varchar, varchar)' },
];

describe('CSV', () => {
  it('quotes what needs quoting and leaves absent values empty', () => {
    expect(
      toCsv({
        columns,
        rows: [
          ['x,"y"\nz', null],
          [1, true],
        ],
      }),
    ).toBe('a,b\r\n"x,""y""\nz",\r\n1,true\r\n');
  });

  it.each([
    '=HYPERLINK("http://x")',
    '+1',
    '-1+2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠SUM(1)',
  ])('takes the formula out of %j', (text) => {
    const [, line] = toCsv({ columns: columns.slice(0, 1), rows: [[text]] }).split('\r\n');
    expect(line?.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('leaves negative numbers alone', () => {
    expect(toCsv({ columns: columns.slice(0, 1), rows: [[-3]] })).toBe('a\r\n-3\r\n');
  });
});

describe('the result hash', () => {
  const hash = (rows: Parameters<typeof resultHash>[0]['rows']) => resultHash({ columns, rows });

  it('does not depend on the order of rows or of map entries', () => {
    expect(
      hash([
        ['x', { k: '1', l: '2' }],
        ['y', null],
      ]),
    ).toBe(
      hash([
        ['y', null],
        ['x', { l: '2', k: '1' }],
      ]),
    );
  });

  it('changes with a value, with the number of equal rows, and between null and text', () => {
    const base = hash([['x', null]]);
    expect(hash([['y', null]])).not.toBe(base);
    expect(
      hash([
        ['x', null],
        ['x', null],
      ]),
    ).not.toBe(base);
    expect(hash([['x', 'null']])).not.toBe(base);
  });
});
