import { alt, expand, many, map, opt, type Parser, seq, token } from '../../grammar/chart.ts';
import type { GrammarContext } from '../../japanese/context.ts';
import { copula, existence } from '../../japanese/endings.ts';
import type { KeyQuestions } from '../../japanese/key-questions.ts';
import { j, table } from '../../japanese/literals.ts';
import { inOrderWords, type NounPhrases, superlative } from '../../japanese/noun-phrases.ts';
import { comparing, counter, wholeNumber } from '../../japanese/numbers.ts';
import { period, type TimeGrammar } from '../../japanese/time.ts';
import { everything, isAggregate, type Plan } from '../../plan/plan.ts';
import type { Piece } from '../piece.ts';
import { depending, standing } from './around.ts';
import { costs, cut, groupsNext, superlatives } from './costs.ts';
import { doneByThem } from './wants.ts';

const made = (piece: Piece) => (): Piece => piece;

/** How rows are measured, ranked, cut and set beside each other. */
export function shapes(
  { lexicon }: GrammarContext,
  keys: KeyQuestions,
  phrases: NounPhrases,
  time: TimeGrammar,
): Parser<Piece> {
  const measured = expand(keys.aggregate, (m): readonly Piece[] =>
    isAggregate(m) && m.column !== 'monthly_cost_usd' ? [{ is: 'measure', measure: m }] : [],
  );
  const columns = lexicon.columns.keys.parser;
  return alt(
    measured,
    costs(keys),
    // 割合は何% says it twice.
    depending(
      standing(
        share,
        ({ before, all }) => !sharesAndNumbers.test(all) && !ofWhatHasKeys.test(before),
      ),
      (_, { before }): readonly Piece[] => [
        { is: /割合|%|パーセン|比率|何割|シェア/u.test(before) ? 'filler' : 'share' },
      ],
    ),
    // 割合が低いアカウント: those stand first, or are all that is asked for.
    depending(
      standing(
        seq(
          j('が', 'の'),
          opt(j('最も', '一番', 'もっとも', 'いちばん')),
          table<'asc' | 'desc'>([
            ['高い', 'desc'],
            ['大きい', 'desc'],
            ['低い', 'asc'],
            ['小さい', 'asc'],
          ]),
        ),
        ({ before, after }) =>
          /(割合|比率|率|シェア|パーセンテージ)$/u.test(before) && groupsNext.test(after),
      ),
      ([, most, direction], { all }): readonly Piece[] =>
        most || cut.test(all)
          ? [{ is: 'rank', direction }]
          : [{ is: 'order', order: { by: 'value', direction } }],
    ),
    map(j('を占める', 'が占める', 'の占める'), made({ is: 'filler' })),
    map(
      standing(
        j('合計', '合計で', '計', '合計は'),
        ({ before, after }) =>
          /(は|が|って|の|、)$/u.test(before) &&
          /^(いくら|何ドル|どのくらい|どれくらい|何本|何個|何件|いくつ)/u.test(after),
      ),
      made({ is: 'filler' }),
    ),
    map(each, made({ is: 'each' })),
    map(
      j(
        '異なる',
        '別々の',
        'ユニークな',
        'ユニーク',
        '一意の',
        '重複なしの',
        '重複なしで',
        '重複を除いた',
        '重複を除いて',
        '重複を除く',
      ),
      made({ is: 'different' }),
    ),
    // アカウントあたり平均何個のキー: of a number; of money and age there is a measure.
    map(
      standing(
        j(
          '平均',
          '平均で',
          '平均して',
          '平均すると',
          '平均の',
          'の平均',
          'の平均は',
          '平均では',
          '平均的に',
        ),
        ({ all }) => !measuredThings.test(all) && /あたり|当たり|ごと|別|毎/u.test(all),
      ),
      made({ is: 'average', filter: everything }),
    ),
    map(
      standing(superlative, ({ all }) => cut.test(all)),
      (order): Piece => ({ is: 'order', order }),
    ),
    // 未使用日数が長いトップ10
    map(
      standing(phrases.ranking, ({ after }) =>
        /^(もの|やつ|方|キー|鍵)?(の|を|、)?(上位|トップ|ベスト|top)\d/iu.test(after),
      ),
      (order): Piece => ({ is: 'order', order }),
    ),
    cutInOrder,
    map(inOrder, (order): Piece => ({ is: 'order', order })),
    // 時刻の新しい順に: of what was done.
    map(
      seq(
        j('時刻', '日時', '発生日時', '時間', '日付', 'イベント日時', '操作日時', '実行日時'),
        j('の', 'が'),
        table<'asc' | 'desc'>([
          ['新しい', 'desc'],
          ['近い', 'desc'],
          ['遅い', 'desc'],
          ['古い', 'asc'],
          ['早い', 'asc'],
        ]),
        j(
          '順',
          '順に',
          '順で',
          '順に並べて',
          '順で並べて',
          'ものから',
          'ものから順に',
          '方から',
          'ほうから',
        ),
      ),
      ([, , direction]): Piece => ({ is: 'order', order: { by: 'last_event_at', direction } }),
    ),
    // 先週グラントを作った人、新しい順: of what was done by them.
    map(
      standing(
        seq(
          table<'asc' | 'desc'>([
            ['新しい', 'desc'],
            ['最近の', 'desc'],
            ['古い', 'asc'],
            ['早い', 'asc'],
          ]),
          j('順', '順に', '順で', '順に並べて', '順で並べて', 'ものから', '方から', 'ほうから'),
        ),
        ({ before }) =>
          /誰|だれ|た(人|者|ユーザー?)|(操作|イベント|変更)(の?(一覧|履歴))?(を|、|は)*$/u.test(
            before,
          ),
      ),
      ([direction]): Piece => ({ is: 'order', order: { by: 'last_event_at', direction } }),
    ),
    // 時刻順に: of what was done.
    map(
      j(
        ...['時刻', '日時', '発生', '時系列', '時間', '実行', '発生日時'].flatMap((by) =>
          ['順', '順に', '順で', '順に並べて', '順で並べて', '順にして'].map(
            (end) => `${by}${end}`,
          ),
        ),
        '時系列',
        '時系列で',
        '時系列に',
      ),
      (): Piece => ({ is: 'order', order: { by: 'last_event_at', direction: 'asc' } }),
    ),
    map(phrases.ordering, (order): Piece => ({ is: 'order', order })),
    map(soonest, made({ is: 'soonest' })),
    portion,
    map(rankedGrants, (): Piece => ({ is: 'source', source: 'GRANT' })),
    map(most, (direction): Piece => ({ is: 'rank', direction })),
    map(
      standing(mostOrFew, ({ before, all }) => cut.test(all) || superlatives.test(before)),
      (direction): Piece => ({ is: 'rank', direction }),
    ),
    map(
      standing(j('最も', '一番', 'もっとも', 'いちばん'), ({ after }) =>
        /^[^、]+(が|の)(多い|多く|少ない)/u.test(after),
      ),
      made({ is: 'filler' }),
    ),
    // キーが多いアカウントは？ names no end: those with most stand first.
    map(
      standing(
        mostOrFew,
        ({ after, all }) =>
          !cut.test(all) && !superlatives.test(all) && !/順/u.test(all) && groupsNext.test(after),
      ),
      (direction): Piece => ({ is: 'order', order: { by: 'value', direction } }),
    ),
    depending(byNumber, (direction, { said, all }): readonly Piece[] => [
      {
        is: 'order',
        order: {
          by: /^[高安]い/u.test(said) && numbersAndCosts.test(all) ? 'monthly_cost_usd' : 'value',
          direction,
        },
      },
    ]),
    compared,
    comparedPeople,
    comparedCost,
    exactly,
    limited,
    lowest,
    map(
      standing(time.range, ({ said, after }) => !/の$/u.test(said) || !doneByThem.test(after)),
      ({ from, to }): Piece => ({ is: 'time', from, to }),
    ),
    map(period, (p): Piece => ({ is: 'period', period: p })),
    // bobが最近触った: how lately is not said.
    expand(
      standing(
        j('最近', 'ここ最近', 'このところ', '近ごろ', '近頃', '最近になって'),
        ({ after, all }) =>
          !/誰|だれ|どなた|[たる](人|者|ユーザ)/u.test(all) &&
          /^((使われ|使用され|利用され|復号され|呼ばれ)た(キー|鍵|CMK|もの)|[^、。]{0,14}(触|いじ|変更|無効|有効|作成|作っ|操作|予約|付与|更新|削除|復号|暗号化|署名)|(使われ|使っ|(使用|利用)[さし]れ?)て(い)?る)[^順]*$/u.test(
            after,
          ) &&
          !/^[^、。]{0,14}(順|一番|最も|\d)/u.test(after),
      ),
      (): readonly Piece[] =>
        [7, 30, 90].map((count) => ({
          is: 'time',
          from: { ago: { count, unit: 'day' } },
          to: null,
        })),
    ),
    map(told, (shown): Piece => ({ is: 'show', columns: shown })),
    map(seq(columns, besides), ([column]): Piece => ({ is: 'show', columns: [column] })),
    // アカウント名とコストつきで
    map(
      seq(
        columns,
        many(
          map(seq(j('と', '、', '・', 'や', 'および', '及び'), columns), ([, column]) => column),
          1,
          6,
        ),
        besides,
      ),
      ([first, more]): Piece => ({ is: 'show', columns: [first, ...more] }),
    ),
    // The time of what was done is shown in any case.
    map(
      standing(seq(j('時刻', '日時', '日付', '時間', 'いつか', '発生日時'), besides), ({ all }) =>
        /誰|だれ|どなた|操作|イベント/u.test(all),
      ),
      made({ is: 'filler' }),
    ),
  );
}

