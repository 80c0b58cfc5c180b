import { plain } from '../grammar/joining.ts';
import { entityTables, timesAhead } from '../plan/entity-tables.ts';
import { type Moment, type Period, resolveMoment } from '../plan/moment.ts';
import {
  allOf,
  anyOf,
  eachFact,
  everything,
  type Fact,
  type Filter,
  factsOf,
  isEverything,
  listOf,
  type PermissionTest,
  type Plan,
  partsOf,
  type UsageTest,
} from '../plan/plan.ts';
import { planIsPossible } from '../plan/possible.ts';
import {
  byAnother,
  forPeriod,
  insteadOf,
  leavesOpenWhose,
  meantBy,
  namesGrantee,
  narrowedTo,
  replaced,
  speaksAlike,
  widen,
} from '../plan/refine.ts';
import { eventsBehind, switchesBehind, whoseAccess } from '../plan/refine-rows.ts';
import { isSameSwitch } from '../plan/rotation-context.ts';
import { all } from './groups.ts';
import type { HeadPlace } from './head.ts';
import { meanings } from './meaning.ts';
import type { Piece } from './piece.ts';

/** Pieces that say how an answer goes on rather than what is asked. */
const going: ReadonlySet<Piece['is']> = new Set(['them', 'also', 'instead']);
/** Pieces that ask for another shape of the answer. */
const shaping: ReadonlySet<Piece['is']> = new Set([
  'want',
  'measure',
  'share',
  'order',
  'limit',
  'by',
  'dimension',
  'noun',
  'show',
  'rank',
  'compare',
  'each',
]);

/**
 * Everything that the pieces can mean after an answer: its keys narrowed by further conditions, or asked
 * about in another way. A condition that contradicts the one before takes its place.
 */
export function continuations(
  pieces: readonly Piece[],
  before: Plan,
  place: HeadPlace,
  asOf: Date,
): readonly Plan[] {
  const [first, ...others] = pieces;
  const said = withExceptions(first?.is === 'joint' || first?.is === 'mark' ? others : pieces);
  const rest = said.filter((p) => !going.has(p.is));
  const [only, ...more] = rest;
  if (!only) return [];
  // "Or ECC": those as well.
  const widens = first?.is === 'joint' && first.by === 'or';
  if (widens && !rest.every((p) => p.is === 'condition' || p.is === 'joint')) return [];
  if (only.is === 'period' && more.length === 0) {
    const unused = forPeriod(only.period)(before);
    return unused.length > 0 ? unused : overPeriod(only.period, before);
  }
  const pointed = rest.filter((p) => p.is !== 'only' && p.is !== 'mark');
  const [time, ...besides] = pointed;
  if (time?.is === 'time' && besides.length === 0) {
    const fewer = rest.some((p) => p.is === 'only') ? withinTime(time, before) : null;
    if (fewer) return fewer;
    const other = atOtherTime(time, before, asOf);
    return other.length > 0 ? other : inTime(time, before);
  }
  const [someone, ...nobody] = pointed;
  if (someone?.is === 'did' && nobody.length === 0 && someone.test && !someone.denied) {
    const fewer = onlyOfKind(someone.test, before);
    if (fewer) return [fewer];
  }
  if (someone?.is === 'did' && nobody.length === 0 && someone.test?.operations && !someone.denied) {
    if (all(said, 'instead').some((p) => p.same)) return doneInstead(someone.test, before);
    const those = doingThat(someone.test, before);
    return those.length > 0 ? those : toWhichDone(someone.test, before);
  }
  if (someone?.is === 'someone' && nobody.length === 0) {
    const fewer = thoseOf(someone, before);
    if (fewer) return [fewer];
  }
  const fewer = withoutSomeone(rest, before);
  if (fewer) return fewer;
  if (only.is === 'someone' && more.length === 0) {
    const added = byWhomAlso(rest, before);
    return added ? [added] : ofSomeoneElse(only, before);
  }
  if (only.is === 'yearly' && more.length === 0) return perYear(before);
  const theirs = usedByThem(said, before) ?? doneByThem(said, before);
  if (theirs) return [theirs];
  // "He" is nobody of whom nothing was said.
  if (said.some((p) => p.is === 'them' && p.person === 'one')) return [];
  // "Can it decrypt", of one key among several or of someone: not clear which.
  if (said.some((p) => p.is === 'them' && p.one) && !isParticular(before)) return [];
  // "And when?" of what was done: it stands in the rows already.
  const inRows = rest.every(
    (p) =>
      (p.is === 'did' && !p.test) ||
      p.is === 'joint' ||
      p.is === 'mark' ||
      (p.is === 'want' && ['when', 'whence', 'who', 'what'].includes(p.want)),
  );
  if (inRows && before.entity === 'usage' && before.measure.kind === 'list') return [before];
  // "Who disabled it?" of when it was disabled: it stands in the rows as well.
  if (repeatsDeed(rest, before)) return [before];
  if (inRows && showsLastUse(before)) return [lastUseOf(before)];
  const events = inRows ? eventsBehind(before) : null;
  if (events) return [events];
  const wants = all(rest, 'want').map((p) => p.want);
  const asksWhoAndWhen = wants.includes('who') && wants.includes('when');
  const switched =
    inRows && (asksWhoAndWhen || rest.some((p) => p.is === 'did')) ? switchesBehind(before) : null;
  if (switched) return [switched];
  if (inRows && rest.some((p) => p.is === 'did')) return [];
  const further = byWhomAlso(rest, before);
  if (further) return [further];
  const accounts = theAccounts(rest, before);
  if (accounts.length > 0) return accounts;
  if (only.is === 'dimension' && only.entity === before.entity && before.entity !== 'keys') {
    const shown = rest.every((p) => p.is === 'dimension' || p.is === 'want');
    if (shown && before.measure.kind === 'list') return [before];
  }
  // "In which OUs", of accounts: it stands in their rows.
  const unit = only.is === 'dimension' && 'column' in only.dimension && only.dimension.column;
  if (unit === 'ou_path' && more.length === 0 && before.entity === 'accounts') {
    if (before.measure.kind === 'list') return [before];
  }
  if (
    !pieces.some((p) => p.is === 'condition') &&
    rest.every((p) => ['errors', 'want', 'each'].includes(p.is))
  ) {
    // The error stands in the rows.
    if (
      before.entity === 'coverage' &&
      before.measure.kind === 'list' &&
      all(rest, 'errors').length > 0
    )
      return [before];
  }
  const bounded = boundedGroups(rest, before);
  if (bounded) return [bounded];
  const ordered = soonestFirst(rest, before);
  if (ordered) return [ordered];
  const top = topGroups(rest, before);
  if (top) return [top];
  const regrouped = groupedAnew(rest, before);
  if (regrouped) {
    // "With cost" after the top three by number shows what those cost; the top three by cost are others.
    const cost =
      before.limit !== null && before.measure.kind === 'count' && regrouped.measure.kind === 'sum';
    const beside = { ...before, measure: { kind: 'count', keys: true, cost: true } } as const;
    const instead = said.some((p) => p.is === 'instead');
    const monthly =
      regrouped.measure.kind === 'sum' && regrouped.measure.column === 'monthly_cost_usd';
    return cost && monthly && !instead ? [beside, regrouped] : [regrouped];
  }
  if (isNewQuestion(said)) return [];
  const reshapes = rest.some((p) => shaping.has(p.is));
  if (!reshapes) return furtherConditions(said, rest, before, place, widens);
  const keys = keysOf(before);
  if (!keys) return [];
  return asked(rest, keys, before, place);
}

