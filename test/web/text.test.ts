import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sqlTokens } from '../../web/src/sql/tokens.ts';
import { columnLabel } from '../../web/src/text/columnLabel.ts';
import { formatBytes, formatDuration, formatInstant } from '../../web/src/text/instant.ts';
import { pieces, visible } from '../../web/src/text/invisible.ts';
import { layOutJson } from '../../web/src/text/json.ts';
import { compareDecimals, formatDecimal, formatMoney } from '../../web/src/text/number.ts';

describe('unseen characters', () => {
  it.each([
    ['right-to-left override', '\u202E', 'U+202E'],
    ['isolate', '\u2066', 'U+2066'],
    ['zero width space', '\u200B', 'U+200B'],
    ['byte order mark', '\uFEFF', 'U+FEFF'],
    ['line feed', '\n', 'U+000A'],
    ['escape', '\u001B', 'U+001B'],
    ['C1 control', '\u009B', 'U+009B'],
    ['soft hyphen', '\u00AD', 'U+00AD'],
    ['line separator', '\u2028', 'U+2028'],
    ['tag letter', '\u{E0041}', 'U+E0041'],
    ['variation tag', '\u{E0101}', 'U+E0101'],
    ['Hangul filler', '\u3164', 'U+3164'],
    ['unpaired surrogate', '\uD83D', 'U+D83D'],
  ])('are shown by code point: %s', (_, character, codePoint) => {
    expect(pieces(`a${character}b`)).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'hidden', codePoint },
      { kind: 'text', text: 'b' },
    ]);
    expect(visible(`a${character}b`)).toBe(`a⟨${codePoint}⟩b`);
  });

  it.each(['', 'plain', 'Zürich', '鍵 キー', 'مفتاح', '🔑', '<script>', '　'])(
    'do not include %j',
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );

  it('leave the rest of the text as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const back = pieces(text)
          .map((piece) =>
            piece.kind === 'text'
              ? piece.text
              : String.fromCodePoint(Number.parseInt(piece.codePoint.slice(2), 16)),
          )
          .join('');
        expect(back).toBe(text);
      }),
    );
  });
});

describe('numbers', () => {
  it.each([
    ['10', '9', 1],
    ['-10', '9', -1],
    ['1.50', '1.5', 0],
    ['0.1', '0.09', 1],
    ['123456789012345678901', '123456789012345678900', 1],
  ])('%s against %s is %i', (a, b, expected) => {
    expect(compareDecimals(a, b)).toBe(expected);
  });

  it('lose no digit by grouping', () => {
    fc.assert(
      fc.property(fc.bigInt(), (number) => {
        expect(formatDecimal(String(number)).replaceAll(',', '')).toBe(String(number));
      }),
    );
  });

  it.each([
    [1, '1.00'],
    [1234.5, '1,234.50'],
    [0.001, '0.001'],
    [0, '0.00'],
  ])('money %d is %s', (value, expected) => {
    expect(formatMoney(value)).toBe(expected);
  });
});

describe('labels and moments', () => {
  it.each([
    ['account_id', 'Account ID'],
    ['max_severity', 'Max severity'],
    ['monthly_cost_usd', 'Monthly cost USD'],
    ['_col0', 'Col0'],
    ['keyid', 'Keyid'],
    ['__', '__'],
  ])('%s reads %s', (name, label) => {
    expect(columnLabel(name)).toBe(label);
  });

  it.each([
    ['2026-11-20T06:00:00.000Z', '2026-11-20 06:00 UTC'],
    ['2026-11-20T06:00:00+09:00', '2026-11-19 21:00 UTC'],
    ['soon', 'soon'],
  ])('%s reads %s', (iso, text) => {
    expect(formatInstant(iso)).toBe(text);
  });

  it('sizes and durations have units', () => {
    expect([formatDuration(12.4), formatDuration(2400)]).toEqual(['12 ms', '2.4 s']);
    expect([formatBytes(0), formatBytes(1_500_000)]).toEqual(['0 B', '1.5 MB']);
  });
});

describe('JSON laid out', () => {
  it('changes nothing but the white space between tokens', () => {
    expect(layOutJson('{"a":[1,{"b" :"x, {y}\\""}],"a":1.0,"c":{},"d":[]}')).toBe(
      '{\n  "a": [\n    1,\n    {\n      "b": "x, {y}\\""\n    }\n  ],\n  "a": 1.0,\n  "c": {},\n  "d": []\n}',
    );
  });

  it('leaves text that is not JSON alone', () => {
    expect(layOutJson('{not json')).toBe('{not json');
  });

  it('holds the same value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(layOutJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('SQL tokens', () => {
  it('are told apart', () => {
    const sql = `SELECT "a b", 'it''s', 1.5 -- note\nFROM kms_keys /* x */`;
    expect(sqlTokens(sql).filter(({ kind }) => kind !== 'other')).toEqual([
      { kind: 'keyword', text: 'SELECT' },
      { kind: 'name', text: '"a b"' },
      { kind: 'string', text: `'it''s'` },
      { kind: 'number', text: '1.5' },
      { kind: 'comment', text: '-- note' },
      { kind: 'keyword', text: 'FROM' },
      { kind: 'name', text: 'kms_keys' },
      { kind: 'comment', text: '/* x */' },
    ]);
  });

  it('joined are the text, whatever the text', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom("'", '"', '--', '/*', '*/', '\n'),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const sql = parts.join('');
        expect(
          sqlTokens(sql)
            .map(({ text }) => text)
            .join(''),
        ).toBe(sql);
      }),
    );
  });
});
