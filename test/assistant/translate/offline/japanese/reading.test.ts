import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../../../assistant/translate/language.ts';
import { exampleQuestions } from '../../../../../assistant/translate/offline/japanese/examples.ts';
import { kanjiNumber } from '../../../../../assistant/translate/offline/japanese/numbers.ts';
import { japaneseTokens } from '../../../../../assistant/translate/offline/japanese/tokens.ts';
import { createOfflineTranslator } from '../../../../../assistant/translate/offline/offline.ts';
import type { DataValues } from '../../../../../assistant/translate/translator.ts';
import { isThorough, step } from '../../../../thorough.ts';
import { exampleValues, request } from '../example-data.ts';

const translator = createOfflineTranslator(exampleValues);

describe('tokens', () => {
  it.each<[text: string, tokens: readonly string[]]>([
    ['９０日', ['90', '日']],
    ['ｷｰの数', ['キ', 'ー', 'の', '数']],
    ['alias/ordersを', ['alias/orders', 'を']],
    ['payments-prodの', ['payments', 'prod', 'の']],
    ['owner=platformの', ['owner=platform', 'の']],
    ['「a b」を含む', ['a b', 'を', '含', 'む']],
    ['2024/1/5以降', ['2024-01-05', '以', '降']],
    ['1,000個', ['1000', '個']],
    ['キー？！。', ['キ', 'ー']],
    ['東京、大阪', ['東', '京', '、', '大', '阪']],
  ])('%s', (text, tokens) => {
    expect(japaneseTokens(text).map((t) => t.text)).toEqual(tokens);
  });

  it('leave no character out', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'キー東京の90aーb、「」()…!@#=/'), maxLength: 30 }),
        (text) => {
          const kept = japaneseTokens(text)
            .map((t) => `${t.joint ?? ''}${t.raw}`)
            .join('');
          const signs = (s: string) =>
            s.normalize('NFKC').replace(/[\s?!。.、…,:;"「」『』()\-_/@]/gu, '');
          expect(signs(kept)).toBe(signs(text));
        },
      ),
    );
  });
});

describe('kanji numbers', () => {
  it.each<[text: string, value: number | null]>([
    ['九十', 90],
    ['百', 100],
    ['百八十', 180],
    ['二千二十', 2020],
    ['二〇二四', 2024],
    ['十', 10],
    ['', null],
    ['十百', null],
    ['九九十', null],
  ])('%s', (text, value) => {
    expect(kanjiNumber(text)).toBe(value);
  });
});

describe('the language of a question', () => {
  it.each<[question: string, preferred: 'en' | 'ja', language: 'en' | 'ja']>([
    ['キーは何個？', 'en', 'ja'],
    ['公開キー一覧', 'en', 'ja'],
    ['rotationが無効なkey', 'en', 'ja'],
    ['keys in 東京', 'ja', 'en'],
    ['keys in account "決済の本番"', 'en', 'en'],
    ['disabled keys', 'ja', 'en'],
    ['alias/orders', 'ja', 'ja'],
    ['alias/orders', 'en', 'en'],
    ['123456789012', 'ja', 'ja'],
  ])('%s', (question, preferred, language) => {
    expect(languageOf(question, preferred)).toBe(language);
  });
});