/** "Which keys in Tokyo are disabled?" says itself which keys it asks for. */
function isNewQuestion(said: readonly Piece[]): boolean {
  const names = said.some((p) => p.is === 'noun' && p.noun === 'keys');
  const tells = said.some((p) => ['condition', 'did', 'may', 'source', 'someone'].includes(p.is));
  return names && tells && !said.some((p) => going.has(p.is));
}

/** "Without the nonprod ones": those are left out. */
function withExceptions(said: readonly Piece[]): readonly Piece[] {
  if (!said.some((p) => p.is === 'them')) return said;
  return said.map((p, i) =>
    p.is === 'not' && said[i + 1]?.is === 'condition' ? { is: 'except' as const } : p,
  );
}

/** Whether only who or when is asked of the one thing done that an answer lists. */
function repeatsDeed(rest: readonly Piece[], before: Plan): boolean {
  const [event, ...more] = factsOf(before.filter).flatMap((f) => (f.is === 'event' ? [f] : []));
  const [said, ...others] = rest.flatMap((p) => operationsSaid(p) ?? []);
  const asks = rest.every(
    (p) => operationsSaid(p) || p.is === 'joint' || p.is === 'mark' || p.is === 'want',
  );
  const wants = all(rest, 'want');
  const of =
    wants.length > 0 && wants.every(({ want }) => ['when', 'whence', 'who'].includes(want));
  return (
    before.entity === 'usage' &&
    before.measure.kind === 'list' &&
    event !== undefined &&
    more.length === 0 &&
    said !== undefined &&
    others.length === 0 &&
    asks &&
    of &&
    isSameSwitch(event.test.operations, [said])
  );
}

/** The operations that a piece names: "disabled" is what a key is, and what someone did. */
function operationsSaid(piece: Piece): readonly string[] | null {
  if (piece.is === 'did') return piece.denied ? null : (piece.test?.operations ?? null);
  if (piece.is !== 'condition' || piece.none) return null;
  const fact = piece.condition.filter;
  const state = 'is' in fact && fact.is === 'value' && fact.column === 'key_state';
  if (!state) return null;
  const switched = { Disabled: 'DisableKey', Enabled: 'EnableKey' }[fact.values.join()];
  return switched ? [switched] : null;
}

/**
 * "Which accounts?" of what external accounts may do: those. Of what was done, those of the keys or those that did
 * it; of keys that external accounts have access to, those of the keys or those that have it.
 */
function theAccounts(rest: readonly Piece[], before: Plan): readonly Plan[] {
  const [of, ...more] = all(rest, 'dimension');
  const column = of && 'column' in of.dimension && !('by' in of.dimension) && of.dimension.column;
  const plain = rest.every((p) => p.is === 'dimension' || (p.is === 'want' && p.want === 'list'));
  if (column !== 'account_id' || more.length > 0 || !plain) return [];
  if (before.measure.kind !== 'list' || before.limit !== null) return [];
  const by = (plan: Plan, column: string, keys: boolean): Plan => ({
    ...listOf(plan.entity, allOf(plan.filter, { is: 'present', column })),
    measure: { kind: 'count', keys },
    groupBy: [{ column }],
  });
  if (before.entity === 'usage') {
    return [by(before, 'account_id', false), by(before, 'caller_account', false)];
  }
  const external = factsOf(before.filter).some(
    (f) => f.is === 'access' && f.test.trust?.includes('EXTERNAL') && !f.test.denied,
  );
  if (!external) return [];
  if (before.entity === 'permissions') return [by(before, 'principal_account', true)];
  return before.entity === 'keys'
    ? [
        by(before, 'account_id', true),
        ...whoseAccess(before).map((p) => by(p, 'principal_account', true)),
      ]
    : [];
}

