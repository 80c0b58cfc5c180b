import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, ResultColumn } from '../../assistant/server/api.ts';
import { type CellView, isUtcType, viewCell } from '../../web/src/table/cellView.ts';
import { filterRows, searchTexts } from '../../web/src/table/filter.ts';
import { nextOrder, sortRows } from '../../web/src/table/order.ts';
import { columnWidths, textWidth } from '../../web/src/table/widths.ts';
import { rowWindow } from '../../web/src/table/window.ts';

const column = (type: string, name = 'c'): ResultColumn => ({ name, type });

describe('a cell', () => {
  it.each<[Cell, ResultColumn, CellView]>([
    [null, column('varchar'), { kind: 'absent' }],
    ['', column('varchar'), { kind: 'empty', of: 'text' }],
    [[], column('array(varchar)'), { kind: 'empty', of: 'list' }],
    [{}, column('map(varchar, varchar)'), { kind: 'empty', of: 'map' }],
    ['012345678901', column('varchar'), { kind: 'text', text: '012345678901' }],
    [0, column('bigint'), { kind: 'number', text: '0', exact: '0' }],
    [2024, column('bigint'), { kind: 'number', text: '2,024', exact: '2024' }],
    [2024, column('bigint', 'created_year'), { kind: 'number', text: '2024', exact: '2024' }],
    [1234567, column('bigint'), { kind: 'number', text: '1,234,567', exact: '1234567' }],
    [0.1 + 0.2, column('double'), { kind: 'number', text: '0.3', exact: '0.30000000000000004' }],
    [0.00001234, column('double'), { kind: 'number', text: '0.0000123', exact: '0.00001234' }],
    [-5.5, column('double'), { kind: 'number', text: '-5.5', exact: '-5.5' }],
    [3, column('double', 'monthly_cost_usd'), { kind: 'number', text: '3.00', exact: '3' }],
    [
      '9007199254740993123',
      column('bigint'),
      { kind: 'number', text: '9,007,199,254,740,993,123', exact: '9007199254740993123' },
    ],
    [
      '-1234567.8901',
      column('decimal(20,4)'),
      { kind: 'number', text: '-1,234,567.8901', exact: '-1234567.8901' },
    ],
    [
      '2026-01-02 03:04:05.000',
      column('timestamp(3)'),
      { kind: 'text', text: '2026-01-02 03:04:05' },
    ],
    [
      '2026-01-02 03:04:05.120',
      column('timestamp'),
      { kind: 'text', text: '2026-01-02 03:04:05.120' },
    ],
    [
      '2026-01-02 03:04:05.000 UTC',
      column('timestamp(3) with time zone'),
      { kind: 'text', text: '2026-01-02 03:04:05 UTC' },
    ],
    [['a, b', 'c', null], column('array(varchar)'), { kind: 'list', items: ['a, b', 'c', 'null'] }],
    [
      { env: 'prod', n: 1 },
      column('map(varchar, varchar)'),
      {
        kind: 'map',
        entries: [
          ['env', 'prod'],
          ['n', '1'],
        ],
      },
    ],
    [false, column('boolean'), { kind: 'flag', value: false }],
  ])('%j of %j is shown as %j', (cell, of, view) => {
    expect(viewCell(cell, of)).toEqual(view);
  });

  it('counts as UTC only where it carries no zone', () => {
    expect(
      ['timestamp', 'timestamp(3)', 'timestamp(3) with time zone', 'date'].map(isUtcType),
    ).toEqual([true, true, false, false]);
  });
});

