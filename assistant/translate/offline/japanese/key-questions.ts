import {
  alt,
  expand,
  map,
  opt,
  type Parser,
  rule,
  seq,
  many as several,
} from '../grammar/chart.ts';
import { count, list } from '../grammar/key-plans.ts';
import { isWhere } from '../grammar/list-questions.ts';
import { columnOf } from '../plan/entity-tables.ts';
import {
  allOf,
  customerManaged,
  type Dimension,
  everything,
  type Filter,
  isEverything,
  listOf,
  type Measure,
  type Plan,
  partsOf,
} from '../plan/plan.ts';
import {
  comma,
  countNoun,
  howMany,
  howManyOf,
  ka,
  listTail,
  numberTail,
  request,
} from './asking.ts';
import type { GrammarContext } from './context.ts';
import { dimension, grouping, yearly } from './dimensions.ts';
import { copula, godan, ichidan } from './endings.ts';
import type { KeyConditions } from './key-conditions.ts';
import { j, table } from './literals.ts';
import type { NounPhrase, NounPhrases } from './noun-phrases.ts';
import { topN } from './noun-phrases.ts';
import { comparing, counter, number } from './numbers.ts';

export interface KeyQuestions {
  readonly question: Parser<Plan>;
  /** Conditions alone, without a word for what they are about: keys are meant. */
  readonly elliptical: Parser<Plan>;
  readonly group: Parser<readonly Dimension[]>;
  readonly aggregate: Parser<Measure>;
}

const nothing = (found: readonly Dimension[] | null) => found ?? [];
const most = opt(j('最も', '一番', 'いちばん', 'もっとも', '1番'));
const requireMost = j('最も', '一番', 'いちばん', 'もっとも', '1番');
const many = table<'desc' | 'asc'>([
  ['多い', 'desc'],
  ['多く', 'desc'],
  ['たくさん', 'desc'],
  ['少ない', 'asc'],
  ['少なく', 'asc'],
]);
const which = j(
  'はどこ',
  'はどれ',
  'は',
  'は何',
  'って',
  '',
  'はどちら',
  'はどのアカウント',
  'はどのリージョン',
  'はどのOU',
);

/** Columns that are told of each key, and neither added up nor what keys are grouped by. */
const told: readonly string[] = [
  'key_id',
  'key_arn',
  'alias',
  'aliases',
  'description',
  'tags',
  'created_at',
  'last_used_at',
  'deletion_at',
  'material_expires_at',
  'next_rotation_at',
];

