import { describe, expect, it } from 'vitest';
import { exampleQuestions } from '../../../../../assistant/translate/offline/japanese/examples.ts';
import { createOfflineTranslator } from '../../../../../assistant/translate/offline/offline.ts';
import type { Turn } from '../../../../../assistant/translate/translator.ts';
import { concernKinds } from '../../../../../collector/schema/concerns.ts';
import { exampleValues, request } from '../example-data.ts';

const translator = createOfflineTranslator(exampleValues);
const translate = (question: string) => translator.translate(request(question));

async function conversation(...questions: readonly string[]) {
  const turns: Turn[] = [];
  let last = '';
  for (const question of questions) {
    const translation = await translator.translate(request(question, turns));
    if (translation.kind !== 'query') {
      throw new Error(`${question}: ${JSON.stringify(translation)}`);
    }
    turns.push({
      question,
      sql: translation.sql,
      state: JSON.parse(JSON.stringify(translation.state)),
    });
    last = translation.sql;
  }
  return last;
}

describe('a follow-up continues from the answer before', () => {
  it.each<[questions: readonly string[], same: string]>([
    [['90日間使われていないキー', '本番だけ'], '本番の90日間使われていないキー'],
    [
      ['90日間使われていないキー', 'リージョン別では？'],
      '90日間使われていないキーの数をリージョン別に',
    ],
    [['90日間使われていないキー', '180日だと？'], '180日間使われていないキー'],
    [['公開されているキー', 'それは何件？'], '公開されているキーは何件？'],
    [['公開されているキー', '何件ですか'], '公開されているキーは何件？'],
    [['公開されているキー', 'そのうち無効なものは？'], '公開されていて無効なキー'],
    [['公開されているキー', 'エイリアスがないのは？'], '公開されていてエイリアスがないキー'],
    [['フランクフルトの無効なキー', '東京では？'], '東京の無効なキー'],
    [['フランクフルトの無効なキー', '東京も'], 'フランクフルトと東京の無効なキー'],
    [['無効なキーは何個', '一覧を見せて'], '無効なキー'],
    [['無効なキー', 'AWS管理キー以外'], 'AWS管理キー以外の無効なキー'],
    [['無効なキー', 'カスタマー管理だけ'], '無効なカスタマー管理キー'],
    [['無効なキー', '古い順に'], '無効なキーを古い順に'],
    [['無効なキー', 'コストはいくら？'], '無効なキーの月額コストの合計'],
    [['無効なキー', 'なぜ？'], '無効なキーの懸念事項'],
    [['無効なキー', 'アカウント別に', '構成比で'], '無効であるキーの構成比をアカウント別に'],
    [['リージョン別のキー数', '割合も'], 'リージョン別のキーの割合'],
    [['リージョン別のキーの割合', '件数で'], 'リージョン別のキー数'],
    [['無効なキー', 'アカウント別に', '上位3件'], '無効なキーが多いアカウント上位3件'],
    [['重大な懸念事項', 'アカウント別では？'], 'アカウント別の重大な懸念事項の数'],
    [['disabled keys', '東京だけ'], '東京の無効なキー'],
    [['無効なキー', 'only in Tokyo'], '東京の無効なキー'],
  ])('%j', async (questions, same) => {
    expect(await conversation(...questions)).toBe(await conversation(same));
  });

  it.each([
    '無効なキー',
    '無効なキーの数',
    'リージョン別のキー数',
    '重大な懸念事項',
    'グラントの数',
  ])('offers continuations that are understood: %s', async (question) => {
    const first = await translate(question);
    if (first.kind !== 'query') throw new Error('not understood');
    expect(first.followUps.length).toBeGreaterThan(0);
    for (const followUp of first.followUps) await conversation(question, followUp);
  });

  it('a complete question starts anew', async () => {
    expect(await conversation('無効なキー', 'キーは全部でいくつ？')).toBe(
      await conversation('キーは全部でいくつ？'),
    );
    expect(await conversation('無効なキー', '東京のキー')).toBe(await conversation('東京のキー'));
  });
});

describe('declines in Japanese', () => {
  it.each<[question: string, message: RegExp]>([
    ['天気は？', /KMSキーと.*質問ではない/],
    ['東京の天気を教えて', /質問ではない/],
    ['S3バケットの一覧', /質問ではない/],
    ['キーを削除して', /読み取り専用.*削除/],
    ['alias/ordersを無効化してください', /読み取り専用.*無効化/],
    ['使われていないキーを全部消して', /読み取り専用/],
    ['ローテーションを有効にして', /読み取り専用/],
    ['秘密を見せて', /シークレット/],
    ['alias/ordersの秘密鍵を表示して', /シークレット/],
    ['パスワードを教えて', /シークレット/],
    ['キーキーキー', /全体を確実には/],
    ['先月削除されたキー', /./],
    ['ヘルプ', /日本語または英語/],
    [`${'あ'.repeat(2_001)}`, /2,000文字/],
  ])('%s', async (question, message) => {
    const translation = await translate(question);
    if (translation.kind !== 'declined') throw new Error(JSON.stringify(translation));
    expect(translation.message).toMatch(message);
    expect(translation.nearest.length).toBeGreaterThan(0);
    for (const nearest of translation.nearest)
      expect((await translate(nearest)).kind).toBe('query');
  });
});

