import { alt, expand, map, opt, type Parser, seq } from '../../grammar/chart.ts';
import { plain } from '../../grammar/joining.ts';
import { valueFilter } from '../../grammar/places.ts';
import type { GrammarContext } from '../../japanese/context.ts';
import type { KeyConditions } from '../../japanese/key-conditions.ts';
import { j } from '../../japanese/literals.ts';
import { now, period, type TimeGrammar } from '../../japanese/time.ts';
import { type Filter, isEverything, noneOf } from '../../plan/plan.ts';
import type { Piece } from '../piece.ts';
import { type Around, around, asksForIt, depending, standing } from './around.ts';

const condition = (filter: Filter): Piece => ({ is: 'condition', condition: plain(filter) });

/** Conditions on keys, with the endings that join and deny them. */
export function found(
  context: GrammarContext,
  conditions: KeyConditions,
  time: TimeGrammar,
): Parser<Piece> {
  /** 10年以上前のキー, 2019年以前のキー: when a key is from, it was created. */
  const old: Parser<Filter> = map(
    standing(
      time.range,
      ({ before, said, after }) =>
        /(前|より古い)の$/u.test(said) &&
        /^(キー|鍵|CMK)/iu.test(after) &&
        /(^|[のでな、])$/u.test(before),
    ),
    ({ from, to }) => ({ is: 'time', column: 'created_at', from, to }),
  );
  const { named } = context.names;
  /** An alias by its bare name, in the part that a key would have: audit-prod-backupを. */
  const called = standing(map(named(['alias'], false), valueFilter), ({ after }) =>
    /^(を|で|の|に|は|って|が|へ|という)/u.test(after),
  );
  // payments-devのキー are those of the account that is called so.
  const bareAlias: Parser<Filter> = (chart, at) =>
    called(chart, at).filter(
      ({ end }) =>
        !/^の(KMS)?(キー|鍵|CMK)/iu.test(around(chart, at, end).after) ||
        named(['account'], false)(chart, at).every((account) => account.end !== end),
    );
  const places = conditions.places.exact;
  const said = standing(
    alt(
      map(conditions.single, (c) => c.filter),
      conditions.before,
      conditions.predicate,
      coded(context),
      over,
      old,
      unusedFor,
    ),
    (around) => !isPartOfDeed(around) && !usedBySomeone.test(around.said),
  );
  const byName = alt(
    deleted,
    conditions.particular,
    map(seq(opt(j('エイリアス', '別名')), bareAlias), ([, f]) => f),
    map(seq(places, opt(j('リージョン'))), ([f]) => f),
  );
  // "In all Regions" says nothing of a key, but much of an account.
  const conditionOnKeys = standing(
    depending(alt(said, byName), (f, around) =>
      isEverything(f) || isUse(f, around.said) ? [] : [condition(f)],
    ),
    (around) => !asksForIt(around) && !isOfWhatHasKeys(around) && !isPartOfName(around),
  );
  return alt(map(exceptedAlone(conditions), condition), conditionOnKeys);
}

