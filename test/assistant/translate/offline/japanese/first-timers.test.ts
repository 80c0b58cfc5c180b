import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../../assistant/translate/offline/offline.ts';
import { exampleValues, lastSqlOf, request } from '../example-data.ts';

const translator = createOfflineTranslator(exampleValues);
const sqlOf = lastSqlOf(translator, 'ja');
const asked = async (question: string) =>
  translator.translate({ ...request(question), language: 'ja' });

describe('is not answered, where words are left over or something is left open', () => {
  it.each([
    ['無効なキー top 5', '無効なキーを作成日の古い順に5件'],
    ['監査用のキー', '公開キー'],
    ['調査用に使われているキー', '使われているキー'],
    ['先月のコスト', '今月のコスト'],
    ['他のアカウントに使わせているキー、ただし本番に限る', '他のアカウントに使わせているキー'],
    ['先月よりキーが増えたアカウント', '昨日から新しく増えたキー'],
    ['"Principal": "*" で Condition ありのキー', '"Principal": "*" で Condition なしのキー'],
  ])('%s, but %s is', async (question, plain) => {
    expect(await sqlOf(question)).toBeNull();
    expect(await sqlOf(plain)).not.toBeNull();
  });
});

describe('means what people say otherwise', () => {
  it.each([
    ['管理権限(admin)を外部に渡しちゃってるキー', '外部に管理権限を渡しているキー'],
    ['IAMユーザーに直接権限が付いているキー', 'IAMユーザーに許可しているキー'],
    ['外部に出してるグラントはいくつ？', '外部へのグラントの数'],
    ['公開されているもの、ないよね？', '公開されているもの'],
    ['CloudTrailで最後に復号が行われたのはいつ？どのキー？', '最後に復号に使われたのはいつ'],
    ['KMSキー保管コスト合計は？', 'キーの月額コスト合計は？'],
  ])('%s', async (question, plain) => {
    const sql = await sqlOf(question);
    expect(sql).not.toBeNull();
    expect(sql).toBe(await sqlOf(plain));
  });
});

describe('asks about the rows that are meant', () => {
  it('finds grants one by one', async () => {
    const sql = await sqlOf('制約のないグラントの数');
    expect(sql).toContain('key_concerns');
    expect(sql).toContain('GRANT_WITHOUT_CONSTRAINTS');
  });

  it('finds the service that may be misused, and not the one through which a key is used', async () => {
    const sql = await sqlOf('confused deputyリスクのあるキー、サービスごとに');
    expect(sql).toContain('CONFUSED_DEPUTY');
    expect(sql).toMatch(/GROUP BY \w+\.principal\b/);
    expect(sql).not.toContain('via_service');
  });

  it.each([
    ['公開キーを見せて', 'どのアカウントのもの？', /PUBLIC.*GROUP BY k\.account_id/s],
    ['外部アカウントがアクセスできるキー', '復号できるものだけ', /EXTERNAL.*DECRYPT/s],
    ['キーの数', 'アカウント別トップ10', /GROUP BY k\.account_id.*LIMIT 10/s],
    ['rootユーザーが操作をした記録はありますか', 'その鍵の今の状態は？', /key_state.*'root'/is],
  ])('%s, %s', async (before, question, sql) => {
    expect(await sqlOf(before, question)).toMatch(sql);
  });
});

describe('two questions in one', () => {
  it('are offered one by one', async () => {
    const answer = await asked('無効なキーと、そのうち東京のキー');
    expect(answer.kind).toBe('clarify');
    expect(answer.kind === 'clarify' ? answer.choices : []).toEqual([
      expect.not.stringContaining('ap-northeast-1'),
      expect.stringContaining('ap-northeast-1'),
    ]);
  });
});

describe('times of the day', () => {
  it.each([
    ['昨夜無効化されたキー', /2026-\d\d-\d\d 18:00:00.*06:00:00/s],
    ['昨日の15時から18時に無効化されたキー', /15:00:00.*18:00:00/s],
    ['昨日の午後1時から3時に無効化されたキー', /13:00:00.*15:00:00/s],
    ['今日の未明に無効化されたキー', /00:00:00.*03:00:00/s],
  ])('%s', async (question, sql) => {
    expect(await sqlOf(question)).toMatch(sql);
  });

  it.each(['3時間前の無効化', '10時点で無効なキー', '深夜に無効化されたキー'])(
    '%s is none',
    async (question) => {
      expect(await sqlOf(question)).toBeNull();
    },
  );
});

describe('what is not recorded', () => {
  it.each([
    ['Decryptの回数が多いキー', /回数は記録されていません/],
    ['毎朝0時から6時に復号した人', /毎日の時間帯ではなく/],
    ['前回のスナップショットと比べて何が変わった？', /比較はできません/],
  ])('is said of %s', async (question, reason) => {
    const answer = await asked(question);
    expect(answer.kind).toBe('declined');
    expect(answer.kind === 'declined' ? answer.message : '').toMatch(reason);
  });
});
