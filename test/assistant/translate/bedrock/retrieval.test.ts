import { describe, expect, it } from 'vitest';
import { retrievalOver } from '../../../../assistant/translate/bedrock/retrieval.ts';
import { readVerified } from '../../../../assistant/translate/bedrock/verified.ts';

const verified = await readVerified('prompts/verified');
const retrieval = retrievalOver(verified);

describe('a verified question is recognised', () => {
  it.each([
    ['Which keys are public?', 'Which keys are public?'],
    ['which keys   are PUBLIC', 'Which keys are public?'],
    ['Ｗｈｉｃｈ keys are public？', 'Which keys are public?'],
    ['90日間使われていないキーはどれですか', '90日間使われていないキーはどれですか？'],
    ['９０日間使われていないキーはどれですか？', '90日間使われていないキーはどれですか？'],
  ])('%s', (asked, question) => {
    expect(retrieval.exact(asked)?.question).toBe(question);
  });

  it.each([
    'Which keys are not public?',
    'Which keys were unused for 60 days?',
    'Which keys were unused for 90 days in Frankfurt?',
    'Which customer managed keys were unused for 90 days?',
    'Which keys are public-',
    '60日間使われていないキーはどれですか？',
    '',
  ])('but not %j', (asked) => {
    expect(retrieval.exact(asked)).toBeNull();
  });
});

describe('the nearest verified questions', () => {
  it.each([
    ['keys nobody used for 60 days', 'Which keys were unused for 90 days?'],
    ['show the publicly accessible keys (public)', 'Which keys are public?'],
    ['who may decrypt using alias/orders-dev', 'Who can decrypt with alias/payments-prod?'],
    [
      'rotation turned off on customer managed keys',
      'Which customer managed keys have rotation disabled?',
    ],
    [
      'what percent of customer keys is rotated',
      'What percentage of customer managed keys has rotation enabled?',
    ],
    ['monthly costs by account', 'What do keys cost per account?'],
    [
      'who modified the key policy during the past month',
      'Who changed key policies in the last 30 days?',
    ],
    ['accounts that failed to be read', 'Which accounts could not be read?'],
    ['number of keys by region', 'How many keys are there per Region?'],
    ['keys whose deletion is in the next two weeks', 'Which keys will be deleted within 7 days?'],
    [
      'external access and idle for 180 days',
      'Which keys have external access and were unused for 90 days?',
    ],
    ['imported material about to expire', 'Which imported key material expires within 90 days?'],
    ['180日使われていないキー', '90日間使われていないキーはどれですか？'],
    ['過去7日間にポリシーを変更したのは誰', '過去30日間にキーポリシーを変更したのは誰ですか？'],
    ['リージョンごとのキー数', 'リージョン別のキーの数は？'],
    ['自動ローテーションが無効のキー', 'ローテーションが無効なカスタマー管理キーはどれですか？'],
    ['組織外からアクセス可能なキー', '外部からアクセスできるキーはどれですか？'],
  ])('to "%s" have "%s" among the first three', (asked, question) => {
    const near = retrieval.nearest(asked, 3).map((n) => n.verified.question);
    expect(near).toContain(question);
  });

  it.each(verified)('have itself first: $question', (v) => {
    expect(retrieval.nearest(v.question, 1)[0]?.verified).toBe(v);
  });

  it('are in order of nearness, and no more than asked for', () => {
    const near = retrieval.nearest('unused keys with external access', 6);
    expect(near).toHaveLength(6);
    expect(near.map((n) => n.score)).toEqual(near.map((n) => n.score).sort((a, b) => b - a));
  });

  it.each(['constructor', '__proto__', 'toString valueOf hasOwnProperty'])(
    'are found whatever a word means to JavaScript: %s',
    (words) => {
      expect(() => retrieval.nearest(`Which keys has ${words}?`, 3)).not.toThrow();
    },
  );

  it('are none where no word is in common', () => {
    expect(retrieval.nearest('xyzzy', 5)).toEqual([]);
    expect(retrieval.nearest('', 5)).toEqual([]);
    expect(retrievalOver([]).nearest('keys', 5)).toEqual([]);
  });

  it('are the same each time', () => {
    const once = retrieval.nearest('keys per region', 5);
    expect(retrievalOver(verified).nearest('keys per region', 5)).toEqual(once);
  });

  it('are found in little time, however long the question', () => {
    const started = performance.now();
    for (let i = 0; i < 100; i++) retrieval.nearest('keys unused for 90 days '.repeat(80), 5);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
