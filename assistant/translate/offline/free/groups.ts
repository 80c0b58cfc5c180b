import { type Link, plain, readings, saysWhoLoosely } from '../grammar/joining.ts';
import {
  allOf,
  anyOf,
  everything,
  type Filter,
  factsOf,
  isEverything,
  noneOf,
  onlyChangesNothing,
  type PermissionTest,
  type UsageTest,
} from '../plan/plan.ts';
import type { Piece } from './piece.ts';

type Of<K extends Piece['is']> = Extract<Piece, { is: K }>;
/** A piece and its place among the others. */
export type Placed<K extends Piece['is'] = Piece['is']> = Of<K> & { readonly at: number };

export function all<K extends Piece['is']>(
  pieces: readonly Piece[],
  kind: K,
): readonly Placed<K>[] {
  return pieces.flatMap((p, at) => (p.is === kind ? [{ ...p, at } as Placed<K>] : []));
}

/** What was done, by whom and when, put together from all its pieces. */
export interface Deed {
  readonly at: number;
  readonly end: number;
  /** What was done; null for anything. */
  readonly test: UsageTest | null;
  /** No verb says that anything was done: "the keys of alice". */
  readonly unsaid?: true;
  /** Each of these did it, or any (`or`). */
  readonly by: readonly Partial<UsageTest>[];
  readonly joined: 'and' | 'or';
  /** These did not do it. */
  readonly without: readonly Partial<UsageTest>[];
  /** Nobody else did. */
  readonly alone?: true;
  /** It was not done. */
  readonly denied?: true;
  readonly time: Of<'time'> | null;
}

/** Who may do what, put together from all its pieces. */
export interface Permit {
  readonly at: number;
  readonly end: number;
  readonly tests: readonly PermissionTest[];
  readonly joined: 'and' | 'or';
}

/** The pieces that speak of what was done and of what may be done. */
export interface Groups {
  readonly deeds: readonly Deed[];
  readonly permit: Permit | null;
}

/**
 * Puts each "someone" and each time to the verb that stands nearest. Null where one is left without a
 * verb, or where it is not clear to which it belongs.
 */
