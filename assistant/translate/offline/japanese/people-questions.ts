import { columnOfWhoMay } from '../free/numbers.ts';
import { present } from '../free/row-filters.ts';
import { alt, expand, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import {
  allOf,
  everything,
  type Filter,
  listOf,
  type PermissionTest,
  type Plan,
  type UsageTest,
} from '../plan/plan.ts';
import { ofKey } from './access-questions.ts';
import { comma, countNoun, howMany, ka, listTail, numberTail } from './asking.ts';
import { godan, sahen } from './endings.ts';
import type { KeyConditions } from './key-conditions.ts';
import { j, table } from './literals.ts';
import type { NounPhrases } from './noun-phrases.ts';
import { type Compared, comparing, counter, wholeNumber } from './numbers.ts';
import type { TimeGrammar } from './time.ts';
import { textOf } from './tokens.ts';

/** What someone may do with keys, or did with them and when. */
type Doing =
  | { readonly may: readonly string[] | null }
  | { readonly did: Partial<UsageTest>; readonly at: Filter };
/** Of which keys. */
type Act = Doing & { readonly of: Filter };
/** Who, as one who may and as one who did; null where it is none of them. */
interface Who {
  readonly may: PermissionTest | null;
  readonly did: Partial<UsageTest> | null;
}
/** How people are chosen by the number of their keys. */
type Chosen = Pick<Plan, 'orderBy' | 'having' | 'limit'>;

const unranked: Chosen = { orderBy: null, having: null, limit: null };
const ranked = (direction: 'asc' | 'desc', limit: Plan['limit']): Chosen => ({
  ...unranked,
  orderBy: { by: 'value', direction },
  limit,
});

const superlative = j('最も', '一番', 'いちばん', 'もっとも');
const number = j('が', 'の数が', '数が');
const one = j('', '人', '名', '個', '件', 'つ', '位');
/** 上位5人, 5つ. */
const top: Parser<number> = map(
  seq(opt(j('の', '、')), j('上位', 'トップ', 'ベスト', ''), wholeNumber, one, opt(j('の'))),
  ([, , n]) => n,
);
const quantity: Parser<Compared> = expand(
  seq(opt(j('少なくとも')), wholeNumber, opt(counter), comparing),
  ([, value, , { op, ending }]): readonly Compared[] => (ending?.negated ? [] : [{ op, value }]),
);
const bounded = map(quantity, (having): Chosen => ({ ...unranked, having }));
const byNumber: Parser<Chosen> = map(
  seq(
    j('', '、', 'を', 'を、'),
    table<'asc' | 'desc'>([
      ['多い順', 'desc'],
      ['降順', 'desc'],
      ['少ない順', 'asc'],
      ['昇順', 'asc'],
    ]),
    j('', 'に', 'で'),
  ),
  ([, direction]) => ranked(direction, null),
);
/** What may stand behind a number of each. */
const listed = alt(
  listTail,
  j('を一覧にして', 'を一覧で', 'を一覧表示して', 'を一覧にしてください'),
);
/** The number of keys is shown in any case. */
const shown = opt(
  j('をキー数つきで', 'をキー数付きで', 'とキー数', 'とそのキー数', 'とそのキーの数', 'とキーの数'),
);

/**
 * People by the number of keys that they may use or used, each key counted once: 最も多くのキーを復号できる
 * ロール, 3つより多いキーにアクセスできるIAMユーザー, 使ったキーが多いユーザー上位5人, 外部アカウントごとの
 * アクセスできるキーの数.
 */
export function peopleQuestions(
  { access, particular }: KeyConditions,
  { some: keys }: NounPhrases,
  time: TimeGrammar,
): Parser<Plan> {
  const may: Parser<Doing> = expand(access.ability, ({ levels, ending }): readonly Doing[] =>
    ending.negated || ending.slot !== 'attributive' ? [] : [{ may: levels }],
  );
  const used = alt(
    map(
      alt(godan({ a: '使わ', i: '使い', u: '使う', t: '使っ' }), sahen('使用', '利用')),
      (ending) => ({ ending, test: {} }),
    ),
    ...(
      [
        ['復号', 'Decrypt'],
        ['暗号化', 'Encrypt'],
        ['署名', 'Sign'],
      ] as const
    ).map(([noun, operation]) =>
      map(sahen(noun), (ending) => ({ ending, test: { operations: [operation] } })),
    ),
  );
  const did: Parser<Partial<UsageTest>> = expand(used, ({ ending, test }) =>
    ending.negated || ending.slot !== 'attributive' ? [] : [test],
  );
  const when: Parser<Filter> = map(
    opt(seq(time.range, comma)),
    (range): Filter => (range ? { is: 'time', column: 'last_event_at', ...range[0] } : everything),
  );
  const who: Parser<Who> = alt(
    map(access.askedWho, (test) => ({ may: test, did: null })),
    map(j('ユーザー', 'ユーザ', '人', '担当者', '利用者'), () => ({ may: null, did: {} })),
    map(j('IAMユーザー', 'IAMユーザ'), () => ({ may: null, did: { identityTypes: ['IAMUser'] } })),
  );
  /** 復号できるキー: what is done, before the keys. */
  const act: Parser<Act> = alt(
    map(seq(may, keys), ([doing, of]): Act => ({ ...doing, of })),
    map(seq(when, did, keys), ([at, test, of]): Act => ({ did: test, at, of })),
  );
  /** 最も多くのキー, 4個以上のキー: how many keys, before what is done with them. */
  const many = alt(
    map(seq(superlative, j('多くの', '多く', 'たくさんの'), keys), ([, , of]) => ({
      chosen: ranked('desc', 'ties'),
      of,
    })),
    map(seq(bounded, opt(j('の')), keys), ([chosen, , of]) => ({ chosen, of })),
    map(seq(keys, j('を', 'に'), bounded), ([of, , chosen]) => ({ chosen, of })),
  );
  const chosenAct = alt(
    map(seq(many, j('を', 'で', 'に', 'へ'), may), ([{ chosen, of }, , doing]) => ({
      chosen,
      act: { ...doing, of },
    })),
    map(seq(when, many, j('を', 'で', 'に'), did), ([at, { chosen, of }, , test]) => ({
      chosen,
      act: { did: test, at, of },
    })),
  );
  /** Who is counted; a user is one of IAM, where somebody is anyone. */
  const counted: Parser<PermissionTest> = alt(
    map(j('ユーザー', 'ユーザ'), (): PermissionTest => ({ types: ['USER'] })),
    expand(
      (chart, at) =>
        /^ユーザ/u.test(textOf(chart.tokens.slice(at, at + 3))) ? [] : access.askedWho(chart, at),
      // Which accounts those others are in is not what tells them apart.
      (test): readonly PermissionTest[] => (test.otherAccount ? [] : [test]),
    ),
  );
  const able: Parser<readonly string[] | null> = expand(access.ability, ({ levels, ending }) =>
    ending.negated ? [] : [levels],
  );
  const ableOf: Parser<readonly string[] | null> = expand(access.ability, ({ levels, ending }) =>
    ending.negated || ending.slot !== 'attributive' ? [] : [levels],
  );
  const target: Parser<Filter> = map(
    opt(seq(alt(particular, keys), j('を', 'に', 'で', 'へ', 'を使って', 'に対して'), comma)),
    (of): Filter => of?.[0] ?? everything,
  );
  return rule(() =>
    alt(
      // 復号できるロールは何個, alias/ordersを使えるのは何人
      map(
        seq(target, ableOf, counted, alt(numberOfThem, seq(opt(j('は', 'って')), howMany))),
        ([of, levels, test]) => numberOf(of, levels, test),
      ),
      map(seq(target, ableOf, j('のは', 'のって'), howManyPeople), ([of, levels]) =>
        numberOf(of, levels, {}),
      ),
      // 何個のロールが復号できますか, 何人がalias/ordersを使えますか
      map(
        seq(
          target,
          alt(
            map(seq(j(...numbersOf), counted, j('が', 'に', 'は')), ([, test]) => test),
            map(j('何人が', '何名が'), (): PermissionTest => ({})),
          ),
          opt(j('実際に', '現在', '今')),
          target,
          able,
          ka,
        ),
        ([before, test, , behind, levels]) => numberOf(allOf(before, behind), levels, test),
      ),
      expand(seq(chosenAct, who, opt(top), shown, listTail), ([{ chosen, act: a }, w, n]) =>
        plans(a, w, chosen, n),
      ),
      // 復号できるキーが4個以上のIAMユーザー
      expand(
        seq(act, number, bounded, opt(j('の', 'ある')), who, shown, listTail),
        ([a, , chosen, , w]) => plans(a, w, chosen, null),
      ),
      // 使ったキーが多いユーザー上位5人
      expand(
        seq(
          act,
          number,
          opt(superlative),
          table<'asc' | 'desc'>([
            ['多い', 'desc'],
            ['少ない', 'asc'],
          ]),
          opt(top),
          who,
          opt(top),
          shown,
          listTail,
        ),
        ([a, , most, direction, before, w, behind]): readonly Plan[] => {
          if (before !== null && behind !== null) return [];
          const n = before ?? behind;
          return plans(a, w, ranked(direction, most && n === null ? 'ties' : null), n);
        },
      ),
      // 外部アカウントごとの、アクセスできるキーの数
      expand(
        seq(
          who,
          j('ごと', '別', '毎'),
          opt(j('の', 'に', 'で')),
          comma,
          act,
          countNoun,
          opt(byNumber),
          listed,
        ),
        ([w, , , , a, , order]) => plans(a, w, order ?? unranked, null),
      ),
    ),
  );
}

const numbersOf = [
  '何人の',
  '何名の',
  '何個の',
  'いくつの',
  '何件の',
  'どれだけの',
  'どのくらいの',
];
/** 何人いますか. */
const howManyPeople: Parser<unknown> = seq(
  opt(j('全部で', '合計で', '現在', '今')),
  j('何人', '何名', '何人くらい', '何アカウント', '何ロール', '何ユーザー'),
  j(
    '',
    'ですか',
    'でしょうか',
    'いますか',
    'います',
    'いる',
    'いるか',
    'いるの',
    'か',
    'になりますか',
  ),
);
const numberOfThem: Parser<unknown> = alt(
  seq(j('は', 'って', 'が', ''), howManyPeople),
  seq(alt(countNoun, j('の人数', '人数')), numberTail),
);

/** How many different ones may do something, however many permissions each has. */
function numberOf(of: Filter, levels: readonly string[] | null, who: PermissionTest): Plan {
  const column = columnOfWhoMay(who);
  const test = levels ? { ...who, levels: [...levels] } : who;
  return {
    ...listOf('permissions', allOf({ is: 'access', test }, present({ column }), ofKey(of))),
    measure: { kind: 'distinct', column },
  };
}

function plans(act: Act, who: Who, chosen: Chosen, limit: number | null): readonly Plan[] {
  const rows = rowsOf(act, who);
  if (!rows || (chosen.having && limit !== null)) return [];
  const { entity, filter, column } = rows;
  return [
    {
      ...listOf(entity, allOf(filter, present({ column }), ofKey(act.of))),
      measure: { kind: 'count', keys: true },
      groupBy: [{ column }],
      ...chosen,
      limit: limit ?? chosen.limit,
    },
  ];
}

/** The rows that show what someone may do or did, and the column that tells one from another. */
function rowsOf(act: Act, who: Who): (Pick<Plan, 'entity' | 'filter'> & { column: string }) | null {
  if ('may' in act) {
    if (!who.may) return null;
    const test = act.may ? { ...who.may, levels: [...act.may] } : who.may;
    return {
      entity: 'permissions',
      filter: { is: 'access', test },
      column: columnOfWhoMay(who.may),
    };
  }
  if (!who.did) return null;
  const test: UsageTest = { category: 'CRYPTO', ...act.did, ...who.did };
  return { entity: 'usage', filter: allOf({ is: 'event', test }, act.at), column: 'username' };
}