const countedAs = ['件数', '本数', '個数', '数', 'キー数', 'キーの数', '鍵の数'];
const ordered = (how: string) =>
  (how === '' ? ['順', 'の順'] : inOrderWords.map((end) => `${how}${end}`)).flatMap((end) => [
    end,
    `${end}に`,
    `${end}で`,
  ]);
function numbersInOrder(adjectives: readonly string[], direction: 'asc' | 'desc') {
  return adjectives
    .flatMap((how) =>
      ['', ...countedAs.flatMap((n) => [`${n}の`, `${n}が`])].flatMap((of) =>
        ordered(`${of}${how}`),
      ),
    )
    .map((w) => [w, direction] as const);
}

/** Numbers and what they cost: what is high of both is the cost. */
const numbersAndCosts =
  /(数|本数|件数)(と|、|および|・|及び)[^、。]{0,6}(コスト|費用|料金|月額|金額)|(コスト|費用|料金|月額|金額)[^、。]{0,3}(と|、|および|・|及び)[^、。]{0,6}(数|本数|件数)/u;

/** By the time to come that is spoken of: 予定日の早い順, 期限が近いものから, 日付順. */
const soonest = j(
  ...['', '日付', '期日', '期限', '予定', '予定日', '予定日時', '実施日', '実行日'].flatMap((of) =>
    ['早い', '近い', '迫っている', '迫ってる']
      .flatMap((how) => (of === '' ? [how] : [`${of}の${how}`, `${of}が${how}`]))
      .concat(/日|期限/u.test(of) ? [of] : [])
      .flatMap((by) =>
        inOrderWords.flatMap((end) => [`${by}${end}`, `${by}${end}に`, `${by}${end}で`]),
      ),
  ),
);

