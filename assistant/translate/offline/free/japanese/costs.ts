import { alt, expand, map, opt, type Parser, seq } from '../../grammar/chart.ts';
import type { KeyQuestions } from '../../japanese/key-questions.ts';
import { j, table } from '../../japanese/literals.ts';
import { isAggregate } from '../../plan/plan.ts';
import type { Piece } from '../piece.ts';
import { type Around, depending, standing } from './around.ts';

const made = (piece: Piece) => (): Piece => piece;

/** What keys cost: a month or a year, in all or each on average, and by which they rank. */
export function costs(keys: KeyQuestions): Parser<Piece> {
  const kind = expand(keys.aggregate, (m) =>
    isAggregate(m) && m.column === 'monthly_cost_usd' ? [m.kind] : [],
  );
  return alt(
    depending(kind, (k, a) => [cost(k, a)]),
    // 平均月額はいくら: how much is asked of the mean that is named.
    depending(money, (k, a): readonly Piece[] => [
      howMuchOnly.test(a.said) && meanNamed.test(a.all) ? { is: 'filler' } : cost(k, a),
    ]),
    depending(seq(perKey, kind), ([, k], a) =>
      k === 'sum' || k === 'avg' ? [cost('avg', a)] : [],
    ),
    map(
      standing(perKey, ({ after }) => /平均/u.test(after)),
      made({ is: 'filler' }),
    ),
    map(perTime, made({ is: 'filler' })),
    // どのくらい節約できる: what is saved is money.
    depending(
      standing(
        j(
          'どれくらい',
          'どのくらい',
          'どれぐらい',
          'どのぐらい',
          'どれだけ',
          'どの程度',
          'どれほど',
        ),
        ({ after }) => /^(節約|浮|削減|安く|抑え)/u.test(after),
      ),
      (_, a) => [cost('sum', a)],
    ),
    // 費用は月にどれくらい: how much is asked of the cost that is named.
    map(
      standing(
        j(
          ...[
            'どれくらい',
            'どのくらい',
            'どれぐらい',
            'どのぐらい',
            'どれだけ',
            'どの程度',
          ].flatMap((much) =>
            [
              '',
              'か',
              'かかる',
              'かかっている',
              'かかってる',
              'かかっていますか',
              'かかってますか',
              'かかりますか',
              'になる',
              'になりますか',
              'ですか',
            ].map((end) => `${much}${end}`),
          ),
        ),
        ({ before }) =>
          /(コスト|費用|料金|お金|維持費|金額|月額|年額|経費)(は|って|が|を)?、?(ひと月に|月に|月々|毎月|月|年間で|年間|年に|現在|今|合計で|全部で|全体で)?$/u.test(
            before,
          ),
      ),
      made({ is: 'filler' }),
    ),
    depending(
      seq(costNoun, expensive),
      ([, [most, direction]], { before, after, all }): readonly Piece[] =>
        (cut.test(all) || superlatives.test(before) || groupsNext.test(after)) &&
        !(ofKeys.test(after) && /各|ごと|別|毎/u.test(all))
          ? [
              {
                is: 'order',
                order: { by: 'monthly_cost_usd', direction },
                ...(most && groupsNext.test(after) ? { most } : {}),
              },
            ]
          : [],
    ),
    map(
      standing(costNoun, ({ after }) => /^(上位|トップ)/u.test(after)),
      made({ is: 'order', order: { by: 'monthly_cost_usd', direction: 'desc' } }),
    ),
    // 一番費用がかかっている: the most, said before what is measured.
    map(
      standing(j('最も', '一番', 'もっとも', 'いちばん'), ({ after }) =>
        /^(月額|コスト|費用|料金|維持費|金額|お金|経費|出費|支出)[^、]*(が|の)(高い|大きい|かかる|かかって|多い)/u.test(
          after,
        ),
      ),
      made({ is: 'rank', direction: 'desc' }),
    ),
  );
}

/** The dearest key of each account is another question than the dearest account. */
const ofKeys = /^(の)?(キー|鍵|CMK)/iu;

/** How many are wanted is said somewhere. */
export const cut =
  /上位|トップ|先頭|ワースト|ベスト|top|[\d一二三四五六七八九十](個|件|本|つ|コ)/iu;
/** What has keys is ranked by them. */
export const groupsNext =
  /^の?(AWS)?(アカウント|リージョン|OU|組織単位|チーム|サービス|ユーザー|操作)/u;
export const superlatives = /最も|一番|もっとも|いちばん/u;

/** 年間, 年額: the same cost over a year. A length of time in years is no such word. */
const aYear =
  /年額|年次|(?<![\d一二三四五六七八九十半数近]|ここ|過去|直近)(年間|年あたり|年当たり|一年で|1年で|年に)/u;

function cost(kind: 'sum' | 'avg' | 'min' | 'max', { all }: Around): Piece {
  const column = aYear.test(all) ? 'yearly_cost_usd' : 'monthly_cost_usd';
  return { is: 'measure', measure: { kind, column } };
}

const howMuchOnly = /^(いくら|何ドル)/u;
/** A measure of cost that is no sum. */
const meanNamed =
  /(平均|最大|最高|最小|最低)[^、。]{0,6}(月額|年額|コスト|費用|料金|金額|単価|額)|(月額|年額|コスト|費用|料金|金額|単価)の?(平均|最大|最高|最小|最低)/u;