export function groupsOf(pieces: readonly Piece[]): Groups | null {
  const did = mergedDeeds(pieces);
  // "Can … use": what may be done, not what was.
  if (did.length > 0 && pieces.some((p) => p.is === 'may' && p.modal)) return null;
  const verb = pieces.some((p) => p.is === 'may' && p.verb);
  const said = pieces.some((p) => p.is === 'may' && !p.verb);
  if (verb && !said) return null;
  const someones = all(pieces, 'someone');
  const spoken = [...all(pieces, 'may'), ...all(pieces, 'source')].sort((a, b) => a.at - b.at);
  // "Keys with a federated principal": its name alone says that something is allowed.
  const named =
    spoken.length === 0 && did.length === 0 && someones.every((s) => s.named && s.someone.may);
  const mays = named
    ? someones.map(({ at }): Placed<'may'> => ({ is: 'may', levels: null, at }))
    : spoken;
  // "Source address of event X": whatever was done.
  const unsaid =
    did.length === 0 &&
    mays.length === 0 &&
    someones.some((s) => s.someone.did && isNamed(s.someone.did));
  if (unsaid) return saysUse(pieces) ? null : { deeds: [anyDeed(pieces, someones)], permit: null };
  // "Changed … key policies" is more than "changed"; what is between hides it.
  const ofPolicy = all(pieces, 'source').some((p) => p.source === 'POLICY');
  if (ofPolicy && did.some((d) => d.test?.category === 'MANAGEMENT' && !d.test.operations))
    return null;
  const ofDeed = new Map<number, Placed<'someone'>[]>();
  const ofPermit: Placed<'someone'>[] = [];
  // "By anyone but the pipeline": someone left out is not someone.
  const leftOut = someones.some(({ at }) => {
    const before = pieces[at - 1];
    return before?.is === 'except' || (before?.is === 'joint' && before.low);
  });
  if (leftOut) return null;
  for (const one of someones) {
    const deed =
      one.someone.did &&
      nearest(
        one.at,
        did.map((d) => d.at),
      );
    const may =
      one.someone.may &&
      nearest(
        one.at,
        mays.map((m) => m.at),
      );
    if (deed && may && deed.distance === may.distance) return null;
    if (deed && (!may || deed.distance < may.distance)) {
      ofDeed.set(deed.at, [...(ofDeed.get(deed.at) ?? []), one]);
    } else if (may) ofPermit.push(one);
    else return null;
  }
  const ofTime = new Map<number, Placed<'time'>>();
  for (const time of all(pieces, 'time')) {
    const deed = nearest(
      time.at,
      did.map((d) => d.at),
    );
    if (!deed || ofTime.has(deed.at)) return null;
    // "Disabled last month and enabled now": the time stays on its side of the "and".
    const between = pieces.slice(Math.min(deed.at, time.at) + 1, Math.max(deed.at, time.at));
    if (between.some((p) => p.is === 'joint')) return null;
    ofTime.set(deed.at, time);
  }
  const permit = permitOf(pieces, mays, ofPermit);
  if (permit === undefined) return null;
  // "But not by bob or carla": whether carla is left out as well is not said.
  const last = someones.findIndex((s) => s.without);
  if (last >= 0 && someones.slice(last).some((s) => !s.without)) return null;
  const deeds = did.map(({ at, end, test, denied }): Deed => {
    const these = ofDeed.get(at) ?? [];
    const by = these.filter((s) => !s.without);
    const without = these.filter((s) => s.without);
    const time = ofTime.get(at) ?? null;
    const places = [at, end, ...these.map((b) => b.at), ...(time ? [time.at] : [])];
    return {
      at: Math.min(...places),
      end: Math.max(...places),
      test,
      by: doersOf(pieces, by),
      joined: jointAmong(pieces, by),
      without: without.flatMap((one) => (one.someone.did ? [one.someone.did] : [])),
      ...(by.some((b) => b.alone) ? { alone: true as const } : {}),
      ...(denied ? { denied } : {}),
      time,
    };
  });
  // "Created and used by x": whether the first was his as well is not said.
  const shared =
    deeds.length > 1 && deeds.some((d) => d.by.length > 0) && !deeds.every((d) => d.by.length > 0);
  return shared ? null : { deeds, permit };
}

/** Whether someone is named, rather than told by what he is. */
const isNamed = ({ callerFrom, identityTypes }: Partial<UsageTest>) =>
  !callerFrom && !identityTypes;

/** "In use" beside someone: whether he used it is not said. */
export const saysUse = (pieces: readonly Piece[]) =>
  all(pieces, 'condition')
    .flatMap((c) => factsOf(c.condition.filter))
    .some((f) => f.is === 'used' || (f.is === 'value' && f.column === 'usage_status'));

/** Who these are, as those who did something. */
const doersOf = (pieces: readonly Piece[], these: readonly Placed<'someone'>[]) =>
  merged(
    these.flatMap((one) => (one.someone.did ? [one.someone.did] : [])),
    isApart(pieces, these),
  );

/** Whatever these did, in a time that may be said. */
function anyDeed(pieces: readonly Piece[], someones: readonly Placed<'someone'>[]): Deed {
  const [time = null] = all(pieces, 'time');
  const places = [...someones, ...(time ? [time] : [])].map((p) => p.at);
  return {
    at: Math.min(...places),
    end: Math.max(...places),
    test: null,
    unsaid: true,
    by: doersOf(pieces, someones),
    joined: jointAmong(pieces, someones),
    without: [],
    time,
  };
}

type Done = { at: number; end: number; test: UsageTest | null; denied?: true };