const measuredThings =
  /コスト|費用|料金|月額|年額|金額|ドル|いくら|維持費|日数|経過|年齢|期間|スコア|サイズ/u;

/** 最後に作成されたキー5件: the order of so many. */
const cutInOrder: Parser<Piece> = map(
  standing(
    table<NonNullable<Plan['orderBy']>>(
      ['作成された', '作られた', '作った', '作成した'].flatMap((verb) => [
        ...['最後に', '最近', '直近に', '直近で', '新しく'].map(
          (late) => [`${late}${verb}`, { by: 'created_at', direction: 'desc' }] as const,
        ),
        [`最初に${verb}`, { by: 'created_at', direction: 'asc' }] as const,
      ]),
    ),
    ({ after }) =>
      /^(キー|鍵|CMK)(を|の)?(上位)?[\d一二三四五六七八九十]+(件|個|本|つ)/iu.test(after),
  ),
  (order): Piece => ({ is: 'order', order }),
);

/** What keys stand in the order of, told by a verb: 直近に使われた順に, 早く消える順に. */
const inOrder: Parser<NonNullable<Plan['orderBy']>> = map(
  seq(
    table<NonNullable<Plan['orderBy']>>([
      ...['最近', '直近に', '直近で', '最後に', '新しく', ''].flatMap((late) =>
        ['使われた', '使用された', '利用された', '使った'].map(
          (verb) => [`${late}${verb}`, { by: 'last_used_at', direction: 'desc' }] as const,
        ),
      ),
      ...['最近', '新しく', '直近に'].flatMap((late) =>
        ['作られた', '作成された', '作った'].map(
          (verb) => [`${late}${verb}`, { by: 'created_at', direction: 'desc' }] as const,
        ),
      ),
      ...['古く', '早く', '先に'].flatMap((early) =>
        ['作られた', '作成された'].map(
          (verb) => [`${early}${verb}`, { by: 'created_at', direction: 'asc' }] as const,
        ),
      ),
      ...[
        '早く消える',
        '早く削除される',
        '削除日が近い',
        '削除予定日が近い',
        '削除が近い',
        '削除日の早い',
        '削除日が早い',
        '削除予定日が早い',
        '削除予定日の近い',
        '削除日の近い',
      ].map((w) => [w, { by: 'deletion_at', direction: 'asc' }] as const),
      ...[
        '期限が近い',
        '有効期限が近い',
        '失効が近い',
        '期限の近い',
        '有効期限の近い',
        '早く失効する',
      ].map((w) => [w, { by: 'material_expires_at', direction: 'asc' }] as const),
    ]),
    j('順', '順に', '順で', '順番に', '順番で', 'ものから順に', 'ものから', '順に並べて'),
  ),
  ([order]) => order,
);

