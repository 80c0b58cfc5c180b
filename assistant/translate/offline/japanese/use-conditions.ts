import { alt, expand, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import { usageStatus, vaguelyUnused, vaguelyUsed } from '../grammar/use-conditions.ts';
import { type Moment, type Period, resolveMoment } from '../plan/moment.ts';
import { type Comparison, type Filter, noneOf } from '../plan/plan.ts';
import { type Condition, ended } from './chain.ts';
import { copula, type Ending, godan, ichidan, type Slot } from './endings.ts';
import { j, table } from './literals.ts';
import { comparing } from './numbers.ts';
import { period, type TimeGrammar } from './time.ts';

const uses = ['使用', '利用'];

/** 使われている, 使用した, 利用していない: with its ending. */
export const verbOfUse: Parser<Ending> = alt(
  ichidan('使われ', 'つかわれ', ...uses.flatMap((n) => [`${n}され`, `${n}し`])),
  godan(
    { a: '使わ', i: '使い', u: '使う', t: '使っ' },
    { a: 'つかわ', i: 'つかい', u: 'つかう', t: 'つかっ' },
  ),
  ichidan('使用実績があっ', '活用され', '活用し'),
);

const unusedFor = (ago: Period, longer: boolean): Filter => ({
  is: 'unused',
  since: { ago },
  longer,
});

/** How long something has gone on: for a period, at least, more than, less than. */
function lasting(p: Period, op: Comparison | null): readonly Filter[] {
  switch (op) {
    case null:
    case 'at least':
      return [unusedFor(p, false)];
    case 'more than':
      return [unusedFor(p, true)];
    case 'less than':
      return [noneOf(unusedFor(p, false))];
    case 'at most':
      return [noneOf(unusedFor(p, true))];
    default:
      return [];
  }
}

/** Whether there is a record: ない, ある, 残っていない. */
const kept: Parser<Ending> = alt(
  table<Ending>([
    ['ない', { negated: true, slot: 'attributive' }],
    ['無い', { negated: true, slot: 'attributive' }],
    ['なかった', { negated: true, slot: 'attributive' }],
    ['なく', { negated: true, slot: 'continuative' }],
    ['無く', { negated: true, slot: 'continuative' }],
    ['なくて', { negated: true, slot: 'continuative' }],
    ['ありません', { negated: true, slot: 'final' }],
    ['ないです', { negated: true, slot: 'final' }],
    ['なしの', { negated: true, slot: 'attributive' }],
    ['無しの', { negated: true, slot: 'attributive' }],
    ['なしで', { negated: true, slot: 'continuative' }],
    ['ありの', { negated: false, slot: 'attributive' }],
    ['ありで', { negated: false, slot: 'continuative' }],
    ['見当たらない', { negated: true, slot: 'attributive' }],
    ['見つからない', { negated: true, slot: 'attributive' }],
    ['ある', { negated: false, slot: 'attributive' }],
    ['あった', { negated: false, slot: 'attributive' }],
    ['あり', { negated: false, slot: 'continuative' }],
    ['あって', { negated: false, slot: 'continuative' }],
    ['あります', { negated: false, slot: 'final' }],
    ['ありました', { negated: false, slot: 'final' }],
    ['ありませんでした', { negated: true, slot: 'final' }],
  ]),
  godan({ a: '残ら', i: '残り', u: '残る', t: '残っ' }),
  ichidan('記録され', '確認でき', '残され'),
);

const emphasis = opt(
  j(
    '全く',
    'まったく',
    '一切',
    '誰にも',
    '誰からも',
    '誰も',
    'だれも',
    '誰一人',
    'どこからも',
    'どのサービスからも',
    '全然',
    'ぜんぜん',
    '実際には',
    'いっさい',
    '実際に',
    '暗号化に',
    '復号に',
    '何も',
    '一度も',
    '1度も',
    '1回も',
    '一回も',
    'ずっと',
    'まだ',
    'まだ一度も',
    '、',
  ),
);

/**
 * The time of what was done holds on behind an "or": 過去30日間に作成されたか使われた. What is said there
 * without a time is no condition of its own.
 */
export function unlessTimed(parser: Parser<Condition>): Parser<Condition> {
  return (chart, at) => {
    const before = chart.tokens
      .slice(0, at)
      .map((t) => t.raw)
      .join('');
    return /(され|し|られ|っ)た(か|または|か、?または|もしくは|か、?もしくは|り|あるいは)、?$/u.test(
      before,
    )
      ? []
      : parser(chart, at);
  };
}

/** 今も, まだ: until now, as lately as whoever asks has in mind. */
const stillNow = j(
  ...[
    '今も',
    'いまも',
    '今でも',
    'いまでも',
    '今なお',
    '現在も',
    '現在でも',
    '現在もまだ',
    '今もまだ',
    'いまだに',
    '未だに',
    'まだ',
    '今現在も',
    '最近も',
    '最近でも',
    '直近でも',
    '現役で',
  ].flatMap((still) => [still, `${still}、`, `${still}実際に`, `${still}ちゃんと`]),
);

/** 利用, 使用実績: something that there is, or is not. */
const usesAsNoun = j(
  ...uses.flatMap((n) => [n, `${n}実績`, `${n}の実績`, `${n}履歴`, `${n}記録`, `${n}の記録`]),
);
/** 使われた形跡. */
const traces = seq(
  j('使われた', '使用された', '利用された', '使った', '使用した', '利用した'),
  j('こと', '実績', '形跡', '記録', '痕跡', '履歴', '跡', '様子'),
);

/** What is known of the use of a key. */
export function usageConditions(time: TimeGrammar, asOf: Date): Parser<Condition> {
  const duration: Parser<{ readonly period: Period; readonly op: Comparison | null }> = rule(() =>
    alt(
      map(
        seq(
          opt(
            j(
              '過去',
              '直近',
              'ここ',
              'この',
              '最近',
              '直前',
              'もう',
              'すでに',
              '既に',
              '少なくとも',
              '過去の',
              '直近の',
            ),
          ),
          period,
          opt(j('以内', 'の間', '間')),
          opt(
            j('に', 'も', 'で', 'は', 'に一度も', 'にわたって', 'にわたり', 'に渡って', 'も一度も'),
          ),
        ),
        ([, p]) => ({ period: p, op: null }),
      ),
      expand(
        seq(
          opt(j('過去', '直近', 'もう', 'すでに', '既に')),
          period,
          comparing,
          opt(j('の間', 'も', 'にわたって', 'にわたり', 'に渡って', 'も一度も')),
        ),
        ([, p, { op, ending }]) =>
          ending === null || ending.slot === 'continuative' ? [{ period: p, op }] : [],
      ),
    ),
  );
  const never = j(
    '一度も',
    'いちども',
    '1度も',
    '一回も',
    '1回も',
    'これまで一度も',
    '今まで一度も',
    'いままで一度も',
    'まだ一度も',
    '現在まで一度も',
    '過去に一度も',
    ...[
      '作成以来',
      '作成後',
      '作成時から',
      ...['作成され', '作成し', '作られ', '作っ', 'でき'].map((v) => `${v}てから`),
    ].flatMap((since) => [
      `${since}一度も`,
      `${since}、一度も`,
      `${since}1度も`,
      `${since}一回も`,
      `${since}今まで一度も`,
      `${since}これまで一度も`,
      `${since}まだ一度も`,
    ]),
  );
  const negatedSlot = (ending: Ending): readonly Slot[] => (ending.negated ? [ending.slot] : []);
  const such = (filter: Filter, slot: Slot): Condition => ({ filter, slot, denied: null });
  return rule(() =>
    alt(
      // 90日間使われていない
      expand(seq(duration, emphasis, verbOfUse), ([{ period: p, op }, , ending]) =>
        negatedSlot(ending).flatMap((slot) => lasting(p, op).map((f) => such(f, slot))),
      ),
      // 90日以上利用がない
      expand(
        seq(duration, emphasis, usesAsNoun, j('が', 'の', 'も', 'は', ''), kept),
        ([{ period: p, op }, , , , ending]) =>
          negatedSlot(ending).flatMap((slot) => lasting(p, op).map((f) => such(f, slot))),
      ),
      // 90日間使われた形跡がない
      expand(
        seq(duration, traces, j('の', 'が', 'も', 'は'), kept),
        ([{ period: p, op }, , , ending]) =>
          negatedSlot(ending).flatMap((slot) => lasting(p, op).map((f) => such(f, slot))),
      ),
      // 3月以降使われた形跡がない, 先月利用があった
      expand(
        seq(time.since, emphasis, alt(usesAsNoun, traces), j('の', 'が', 'も', 'は'), kept),
        ([since, , , , ending]) =>
          negatedSlot(ending).map((slot) => such({ is: 'unused', since, longer: false }, slot)),
      ),
      expand(
        seq(
          time.range,
          opt(j('に', 'で', '、')),
          alt(usesAsNoun, traces),
          j('の', 'が', 'も', 'は', ''),
          kept,
        ),
        ([{ from, to }, , , , ending]) =>
          ending.negated ? [] : usedIn(from, to, false).map((f) => ended(f, ending)),
      ),
      // 3月以降使われていない
      expand(seq(time.since, emphasis, verbOfUse), ([since, , ending]) =>
        negatedSlot(ending).map((slot) => such({ is: 'unused', since, longer: false }, slot)),
      ),
      // 2024年より前から使われていない
      expand(seq(time.span, j('より前から', '以前から'), emphasis, verbOfUse), ([s, , , ending]) =>
        negatedSlot(ending).map((slot) =>
          such({ is: 'unused', since: s.from, longer: true }, slot),
        ),
      ),
      // 90日以上未使用の
      expand(
        seq(duration, j('未使用', '不使用', '無使用', '未利用', 'unused'), copula),
        ([{ period: p, op }, , ending]) => lasting(p, op).map((f) => ended(f, ending)),
      ),
      // 使われていない期間が90日未満の
      expand(
        seq(
          j(
            '使われていない期間',
            '使用されていない期間',
            '未使用期間',
            '未使用の期間',
            '利用されていない期間',
          ),
          j('が', 'は'),
          period,
          comparing,
          opt(copula),
        ),
        ([, , p, { op, ending }, be]): readonly Condition[] => {
          const how = ending ?? be;
          return how ? lasting(p, op).map((f) => ended(f, how)) : [];
        },
      ),
      // 今も使われている: how lately is not said.
      expand(seq(stillNow, verbOfUse), ([, ending]) =>
        ending.negated ? [] : vaguelyUsed.map((f) => ended(f, ending)),
      ),
      expand(seq(never, verbOfUse), ([, ending]) =>
        negatedSlot(ending).map((slot) => such(usageStatus('NEVER_USED'), slot)),
      ),
      // 使われたことがない
      map(
        seq(
          opt(never),
          j('使われた', '使用された', '利用された', '使った', '使用した', '利用した'),
          j('こと', '事', '実績', '形跡', '記録', '痕跡', '跡', '様子'),
          j('の', 'が', 'も', 'は'),
          kept,
        ),
        ([, , what, , { negated, slot }]) => {
          if (what !== 'こと' && what !== '事') {
            return such(usageStatus(negated ? 'NO_RECORD' : 'USED'), slot);
          }
          return such(usageStatus(negated ? 'NEVER_USED' : 'USED'), slot);
        },
      ),
      map(
        seq(
          j(
            '使用記録',
            '使用の記録',
            '利用記録',
            '利用の記録',
            '使用履歴の記録',
            '使用履歴',
            '利用履歴',
            '使用実績',
            '利用実績',
          ),
          j('の', 'が', 'は', 'も', ''),
          kept,
        ),
        ([, , { negated, slot }]) => such(usageStatus(negated ? 'NO_RECORD' : 'USED'), slot),
      ),
      map(
        seq(
          j(
            '使用状況が不明',
            '使用状況不明',
            '利用状況が不明',
            '使用状況がわからない',
            '使用が不明',
          ),
          copula,
        ),
        ([, ending]) => ended(usageStatus('UNKNOWN'), ending),
      ),
      // Without a time, "not used" may mean several things.
      unlessTimed(
        expand(verbOfUse, (ending): readonly Condition[] =>
          ending.negated
            ? vaguelyUnused.map((f) => such(f, ending.slot))
            : [such(usageStatus('USED'), ending.slot)],
        ),
      ),
      expand(seq(j('未使用', '不使用', 'unused'), copula), ([, ending]): readonly Condition[] =>
        ending.negated ? [] : vaguelyUnused.map((f) => such(f, ending.slot)),
      ),
      map(seq(j('使用中', '利用中', '使用済み'), copula), ([, ending]) =>
        ended(usageStatus('USED'), ending),
      ),
      // 先月使われた, 過去90日間に使われていない is read above.
      expand(seq(time.range, opt(j('最後に')), verbOfUse), ([{ from, to }, last, ending]) =>
        usedIn(from, to, last !== null).map((f) => ended(f, ending)),
      ),
      // 最後に使われてから180日以上経過した
      expand(
        seq(
          j(
            '最終使用から',
            '最終利用から',
            '最後の使用から',
            '最後の利用から',
            '最終使用日から',
            '最終利用日から',
            '最後に使われてから',
            '最後に使用されてから',
            '最後に利用されてから',
          ),
          opt(j('すでに', '既に', 'もう')),
          period,
          opt(comparing),
          opt(j('が', 'も')),
          alt(
            ichidan('経過し', '過ぎ', '経ち'),
            godan(
              { a: '経た', i: '経ち', u: '経つ', t: '経っ' },
              { a: 'たた', i: 'たち', u: 'たつ', t: 'たっ' },
            ),
          ),
        ),
        ([, , p, c, , ending]): readonly Condition[] => {
          const op = c?.op ?? 'at least';
          if (c?.ending || (op !== 'at least' && op !== 'more than')) return [];
          return [
            ended({ is: 'time', column: 'last_used_at', from: null, to: { ago: p } }, ending),
          ];
        },
      ),
      // 最後に使われたのが2024年より前の
      map(
        seq(
          j(
            '最後に使われたのが',
            '最後に使用されたのが',
            '最後に利用されたのが',
            '最後に使ったのが',
            '最後の使用が',
            '最終使用が',
            '最終使用日が',
            '最終使用日時が',
            '最終利用日が',
            '最後に使われたのは',
            '最終使用日は',
          ),
          time.range,
          copula,
        ),
        ([, { from, to }, ending]) =>
          ended({ is: 'time', column: 'last_used_at', from, to }, ending),
      ),
    ),
  );

  /** A use in a time that lasts until now needs no end; of what is past only the last use is known. */
  function usedIn(from: Moment | null, to: Moment | null, last: boolean): readonly Filter[] {
    if (last || (from === null && to !== null)) {
      return [{ is: 'time', column: 'last_used_at', from, to }];
    }
    if (!from) return [];
    if (to === null || resolveMoment(to, asOf) > asOf) return [{ is: 'used', from }];
    return [{ is: 'used', from, to }];
  }
}