/** "Used for decryption": two words for one deed. */
function mergedDeeds(pieces: readonly Piece[]): readonly Done[] {
  const result: Done[] = [];
  for (const { at, test, denied } of all(pieces, 'did')) {
    if (denied) {
      result.push({ at, end: at, test, denied });
      continue;
    }
    // "Scheduled these keys for deletion" says the same twice.
    const again = result.findIndex(
      (r) => !r.denied && JSON.stringify(r.test) === JSON.stringify(test),
    );
    const first = result[again];
    if (first) {
      result[again] = { ...first, end: at };
      continue;
    }
    const before = result.at(-1);
    const last = before?.denied ? undefined : before;
    // "Created or changed": either, by the same and at the same time.
    const joint = pieces[at - 1];
    const either = last && last.end + 2 === at && joint?.is === 'joint' && joint.by === 'or';
    if (either && last.test && test && last.test.category === test.category) {
      const { operations: a, ...one } = last.test;
      const { operations: b } = test;
      const both = a && b ? { operations: [...new Set([...a, ...b])].sort() } : {};
      result[result.length - 1] = { ...last, end: at, test: { ...one, ...both } };
      continue;
    }
    const same =
      last?.test &&
      test &&
      last.end + 1 === at &&
      last.test.category === test.category &&
      !(last.test.operations && test.operations);
    if (last?.test && test && same) {
      result[result.length - 1] = { ...last, end: at, test: { ...last.test, ...test } };
    } else result.push({ at, end: at, test });
  }
  return result;
}

function permitOf(
  pieces: readonly Piece[],
  mays: readonly (Placed<'may'> | Placed<'source'>)[],
  by: readonly Placed<'someone'>[],
): Permit | null | undefined {
  if (mays.length === 0) return null;
  // "Keys whose policy names a deleted principal": the policy alone says nothing of who may.
  const bare = by.length === 0 && mays.every((m) => m.is === 'source' && m.source === 'POLICY');
  if (bare) return null;
  const levels = mays.flatMap((m) => (m.is === 'may' && m.levels ? [m.levels] : []));
  const actions = mays.flatMap((m) => (m.is === 'may' && m.actions ? m.actions : []));
  const sources = new Set(mays.flatMap((m) => (m.is === 'source' ? [m.source] : [])));
  const distinct = new Set(levels.map((l) => JSON.stringify(l)));
  // "Encrypt and decrypt" may mean both or either.
  if (distinct.size > 1 && jointAmong(pieces, mays) === 'and') return undefined;
  if (sources.size > 1) return undefined;
  const unconditional = mays.some((m) => m.is === 'may' && m.unconditional);
  // That some statement has no condition says nothing by itself.
  if (unconditional && by.length === 0 && levels.length === 0 && actions.length === 0)
    return undefined;
  const [beside, ...more] = mays.flatMap((m) => (m.is === 'may' && m.beside ? [m.beside] : []));
  if (beside && (more.length > 0 || distinct.size > 1)) return undefined;
  const common: PermissionTest = {
    ...(beside ? { beside } : {}),
    ...(levels.length > 0 ? { levels: [...new Set(levels.flat())] } : {}),
    ...(sources.size === 1 ? { source: [...sources] } : {}),
    ...(mays.some((m) => m.is === 'may' && m.denied) ? { denied: true as const } : {}),
    ...(actions.length > 0 ? { actions } : {}),
    ...(unconditional ? { unconditional: true as const } : {}),
  };
  const tests = merged(
    by.flatMap((b) => (b.someone.may ? [b.someone.may] : [])),
    isApart(pieces, by),
  );
  const places = [...mays, ...by].map((p) => p.at);
  return {
    at: Math.min(...places),
    end: Math.max(...places),
    tests: tests.length > 0 ? tests.map((t) => ({ ...t, ...common })) : [common],
    joined: jointAmong(pieces, by),
  };
}

/** Whether a word between them says that they are two: "vendors or IAM users". */
const isApart = (pieces: readonly Piece[], these: readonly { readonly at: number }[]) =>
  pieces.slice(these[0]?.at, these.at(-1)?.at).some((p) => p.is === 'joint' || p.is === 'mark');

/** "IAM users" and "outside the organization", said of the same: one test. */
function merged<T extends object>(tests: readonly T[], apart: boolean): readonly T[] {
  const [first, second, ...more] = tests;
  if (apart || !first || !second || more.length > 0) return tests;
  const keys = Object.keys(first);
  return Object.keys(second).some((k) => keys.includes(k)) ? tests : [{ ...first, ...second }];
}