const share = j(
  '割合',
  'の割合',
  'どれくらいの割合',
  'どのくらいの割合',
  'どれぐらいの割合',
  'どの程度の割合',
  '何%',
  '何パーセント',
  'パーセント',
  'パーセンテージ',
  '%',
  '比率',
  'の比率',
  '何割',
  'シェア',
  '構成比',
  'が占める割合',
  'の占める割合',
  '占める割合',
  '何パーセントぐらい',
  '何%くらい',
  '何%ぐらい',
);
/** アカウントの割合: of accounts, not of keys. */
const ofWhatHasKeys =
  /(アカウント|リージョン|OU|組織単位|チーム|サービス|プリンシパル|ユーザー|ユーザ|人|ロール)(の|は|が)?$/u;
/** Numbers and their shares are two questions. */
const sharesAndNumbers =
  /(数|内訳)と(その)?(割合|比率|構成比)|(割合|比率|構成比)と(その)?(数|件数|本数|個数)/u;
const each = j(
  'それぞれ',
  'それぞれの',
  'ずつ',
  '別々に',
  '比較',
  '比較して',
  '比較したい',
  '比較すると',
  'を比較',
  'を比べ',
  '比べて',
  '比べると',
  '対比',
  'どっちが多い',
  'どちらが多い',
  'どっちのほうが多い',
  'どちらの方が多い',
  'どっちが多いか',
  'どちらが多いか',
  'どちらが多いですか',
  'どっちが高い',
  'どちらが高い',
);
/** 半分以上のキーが, 3割以上のキーが, 50%を超えるキーが: what part of the keys. */
const portion: Parser<Piece> = standing(
  alt(
    map(
      j('半分以上の', '半数以上の', '半分以上', '半数以上'),
      (): Piece => ({ is: 'portion', op: 'at least', value: 50 }),
    ),
    map(
      j('過半数の', '半数を超える', '半分を超える'),
      (): Piece => ({ is: 'portion', op: 'more than', value: 50 }),
    ),
    map(
      seq(
        alt(
          token((t) => (t.kind === 'percent' ? Number(t.text.replace('%', '')) : undefined)),
          map(seq(wholeNumber, j('パーセント')), ([n]) => n),
          map(seq(wholeNumber, j('割')), ([n]) => n * 10),
        ),
        table<'at least' | 'more than' | 'less than' | 'at most'>([
          ['以上の', 'at least'],
          ['を超える', 'more than'],
          ['超の', 'more than'],
          ['より多くの', 'more than'],
          ['未満の', 'less than'],
          ['以下の', 'at most'],
        ]),
      ),
      ([value, op]): Piece => ({ is: 'portion', op, value }),
    ),
  ),
  ({ before, after }) => before === '' && /^(キー|鍵|CMK)が/iu.test(after),
);