describe('sorting', () => {
  const sorted = (
    values: readonly Cell[],
    type: string,
    direction: 'ascending' | 'descending' = 'ascending',
    name = 'c',
  ): Cell[] => {
    const rows = values.map((value) => [value]);
    const positions = rows.map((_, at) => at);
    return sortRows(positions, rows, [column(type, name)], { column: 0, direction }).map(
      (at) => rows[at]?.[0] ?? null,
    );
  };

  it.each<[string, string, Cell[], Cell[]]>([
    ['numbers by size', 'bigint', [10, 9, 100], [9, 10, 100]],
    ['decimals in text by size', 'decimal(9,2)', ['10.5', '9.75', '-1'], ['-1', '9.75', '10.5']],
    [
      'integers beyond double precision',
      'bigint',
      ['9007199254740993', '9007199254740992', 5],
      [5, '9007199254740992', '9007199254740993'],
    ],
    ['text with its numbers by size', 'varchar', ['key-10', 'key-9'], ['key-9', 'key-10']],
    [
      'moments by time',
      'timestamp',
      ['2026-01-02 00:00:00', '2025-12-31 00:00:00'],
      ['2025-12-31 00:00:00', '2026-01-02 00:00:00'],
    ],
  ])('orders %s', (_, type, values, expected) => {
    expect(sorted(values, type)).toEqual(expected);
  });

  it('orders severities by weight', () => {
    const values = ['MEDIUM', 'CRITICAL', 'INFO', 'HIGH', 'LOW'];
    expect(sorted(values, 'varchar', 'descending', 'max_severity')).toEqual([
      'CRITICAL',
      'HIGH',
      'MEDIUM',
      'LOW',
      'INFO',
    ]);
  });

  it('puts rows without a value last both ways', () => {
    expect(sorted([null, 2, 1], 'bigint')).toEqual([1, 2, null]);
    expect(sorted([null, 1, 2], 'bigint', 'descending')).toEqual([2, 1, null]);
  });

  it('keeps every row, and equal rows in their given order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: 0, max: 3 }))),
        fc.constantFrom('ascending' as const, 'descending' as const),
        (values, direction) => {
          const rows = values.map((value) => [value]);
          const given = rows.map((_, at) => at);
          const result = sortRows(given, rows, [column('bigint')], { column: 0, direction });
          expect([...result].sort((a, b) => a - b)).toEqual(given);
          for (let at = 1; at < result.length; at++) {
            const [before, after] = [result[at - 1] ?? 0, result[at] ?? 0];
            if (values[before] === values[after]) expect(before).toBeLessThan(after);
          }
        },
      ),
    );
  });

  it('goes from ascending to descending and back to the given order', () => {
    const first = nextOrder(null, 1);
    const second = nextOrder(first, 1);
    expect([first, second, nextOrder(second, 1), nextOrder(second, 0)]).toEqual([
      { column: 1, direction: 'ascending' },
      { column: 1, direction: 'descending' },
      null,
      { column: 0, direction: 'ascending' },
    ]);
  });
});

describe('filtering', () => {
  const columns = [column('varchar'), column('bigint'), column('map(varchar, varchar)')];
  const rows: Cell[][] = [
    ['Payments Prod', 12345, { Team: 'Ledger' }],
    ['ＡＢＣ', 7, null],
    ['payments-dev', 1, {}],
  ];
  const texts = searchTexts(rows, columns);

  it.each<[string, number[]]>([
    ['', [0, 1, 2]],
    ['  ', [0, 1, 2]],
    ['PAYMENTS', [0, 2]],
    ['payments prod', [0]],
    ['prod ledger', [0]],
    ['12,345', [0]],
    ['12345', [0]],
    ['team=ledger', [0]],
    ['abc', [1]],
    ['.*', []],
  ])('%j keeps the rows %j', (filter, expected) => {
    expect(filterRows(texts, filter)).toEqual(expected);
  });
});

describe('the window of rows', () => {
  it('holds every row in view and stays small', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400_000 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 20, max: 60 }),
        fc.integer({ min: 0, max: 10_000 }),
        (scrolled, view, rowHeight, count) => {
          const { start, end } = rowWindow(scrolled, view, rowHeight, count);
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(count);
          expect(end - start).toBeLessThanOrEqual(view / rowHeight + 2 + 24);
          const first = Math.floor(scrolled / rowHeight);
          const last = Math.ceil((scrolled + view) / rowHeight) - 1;
          for (const row of [first, last]) {
            if (row < count) expect(row >= start && row < end).toBe(true);
          }
        },
      ),
    );
  });

  it('is empty for no rows', () => {
    expect(rowWindow(0, 400, 36, 0)).toEqual({ start: 0, end: 0 });
  });
});

describe('column widths', () => {
  it('follow the longest value within bounds, wide characters counted twice', () => {
    const columns = [column('varchar', 'a'), column('varchar', 'b'), column('varchar', 'c')];
    const [short, long, wide] = columnWidths(columns, [['x', 'x'.repeat(500), '鍵'.repeat(10)]]);
    expect(short).toBeLessThan(10);
    expect(long).toBe(44);
    expect(wide).toBe(20);
    expect(textWidth('a鍵')).toBe(3);
  });
});
