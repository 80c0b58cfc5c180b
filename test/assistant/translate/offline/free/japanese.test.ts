import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../../assistant/translate/offline/offline.ts';
import type { Turn } from '../../../../../assistant/translate/translator.ts';
import { exampleValues, request } from '../example-data.ts';

const translator = createOfflineTranslator(exampleValues);

/** The SQL of the last question of a conversation; null where it is not answered. */
async function sqlOf(...questions: readonly string[]): Promise<string | null> {
  const turns: Turn[] = [];
  let last: string | null = null;
  for (const question of questions) {
    const asked = request(question, turns);
    const translation = await translator.translate({ ...asked, language: 'ja' });
    last = translation.kind === 'query' ? translation.sql : null;
    if (translation.kind !== 'query') continue;
    turns.push({ question, sql: translation.sql, state: translation.state });
  }
  return last;
}

describe('a question in any order of words means what the plain one means', () => {
  it.each<[question: string, plain: string]>([
    // Conditions
    [
      'キーマテリアルをインポートしたキー、リージョン別に何本',
      'リージョン別のインポートされたキーの数',
    ],
    ['削除待ち（PendingDeletion）の鍵', '削除待ちのキー'],
    ['使用状況がNO_RECORD（記録なし）のキー', '使用記録がないキー'],
    ['東京で、しかもローテーションが無効なキーはいくつ', '東京のローテーションが無効なキーの数'],
    ['東京とフランクフルト以外のリージョンにあるキー', '東京とフランクフルト以外のキー'],
    ['タグが一つも付いてないカスタマー管理キー、何個？', 'タグがないカスタマー管理キーの数'],
    ['用途が署名でもHMACでもないキー', '署名でもHMACでもないキー'],
    ['Security HubのKMS.4に引っかかっているキー', '懸念事項「ローテーション無効」があるキー'],
    ['もう誰もポリシーを変更できなくなってしまったキー', '懸念事項「ロックアウト」があるキー'],
    ['無効なキーと外部アクセスのあるキー', '無効または外部アクセスのあるキー'],
    // Who may
    ['組織外の相手に開いているキー', '外部からアクセスできるキー'],
    ['ベンダーが復号できるキー', '外部アカウントが復号できるキー'],
    ['誰でも使えちゃうキー', '誰でも使えるキー'],
    ['999999999999に渡しているキーの一覧', 'アカウント999999999999がアクセスできるキー'],
    // What was done
    ['この7日間にポリシーが変更されたキー', '過去7日間にキーポリシーが書き換えられたキー'],
    ['ポリシーを先月変更したのは誰', '先月ポリシーを変更したのは誰'],
    ['昨日ポリシーを変えた人', '昨日ポリシーを変更したのは誰'],
    ['aliceさんがこの30日間で復号に使ったキー', 'aliceが過去30日間に復号したキー'],
    // Groups, measures, shares
    ['カスタマー管理キーのリージョン別の数', 'リージョン別のカスタマー管理キーの数'],
    ['コスト上位3アカウントを金額つきで', 'コストが高いアカウント上位3件'],
    ['うちの組織で一番キーが多いアカウントはどこですか', 'キーが最も多いアカウント'],
    ['無効なキーに年間いくら払ってる？', '無効なキーの年間コストはいくら'],
    ['カスタマー管理キー1本あたりの平均月額', 'カスタマー管理キーの月額コストの平均'],
    ['無効なキーのうちRSAキーの割合は何%', '無効なキーのうちRSAの割合'],
    ['全キーに占める削除待ちの比率', 'キーのうち削除待ちの割合'],
    ['東京とフランクフルトのキー数を比べて', '東京とフランクフルトのキーの数をリージョン別に'],
    ['無効なキーを数えて', '無効なキーの数'],
    ['作成日がもっとも古いキーを10本', '古い順にキーを10件'],
  ])('%s', async (question, plain) => {
    const meant = await sqlOf(plain);
    expect(meant).not.toBeNull();
    expect(await sqlOf(question)).toBe(meant);
  });
});

describe('what was understood is all in the query', () => {
  it.each<[question: string, parts: readonly string[]]>([
    ['IPアドレス 10.0.0.1 から管理操作を受けたキー', ["'10.0.0.1'", "'MANAGEMENT'"]],
    ['ロールとIAMユーザーの両方に許可しているキー', ["'ROLE'", "'USER'", ' AND ']],
    ['月額1ドル以上なのに90日以上使われていないキーは何本', ['days_unused >= 90', 'cost_usd >= 1']],
    ['aliceかdeployが使ったRSAキー', ["'alice'", "'deploy'", "'RSA_2048'"]],
    ['チーム別のコスト', ["'team'"]],
    ['今年作成されたキーの数、月ごとの推移', ['substr(CAST(k.created_at', '2026-01-01']],
  ])('%s', async (question, parts) => {
    const sql = await sqlOf(question);
    for (const part of parts) expect(sql).toContain(part);
  });
});

describe('a question goes on from the answer before', () => {
  it.each<[questions: readonly string[], same: string]>([
    [['無効なキー', '東京だけ', 'アカウントごとの件数で'], '東京の無効なキーの数をアカウント別に'],
    [['無効なキー', '合計の月額は？'], '無効なキーの月額コストの合計'],
    [['無効なキーの月額コストの合計', '年額だとどうなる？'], '無効なキーの年間コストはいくら'],
    [['過去7日間に使われたキー', '30日間に広げると？'], '過去30日間に使われたキー'],
    [['先月作成されたキー', '今月は？'], '今月作成されたキー'],
    [['東京の無効なキー', 'フランクフルトも同じように'], 'フランクフルトの無効なキー'],
    [['無効なキーは何個', 'その中で東京のものを一覧で'], '東京の無効なキー'],
  ])('%j', async (questions, same) => {
    const meant = await sqlOf(same);
    expect(meant).not.toBeNull();
    expect(await sqlOf(...questions)).toBe(meant);
  });
});

describe('is not answered', () => {
  it.each([
    // Denials that no condition takes in
    'aliceが使っていないキー',
    'S3で使われていないキー',
    'deploy以外が使ったキー',
    '誰もアクセスできないキー',
    'ポリシーが一度も変更されていないキー',
    // What a "not" or "except" reaches is not clear
    '無効と東京以外のキー',
    '無効、RSA以外のキー',
    '無効または公開でないキー',
    // Quantities and qualifiers that would be lost
    'キーがすべて無効なアカウント',
    '全リージョンにキーがあるアカウント',
    'ロールdeployだけが使えるキー',
    'aliceとdeployの両方が使ったキー',
    'aliceが最後に使ったキー',
    '組織内のロールが使えるキー',
    '無効なキー、東京のキー',
    '無効なキーと無効でないキーの数',
    'コストが100ドルを超えるアカウント',
    '90日以上使われていないアカウント',
    'kms:*を組織外に渡しているキー',
    'NotPrincipalを使っているキー',
    // Not in the data
    '先月のコスト',
    'コストの推移',
    '先月のKMS APIの呼び出し回数は？',
    // Requests for a change
    'ローテーションを有効にしてください',
    '無効なキーを全部有効に戻しておいて',
    '使われていないキーを削除しといて',
    'ポリシーを変更したい',
  ])('%s', async (question) => {
    expect(await sqlOf(question)).toBeNull();
  });
});
