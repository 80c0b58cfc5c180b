import { alt, expand, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import { type Period, resolveMoment } from '../plan/moment.ts';
import { allOf, type Filter } from '../plan/plan.ts';
import { type Condition, ended } from './chain.ts';
import { copula, type Ending, godan, ichidan } from './endings.ts';
import { j, table } from './literals.ts';
import { comparing } from './numbers.ts';
import type { Places } from './places.ts';
import { now, period, type Range, type TimeGrammar } from './time.ts';

/** 今月中 of what lies ahead is what is left of the month; a time is past only where it cannot be ahead. */
const aheadFirst =
  ({ range, ahead }: TimeGrammar): Parser<Range> =>
  (chart, at) => {
    const coming = ahead(chart, at);
    const ends = new Set(coming.map(({ end }) => end));
    return [...coming, ...range(chart, at).filter(({ end }) => !ends.has(end))];
  };

/** How soon "soon" is, only the asker knows. */
const soon: readonly Range[] = [30, 60, 90].map((count) => ({
  from: now,
  to: { ahead: { count, unit: 'day' } },
}));

const created = ichidan(
  ...['作成', '生成', '追加', '新規作成', '発行'].flatMap((n) => [`${n}され`, `${n}し`]),
  '作られ',
  'つくられ',
);
const made = godan({ a: '作ら', i: '作り', u: '作る', t: '作っ' });

const plannedEndings = table<Ending>([
  ['予定の', { negated: false, slot: 'attributive' }],
  ['予定で', { negated: false, slot: 'continuative' }],
  ['予定である', { negated: false, slot: 'attributive' }],
  ['予定', { negated: false, slot: 'nominal' }],
  ['予定です', { negated: false, slot: 'final' }],
  ['予定がある', { negated: false, slot: 'attributive' }],
  ['予定になっている', { negated: false, slot: 'attributive' }],
  ['予定となっている', { negated: false, slot: 'attributive' }],
  ['予定にある', { negated: false, slot: 'attributive' }],
  ['予定だ', { negated: false, slot: 'final' }],
  ['予定になっており', { negated: false, slot: 'continuative' }],
  ['はずの', { negated: false, slot: 'attributive' }],
  ['見込みの', { negated: false, slot: 'attributive' }],
  ['ことになっている', { negated: false, slot: 'attributive' }],
  ['予定日を迎える', { negated: false, slot: 'attributive' }],
  ['予定日が来る', { negated: false, slot: 'attributive' }],
]);
const planned = (...phrases: readonly string[]): Parser<Ending> =>
  map(seq(j(...phrases), plannedEndings), ([, ending]) => ending);

const rotations = [
  'ローテーション',
  '自動ローテーション',
  '次にローテーション',
  '次のローテーション',
];

/**
 * Only what is still to come: 今月削除された is over, and what is over stands in no column. That something
 * is scheduled (削除がスケジュールされている) lies ahead all the same.
 */
function stillAhead(parser: Parser<Ending>): Parser<Ending> {
  return (chart, at) =>
    parser(chart, at).filter(({ end }) => {
      const said = chart.tokens
        .slice(at, end)
        .map((t) => t.raw)
        .join('');
      const booked = /予定|予約|スケジュール/u.test(said);
      return (
        !/た(の|まま|ままの)?$|ちゃっ|てしまっ/u.test(said) &&
        (booked || !/て(い|る|お)|ちゃって/u.test(said))
      );
    });
}

/** Verbs of what lies ahead, and the column that tells when. */
const comingVerbs: readonly (readonly [Parser<Ending>, string])[] = [
  [
    alt(
      ichidan('削除され', '消去され', '消え', '消され'),
      godan({ a: 'なくなら', i: 'なくなり', u: 'なくなる', t: 'なくなっ' }),
      planned('削除される', '削除', '削除する', '消える', '消される', 'なくなる', '削除の'),
      map(
        seq(j('削除が予定', '削除が'), ichidan('され', '実行され', 'スケジュールされ')),
        ([, e]) => e,
      ),
    ),
    'deletion_at',
  ],
  [
    alt(
      ichidan(
        '失効し',
        '期限が切れ',
        '有効期限が切れ',
        '期限切れし',
        'キーマテリアルの期限が切れ',
        'キーマテリアルの有効期限が切れ',
        'キーマテリアルが失効し',
      ),
      table<Ending>([
        ['失効する', { negated: false, slot: 'attributive' }],
        ['期限切れになる', { negated: false, slot: 'attributive' }],
        ['期限切れとなる', { negated: false, slot: 'attributive' }],
        ['期限切れの', { negated: false, slot: 'attributive' }],
        ['期限を迎える', { negated: false, slot: 'attributive' }],
        ['有効期限を迎える', { negated: false, slot: 'attributive' }],
        ['満了する', { negated: false, slot: 'attributive' }],
        ['期限切れになり', { negated: false, slot: 'continuative' }],
        ['失効し', { negated: false, slot: 'continuative' }],
      ]),
      planned('失効', '失効する', '期限切れ', '期限切れになる'),
    ),
    'material_expires_at',
  ],
  [
    alt(
      ichidan(...rotations.flatMap((r) => [`${r}され`, `${r}が行われ`, `${r}が実施され`])),
      planned(
        ...rotations.flatMap((r) => [
          r,
          `${r}する`,
          `${r}される`,
          `${r}が行われる`,
          `${r}が実施される`,
        ]),
        'ローテーションの',
        '自動ローテーションの',
      ),
      table<Ending>(
        rotations.map((r) => [`${r}が来る`, { negated: false, slot: 'attributive' }] as const),
      ),
    ),
    'next_rotation_at',
  ],
];

const coming = comingVerbs.map(([verb, column]) => [stillAhead(verb), column] as const);

const timeColumns: Readonly<Record<string, readonly string[]>> = {
  created_at: ['作成日', '作成日時', '作成時期', '作成'],
  deletion_at: ['削除日', '削除予定日', '削除日時'],
  material_expires_at: ['有効期限', '失効日', '期限', 'キーマテリアルの有効期限'],
  next_rotation_at: ['次回ローテーション', '次回ローテーション日', '次のローテーション'],
};

/** Less time than that is left. */
const shorter: Parser<Ending> = alt(
  godan({ a: 'を切ら', i: 'を切り', u: 'を切る', t: 'を切っ' }),
  table<Ending>([
    ['以内の', { negated: false, slot: 'attributive' }],
    ['以内である', { negated: false, slot: 'attributive' }],
    ['以内で', { negated: false, slot: 'continuative' }],
    ['未満の', { negated: false, slot: 'attributive' }],
  ]),
);

/** When things happen to a key: created, deleted, expired, rotated. */
export function timeConditions(time: TimeGrammar, places: Places, asOf: Date): Parser<Condition> {
  const aheadOf = (column: string, { from, to }: Range): readonly Filter[] => {
    const [first, end] = [from, to].map((m) => m && resolveMoment(m, asOf));
    const past = end ? end <= asOf : first !== null && first !== undefined && first < asOf;
    return past ? [] : [{ is: 'time', column, from, to }];
  };
  const createdIn = (from: Period | null, to: Period | null): Filter => ({
    is: 'time',
    column: 'created_at',
    from: from && { ago: from },
    to: to && { ago: to },
  });
  const elapsed = alt(
    ichidan('経過し', '過ぎ', '経ち'),
    godan(
      { a: '経た', i: '経ち', u: '経つ', t: '経っ' },
      { a: 'たた', i: 'たち', u: 'たつ', t: 'たっ' },
    ),
    table<Ending>([
      ['経過した', { negated: false, slot: 'attributive' }],
      ['経過の', { negated: false, slot: 'attributive' }],
      ['経過する', { negated: false, slot: 'attributive' }],
    ]),
  );
  const whenColumn = table(
    Object.entries(timeColumns).flatMap(([column, words]) =>
      words.map((w) => [w, column] as const),
    ),
  );
  return rule(() =>
    alt(
      map(
        seq(time.range, opt(j('新しく', '新規に', '新たに')), alt(created, made)),
        ([{ from, to }, , ending]) => ended({ is: 'time', column: 'created_at', from, to }, ending),
      ),
      // 6月1日より後に東京で作成された
      expand(
        seq(
          time.range,
          opt(j('、')),
          places.exact,
          j('で', 'に', 'において', 'にて'),
          alt(created, made),
        ),
        ([{ from, to }, , place, , ending]): readonly Condition[] =>
          ending.negated
            ? []
            : [
                {
                  filter: allOf(place, { is: 'time', column: 'created_at', from, to }),
                  slot: ending.slot,
                  denied: null,
                },
              ],
      ),
      // 作成から2年以上経過している
      expand(
        seq(
          j(
            '作成から',
            '作成後',
            '作成されてから',
            '作成してから',
            '作られてから',
            '作成日から',
            '作ってから',
          ),
          opt(j('すでに', '既に', 'もう')),
          period,
          opt(comparing),
          opt(j('が', 'も')),
          elapsed,
        ),
        ([, , p, c, , ending]): readonly Condition[] => {
          const op = c?.op ?? 'at least';
          if (c?.ending && c.ending.slot !== 'continuative') return [];
          if (op === 'at least' || op === 'more than') return [ended(createdIn(null, p), ending)];
          return op === 'less than' || op === 'at most' ? [ended(createdIn(p, null), ending)] : [];
        },
      ),
      expand(
        seq(
          j('作成から', '作成後', '作成されてから'),
          period,
          table([
            ['以上', 'old'],
            ['超', 'old'],
            ['以内', 'new'],
            ['未満', 'new'],
            ['以下', 'new'],
          ] as const),
          copula,
        ),
        ([, p, age, ending]) => [
          ended(age === 'old' ? createdIn(null, p) : createdIn(p, null), ending),
        ],
      ),
      expand(
        seq(
          j('経過日数', '年齢', 'キーの年齢', '経過期間'),
          j('が', 'は'),
          period,
          comparing,
          opt(copula),
        ),
        ([, , p, { op, ending }, be]): readonly Condition[] => {
          const how = ending ?? be;
          const days = p.unit === 'day' ? p.count : p.unit === 'week' ? p.count * 7 : null;
          if (!how) return [];
          if (days !== null) {
            return [ended({ is: 'number', column: 'age_days', op, value: days }, how)];
          }
          const old = op === 'at least' || op === 'more than';
          return op === 'exactly'
            ? []
            : [ended(old ? createdIn(null, p) : createdIn(p, null), how)];
        },
      ),
      ...coming.map(([verb, column]) =>
        expand(
          seq(
            time.ahead,
            opt(j('自動的に', '自動で', 'キーマテリアルの', 'キーマテリアルが')),
            verb,
          ),
          ([range, , ending]) => aheadOf(column, range).map((f) => ended(f, ending)),
        ),
      ),
      // 削除まで7日を切っている
      map(
        seq(
          j('削除', '削除される', '削除実行', '削除日', '削除予定日', '消える'),
          j('まで', 'までの残りが', 'まで残り', 'まであと', 'までの期間が', 'までの日数が'),
          period,
          shorter,
        ),
        ([, , p, ending]) =>
          ended({ is: 'time', column: 'deletion_at', from: now, to: { ahead: p } }, ending),
      ),
      // 有効期限が年内に切れる
      expand(
        seq(
          j(
            '有効期限が',
            '期限が',
            'キーマテリアルの有効期限が',
            'キーマテリアルの期限が',
            'キーマテリアルが',
          ),
          time.ahead,
          stillAhead(
            alt(
              ichidan('切れ', '失効し', '期限切れになっ'),
              table<Ending>([
                ['失効する', { negated: false, slot: 'attributive' }],
                ['期限切れになる', { negated: false, slot: 'attributive' }],
                ['来る', { negated: false, slot: 'attributive' }],
                ['満了する', { negated: false, slot: 'attributive' }],
              ]),
            ),
          ),
        ),
        ([, range, ending]) => aheadOf('material_expires_at', range).map((f) => ended(f, ending)),
      ),
      ...coming.map(([verb, column]) =>
        expand(
          seq(
            j('まもなく', '間もなく', 'もうすぐ', '近いうちに', '近々', 'そろそろ', '近く'),
            verb,
          ),
          ([, ending]) =>
            soon.flatMap((range) => aheadOf(column, range)).map((f) => ended(f, ending)),
        ),
      ),
      expand(
        seq(whenColumn, j('が', 'は', ':'), time.range, copula),
        ([column, , range, ending]): readonly Condition[] =>
          column === 'created_at' ? [ended({ is: 'time', column, ...range }, ending)] : [],
      ),
      expand(
        seq(whenColumn, j('が', 'は', ':'), aheadFirst(time), copula),
        ([column, , range, ending]) =>
          column === 'created_at' ? [] : aheadOf(column, range).map((f) => ended(f, ending)),
      ),
    ),
  );
}