/** グラントが最も多いキー: what is ranked by their number. */
const rankedGrants = standing(
  j(
    'グラント',
    'グラントが',
    'グラントの',
    'グラント数',
    'グラント数が',
    'グラント数の',
    'グラントの数が',
  ),
  ({ after }) => /^(最も|一番|もっとも|いちばん)?(多い|多く|たくさん)/u.test(after),
);
const most = map(
  seq(
    j('最も', '一番', 'もっとも', 'いちばん'),
    table<'asc' | 'desc'>([
      ['多い', 'desc'],
      ['多く', 'desc'],
      ['多くの', 'desc'],
      ['たくさん', 'desc'],
      ['少ない', 'asc'],
      ['少なく', 'asc'],
    ]),
  ),
  ([, direction]) => direction,
);
const mostOrFew = table<'asc' | 'desc'>([
  ['多い', 'desc'],
  ['多く', 'desc'],
  ['少ない', 'asc'],
  ['最多', 'desc'],
  ['最多の', 'desc'],
]);
/** Rows in the order of their number: 多い順に, 高い方から, キー数の少ない順. */
const byNumber = table<'asc' | 'desc'>([
  ...['ランキング', 'ランキングで', 'ランキング形式で', '降順', '降順で'].map(
    (w) => [w, 'desc'] as const,
  ),
  ...['昇順', '昇順で'].map((w) => [w, 'asc'] as const),
  ...numbersInOrder(['多い', '大きい', '高い'], 'desc'),
  ...numbersInOrder(['少ない', '小さい', '安い', '低い'], 'asc'),
  ...countedAs.flatMap((number) => ordered('').map((end) => [`${number}${end}`, 'desc'] as const)),
]);

/** 6本以上持つ, 10個を超える. What is denied, or no number of things, is none of these. */
const compared: Parser<Piece> = expand(
  seq(
    opt(j('数が', 'の数が', '件数が', '本数が', 'が', 'を')),
    wholeNumber,
    opt(counter),
    comparing,
    opt(alt(copula, existence)),
  ),
  ([how, value, unit, { op, ending }, end]): readonly Piece[] => {
    if (ending?.negated || end?.negated) return [];
    return unit === null && !how?.endsWith('数が') ? [] : [{ is: 'compare', op, value }];
  },
);

/** 5人以上が復号できる, 管理者が一人しかいない: of those who may. */
const persons: Parser<number> = alt(
  map(seq(wholeNumber, j('人', '名')), ([n]) => n),
  map(j('一人', 'ひとり'), () => 1),
  map(j('二人', 'ふたり'), () => 2),
);
const comparedPeople: Parser<Piece> = expand(
  seq(opt(j('が')), persons, comparing, opt(j('いる', 'の人', 'の人が', 'の人に'))),
  ([, value, { op, ending }]): readonly Piece[] =>
    ending?.negated ? [] : [{ is: 'compare', op, value, people: true }],
);
/** So many people and no more, whose "not" denies nothing else. */
export const fewPeople: Parser<Piece> = map(
  seq(
    opt(j('が')),
    persons,
    j('しかいない', 'しかいません', 'だけの', 'だけ', 'のみの', 'だけしかいない', 'のみ'),
  ),
  ([, value]): Piece => ({ is: 'compare', op: 'exactly', value, people: true }),
);

