import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import { exampleValues } from './example-data.ts';

const translator = createOfflineTranslator(exampleValues);
const asOf = new Date('2026-11-18T10:20:00Z');

/** What is said to the last of some questions that follow each other. */
async function toldOf(language: 'en' | 'ja', ...questions: readonly string[]): Promise<string> {
  const conversation: { question: string; sql: string | null; state: unknown }[] = [];
  let told = '';
  for (const question of questions) {
    const meant = await translator.translate({
      question,
      conversation,
      language,
      asOf,
      timeZone: 'UTC',
    });
    told = meant.kind === 'query' ? (meant.lead ?? '') : meant.message;
    if (meant.kind === 'query') conversation.push({ question, sql: meant.sql, state: meant.state });
  }
  return told;
}

describe('what to do about what an answer shows', () => {
  it.each<[language: 'en' | 'ja', questions: readonly string[], told: RegExp]>([
    ['ja', ['公開されているキー', '直し方は？'], /プリンシパルを指定/],
    ['ja', ['90日以上使われていないキー', 'どう対処すればいい？'], /DisabledException/],
    ['ja', ['無効なキーの数', '対処方法は？'], /削除をスケジュール/],
    ['ja', ['ローテーションが無効なキーの是正方法を教えてください'], /自動キーローテーション/],
    ['ja', ['公開されていないキー', '直し方は？'], /懸念事項ごとに異なります/],
    ['en', ['keys with public access', 'how do I fix them?'], /Name the principals/],
    ['en', ['keys per region', 'what is the fix?'], /differs by concern/],
  ])('%s: %j', async (language, questions, told) => {
    expect(await toldOf(language, ...questions)).toMatch(told);
  });

  it('is not told where nothing was asked before', async () => {
    expect(await toldOf('ja', '直し方は？')).not.toMatch(/懸念事項ごとに異なります/);
  });
});

describe('keys of accounts that are not active', () => {
  it('are said not to be read', async () => {
    expect(await toldOf('ja', '停止中のアカウントにあるキー')).toMatch(/読み取っていない/);
    expect(await toldOf('ja', '停止中でないアカウントにあるキー')).toBe('');
    expect(await toldOf('ja', '管理アカウントのキー')).toBe('');
  });
});
