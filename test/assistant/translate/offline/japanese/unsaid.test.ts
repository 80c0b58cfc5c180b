import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../../assistant/translate/offline/offline.ts';
import { asOf, exampleValues, lastSqlOf, request } from '../example-data.ts';

const translator = createOfflineTranslator(exampleValues);
const sqlOf = lastSqlOf(translator, 'ja');

/** Each was once answered with something else than it asks for. */
describe('is not answered, where what was read leaves out what a word asks for', () => {
  it.each([
    '外部ベンダーで復号できるのは',
    'どの外部アカウントに権限を与えていますか',
    'キーを使っていないユーザー',
    '外部の人が使えるのに一度も使っていないキー',
    '先月作成されたグラントを持つキー',
    'すべてのキーでローテーションが有効ですか',
    '全てのカスタマー管理キーがローテーションされていますか',
    '先月使われなかったキー',
    'マルチリージョンキーとそのレプリカ',
    'キー数の推移',
    'CMKの一覧とは',
    'キースペックとは何ですか',
    'ユーザーごとの操作件数',
    '操作の種類別の件数',
    '最も多く権限を持つ外部アカウント',
    'リージョンごとの最も古いキー3件',
    'アカウント999999999999のキー',
    'ローテーションできていないキー',
    'alice以外のキー',
    '東京からの変更',
    '昨日無効化されたキーと有効化した人',
    '今週キーを作ったのは誰、件数も',
    '先月付与されたグラントがあるキー',
    'Denyされていないプリンシパル',
    '直接使われていないキー',
    '昨日以外の操作',
  ])('%s', async (question) => {
    expect(await sqlOf(question)).toBeNull();
  });
});

describe('after an answer', () => {
  it.each([
    ['アカウント別のコスト', 'キー数は？'],
    ['懸念が多いアカウント上位3', 'そのキー一覧'],
    ['リージョン別の無効なキー数', '東京の一覧'],
  ])('%s is not forgotten by %s', async (before, question) => {
    expect(await sqlOf(before)).not.toBeNull();
    expect(await sqlOf(before, question)).toBeNull();
  });

  it.each([
    ['ローテーションが無効なキーの割合', '何本？', 'ローテーションが無効なキーの数'],
    ['東京の無効なキー', 'アカウント別のコスト', '東京の無効なキーのアカウント別のコスト'],
    ['東京の無効なキー', '懸念事項は？', '東京の無効なキーの懸念事項'],
    ['東京の無効なキー', '何本？', '東京の無効なキーの数'],
    ['マルチリージョンキー', 'プライマリだけなら？', 'プライマリキーの一覧'],
    ['先月無効化されたキー', '誰が？', '先月キーを無効化したのは誰'],
  ])('%s, %s goes on from it', async (before, question, meant) => {
    const sql = await sqlOf(before, question);
    expect(sql).not.toBeNull();
    const conditions = (text: string | null) => [...(text ?? '').matchAll(/'[^']+'/g)].map(String);
    expect(conditions(sql).sort()).toEqual(conditions(await sqlOf(meant)).sort());
  });
});

describe('is answered, because each word has its place in what was read', () => {
  it.each([
    ['昨年度に作成されたキー', '2025年4月1日から2026年3月31日までに作成されたキー'],
    ['昨日の変更を全部見せて', '昨日行われた変更の一覧'],
    ['platformチームのキーは何本', null],
    ['ownerがplatformのキー', 'owner=platformのキー'],
    ['キーが多いアカウント', 'アカウント別のキー数を多い順に'],
    ['月額コストが100ドルを超えるアカウント', '月額100ドルを超えているアカウント'],
    ['リージョンとキー数', 'リージョン別のキー数'],
    ['未使用180日以上のキー', '180日以上使われていないキー'],
    ['2019年以前のキー', '2019年以前に作成されたキー'],
    ['alias/ordersは誰が管理していますか', 'alias/ordersの管理者権限を持っているのは誰'],
  ])('%s', async (question, same) => {
    const sql = await sqlOf(question);
    if (same === null) return expect(sql).toBeNull();
    expect(sql).not.toBeNull();
    expect(sql).toBe(await sqlOf(same));
  });
});

it('tells the time of what was done, however it came into the question', async () => {
  const first = await translator.translate({ ...request('先月無効化されたキー'), language: 'ja' });
  if (first.kind !== 'query') throw new Error(first.kind);
  const turn = { question: '先月無効化されたキー', ...first };
  const then = await translator.translate({ ...request('誰が？', [turn]), language: 'ja', asOf });
  if (then.kind !== 'query') throw new Error(then.kind);
  expect(then.interpretation).toMatch(/2026年10月1日以降2026年11月1日より前/u);
});
