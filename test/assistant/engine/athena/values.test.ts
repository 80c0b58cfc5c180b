import { describe, expect, it } from 'vitest';
import { toCell, UnreadableValue } from '../../../../assistant/engine/athena/cells.ts';
import { scanCost } from '../../../../assistant/engine/athena/cost.ts';
import { readType } from '../../../../assistant/engine/athena/value-type.ts';

const read = (type: string, text: string | undefined) => {
  const known = readType(type);
  if (!known) throw new Error(`no type: ${type}`);
  return toCell(text, known);
};

describe('a value of a result', () => {
  it.each([
    ['varchar', undefined, null],
    ['varchar', '', ''],
    ['varchar', 'null', 'null'],
    ['varchar', '[a, b]', '[a, b]'],
    ['char(3)', 'a  ', 'a  '],
    ['boolean', 'true', true],
    ['boolean', 'false', false],
    ['boolean', undefined, null],
    ['tinyint', '-128', -128],
    ['smallint', '7', 7],
    ['integer', '2147483647', 2147483647],
    ['bigint', '9007199254740991', 9007199254740991],
    ['bigint', '9007199254740992', '9007199254740992'],
    ['bigint', '-9223372036854775808', '-9223372036854775808'],
    ['double', '1.0', 1],
    ['double', '1.0E10', 1e10],
    ['double', '-2.5E-7', -2.5e-7],
    ['double', 'NaN', 'NaN'],
    ['double', '-Infinity', '-Infinity'],
    ['real', '0.5', 0.5],
    ['decimal(10, 2)', '1.50', '1.50'],
    ['decimal(38,0)', '12345678901234567890', '12345678901234567890'],
    ['date', '2026-02-28', '2026-02-28'],
    ['timestamp', '2026-11-23 22:54:00.000', '2026-11-23 22:54:00.000'],
    ['timestamp(3)', '2026-11-23 22:54:00', '2026-11-23 22:54:00.000'],
    ['timestamp', '2026-11-23 22:54:00.123456', '2026-11-23 22:54:00.123'],
    ['timestamp with time zone', '2026-11-23 22:54:00.100 UTC', '2026-11-23 22:54:00.100'],
    ['unknown', undefined, null],
  ])('of the type %s, written as %j, is %j', (type, text, value) => {
    expect(read(type, text)).toEqual(value);
  });

  it.each([
    ['array(varchar)', '["a, b","c"]', ['a, b', 'c']],
    ['array(varchar)', '[]', []],
    ['array(varchar)', '[null,"","null"]', [null, '', 'null']],
    ['array(varchar)', '["1","2.50"]', ['1', '2.50']],
    [
      'array(varchar)',
      '["\\"}{]=\\\\","line\\nbreak","😀 日本","\\u0000"]',
      ['"}{]=\\', 'line\nbreak', '😀 日本', '\0'],
    ],
    ['array(bigint)', '[1,9007199254740993]', [1, '9007199254740993']],
    ['array(double)', '[1.0,2.5E-7,"NaN"]', [1, 2.5e-7, 'NaN']],
    ['array(decimal(5, 2))', '[1.50]', ['1.50']],
    ['array(boolean)', '[true,null]', [true, null]],
    ['array(date)', '["2026-02-28"]', ['2026-02-28']],
    ['array(timestamp)', '["2026-11-23 22:54:00.000"]', ['2026-11-23 22:54:00.000']],
    ['array(array(integer))', '[[1],[],null]', [[1], [], null]],
    ['map(varchar, varchar)', '{"a=b":"c, d","":null}', { 'a=b': 'c, d', '': null }],
    ['map(bigint, array(varchar))', '{"1":["x"]}', { 1: ['x'] }],
    ['map(decimal(3, 1), double)', '{"1.5":2.0}', { '1.5': 2 }],
    ['map(varchar, varchar)', undefined, null],
  ])('of the type %s, as JSON %j, is %j', (type, text, value) => {
    expect(read(type, text)).toEqual(value);
  });

  it('keeps a key that JavaScript has a meaning for', () => {
    const cell = read('map(varchar, varchar)', '{"__proto__":"x","constructor":"y"}');
    expect(JSON.stringify(cell)).toBe('{"__proto__":"x","constructor":"y"}');
  });

  it.each([
    ['boolean', 'TRUE'],
    ['integer', '1.5'],
    ['integer', ''],
    ['double', '1,5'],
    ['decimal(5, 2)', 'NaN'],
    ['date', '2026-2-28'],
    ['date', '+12026-02-28'],
    ['timestamp', '2026-11-23'],
    ['timestamp', '2026-11-23 22:54:00.000 UTC'],
    ['timestamp with time zone', '2026-11-23 22:54:00.000 Europe/Zurich'],
    ['unknown', 'x'],
    ['array(varchar)', '[a, b]'],
    ['array(varchar)', '["a"'],
    ['array(varchar)', '{"a":"b"}'],
    ['array(varchar)', '[true]'],
    ['array(boolean)', '["true"]'],
    ['map(varchar, varchar)', '{a=b}'],
    ['map(varchar, varchar)', '["a"]'],
  ])('of the type %s is not guessed from %j', (type, text) => {
    expect(() => read(type, text)).toThrow(UnreadableValue);
  });

  it.each([
    'row(a integer)',
    'json',
    'varbinary',
    'array(json)',
    'map(varchar, row(a integer))',
    'map(array(integer), varchar)',
    '',
  ])('of the type %j has no reading', (type) => {
    expect(readType(type)).toBeUndefined();
  });
});

describe('what a query costs', () => {
  const MB = 2 ** 20;
  it.each([
    ['a terabyte, five dollars', 2 ** 40, false, 5],
    ['nothing, as ten megabytes', 0, false, (10 / MB) * 5],
    ['one byte, as ten megabytes', 1, false, (10 / MB) * 5],
    ['ten megabytes and a byte, as eleven', 10 * MB + 1, false, (11 / MB) * 5],
    ['a result that is reused, nothing', 0, true, 0],
  ])('%s', (_, bytes, reused, dollars) => {
    expect(scanCost(bytes, reused, 5)).toBe(dollars);
  });
});
