import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../../assistant/translate/offline/offline.ts';
import { exampleValues, lastSqlOf } from '../example-data.ts';

const translator = createOfflineTranslator(exampleValues);
const sqlOf = lastSqlOf(translator, 'ja');

describe('means the same in other words', () => {
  it.each([
    ['年次監査のため、無効なキーの一覧をご提供ください。', '無効なキー'],
    ['無効なキーはありますか？見せてください', '無効なキー'],
    ['エイリアスのないカスタマーキー', 'エイリアスのないカスタマー管理キー'],
    ['3年より古い無効なキー', '3年以上前に作成された無効なキー'],
    ['誰かがキーを無効化したアカウント', '無効化されたキーのあるアカウント'],
    ['使用されたことが一度もないキー', '一度も使われていないキー'],
    ['組織にはいくつのアカウントがありますか', 'アカウントはいくつありますか'],
    ['年1回より頻繁にローテーションされるキー', 'ローテーション周期が365日未満のキー'],
    ['90日間使われていないキーのうち古い方から5個', '90日間使われていないキーのうち最も古い5個'],
    ['キーに月50ドルより多く払っているアカウント', 'キーの月額コストが50ドルを超えるアカウント'],
    ['持ち主以外のアカウントが使ったキー', '別のアカウントが使ったキー'],
    ['aliceはどのキーを使いましたか', 'aliceが使ったキー'],
    ['アカウント一覧をキー数の多い順に', 'アカウント別のキー数を多い順に'],
    ['PCI DSS 3.7.4に抵触しているキー', 'PCI DSS v4.0.1/3.7.4に該当するキー'],
    ['コストの平均はアカウントあたりいくら', 'アカウントあたりの平均コスト'],
    ['【緊急】公開されているキーの一覧', '公開されているキー'],
    ['報告資料として使うので、無効なキーの一覧を全件お願いします', '無効なキー'],
    ['自前で管理しているキーは何本', 'カスタマー管理キーは何本'],
    ['HSMで鍵材料を管理しているキー', 'CloudHSMのキー'],
    ['PCI DSS 3.7.4の観点で問題のあるキー', 'PCI DSS 3.7.4に該当するキー'],
    ['重大な懸念があるキーとその理由', '重大な懸念事項の一覧'],
    ['削除されたユーザーが残っているキーの掃除リスト', '削除されたユーザーが残っているキー'],
    ['ここ1週間で増えたキー', 'ここ1週間に作成されたキー'],
    ['IAMユーザーに直接権限が付いているキー', 'IAMユーザーに許可しているキー'],
    ['リージョン別のキー数、円グラフ用に', 'リージョン別のキー数'],
    ['CIS 3.6に違反するキー', 'CIS AWS Foundations v5.0.0/3.6に違反するキー'],
  ])('%s', async (question, plainly) => {
    const sql = await sqlOf(question);
    expect(sql).not.toBeNull();
    expect(sql).toBe(await sqlOf(plainly));
  });
});

describe('people by the number of their keys', () => {
  it.each([
    [
      '最も多くのキーを復号できるロール',
      ["p.principal_type = 'ROLE'", 'GROUP BY p.principal', "'DECRYPT'"],
    ],
    ['3つより多いキーにアクセスできるIAMユーザーは？', ["p.principal_type = 'USER'", '> 3']],
    ['復号できるキーが4個以上のIAMユーザー', ["p.principal_type = 'USER'", '>= 4']],
    ['使ったキーが多いユーザー上位5人', ['GROUP BY u.username', 'LIMIT 5']],
    ['過去30日間に最も多くのキーを使ったユーザー', ['GROUP BY u.username', 'u.last_event_at >=']],
    [
      '外部アカウントごとに、アクセスできるキーの数を一覧にして',
      ["p.trust = 'EXTERNAL'", 'GROUP BY p.principal_account'],
    ],
  ])('%s', async (question, parts) => {
    const sql = await sqlOf(question);
    expect(sql).not.toBeNull();
    for (const part of parts) expect(sql).toContain(part);
  });

  it.each(['最も多くのキーを復号できないロール', '4個以上でないキーを復号できるIAMユーザー'])(
    'not %s, of which no rows tell',
    async (question) => {
      expect(await sqlOf(question)).toBeNull();
    },
  );
});

describe('parts of years', () => {
  it.each([
    ['2025年第1四半期に作成されたキー', '2025年1月1日から2025年3月31日までに作成されたキー'],
    ['2025年度第1四半期に作成されたキー', '2025年4月1日から2025年6月30日までに作成されたキー'],
    ['2021年下半期に作成されたキー', '2021年7月1日から2021年12月31日までに作成されたキー'],
    ['2021年度下期に作成されたキー', '2021年10月1日から2022年3月31日までに作成されたキー'],
  ])('%s', async (question, plainly) => {
    const sql = await sqlOf(question);
    expect(sql).not.toBeNull();
    expect(sql).toBe(await sqlOf(plainly));
  });

  it('a 上期 without 年度 is of the calendar or of the business year: asked back', async () => {
    expect(await sqlOf('2021年上期に作成されたキー')).toBeNull();
  });
});

describe('goes on from an answer', () => {
  it.each([
    [['東京の無効なキー', '全リージョンで'], '無効なキー'],
    [['無効なキー', 'カスタマー管理のものは除いて'], 'カスタマー管理でない無効なキー'],
    [['東京のキーの懸念事項', 'CRITICALだけ'], '東京のキーのCRITICALの懸念事項'],
    [['リージョン別の月額コスト', '今度はOU別で'], 'OU別の月額コスト'],
    [['アカウント別のキー数', '少ない順に'], 'アカウント別のキー数を少ない順に'],
    // The account called so is no alias.
    [
      ['alias/ordersで復号できるのは誰', 'payments-prodでは？'],
      'alias/payments-prodで復号できるのは誰',
    ],
  ] as const)('%j', async (questions, plainly) => {
    const sql = await sqlOf(...questions);
    expect(sql).not.toBeNull();
    expect(sql).toBe(await sqlOf(plainly));
  });

  it('with another key, says the same of that one', async () => {
    expect(await sqlOf('alias/payments-prodで復号できるのは誰', 'alias/ordersでは？')).toBe(
      await sqlOf('alias/ordersで復号できるのは誰'),
    );
  });

  it('another account after one that may use keys may be either: asked back', async () => {
    expect(await sqlOf('アカウント999999999999が使えるキー', '111111111111は？')).toBeNull();
  });
});

describe('is not answered with something else', () => {
  it.each([
    ['過去7日間に署名操作に使われたキー', 'FROM kms_insights.kms_keys'],
    ['キーの月額費用が一番大きいリージョンはどれ', 'max('],
    ['キーIDとARNを一覧', 'k.key_arn'],
    ['イベント2cd517a3-724f-411d-9f0f-d20ae74a6febの送信元IP', 'u.event_id ='],
  ])('%s is read with %s', async (question, part) => {
    expect(await sqlOf(question)).toContain(part);
  });
});