describe('calendar time, as of Monday 23 November 2026', () => {
  const created = (from: string | null, to: string | null) =>
    [
      ...(from ? [`(k.created_at >= TIMESTAMP '${from}')`] : []),
      ...(to ? [`(k.created_at < TIMESTAMP '${to}')`] : []),
    ].join(' AND ');
  it.each<[when: string, from: string | null, to: string | null]>([
    ['2024年に', '2024-01-01 00:00:00', '2025-01-01 00:00:00'],
    ['令和6年に', '2024-01-01 00:00:00', '2025-01-01 00:00:00'],
    ['3月以降に', '2026-03-01 00:00:00', null],
    ['12月に', '2025-12-01 00:00:00', '2026-01-01 00:00:00'],
    ['昨年3月に', '2025-03-01 00:00:00', '2025-04-01 00:00:00'],
    ['2024年2月29日より前に', null, '2024-02-29 00:00:00'],
    ['2024年2月29日より後に', '2024-03-01 00:00:00', null],
    ['2024年2月29日まで', null, '2024-03-01 00:00:00'],
    ['2024年2月以前に', null, '2024-03-01 00:00:00'],
    ['2024年1月から3月までに', '2024-01-01 00:00:00', '2024-04-01 00:00:00'],
    ['2024年3月から1月までに', null, null],
    ['2024年1月から2024年3月までに', '2024-01-01 00:00:00', '2024-04-01 00:00:00'],
    ['先月', '2026-10-01 00:00:00', '2026-11-01 00:00:00'],
    ['今週', '2026-11-23 00:00:00', '2026-11-30 00:00:00'],
    ['昨日', '2026-11-22 00:00:00', '2026-11-23 00:00:00'],
    ['一昨日', '2026-11-21 00:00:00', '2026-11-22 00:00:00'],
    ['過去2週間に', '2026-11-09 00:00:00', null],
    ['直近1年間で', '2025-11-23 00:00:00', null],
    ['25か月以上前に', null, '2024-10-23 00:00:00'],
    ['半年以上前に', null, '2026-05-23 00:00:00'],
  ])('%s作成されたキー', async (when, from, to) => {
    const translation = await translator.translate(request(`${when}作成されたキー`));
    const where = translation.kind === 'query' ? /WHERE (.*)/.exec(translation.sql)?.[1] : null;
    expect(where).toBe(from === null && to === null ? null : created(from, to));
  });

  it('begins days at midnight of the asker, and has no 30 February', async () => {
    const tokyo = await translator.translate({
      ...request('2026年1月1日以降に作成されたキー'),
      timeZone: 'Asia/Tokyo',
    });
    expect(tokyo.kind === 'query' && tokyo.sql).toContain("'2025-12-31 15:00:00'");
    expect((await translator.translate(request('2024年2月30日に作成されたキー'))).kind).not.toBe(
      'query',
    );
  });
});

describe('names written in Japanese', () => {
  const values: DataValues = {
    ...exampleValues,
    accounts: [
      { id: '111111111111', name: '決済-本番' },
      { id: '222222222222', name: '無効' },
    ],
    tags: [{ key: '部署', value: '経理部' }],
  };
  const japaneseNames = createOfflineTranslator(values);
  it.each([
    ['決済-本番アカウントのキー', "k.account_id = '111111111111'"],
    ['部署タグが経理部のキー', "element_at(k.tags, '部署') = '経理部'"],
    ['部署タグのないキー', "element_at(k.tags, '部署') IS NULL"],
    ['アカウント「無効」のキー', "k.account_id = '222222222222'"],
    ['無効なキー', "k.key_state = 'Disabled'"],
  ])('%s', async (question, sql) => {
    const translation = await japaneseNames.translate(request(question));
    expect(translation.kind === 'query' ? translation.sql : translation).toContain(sql);
  });
});

const vocabulary =
  'キー 鍵 無効な 外部から アクセスできる アクセスできて 使われていない 90日間 過去 の は が を で 、 または かつ か 東京 リージョン別 アカウント 最も 多い 上位5件 数 割合 のうち もの ない alias/orders owner=platform 誰が 使える 懸念 重大な コスト 平均 以外 2024年 より前 作成された ( ) 「x」'.split(
    ' ',
  );

describe('whatever is asked', () => {
  it('any string of known words gets an answer of some kind, soon', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...vocabulary), { maxLength: 25 }),
        async (words) => {
          const started = performance.now();
          const { kind } = await translator.translate({
            ...request(words.join('')),
            language: 'ja',
          });
          expect(['query', 'clarify', 'declined']).toContain(kind);
          expect(performance.now() - started).toBeLessThan(3_000);
        },
      ),
      { numRuns: isThorough ? 80 : 10 },
    );
  });

  it.each(exampleQuestions)(
    'a word that is not understood never leaves the answer as it was: %s',
    async (question) => {
      const chars = [...question];
      for (let at = 0; at <= chars.length; at += step(24)) {
        const changed = [...chars.slice(0, at), 'ゾルブ', ...chars.slice(at)].join('');
        const { kind } = await translator.translate(request(changed));
        expect({ changed, kind }).not.toEqual({ changed, kind: 'query' });
      }
    },
  );

  it.each(['ない', '以外', '未', '半分'])('nor does "%s" anywhere', async (word) => {
    for (const question of exampleQuestions.filter((_, i) => i % 6 === 0)) {
      const known = await translator.translate(request(question));
      const chars = [...question];
      for (let at = 1; at < chars.length; at += step(24)) {
        const changed = [...chars.slice(0, at), word, ...chars.slice(at)].join('');
        const translation = await translator.translate(request(changed));
        if (translation.kind !== 'query' || known.kind !== 'query') continue;
        expect({ changed, sql: translation.sql }).not.toEqual({ changed, sql: known.sql });
      }
    }
  });
});
