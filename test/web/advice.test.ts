import { describe, expect, it } from 'vitest';
import { concernKinds } from '../../collector/schema/concerns.ts';
import { adviceJa } from '../../web/src/key/adviceJa.ts';

/** Names that are the same in every language: actions, conditions, exceptions, fields. */
const names = (text: string): string[] =>
  [...new Set(text.match(/\b(?:kms|aws):[A-Za-z*]+|\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b|\w+_at\b/g))]
    .map((name) => name.replace(/:\*$/, ':'))
    .sort();

describe('advice in Japanese', () => {
  it('is there for every kind of concern, and for no other', () => {
    expect(Object.keys(adviceJa)).toEqual(concernKinds.map(({ code }) => code));
  });

  it.each(concernKinds)('names for $code what the English names', ({ code, why, fix }) => {
    for (const part of ['why', 'fix'] as const) {
      const japanese = adviceJa[code]?.[part] ?? '';
      expect(japanese).toMatch(/[\p{Script=Hiragana}].*。$/u);
      expect(names(japanese)).toEqual(names(part === 'why' ? why : fix));
    }
  });

  it('says of an unused key to disable it before it is deleted', () => {
    expect(adviceJa.UNUSED_KEY?.fix).toMatch(/無効.*DisabledException.*削除/);
  });
});