describe('asks back', () => {
  it.each<[question: string, unknown: readonly string[]]>([
    ['使われていないキー', []],
    ['未使用のキー', []],
    ['エイリアスとタグがないキー', []],
    ['無効または公開でないキー', []],
    ['外部アクセスがあるか無効で90日間使われていないキー', []],
    ['外部キー', []],
    ['まもなく期限切れになるキー', []],
    ['東京の無効なキーの割合', []],
    ['エイリアスのないカスタマー管理キーの割合', []],
    ['paymentsのキー', []],
    ['東京の紫色のキー', ['紫色']],
    ['東京のサクサクな無効なキー', ['サクサク']],
    ['東京のキーボードの無効なキー', ['キーボード']],
    ['本番のblorpな無効なキー', ['blorp']],
    ['alias/payment-prodを使えるのは誰', ['alias/payment-prod']],
  ])('%s', async (question, unknownWords) => {
    const translation = await translate(question);
    if (translation.kind !== 'clarify') throw new Error(JSON.stringify(translation));
    expect(translation.message).toMatch(/[ぁ-ん]/);
    expect(translation.unknownWords).toEqual(unknownWords);
    const meanings = new Set<string>();
    for (const choice of translation.choices) {
      const chosen = await translate(choice);
      expect({ choice, kind: chosen.kind }).toEqual({ choice, kind: 'query' });
      if (chosen.kind === 'query') meanings.add(chosen.sql);
    }
    expect(meanings.size).toBe(translation.choices.length);
  });
});

describe('a qualifier never vanishes', () => {
  it.each<[question: string, without: string]>([
    ['ロールdeployだけが使えるキー', 'ロールdeployが使えるキー'],
    ['AWS管理キーだけを持つアカウント', 'AWS管理キーを持つアカウント'],
    ['すべてのキーを使えるのは誰', 'キーを使えるのは誰'],
    ['すべてのリージョンにキーを持つアカウント', 'キーを持つアカウント'],
    ['組織内のクロスアカウントアクセスのあるキー', 'クロスアカウントアクセスのあるキー'],
    ['過度に広い権限以外の懸念があるキー', '懸念があるキー'],
    ['このキーのうち無効なもの', 'キーのうち無効なもの'],
    ['無効でないキー', '無効なキー'],
    ['東京以外のキー', '東京のキー'],
    ['外部アカウント以外からアクセスできるキー', '外部アカウントからアクセスできるキー'],
    ['90日未満使われていないキー', '90日使われていないキー'],
    ['どのサービスがalias/ordersを使いましたか', '誰がalias/ordersを使いましたか'],
  ])('%s', async (question, without) => {
    const sqlOf = async (q: string) => {
      const translation = await translate(q);
      return translation.kind === 'query' ? translation.sql : null;
    };
    expect(await sqlOf(without)).not.toBeNull();
    expect(await sqlOf(question)).not.toBe(await sqlOf(without));
  });
});

describe('explains', () => {
  it.each(concernKinds.map((k) => [k.words.ja[0], k.code] as const))('%s', async (word, code) => {
    const translation = await translate(`${word}とは？`);
    if (translation.kind !== 'query') throw new Error(JSON.stringify(translation));
    expect(translation.lead).toMatch(/重要度：.+です|ます|ください/);
    expect(translation.sql).toContain(code);
  });

  it.each([
    ['NO_RECORDとは', /記録開始/],
    ['レプリカとは', /複製/],
  ])('%s', async (question, text) => {
    const translation = await translate(question);
    expect(translation.kind === 'query' && translation.lead).toMatch(text);
  });

  it.each([
    ['外部アクセスとは何ですか', /組織外/],
    ['グラントって何？', /プリンシパル/],
  ])('what is no property of a key: %s', async (question, text) => {
    const translation = await translate(question);
    expect(translation.kind === 'declined' && translation.message).toMatch(text);
  });
});

describe('answers in the language of the question', () => {
  it('names each condition with its date, and its notes', async () => {
    const translation = await translate('外部からアクセスできて、過去90日間使われていないキー');
    if (translation.kind !== 'query') throw new Error('not understood');
    expect(translation.interpretation).toMatch(
      /外部アクセス.*90日以上使われていない.*2026年8月25日/,
    );
    expect(translation.interpretation).toMatch(/2026年11月23日時点/);
    for (const text of [...translation.notes, ...translation.followUps]) {
      expect(text).toMatch(/[ぁ-ん]/);
    }
    expect(translation.presentation.noun.many).toBe('キー');
  });

  it.each(exampleQuestions)('understands what it offers: %s', async (question) => {
    expect((await translate(question)).kind).toBe('query');
  });
});

describe('what only goes on from an answer', () => {
  const fragments = [
    '東京だけに絞って',
    '本番のみ',
    '180日以上なら',
    'CRITICALも含めて',
    '件数の多い順に',
    'そのうち無効なもの',
  ];
  it.each(fragments)('is declined where nothing was answered: %s', async (fragment) => {
    const unanswered: Turn = { question: '猫は？', sql: '', state: null };
    for (const turns of [[], [unanswered]]) {
      const translation = await translator.translate({
        ...request(fragment, turns),
        language: 'ja',
      });
      expect(translation).toMatchObject({
        kind: 'declined',
        message: expect.stringContaining('直前の回答がありません'),
      });
    }
  });

  it.each(['東京のキー', '未使用のキーのエイリアス', 'アカウントの一覧', 'コストの合計'])(
    'a question of its own is none: %s',
    async (question) => {
      const translation = await translate(question);
      expect(JSON.stringify(translation)).not.toContain('直前の回答がありません');
    },
  );
});

describe('the words of an offered question mean what it was offered for', () => {
  it('a share of the cost is not offered as a share of keys', async () => {
    const asked = await translate('キーの月額コストのうち無効であるものの割合');
    expect(asked).toMatchObject({ kind: 'query' });
    expect(asked.kind === 'query' && asked.sql).toContain('monthly_cost_usd');
  });
});