function jointAmong(
  pieces: readonly Piece[],
  these: readonly { readonly at: number }[],
): 'and' | 'or' {
  const [first, last] = [these[0]?.at ?? 0, these.at(-1)?.at ?? 0];
  return pieces.slice(first, last).some((p) => p.is === 'joint' && p.by === 'or') ? 'or' : 'and';
}

function nearest(
  at: number,
  places: readonly number[],
): { readonly at: number; readonly distance: number } | null {
  let best: { at: number; distance: number } | null = null;
  for (const place of places) {
    const distance = Math.abs(place - at);
    if (!best || distance < best.distance) best = { at: place, distance };
  }
  return best;
}

/** What was done, as conditions on events; none where it says what was not done. */
export function deedOnEvents(deed: Deed): readonly Filter[] {
  const { test, by, time, without } = deed;
  if (deed.denied || deed.alone || (by.length > 0 && without.length > 0)) return [];
  if (without.length > 0) {
    const others = allBut(without);
    return others ? deedOnEvents({ ...deed, by: [others], without: [] }) : [];
  }
  const one = (who: Partial<UsageTest>): Filter =>
    test
      ? { is: 'event', test: { ...test, ...who } }
      : Object.keys(who).length === 0
        ? everything
        : anyOf(
            { is: 'event', test: { category: 'CRYPTO', ...who } },
            { is: 'event', test: { category: 'MANAGEMENT', ...who } },
          );
  // No event has two callers, so "alice and bob" means either.
  const done = by.length === 0 ? one({}) : anyOf(...by.map(one));
  const when: Filter = time
    ? { is: 'time', column: 'last_event_at', from: time.from, to: time.to }
    : everything;
  return [allOf(done, when)];
}

/** Whoever is none of these; null where they are told by what they are rather than by name. */
function allBut(these: readonly Partial<UsageTest>[]): Partial<UsageTest> | null {
  const butNot: { callers?: string[]; services?: string[]; addresses?: string[] } = {};
  for (const { callers, services, addresses, ...others } of these) {
    if (Object.keys(others).length > 0) return null;
    if (callers) butNot.callers = [...(butNot.callers ?? []), ...callers];
    if (services) butNot.services = [...(butNot.services ?? []), ...services];
    if (addresses) butNot.addresses = [...(butNot.addresses ?? []), ...addresses];
  }
  return { butNot };
}

const statusUsed: Filter = { is: 'value', column: 'usage_status', values: ['USED'] };

/** Deeds that also name a state: "disabled keys" are disabled, whoever did it and when. */
const stateful: ReadonlySet<string> = new Set([
  'DisableKey',
  'EnableKey',
  'ScheduleKeyDeletion',
  'DisableKeyRotation',
  'EnableKeyRotation',
  'TagResource',
  'ImportKeyMaterial',
]);

/** What was done, as a condition on keys. */
export function deedOnKeys(deed: Deed): readonly Filter[] {
  const { by, without, alone, denied, joined } = deed;
  if (!denied && !alone && without.length === 0) return plainlyDone(deed);
  // "Not used by alice and bob": by neither, or not by both.
  if (by.length > 1 && (denied || alone) && joined === 'and') return [];
  // "Not used" is told by more than what is recorded; that an operation was not done is told by it alone.
  const told = denied && deed.test?.operations && deed.time !== null;
  if (by.length === 0 && (denied || alone) && !told) return [];
  if (denied && (alone || without.length > 0)) return [];
  const done = plainlyDone(deed);
  if (denied) return done.map((f): Filter => ({ not: f }));
  const others = alone ? allBut(by) : null;
  if (alone && !others) return [];
  const not = (who: Partial<UsageTest>): readonly Filter[] =>
    plainlyDone({ ...deed, by: [who], joined: 'or' }).map((f) => ({ not: f }));
  return done.map((f) => allOf(f, ...without.flatMap(not), ...(others ? not(others) : [])));
}