/** Whether an answer tells when a particular key was last used. */
const showsLastUse = (before: Plan) =>
  before.entity === 'keys' &&
  before.measure.kind === 'list' &&
  before.measure.show.includes('last_used_at') &&
  isParticular(before);

/** "Now by account, top 3 only", "by monthly cost instead": the same measure or the same groups. */
function groupedAnew(rest: readonly Piece[], before: Plan): Plan | null {
  if (before.entity !== 'keys' || before.groupBy.length === 0) return null;
  const plain: ReadonlySet<Piece['is']> = new Set([
    'by',
    'limit',
    'only',
    'mark',
    'measure',
    'rank',
  ]);
  if (!rest.every((p) => plain.has(p.is))) return null;
  const [by, ...more] = all(rest, 'by');
  const [limit, ...limits] = all(rest, 'limit');
  const [measure, ...measures] = all(rest, 'measure');
  if (more.length > 0 || limits.length > 0 || measures.length > 0) return null;
  if (by && by.entity === 'keys' && !measure && limit) {
    const orderBy = { by: 'value', direction: 'desc' } as const;
    return { ...before, groupBy: [...by.dimensions], orderBy, having: null, limit: limit.limit };
  }
  if (!measure || by || limit || before.having) return null;
  // The order was by what a number of keys was shown with.
  const other = before.orderBy !== null && before.orderBy.by === 'monthly_cost_usd';
  if (other && before.limit !== null) return null;
  return { ...before, measure: measure.measure, ...(other ? { orderBy: null } : {}) };
}

/** "Soonest first, only 5": keys in the order of the time to come that they are told by. */
function soonestFirst(rest: readonly Piece[], before: Plan): Plan | null {
  const own: ReadonlySet<Piece['is']> = new Set(['soonest', 'limit', 'only', 'mark']);
  const [limit, ...limits] = all(rest, 'limit');
  if (before.entity !== 'keys' || before.measure.kind !== 'list' || before.limit !== null)
    return null;
  if (all(rest, 'soonest').length !== 1 || limits.length > 0 || !rest.every((p) => own.has(p.is)))
    return null;
  const columns = factsOf(before.filter).flatMap((f) => {
    if (f.is === 'value') return f.values.includes('PendingDeletion') ? ['deletion_at'] : [];
    return 'column' in f && timesAhead.includes(f.column) ? [f.column] : [];
  });
  const [by, ...others] = new Set(columns);
  if (by === undefined || others.length > 0) return null;
  return { ...before, orderBy: { by, direction: 'asc' }, limit: limit?.limit ?? null };
}

/** "Top 3 accounts", "which team has most": the keys of an answer by what they are of, the most of them first. */
function topGroups(rest: readonly Piece[], before: Plan): Plan | null {
  const { entity, measure, having, limit } = before;
  if (entity !== 'keys' || having !== null || limit !== null || measure.kind === 'mean')
    return null;
  const own: ReadonlySet<Piece['is']> = new Set([
    'want',
    'dimension',
    'limit',
    'rank',
    'only',
    'mark',
  ]);
  const isOwn = (p: Piece) =>
    (own.has(p.is) && !(p.is === 'want' && p.want !== 'list')) ||
    (p.is === 'noun' && p.noun === 'keys' && isEverything(p.filter)) ||
    (p.is === 'may' && p.modal);
  const [group, ...groups] = all(rest, 'dimension');
  const [cut, ...cuts] = all(rest, 'limit');
  const [rank, ...ranks] = all(rest, 'rank');
  if (!rest.every(isOwn) || !group || group.entity !== 'keys' || (!cut && !rank)) return null;
  if (groups.length + cuts.length + ranks.length > 0) return null;
  // The worst of what is counted is not told by the number.
  if (cut?.worst && (measure.kind === 'share' || measure.kind === 'part')) return null;
  return {
    ...before,
    measure: measure.kind === 'list' ? { kind: 'count', keys: true } : measure,
    groupBy: [group.dimension],
    orderBy: { by: 'value', direction: rank?.direction ?? 'desc' },
    limit: cut?.limit ?? 'ties',
  };
}

/** "Only those with more than 10": of the groups of an answer, those whose value compares so. */
function boundedGroups(rest: readonly Piece[], before: Plan): Plan | null {
  const { entity, groupBy, having, limit, measure } = before;
  if (groupBy.length === 0 || having !== null || limit !== null) return null;
  if (measure.kind === 'list' || measure.kind === 'share' || measure.kind === 'part') return null;
  const [bound, ...more] = all(rest, 'compare');
  if (!bound || more.length > 0) return null;
  const counts = measure.kind === 'count' && (measure.keys || entity === 'keys');
  const isItsOwn = (p: Piece) =>
    ['compare', 'only', 'mark'].includes(p.is) ||
    (p.is === 'noun' &&
      isEverything(p.filter) &&
      (p.noun === 'keys' ? counts : p.noun === entity && measure.kind === 'count')) ||
    (p.is === 'measure' && JSON.stringify(p.measure) === JSON.stringify(measure)) ||
    // "Only accounts with more than 10".
    (p.is === 'dimension' && JSON.stringify([p.dimension]) === JSON.stringify(groupBy));
  return rest.every(isItsOwn) ? { ...before, having: { op: bound.op, value: bound.value } } : null;
}