/** コストが100ドルを超えるアカウント: what all keys of one cost, compared. */
const comparedCost: Parser<Piece> = expand(
  standing(
    seq(
      opt(j('が', 'は', 'で', 'に', 'が月', 'が月に', 'が毎月', 'が月々')),
      wholeNumber,
      j('ドル', 'USD', 'usd', '米ドル'),
      comparing,
      opt(
        j('の', 'かかる', 'かかっている', 'かかってる', 'になる', 'になっている', 'いる', 'ている'),
      ),
    ),
    ({ before, after }) =>
      /(コスト|費用|料金|金額|月額|年額|コストの合計|合計額|総額)$/u.test(before) &&
      groupsNext.test(after),
  ),
  ([, value, , { op, ending }]): readonly Piece[] =>
    ending?.negated ? [] : [{ is: 'compare', op, value }],
);

/** キーが1本だけのアカウント, 1本しかない: so many and no more. */
const exactly: Parser<Piece> = map(
  standing(
    seq(
      opt(j('が', 'を')),
      wholeNumber,
      counter,
      j(
        'だけの',
        'のみの',
        'だけある',
        'だけ持つ',
        'だけ持っている',
        'しかない',
        'しか持たない',
        'しか持っていない',
      ),
    ),
    ({ after }) => groupsNext.test(after),
  ),
  ([, value]): Piece => ({ is: 'compare', op: 'exactly', value }),
);

/** 下位5アカウント: the fewest. */
const lowest: Parser<Piece> = alt(
  map(
    standing(j('下位', '下から', 'ワースト下位'), ({ after }) =>
      /^[\d一二三四五六七八九十]/u.test(after),
    ),
    (): Piece => ({ is: 'rank', direction: 'asc' }),
  ),
  map(
    standing(seq(wholeNumber, opt(counter), opt(j('位', 'の'))), ({ before }) =>
      /(下位|下から)$/u.test(before),
    ),
    ([limit]): Piece => ({ is: 'limit', limit }),
  ),
);

/** 上位3つ, トップ5, and 10本 where nothing could be said to have ten. */
const limited: Parser<Piece> = alt(
  map(
    token((t) => (/^top\d{1,3}$/iu.test(t.text) ? Number(t.text.slice(3)) : undefined)),
    (limit): Piece => ({ is: 'limit', limit }),
  ),
  map(
    seq(
      j(
        '上位',
        'トップ',
        '先頭',
        'ベスト',
        'ワースト',
        'ワーストの',
        'top',
        'トップの',
        '上位の',
        '上から',
        '最初の',
      ),
      wholeNumber,
      opt(counter),
      opt(j('位', 'まで', 'の')),
    ),
    ([which, limit]): Piece => ({
      is: 'limit',
      limit,
      ...(which.startsWith('ワースト') ? { worst: true } : {}),
    }),
  ),
  map(
    standing(
      seq(opt(j('を')), wholeNumber, counter, opt(j('だけ', 'ほど', 'まで', 'ずつ'))),
      ({ before, after }) =>
        /^(を|、|表示|出|教|見|挙|リスト|お願い|ください|下さい|[。?!]*$)/u.test(after) ||
        (/(古い|新しい|高い|安い|多い|大きい|長い)$/u.test(before) && /^の/u.test(after)),
    ),
    ([, limit]): Piece => ({ is: 'limit', limit }),
  ),
);

/** いつ消えるか: the time of it is shown. */
const told = map(
  seq(
    opt(j('それぞれ', '各々')),
    j('いつ', '何日に', '何月に'),
    table<readonly string[]>([
      ...['消える', '削除される', 'なくなる', '消される', '削除'].map(
        (w) => [w, ['deletion_at']] as const,
      ),
      ...['失効する', '期限切れになる', '期限が切れる', '切れる'].map(
        (w) => [w, ['material_expires_at']] as const,
      ),
      ...['作られた', '作成された', '作成した'].map((w) => [w, ['created_at']] as const),
    ]),
    j('', 'か', 'かを', 'かも', 'のか', 'のかも', 'の', '予定か', '予定', '予定なのか'),
  ),
  ([, , columns]) => columns,
);
const besides = j(
  'も',
  'つきで',
  '付きで',
  'つき',
  '付き',
  '込みで',
  'と一緒に',
  'とともに',
  'と共に',
  'を添えて',
  'を併記して',
  'もあわせて',
  'も併せて',
  'も一緒に',
  'も表示',
  'も付けて',
  'もつけて',
  'も含めて',
);
