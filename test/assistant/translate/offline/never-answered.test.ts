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
});
