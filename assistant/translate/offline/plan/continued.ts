import { conditionsOf, type Fact, type Filter, isEverything, type Plan } from './plan.ts';
import { meantBy, saysWhose, speaksAlike } from './refine.ts';

/**
 * Whether a plan goes on from the one before it: every condition of that one holds still, or another one
 * of the same kind stands in its place. What drops them asks about everything, which nobody meant who
 * was speaking of some.
 */
export function goesOnFrom(before: Plan, plan: Plan): boolean {
  const now = conditionsOf(isShareOf(before, plan) ? meantBy(plan) : plan.filter);
  const kept = new Set(now.map((f) => JSON.stringify(f)));
  const lost = conditionsOf(before.filter).filter((f) => !kept.has(JSON.stringify(f)));
  // "Who used x?" "Who owns it?": another question about the one key that was asked about.
  const key = conditionsOf(before.filter).find((f) => 'is' in f && f.is === 'key');
  if (key && plan.entity !== before.entity && kept.has(JSON.stringify(key))) return true;
  const said = new Set(conditionsOf(before.filter).map((f) => JSON.stringify(f)));
  // "The same for Kawa Retail" of what is tagged bluebird.
  const others = now.some((n) => saysWhose(n) && !said.has(JSON.stringify(n)));
  const stands = (f: Filter) =>
    (others && saysWhose(f)) ||
    now.some((n) => speaksAlike(n, f) || saysTheSameOf(f, n) || saysMoreOf(f, n));
  return lost.every(
    (f) =>
      isEverything(f) ||
      stands(f) ||
      isTimeOfEvent(f, now) ||
      isOfWhole(f, now) ||
      heldBy(f, now) ||
      impliedBy(f, now) ||
      isOneOf(f, now),
  );
}

/** "Only the changes" of what someone used or changed: one of the two is left. */
const isOneOf = (filter: Filter, now: readonly Filter[]) =>
  'or' in filter && filter.or.some((f) => now.some((n) => saysMoreOf(f, n)));

/** "As a percentage": the part that the rows before are of more, and not a part of them. */
function isShareOf(before: Plan, { measure }: Plan): boolean {
  if (measure.kind !== 'share') return false;
  const said = conditionsOf(before.filter).map((f) => JSON.stringify(f));
  return conditionsOf(measure.of).every((f) => said.includes(JSON.stringify(f)));
}

/** Of access and of events: the same is said of another one, in another way or at another time. */
function saysTheSameOf(a: Filter, b: Filter): boolean {
  const aspects = (f: Filter) =>
    'is' in f && (f.is === 'access' || f.is === 'event')
      ? [f.is, ...Object.keys(f.test).filter((k) => !manners.has(k) && !namesAnyone(f.test, k))]
          .sort()
          .join()
      : null;
  // "Used or changed by alice": each of the two.
  if ('or' in a && 'or' in b && a.or.length === b.or.length) {
    return a.or.every((f, i) => saysTheSameOf(f, b.or[i] ?? f));
  }
  return aspects(a) !== null && aspects(a) === aspects(b);
}

/** Anyone, by name or by how far he stands from the key. */
function namesAnyone(
  test: Extract<Fact, { is: 'access' | 'event' }>['test'],
  key: string,
): boolean {
  if ('category' in test || (key !== 'trust' && key !== 'types')) return false;
  return test.types?.join() === 'ANYONE' || test.trust?.join() === 'PUBLIC';
}

/** "Outside the organization" of those who may decrypt: they may still, and something is said of who. */
function saysMoreOf(a: Filter, b: Filter): boolean {
  if (!('is' in a && 'is' in b) || a.is !== b.is || (a.is !== 'access' && a.is !== 'event')) {
    return false;
  }
  const of = new Map(
    Object.entries('test' in b ? b.test : {}).map(([k, v]) => [k, JSON.stringify(v)]),
  );
  return Object.entries(a.test).every(([k, v]) => of.get(k) === JSON.stringify(v));
}

const manners: ReadonlySet<string> = new Set([
  'levels',
  'source',
  'operations',
  'category',
  'from',
  'to',
  'restrictedBy',
  'unconditional',
  'butNot',
]);

/** "In Tokyo or in Paris" holds what "in Tokyo" said before. */
const heldBy = (filter: Filter, now: readonly Filter[]) =>
  now.some((n) => JSON.stringify(n).includes(JSON.stringify(filter)));

/** That a whole account was not read says nothing of those that were read in part. */
const isOfWhole = (filter: Filter, now: readonly Filter[]) =>
  'not' in filter &&
  'is' in filter.not &&
  filter.not.is === 'present' &&
  filter.not.column === 'region' &&
  now.some((n) => 'is' in n && n.is === 'value' && n.values.join() === 'PARTIAL');

/** The time of what was done, of the keys that it was done to then. */
const isTimeOfEvent = (filter: Filter, now: readonly Filter[]) =>
  'is' in filter &&
  filter.is === 'time' &&
  filter.column === 'last_event_at' &&
  now.some((n) => {
    if (!('is' in n) || n.is !== 'event') return false;
    const { from = null, to = null } = n.test;
    return JSON.stringify([from, to]) === JSON.stringify([filter.from, filter.to]);
  });

/** Events to choose from that say the same still, at a time. */
const isTimed = (filter: Filter, now: readonly Filter[]) =>
  now.some((n) => textWithoutTimes(n) === JSON.stringify(filter));

const textWithoutTimes = (filter: Filter) =>
  JSON.stringify(filter, (key, value) => (key === 'from' || key === 'to' ? undefined : value));

/** A replica is a multi-Region key, and a key with a critical concern has a concern, whether that is said or not. */
const impliedBy = (filter: Filter, now: readonly Filter[]) => {
  if ('or' in filter) {
    // "Only changes" of what someone used or changed: one of the two.
    const events = filter.or.filter((f) => 'is' in f && f.is === 'event');
    const one = events.some((f) => now.some((n) => saysMoreOf(f, n)));
    return isTimed(filter, now) || (one && events.length === filter.or.length);
  }
  if (!('is' in filter)) return false;
  if (filter.is === 'access' && filter.test.otherAccount) {
    // Whoever is outside the organization is in another account.
    const { otherAccount, ...test } = filter.test;
    const outside = JSON.stringify({ is: 'access', test: { ...test, trust: ['EXTERNAL'] } });
    return now.some((n) => JSON.stringify(n) === outside);
  }
  if (filter.is === 'severity') return now.some((n) => 'is' in n && n.is === 'severity');
  if (filter.is === 'present' && filter.column === 'concern_codes') {
    return now.some((n) => 'is' in n && (n.is === 'severity' || n.is === 'concern'));
  }
  return (
    filter.is === 'flag' &&
    filter.column === 'multi_region' &&
    now.some((n) => 'is' in n && n.is === 'value' && n.column === 'multi_region_type')
  );
};
