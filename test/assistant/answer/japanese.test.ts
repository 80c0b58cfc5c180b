import { describe, expect, it } from 'vitest';
import { coverageInJapanese } from '../../../assistant/answer/japanese.ts';
import { summarize } from '../../../assistant/answer/summary.ts';
import type { Cell, QueryResult } from '../../../assistant/engine/engine.ts';
import { NO_EXPENSE } from '../../../assistant/engine/expense.ts';
import type { Presentation } from '../../../assistant/translate/translator.ts';

const noun = { one: 'キー', many: 'キー' };
const result = (names: readonly string[], rows: readonly (readonly Cell[])[]): QueryResult => ({
  columns: names.map((name) => ({ name, type: 'varchar' })),
  rows,
  queryId: 'q',
  elapsedMs: 1,
  truncated: false,
  expense: NO_EXPENSE,
});
const whole = (r: QueryResult) => ({ result: r, truncated: false, totalRows: r.rows.length });
const say = (p: Presentation, r: QueryResult) => summarize(p, whole(r), 'ja');

describe('the headline in Japanese', () => {
  it.each<[presentation: Presentation, names: readonly string[], rows: Cell[][], text: string]>([
    [{ shape: 'list', noun }, ['key_id'], [], '該当するキーはありません。'],
    [{ shape: 'list', noun }, ['key_id'], [['a'], ['b']], '該当するキーは2件です。'],
    [{ shape: 'number', noun, value: 'n' }, ['n'], [[4321]], 'キーは4,321件です。'],
    [
      { shape: 'number', noun, value: 'n' },
      ['n'],
      [[null]],
      '該当するキーがないため、値はありません。',
    ],
    [
      { shape: 'number', noun, value: 'n', unit: 'USD', label: '月額コストの合計' },
      ['n'],
      [[1234.5]],
      '月額コストの合計は1,234.50ドルです。',
    ],
    [
      { shape: 'number', noun, value: 'n', unit: 'percent', label: 'キーのうち、無効であるもの' },
      ['n'],
      [[53.6]],
      'キーのうち、無効であるものは53.6%です。',
    ],
    [
      { shape: 'number', noun, value: 'n', label: 'データの収集日時' },
      ['n'],
      [['2026-11-03 09:05:00.000']],
      'データの収集日時は2026年11月3日09:05（UTC）です。',
    ],
    [
      {
        shape: 'group',
        noun,
        value: 'n',
        groupBy: ['region'],
        groups: { one: 'リージョン', many: 'リージョン' },
      },
      ['region', 'n'],
      [
        ['a', 9],
        ['b', 2],
      ],
      'キーの数が最大なのはaで、9件です（2のリージョンのうち）。',
    ],
    [
      { shape: 'group', noun, value: 'n', groupBy: ['region'], narrowed: true },
      ['region', 'n'],
      [['a', 9]],
      'a：該当するキーの数は9件です。',
    ],
  ])('%j', (presentation, names, rows, text) => {
    expect(say(presentation, result(names, rows))).toBe(text);
  });

  it('says when rows were cut', () => {
    const cut = { result: result(['k'], [['a'], ['b']]), truncated: true, totalRows: 5123 };
    expect(summarize({ shape: 'list', noun }, cut, 'ja')).toBe(
      '該当するキーは5,123件あります。先頭の2件を表示しています。',
    );
  });
});

describe('coverage in Japanese', () => {
  it('names what is missing', () => {
    const text = coverageInJapanese(
      { ok: 8, partial: 1, failed: 1, skipped: 2 },
      { partial: 1, failed: 1, skipped: 1 },
    );
    expect(text).toMatch(
      /^10のアカウント・リージョンのうち8を.*1（1アカウント）は読み取れず.*一部のみ.*対象外/,
    );
  });
});
