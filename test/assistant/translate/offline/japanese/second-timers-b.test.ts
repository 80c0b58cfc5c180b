import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../../assistant/translate/offline/offline.ts';
import { exampleValues, lastSqlOf, request } from '../example-data.ts';

const translator = createOfflineTranslator(exampleValues);
const sqlOf = lastSqlOf(translator, 'ja');
const asked = async (question: string) =>
  translator.translate({ ...request(question), language: 'ja' });

describe('is not answered, where words are left over or something is left open', () => {
  it.each([
    ['自分で作ったキー', '自分たちで作ったキー'],
    ['野良キーの一覧', 'タグもエイリアスもない野良キーの一覧'],
    ['指摘が重なっていないキー', '指摘が2つ以上重なっているキー'],
    [
      'S3で使われているキーの割合をアカウント別にワースト3',
      'タグのあるキーの割合をアカウント別にワースト3',
    ],
    ['いつか対応すべきキー', '今日対応すべきキー'],
    ['先月と今月に使われたキーの数を比較', '先月と今月に作成されたキーの数を比較'],
  ])('%s, but %s is', async (question, plain) => {
    expect(await sqlOf(question)).toBeNull();
    expect(await sqlOf(plain)).not.toBeNull();
  });
});

describe('means what people say otherwise', () => {
  it.each([
    ['うちの会社、KMSキーって全部でいくつあるんですか？', 'キーはいくつありますか'],
    ['自社で作ったキーは何本？', 'カスタマー管理キーの数'],
    ['日本語でアンサーして：どのkeyがpublic accessになってる？', '公開アクセスがあるキー'],
    ['無効のまま課金が続いているキー', '無効で月額コストが0ドルを超えるキー'],
    [
      '東京リージョンのキー、エイリアスがないものの一覧',
      '東京リージョンにあり、エイリアスがないキーの一覧',
    ],
    ['未使用キー 90日以上 かつ 有効', '90日以上使われておらず、有効なキー'],
    ['次のローテーションが来週に予定されているキー', '次回ローテーションが来週のキー'],
  ])('%s', async (question, plain) => {
    const sql = await sqlOf(question);
    expect(sql).not.toBeNull();
    expect(sql).toBe(await sqlOf(plain));
  });
});

describe('puts groups into the order that is meant', () => {
  it.each([
    ['タグのないキーの割合をアカウント別にワースト3', /DESC.*LIMIT 3/s],
    ['タグのあるキーの割合をアカウント別にワースト3', /ASC.*LIMIT 3/s],
    ['指摘を件数順に', /GROUP BY \w+\.label.*DESC/s],
  ])('%s', async (question, sql) => {
    expect(await sqlOf(question)).toMatch(sql);
  });

  it('after an answer', async () => {
    expect(await sqlOf('ローテーションが有効なキーの割合をOU別に', '低い順に並べて')).toMatch(
      /ORDER BY \w+ ASC/,
    );
    expect(await sqlOf('アカウント別のキー数', '低い順に並べて')).toBeNull();
  });
});

describe('two questions at once', () => {
  it('are offered one by one', async () => {
    const answer = await asked(
      'カバレッジは何パーセント？読めていないアカウントがあるなら監査報告に書きたい',
    );
    expect(answer.kind).toBe('clarify');
    expect(answer.kind === 'clarify' ? answer.choices.length : 0).toBe(2);
  });
});
