import {
  allOf,
  type Fact,
  type Filter,
  listOf,
  noneOf,
  type PermissionTest,
  type Plan,
  partsOf,
  type UsageTest,
} from '../plan/plan.ts';
import { some } from '../plan/says.ts';
import type { Token } from '../tokens/token.ts';
import { japaneseTokens, textOf } from './tokens.ts';

/**
 * Questions that go on from what someone may do or did with another verb: 使ったキーは？ after
 * aliceが使えるキー. The verb is active and has no subject, so that whoever was spoken of did it.
 */

/** A verb in the active past without anyone who does it, and the keys. */
const subjectless =
  /^(?:では、?|じゃあ、?|なら、?|実際に)?(?<deed>(?:(?!が|から|経由|によ|[a-zA-Z0-9-]に)[^、。])*?(?<![れらわか])(?:っ|し|え)た)(?<thing>キー|鍵|CMK|もの|やつ)(?:は|って|だと|なら|では)?(?:の?一覧|を?リスト(?:で|に)?|の?数|何件|何個|いくつ|どれ)?(?:ですか|か|を教えて|を見せて)?$/iu;

/** What was done, where a question says it of nobody. */
const deedOf = (tokens: readonly Token[]): string | null =>
  subjectless.exec(textOf(tokens))?.groups?.deed ?? null;

/** 使っていないもの, with a time at most: of nobody that is said. */
const subjectlessNot =
  /^(?:そのうち、?|では、?|じゃあ、?|なら、?)?(?<deed>(?:(?!が|から|経由|によ|[a-zA-Z0-9-]に)[^、。])*?(?:使っ|(?:使用|利用)し)て(?:い)?ない)(?:キー|鍵|CMK|もの|やつ)(?:は|って|だと|なら|では|だけ)?(?:の?一覧|を?リスト(?:で|に)?|の?数|何件|何個|いくつ|どれ)?(?:ですか|か|を教えて|を見せて)?$/iu;
const omissionOf = (tokens: readonly Token[]): string | null =>
  subjectlessNot.exec(textOf(tokens))?.groups?.deed ?? null;
/** Whether keys are asked for by what was not done with them, and not by whom. */
export const leavesOutWhoDidNot = (tokens: readonly Token[]): boolean =>
  omissionOf(tokens) !== null;

/** Whether keys are asked for by what was done to them, and not by whom. */
export const leavesOutDoer = (tokens: readonly Token[]): boolean => deedOf(tokens) !== null;

/** What is said of whoever did something. */
type Doer = Pick<
  UsageTest,
  'callers' | 'callerAccount' | 'callerFrom' | 'identityTypes' | 'services' | 'addresses' | 'butNot'
>;

const doerOfEvent = ({
  callers,
  callerAccount,
  callerFrom,
  identityTypes,
  services,
  addresses,
  butNot,
}: UsageTest): Doer =>
  said({ callers, callerAccount, callerFrom, identityTypes, services, addresses, butNot });

/** Without what is not said. */
function said(doer: Readonly<Record<string, unknown>>): Doer {
  return Object.fromEntries(Object.entries(doer).filter(([, v]) => v !== undefined));
}

/** Sessions of roles, and IAM users, as CloudTrail calls them. */
const identities: Readonly<Record<string, string>> = { ROLE: 'AssumedRole', USER: 'IAMUser' };

/** Whoever may, as one who did; empty where no record can tell. */
export function doerOfAccess({ grantee, trust, types, otherAccount }: PermissionTest): Doer {
  const from =
    trust?.join() === 'EXTERNAL'
      ? ({ callerFrom: 'EXTERNAL' } as const)
      : otherAccount
        ? ({ callerFrom: 'OTHER_ACCOUNT' } as const)
        : {};
  if (trust && trust.join() !== 'EXTERNAL') return {};
  const signedIn = types?.flatMap((t) => identities[t] ?? []) ?? [];
  if (types && signedIn.length !== types.length) return {};
  const kind = types ? { identityTypes: signedIn } : {};
  if (!grantee) return { ...from, ...kind };
  if ('account' in grantee) return { callerAccount: grantee.account, ...kind };
  if ('kind' in grantee) {
    if (grantee.kind === 'user' || grantee.kind === 'assumed-role') {
      return { callers: [grantee.name] };
    }
    return grantee.kind === 'role' ? { callers: [`role/${grantee.name}`] } : {};
  }
  const [arn, ...more] = grantee.principals;
  const found = /^arn:aws[\w-]*:iam::(\d{12}):(user|role)\/(?:.*\/)?([^/]+)$/.exec(arn ?? '');
  if (!arn || !found || more.length > 0) return {};
  const [, callerAccount, what, name] = found;
  return what === 'user' ? { callers: [arn] } : { callers: [`role/${name}`], callerAccount };
}

