import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import { exampleValues, request } from './example-data.ts';

const translator = createOfflineTranslator(exampleValues);
const translate = (question: string) => translator.translate(request(question));

/** What is told around a question leaves the answer as it is, and is named beside it. */
describe('what is told around a question', () => {
  it.each([
    [
      'We ended the contract in the summer. How many keys are public?',
      'How many keys are public?',
      /ended the contract/,
    ],
    ['slide for the board: findings by severity', 'findings by severity', /slide for the board/],
    [
      'list all keys in Tokyo, she is leaving the company soon',
      'list all keys in Tokyo',
      /leaving the company/,
    ],
    ['Which keys are disabled? Our insurer wants to know', 'Which keys are disabled?', /insurer/],
    [
      'Which keys are disabled? My team cannot chase people if we do not know',
      'Which keys are disabled?',
      /chase people/,
    ],
    [
      'I promised the committee a number, so how many keys are disabled?',
      'how many keys are disabled?',
      /promised/,
    ],
    [
      '内部監査室の者です。公開されているキーはいくつありますか',
      '公開されているキーはいくつありますか',
      /内部監査室/,
    ],
    [
      '無効なキーを一覧してください。台帳と突き合わせます。',
      '無効なキーを一覧してください',
      /台帳/,
    ],
    [
      '各チームに配りたいので、無効なキーを一覧してください',
      '無効なキーを一覧してください',
      /配りたい/,
    ],
    [
      '公開されているキーはいくつありますか（監査で聞かれてます）',
      '公開されているキーはいくつありますか',
      /監査/,
    ],
  ])('%s', async (question, plain, told) => {
    const [translation, alone] = [await translate(question), await translate(plain)];
    expect(translation).toMatchObject({ kind: 'query' });
    if (translation.kind !== 'query' || alone.kind !== 'query') return;
    expect(translation.sql).toBe(alone.sql);
    expect(translation.notes[0]).toMatch(told);
  });

  // Where it may say which keys are meant, or when, both are offered.
  it.each([
    ['I only look after production. How many keys are disabled?', 2],
    ['We run everything in Frankfurt. How many keys do we have?', 2],
    ['There was an incident last week. Which policies were changed?', 2],
    ['Zorbly was hacked. How many keys are disabled?', 1],
    ['Zorbly Logistics keys: how many are disabled?', 1],
  ])('%s', async (question, least) => {
    const translation = await translate(question);
    expect(translation).toMatchObject({ kind: 'clarify' });
    if (translation.kind !== 'clarify') return;
    expect(translation.choices.length).toBeGreaterThanOrEqual(least);
  });

  it('two words are misspelt', async () => {
    const translation = await translate('which keys are disbled and unusd for 90 days');
    expect(translation).toMatchObject({ kind: 'query' });
    if (translation.kind !== 'query') return;
    expect(translation.notes.slice(0, 2).join(' ')).toMatch(/disbled.*unusd/);
  });

  // What may say which keys are meant is not told around it.
  it.each([
    'I only look after production. How many keys are disabled?',
    'We run everything in Frankfurt. How many keys do we have?',
    'Ignore the sandbox. How many keys are disabled?',
    'There was an incident last week. Which policies were changed?',
    'How many keys are disabled? Zorbly',
    '無効なキーはいくつ？ゾルブ',
    '本番だけ見ています。無効なキーはいくつですか',
    'うちは決済チームなんですが、無効なキーはいくつですか',
    '無効なキーを一覧してください。サンドボックスのものはいりません',
    '先週障害がありました。ポリシーを変更されたキーは？',
  ])('%s', async (question) => {
    const translation = await translate(question);
    if (translation.kind !== 'query') return;
    expect(translation.notes.join(' ')).not.toMatch(/background|背景/);
  });
});