function plainlyDone({ test, by, joined, time, unsaid }: Deed): readonly Filter[] {
  if (!test) {
    // Whatever was done by someone.
    if (by.length === 0 || (unsaid && !by.every((b) => b.eventIds || b.resource))) return [];
    const any = (category: UsageTest['category']) =>
      plainlyDone({ test: { category }, by, joined: 'or', without: [], time, at: 0, end: 0 });
    return [anyOf(...any('CRYPTO'), ...any('MANAGEMENT'))];
  }
  if (
    test.category === 'CRYPTO' &&
    by.length === 0 &&
    !test.operations &&
    !test.services &&
    !test.direct
  ) {
    if (!time) return [statusUsed];
    return time.from ? [{ is: 'used', from: time.from, ...(time.to ? { to: time.to } : {}) }] : [];
  }
  if (by.length === 0 && test.operations?.join() === 'CreateKey') {
    if (!time) return [];
    return [{ is: 'time', column: 'created_at', from: time.from, to: time.to }];
  }
  const bare = by.length === 0 && !time;
  if (bare && test.operations?.every((o) => stateful.has(o))) return [];
  const one = (who: Partial<UsageTest>): Filter => ({
    is: 'event',
    test: {
      ...test,
      ...who,
      ...(time?.from ? { from: time.from } : {}),
      ...(time?.to ? { to: time.to } : {}),
    },
  });
  if (by.length < 2) return [one(by[0] ?? {})];
  return joined === 'or' ? [anyOf(...by.map(one))] : [anyOf(...by.map(one)), allOf(...by.map(one))];
}

/** Who may do what, as a condition on keys or on permissions. */
export function permitFilter({ tests, joined }: Permit): readonly Filter[] {
  const each = tests.map((test): Filter => ({ is: 'access', test }));
  if (each.length < 2) return each;
  return joined === 'or' ? [anyOf(...each)] : [anyOf(...each), allOf(...each)];
}

/** What "only" in front of it says more of than that it is so: "only role x", "only in March". */
const limited: ReadonlySet<Piece['is']> = new Set([
  'someone',
  'may',
  'source',
  'did',
  'time',
  'dimension',
]);

interface Element {
  readonly at: number;
  readonly end: number;
  readonly filters: readonly Link['condition'][];
}

/**
 * Every reading of the conditions on keys, joined as the words between them say. Null where a word that
 * joins has nothing to join. `own`: which deeds and permits are conditions on keys rather than what is
 * asked for.
 */
export function keyFilters(
  pieces: readonly Piece[],
  { deeds, permit }: Groups,
): readonly Filter[] | null {
  const elements: Element[] = [];
  for (const { at, condition } of all(pieces, 'condition')) {
    const turned = pieces[at - 1]?.is === 'except';
    if (turned && isEverything(condition.filter)) return null;
    elements.push({
      at: turned ? at - 1 : at,
      end: at,
      filters: [turned ? plain(noneOf(condition.filter)) : condition],
    });
  }
  for (const deed of deeds) {
    if (isOfMaterial(pieces, deed)) return null;
    const filters = deedOnKeys(deed);
    if (filters.length === 0) return null;
    elements.push({ at: deed.at, end: deed.end, filters: filters.map(plain) });
  }
  if (permit) {
    // That there is any access at all is nothing to tell keys apart by.
    if (permit.tests.every((t) => Object.keys(t).length === 0)) return null;
    elements.push({ at: permit.at, end: permit.end, filters: permitFilter(permit).map(plain) });
  }
  elements.sort((a, b) => a.at - b.at);
  for (const only of all(pieces, 'only')) {
    const reached = elements.filter(
      (e) => e.at === only.at + 1 || e.end === only.at - 1 || (e.at < only.at && only.at < e.end),
    );
    const plainly = reached.every((e) => e.filters.every((c) => onlyChangesNothing(c.filter)));
    const next = pieces[only.at + 1]?.is;
    if (!plainly || (next !== undefined && limited.has(next))) return null;
  }
  let links: readonly (readonly Link[])[] = [[]];
  let before: Element | undefined;
  for (const element of elements) {
    // A condition may stand between the words of what was done: "used the RSA keys last week".
    const joint = before
      ? (sideBySide(pieces, before, element) ??
        jointBetween(pieces, Math.min(before.end, element.at - 1) + 1, element.at))
      : ({ by: 'next', low: false } as const);
    if (!joint) return null;
    links = links.flatMap((l) => element.filters.map((condition) => [...l, { joint, condition }]));
    before = before && before.end > element.end ? { ...element, end: before.end } : element;
  }
  if (strayJoints(pieces, elements) || hidesWho(elements)) return null;
  const filters = links.flatMap((l) => (l.length === 0 ? [everything] : readings(l)));
  return filters;
}

