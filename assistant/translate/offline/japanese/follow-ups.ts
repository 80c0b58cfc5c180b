import { alt, expand, map, opt, type Parser, seq } from '../grammar/chart.ts';
import { valueFilter } from '../grammar/places.ts';
import { useLevels } from '../plan/filter-to-words.ts';
import type { Moment } from '../plan/moment.ts';
import {
  allOf,
  anyOf,
  type Comparison,
  type Dimension,
  eachFact,
  type Fact,
  type Filter,
  factsOf,
  isAggregate,
  isEverything,
  listOf,
  noneOf,
  onlyChangesNothing,
  type PermissionTest,
  type Plan,
  partsOf,
  type UsageTest,
} from '../plan/plan.ts';
import {
  asParts,
  asPartsOrShare,
  byAnother,
  costed,
  counted,
  forPeriod,
  insteadOf,
  listed,
  meantBy,
  narrow,
  type Refine,
  regroup,
  replace,
  replaced,
  subjectOf,
  usersOf,
  widen,
} from '../plan/refine.ts';
import { keysOfRows } from '../plan/refine-rows.ts';
import { isList } from '../plan/says.ts';
import { levelNouns } from './access.ts';
import { comma, countNoun, howMany, ka, listTail, numberTail, request } from './asking.ts';
import { caller } from './callers.ts';
import type { GrammarContext } from './context.ts';
import { dimension, grouping } from './dimensions.ts';
import type { KeyConditions } from './key-conditions.ts';
import { j, table } from './literals.ts';
import { type NounPhrases, topN } from './noun-phrases.ts';
import { comparing, counter, number, wholeNumber } from './numbers.ts';
import { period } from './time.ts';
import { doings } from './usage-questions.ts';

/** What begins a follow-up without changing what is asked for. */
const lead = opt(
  j(
    'では',
    'じゃあ',
    'それでは',
    'それなら',
    'そのうち',
    'その中で',
    'このうち',
    'この中で',
    'そのうちで',
    'それらのうち',
    'その中の',
    'また',
    'あと',
    'そして',
    'さらに',
    '次に',
    'その中から',
    'うち',
    'それを',
    'これを',
    'それらを',
    'それは',
    'これは',
    'それらは',
  ),
);
/** What a use is for says nothing of keys where who may or did is asked: 署名は？ */
const ofKeys =
  (filter: Filter): Refine =>
  (plan) => {
    if (plan.entity === 'permissions' && 'is' in filter && filter.is === 'access') {
      return amongThoseWhoMay(filter.test, plan);
    }
    return plan.entity !== 'keys' &&
      factsOf(filter).some((f) => f.is === 'value' && f.column === 'key_usage')
      ? []
      : narrow(filter)(plan);
  };

/** そのうち外部からアクセスできるのは？ of who may: those of them who are such; what else they may is another question. */
function amongThoseWhoMay({ trust, types, otherAccount, ...more }: PermissionTest, plan: Plan) {
  const such = {
    ...(trust ? { trust } : {}),
    ...(types ? { types } : {}),
    ...(otherAccount ? { otherAccount } : {}),
  };
  const parts = partsOf(plan.filter);
  const [may, ...others] = parts.filter((p) => 'is' in p && p.is === 'access');
  if (!may || !('is' in may) || may.is !== 'access' || others.length > 0) return [];
  const { test } = may;
  const told = test.trust ?? test.types ?? test.grantee ?? test.otherAccount ?? test.butNot;
  if (told !== undefined || Object.keys(more).length > 0 || Object.keys(such).length === 0)
    return [];
  const those: Filter = { ...may, test: { ...test, ...such } };
  return [{ ...plan, filter: allOf(...parts.map((p) => (p === may ? those : p))) }];
}

/**
 * An account after one that may use keys is another one that may, or where the keys are: which, is asked
 * back.
 */
const whereOrWho =
  (place: Filter): Refine =>
  (plan) => {
    const parts = partsOf(plan.filter);
    const who = parts.find(
      (p) => 'is' in p && p.is === 'access' && p.test.grantee && 'account' in p.test.grantee,
    );
    const account =
      'is' in place && place.is === 'value' && place.column === 'account_id'
        ? place.values[0]
        : undefined;
    if (!account || !who || !('is' in who) || who.is !== 'access') return narrow(place)(plan);
    const other: Filter = { ...who, test: { ...who.test, grantee: { account } } };
    const instead = { ...plan, filter: allOf(...parts.map((p) => (p === who ? other : p))) };
    return [instead, ...narrow(place)(plan)];
  };

/** A plan by these groups: those it has, or where it has none, its numbers by them. */
function byGroup(plan: Plan, of: Dimension | null): readonly Plan[] {
  if (of === null) return [plan];
  const [group, ...more] = plan.groupBy;
  if (plan.measure.kind === 'list') return [];
  if (!group) return [{ ...plan, groupBy: [of] }];
  return more.length === 0 && JSON.stringify(group) === JSON.stringify(of) ? [plan] : [];
}

/** The first or last so many, in the order that a plan has, or by the value of its groups. */
function cutAt(plan: Plan, direction: 'asc' | 'desc', limit: number): readonly Plan[] {
  if (plan.groupBy.length > 0 && (!plan.orderBy || plan.orderBy.by === 'value')) {
    const kept = direction === 'desc' && plan.orderBy ? plan.orderBy.direction : direction;
    return [{ ...plan, orderBy: { by: 'value', direction: kept }, limit }];
  }
  return direction === 'desc' ? [{ ...plan, limit }] : [];
}

/** What was done, by anyone or by someone, among the conditions of a plan. */
const doneIn = (plan: Plan) => factsOf(plan.filter).filter((f) => f.is === 'event');

const unlessDone =
  (refine: Refine): Refine =>
  (plan) =>
    doneIn(plan).length > 0 ? [] : refine(plan);

/** The same, done by someone, or by someone else; of both what he used and what he changed. */
const doneBy =
  (who: Partial<UsageTest>): Refine =>
  (plan) => {
    const done = doneIn(plan);
    const before = new Set(done.map((f) => JSON.stringify(whoOf(f))));
    if (done.length === 0 || before.size > 1) return [];
    const [first] = done;
    const tests = first?.is === 'event' ? byAnother(first.test, who) : [];
    const turned = (filter: Filter, way: number): Filter => {
      if ('is' in filter) {
        const test = filter.is === 'event' ? byAnother(filter.test, who)[way] : undefined;
        return test ? { is: 'event', test } : filter;
      }
      if ('and' in filter) return allOf(...filter.and.map((f) => turned(f, way)));
      return 'or' in filter ? anyOf(...filter.or.map((f) => turned(f, way))) : filter;
    };
    const isDone = (filter: Filter) => doneIn({ ...plan, filter }).every((f) => !done.includes(f));
    return done.some(saysMore)
      ? []
      : tests
          .map((_, way) => turned(plan.filter, way))
          .flatMap((filter) => (isDone(filter) ? [{ ...plan, filter }] : []));
  };

