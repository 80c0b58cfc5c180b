import { describe, expect, it } from 'vitest';
import { chooseChart } from '../../../assistant/answer/chart.ts';
import { summarize } from '../../../assistant/answer/summary.ts';
import type { Cell, QueryResult } from '../../../assistant/engine/engine.ts';
import { NO_EXPENSE } from '../../../assistant/engine/expense.ts';
import type { Presentation } from '../../../assistant/translate/translator.ts';

const noun = { one: 'key', many: 'keys' };

const result = (names: readonly string[], rows: readonly (readonly Cell[])[]): QueryResult => ({
  columns: names.map((name) => ({ name, type: 'varchar' })),
  rows,
  queryId: 'q',
  elapsedMs: 1,
  truncated: false,
  expense: NO_EXPENSE,
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

it('tells a second number beside the first', () => {
  const also = { value: 'usd', unit: 'USD', label: 'Total monthly cost' } as const;
  const of = result(['n', 'usd'], [[12, 36]]);
  expect(summarize({ shape: 'number', noun, value: 'n', also }, whole(of))).toBe(
    '12 keys. Total monthly cost: $36.00.',
  );
  const label = '月額コストの合計';
  const keys = { one: 'キー', many: 'キー' };
  const inJapanese = { ...also, label };
  expect(
    summarize({ shape: 'number', noun: keys, value: 'n', also: inJapanese }, whole(of), 'ja'),
  ).toBe('キーは12件です。月額コストの合計は36.00ドルです。');
});

describe('the headline of a number that has a name', () => {
  it.each<[label: string, Presentation['unit'], Cell, string]>([
    ['Total monthly cost', 'USD', 7864, 'Total monthly cost: $7,864.00.'],
    ['Average age', 'days', 1245, 'Average age: 1,245 days.'],
    [
      'customer managed keys have rotation enabled',
      'percent',
      53.6,
      '53.6 % of customer managed keys have rotation enabled.',
    ],
    [
      'Data collected',
      undefined,
      '2026-11-23 00:00:00.000',
      'Data collected at 2026-11-23 00:00 UTC.',
    ],
    ['Average age', 'days', null, 'There is no value: no keys match.'],
  ])('%s', (label, unit, value, text) => {
    const named: Presentation = {
      shape: 'number',
      noun,
      value: 'n',
      label,
      ...(unit ? { unit } : {}),
    };
    expect(summarize(named, whole(result(['n'], [[value]])))).toBe(text);
  });
});

describe('the headline of groups', () => {
  const groups: Presentation = {
    shape: 'group',
    noun,
    groupBy: ['region'],
    value: 'n',
    groups: { one: 'Region', many: 'Regions' },
  };
  const cost = { ...groups, unit: 'USD', label: 'Total monthly cost' } as const;
  const two = (a: Cell, b: Cell) =>
    result(
      ['region', 'n'],
      [
        ['eu-west-1', a],
        ['us-east-1', b],
      ],
    );
  const one = result(['region', 'n'], [['eu-west-1', 3]]);
  const lowest = { end: 'lowest', cut: true } as const;
  const highest = { end: 'highest', cut: true } as const;

  it.each<[string, Presentation, QueryResult, string]>([
    ['a count', groups, two(3, 2433), 'us-east-1 has the most keys, 2,433, of 2 Regions.'],
    [
      'a cost',
      cost,
      two(3, 2.5),
      'eu-west-1 has the highest total monthly cost, $3.00, of 2 Regions.',
    ],
    [
      'those under a condition',
      { ...groups, narrowed: true },
      two(3, 4),
      'us-east-1 has the most matching keys, 4, of 2 Regions.',
    ],
    ['nothing', { ...groups, narrowed: true }, result(['region', 'n'], []), 'No keys match.'],
    [
      'the fewest',
      { ...groups, ranked: lowest },
      one,
      'eu-west-1 has the fewest keys of those that have any, 3.',
    ],
    ['the most', { ...groups, ranked: highest }, one, 'eu-west-1 has the most keys, 3.'],
    [
      'the first of many',
      { ...groups, ranked: highest },
      two(5, 4),
      'eu-west-1 has the most keys, 5, of the 2 Regions shown.',
    ],
    [
      'the least of many',
      { ...groups, ranked: lowest },
      two(4, 5),
      'eu-west-1 has the fewest keys of those that have any, 4, of the 2 Regions shown.',
    ],
    [
      'those that share the most',
      { ...groups, ranked: highest },
      two(5, 5),
      '2 Regions share the most keys, 5 each.',
    ],
    ['one group', groups, one, 'eu-west-1: 3 keys.'],
    [
      'a share',
      { ...groups, unit: 'percent', label: 'keys have tags' },
      two(5, 50),
      'us-east-1 has the highest share, 50 %, of 2 Regions.',
    ],
  ])('of %s', (_, presentation, r, text) => {
    expect(summarize(presentation, whole(r))).toBe(text);
  });

  it('names an account with its id, because names need not be unique', () => {
    const accounts: Presentation = { ...groups, groupBy: ['account_id', 'account_name'] };
    const r = result(['account_id', 'account_name', 'n'], [['111111111111', 'payments', 3]]);
    expect(summarize(accounts, whole(r))).toBe('payments (111111111111): 3 keys.');
  });

  it('names the highest, wherever it stands', () => {
    const r = result(
      ['region', 'n'],
      [
        ['eu-west-1', 3],
        ['us-east-1', 9],
        [null, 2],
      ],
    );
    expect(summarize(groups, whole(r))).toBe('us-east-1 has the most keys, 9, of 3 Regions.');
  });

  it('names none when several share the highest value', () => {
    const r = result(
      ['region', 'n'],
      [
        ['eu-west-1', 9],
        ['us-east-1', 9],
      ],
    );
    expect(summarize(groups, whole(r))).toBe('All 2 Regions have the same value, 9.');
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