const isSomeone = (fact: Fact): boolean =>
  Object.keys(
    fact.is === 'event'
      ? doerOfEvent(fact.test)
      : fact.is === 'access' && !fact.test.denied
        ? doerOfAccess(fact.test)
        : {},
  ).length > 0;

/** Whether someone was spoken of who did something, or may. */
export const speaksOfSomeone = (plan: Plan): boolean =>
  some(
    plan,
    (f) =>
      (f.is === 'event' && Object.keys(doerOfEvent(f.test)).length > 0) ||
      (f.is === 'access' &&
        (f.test.grantee ?? f.test.types ?? f.test.trust ?? f.test.otherAccount) !== undefined),
  );

/** Whether someone did what a plan says was done. */
export const saysWhoDid = (plan: Plan): boolean =>
  some(plan, (f) => f.is === 'event' && Object.keys(doerOfEvent(f.test)).length > 0);

/** Whether someone did not do what a plan says was not done. */
export const saysWhoDidNot = (plan: Plan): boolean => {
  const denies = (f: Filter): boolean => {
    if ('not' in f)
      return (
        'is' in f.not && f.not.is === 'event' && Object.keys(doerOfEvent(f.not.test)).length > 0
      );
    if ('and' in f) return f.and.some(denies);
    if ('or' in f) return f.or.every(denies);
    return !('is' in f) && 'key' in f && denies(f.key);
  };
  return denies(plan.filter) || (plan.measure.kind === 'share' && denies(plan.measure.of));
};

/** Stands for whoever it was while the question is read. */
const STAND_IN = 'someone';

/**
 * The keys to which the same one did what is asked, at the same time unless another is said. Null for any
 * other question; none where it is not clear who is meant, or what.
 */
export function bySameDoer(
  tokens: readonly Token[],
  before: Plan,
  read: (tokens: readonly Token[]) => readonly Plan[],
): readonly Plan[] | null {
  const omission = omissionOf(tokens);
  const deed = deedOf(tokens) ?? omission;
  if (deed === null || !speaksOfSomeone(before)) return null;
  const ofKeys = keysBefore(before);
  if (!ofKeys) return [];
  const { measure } = ofKeys;
  const parts = partsOf(measure.kind === 'share' ? measure.of : ofKeys.filter);
  const [someone, ...more] = parts.filter((p) => 'is' in p && isSomeone(p));
  if (!someone || !('is' in someone) || more.length > 0) return [];
  // What he may use and did not is among what he may use; what he changed and did not use is not clear.
  if (omission !== null && someone.is === 'event') return [];
  const rest = omission === null ? parts.filter((p) => p !== someone) : parts;
  const doer =
    someone.is === 'event'
      ? doerOfEvent(someone.test)
      : someone.is === 'access'
        ? doerOfAccess(someone.test)
        : {};
  const time = someone.is === 'event' ? said({ from: someone.test.from, to: someone.test.to }) : {};
  const named = japaneseTokens(`「${STAND_IN}」が${deed}キー`);
  return read(named).flatMap((plan): readonly Plan[] => {
    const done = partsOf(plan.filter).map((part): Filter | null => {
      const p = omission !== null && 'not' in part ? part.not : part;
      if (!('is' in p) || p.is !== 'event' || p.test.callers?.join() !== STAND_IN) return null;
      const { callers: _, ...test } = p.test;
      const timed = test.from || test.to ? test : { ...test, ...time };
      const event: Filter = { is: 'event', test: { ...timed, ...doer } };
      return omission === null ? event : noneOf(event);
    });
    const all = done.every((f) => f !== null) ? done : [];
    if (plan.entity !== 'keys' || all.length === 0) return [];
    const meant = allOf(...rest, ...all);
    return measure.kind === 'share'
      ? [{ ...ofKeys, measure: { ...measure, of: meant } }]
      : [{ ...ofKeys, filter: meant }];
  });
}

/** What was answered of keys; of events, the keys that they were of. */
function keysBefore(before: Plan): Plan | null {
  if (before.entity === 'keys') return before;
  if (before.entity !== 'usage') return null;
  const parts = partsOf(before.filter).map((p) => (!('is' in p) && 'key' in p ? p.key : p));
  const plain = parts.every((p) => !('is' in p) || p.is !== 'time' || p.column !== 'last_event_at');
  return plain ? listOf('keys', allOf(...parts)) : null;
}

/** 使われたキーは？ after what someone may use: of all keys, or of those. */
export function withThoseOfSomeone(
  tokens: readonly Token[],
  asked: Plan,
  before: Plan,
): readonly Plan[] {
  const passive = /^(?:では、?|じゃあ、?)?(?:実際に)?(?:使|使用|利用)(?:わ|さ)れ/u;
  if (!passive.test(textOf(tokens)) || !speaksOfSomeone(before)) return [asked];
  const both = { ...asked, filter: allOf(before.filter, asked.filter) };
  return asked.entity === 'keys' && before.entity === 'keys' ? [both, asked] : [asked];
}
