import { describe, expect, it } from 'vitest';
import { chooseChart } from '../../../assistant/answer/chart.ts';
import { summarize } from '../../../assistant/answer/summary.ts';
import type { Cell, QueryResult } from '../../../assistant/engine/engine.ts';
import type { Presentation } from '../../../assistant/translate/translator.ts';

const noun = { one: 'key', many: 'keys' };

const result = (names: readonly string[], rows: readonly (readonly Cell[])[]): QueryResult => ({
  columns: names.map((name) => ({ name, type: 'varchar' })),
  rows,
  queryId: 'q',
  elapsedMs: 1,
  scannedBytes: null,
});

const whole = (r: QueryResult) => ({ result: r, truncated: false, totalRows: r.rows.length });

describe('the headline of a list', () => {
  const list: Presentation = { shape: 'list', noun };
  const rows = (n: number) =>
    result(
      ['key_id'],
      Array.from({ length: n }, (_, i) => [`k${i}`]),
    );

  it.each([
    [0, 'No keys match.'],
    [1, '1 key matches.'],
    [2, '2 keys match.'],
    [1234, '1,234 keys match.'],
  ])('of %i rows', (n, text) => {
    expect(summarize(list, whole(rows(n)))).toBe(text);
  });

  it('says when rows were cut, and of how many', () => {
    const cut = { result: rows(1000), truncated: true, totalRows: 5123 };
    expect(summarize(list, cut)).toBe('5,123 keys match; the first 1,000 are shown.');
  });

  it('does not invent a total it does not know', () => {
    const cut = { result: rows(1000), truncated: true, totalRows: null };
    expect(summarize(list, cut)).toBe('More than 1,000 keys match; the first 1,000 are shown.');
  });
});

describe('the headline of a number', () => {
  const number: Presentation = { shape: 'number', noun, value: 'n' };

  it.each<[Cell, Presentation['unit'], string]>([
    [0, undefined, '0 keys.'],
    [1, undefined, '1 key.'],
    [4321, undefined, '4,321 keys.'],
    [1234.5, 'USD', '$1,234.50 (keys).'],
    [38.456, 'percent', '38.46 % (keys).'],
    ['12.50', 'USD', '$12.50 (keys).'],
    [null, 'days', 'There is no value: no keys match.'],
  ])('%j %s', (value, unit, text) => {
    const presentation = unit ? { ...number, unit } : number;
    expect(summarize(presentation, whole(result(['n'], [[value]])))).toBe(text);
  });
});

describe('the headline of groups', () => {
  const groups: Presentation = { shape: 'group', noun, groupBy: ['region'], value: 'n' };

  it('names the highest, wherever it stands', () => {
    const r = result(
      ['region', 'n'],
      [
        ['eu-west-1', 3],
        ['us-east-1', 9],
        [null, 2],
      ],
    );
    expect(summarize(groups, whole(r))).toBe('us-east-1 is the highest of 3, with 9.');
  });

  it('names none when several share the highest value', () => {
    const r = result(
      ['region', 'n'],
      [
        ['eu-west-1', 9],
        ['us-east-1', 9],
      ],
    );
    expect(summarize(groups, whole(r))).toBe('2 of 2 share the highest value, 9.');
  });

  it('counts rows when no value can be compared', () => {
    const r = result(
      ['region', 'n'],
      [
        ['eu-west-1', null],
        ['us-east-1', null],
      ],
    );
    expect(summarize(groups, whole(r))).toBe('2 keys match.');
  });
});

describe('the chart', () => {
  const groups: Presentation = { shape: 'group', noun, groupBy: ['region'], value: 'n' };

  it('has a bar for each group', () => {
    const r = result(
      ['region', 'n'],
      [
        ['eu-west-1', 3],
        ['us-east-1', 9],
      ],
    );
    expect(chooseChart(groups, r)).toEqual({ kind: 'bar', x: 'region', y: 'n', unit: null });
  });

  it.each<[string, Presentation, QueryResult]>([
    [
      'a list',
      { shape: 'list', noun },
      result(
        ['region', 'n'],
        [
          ['a', 1],
          ['b', 2],
        ],
      ),
    ],
    ['one group', groups, result(['region', 'n'], [['a', 1]])],
    [
      'too many groups',
      groups,
      result(
        ['region', 'n'],
        Array.from({ length: 41 }, (_, i) => [`r${i}`, i]),
      ),
    ],
    [
      'a missing value',
      groups,
      result(
        ['region', 'n'],
        [
          ['a', 1],
          ['b', null],
        ],
      ),
    ],
    [
      'two group columns',
      { ...groups, groupBy: ['region', 'account_id'] },
      result(
        ['region', 'account_id', 'n'],
        [
          ['a', 'x', 1],
          ['b', 'y', 2],
        ],
      ),
    ],
  ])('is left out for %s', (_, presentation, r) => {
    expect(chooseChart(presentation, r)).toBeNull();
  });
});
