import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import { exampleValues, lastSqlOf, request } from './example-data.ts';

const translator = createOfflineTranslator(exampleValues);
const english = lastSqlOf(translator, 'en');
const japanese = lastSqlOf(translator, 'ja');

describe('is not answered with something near it', () => {
  it.each([
    ['RSA keys that can still be used for signing'],
    ['is the key alias/orders ok?'],
    ['what share of the keys that can rotate actually do'],
    ['compare rotation in Security and Workloads/Staging'],
    ['keys made in october, by who'],
    ['keys that IAM users can use', 'group by user'],
  ])('%s', async (...questions) => {
    expect(await english(...questions)).toBeNull();
  });

  it('a list of keys after groups of them, cut to the first', async () => {
    const conversation = ['外部アカウントが復号できるキーをアカウント別に', '上位3つだけ'] as const;
    expect(await japanese(...conversation, 'そのうち東京のキーの一覧')).toBeNull();
  });

  it('what speaks of those that an unanswered question asked of', async () => {
    const asked = request('有効になってないやつをアカウントごとに件数で出してください', [
      { question: '経理で使ってるキーは何本', sql: null, state: null },
    ]);
    expect((await translator.translate({ ...asked, language: 'ja' })).kind).toBe('clarify');
  });

  it('the first of the groups before as single keys', async () => {
    expect(await japanese('CMKの月額コストをOU別に', '高い順に上位5つだけでいいです')).toBeNull();
  });

  it('a key, or some ones, that nothing before tells', async () => {
    for (const question of [
      'who created that key?',
      'Which teams own the ones without rotation?',
    ]) {
      const unanswered = [{ question: 'zorbly frobs', sql: null, state: null }];
      const { kind } = await translator.translate(request(question, unanswered));
      expect({ question, kind }).not.toEqual({ question, kind: 'query' });
    }
  });

  it('one of several guesses, which a question goes on from', async () => {
    const asked = {
      question: 'zorbly keys',
      sql: null,
      state: null,
      choices: ['Count keys per region', 'List keys that are in region eu-central-1'],
    };
    const question = 'which of those are disabled';
    expect((await translator.translate(request(question, [asked]))).kind).toBe('clarify');
  });
});
