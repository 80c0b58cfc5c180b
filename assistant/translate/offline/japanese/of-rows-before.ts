import {
  allOf,
  type Fact,
  type Filter,
  isEverything,
  listOf,
  type Plan,
  partsOf,
  type UsageTest,
} from '../plan/plan.ts';
import { meantBy } from '../plan/refine.ts';
import type { Token } from '../tokens/token.ts';
import { isCrypto } from './operations.ts';
import { textOf } from './tokens.ts';

/**
 * Short questions after an answer that ask for the other side of it: to whom those keys are open (相手は？),
 * or only some of what was done (削除系だけ).
 */

const counterpart =
  /^(?:では、?|じゃあ、?|で、)?(?:その)?(?:相手先?|共有先|許可先|公開先|付与先|提供先|渡し先|(?:誰|だれ|どこ|どの(?:外部)?アカウント)に(?:対して)?(?:許可|公開|共有|開放|提供|渡|アクセスを許可)?(?:し|され)?(?:て(?:い)?)?る?|どの(?:外部|社外の|組織外の)アカウント)(?:の)?(?<account>(?:AWS)?(?:アカウント)?(?:ID|番号)?)(?<each>別|ごと|毎)?/u;
const rest =
  /^(?:に|の|で)?(?:キー|鍵)?の?(?:本数|件数|個数|数)?(?:は|が|って|を|の?一覧|も)?(?:まとめ|集計し|教え|見せ|出し|一覧に?し|知り|表示し|数え|分け)?(?:て|たい|られる?)?(?:お願い(?:できます)?|ください|下さい|ほしい|欲しい|もらえます|いただけます|いただきたい|します|ます|です|ですか|でしょうか|か|の|誰|どれ|どこ)*$/u;

const isAccess = (f: Filter): f is Extract<Fact, { is: 'access' }> =>
  'is' in f && f.is === 'access';

/** Those to whom the keys of an answer are open, each with what it may; by account, where that is asked. */
export function thoseToWhomOpen(tokens: readonly Token[], before: Plan): readonly Plan[] | null {
  const text = textOf(tokens);
  const found = counterpart.exec(text);
  if (!found || !rest.test(text.slice(found[0].length))) return null;
  if (before.entity !== 'keys' || before.limit !== null) return null;
  const keys = meantBy(before);
  const parts = partsOf(keys);
  const [access, ...more] = parts.filter(isAccess);
  const others = allOf(...parts.filter((p) => p !== access));
  if (!access || more.length > 0 || JSON.stringify(others).includes('"access"')) return null;
  const open = listOf(
    'permissions',
    allOf(access, isEverything(others) ? others : { key: others }),
  );
  const byAccount = /アカウント/u.test(found[0]);
  if (!byAccount && found.groups?.each === undefined) return [open];
  const column = byAccount ? 'principal_account' : 'principal';
  return [
    {
      ...open,
      filter: allOf(open.filter, { is: 'present', column }),
      measure: { kind: 'count', keys: true },
      groupBy: [{ column }],
    },
  ];
}

const kinds: readonly (readonly [RegExp, UsageTest['category'], readonly string[]])[] = [
  [
    /^削除(?:系|関連|まわり|周り|に関する|関係)/u,
    'MANAGEMENT',
    ['ScheduleKeyDeletion', 'CancelKeyDeletion', 'DeleteAlias', 'DeleteImportedKeyMaterial'],
  ],
  [/^(?:キーの?)?削除(?:の)?(?:予約|スケジュール)/u, 'MANAGEMENT', ['ScheduleKeyDeletion']],
  [/^(?:キー)?ポリシー(?:の)?(?:変更|更新|系|関連)/u, 'MANAGEMENT', ['PutKeyPolicy']],
  [/^グラント(?:の)?(?:作成|発行|付与)/u, 'MANAGEMENT', ['CreateGrant']],
  [
    /^グラント(?:系|関連|まわり|周り|関係)/u,
    'MANAGEMENT',
    ['CreateGrant', 'RevokeGrant', 'RetireGrant'],
  ],
  [
    /^(?:自動)?ローテーション(?:系|関連|まわり|周り|関係)/u,
    'MANAGEMENT',
    ['EnableKeyRotation', 'DisableKeyRotation', 'RotateKeyOnDemand'],
  ],
  [/^(?:キーの?)?無効化/u, 'MANAGEMENT', ['DisableKey']],
  [/^(?:キーの?)?有効化/u, 'MANAGEMENT', ['EnableKey']],
  [/^キー(?:の)?作成/u, 'MANAGEMENT', ['CreateKey']],
  [/^(?:データの)?復号化?/u, 'CRYPTO', ['Decrypt']],
  [/^(?:データの)?署名/u, 'CRYPTO', ['Sign']],
  [/^(?:変更|管理|更新)(?:系|操作|イベント)/u, 'MANAGEMENT', []],
  [/^(?:使用|利用|暗号)(?:系|操作|イベント)/u, 'CRYPTO', []],
];
const ofThoseOnly =
  /^(?:の|な)?(?:操作|イベント|もの|やつ|処理|変更)?(?:だけ|のみ)(?:に|を|で|の|は)?(?:絞っ|限っ|限定し|絞り込ん|絞り|見せ|教え|出し|表示し|一覧に?し|抜き出し|抽出し|お願い|知り|見)?(?:て|で|たい)?(?:ください|ほしい|欲しい|です|します)*$/u;