/** The last use of these keys, with who it was and from where. */
const lastUseOf = ({ filter }: Plan): Plan => ({
  ...listOf('usage', allOf({ key: filter }, { is: 'event', test: { category: 'CRYPTO' } })),
  orderBy: { by: 'last_event_at', direction: 'desc' },
  limit: 'ties',
});

/** "Only those changed by root": the one thing that was done before, by someone. Null for anything else. */
function byWhomAlso(rest: readonly Piece[], before: Plan): Plan | null {
  const pieces = rest.filter((p) => p.is !== 'only' && p.is !== 'mark');
  const [who, ...more] = all(pieces, 'someone');
  const [done, ...others] = all(pieces, 'did');
  const plain = pieces.every((p) => p.is === 'someone' || p.is === 'did');
  if (!who?.someone.did || more.length > 0 || others.length > 0 || !plain) return null;
  const did = who.someone.did;
  if (done && (!done.test || done.test.operations)) return null;
  let found = 0;
  const filter = eachFact(before.filter, (fact) => {
    if (fact.is !== 'event') return fact;
    const open = !namesDoer(fact.test);
    if (!open || (done?.test && done.test.category !== fact.test.category)) return fact;
    found += 1;
    return { is: 'event', test: { ...fact.test, ...did } };
  });
  return found === 1 ? { ...before, filter } : null;
}

/**
 * "Not via S3", "except alice and bob": of what was done, what was done by whomever else. Null where the
 * pieces do not say so; no plans where someone is left out who was asked for.
 */
function withoutSomeone(rest: readonly Piece[], before: Plan): readonly Plan[] | null {
  const said = rest.filter((p) => p.is !== 'mark' && p.is !== 'joint');
  const [first, ...others] = said;
  const denied = first?.is === 'not' || first?.is === 'except';
  const whom = denied ? others : first?.is === 'someone' && first.without ? said : [];
  const named = whom.flatMap((p) => (p.is === 'someone' && !p.alone ? [p] : []));
  if (named.length === 0 || named.length < whom.length) return null;
  const left = named.reduce<UsageTest['butNot'] | null>(
    (all, { someone }) => (all && someone.did ? leavingOut(all, someone.did) : null),
    {},
  );
  if (before.entity !== 'usage' || before.limit !== null || !left) return [];
  let found = 0;
  let asked = false;
  const filter = eachFact(before.filter, (fact) => {
    if (fact.is !== 'event') return fact;
    found += 1;
    const { callers, callerAccount, services, addresses, butNot } = fact.test;
    asked ||= overlaps(left, { callers, callerAccount, services, addresses });
    const none = butNot ? leavingOut(left, butNot) : left;
    return none ? { is: 'event', test: { ...fact.test, butNot: none } } : fact;
  });
  const events = factsOf(before.filter).filter((fact) => fact.is === 'event').length;
  return found === 1 && events === 1 && !asked ? [{ ...before, filter }] : [];
}

type LeftOut = NonNullable<UsageTest['butNot']>;

/** Both left out; null where that cannot be said, as of two accounts or of a kind of identity. */
function leavingOut(
  all: LeftOut,
  { callers, callerAccount, services, addresses, ...more }: Partial<UsageTest>,
): LeftOut | null {
  const twice =
    callerAccount && all.callerAccount !== undefined && all.callerAccount !== callerAccount;
  if (twice || Object.values(more).some((said) => said !== undefined)) return null;
  const account = callerAccount ?? all.callerAccount;
  const both = (a: readonly string[] = [], b: readonly string[] = []) => [...new Set([...a, ...b])];
  const lists = {
    callers: both(all.callers, callers),
    services: both(all.services, services),
    addresses: both(all.addresses, addresses),
  };
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, of]) => of.length > 0)),
    ...(account ? { callerAccount: account } : {}),
  };
}

/** Whether one of those left out is asked for. */
const overlaps = (left: LeftOut, asked: { readonly [aspect in keyof LeftOut]: unknown }) =>
  (['callers', 'services', 'addresses', 'callerAccount'] as const).some((aspect) => {
    const [a, b] = [left[aspect], asked[aspect]].map((v) => new Set([v ?? []].flat()));
    return [...(a ?? [])].some((v) => b?.has(v));
  });

/** Whether it is said who did something, through what or from where. */
const namesDoer = (test: UsageTest) =>
  [
    test.callers,
    test.callerAccount,
    test.callerFrom,
    test.identityTypes,
    test.services,
    test.direct,
    test.addresses,
    test.butNot,
  ].some(Boolean);

/**
 * "Which of them did it use?" of the keys that someone may use: those that he did. "When did it last use them?"
 * Null where nothing of that kind is asked, or where he cannot be told among those who used keys.
 */
