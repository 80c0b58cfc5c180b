import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../assistant/engine/engine.ts';
import {
  type AnswerRows,
  type Rows,
  sameNumber,
  sameRows,
} from '../../../assistant/eval/compare.ts';

const rows = (names: string, ...cells: readonly (readonly Cell[])[]): Rows => ({
  columns: names.split(' ').map((name) => ({ name, type: 'varchar' })),
  rows: cells,
});
const answer = (of: Rows, cut?: { readonly total: number }): AnswerRows => ({
  ...of,
  truncated: cut !== undefined,
  totalRows: cut?.total ?? of.rows.length,
});

describe('rows are the same', () => {
  it.each<[name: string, expected: Rows, given: AnswerRows]>([
    ['in another order', rows('a', ['1'], ['2']), answer(rows('a', ['2'], ['1']))],
    [
      'besides further columns',
      rows('key_id', ['k1'], ['k2']),
      answer(rows('region key_id', ['r', 'k1'], ['r', 'k2'])),
    ],
    [
      'under other names of columns',
      rows('region n', ['r1', 3], ['r2', 5]),
      answer(rows('region key_count', ['r2', 5], ['r1', 3])),
    ],
    [
      'more than once each',
      rows('principal', ['a'], ['b']),
      answer(rows('principal key_id', ['a', 'k1'], ['a', 'k2'], ['b', 'k1'])),
    ],
    ['as numbers in text', rows('n', [12]), answer(rows('count', ['12']))],
    ['with a cent of rounding', rows('usd', [1.004]), answer(rows('usd', [1]))],
    ['when there are none', rows('a'), answer(rows('b'))],
    [
      'as far as the limit lets them through',
      rows('key_id', ['k1'], ['k2'], ['k3']),
      answer(rows('key_id', ['k1'], ['k2']), { total: 3 }),
    ],
  ])('%s', (_, expected, given) => {
    expect(sameRows(expected, given, false)).toBe(true);
  });
});

describe('rows differ', () => {
  it.each<[name: string, expected: Rows, given: AnswerRows]>([
    ['when one is missing', rows('a', ['1'], ['2']), answer(rows('a', ['1']))],
    ['when there is one more', rows('a', ['1']), answer(rows('a', ['1'], ['2']))],
    ['when there are none', rows('a', ['1']), answer(rows('a'))],
    ['when there should be none', rows('a'), answer(rows('a', ['1']))],
    [
      'when values belong to other groups',
      rows('region n', ['r1', 3], ['r2', 5]),
      answer(rows('region n', ['r1', 5], ['r2', 3])),
    ],
    [
      'when a column of the name has other values, whatever the others have',
      rows('principal', ['a']),
      answer(rows('principal other', ['b', 'a'])),
    ],
    [
      'when a cut answer has too few behind the limit',
      rows('key_id', ['k1'], ['k2'], ['k3']),
      answer(rows('key_id', ['k1'], ['k2']), { total: 2 }),
    ],
    [
      'when a cut answer shows one that is not expected',
      rows('key_id', ['k1'], ['k2'], ['k3']),
      answer(rows('key_id', ['k1'], ['k9']), { total: 3 }),
    ],
    ['when ids look like equal numbers', rows('id', ['000000000012']), answer(rows('id', ['12']))],
  ])('%s', (_, expected, given) => {
    expect(sameRows(expected, given, false)).toBe(false);
  });

  it('in order, where the order counts', () => {
    const expected = rows('a', ['1'], ['2']);
    expect(sameRows(expected, answer(rows('a', ['1'], ['2'])), true)).toBe(true);
    expect(sameRows(expected, answer(rows('a', ['2'], ['1'])), true)).toBe(false);
  });
});

describe('a number', () => {
  it.each<[name: string, expected: Cell, given: Rows, same: boolean]>([
    ['is the one value of the one row', 3, rows('n', [3]), true],
    ['may stand among others', 41.5, rows('percentage matching total', [41.5, 83, 200]), true],
    ['is not another', 3, rows('n', [4]), false],
    ['is not in one of several rows', 3, rows('n', [3], [4]), false],
    ['is not there without a row', 3, rows('n'), false],
  ])('%s', (_, expected, given, same) => {
    expect(sameNumber(expected, given)).toBe(same);
  });
});