/** いくら, いくらかかっていますか, 全部でいくら払っている. */
const howMuch: readonly string[] = [
  '',
  '合計',
  '合計で',
  '全部で',
  '全体で',
  'トータルで',
  '総額で',
  '総額',
  'あわせて',
  '合わせて',
  '合計すると',
].flatMap((all) =>
  [
    '',
    'か',
    'くらい',
    'ぐらい',
    ...[
      'かかる',
      'かかっている',
      'かかってる',
      'かかってるの',
      'かかっているの',
      'かかるの',
      'かかってるか',
    ],
    ...[
      'かかっているか',
      'かかるか',
      'かかっていますか',
      'かかってますか',
      'かかりますか',
      'かかっています',
    ],
    ...[
      'かかってるんだろう',
      'かかっているのか',
      'かかってるのか',
      'かかっているんですか',
      'かかってるんですか',
    ],
    ...[
      '払っている',
      '払ってる',
      '払っていますか',
      '払ってますか',
      '払っているの',
      '払ってるの',
      '払っているか',
    ],
    ...[
      '支払っている',
      '支払ってる',
      '支払っていますか',
      '支払ってますか',
      '支払っているか',
      '使っている',
    ],
    ...['になる', 'になりますか', 'になっている', 'になっていますか', 'になるか', 'になるの'],
  ].flatMap((verb) => [
    `${all}いくら${verb}`,
    ...(/払/u.test(verb)
      ? ['どれくらい', 'どのくらい', 'どれだけ', 'どの程度'].map((much) => `${all}${much}${verb}`)
      : []),
  ]),
);

/** 支払っている額, かかっている費用. */
const amounts: readonly string[] = [
  'かかる',
  'かかっている',
  'かかってる',
  '支払っている',
  '支払ってる',
  '支払う',
  '払っている',
  '払ってる',
  '発生している',
  '発生する',
  '請求されている',
].flatMap((verb) =>
  ['額', '金額', '費用', 'コスト', '料金', 'お金'].map((noun) => `${verb}${noun}`),
);

const money: Parser<'sum' | 'avg'> = table<'sum' | 'avg'>([
  ...[
    '金額',
    ...howMuch,
    '何ドル',
    '何ドルかかる',
    '何ドルかかっている',
    '何ドルかかってる',
    '何ドルかかりますか',
    '何ドルかかっていますか',
    '何ドルになる',
    '何ドルになりますか',
    '何ドル払っている',
    ...amounts,
    '月々の支払い',
    '毎月の支払い',
    '月々の支払額',
    '月額の合計',
    '月額合計',
    '費用合計',
    'コスト合計',
    '料金合計',
    'コストの総額',
    '費用の総額',
    '料金の総額',
    '維持費の合計',
    '年額',
    '年額コスト',
    '年額費用',
    '年額料金',
    '年間コスト',
    '年間費用',
    '年間料金',
    '年間の費用',
    '年間のコスト',
    '合計の月額',
    '合計の金額',
    '合計金額',
    '合計額',
    '総額',
    '請求額',
    '支出額',
    '出費',
    '支払額',
    '維持費',
    '維持コスト',
    '月の費用',
    '毎月の費用',
    '月々の費用',
    '月々のコスト',
    '料金の合計',
    '費用の合計',
    '削減額',
    '節約額',
    '節約できる金額',
    '金額つきで',
    '金額付きで',
    '金額込みで',
    '費用つきで',
    'コストつきで',
    'コスト付きで',
  ].map((w) => [w, 'sum'] as const),
  ...['平均金額', '平均額', '平均の金額', '平均単価', '平均の単価', '単価の平均', '単価'].map(
    (w) => [w, 'avg'] as const,
  ),
]);
const costNoun = j(
  '月額コスト',
  '月額費用',
  '月額料金',
  '月額',
  'コスト',
  '費用',
  '料金',
  '維持費',
  '金額',
  'お金',
  '経費',
  '出費',
  '支出',
);
const expensive = map(
  seq(
    j('が', 'の', ''),
    opt(j('最も', '一番', 'もっとも', 'いちばん')),
    table<'asc' | 'desc'>([
      ['高い', 'desc'],
      ['大きい', 'desc'],
      ['かかる', 'desc'],
      ['かかっている', 'desc'],
      ['かかってる', 'desc'],
      ['多い', 'desc'],
      ['安い', 'asc'],
      ['低い', 'asc'],
      ['小さい', 'asc'],
    ]),
  ),
  ([, most, direction]) => [most ? (true as const) : null, direction] as const,
);
const perKey = seq(
  opt(j('キー', '鍵', 'CMK')),
  j(
    '1',
    '1つ',
    '1個',
    '1本',
    '1件',
    '一つ',
    '一個',
    '一本',
    'ひとつ',
    '1キー',
    '1鍵',
    '一キー',
    '',
  ),
  j('あたりの', '当たりの', 'あたり', '当たり', 'ごとの平均の'),
);
const ranked =
  /^の?(月額)?(コスト|費用|料金|金額|維持費|お金)(が|の)(最も|一番)?(高|大き|多|安|低|少|小さ|かか)/u;
const perTime = standing(
  j(
    '月',
    '月に',
    '月々',
    '毎月',
    '月額で',
    'ひと月',
    '1か月',
    '1ヶ月',
    'ひと月あたり',
    '1か月あたり',
    '月あたり',
    '年間',
    '年間で',
    '年に',
    '年あたり',
    '一年で',
    '1年で',
    '現在の',
    '月々の',
    '毎月の',
    '年間の',
    '月の',
  ),
  ({ before, said, after, all }) =>
    // 年間コストが高い順: the yearly cost is what ranks and is shown.
    !(/年/u.test(said) && ranked.test(after)) &&
    !/[\d一二三四五六七八九十]$/u.test(before) &&
    !/^\d/u.test(after) &&
    /コスト|費用|料金|金額|いくら|ドル|額|払|お金|経費|出費|支出|節約|浮[かくい]/u.test(all),
);