/** Questions whose rows are keys, or counts and sums of keys. */
export function keyQuestions(
  context: GrammarContext,
  conditions: KeyConditions,
  phrases: NounPhrases,
): KeyQuestions {
  const { before, predicate, noun, particular } = conditions;
  const { phrase, keys, ordering, front } = phrases;
  const columns = context.lexicon.columns.keys.parser;
  const group = grouping('keys', context);
  const dim = dimension('keys', context);
  const anyGroup = alt(group, yearly);

  // Lists
  const lists: Parser<Plan> = rule(() =>
    alt(
      expand(seq(front, phrase, listTail), ([place, np]) => listed(allOf(place, np.filter), np)),
      // リージョンごとの最も古いキー: the first of each.
      expand(seq(group, front, phrase, listTail), ([g, place, np]) => firstOfEach(g, place, np)),
      expand(
        seq(front, phrase, j('を', 'は', 'の', 'って', ''), opt(comma), group, listTail),
        ([place, np, , , g]) => firstOfEach(g, place, np),
      ),
      // 一番古いキーはいつ作られた
      expand(
        seq(
          front,
          phrase,
          j('は', 'が', 'って'),
          j('いつ', 'いつ頃', 'いつごろ'),
          opt(whenDone),
          opt(j('もの')),
          ka,
        ),
        ([place, np, , , c]): readonly Plan[] =>
          np.limit === null
            ? []
            : [
                {
                  ...list(allOf(place, np.filter), c ?? (np.order ? [np.order.by] : [])),
                  orderBy: np.order,
                  limit: np.limit,
                },
              ],
      ),
      // 無効なキーを古い順に10件
      map(
        seq(front, keys, opt(j('を', 'は', 'の')), opt(comma), ordering, opt(topN), listTail),
        ([place, f, , , order, n]): Plan => ({
          ...list(allOf(place, f), []),
          orderBy: order,
          limit: n,
        }),
      ),
      // 古い順にキーを10件
      map(
        seq(front, ordering, opt(comma), keys, opt(j('を', 'の')), opt(topN), listTail),
        ([place, order, , f, , n]): Plan => ({
          ...list(allOf(place, f), []),
          orderBy: order,
          limit: n,
        }),
      ),
      map(
        seq(front, keys, j('を'), topN, listTail),
        ([place, f, , n]): Plan => ({ ...list(allOf(place, f), []), limit: n }),
      ),
      // どのキーが無効ですか
      map(
        seq(
          front,
          j('どの', 'どのような', 'どんな', 'どちらの'),
          keys,
          j('が', 'は', 'も'),
          predicate,
          ka,
        ),
        ([place, , f, , p]) => list(allOf(place, f, p), []),
      ),
      // 無効なのはどのキーですか
      map(
        seq(
          front,
          before,
          j('のは', 'のって'),
          j('どの', 'どんな', 'どのような'),
          keys,
          j('', 'ですか', 'でしょうか', 'か', 'です'),
        ),
        ([place, b, , , f]) => list(allOf(place, b, f), []),
      ),
      // キーIDとARNを一覧, 無効なキーのキーIDとアカウント: several columns at once.
      map(
        seq(
          front,
          alt(
            map(seq(keys, j('の')), ([f]) => f),
            map(j(''), () => everything),
          ),
          columns,
          several(
            map(seq(j('と', '、', 'および', '及び', '・', 'とその'), columns), ([, c]) => c),
            1,
            5,
          ),
          alt(listTail, j('を一覧', 'を一覧で', 'を一覧にして', 'を一覧表示して')),
        ),
        ([place, f, first, more]) => list(allOf(place, f), [first, ...more]),
      ),
      // 無効なキーのエイリアス一覧, 東京のキーの作成日を教えて
      expand(
        seq(
          front,
          keys,
          j('の', 'の各', 'それぞれの'),
          columns,
          alt(
            seq(opt(j('の')), j('一覧', 'リスト', '一覧表'), opt(seq(opt(j('を')), request))),
            seq(j('を'), request),
          ),
        ),
        ([place, f, , c]): readonly Plan[] =>
          told.includes(c) ? [list(allOf(place, f), [c])] : [],
      ),
      // キーの説明 shows a column of all of them.
      map(
        seq(
          front,
          keys,
          j('とその', 'と、その', 'と', 'とそれぞれの', 'の一覧と'),
          columns,
          listTail,
        ),
        ([place, f, , c]) => list(allOf(place, f), [c]),
      ),
    ),
  );
  function listed(filter: Filter, np: { order: Plan['orderBy']; limit: Plan['limit'] }): Plan[] {
    return [{ ...list(filter, []), orderBy: np.order, limit: np.limit }];
  }

  /** The keys that come first where they are; of so many in each place nothing can be told. */
  function firstOfEach(by: readonly Dimension[], place: Filter, np: NounPhrase): readonly Plan[] {
    const first = np.order !== null && np.limit === 'ties' && by.every(isWhere);
    return first
      ? listed(allOf(place, np.filter), np).map((plan) => ({ ...plan, groupBy: [...by] }))
      : [];
  }

  // Counts
  const counted = (filter: Filter, by: readonly Dimension[] | null): Plan => ({
    ...listOf('keys', filter),
    measure: count,
    groupBy: [...nothing(by)],
  });
  const once = <A, B>(a: A | null, b: B | null) => !(a !== null && b !== null);
  const counts: Parser<Plan> = rule(() =>
    alt(
      expand(
        seq(
          opt(anyGroup),
          front,
          keys,
          countNoun,
          opt(seq(j('を', 'は', 'の', '、', ''), anyGroup)),
          numberTail,
        ),
        ([g, place, f, , after]) =>
          once(g, after) ? [counted(allOf(place, f), g ?? after?.[1] ?? null)] : [],
      ),
      expand(
        seq(opt(anyGroup), front, keys, j('は', 'が', 'って', 'も', ''), opt(anyGroup), howMany),
        ([g, place, f, , after]) => (once(g, after) ? [counted(allOf(place, f), g ?? after)] : []),
      ),
      // リージョン別のキー数を多い順に
      map(
        seq(
          anyGroup,
          front,
          keys,
          countNoun,
          opt(j('を', 'の')),
          table<'asc' | 'desc'>([
            ['多い順', 'desc'],
            ['少ない順', 'asc'],
          ]),
          j('', 'に', 'で'),
          opt(request),
        ),
        ([g, place, f, , , direction]): Plan => ({
          ...counted(allOf(place, f), g),
          orderBy: { by: 'value', direction },
        }),
      ),
      // マルチリージョンキーのうち、レプリカはいくつ
      map(
        seq(front, keys, j('のうち', 'の中で', 'の中に'), comma, before, j('は', 'が'), howMany),
        ([place, f, , , b]) => counted(allOf(place, f, b), null),
      ),
      map(seq(front, howManyOf, keys, j('が', 'は'), predicate, ka), ([place, , f, , p]) =>
        counted(allOf(place, f, p), null),
      ),
      map(
        seq(
          front,
          howManyOf,
          keys,
          j('が', 'は'),
          j('ある', 'あります', '存在する', '存在します'),
          ka,
        ),
        ([place, , f]) => counted(allOf(place, f), null),
      ),
      // リージョン別のキー, キーのアカウント別内訳
      map(
        seq(group, front, keys, opt(j('の内訳', 'の分布', '内訳', 'の集計', 'の状況')), numberTail),
        ([g, place, f]) => counted(allOf(place, f), g),
      ),
      map(
        seq(
          front,
          keys,
          j('の', 'を', 'は', ''),
          group,
          opt(j('の内訳', 'の分布', '内訳', '分布', '集計')),
          numberTail,
        ),
        ([place, f, , g]) => counted(allOf(place, f), g),
      ),
      // 2024年に作成されたキーの数を月別に is read above; 年ごとに作成されたキーの数:
      map(
        seq(front, yearly, j('作成された', '作られた', '作成した'), keys, countNoun, numberTail),
        ([place, g, , f]) => counted(allOf(place, f), g),
      ),
    ),
  );

  // Groups and their extremes
  const ranked = (
    filter: Filter,
    d: Dimension,
    measure: Measure,
    direction: 'asc' | 'desc',
    limit: Plan['limit'],
  ): Plan => ({
    ...listOf('keys', filter),
    measure,
    groupBy: [d],
    orderBy: { by: 'value', direction },
    limit,
  });
  const cost: Measure = { kind: 'sum', column: 'monthly_cost_usd' };
  const costWords = j(
    'コスト',
    '月額コスト',
    '費用',
    '料金',
    '月額',
    '月額費用',
    '月額料金',
    'KMSコスト',
    'KMSの費用',
    'キーのコスト',
    '出費',
    '支出',
  );
  const endOfGroup = alt(seq(which, j('', 'ですか', 'でしょうか', 'か', 'です', 'なの')), listTail);
  const groups: Parser<Plan> = rule(() =>
    alt(
      // キーが最も多いアカウント; 無効なキーが多いアカウント上位5件
      expand(
        seq(
          front,
          keys,
          j('が', 'の', 'の数が', '数が', 'の数の', 'の件数が', '数の'),
          most,
          many,
          opt(j('順に')),
          dim,
          opt(j('を')),
          opt(topN),
          endOfGroup,
        ),
        ([place, f, , m, direction, , d, , n]): readonly Plan[] =>
          m === null && n === null
            ? []
            : [ranked(allOf(place, f), d, count, direction, n ?? 'ties')],
      ),
      map(
        seq(
          front,
          keys,
          j('の数が', '数が', '数', 'の数'),
          j('最多の', '最大の', '最多', '最大'),
          dim,
          endOfGroup,
        ),
        ([place, f, , , d]) => ranked(allOf(place, f), d, count, 'desc', 'ties'),
      ),
      map(
        seq(front, keys, j('の数が', '数が', '数', 'の数'), j('最少の', '最小の'), dim, endOfGroup),
        ([place, f, , , d]) => ranked(allOf(place, f), d, count, 'asc', 'ties'),
      ),
      map(
        seq(
          front,
          requireMost,
          keys,
          j('が', 'の', 'の数が', '数が', 'を'),
          many,
          alt(j(''), j('持つ', '持っている', '保有する', '所有する', 'ある')),
          dim,
          endOfGroup,
        ),
        ([place, , f, , direction, , d]) => ranked(allOf(place, f), d, count, direction, 'ties'),
      ),
      map(
        seq(
          front,
          keys,
          j('を', 'が'),
          requireMost,
          many,
          j(
            '持つ',
            '持っている',
            '保有する',
            '所有する',
            '保有している',
            '所有している',
            'ある',
            '抱えている',
          ),
          dim,
          endOfGroup,
        ),
        ([place, f, , , direction, , d]) => ranked(allOf(place, f), d, count, direction, 'ties'),
      ),
      // どのアカウントが一番キーを持っていますか
      map(
        seq(
          front,
          j('どの'),
          dim,
          j('が', 'に', 'は'),
          requireMost,
          opt(j('多く', '多くの', 'たくさん', 'たくさんの')),
          keys,
          j('を', 'が'),
          opt(j('多く')),
          j(
            '持っている',
            '持っています',
            '持つ',
            '多い',
            '多いです',
            'ある',
            'あります',
            '保有している',
            '保有しています',
            '所有しています',
          ),
          ka,
        ),
        ([place, , d, , , , f]) => ranked(allOf(place, f), d, count, 'desc', 'ties'),
      ),
      map(
        seq(
          front,
          j('どの'),
          dim,
          j('に', 'が', 'は'),
          keys,
          j('が', 'を'),
          requireMost,
          many,
          j('', 'ある', 'あります', 'です', '持っていますか', '持っている'),
          ka,
        ),
        ([place, , d, , f, , , direction]) => ranked(allOf(place, f), d, count, direction, 'ties'),
      ),
      // コストが最も高いアカウント
      expand(
        seq(
          front,
          opt(seq(keys, j('の'))),
          opt(most),
          costWords,
          j('が', 'の'),
          most,
          table<'asc' | 'desc'>([
            ['高い', 'desc'],
            ['大きい', 'desc'],
            ['多い', 'desc'],
            ['かかっている', 'desc'],
            ['かかる', 'desc'],
            ['安い', 'asc'],
            ['低い', 'asc'],
          ]),
          opt(j('順に')),
          dim,
          opt(j('を')),
          opt(topN),
          endOfGroup,
        ),
        ([place, of, m1, , , m2, direction, , d, , n]): readonly Plan[] =>
          m1 === null && m2 === null && n === null
            ? []
            : [ranked(allOf(place, of?.[0] ?? everything), d, cost, direction, n ?? 'ties')],
      ),
      map(
        seq(
          front,
          requireMost,
          costWords,
          j('が', 'の'),
          j('かかっている', 'かかる', '高い', '大きい'),
          dim,
          endOfGroup,
        ),
        ([place, , , , , d]) => ranked(place, d, cost, 'desc', 'ties'),
      ),
      // キーが10個を超えるリージョン; accounts have a rule of their own.
      expand(
        seq(
          front,
          keys,
          j('が', 'の数が', '数が', 'を'),
          number,
          opt(counter),
          comparing,
          opt(j('ある', 'の', '存在する', '持つ', '持っている')),
          dim,
          endOfGroup,
        ),
        ([place, f, , value, , { op, ending }, , d]): readonly Plan[] =>
          ('column' in d && d.column === 'account_id') || (ending && ending.slot !== 'attributive')
            ? []
            : [
                {
                  ...counted(allOf(place, f), [d]),
                  having: { op, value },
                  orderBy: { by: 'value', direction: 'desc' },
                },
              ],
      ),
      // 無効なキーがあるリージョン
      expand(
        seq(
          front,
          keys,
          j('がある', 'のある', 'が存在する', 'を持つ', 'がいる', 'を含む', 'を持っている'),
          dim,
          endOfGroup,
        ),
        ([place, f, , d]): readonly Plan[] =>
          'column' in d && d.column === 'account_id' ? [] : [counted(allOf(place, f), [d])],
      ),
      expand(
        seq(
          front,
          keys,
          j('は', 'が'),
          j('どの', 'どこの'),
          dim,
          j(
            'にある',
            'にあります',
            'に存在する',
            'に存在します',
            'のもの',
            'のものです',
            'のキー',
            'のキーです',
          ),
          ka,
        ),
        ([place, f, , , d]) => [counted(allOf(place, f), [d])],
      ),
      expand(
        seq(
          opt(j('使っている', '使用している', '利用している', '使用中の', '利用中の')),
          dim,
          j('の一覧', '一覧', 'を一覧', 'はどれですか'),
          opt(request),
        ),
        ([, d]): readonly Plan[] =>
          'column' in d && d.column === 'region' ? [counted(everything, [d])] : [],
      ),
    ),
  );

  // Totals, averages, extremes
  const measured = alt(
    map(costWords, () => 'monthly_cost_usd'),
    map(
      j(
        '毎月のコスト',
        '毎月の費用',
        '毎月の料金',
        '月々のコスト',
        '月々の費用',
        '1か月のコスト',
        '月のコスト',
      ),
      () => 'monthly_cost_usd',
    ),
    map(
      j(
        '経過日数',
        '年齢',
        'キーの年齢',
        '日齢',
        '作成からの日数',
        '作成からの経過日数',
        '作成後の経過日数',
      ),
      () => 'age_days',
    ),
    map(j('経過年数', '作成からの年数', '作成後の年数'), () => 'age_years'),
    map(j('エイリアスの数', 'エイリアス数', 'エイリアスの個数'), () => 'alias_count'),
    map(j('タグの数', 'タグ数', 'タグの個数'), () => 'tag_count'),
    expand(columns, (c) =>
      ['days', 'count', 'money'].includes(columnOf('keys', c)?.role ?? '') ? [c] : [],
    ),
  );
  const kinds = table<'sum' | 'avg' | 'min' | 'max'>([
    ['合計', 'sum'],
    ['総', 'sum'],
    ['トータル', 'sum'],
    ['合計の', 'sum'],
    ['全体の', 'sum'],
    ['平均', 'avg'],
    ['平均の', 'avg'],
    ['最大', 'max'],
    ['最長', 'max'],
    ['最高', 'max'],
    ['最大の', 'max'],
    ['最長の', 'max'],
    ['最高の', 'max'],
    ['最小', 'min'],
    ['最短', 'min'],
    ['最低', 'min'],
    ['最小の', 'min'],
    ['最短の', 'min'],
    ['最低の', 'min'],
  ]);
  const kindsAfter = table<'sum' | 'avg' | 'min' | 'max'>([
    ['の合計', 'sum'],
    ['合計', 'sum'],
    ['の総額', 'sum'],
    ['総額', 'sum'],
    ['の合計額', 'sum'],
    ['の総計', 'sum'],
    ['の総和', 'sum'],
    ['の平均', 'avg'],
    ['平均', 'avg'],
    ['の平均値', 'avg'],
    ['の最大', 'max'],
    ['の最大値', 'max'],
    ['の最高', 'max'],
    ['の最小', 'min'],
    ['の最小値', 'min'],
    ['の最低', 'min'],
  ]);
  const aggregate: Parser<Measure> = rule(() =>
    expand(seq(opt(kinds), measured, opt(kindsAfter)), ([a, column, b]): readonly Measure[] => {
      if (a !== null && b !== null) return [];
      const kind = a ?? b;
      // A sum of days means nothing; a cost without more is the total.
      if (column === 'monthly_cost_usd') return [{ kind: kind ?? 'sum', column }];
      return kind === null || kind === 'sum' ? [] : [{ kind, column }];
    }),
  );
  const measuring = (filter: Filter, measure: Measure, by: readonly Dimension[] | null): Plan => ({
    ...listOf('keys', filter),
    measure,
    groupBy: [...nothing(by)],
  });
  const monthly = opt(
    j(
      '毎月',
      '月に',
      '月々',
      '月額',
      '月',
      '1か月に',
      '1ヶ月に',
      'ひと月に',
      '合計で',
      '合計',
      '全部で',
      '月額で',
      '現在',
    ),
  );
  const howMuch = seq(
    monthly,
    j('いくら', 'どのくらい', 'どれくらい', 'どれだけ', '何ドル', 'いくらぐらい', 'いくらくらい'),
    opt(j('の', 'コストが', '費用が', 'の費用が', 'のコストが')),
    alt(
      seq(ichidan('かかっ', '掛かっ', '発生し', '払っ', '支払っ', '使っ'), ka),
      seq(godan({ a: 'かから', i: 'かかり', u: 'かかる', t: 'かかっ' }), ka),
      seq(j('かかってる', 'します', 'する', '', 'です', 'になります', 'になる'), ka),
    ),
  );
  const measures: Parser<Plan> = rule(() =>
    alt(
      expand(
        seq(
          opt(group),
          front,
          opt(seq(keys, j('の', 'にかかる', 'にかかっている', 'に対する', 'の1か月の'))),
          opt(j('KMSの', 'AWS KMSの', '毎月の', '月々の', '1か月の', '全体の')),
          aggregate,
          opt(seq(j('を', 'の', 'は', '、', ''), group)),
          numberTail,
        ),
        ([g, place, of, , m, after]): readonly Plan[] =>
          once(g, after)
            ? [measuring(allOf(place, of?.[0] ?? everything), m, g ?? after?.[1] ?? null)]
            : [],
      ),
      expand(
        seq(
          opt(group),
          front,
          keys,
          j('に', 'には', 'は', 'で', 'のために', 'って'),
          opt(group),
          howMuch,
        ),
        ([g, place, f, , after]) =>
          once(g, after) ? [measuring(allOf(place, f), cost, g ?? after)] : [],
      ),
      map(
        seq(
          opt(keys),
          j(
            'キー1個あたりの',
            '1キーあたりの',
            '1個あたりの',
            'キー一個あたりの',
            'キーあたりの',
            'キー1つあたりの',
            '1件あたりの',
            'キー1件あたりの',
          ),
          j('平均コスト', 'コスト', '月額コスト', '平均月額', '費用', '平均費用', '平均月額コスト'),
          numberTail,
        ),
        ([f]) => measuring(f ?? everything, { kind: 'avg', column: 'monthly_cost_usd' }, null),
      ),
      map(
        seq(
          j('最も古いキーは', '一番古いキーは', '最古のキーは'),
          j(
            '何年前のもの',
            '何年前',
            '何日前',
            '何年もの',
            '何日経っています',
            '作成から何日',
            'どのくらい古い',
            '何日前に作成された',
          ),
          j('', 'ですか', 'か', 'です'),
        ),
        () => measuring(everything, { kind: 'max', column: 'age_days' }, null),
      ),
      saving,
    ),
  );
  /** What deletion would save: only customer managed keys cost anything, and only they can be deleted. */
  const saving: Parser<Plan> = rule(() =>
    map(
      seq(
        front,
        keys,
        j('を', 'の'),
        j(
          '削除すると',
          '削除したら',
          '削除した場合',
          '削除すれば',
          '消したら',
          '消すと',
          '整理したら',
          '整理すると',
          '削除した時',
          '削除した場合の',
          '削除による',
          '削除で',
        ),
        comma,
        monthly,
        alt(
          seq(
            j(
              'いくら',
              'どのくらい',
              'どれくらい',
              'どれだけ',
              'コストはどのくらい',
              'コストがどれだけ',
              'いくらくらい',
              '費用はいくら',
            ),
            alt(
              seq(
                ichidan(
                  '節約でき',
                  '削減でき',
                  '減らせ',
                  '浮き',
                  '浮かせられ',
                  '節約され',
                  '削減され',
                  '抑えられ',
                ),
                ka,
              ),
              j(
                '浮く',
                '浮きますか',
                '浮きます',
                '下がる',
                '下がりますか',
                '減る',
                '減りますか',
                '節約',
                '節約になりますか',
                '安くなる',
                '安くなりますか',
              ),
            ),
          ),
          seq(
            j(
              '節約額',
              '削減額',
              'コスト削減額',
              '節約できる額',
              '節約できる金額',
              '削減できるコスト',
              '節約効果',
              'コスト削減効果',
            ),
            numberTail,
          ),
        ),
      ),
      ([place, f]) => measuring(allOf(customerManaged, place, f), cost, null),
    ),
  );

  // Shares
  const share = (whole: Filter, of: Filter, by: readonly Dimension[] | null): Plan => ({
    ...listOf('keys', whole),
    measure: { kind: 'share', of },
    groupBy: [...nothing(by)],
  });
  const proportion = alt(
    seq(
      j(
        'の割合',
        'の比率',
        'のパーセンテージ',
        'の割合(%)',
        'の率',
        'の構成比',
        'の割合は何%',
        'の占める割合',
        'が占める割合',
        'の割合はどのくらい',
      ),
      opt(seq(j('を', 'は'), group)),
      numberTail,
    ),
    seq(
      j('は', 'が', 'って'),
      opt(j('全体の', '全キーの', 'すべてのキーの', '全体のうち', '全体の中で')),
      opt(group),
      j(
        '何パーセント',
        '何%',
        '何割',
        '何割くらい',
        'どのくらいの割合',
        'どれくらいの割合',
        'どの程度の割合',
        '何パーセントくらい',
        '何%くらい',
        '何 %',
      ),
      j(
        '',
        'ですか',
        'でしょうか',
        'か',
        'です',
        'ありますか',
        'ある',
        'あるか',
        'になりますか',
        'いますか',
        'を占めていますか',
        'を占めますか',
      ),
    ),
  );
  const groupOf = (parts: readonly unknown[]): readonly Dimension[] | null => {
    for (const part of parts) {
      const found = Array.isArray(part) ? (part.flat(2) as unknown[]) : [part];
      const dims = found.filter(
        (d): d is Dimension => typeof d === 'object' && d !== null && ('column' in d || 'tag' in d),
      );
      if (dims.length > 0) return dims;
    }
    return null;
  };
  const thing = alt(
    map(j('もの', 'の', '物'), () => everything),
    noun,
  );
  const shares: Parser<Plan> = rule(() =>
    alt(
      expand(
        seq(
          opt(group),
          opt(comma),
          front,
          keys,
          j(
            'のうち',
            'の中で',
            'のうちで',
            'の中の',
            'に占める',
            'に対する',
            'における',
            'のうちの',
            'の中に占める',
          ),
          comma,
          before,
          thing,
          proportion,
        ),
        ([g, , place, whole, , , of, t, tail]): readonly Plan[] => {
          const after = groupOf(tail);
          return once(g, after) ? [share(allOf(place, whole), allOf(of, t), g ?? after)] : [];
        },
      ),
      // 無効なキーの割合: of all keys; with a place, of those there, or of the whole.
      expand(
        seq(opt(group), opt(comma), front, phrases.simple, proportion),
        ([g, , place, f, tail]): readonly Plan[] => {
          const after = groupOf(tail);
          if (isEverything(f) || !once(g, after)) return [];
          const parts = partsOf(f);
          const there = parts.filter(isBase);
          const others = parts.filter((p) => !isBase(p));
          const whole = share(place, f, g ?? after);
          return there.length === 0 || others.length === 0
            ? [whole]
            : [whole, share(allOf(place, ...there), allOf(...others), g ?? after)];
        },
      ),
      map(seq(front, keys, j('の'), percentOf), ([place, f, , of]) =>
        share(allOf(place, f), of, null),
      ),
    ),
  );
  const percentOf: Parser<Filter> = rule(() =>
    map(
      seq(j('ローテーション有効率', 'ローテーション率', 'ローテーションの有効率'), numberTail),
      (): Filter => ({ is: 'flag', column: 'rotation_enabled' }),
    ),
  );

  // One particular key
  const whenDone: Parser<readonly string[]> = alt(
    map(seq(opt(j('いつ')), ichidan('作成され', '作られ', '生成され', '作成し')), () => [
      'created_at',
    ]),
    map(
      seq(
        opt(j('最後に', '直近で', '最近', '最後に使われ')),
        ichidan('使われ', '使用され', '利用され', '使用し'),
      ),
      () => ['last_used_at', 'last_used_operation', 'usage_status'],
    ),
    map(seq(opt(j('自動的に')), ichidan('削除され')), () => ['deletion_at']),
    map(seq(j('期限切れになる', '失効する', '期限が切れる', '有効期限が切れる'), j('')), () => [
      'material_expires_at',
    ]),
    map(seq(opt(j('次に', '次回')), ichidan('ローテーションされ')), () => [
      'rotation_enabled',
      'next_rotation_at',
    ]),
  );
  // What is wrong with a key is told in full by its concerns.
  const cols: Parser<readonly string[]> = expand(columns, (c): readonly (readonly string[])[] => {
    if (c === 'concern_codes') return [];
    return [c === 'last_used_at' ? ['last_used_at', 'last_used_operation', 'usage_status'] : [c]];
  });
  const particulars: Parser<Plan> = rule(() =>
    alt(
      map(seq(particular, listTail), ([f]) => list(f, [])),
      map(
        seq(
          particular,
          j(
            'について',
            'の詳細',
            'の情報',
            'の詳細情報',
            'に関する情報',
            'のこと',
            'の設定',
            'の概要',
            'についての情報',
            'はどんなキーですか',
            'はどんなキー',
            'とは',
            'に関して',
          ),
          listTail,
        ),
        ([f]) => list(f, []),
      ),
      map(
        seq(
          particular,
          j('の'),
          cols,
          opt(map(seq(j('と', '、'), cols), ([, c]) => c)),
          numberTail,
        ),
        ([f, , c, more]) => list(f, [...c, ...(more ?? [])]),
      ),
      map(
        seq(
          particular,
          j('の'),
          cols,
          j('は', 'が'),
          j('いつ', '何', 'どれ', 'どうなって'),
          j('', 'ですか', 'か', 'いますか', 'でしょうか', 'いる'),
        ),
        ([f, , c]) => list(f, c),
      ),
      map(seq(particular, j('は', 'が', 'って'), opt(j('いつ')), whenDone, ka), ([f, , , c]) =>
        list(f, c),
      ),
      map(
        seq(
          particular,
          j('は', 'が'),
          opt(j('最後に', '前回')),
          j('いつ', 'いつ最後に'),
          whenDone,
          ka,
        ),
        ([f, , , , c]) => list(f, c),
      ),
      map(
        seq(
          particular,
          j('が', 'の', 'は'),
          whenDone,
          j('のはいつ', 'のっていつ', '時期は', '日は', '日時は', '日はいつ'),
          j('', 'ですか', 'でしょうか', 'か', 'です'),
        ),
        ([f, , c]) => list(f, c),
      ),
      map(seq(particular, j('は', 'には', 'に', 'の維持費は'), howMuch), ([f]) =>
        list(f, ['monthly_cost_usd']),
      ),
      map(
        seq(
          particular,
          j('は', 'って'),
          j('どのアカウント', 'どこ', '誰', 'どのリージョン', 'どのチーム', 'どのOU'),
          j(
            'にある',
            'にあります',
            'のもの',
            'のキー',
            'が所有している',
            'が所有しています',
            'のものです',
            'が持っている',
            'が持っています',
            'に属している',
            'に属しています',
            'のアカウント',
            '',
          ),
          j('', 'か', 'ですか', 'の'),
        ),
        ([f]) => list(f, ['ou_path']),
      ),
      map(
        seq(
          particular,
          j('を'),
          j('所有している', '所有する', '持っている', '持つ', '保有する', '保有している'),
          j(
            'のは',
            'アカウントは',
            'アカウント',
            'のはどのアカウント',
            'アカウントはどれ',
            'のはどこ',
          ),
          j('', 'ですか', 'か'),
        ),
        ([f]) => list(f, ['ou_path']),
      ),
      // Whether something is so: the value itself says more.
      map(
        seq(
          particular,
          j('の', 'は', 'で'),
          expand(columns, (c) => (columnOf('keys', c)?.type === 'boolean' ? [c] : [])),
          j('は', 'が', 'も'),
          alt(
            seq(j('有効', '無効', 'オン', 'オフ', '設定済み', 'ON', 'OFF'), copula),
            seq(ichidan('され', 'し', '設定され', '有効化され', '行われ')),
          ),
          ka,
        ),
        ([f, , c]) => list(f, [c]),
      ),
      expand(
        seq(particular, j('は', 'に', 'には', 'が', 'って'), opt(comma), predicate, ka),
        ([f, , , p]) => {
          const so = 'not' in p ? p.not : p;
          return 'is' in so && so.is === 'flag' ? [list(f, [so.column])] : [list(allOf(f, p), [])];
        },
      ),
    ),
  );

  const elliptical: Parser<Plan> = rule(() =>
    alt(
      map(seq(front, before, j('もの', 'の', '', 'やつ'), listTail), ([place, f]) =>
        list(allOf(place, f), []),
      ),
      map(
        seq(front, predicate, j('', 'のは', 'のはどれ', 'のはどれですか', 'のは何ですか')),
        ([place, f]) => list(allOf(place, f), []),
      ),
    ),
  );
  const question = rule(() => alt(lists, counts, groups, measures, shares, particulars));
  return { question, elliptical, group, aggregate };
}

/** Whether a condition may say of which keys a share is: where they are, who manages them. */
function isBase(filter: Filter): boolean {
  if (!('is' in filter)) return false;
  if (filter.is === 'value') return ['region', 'account_id', 'key_manager'].includes(filter.column);
  return filter.is === 'ou';
}
