import { describe, expect, it } from 'vitest';
import { interrupted, unreachable, unreadable } from '../../web/src/api/problem.ts';
import { en } from '../../web/src/messages/en.ts';
import { ja } from '../../web/src/messages/ja.ts';
import { languageOf, messagesOf } from '../../web/src/messages/messages.ts';
import { problemText } from '../../web/src/messages/problemText.ts';

describe('languages', () => {
  it.each([
    ['ja', 'ja'],
    ['ja-JP', 'ja'],
    ['jam', 'en'],
    ['de', 'en'],
    ['', 'en'],
    [null, 'en'],
  ])('%j is read in %s', (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });

  it('fall back to English for what they lack', () => {
    expect(messagesOf('ja').productName).toBe(en.productName);
    expect(messagesOf('ja').send).toBe(ja.send);
  });

  it('differ from English in everything but names', () => {
    const same = Object.keys(en).filter((name) => !Object.hasOwn(ja, name));
    expect(same.sort()).toEqual(['productName', 'sql', 'utc']);
  });
});

describe('English', () => {
  it('counts', () => {
    expect(en.rowsShown(1, 1)).toBe('1 row');
    expect(en.rowsShown(12, 10000)).toBe('12 of 10,000 rows');
    expect(en.scope(1, 2)).toBe('1 key in 2 accounts');
  });

  it('says how many rows are missing only where that is known', () => {
    expect(en.truncated(1000, 4215)).toContain('1,000 of 4,215');
    expect(en.truncated(1000, null)).toContain('more match');
  });
});

describe('problems', () => {
  it.each([unreachable, interrupted, unreadable, { code: 'HTTP 500', message: '', hint: '' }])(
    'always have a sentence and a hint: $code',
    (problem) => {
      const { message, hint } = problemText(problem, en);
      expect([message, hint].every((text) => text.length > 10)).toBe(true);
    },
  );

  it('are worded by the server where it does', () => {
    const problem = { code: 'TIMEOUT', message: 'It took too long.', hint: 'Ask for less.' };
    expect(problemText(problem, en)).toEqual({
      message: 'It took too long.',
      hint: 'Ask for less.',
    });
  });
});
