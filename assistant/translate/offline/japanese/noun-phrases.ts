import { alt, expand, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import { saysWhoLoosely } from '../grammar/joining.ts';
import { columnOf } from '../plan/entity-tables.ts';
import { allOf, everything, type Filter, factsOf, type Plan } from '../plan/plan.ts';
import { comma } from './asking.ts';
import type { GrammarContext } from './context.ts';
import type { KeyConditions } from './key-conditions.ts';
import { j, table } from './literals.ts';
import { counter, wholeNumber } from './numbers.ts';

export type Order = NonNullable<Plan['orderBy']>;

/** Keys as they are named in a question: which, in which order, how many of them. */
export interface NounPhrase {
  readonly filter: Filter;
  readonly order: Order | null;
  readonly limit: Plan['limit'];
}

export interface NounPhrases {
  readonly phrase: Parser<NounPhrase>;
  /** A noun phrase without order and limit. */
  readonly keys: Parser<Filter>;
  /** 古い順に, コストが高い順に, 作成日の降順で. */
  /** As {@link keys}, without のうち. */
  readonly simple: Parser<Filter>;
  /** As {@link keys}, without すべて, which would say something of whoever has or uses them. */
  readonly some: Parser<Filter>;
  readonly ordering: Parser<Order>;
  /** 未使用日数が長い, コストの高い: as {@link ordering}, without 順. */
  readonly ranking: Parser<Order>;
  readonly front: Parser<Filter>;
}

const all = j(
  '',
  'すべての',
  '全ての',
  '全',
  '全部の',
  'あらゆる',
  'うちの',
  '当社の',
  '我々の',
  '私たちの',
  'わが社の',
  '弊社の',
  '現在の',
  '既存の',
  '組織の',
  '組織内の',
  '組織内のすべての',
  '組織内の全ての',
  '組織全体の',
  '全社の',
);
const most = j('最も', '一番', 'いちばん', 'もっとも', '1番');

/** Behind what rows stand in the order of: 古い順, 高いものから, 近い方から順. */
export const inOrderWords: readonly string[] = [
  '順',
  '順番',
  ...['もの', '物', 'やつ', '方', 'ほう', 'キー', '鍵', 'CMK'].flatMap((one) => [
    `${one}から`,
    `${one}から順`,
    `${one}から順番`,
    `${one}順`,
  ]),
];
const inOrder = j(...inOrderWords);

const byAge = (direction: Order['direction']): Order => ({ by: 'created_at', direction });
const byCost = (direction: Order['direction']): Order => ({ by: 'monthly_cost_usd', direction });
const byUse: Order = { by: 'last_used_at', direction: 'desc' };
const byIdleness: Order = { by: 'days_unused', direction: 'desc' };
const entries = (words: readonly string[], order: Order) => words.map((w) => [w, order] as const);

const costs = [
  'コスト',
  '月額',
  '月額コスト',
  '費用',
  '料金',
  '月額費用',
  '月額料金',
  '値段',
  '価格',
  'お金',
  '維持費',
];
const ages = ['作成日', '作成日時', '作成'];

/** By what keys rank, as an adjective before the noun. */
const adjective: Parser<Order> = table<Order>([
  ...entries(
    ['古い', ...ages.flatMap((a) => [`${a}が古い`, `${a}の古い`, `${a}が早い`])],
    byAge('asc'),
  ),
  ...entries(
    [
      '新しい',
      '最近作られた',
      '最近作成された',
      ...ages.flatMap((a) => [`${a}が新しい`, `${a}の新しい`]),
    ],
    byAge('desc'),
  ),
  ...entries(
    [
      '高価な',
      '高額な',
      '高い',
      ...costs.flatMap((c) => [
        `${c}が高い`,
        `${c}の高い`,
        `${c}がかかる`,
        `${c}のかかる`,
        `${c}がかかっている`,
        `${c}がかかってる`,
        `${c}の大きい`,
        `${c}が大きい`,
      ]),
    ],
    byCost('desc'),
  ),
  ...entries(
    ['安い', ...costs.flatMap((c) => [`${c}が安い`, `${c}の安い`, `${c}が低い`])],
    byCost('asc'),
  ),
  ...entries(
    [
      '最近使われた',
      '最近使用された',
      '最近利用された',
      '直近で使われた',
      '最終使用日が新しい',
      '最終使用日の新しい',
    ],
    byUse,
  ),
  ...entries(
    [
      '長く使われていない',
      '長期間使われていない',
      '長い間使われていない',
      '長期間未使用の',
      '未使用日数が長い',
      '未使用日数の長い',
      '未使用日数が多い',
      '最終使用日が古い',
      '最終使用日の古い',
      '長く使用されていない',
      '長期間使用されていない',
    ],
    byIdleness,
  ),
]);
/** By what keys rank, with the superlative in the word. */
const superlativeWord: Parser<Order> = table<Order>([
  ...entries(['最古の', '最古'], byAge('asc')),
  ...entries(['最新の', '最新', '最後に作られた', '最後に作成された'], byAge('desc')),
  ...entries(
    [
      '最後に使われた',
      '最後に使用された',
      '最後に利用された',
      '直近に使われた',
      '直近に使用された',
    ],
    byUse,
  ),
  ...entries(['最高額の', '最も高価な'], byCost('desc')),
]);
/** 最も古い, 最新の. */
export const superlative: Parser<Order> = alt(
  map(seq(most, adjective), ([, order]) => order),
  map(
    seq(
      j(...ages),
      j('が', 'の'),
      most,
      table([
        ...entries(['古い', '早い', '昔の'], byAge('asc')),
        ...entries(['新しい', '遅い', '最近の'], byAge('desc')),
      ]),
    ),
    ([, , , order]) => order,
  ),
  map(
    seq(
      j(...costs),
      j('が', 'の'),
      most,
      table([
        ...entries(['高い', '大きい', 'かかる', 'かかっている', 'かかってる'], byCost('desc')),
        ...entries(['安い', '低い'], byCost('asc')),
      ]),
    ),
    ([, , , order]) => order,
  ),
  map(
    seq(
      j(
        '未使用期間',
        '未使用日数',
        '使われていない期間',
        '使用されていない期間',
        '利用されていない期間',
      ),
      j('が', 'の'),
      most,
      j('長い', '長く'),
    ),
    () => byIdleness,
  ),
  // 最後に使われたのが一番古い
  map(
    seq(
      j(
        ...['最後に', '直近で'].flatMap((last) =>
          ['使われた', '使用された', '利用された', '使った'].map((verb) => `${last}${verb}の`),
        ),
        ...['使用', '利用'].flatMap((use) => [
          `最終${use}`,
          `最終${use}日`,
          `最終${use}日時`,
          `最後の${use}`,
        ]),
      ),
      j('が', 'の'),
      most,
      table([
        ...entries(['古い', '昔の', '昔'], { by: 'last_used_at', direction: 'asc' }),
        ...entries(['新しい', '最近の', '最近'], byUse),
      ]),
    ),
    ([, , , order]) => order,
  ),
  superlativeWord,
);

const quantified = /すべて|全て|全部|あらゆる|全(?=キー|鍵|CMK|KMS)/i;

/** 10件, 上位10件, トップ5. */
export const topN: Parser<number> = rule(() =>
  map(
    seq(
      opt(j('の')),
      opt(comma),
      opt(j('上位', 'トップ', '先頭', '最初の', '先頭から', '上から', 'top', 'ベスト', 'ワースト')),
      wholeNumber,
      opt(counter),
      opt(j('まで', 'だけ', 'のみ', '分')),
    ),
    ([, , , n]) => n,
  ),
);

export function nounPhrases(context: GrammarContext, conditions: KeyConditions): NounPhrases {
  const { before, noun, places } = conditions;
  const described: Parser<NounPhrase> = rule(() =>
    expand(
      seq(
        all,
        opt(superlative),
        opt(adjective),
        opt(map(seq(opt(j('上位', 'トップ')), wholeNumber, counter, j('の')), ([, n]) => n)),
        opt(before),
        all,
        opt(superlative),
        opt(adjective),
        noun,
        opt(j('すべて', '全て', '全部', 'ら', 'たち')),
        opt(seq(opt(j('を')), topN)),
      ),
      ([q1, sup1, adj1, n1, b, q2, sup2, adj2, n, , n2]): readonly NounPhrase[] => {
        // "In the organization" holds for every key; before who may use them it may say who is meant.
        const inside = `${q1}${q2}`.includes('組織');
        if (inside && b && factsOf(b).some(saysWhoLoosely)) return [];
        const orders = [sup1, sup2, adj1, adj2].filter((o): o is Order => o !== null);
        const limits = [n1, n2?.[1] ?? null].filter((l): l is number => l !== null);
        const [order = null] = orders;
        const [limit = null] = limits;
        const weak = adj1 ?? adj2;
        if (orders.length > 1 || limits.length > 1 || (weak && limit === null)) return [];
        const ties = order !== null && limit === null ? ('ties' as const) : limit;
        return [{ filter: allOf(b ?? everything, n), order, limit: ties }];
      },
    ),
  );
  const among = j(
    'のうち',
    'のうちで',
    'の中で',
    'のなかで',
    'の中から',
    'の中の',
    'で',
    'のうちの',
    'について',
    'に関して',
    'のうちに',
    'において',
    'の',
  );
  const thing = alt(
    map(j('もの', '物', 'やつ', 'の', 'モノ'), () => everything),
    noun,
  );
  /** カスタマー管理キーのうちローテーションが無効なもの. */
  const subset: Parser<NounPhrase> = rule(() =>
    expand(
      seq(keys, among, comma, opt(superlative), before, thing, opt(topN)),
      ([whole, , , order, b, t, n]): readonly NounPhrase[] => [
        {
          filter: allOf(whole, b, t),
          order,
          limit: n ?? (order ? 'ties' : null),
        },
      ],
    ),
  );
  /** キーのうち最も古いもの. */
  const extreme: Parser<NounPhrase> = rule(() =>
    map(
      seq(keys, among, comma, superlative, thing),
      ([whole, , , order, t]): NounPhrase => ({ filter: allOf(whole, t), order, limit: 'ties' }),
    ),
  );
  const plainKeys: Parser<Filter> = rule(() =>
    expand(described, ({ filter, order, limit }) =>
      order === null && limit === null ? [filter] : [],
    ),
  );
  const keys: Parser<Filter> = rule(() =>
    alt(
      plainKeys,
      expand(subsetOfPlain, (f) => [f]),
    ),
  );
  const subsetOfPlain: Parser<Filter> = rule(() =>
    map(seq(plainKeys, among, comma, before, thing), ([whole, , , b, t]) => allOf(whole, b, t)),
  );
  const phrase: Parser<NounPhrase> = rule(() => alt(described, subset, extreme));

  const sortable = expand(context.lexicon.columns.keys.parser, (column) => {
    const definition = columnOf('keys', column);
    return definition && !/^(array|map)/.test(definition.type) && definition.role !== 'document'
      ? [column]
      : [];
  });
  const byColumn: Parser<Order> = map(
    seq(
      sortable,
      j('が', 'の'),
      table<Order['direction']>([
        ...['長い', '多い', '大きい', '高い', '新しい', '遅い', '遠い'].map(
          (w) => [w, 'desc'] as const,
        ),
        ...['短い', '少ない', '小さい', '低い', '古い', '早い', '近い'].map(
          (w) => [w, 'asc'] as const,
        ),
      ]),
    ),
    ([by, , direction]) => ({ by, direction }),
  );
  const ordering: Parser<Order> = rule(() =>
    map(
      alt(
        map(seq(opt(most), adjective, inOrder), ([, order]) => order),
        map(seq(sortable, opt(j('の')), j('昇順')), ([by]): Order => ({ by, direction: 'asc' })),
        map(seq(sortable, opt(j('の')), j('降順')), ([by]): Order => ({ by, direction: 'desc' })),
        map(
          seq(sortable, j('順')),
          ([by]): Order => ({
            by,
            direction:
              by === 'max_severity' ||
              ['count', 'money', 'days'].includes(columnOf('keys', by)?.role ?? '')
                ? 'desc'
                : 'asc',
          }),
        ),
        map(seq(byColumn, inOrder), ([order]) => order),
      ),
      (order) => order,
    ),
  );
  const front: Parser<Filter> = rule(() =>
    alt(
      map(
        seq(
          places.place,
          j('には', 'では', 'に', 'で', 'については', 'に関して', 'は', 'について', 'における'),
          comma,
        ),
        ([f]) => f,
      ),
      (_, at) => [{ value: everything, end: at }],
    ),
  );
  return {
    phrase,
    keys,
    simple: plainKeys,
    some: (chart, at) =>
      keys(chart, at).filter(
        ({ end }) =>
          !quantified.test(
            chart.tokens
              .slice(at, end)
              .map((t) => t.text)
              .join(''),
          ),
      ),
    ranking: alt(adjective, byColumn),
    ordering: map(seq(ordering, j('', 'に', 'で', 'の', 'に、', 'で、', 'にした')), ([o]) => o),
    front,
  };
}
