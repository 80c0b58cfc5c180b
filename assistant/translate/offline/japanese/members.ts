import {
  alt,
  expand,
  map,
  newChart,
  opt,
  type Parser,
  rule,
  seq,
  token,
} from '../grammar/chart.ts';
import { valueFilter } from '../grammar/places.ts';
import {
  allOf,
  type Filter,
  type PermissionTest,
  type Plan,
  partsOf,
  type UsageTest,
} from '../plan/plan.ts';
import type { Token } from '../tokens/token.ts';
import { j, table } from './literals.ts';
import type { Names } from './names.ts';

/**
 * Those who belong to an account: payments-prod-euのロール, アカウント111122223333のユーザーbob. The account is
 * theirs; nothing is said of where the keys are that they may use.
 */

type Kind = 'role' | 'user';

const kind = table<Kind>([
  ...['ロール', 'IAMロール', 'role', 'iam role'].map((w) => [w, 'role'] as const),
  ...['ユーザー', 'ユーザ', 'IAMユーザー', 'IAMユーザ', 'user', 'iam user'].map(
    (w) => [w, 'user'] as const,
  ),
]);
const anyone = j('プリンシパル', '人', '者', '誰か', 'だれか', 'アイデンティティ', '担当者');
const noun = j('アカウント', 'AWSアカウント', 'account');

/** Whose: the account, with what joins it to those in it. */
function ofAccount({ named }: Names): Parser<string> {
  const id = token((t) => (t.kind === 'account' ? t.text : undefined));
  const called = expand(named(['account'], false), ({ values }) =>
    values.length === 1 ? values : [],
  );
  return map(
    seq(
      opt(noun),
      alt(
        id,
        called,
        expand(seq(called, j('(', ''), id, j(')', '')), ([name, , number]) =>
          name === number ? [number] : [],
        ),
      ),
      opt(noun),
      j('の', '内の', 'にある', 'に属する', 'に存在する', '側の'),
    ),
    ([, account]) => account,
  );
}

const ouNoun = j('OU', 'のOU', '組織単位', 'の組織単位');

/** Those in the accounts of an organizational unit, with their kind where it is said: OU SecurityのアカウントのIAMユーザー. */
function ofUnit({ named }: Names): Parser<{ readonly unit: string[]; readonly k: Kind | null }> {
  const theirs = seq(
    j('の', '内の'),
    alt(
      kind,
      map(anyone, () => null),
    ),
  );
  return map(
    seq(
      opt(ouNoun),
      named(['ou'], false),
      opt(ouNoun),
      j('の', '内の', 'にある', 'に属する', '配下の'),
      noun,
      opt(theirs),
    ),
    ([, { values }, , , , their]) => ({ unit: [...values], k: their?.[1] ?? null }),
  );
}

/** Someone called by his name, with the kind of principal that is said beside it. */
function called<T>(name: Parser<T>): Parser<{ readonly name: T; readonly kind: Kind | null }> {
  return alt(
    map(name, (n) => ({ name: n, kind: null })),
    map(seq(kind, opt(j('の')), name), ([k, , n]) => ({ name: n, kind: k })),
    map(seq(name, opt(j('という', 'というIAM')), kind), ([n, , k]) => ({ name: n, kind: k })),
  );
}

const lastOf = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

/** Who may, as those of one account. */
export function membersThatMay(names: Names): Parser<PermissionTest> {
  const types = { role: 'ROLE', user: 'USER' } as const;
  return rule(() =>
    alt(
      map(
        ofUnit(names),
        ({ unit, k }): PermissionTest => ({ unit, ...(k ? { types: [types[k]] } : {}) }),
      ),
      map(
        seq(ofAccount(names), kind),
        ([account, k]): PermissionTest => ({
          types: [types[k]],
          grantee: { account },
        }),
      ),
      map(
        seq(ofAccount(names), anyone),
        ([account]): PermissionTest => ({
          grantee: { account },
        }),
      ),
      expand(
        seq(ofAccount(names), called(names.named(['principal'], false))),
        ([account, { name, kind: k }]): readonly PermissionTest[] => {
          const fitting = name.values.filter((p) => k === null || p.includes(`:${k}/`));
          const theirs = fitting.filter((p) => p.includes(`::${account}:`));
          if (theirs.length > 0) return [{ grantee: { principals: theirs } }];
          const [other] = fitting;
          // No policy names one of that account: this is how one would.
          return other && k !== null
            ? [{ grantee: { principals: [`arn:aws:iam::${account}:${k}/${lastOf(other)}`] } }]
            : [];
        },
      ),
    ),
  );
}

/** CloudTrail's type of identity for sessions of roles, and for IAM users. */
const identityTypes = { role: 'AssumedRole', user: 'IAMUser' } as const;

/** Who did something, as those of one account. */
export function membersThatDid(names: Names): Parser<Partial<UsageTest>> {
  return rule(() =>
    alt(
      map(ofUnit(names), ({ unit, k }) => ({
        callerUnit: unit,
        ...(k ? { identityTypes: [identityTypes[k]] } : {}),
      })),
      map(seq(ofAccount(names), kind), ([callerAccount, k]) => ({
        callerAccount,
        identityTypes: [identityTypes[k]],
      })),
      map(seq(ofAccount(names), anyone), ([callerAccount]) => ({ callerAccount })),
      map(
        seq(ofAccount(names), called(names.named(['caller'], false))),
        ([callerAccount, { name, kind: k }]) => ({
          callerAccount,
          callers: [...name.values],
          ...(k === 'user' ? { identityTypes: [identityTypes.user] } : {}),
        }),
      ),
    ),
  );
}

/** What marks one as doing something or being given it. */
const role = j('が', 'は', 'に', 'から', 'も', 'による', 'によって', 'により', 'への', 'からの');

/** Readings in which the place that someone belongs to is that of the keys are none. */
export function ofTheirOwn(
  names: Names,
  places: Parser<Filter>,
  tokens: readonly Token[],
  plans: readonly Plan[],
): readonly Plan[] {
  const wholly = names.named(['principal', 'caller'], false);
  const member = seq(j('の', '内の'), alt(called(wholly), kind, anyone), role);
  const place = alt(
    map(names.named(['account', 'ou', 'environment', 'tag'], false), valueFilter),
    places,
  );
  const chart = newChart(tokens, new Set());
  const theirs = new Set(
    tokens.flatMap((_, at) =>
      seq(place, member)(chart, at).flatMap(({ value: [where] }) =>
        isOfRegions(where) ? [] : partsOf(where).map((p) => JSON.stringify(p)),
      ),
    ),
  );
  if (theirs.size === 0) return plans;
  const ofKeys = (filter: Filter): boolean =>
    partsOf(filter).some(
      (p) =>
        theirs.has(JSON.stringify(p)) ||
        (!('is' in p) && 'key' in p && ofKeys(p.key)) ||
        (!('is' in p) && 'or' in p && p.or.some((o) => theirs.has(JSON.stringify(o)))),
    );
  return plans.filter(
    ({ filter, measure }) =>
      !ofKeys(filter) && !(measure.kind === 'share' && ofKeys(allOf(measure.of))),
  );
}

/** Roles and users are in no Region: what is said of one is said of the keys. */
const isOfRegions = (filter: Filter) =>
  'is' in filter && filter.is === 'value' && filter.column === 'region';
