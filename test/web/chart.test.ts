import { describe, expect, it } from 'vitest';
import type { Cell, Chart } from '../../assistant/server/api.ts';
import { barsOf } from '../../web/src/chart/bars.ts';
import { slicesOf } from '../../web/src/chart/donut.ts';
import { lineOf } from '../../web/src/chart/line.ts';

const columns = [
  { name: 'region', type: 'varchar' },
  { name: 'keys', type: 'bigint' },
];
const chart: Chart = { kind: 'bar', x: 'region', y: 'keys', unit: null };
const bars = (rows: readonly Cell[][], changed: Partial<Chart> = {}) =>
  barsOf({ ...chart, ...changed }, columns, rows);

describe('bars', () => {
  it('are as long as their share of the largest value, in the order of the rows', () => {
    expect(
      bars([
        ['a', 5],
        ['b', 20000],
        ['c', 0],
      ])?.bars,
    ).toEqual([
      { label: 'a', value: '5', from: 0, length: 0.00025, negative: false },
      { label: 'b', value: '20,000', from: 0, length: 1, negative: false },
      { label: 'c', value: '0', from: 0, length: 0, negative: false },
    ]);
  });

  it('go left of zero for negative values', () => {
    expect(
      bars([
        ['a', -1],
        ['b', 3],
      ]),
    ).toMatchObject({
      zero: 0.25,
      bars: [
        { from: 0, length: 0.25, negative: true },
        { from: 0.25, length: 0.75, negative: false },
      ],
    });
  });

  it('have no length and no number where there is no value', () => {
    expect(
      bars([
        [null, null],
        ['b', 3],
      ])?.bars[0],
    ).toEqual({
      label: null,
      value: null,
      from: 0,
      length: 0,
      negative: false,
    });
  });

  it.each<[Chart['unit'], string]>([
    ['USD', '$12.50'],
    ['percent', '12.5%'],
    ['days', '12.5'],
  ])('carry their unit: %s', (unit, value) => {
    expect(
      bars(
        [
          ['a', 12.5],
          ['b', 1],
        ],
        { unit },
      )?.bars[0]?.value,
    ).toBe(value);
  });

  it('put the sign of an amount before its currency', () => {
    const drawn = bars(
      [
        ['a', -12.5],
        ['b', 1],
      ],
      { unit: 'USD' },
    );
    expect(drawn?.bars[0]?.value).toBe('-$12.50');
  });

  it('say how many rows they leave out', () => {
    const rows = Array.from({ length: 25 }, (_, n): Cell[] => [`r${n}`, n]);
    const drawn = bars(rows);
    expect([drawn?.bars.length, drawn?.left]).toEqual([20, 5]);
  });

  it('read numbers that came as text', () => {
    expect(
      bars([
        ['a', '9007199254740993'],
        ['b', 1],
      ])?.bars[0],
    ).toMatchObject({
      value: '9,007,199,254,740,993',
      length: 1,
    });
  });

  it.each<[string, Cell[][], Partial<Chart>]>([
    [
      'a column is missing',
      [
        ['a', 1],
        ['b', 2],
      ],
      { y: 'cost' },
    ],
    ['there is one row only', [['a', 1]], {}],
    [
      'no value is a number',
      [
        ['a', 'x'],
        ['b', null],
      ],
      {},
    ],
  ])('are not drawn when %s', (_, rows, changed) => {
    expect(bars(rows, changed)).toBeNull();
  });
});

describe('a donut', () => {
  it('shares the ring among its values', () => {
    const slices = slicesOf([3, 0, 1]);
    expect(slices.map(({ share }) => share)).toEqual([0.75, 0, 0.25]);
    expect(slices.map(({ path }) => path === '')).toEqual([false, true, false]);
    // More than half of a ring is the long way round.
    expect(slices[0]?.path).toMatch(/A1 1 0 1 1/);
    expect(slices[2]?.path).toMatch(/A1 1 0 0 1/);
  });

  it('is a whole ring for one value, and nothing without any', () => {
    expect(slicesOf([5])[0]?.path.match(/Z/g)).toHaveLength(2);
    expect(slicesOf([0, 0]).map(({ share, path }) => [share, path])).toEqual([
      [0, ''],
      [0, ''],
    ]);
  });
});

describe('a line', () => {
  it('goes through the days as far apart as they are', () => {
    expect(
      lineOf([
        { date: '2026-11-01', value: 10 },
        { date: '2026-11-02', value: 30 },
        { date: '2026-11-05', value: 20 },
      ]),
    ).toEqual({ points: '0.00,40.00 25.00,0.00 100.00,20.00', low: 10, high: 30 });
  });

  it('is level where nothing changed, and none for a single day', () => {
    const day = { date: '2026-11-01', value: 7 };
    expect(lineOf([day, { ...day, date: '2026-11-02' }])?.points).toBe('0.00,20.00 100.00,20.00');
    expect(lineOf([day])).toBeNull();
    expect(lineOf([])).toBeNull();
  });
});