/** Of what was done, what is of one kind: 削除系だけ, ポリシー変更のみ, ScheduleKeyDeletionだけ. */
export function onlyOfKind(
  tokens: readonly Token[],
  before: Plan,
  operations: readonly string[],
): readonly Plan[] | null {
  if (before.entity !== 'usage') return null;
  const text = textOf(tokens).replace(/^(?:そのうち、?|その中で、?|では、?|じゃあ、?)/u, '');
  const name = operations.find((o) => text.startsWith(o) && !/^\w/u.test(text.slice(o.length)));
  const kind = kinds.find(([words]) => words.test(text));
  const said = name ?? kind?.[0].exec(text)?.[0];
  if (said === undefined || !ofThoseOnly.test(text.slice(said.length))) return null;
  const meant = (test: UsageTest): UsageTest | null => {
    if (test.operations) {
      const some = name ? [name] : (kind?.[2] ?? []);
      if (some.length === 0) return test.category === kind?.[1] ? test : null;
      return test.operations.length > 1 && some.every((o) => test.operations?.includes(o))
        ? { ...test, operations: [...some] }
        : null;
    }
    if (name) {
      const category = isCrypto(name) ? 'CRYPTO' : 'MANAGEMENT';
      return test.category === category ? { ...test, operations: [name] } : null;
    }
    if (!kind || test.category !== kind[1]) return null;
    return kind[2].length > 0 ? { ...test, operations: [...kind[2]] } : test;
  };
  const filter = turned(before.filter, meant);
  return filter === null ? null : [{ ...before, filter }];
}

/** The filter with its events turned, those of several that cannot be so left out; null where nothing is left. */
function turned(filter: Filter, meant: (test: UsageTest) => UsageTest | null): Filter | null {
  if ('or' in filter) {
    const left = filter.or.flatMap((f) => turned(f, meant) ?? []);
    const [only, ...more] = left;
    return only === undefined ? null : more.length === 0 ? only : { or: left };
  }
  if ('and' in filter) {
    const left = filter.and.map((f) => turned(f, meant));
    return left.includes(null) ? null : allOf(...left.flatMap((f) => f ?? []));
  }
  if ('is' in filter && filter.is === 'event') {
    const test = meant(filter.test);
    return test ? { is: 'event', test } : null;
  }
  return filter;
}

const madeBy =
  /^(?:(?:それ(?:ら)?|これ(?:ら)?)(?:を|は))?(?:(?:作っ|作成し|発行し|付与し|出し)たのは(?:誰|だれ|どなた)|(?:誰|だれ|どなた)が(?:作っ|作成し|発行し|付与し|出し)(?:た|ました))(?:の|か|のか|ですか|んですか)?$/u;

/** 作ったのは誰？ after grants asks for whoever made grants of those keys, not the keys. */
export function whoMadeGrants(tokens: readonly Token[], before: Plan): readonly Plan[] | null {
  if (before.entity !== 'permissions' || !madeBy.test(textOf(tokens))) return null;
  const parts = partsOf(before.filter);
  const ofGrant = parts.some((f) => isAccess(f) && f.test.source?.join() === 'GRANT');
  if (!ofGrant || parts.some((f) => !isAccess(f) && !('key' in f))) return null;
  const keys = allOf(...parts.map((f) => (!('is' in f) && 'key' in f ? f.key : f)));
  const made: Fact = { is: 'event', test: { category: 'MANAGEMENT', operations: ['CreateGrant'] } };
  return [listOf('usage', allOf(made, { key: keys }))];
}

const throughWhat =
  /^(?:では、?|じゃあ、?|で、)?どの(?:AWS)?サービス(?:経由|を経由して|を通して|を通じて|から|越し)?(?:で|に|が)?(?:使(?:われ|っ)(?:て(?:い)?)?(?:た|る))?(?:の|か|ですか|のか)?$/u;

/** どのサービス経由で？ of what was done: the rows show it. */
export const throughWhichService = (
  tokens: readonly Token[],
  before: Plan,
): readonly Plan[] | null =>
  before.entity === 'usage' && before.measure.kind === 'list' && throughWhat.test(textOf(tokens))
    ? [before]
    : null;