function usedByThem(said: readonly Piece[], before: Plan): Plan | null {
  const plain: ReadonlySet<Piece['is']> = new Set(['them', 'want', 'did', 'time', 'last', 'mark']);
  const [deed, ...more] = all(said, 'did');
  const [time = null, ...times] = all(said, 'time');
  if (!deed?.test || deed.denied || deed.noun || deed.test.category !== 'CRYPTO') return null;
  if (more.length > 0 || times.length > 0 || !said.every((p) => plain.has(p.is))) return null;
  const named = said.slice(0, deed.at).some((p) => p.is === 'them' && (p.one || p.person));
  const wants = all(said, 'want').map((w) => w.want);
  if (!named || !wants.every((w) => w === 'list' || w === 'when')) return null;
  const { entity, filter, measure, limit } = before;
  if ((entity !== 'keys' && entity !== 'permissions') || measure.kind !== 'list') return null;
  const accesses = factsOf(filter).flatMap((f) => (f.is === 'access' ? [f.test] : []));
  const [access, ...others] = accesses;
  if (!access?.grantee || access.denied || others.length > 0 || limit !== null) return null;
  if (isParticular(before)) return null;
  const who = asCaller(access.grantee);
  const keys = partsOf(filter).map((p) => (!('is' in p) && 'key' in p ? p.key : p));
  if (!who) return null;
  const test: UsageTest = { ...deed.test, ...who };
  const { from = null, to = null } = time ?? {};
  const latest = all(said, 'last').length > 0;
  if (latest || wants.includes('when')) {
    const when: Filter = time ? { is: 'time', column: 'last_event_at', from, to } : everything;
    const events = listOf('usage', allOf({ is: 'event', test }, when, { key: allOf(...keys) }));
    return latest
      ? { ...events, orderBy: { by: 'last_event_at', direction: 'desc' }, limit: 'ties' }
      : events;
  }
  const done: UsageTest = { ...test, ...(from ? { from } : {}), ...(to ? { to } : {}) };
  return listOf('keys', allOf(...keys, { is: 'event', test: done }));
}

/** "What did he change?" of what someone did: what else he did. Null where nobody is spoken of. */
function doneByThem(said: readonly Piece[], before: Plan): Plan | null {
  const plain: ReadonlySet<Piece['is']> = new Set(['them', 'want', 'did', 'time', 'mark']);
  const [deed, ...more] = all(said, 'did');
  if (!deed || deed.denied || more.length > 0 || !said.every((p) => plain.has(p.is))) return null;
  if (!said.slice(0, deed.at).some((p) => p.is === 'them' && p.person)) return null;
  const [event, ...others] = factsOf(before.filter).flatMap((f) => (f.is === 'event' ? [f] : []));
  const asksWhat = all(said, 'want').every((w) => w.want === 'what');
  if (!event?.test.callers || others.length > 0 || !asksWhat || !deed.test) return null;
  if (before.limit !== null || before.measure.kind !== 'list') return null;
  const { category: _category, operations: _operations, from, to, ...who } = event.test;
  const [time] = all(said, 'time');
  const span = time ?? (from || to ? { from: from ?? null, to: to ?? null } : null);
  const when: Filter = span
    ? { is: 'time', column: 'last_event_at', from: span.from, to: span.to }
    : everything;
  return listOf('usage', allOf({ is: 'event', test: { ...deed.test, ...who } }, when));
}

/** "Only changes", "only decrypts": of all that someone did, those. Null where not everything was asked for. */
function onlyOfKind({ category, operations }: UsageTest, before: Plan): Plan | null {
  if (before.entity !== 'usage' || before.limit !== null) return null;
  const parts = partsOf(before.filter);
  const [either, ...more] = parts.flatMap((p) => (!('is' in p) && 'or' in p ? [p] : []));
  if (!either || more.length > 0) return null;
  const events = either.or.flatMap((f) => ('is' in f && f.is === 'event' ? [f] : []));
  const of = events.filter((f) => f.test.category === category);
  if (events.length < either.or.length || of.length === 0 || of.length === events.length)
    return null;
  if (events.some((f) => f.test.operations)) return null;
  const kept = of.map(
    (f): Filter => ({ is: 'event', test: { ...f.test, ...(operations ? { operations } : {}) } }),
  );
  return { ...before, filter: allOf(...parts.filter((p) => p !== either), anyOf(...kept)) };
}