const whoOf = (fact: Fact): Partial<UsageTest> => {
  if (fact.is !== 'event') return {};
  const { callers, callerAccount, services, addresses } = fact.test;
  return { callers, callerAccount, services, addresses };
};
/** Whoever it was, told in another way besides. */
const saysMore = (fact: Fact) =>
  fact.is === 'event' &&
  (fact.test.butNot ?? fact.test.callerFrom ?? fact.test.identityTypes) !== undefined;

/** Of what was done by anyone, what he did; of what someone else did, the same by him. */
const hisOf =
  (who: Partial<UsageTest>): Refine =>
  (plan) => {
    const [only, ...more] = doneIn(plan);
    const named = only && Object.values(whoOf(only)).some((v) => v !== undefined);
    if (!only || more.length > 0 || saysMore(only)) return [];
    if (named) return doneBy(who)(plan);
    const his = (fact: Fact): Fact =>
      fact === only && fact.is === 'event' ? { ...fact, test: { ...fact.test, ...who } } : fact;
    return plan.limit === null ? [{ ...plan, filter: eachFact(plan.filter, his) }] : [];
  };

/** 前年同期: the same stretch of the calendar, so many months earlier, of the one time that was spoken of. */
const earlier =
  (months: number): Refine =>
  (plan) => {
    const [only, ...more] = factsOf(plan.filter).filter((f) => f.is === 'time');
    if (only?.is !== 'time' || more.length > 0) return [];
    const [from, to] = [monthsBefore(only.from, months), monthsBefore(only.to, months)];
    if (!from || !to) return [];
    const other: Fact = { ...only, from, to };
    return [{ ...plan, filter: eachFact(plan.filter, (f) => (f === only ? other : f)) }];
  };
/**
 * The same day of an earlier month; null for a moment that is none of the calendar, and around the end of
 * February, whose length differs.
 */
function monthsBefore(moment: Moment | null, months: number): Moment | null {
  if (!moment || !('at' in moment)) return null;
  const day = new Date(moment.at);
  if (day.getUTCMonth() === FEBRUARY && day.getUTCDate() >= LAST_SURE_DAY) return null;
  day.setUTCMonth(day.getUTCMonth() - months);
  return { at: day.toISOString() };
}
const FEBRUARY = 1;
const LAST_SURE_DAY = 28;

const severity = table([
  ...['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO'].map((code) => [code, code] as const),
  ...['重大', '重大な', 'クリティカル', 'クリティカルな'].map((w) => [w, 'CRITICAL'] as const),
]);

/** The same for another severity; findings, and keys by their findings, of this one only. */
const ofSeverity =
  (code: string): Refine =>
  (plan) => {
    const parts = partsOf(plan.filter);
    const worst = parts.find((p) => 'is' in p && p.is === 'value' && p.column === 'max_severity');
    const found = parts.find((p) => 'is' in p && p.is === 'severity');
    const fact: Filter = worst
      ? { is: 'value', column: 'max_severity', values: [code] }
      : {
          ...(found && 'is' in found && found.is === 'severity' ? found : {}),
          is: 'severity',
          severities: [code],
        };
    if (!worst && !found && plan.entity === 'keys') {
      return narrow({ is: 'value', column: 'max_severity', values: [code] })(plan);
    }
    if (!worst && !found && plan.entity !== 'concerns') return [];
    const kept = parts.filter((p) => p !== worst && p !== found);
    return [{ ...plan, filter: allOf(...kept, fact) }];
  };

/** Those of another severity as well. */
const alsoOfSeverity =
  (code: string): Refine =>
  (plan) => {
    const parts = partsOf(plan.filter);
    const graded = parts.filter(
      (p) =>
        'is' in p && (p.is === 'severity' || (p.is === 'value' && p.column === 'max_severity')),
    );
    const [only, ...more] = graded;
    if (!only || more.length > 0 || !('is' in only)) return [];
    const other: Filter =
      only.is === 'severity'
        ? { ...only, severities: [code] }
        : { is: 'value', column: 'max_severity', values: [code] };
    return [{ ...plan, filter: allOf(...parts.filter((p) => p !== only), anyOf(only, other)) }];
  };

/** Of numbers in groups: the rows of all of them. */
const ungrouped = (plan: Plan): Plan =>
  plan.limit === null && plan.having === null ? { ...plan, groupBy: [], orderBy: null } : plan;

/** Behind some of what was counted, that they are to be shown: だけ一覧にして, を明細で, はどれ. */
const toBeSeen: Parser<unknown> = seq(
  opt(j('だけ', 'のみ', 'に絞って', 'だけに絞って', 'に限って')),
  alt(
    seq(
      j('', 'を', 'は', 'の'),
      j('一覧', '明細', 'リスト', '一覧表', '詳細', '個別'),
      j('', 'で', 'に', 'を', 'が', 'は', '表示', '化'),
      alt(
        j('', 'お願い', 'お願いします', 'お願いできますか', 'ください', 'して', 'してください'),
        seq(j('して', 'し'), j('もらえますか', 'いただけますか', 'ほしい', 'てほしい', 'たい')),
        request,
      ),
    ),
    seq(
      j('を', '', 'は'),
      j('全部', 'すべて', '全て', ''),
      j('見せて', '列挙して', '挙げて', '表示して', 'リストアップして'),
      j('', 'ください', 'もらえますか', 'いただけますか', 'ほしい', 'ほしいです', 'くれますか'),
    ),
    seq(
      j('は', 'って', 'だと'),
      j('どれ', 'どのキー'),
      j('', 'ですか', 'でしょうか', 'か', 'なの'),
    ),
  ),
);

/** What was found wrong with the keys, where the answer is of keys with something wrong. */
const reasons =
  (asked: Filter | null): Refine =>
  (plan) => {
    // Why an account could not be read stands in its rows.
    if (plan.entity === 'coverage') return asked === null && isList(plan) ? [plan] : [];
    if (plan.entity !== 'keys') return [];
    const graded = asked && partsOf(asked).length === 1 ? gradedSo(asked, plan) : null;
    if (graded) return [graded];
    const parts = partsOf(plan.filter).map((p) => JSON.stringify(p));
    const same = asked === null || partsOf(asked).every((p) => parts.includes(JSON.stringify(p)));
    return same ? [listOf('concerns', { key: plan.filter })] : [];
  };

