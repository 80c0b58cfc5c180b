import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLine } from '../../../collector/snapshot/json-lines.ts';

describe('a row as a line of JSON', () => {
  it('is one line that any reader of UTF-8 gives back, lone surrogates replaced', () => {
    const text = fc.string({ unit: 'binary' });
    const broken = fc
      .array(fc.oneof(text, fc.constantFrom('\ud800', '\udfff', '\\ud800', '😀')))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(broken, broken, (name, value) => {
        const row = { text: value, list: [value, null], map: Object.fromEntries([[name, value]]) };
        const line = jsonLine(row);
        expect(line).not.toContain('\n');
        const sent = Buffer.from(line, 'utf8').toString('utf8');
        const whole = (s: string) => Buffer.from(s, 'utf8').toString('utf8');
        expect(JSON.parse(sent)).toEqual({
          text: whole(value),
          list: [whole(value), null],
          map: Object.fromEntries([[whole(name), whole(value)]]),
        });
      }),
    );
  });

  it('writes dates in UTC to the millisecond', () => {
    const at = new Date('2026-03-29T01:30:00.007Z');
    expect(jsonLine({ at, text: '\ud800' })).toBe(
      '{"at":"2026-03-29T01:30:00.007Z","text":"\ufffd"}',
    );
  });
});