/**
 * "Shared keys in the organization": whether the keys are in it, as all are, or those who may use them,
 * is not clear.
 */
function hidesWho(elements: readonly Element[]): boolean {
  const filters = elements.flatMap((e) => e.filters.map((c) => c.filter));
  return filters.some(isEverything) && filters.some((f) => factsOf(f).some(saysWhoLoosely));
}

const ofMaterial = /^(key_spec|origin|key_usage)$/;

/** "Keys using an external key store" are made so; whether they were used is not said. */
function isOfMaterial(pieces: readonly Piece[], { at, end, test, by, time }: Deed): boolean {
  if (test?.category !== 'CRYPTO' || test.operations || by.length > 0 || time) return false;
  return [pieces[at - 1], pieces[end + 1]].some(
    (p) =>
      p?.is === 'condition' &&
      factsOf(p.condition.filter).some((f) => f.is === 'value' && ofMaterial.test(f.column)),
  );
}

/** "Compare Frankfurt with Ireland": both, each for itself. */
function sideBySide(
  pieces: readonly Piece[],
  before: Element,
  after: Element,
): Link['joint'] | null {
  const compared = pieces[0]?.is === 'each' && before.end + 1 === after.at;
  const column = (e: Element) =>
    e.filters.map(({ filter: f }) => ('is' in f && f.is === 'value' ? f.column : null));
  const [a, b] = [column(before)[0], column(after)[0]];
  return compared && a && a === b ? { by: 'or', low: false } : null;
}

/** What joins two conditions; null where the words between do not join them plainly. */
function jointBetween(pieces: readonly Piece[], from: number, to: number): Link['joint'] | null {
  const between = pieces.slice(from, to);
  const joints = between.filter((p): p is Of<'joint'> => p.is === 'joint');
  const marked = between.some((p) => p.is === 'mark');
  const [joint, ...more] = joints;
  if (more.length > 0) return null;
  // "RSA versus ECC": of both kinds, side by side.
  if (!joint && between.some((p) => p.is === 'each')) return { by: 'or', low: false };
  // "Public or disabled keys in Tokyo": what stands behind the noun holds for all before it.
  if (!joint && between.some((p) => p.is === 'noun')) return { by: 'next', low: true };
  if (!joint) return { by: marked ? 'comma' : 'next', low: marked };
  // "Disabled keys and keys in Tokyo": both kinds, not keys that are both.
  const behind = between[between.indexOf(joint) + 1];
  if (behind?.is === 'noun' || behind?.is === 'all') return null;
  if (joint.by === 'or' && between.some((p) => p.is !== 'joint' && p.is !== 'mark')) return null;
  return { by: joint.by, low: joint.low || marked };
}

/** An "or" that joins no two things of a kind leaves open what it joins. */
function strayJoints(pieces: readonly Piece[], elements: readonly Element[]): boolean {
  return all(pieces, 'joint').some(({ at, by }) => {
    if (by !== 'or') return false;
    const [before, after] = [pieces[at - 1], pieces[at + 1]];
    if (before?.is === 'someone' && after?.is === 'someone') return false;
    if (before?.is === 'did' && after?.is === 'did') return false;
    if (before?.is === 'may' && after?.is === 'may' && before.levels && after.levels) return false;
    const within = elements.some((e) => e.at < at && at < e.end);
    const between = elements.some((e) => e.end < at) && elements.some((e) => e.at > at);
    return within || !between;
  });
}