/** なぜHIGHなんですか, of keys with something as severe: what was found of that severity. */
function gradedSo(asked: Filter, plan: Plan): Plan | null {
  if (!('is' in asked) || asked.is !== 'value' || asked.column !== 'max_severity') return null;
  const [code = ''] = asked.values;
  const severe = partsOf(plan.filter).some(
    (p) =>
      'is' in p && p.is === 'severity' && p.severities.length > 1 && p.severities.includes(code),
  );
  return severe
    ? listOf('concerns', allOf({ is: 'severity', severities: [code] }, { key: plan.filter }))
    : null;
}

/** キャンセルされたものは, of deletions that were scheduled. */
const cancelled: Refine = (plan) => {
  const events = factsOf(plan.filter).filter((f) => f.is === 'event');
  const [only, ...more] = events;
  if (only?.is !== 'event' || more.length > 0 || plan.limit !== null) return [];
  if (only.test.operations?.join() !== 'ScheduleKeyDeletion') return [];
  const other: Fact = { is: 'event', test: { ...only.test, operations: ['CancelKeyDeletion'] } };
  return [{ ...plan, filter: eachFact(plan.filter, (f) => (f === only ? other : f)) }];
};

/** 一番早く消えるのはいつ, of keys that wait for their deletion or may: the first of them, with its day. */
const firstDeleted: Refine = (plan) => {
  if (plan.entity !== 'keys' || plan.limit !== null) return [];
  const states = partsOf(plan.filter).filter((p) => subjectOf(p) === 'key_state');
  const waiting: Filter = { is: 'value', column: 'key_state', values: ['PendingDeletion'] };
  const others = states.filter((p) => JSON.stringify(p) !== JSON.stringify(waiting));
  if (others.length > 0) return [];
  return [
    {
      ...listOf('keys', states.length > 0 ? meantBy(plan) : allOf(meantBy(plan), waiting)),
      orderBy: { by: 'deletion_at', direction: 'asc' },
      limit: 'ties',
    },
  ];
};

/** Only these operations, of events of any. */
const onlyOperations =
  (operations: readonly string[]): Refine =>
  (plan) => {
    const parts = partsOf(plan.filter);
    const open = parts.filter(
      (p) =>
        'is' in p && p.is === 'event' && p.test.category === 'MANAGEMENT' && !p.test.operations,
    );
    const [only, ...more] = open;
    if (plan.entity !== 'usage' || more.length > 0) return [];
    if (!only || !('is' in only) || only.is !== 'event') return [];
    const those: Filter = { is: 'event', test: { ...only.test, operations: [...operations] } };
    return [{ ...plan, filter: allOf(...parts.filter((p) => p !== only), those) }];
  };

/** The accounts outside that may use the keys, where those are what the answer is about. */
function accountsThatMay(plan: Plan): readonly Plan[] {
  const parts = partsOf(plan.filter);
  const may = parts.filter(
    (p) =>
      'is' in p &&
      p.is === 'access' &&
      !p.test.grantee &&
      (p.test.otherAccount === true || p.test.trust?.includes('EXTERNAL') === true),
  );
  const [only, ...more] = may;
  if (!only || more.length > 0) return [];
  const rest = allOf(...parts.filter((p) => p !== only));
  const filter = allOf(
    only,
    { is: 'present', column: 'principal_account' },
    ...(isEverything(rest) ? [] : [{ key: rest }]),
  );
  return [
    {
      ...listOf('permissions', filter),
      measure: { kind: 'count', keys: true },
      groupBy: [{ column: 'principal_account' }],
    },
  ];
}

/** The plan without what it says of these places. */
const anywhere =
  (columns: readonly string[]): Refine =>
  (plan) => {
    const parts = partsOf(plan.filter);
    const kept = parts.filter((p) => !columns.includes(subjectOf(p) ?? ''));
    return kept.length < parts.length ? [{ ...plan, filter: allOf(...kept) }] : [];
  };

/** Who may do something else with the same keys. */
const forLevels =
  (levels: readonly string[]): Refine =>
  (plan) => {
    const parts = partsOf(plan.filter);
    const [may, ...more] = parts.filter((p) => 'is' in p && p.is === 'access');
    if ((plan.entity !== 'permissions' && plan.entity !== 'keys') || more.length > 0) return [];
    if (!may || !('is' in may) || may.is !== 'access') return [];
    const other: Filter = { ...may, test: { ...may.test, levels: [...levels] } };
    return [{ ...plan, filter: allOf(...parts.map((p) => (p === may ? other : p))) }];
  };

/** Who may do even this, of those who may do anything. */
const evenLevels =
  (levels: readonly string[]): Refine =>
  (plan) =>
    factsOf(plan.filter).some((f) => f.is === 'access' && f.test.levels !== undefined)
      ? []
      : forLevels(levels)(plan);

/** Of another amount: of the one condition on what a key costs. */
const ofAmount =
  (op: Comparison, value: number): Refine =>
  (plan) => {
    const parts = partsOf(plan.filter);
    const [cost, ...more] = parts.filter(
      (p) => 'is' in p && p.is === 'number' && p.column.endsWith('cost_usd'),
    );
    if (!cost || !('is' in cost) || cost.is !== 'number' || more.length > 0) return [];
    const other: Filter = { ...cost, op, value };
    return [{ ...plan, filter: allOf(...parts.map((p) => (p === cost ? other : p))) }];
  };

/** Percentages of groups; of what is no group, free reading tells. */
const ofGroups: Refine = (plan) => (plan.groupBy.length > 0 ? asPartsOrShare(plan) : []);
const percent = [
  '割合',
  '比率',
  'パーセント',
  'パーセンテージ',
  '百分率',
  '%',
  '何%',
  '何パーセント',
  'それぞれ何%',
  'それぞれ何パーセント',
  'それぞれの割合',
  'それぞれ割合',
];
const parts = [
  '構成比',
  '構成比率',
  'シェア',
  '全体に占める割合',
  '全体に対する割合',
  '全体の割合',
  '全体の何%',
  '全体の何パーセント',
  '全体の%',
  '全体に占める比率',
  '内訳の割合',
  '何%ずつ',
  '何パーセントずつ',
  'それぞれ全体の何%',
];