/** Someone whom policies name, as one who used keys; null for a number of principals. */
function asCaller(grantee: NonNullable<PermissionTest['grantee']>): Partial<UsageTest> | null {
  if ('account' in grantee) return { callerAccount: grantee.account };
  if ('kind' in grantee) return callerOf(grantee.kind, grantee.name);
  const [arn = '', ...more] = grantee.principals;
  const [, callerAccount, kind, name] =
    /^arn:[\w-]+:iam::(\d{12}):(user|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  const who = kind && name && more.length === 0 ? callerOf(kind, name) : null;
  return who && callerAccount ? { ...who, callerAccount } : null;
}

/** Sessions of a role are called differently; a user is called by his name. */
function callerOf(kind: string, name: string): Partial<UsageTest> | null {
  if (kind === 'user') return { callers: [name] };
  return kind === 'role' ? { callers: [`role/${name}`] } : null;
}

/** A monthly cost for twelve months. */
const perYear = (before: Plan): readonly Plan[] =>
  before.measure.kind === 'sum' && before.measure.column === 'monthly_cost_usd'
    ? [{ ...before, measure: { kind: 'sum', column: 'yearly_cost_usd' } }]
    : [];

/** Whether an answer was about one particular key, or what a concern means. */
const isParticular = ({ filter }: Plan) => {
  const facts = factsOf(filter);
  return facts.some((f) => f.is === 'key') || (facts.length === 1 && facts[0]?.is === 'concern');
};

/** The keys that an answer was about; null where it was not about certain keys. */
function keysOf(before: Plan): Filter | null {
  const { entity, filter } = before;
  if (entity === 'keys') return meantBy(before);
  if (!entityTables[entity].ofKey) return null;
  const parts = partsOf(filter);
  const of = parts.flatMap((p) => (!('is' in p) && 'key' in p ? [p.key] : []));
  const [keys, ...more] = of;
  // "Which keys?" of what was done means those it was done to, which are not all that were asked about.
  return keys && more.length === 0 && factsOf(keys).some((f) => f.is === 'key') ? keys : null;
}

/** A question of another shape about the keys before. */
function asked(
  pieces: readonly Piece[],
  keys: Filter,
  before: Plan,
  place: HeadPlace,
): readonly Plan[] {
  const condition: Piece = { is: 'condition', condition: plain(keys) };
  // "Top 10 per account" of what all keys cost: of keys still, which no condition says.
  const [by, ...shape] = pieces;
  const ofAll = before.entity === 'keys' && by?.is === 'by' && shape.every((p) => p.is === 'limit');
  const noun: Piece = { is: 'noun', noun: 'keys', filter: everything };
  const withKeys = isEverything(keys)
    ? ofAll
      ? [noun, ...pieces]
      : pieces
    : place === 'first'
      ? [...pieces, { is: 'mark' } as const, condition]
      : [condition, { is: 'mark' } as const, ...pieces];
  const plans = meanings(withKeys, place).flatMap((plan) => {
    if (planIsPossible(plan)) return [plan];
    const fresh = conditionsOf(pieces, place);
    return fresh ? [{ ...plan, filter: replaced(keys, fresh) }] : [];
  });
  // "Per account?" of a cost or a count keeps what is measured.
  const [piece, ...more] = pieces;
  const grouping = ['by', 'limit', 'rank', 'only', 'mark', 'dimension'];
  const onlyGroups = piece?.is === 'by' && more.every((p) => grouping.includes(p.is));
  const onlyMeasures = piece?.is === 'measure' && more.every((p) => p.is === 'yearly');
  if (onlyMeasures && before.entity === 'keys' && before.groupBy.length > 0) {
    return plans.map((plan) => ({ ...before, measure: plan.measure }));
  }
  if (!onlyGroups || before.entity !== 'keys' || before.measure.kind === 'list') return plans;
  return plans.map((plan) => ({ ...plan, measure: before.measure }));
}

/** What the conditions among the pieces say by themselves. */
function conditionsOf(pieces: readonly Piece[], place: HeadPlace): Filter | null {
  const alone = pieces.filter((p) => p.is === 'condition' || p.is === 'joint' || p.is === 'mark');
  const [plan, ...more] = meanings(alone, place);
  return plan && more.length === 0 ? plan.filter : null;
}

/** "Only in production", "except the disabled ones", "also in Tokyo", "and PendingDeletion?" */
function furtherConditions(
  said: readonly Piece[],
  rest: readonly Piece[],
  before: Plan,
  place: HeadPlace,
  widens: boolean,
): readonly Plan[] {
  if (!['keys', 'permissions', 'concerns', 'usage'].includes(before.entity)) return [];
  const filters = meanings(rest, place)
    .filter((p) => p.entity === 'keys' && p.measure.kind === 'list')
    .map((p) => p.filter);
  const also = all(said, 'also').length > 0 || widens;
  const instead = all(said, 'instead').length > 0;
  return filters.flatMap((filter): readonly Plan[] => {
    if (isEverything(filter)) return [];
    if (leavesOpenWhose(filter, before.filter)) return [];
    if (before.entity !== 'keys') {
      // "And encrypt" of who may decrypt is another question, not one of fewer keys.
      const ofKeys = factsOf(filter).every((f) => f.is !== 'access' && f.is !== 'event');
      const other = instead && ofKeys ? withOtherKeys(before, filter) : null;
      if (other) return [other];
      const fewer = { ...before, filter: allOf(before.filter, { key: filter }) };
      return ofKeys && !also && !instead && planIsPossible(fewer) ? [fewer] : [];
    }
    if (also) return widen(filter)(before);
    // "The same for X" needs something that X can take the place of.
    if (all(said, 'instead').some((p) => p.same)) return insteadOf(filter)(before);
    if (!instead) return [narrowedTo(before, filter)];
    const swapped = { ...before, filter: replaced(before.filter, filter) };
    return speaksAlike(before.filter, filter) ? [swapped] : [];
  });
}

/** The same of other keys: those that rows about keys were asked of. */
function withOtherKeys(before: Plan, keys: Filter): Plan | null {
  const parts = partsOf(before.filter);
  const of = parts.filter((p) => !('is' in p) && 'key' in p);
  const [old, ...more] = of;
  if (!old || 'is' in old || !('key' in old) || more.length > 0) return null;
  if (!speaksAlike(old.key, keys)) return null;
  const rest = parts.filter((p) => p !== old);
  return { ...before, filter: allOf(...rest, { key: replaced(old.key, keys) }) };
}

/** The same of someone else: of the one condition that speaks of someone. */
function ofSomeoneElse(
  { someone }: Extract<Piece, { is: 'someone' }>,
  before: Plan,
): readonly Plan[] {
  const facts = factsOf(before.filter);
  const [only, ...more] = facts.filter(
    (f) =>
      (f.is === 'event' && someone.did && namesDoer(f.test)) ||
      (f.is === 'access' && someone.may && namesGrantee(f.test)),
  );
  if (!only || more.length > 0) return [];
  const others: readonly Fact[] =
    only.is === 'event'
      ? byAnother(only.test, someone.did ?? {}).map((test) => ({ is: 'event', test }))
      : only.is === 'access'
        ? [{ is: 'access', test: { ...withoutGrantee(only.test), ...someone.may } }]
        : [];
  return others.map((other) => ({
    ...before,
    filter: eachFact(before.filter, (fact) => (fact === only ? other : fact)),
  }));
}

function withoutGrantee({
  grantee: _grantee,
  unit: _unit,
  trust: _trust,
  types: _types,
  otherAccount: _otherAccount,
  ...test
}: PermissionTest): PermissionTest {
  return test;
}

/** "Outside the organization" of who may use certain keys: only they, where nobody was named before. */
function thoseOf(
  { someone: { may } }: Extract<Piece, { is: 'someone' }>,
  before: Plan,
): Plan | null {
  if (before.entity !== 'permissions' || !may) return null;
  const parts = partsOf(before.filter);
  const [own, ...more] = parts.filter((p) => 'is' in p && p.is === 'access');
  if (!own || !('is' in own) || own.is !== 'access' || more.length > 0) return null;
  if (namesGrantee(own.test)) return null;
  const rest = parts.filter((p) => p !== own);
  return { ...before, filter: allOf(...rest, { is: 'access', test: { ...own.test, ...may } }) };
}

/** "Just those for Decrypt": of the one condition on what was done, these operations. */
function doingThat({ category, operations = [] }: UsageTest, before: Plan): readonly Plan[] {
  let found = 0;
  const filter = eachFact(before.filter, (fact) => {
    if (fact.is !== 'event' || fact.test.operations || fact.test.category !== category) return fact;
    found += 1;
    return { is: 'event', test: { ...fact.test, operations: [...operations] } };
  });
  return found === 1 ? [{ ...before, filter }] : [];
}

/** "The same for rotation being switched off": of the one thing done that was asked for, another. */
function doneInstead({ category, operations = [] }: UsageTest, before: Plan): readonly Plan[] {
  const events = factsOf(before.filter).filter((f) => f.is === 'event');
  const [only, ...more] = events;
  if (!only?.test.operations || more.length > 0) return [];
  return [
    {
      ...before,
      filter: eachFact(before.filter, (fact) =>
        fact === only
          ? { is: 'event', test: { ...only.test, category, operations: [...operations] } }
          : fact,
      ),
    },
  ];
}

/** The keys that were used at all, used in that time. */
function inUse({ from, to }: TimeSpan, before: Plan): readonly Plan[] {
  const parts = partsOf(before.filter);
  const [status, ...more] = parts.filter(
    (f) => 'is' in f && f.is === 'value' && f.values.join() === 'USED',
  );
  if (before.entity !== 'keys' || !status || more.length > 0 || !from) return [];
  const used: Fact = { is: 'used', from, ...(to ? { to } : {}) };
  return [{ ...before, filter: allOf(...parts.filter((f) => f !== status), used) }];
}

/** The filter with each of its events turned into another, also where it names several to choose from. */
function eachEvent(filter: Filter, turn: (test: UsageTest) => UsageTest): Filter {
  if ('or' in filter) return { or: filter.or.map((f) => eachEvent(f, turn)) };
  return eachFact(filter, (fact) =>
    fact.is === 'event' ? { is: 'event', test: turn(fact.test) } : fact,
  );
}

/** "Has anyone changed its policy?": of these keys, those to which that was done. */
function toWhichDone(test: UsageTest, before: Plan): readonly Plan[] {
  const { entity, filter, measure, limit } = before;
  const done = factsOf(filter).some((fact) => fact.is === 'event');
  const told = test.operations?.every((operation) => changesOfParts.has(operation));
  if (entity !== 'keys' || done || limit !== null || !told) return [];
  return measure.kind === 'list'
    ? [listOf('keys', allOf(meantBy(before), { is: 'event', test }))]
    : [];
}

/** What is done to what belongs to a key; "enabled" and the like tell the state of the key as well. */
const changesOfParts: ReadonlySet<string> = new Set([
  'PutKeyPolicy',
  'CreateGrant',
  'RevokeGrant',
  'RetireGrant',
  'CreateAlias',
  'UpdateAlias',
  'DeleteAlias',
  'TagResource',
  'UntagResource',
  'UpdateKeyDescription',
]);

/** The same at another time: of the one condition that speaks of a time. */
export function atOtherTime(said: TimeSpan, before: Plan, asOf: Date): readonly Plan[] {
  let found = 0;
  let already = false;
  const filter = eachFact(before.filter, (fact) => {
    const { from, to } = within(said, fact, asOf);
    const until = to ? { to } : {};
    if (fact.is === 'time' && ahead.has(fact.column)) return fact;
    const turned: Fact | null =
      fact.is === 'time'
        ? { ...fact, from, to }
        : fact.is === 'used' && from
          ? { is: 'used', from, ...until }
          : fact.is === 'unused' && from && !to
            ? { ...fact, since: from }
            : fact.is === 'event' && (fact.test.from || fact.test.to)
              ? {
                  is: 'event',
                  test: { ...withoutTime(fact.test), ...(from ? { from } : {}), ...until },
                }
              : null;
    if (!turned) return fact;
    found += 1;
    already ||= JSON.stringify(turned) === JSON.stringify(fact);
    return turned;
  });
  if (already) return [before];
  // "In the last 30 days" of keys that are in use: used then.
  const used = inUse(said, before);
  if (found === 1) return [...used, { ...before, filter }];
  if (found > 0 || used.length > 0) return used;
  // Of what was done at any time: only then.
  const bounds = { ...(said.from ? { from: said.from } : {}), ...(said.to ? { to: said.to } : {}) };
  let events = 0;
  const timed = eachEvent(before.filter, (test) => {
    events += 1;
    return { ...test, ...bounds };
  });
  const all = factsOf(before.filter).filter((fact) => fact.is === 'event').length;
  const alternatives = 'or' in before.filter && before.filter.or.length === events;
  return events === all && (events === 1 || alternatives) ? [{ ...before, filter: timed }] : [];
}

/**
 * "Before June" of what was this year is before June of this year: a bound that falls into the time that
 * was spoken of leaves the other one as it is.
 */
function within(said: TimeSpan, fact: Fact, asOf: Date): TimeSpan {
  const { from = null, to = null } =
    fact.is === 'time' ? fact : fact.is === 'event' ? fact.test : fact.is === 'used' ? fact : {};
  const bound = said.from && said.to ? null : (said.from ?? said.to);
  if (!bound || (!from && !to)) return said;
  const at = resolveMoment(bound, asOf);
  const inside =
    (!from || resolveMoment(from, asOf) < at) && at < (to ? resolveMoment(to, asOf) : asOf);
  return inside ? { from: said.from ?? from, to: said.to ?? to } : said;
}

interface TimeSpan {
  readonly from: Moment | null;
  readonly to: Moment | null;
}

/** A condition that speaks of a time, and its ends. */
interface Timed {
  readonly fact: Extract<Fact, { is: 'time' | 'event' }>;
  readonly first: Moment | null;
  readonly last: Moment | null;
}

/** "Only since 2018" of what was made before 2020: both ends hold. Null where there is no other end. */
function withinTime(
  { from, to }: Extract<Piece, { is: 'time' }>,
  before: Plan,
): readonly Plan[] | null {
  const timed = factsOf(before.filter).flatMap((fact): readonly Timed[] =>
    fact.is === 'time'
      ? [{ fact, first: fact.from, last: fact.to }]
      : fact.is === 'event' && (fact.test.from || fact.test.to)
        ? [{ fact, first: fact.test.from ?? null, last: fact.test.to ?? null }]
        : [],
  );
  const [only, ...more] = timed;
  if (!only || more.length > 0) return null;
  const { fact: old, first, last } = only;
  const opposite = (!from && first && !last) || (!to && last && !first);
  if (!opposite) return null;
  const [since, until] = [from ?? first, to ?? last];
  if (since && until && 'at' in since && 'at' in until && since.at >= until.at) return [];
  const both: Fact =
    old.is === 'time'
      ? { ...old, from: since, to: until }
      : { is: 'event', test: { ...old.test, from: since, to: until } };
  return [{ ...before, filter: eachFact(before.filter, (fact) => (fact === old ? both : fact)) }];
}

/** Only what was done in that time, of what was done at any: of the one condition that speaks of it. */
function inTime({ from, to }: Extract<Piece, { is: 'time' }>, before: Plan): readonly Plan[] {
  let found = 0;
  const filter = eachFact(before.filter, (fact) => {
    if (fact.is !== 'event') return fact;
    found += 1;
    return {
      is: 'event',
      test: { ...fact.test, ...(from ? { from } : {}), ...(to ? { to } : {}) },
    };
  });
  if (found !== 1 || before.limit !== null) return [];
  return before.entity === 'usage'
    ? [
        {
          ...before,
          filter: allOf(before.filter, { is: 'time', column: 'last_event_at', from, to }),
        },
      ]
    : [{ ...before, filter }];
}
/** What has not come yet when it is spoken of; what was is told by other columns. */
const ahead: ReadonlySet<string> = new Set([
  'deletion_at',
  'material_expires_at',
  'next_rotation_at',
]);

function withoutTime({ from: _from, to: _to, ...test }: UsageTest): UsageTest {
  return test;
}

/** The same over another length of time: of the one condition that looks back, or ahead, for a while. */
function overPeriod(period: Period, before: Plan): readonly Plan[] {
  let found = 0;
  const another = (moment: Moment | null): Moment | null => {
    if (!moment) return null;
    const looksBack = 'ago' in moment && moment.ago.count > 0;
    if (!looksBack && !('ahead' in moment)) return moment;
    found += 1;
    return looksBack ? { ago: period } : { ahead: period };
  };
  const filter = eachFact(before.filter, (fact): Fact => {
    if (fact.is === 'time') return { ...fact, from: another(fact.from), to: another(fact.to) };
    if (fact.is === 'used' && !fact.to) {
      return { ...fact, from: another(fact.from) ?? fact.from };
    }
    if (fact.is === 'event' && fact.test.from && !fact.test.to) {
      return { ...fact, test: { ...fact.test, from: another(fact.test.from) } };
    }
    return fact;
  });
  return found === 1 ? [{ ...before, filter }] : [];
}