/** 60日以上未使用は除いて: a condition without a noun, alone, so that nothing before it is excepted with it. */
function exceptedAlone(conditions: KeyConditions): Parser<Filter> {
  const excepted = seq(
    conditions.single,
    j(
      'は除いて',
      'は除く',
      'を除いて',
      'を除く',
      'は除外して',
      'を除外して',
      'は除外',
      'は抜いて',
      'は含めないで',
      'は外して',
      'を外して',
    ),
  );
  return standing(
    expand(excepted, ([c]): readonly Filter[] => (c.slot === 'nominal' ? [noneOf(c.filter)] : [])),
    ({ before }) => before === '' || /[、。(]$/u.test(before),
  );
}

/**
 * A bare noun of which something is done, or to which, is no condition by itself: NotPrincipalを使っている,
 * kms:*を渡している.
 */
const isPartOfDeed = ({ said, after }: Around) =>
  !/\p{Script=Hiragana}$/u.test(said) && /^(を|が|に|へ)/u.test(after) && !asked.test(after);
/** payments-prodに使われている: used by whoever is named, not there. */
const usedBySomeone = /[A-Za-z0-9_-]に(?:よって)?(?:使われ|使用され|利用され)/u;
/** コストが100ドルを超えるアカウント: what all its keys cost, not one. */
const isOfWhatHasKeys = ({ before, said, after }: Around) =>
  // 指摘のないアカウント has no such key, and not a key without.
  (/(ない|無い|なし|無し|なしの|ゼロ|ゼロの)$/u.test(said) &&
    groupsNext.test(after) &&
    !ofAllKeys.test(before)) ||
  (/[\d一二三四五六七八九十].*(ドル|個|つ|件|種類|本)|複数/u.test(said) &&
    /^(の|な|[がを]?(ある|あり|もつ|持つ|持っている|有する|付いた|付いている))?(AWS)?(アカウント|リージョン|OU|組織単位|チーム|サービス)/u.test(
      after,
    ));
/** すべてのキーが, 半分以上のキーが: what follows is said of the keys. */
const ofAllKeys =
  /^(すべて|全て|全部|全|半分以上|半数以上|過半数|[\d一二三四五六七八九]+(%|割|パーセント)(以上|超|を超える))の?(キー|鍵|CMK)が、?$/iu;
const groupsNext = /^の?(AWS)?(アカウント|リージョン|OU|組織単位|チーム|サービス)(?!別|ごと|毎)/u;
/** 外部アカウント is who may, not a state of keys. */
const isPartOfName = ({ said, after }: Around) =>
  /(外部|社外|組織外)$/u.test(said) && /^の?(AWS)?アカウント/u.test(after);
const asked = /^(を|が)?(見|出|教|一覧|リスト|表示|数え|カウント|抽出|除|比|知り|ほし|欲し|探)/u;

/** 未使用180日以上のキー: the length of time behind the word. */
const unusedFor: Parser<Filter> = map(
  seq(
    j('未使用', '不使用', '未利用', '未使用期間', '未使用日数'),
    opt(j('が', 'の期間が')),
    period,
    opt(j('以上')),
    opt(j('の')),
  ),
  ([, , ago]) => ({ is: 'unused', since: { ago }, longer: false }),
);

/** 期限切れの: the time is over. */
const over: Parser<Filter> = map(
  j(
    ...['', 'キーマテリアルの', 'マテリアルの', '鍵マテリアルの'].flatMap((of) =>
      [
        '期限切れの',
        '期限が切れた',
        '期限の切れた',
        '期限が切れている',
        '期限が過ぎた',
        '期限を過ぎた',
      ].flatMap((w) => [
        `${of}${w}`,
        `${of}有効${w}`,
        ...(of === '' ? ['失効済みの', '失効済み'] : []),
      ]),
    ),
  ),
  () => ({ is: 'time', column: 'material_expires_at', from: null, to: now }),
);

/** What deletion would save: only customer managed keys cost anything and can be deleted. */
const deleted: Parser<Filter> = map(
  standing(
    j(
      ...['', 'を', 'を全部', 'をすべて', 'を全て', 'をぜんぶ', 'を一括で', 'をまとめて'].flatMap(
        (how) =>
          [
            '消したら',
            '消すと',
            '消した場合',
            '消した場合の',
            '消せば',
            '削除したら',
            '削除すると',
            '削除した場合',
            '削除した場合の',
            '削除すれば',
            '整理したら',
            '整理すると',
            '廃止したら',
            '廃止すると',
          ].map((w) => `${how}${w}`),
      ),
    ),
    ({ after }) => /節約|浮|削減|減ら|減り|減る|安くな|抑え|下が/u.test(after),
  ),
  () => ({ is: 'value', column: 'key_manager', values: ['CUSTOMER'] }),
);

/** A use that is said is read as something done, by whomever and whenever. */
const isUse = (f: Filter, said: string) =>
  'is' in f &&
  f.is === 'value' &&
  f.column === 'usage_status' &&
  f.values.join() === 'USED' &&
  /^(使われ|使っ|使用され|使用し|利用され|利用し)/u.test(said);

/** Columns whose codes name a value without their column. */
const codedColumns: ReadonlySet<string> = new Set([
  'key_state',
  'key_usage',
  'key_spec',
  'multi_region_type',
]);

/** A value as the data writes it: PendingDeletion, SIGN_VERIFY, NO_RECORD. */
function coded({ lexicon }: GrammarContext): Parser<Filter> {
  const value = expand(lexicon.columnValues.keys.parser, (v): readonly Filter[] =>
    codedColumns.has(v.column) ? [{ is: 'value', column: v.column, values: [v.value] }] : [],
  );
  const status = map(
    j('USED', 'NEVER_USED', 'NO_RECORD', 'UNKNOWN'),
    (v): Filter => ({ is: 'value', column: 'usage_status', values: [v] }),
  );
  return map(seq(alt(value, status), opt(j('状態', 'の状態'))), ([f]) => f);
}