const them = j(
  'それ',
  'これ',
  'それら',
  'これら',
  'そのキー',
  'これらのキー',
  'それらのキー',
  'キー',
  'その結果',
  '結果',
  '全部',
);
const only = j(
  'だけ',
  'のみ',
  'に絞って',
  'に限定して',
  'だけに絞って',
  'のみに絞って',
  'に限ると',
  'に絞ると',
  'に限って',
  'だけを',
  'のみを',
);

/**
 * What may follow an answer: conditions that narrow it (本番だけ), another grouping (リージョン別では？),
 * another measure (それは何件？), another order.
 */
export function followUps(
  context: GrammarContext,
  { before, predicate, places, noun, access, particular }: KeyConditions,
  { ordering }: NounPhrases,
): Parser<Refine> {
  const dim = dimension('keys', context);
  const thing = alt(
    j('もの', 'の', 'やつ', '物', '分', 'ぶん', 'の分', ''),
    map(noun, () => 'キー'),
  );
  // 東京も adds to what was asked before.
  const alone: Parser<unknown> = (chart, at) =>
    chart.tokens[at]?.text === 'も' ? [] : listTail(chart, at);
  const someone = caller(context.names);
  /** bobは？ is who did it, where someone else did it before, though keys may have a tag of his name. */
  const placeAlone: Parser<Refine> = (chart, at) => {
    const people = new Set(someone(chart, at).map(({ end }) => end));
    return places.place(chart, at).map(({ value, end }) => ({
      value: people.has(end) ? unlessDone(whereOrWho(value)) : whereOrWho(value),
      end,
    }));
  };
  const tail = alt(
    alone,
    seq(only, opt(request)),
    seq(
      only,
      j('なら', 'だと', 'では', 'だったら', 'の場合は', 'の場合', 'で', 'にすると'),
      opt(j('どれ', 'どれですか', 'どのキー', 'どう', 'どうですか', 'どうなりますか')),
    ),
    seq(
      j(
        'では',
        'だと',
        'の場合は',
        'ならどう',
        'はどう',
        'についてはどう',
        'の場合',
        'なら',
        'だったら',
        'はどうですか',
        'についてはどうですか',
      ),
      j('', 'ですか', 'か', 'どう', 'どうですか'),
    ),
  );
  // No rule: what it finds are functions, which cannot be told apart by their text.
  return alt(
    // 本番だけ, 東京では？, 東京は？
    map(seq(lead, comma, placeAlone, tail), ([, , refine]) => refine),
    // 東京のものを見せて, platformチームの分を明細で after a number: those themselves.
    map(
      seq(lead, comma, alt(before, places.place), thing, toBeSeen),
      ([, , f, what]): Refine =>
        (plan) => {
          // 東京の一覧 after groups may be that group, or its rows.
          const clear = plan.groupBy.length === 0 || /もの|やつ|物|分|ぶん|キー/u.test(what);
          return plan.entity !== 'keys' || isList(plan) || !clear
            ? []
            : ofKeys(f)(ungrouped(plan)).flatMap(listed);
        },
    ),
    // aliceは？, aliceについても同様に, of what someone else did.
    map(
      seq(
        lead,
        comma,
        someone,
        j(
          ...[
            'は',
            'では',
            'だと',
            'なら',
            'だったら',
            'の場合は',
            'のは',
            'のものは',
            'が使ったのは',
          ],
          ...[
            'についても同様に',
            'についても同じく',
            'についても',
            'も同様に',
            'も同じく',
            'についてはどう',
          ],
          ...['はどう', 'はどうですか', 'についてはどうですか', 'について'],
        ),
      ),
      ([, , who]) => doneBy(who),
    ),
    // 前年同期は？
    map(
      seq(
        lead,
        comma,
        table<number>(
          ['前年', '昨年', '去年', '一年前', '1年前'].flatMap((year) =>
            [
              '同期',
              'の同期',
              '同期間',
              'の同期間',
              'の同じ期間',
              'の同じ時期',
              'の同時期',
              '同時期',
              '同月',
              'の同じ月',
              'の同月',
            ].map((same) => [`${year}${same}`, 12] as const),
          ),
        ),
        alt(tail, j('と比べると', 'の数は', '分は')),
      ),
      ([, , months]) => earlier(months),
    ),
    // その中でbobがやったものは？
    map(
      seq(
        lead,
        comma,
        someone,
        opt(j('さん')),
        j('が', 'の', 'による'),
        j('やった', '行った', '実行した', '実施した', 'した', ''),
        j('もの', 'やつ', '分', 'の', '操作', '変更'),
        alt(alone, only, j('は', 'はどれ', 'はある', 'はありますか', 'はあった')),
      ),
      ([, , who]) => hisOf(who),
    ),
    map(seq(lead, comma, before, thing, tail), ([, , f]) => ofKeys(f)),
    // 暗号化できるのは？ of who may: the same for another use.
    expand(
      seq(
        lead,
        comma,
        alt(
          expand(access.ability, ({ levels, ending }) => (ending.negated ? [] : [levels])),
          levelNouns,
        ),
        j('', 'の', '人', 'の人', '者', 'ユーザー', 'プリンシパル'),
        j('は', 'って', 'は誰', 'なら', 'だと', 'では', 'だったら', 'の場合は', 'は誰ですか'),
      ),
      ([, , levels]): readonly Refine[] => (levels ? [forLevels(levels)] : []),
    ),
    map(
      seq(
        lead,
        comma,
        predicate,
        j('だけ', 'ものだけ', 'のだけ', 'もののみ', 'のみ', 'のは', 'ものは'),
      ),
      ([, , f]) => ofKeys(f),
    ),
    expand(seq(lead, comma, before, thing, only, opt(request)), ([, , f]): readonly Refine[] =>
      onlyChangesNothing(f) ? [narrow(f)] : [],
    ),
    map(
      seq(lead, comma, places.place, j('も', 'も含めて', 'も追加して', 'も加えて'), opt(request)),
      ([, , f]) => widen(f),
    ),
    map(
      seq(lead, comma, before, thing, j('も', 'も含めて', 'も追加して', 'も加えて'), opt(request)),
      ([, , f]) => widen(f),
    ),
    map(seq(j('代わりに', 'かわりに'), comma, before, thing, tail), ([, , f]) => replace(f)),
    // audit-prod-backupでは？ of another key than before.
    map(
      seq(
        lead,
        comma,
        alt(particular, map(context.names.named(['alias'], false), valueFilter)),
        tail,
      ),
      ([, , f]): Refine =>
        (plan) =>
          partsOf(plan.filter).some((p) => subjectOf(p) === 'key')
            ? [{ ...plan, filter: replaced(plan.filter, plan.entity === 'keys' ? f : { key: f }) }]
            : [],
    ),
    // 無効なものは除いて
    expand(
      seq(
        lead,
        comma,
        alt(before, places.place),
        thing,
        j('は', 'を', ''),
        j(
          '除いて',
          '除いてください',
          '除く',
          '除外して',
          '除外してください',
          '除外',
          '抜いて',
          '外して',
          '以外',
          '除いたら',
          '除くと',
          '除いた場合',
          '除いた場合は',
          '除外したら',
          '除外すると',
          '除外した場合は',
        ),
        opt(request),
      ),
      ([, , f]): readonly Refine[] => [narrow(noneOf(f))],
    ),
    // CRITICALだけ, HIGHは？: the severity, whether of findings or the worst of a key.
    map(seq(lead, comma, severity, opt(thing), tail), ([, , s]) => ofSeverity(s)),
    map(
      seq(
        lead,
        comma,
        severity,
        opt(thing),
        j('も', 'も含めて', 'も追加して', 'も加えて', 'も入れて', 'も足して'),
        opt(request),
      ),
      ([, , s]) => alsoOfSeverity(s),
    ),
    // ポリシー変更だけ, of what was done.
    map(
      seq(
        lead,
        comma,
        table<readonly string[]>(
          doings.flatMap(([words, operations]) =>
            operations ? words.map((w) => [w, operations] as const) : [],
          ),
        ),
        tail,
      ),
      ([, , operations]) => onlyOperations(operations),
    ),
    map(
      seq(
        lead,
        comma,
        j(
          ...['一番', '最も', 'いちばん', 'もっとも'].flatMap((most) => [
            `${most}早く`,
            `${most}先に`,
            `${most}最初に`,
          ]),
          '最初に',
          '真っ先に',
        ),
        j('消える', '削除される', '消される', 'なくなる', '消えてしまう'),
        opt(j('予定の')),
        alt(
          j('の', 'もの', 'やつ'),
          map(noun, () => 'キー'),
        ),
        j('', 'は', 'って'),
        j('', 'いつ', 'どれ', 'どのキー', '何'),
        j('', 'ですか', 'でしょうか', 'か', 'なの'),
      ),
      () => firstDeleted,
    ),
    // キャンセルされたものは？
    map(
      seq(
        lead,
        comma,
        j('キャンセル', '取り消し', '取消し', '取り消', '取りやめ', '撤回', '中止'),
        j('され', 'し', ''),
        j('た', 'ている', 'てる'),
        j('もの', 'の', 'やつ', '分', 'キー', '鍵'),
        tail,
      ),
      () => cancelled,
    ),
    // 管理権限まで持っているのは？, 復号まで許可しているものは？: of those who may, or may use those keys.
    map(
      seq(
        lead,
        comma,
        levelNouns,
        j('まで', 'も', 'をも'),
        j(
          ...['持っ', '許可し', '渡し', '与え', '付与し', 'でき', '許し', '許可され'].flatMap(
            (v) => [`${v}ている`, `${v}てる`, `${v}ていた`],
          ),
          '持つ',
          'ある',
          'できる',
        ),
        alt(
          j('もの', 'の', 'やつ', 'ロール', '人', '相手'),
          map(noun, () => 'キー'),
        ),
        alt(alone, seq(only, opt(request))),
      ),
      ([, , levels]) => (levels ? evenLevels(levels) : () => []),
    ),
    // 年間だと？
    map(
      seq(
        lead,
        comma,
        j('年間', '年額', '1年間', '1年分', '年'),
        j(
          'だと',
          'では',
          'なら',
          'で',
          'にすると',
          'に換算すると',
          '換算だと',
          'だといくら',
          'でいくら',
          'ではいくら',
        ),
        j('', 'ですか', 'か', 'になる', 'になりますか'),
      ),
      (): Refine => (plan) =>
        'column' in plan.measure &&
        plan.measure.kind === 'sum' &&
        plan.measure.column === 'monthly_cost_usd'
          ? [{ ...plan, measure: { kind: 'sum', column: 'yearly_cost_usd' } }]
          : [],
    ),
    // 100以上だけ: the groups with so much.
    expand(
      seq(
        lead,
        comma,
        number,
        opt(alt(counter, j('ドル'))),
        comparing,
        opt(j('の')),
        j(
          'だけ',
          'のみ',
          'ものだけ',
          'もののみ',
          'に絞って',
          'ものに絞って',
          'に限定して',
          'アカウントだけ',
          'リージョンだけ',
        ),
        opt(request),
      ),
      ([, , value, , { op, ending }]): readonly Refine[] =>
        ending?.negated
          ? []
          : [
              (plan) =>
                plan.groupBy.length > 0 && !isList(plan) && plan.limit === null
                  ? [{ ...plan, having: { op, value } }]
                  : [],
            ],
    ),
    // 新しい順: events, by when they were.
    map(
      seq(
        lead,
        comma,
        table<'asc' | 'desc'>([
          ...[
            '新しい順',
            '新しいものから',
            '最新順',
            '直近順',
            '日時の新しい順',
            '日付の新しい順',
          ].map((w) => [w, 'desc'] as const),
          ...[
            '古い順',
            '古いものから',
            '時系列順',
            '時系列',
            '日時順',
            '日付順',
            '日時の古い順',
            '日付の古い順',
          ].map((w) => [w, 'asc'] as const),
        ]),
        j('', 'に', 'で', 'に並べて', 'に並べ替えて', 'にして', 'でお願い', 'でお願いします'),
        opt(topN),
        opt(request),
      ),
      ([, , direction, , n]): Refine =>
        (plan) =>
          plan.entity === 'usage' && isList(plan)
            ? [{ ...plan, orderBy: { by: 'last_event_at', direction }, limit: n ?? plan.limit }]
            : [],
    ),
    // 少ない順に: the groups before, in the order of their values.
    map(
      seq(
        lead,
        comma,
        table<readonly ['asc' | 'desc', high: boolean]>([
          ...[
            '多い順',
            '大きい順',
            '降順',
            '多いもの順',
            '件数順',
            '本数順',
            '数順',
            'ランキング',
          ].map((w) => [w, ['desc', false]] as const),
          ...['少ない順', '小さい順', '昇順'].map((w) => [w, ['asc', false]] as const),
          ...['高い順', '高いもの順'].map((w) => [w, ['desc', true]] as const),
          ...['安い順', '低い順', '低いもの順'].map((w) => [w, ['asc', true]] as const),
        ]),
        j(
          ...[
            '',
            'に',
            'で',
            'に並べて',
            'で並べて',
            'に並べ替えて',
            'に並べかえて',
            'に並び替えて',
            'で並べ替えて',
            'に並べると',
            'に並べたい',
            'にして',
            'に直して',
            'に変えて',
            'にソート',
            'にソートして',
            'でソート',
            'でソートして',
            'でお願い',
            'でお願いします',
            'にできますか',
            'だと',
            'だとどうなる',
          ].flatMap((end) =>
            /て$/u.test(end) ? [end, `${end}ほしい`, `${end}もらえますか`] : [end],
          ),
        ),
        opt(topN),
        opt(request),
      ),
      ([, , [direction, high], , n]): Refine =>
        (plan) => {
          // A number of keys is none that is high: it may be what they cost that is meant.
          const canBeHigh =
            plan.measure.kind === 'share' ||
            plan.measure.kind === 'part' ||
            plan.measure.kind === 'avg' ||
            ('column' in plan.measure && plan.measure.column.endsWith('cost_usd'));
          return plan.groupBy.length > 0 && !isList(plan) && (!high || canBeHigh)
            ? [{ ...plan, orderBy: { by: 'value', direction }, limit: n ?? plan.limit }]
            : [];
        },
    ),
    // 復号できるものだけ: of those who may use them.
    expand(
      seq(
        lead,
        comma,
        access.ability,
        j('もの', 'やつ', 'キー', '鍵', 'の', '物'),
        alt(only, j('は', 'に限る', 'だけで', 'だけ見せて', 'だけにして', 'だけでいい')),
        alt(j(''), request, listTail),
      ),
      ([, , { levels, ending }]): readonly Refine[] =>
        levels && !ending.negated && ending.slot === 'attributive' ? [forLevels(levels)] : [],
    ),
    // どのアカウントのキー？: the rows by what they are of.
    ...(['keys', 'concerns', 'permissions', 'usage'] as const).map((entity) =>
      map(
        seq(
          lead,
          comma,
          j('どの', 'どこの'),
          dimension(entity, context),
          j('のキー', 'の鍵', 'のもの', 'のやつ', 'の'),
          j('', 'か', 'なの', 'ですか', 'でしょうか', 'か教えて', 'か教えてください'),
        ),
        ([, , , d]) => regroup([d], entity),
      ),
    ),
    // その鍵の今の状態は？
    map(
      seq(
        lead,
        comma,
        j('その', 'この', 'それらの', 'これらの', '各', 'それぞれの'),
        j('キー', '鍵', 'CMK'),
        j('の', 'の今の', 'の現在の', 'のいまの', 'は今どんな', 'は今どういう'),
        context.lexicon.columns.keys.parser,
        alt(
          j('', 'は', 'も', 'になっている', 'ですか', 'は何', 'はどう', 'はどうなっている'),
          listTail,
        ),
      ),
      ([, , , , , column]): Refine =>
        (plan) => {
          const keys = plan.entity === 'keys' ? listed(plan) : keysOfRows(plan);
          return keys.map((p) => ({ ...p, measure: { kind: 'list', show: [column] } }));
        },
    ),
    // 全リージョンでは: what was said of the place no longer holds.
    map(
      seq(
        lead,
        comma,
        table<readonly string[]>([
          ...['全リージョン', 'すべてのリージョン', '全てのリージョン', '全部のリージョン'].map(
            (w) => [w, ['region']] as const,
          ),
          ...['全アカウント', 'すべてのアカウント', '全てのアカウント', '全部のアカウント'].map(
            (w) => [w, ['account_id']] as const,
          ),
          ...['全体', '組織全体', '全社', 'すべて', '全部'].map(
            (w) => [w, ['region', 'account_id', 'ou']] as const,
          ),
        ]),
        j(
          'では',
          'だと',
          'で',
          'なら',
          'に広げて',
          'に広げると',
          'を対象に',
          'で見ると',
          'の場合は',
        ),
      ),
      ([, , columns]) => anywhere(columns),
    ),
    // 今度はOU別で: instead of the groups before, not below them.
    ...(['keys', 'concerns', 'permissions', 'usage'] as const).map((entity) =>
      map(
        seq(
          j('今度は', '代わりに', 'かわりに', '次は'),
          comma,
          grouping(entity, context),
          j('', 'で', 'では', 'は', 'だと', 'でお願い', 'でお願いします', 'で見せて', 'にして'),
        ),
        ([, , g]): Refine =>
          (plan) =>
            regroup(g, entity)({ ...plan, groupBy: [] }),
      ),
    ),
    map(
      seq(
        lead,
        comma,
        period,
        j(
          'では',
          'だと',
          'なら',
          'の場合は',
          'は',
          'に変えて',
          'にして',
          'ではどう',
          'だったら',
          '以上では',
          '以上なら',
          '以上だったら',
          '以上の場合は',
          '以上の場合',
          '以上にすると',
          '以上だと',
          'ではどうですか',
        ),
      ),
      ([, , p]) => forPeriod(p),
    ),
    // そのうち無効なものは何件
    map(
      seq(
        lead,
        comma,
        before,
        thing,
        alt(seq(j('は', 'が', ''), howMany), seq(countNoun, numberTail)),
      ),
      ([, , f]): Refine =>
        (plan) =>
          narrow(f)(plan).flatMap(counted),
    ),
    ...(['keys', 'concerns', 'permissions', 'usage'] as const).map((entity) =>
      map(
        seq(
          lead,
          comma,
          grouping(entity, context),
          alt(
            j('は', 'では', 'だと', '', 'も', 'にすると', 'では?'),
            // アカウントごとの内訳も: of whatever was counted or added up.
            seq(
              j('内訳', 'の内訳'),
              j('も', 'を', 'が', 'で', 'は', 'に', ''),
              alt(j('', 'お願い', 'お願いします', '欲しい', 'ほしい', '必要'), request),
            ),
            seq(
              j('', '数', '件数', 'の数', 'の件数', 'の内訳', 'キー数', 'のキー数', '内訳'),
              numberTail,
            ),
            howMany,
          ),
        ),
        ([, , g]) => regroup(g, entity),
      ),
    ),
    // アカウントごとの件数は, after what keys cost: their number.
    ...(['keys', 'concerns', 'permissions', 'usage'] as const).map((entity) =>
      map(
        seq(
          lead,
          comma,
          grouping(entity, context),
          alt(
            seq(
              j('数', '件数', 'の数', 'の件数', 'キー数', 'のキー数', '本数', 'の本数'),
              alt(
                numberTail,
                seq(j('も', 'で', 'に'), opt(alt(request, j('お願いします', 'ほしい')))),
              ),
            ),
            howMany,
          ),
        ),
        ([, , g]): Refine =>
          (plan) =>
            isAggregate(plan.measure) ? counted(plan).flatMap(regroup(g, entity)) : [],
      ),
    ),
    map(
      seq(
        lead,
        comma,
        opt(seq(them, j('は', 'って', 'の', ''))),
        alt(howMany, seq(j('件数', '数', '個数', '合計', '総数', 'の数', 'カウント'), numberTail)),
      ),
      () => counted,
    ),
    map(
      seq(
        lead,
        comma,
        opt(seq(them, j('を', 'は', 'の', ''))),
        alt(
          request,
          seq(j('一覧', 'リスト', '中身', '詳細'), j('を', 'が', ''), request),
          j(
            '一覧',
            'リスト',
            '具体的には',
            'どれ',
            'どれですか',
            '一覧を',
            '何ですか',
            'どのキーですか',
            'どのキー',
            'どれのこと',
          ),
        ),
      ),
      () => listed,
    ),
    map(
      seq(lead, comma, opt(seq(them, j('を'))), ordering, opt(topN), alt(j(''), request)),
      ([, , , orderBy, n]): Refine =>
        (plan) =>
          plan.entity === 'keys' && plan.measure.kind === 'list'
            ? [{ ...plan, orderBy, limit: n ?? plan.limit }]
            : [],
    ),
    // 上位3つ, 下位5アカウント: of the groups that were shown, or by another one.
    map(
      seq(
        lead,
        comma,
        table<'asc' | 'desc'>([
          ...['上位', 'トップ', '先頭', '最初の', '上から'].map((w) => [w, 'desc'] as const),
          ...['下位', '下から', '最下位'].map((w) => [w, 'asc'] as const),
        ]),
        topN,
        opt(seq(j('', 'の'), dim)),
        alt(j(''), only, listTail),
      ),
      ([, , direction, n, of]): Refine =>
        (plan) =>
          byGroup(plan, of?.[1] ?? null).flatMap((p) => cutAt(p, direction, n)),
    ),
    // 一番多いのは？ of the groups that were shown.
    map(
      seq(
        lead,
        comma,
        j('最も', '一番', 'いちばん', 'もっとも'),
        table<'asc' | 'desc'>([
          ...['多い', '高い', '大きい'].map((w) => [w, 'desc'] as const),
          ...['少ない', '低い', '安い', '小さい'].map((w) => [w, 'asc'] as const),
        ]),
        alt(
          map(j('の', 'もの', 'ところ', 'やつ', '所'), () => null),
          dim,
        ),
        j(
          '',
          'は',
          'って',
          'はどこ',
          'はどれ',
          'は何',
          'はどこですか',
          'はどれですか',
          'は何ですか',
          'を教えて',
          'だけ',
          'だけ教えて',
        ),
      ),
      ([, , , direction, of]): Refine =>
        (plan) =>
          plan.groupBy.length === 0 && of === null
            ? []
            : byGroup(plan, of).flatMap((p) =>
                p.measure.kind === 'list'
                  ? []
                  : [
                      {
                        ...p,
                        orderBy: { by: 'value', direction } as const,
                        limit: 'ties' as const,
                      },
                    ],
              ),
    ),
    map(
      seq(
        lead,
        comma,
        opt(seq(them, j('の', 'は', 'にかかる', 'に', 'には'))),
        alt(
          seq(
            j(
              'コスト',
              '費用',
              '月額',
              '月額コスト',
              '合計コスト',
              'コストの合計',
              '料金',
              '月額費用',
              'コスト合計',
            ),
            numberTail,
          ),
          seq(
            opt(j('毎月', '月', '月額', '月に')),
            j(
              'いくら',
              'いくらかかる',
              'いくらかかっている',
              'いくらかかります',
              'いくらかかっています',
              'いくらです',
            ),
            ka,
          ),
        ),
      ),
      () => costed,
    ),
    map(
      seq(
        lead,
        comma,
        opt(seq(them, j('を', 'に', 'は'))),
        j('誰が', '誰', 'だれが'),
        opt(seq(them, j('を', 'に'))),
        j(
          '使える',
          '使えます',
          '使えますか',
          'アクセスできる',
          'アクセスできます',
          'アクセスできますか',
          '使用できますか',
          '使用できる',
          'アクセス権を持っていますか',
        ),
        ka,
      ),
      ([, , , , , verb]) => usersOf(/^使/u.test(verb) ? useLevels : null),
    ),
    map(
      seq(
        lead,
        comma,
        opt(seq(them, j('は', 'が', ''))),
        j(
          'なぜ',
          'どうして',
          '何が問題',
          '理由は',
          '理由',
          '理由を教えて',
          '理由を教えてください',
          '理由が知りたい',
          '理由は何ですか',
          '原因は',
          'なんで',
          'なんでですか',
          'なぜですか',
          'どうしてですか',
          'なぜ指摘されている',
          ...['なぜ', 'なんで', 'どうして', '何が', 'どこが', 'どう'].flatMap((why) =>
            [
              '危険',
              '危ない',
              '問題',
              'まずい',
              'やばい',
              'だめ',
              'ダメ',
              '悪い',
              'リスク',
            ].flatMap((bad) =>
              [
                '',
                'な',
                'なの',
                'の',
                'なんですか',
                'なのですか',
                'んですか',
                'のですか',
                'なのか',
                'なんだろう',
              ].map((end) => `${why}${bad}${end}`),
            ),
          ),
          '何が問題ですか',
          'どんな懸念がありますか',
          '懸念事項は',
          '指摘理由は',
          '問題点は',
        ),
      ),
      () => reasons(null),
    ),
    // 件数で: the numbers again, after their parts of the whole.
    map(
      seq(
        lead,
        comma,
        j('件数', '数', '本数', '個数', '実数'),
        j('で', 'に', 'だと', 'では', 'でも', 'に戻して', 'にして', 'に直して'),
        opt(request),
      ),
      (): Refine => (plan) =>
        plan.measure.kind === 'part'
          ? [{ ...plan, measure: { kind: 'count', keys: plan.measure.amount !== 'rows' } }]
          : [],
    ),
    // 割合で, 構成比も: of groups, the part of each; or how many of its keys are so.
    map(
      seq(
        lead,
        comma,
        opt(seq(them, j('を', 'は', 'の', ''))),
        table<Refine>([
          ...percent.map((w) => [w, ofGroups] as const),
          ...parts.map((w) => [w, asParts] as const),
        ]),
        alt(
          j(
            '',
            'は',
            'も',
            'で',
            'でも',
            'だと',
            'では',
            'なら',
            'にすると',
            'で見ると',
            'はどう',
            'はどうですか',
            'ですか',
            'か',
            'になりますか',
            '付きで',
            'つきで',
            'を付けて',
            'も付けて',
            'もつけて',
            'も添えて',
            'も一緒に',
            'も併せて',
            'もあわせて',
            'にして',
            'に直して',
            'に変換して',
            '表示で',
            '表示にして',
            '表示',
            '表示も',
          ),
          seq(j('を', 'で', 'も', 'でも', 'に', '表示で', ''), opt(j('一緒に', '併せて')), request),
        ),
      ),
      ([, , , refine]) => refine,
    ),
    // 10件にして, 10個に: as many more or fewer of the same.
    map(
      seq(
        lead,
        comma,
        wholeNumber,
        opt(counter),
        j(
          'にして',
          'に',
          'に増やして',
          'に減らして',
          'に変えて',
          'に変更して',
          'では',
          'だと',
          'まで',
        ),
        opt(request),
      ),
      ([, , limit]): Refine =>
        (plan) =>
          typeof plan.limit === 'number' && plan.orderBy ? [{ ...plan, limit }] : [],
    ),
    // Kawa Retailも同じように: the same there, and not of those that are there as well.
    map(
      seq(
        lead,
        comma,
        places.place,
        opt(j('のキー', 'の鍵', 'のほう', 'の方')),
        j('も', 'でも', 'についても', 'に対しても', 'にも', 'は', 'で', 'だと', 'を', 'の', ''),
        comma,
        j(
          ...[
            '同じように',
            '同じ様に',
            '同様に',
            '同じく',
            '同じ条件で',
            '同じ条件',
            '同じ形で',
            '同じ感じで',
          ].flatMap((w) => [w, `${w}お願い`, `${w}お願いします`]),
          '同じものを',
          '同じもの',
          '同じことを',
          '同じ質問',
          '同じ',
          '同様',
        ),
        alt(j('', 'です', 'で', 'に'), request),
      ),
      ([, , place]) => insteadOf(place),
    ),
    // 同じ条件でKawa Retailは？
    map(
      seq(
        lead,
        comma,
        j('同じ条件で', '同じように', '同様に', '同じく', '同じことを', '同じものを', '同じ質問を'),
        comma,
        places.place,
        opt(j('のキー', 'の鍵')),
        j('', 'は', 'も', 'で', 'でも', 'では', 'について', 'についても', 'に対して', 'だと', 'を'),
        opt(request),
      ),
      ([, , , , place]) => insteadOf(place),
    ),
    // 2番目は？ after the first: it stands in the first two.
    map(
      seq(
        lead,
        comma,
        wholeNumber,
        j('番目', '位', '番目に古い', '番目に新しい', '番目に高い', '番目に多い'),
        j('', 'の', 'のキー', 'のもの', 'に来るの'),
        j(
          '',
          'は',
          'なら',
          'だと',
          'はどれ',
          'はどれですか',
          'は何',
          'は何ですか',
          'はどこ',
          'も',
          'も教えて',
          'を教えて',
          'まで',
        ),
      ),
      ([, , limit]): Refine =>
        (plan) =>
          plan.orderBy !== null && plan.limit !== null && limit > 1 ? [{ ...plan, limit }] : [],
    ),
    // 一番新しいのは？ after the oldest.
    map(
      seq(
        lead,
        comma,
        table<'asc' | 'desc'>([
          ...['一番新しい', '最も新しい', 'いちばん新しい'].map((w) => [w, 'desc'] as const),
          ...['一番古い', '最も古い', 'いちばん古い'].map((w) => [w, 'asc'] as const),
        ]),
        j('の', 'もの', 'やつ'),
        j('', 'は', 'なら', 'だと', 'はどれ', 'はどれですか'),
      ),
      ([, , direction]): Refine =>
        (plan) =>
          plan.orderBy?.by === 'created_at' && plan.limit !== null
            ? [{ ...plan, orderBy: { by: 'created_at', direction } }]
            : [],
    ),
    // 3ドル以上: another amount than before; 5ドル未満に絞って would leave none of those.
    expand(
      seq(
        lead,
        comma,
        number,
        j('ドル'),
        comparing,
        j('', 'は', 'なら', 'だと', 'では', 'だったら'),
      ),
      ([, , value, , { op, ending }]): readonly Refine[] =>
        ending?.negated ? [] : [ofAmount(op, value)],
    ),
    // なぜ公開されている？ of keys that are; なぜCRITICALなの？
    map(
      seq(
        lead,
        comma,
        opt(seq(them, j('は', 'が', ''))),
        j('なぜ', 'どうして', 'なんで', '何故'),
        comma,
        alt(
          predicate,
          map(
            severity,
            (code): Filter => ({ is: 'value', column: 'max_severity', values: [code] }),
          ),
        ),
        j(
          '',
          'の',
          'なの',
          'のですか',
          'なのですか',
          'んですか',
          'なんですか',
          'のか',
          'なのか',
          'んだろう',
          'のでしょうか',
          'か',
          'ですか',
        ),
      ),
      ([, , , , , asked]) => reasons(asked),
    ),
    map(
      seq(
        lead,
        comma,
        j('どの', 'どこの'),
        alt(
          map(j('アカウント'), () => 'account_id'),
          map(j('リージョン'), () => 'region'),
          map(j('OU', '組織単位'), () => 'ou_path'),
        ),
        j(
          '',
          'ですか',
          'にある',
          'にありますか',
          'のもの',
          'のものですか',
          'にあるの',
          'のキー',
          'のキーですか',
          'が対象',
        ),
      ),
      ([, , , column]): Refine =>
        (plan) =>
          plan.entity === 'keys'
            ? [
                ...(column === 'account_id' ? accountsThatMay(plan) : []),
                {
                  ...listOf('keys', plan.filter),
                  measure: { kind: 'count', keys: true },
                  groupBy: [{ column }],
                },
              ]
            : [],
    ),
  );
}
