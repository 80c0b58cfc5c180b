import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../../assistant/translate/offline/offline.ts';
import { exampleValues, lastSqlOf } from '../example-data.ts';

const sqlOf = lastSqlOf(createOfflineTranslator(exampleValues), 'ja');

describe('is not answered, where words are left over or something is left open', () => {
  it.each([
    ['ローテーションが止まっているキーを月面基地別に', 'ローテーションが止まっているキーをOU別に'],
    ['キー数とコストをOU別に多い順で', 'キー数とコストをOU別にコストの高い順で'],
    ['コストが高いアカウント上位3つと指摘', 'コストが高いアカウント上位3つ'],
  ])('%s, but %s is', async (question, plain) => {
    expect(await sqlOf(question)).toBeNull();
    expect(await sqlOf(plain)).not.toBeNull();
  });

  it('after an answer', async () => {
    expect(await sqlOf('無効なキーの一覧', 'aliceがやったものは？')).toBeNull();
    expect(await sqlOf('過去30日間に作成されたキー数', '前年同期は？')).toBeNull();
  });
});

describe('means what people say otherwise', () => {
  it.each([
    ['対称キーじゃないものは何個', '対称ではないキーの数'],
    ['90日以内に利用ありの無効なキー', '90日以内に使われた無効なキー'],
    ['タグが付いてないっぽいキー', 'タグがないキー'],
    [
      'ローテーション周期が365日を超えるか、または無効のキー',
      'ローテーション周期が365日を超えるか、ローテーションが無効なキー',
    ],
    ['IAMユーザーに直接復号を許可しているキー', 'IAMユーザーに復号を許可しているキー'],
    ['HSM由来のキーは何本', 'CloudHSMのキーの数'],
    ['CIS違反の件数をアカウント別に', 'CISに該当する懸念事項の件数をアカウント別に'],
  ])('%s', async (question, plain) => {
    const sql = await sqlOf(question);
    expect(sql).not.toBeNull();
    expect(sql).toBe(await sqlOf(plain));
  });
});

describe('puts what is told together in the order that is meant', () => {
  it.each([
    ['アカウント別のキー数と月額コストを高い順に', /ORDER BY total_monthly_cost_usd DESC/],
    ['リージョンごとのキー数と費用、費用が安い順', /ORDER BY total_monthly_cost_usd ASC/],
    ['昨日キーポリシーを変更した人を古い順に', /ORDER BY \w+\.last_event_at ASC/],
  ])('%s', async (question, sql) => {
    expect(await sqlOf(question)).toMatch(sql);
  });
});

describe('goes on from an answer', () => {
  it('to the same time of another year', async () => {
    expect(await sqlOf('第3四半期に作成されたキーの数', '前年同期は？')).toMatch(
      /'2025-07-01 00:00:00'.*'2025-10-01 00:00:00'/s,
    );
  });

  it('to those who may do something else, and to those of them who are such', async () => {
    const may = 'キーを復号できるのは誰？';
    expect(await sqlOf(may, '管理権限を持ってるのは？')).toMatch(/'ADMIN'/);
    expect(await sqlOf(may, '外部からアクセスできるのは？')).toMatch(
      /'EXTERNAL'.*key_permissions|key_permissions.*'EXTERNAL'/s,
    );
  });

  it('to what someone did of it', async () => {
    expect(await sqlOf('先週キーを無効化したのは誰？', 'aliceがやったものは？')).toMatch(/'alice'/);
  });
});
