import { anyValue } from '../grammar/joining.ts';
import { entityTables, isSeverity } from './entity-tables.ts';
import { addPeriod, type Moment, type Period, resolveMoment, type Unit } from './moment.ts';
import {
  allOf,
  customerManaged,
  type Dimension,
  eachFact,
  everything,
  type Fact,
  type Filter,
  factsOf,
  isAggregate,
  isEverything,
  listOf,
  noneOf,
  type PermissionTest,
  type Plan,
  partsOf,
  type UsageTest,
} from './plan.ts';
import { isOfGrants, nameOfGroup, planIsPossible } from './possible.ts';
import { saidByTags, saysOnlyWhere } from './says.ts';

/**
 * How a plan goes on: what a follow-up question may change about the one before it. Each gives every
 * plan that may be meant; none where it makes no sense.
 */
export type Refine = (plan: Plan) => readonly Plan[];

/** Only those of them. A condition that contradicts one before takes its place. */
export const narrow =
  (filter: Filter): Refine =>
  (plan) => {
    const about = entityTables[plan.entity].ofKey ? { key: filter } : filter;
    if (isEverything(filter) || plan.entity === 'accounts' || plan.entity === 'coverage') return [];
    return [narrowedTo(plan, about)];
  };

/** A plan with a further condition; one that contradicts what was said of the same takes its place. */
export function narrowedTo(plan: Plan, about: Filter): Plan {
  const bounded = boundOnGroups(plan, about);
  if (bounded) return bounded;
  const added = { ...plan, filter: allOf(plan.filter, about) };
  if (planIsPossible(added)) return added;
  // To leave out a unit in which none of them are leaves them all.
  const idle = 'not' in about && 'is' in about.not && about.not.is === 'ou';
  return idle ? plan : { ...plan, filter: replaced(plan.filter, about) };
}

/** "Only those over 100 dollars" of the cost of each account: said of the groups, not of their keys. */
function boundOnGroups(plan: Plan, about: Filter): Plan | null {
  const { groupBy, having, limit, measure } = plan;
  if (groupBy.length === 0 || having !== null || limit !== null) return null;
  const ofMeasure =
    isAggregate(measure) &&
    'is' in about &&
    about.is === 'number' &&
    about.column === measure.column;
  return ofMeasure ? { ...plan, having: { op: about.op, value: about.value } } : null;
}

/** What was said of the same before no longer holds. */
export const replace =
  (filter: Filter): Refine =>
  (plan) =>
    plan.entity === 'keys' && !isEverything(filter)
      ? [{ ...plan, filter: replaced(plan.filter, filter) }]
      : [];

/** Those as well, not those of them. */
export const widen =
  (filter: Filter): Refine =>
  (plan) => {
    const subject = subjectOf(filter);
    if (plan.entity !== 'keys' || isEverything(filter) || subject === null) return [];
    const parts = partsOf(plan.filter);
    const before = parts.filter((p) => subjectOf(p) === subject);
    const [only] = before;
    if (before.length !== 1 || !only) return [];
    return [{ ...plan, filter: allOf(...parts.filter((p) => p !== only), anyValue(only, filter)) }];
  };

/** Another length of time than the one before. */
export const forPeriod =
  (ago: Period): Refine =>
  (plan) => {
    const parts = partsOf(plan.filter);
    const timed = parts.filter((p) => 'is' in p && p.is === 'unused');
    const [only] = timed;
    if (timed.length !== 1 || !only || !('is' in only) || only.is !== 'unused') return [];
    const others = parts.filter((p) => p !== only);
    return [{ ...plan, filter: allOf(...others, { ...only, since: { ago } }) }];
  };

/** Values by these groups; with groups already there, instead of them or below them. */
export const regroup =
  (groupBy: readonly Dimension[], entity: Plan['entity']): Refine =>
  (plan) => {
    if (plan.entity !== entity) return [];
    const measure: Plan['measure'] =
      plan.measure.kind === 'list' ? { kind: 'count', keys: entity === 'keys' } : plan.measure;
    const fresh = { ...plan, measure, orderBy: null, limit: null, having: null };
    const only = { ...fresh, groupBy: [...groupBy] };
    return plan.groupBy.length === 0
      ? [only]
      : [only, { ...fresh, groupBy: [...plan.groupBy, ...groupBy].slice(0, 4) }];
  };

/** The rows that an answer speaks of: of a percentage, those that meet its condition. */
export const meantBy = ({ filter, measure }: Plan): Filter =>
  measure.kind === 'share' ? allOf(filter, measure.of) : filter;

/** The rows themselves. */
export const listed: Refine = (plan) => [listOf(plan.entity, meantBy(plan))];

/** How many rows. */
export const counted: Refine = (plan) => [
  {
    ...listOf(plan.entity, meantBy(plan)),
    measure: { kind: 'count', keys: plan.entity === 'keys' },
  },
];

/**
 * How many of the others: of the keys before, that one thing is not so of which is so of those that were
 * spoken of. Whose they are and where they are holds of both, unless nothing else was said. Several plans
 * where several things were said.
 */
export const othersCounted: Refine = (plan) => {
  const { entity, filter, measure, groupBy, limit } = plan;
  const ofSome = measure.kind === 'list' || measure.kind === 'count';
  if (entity !== 'keys' || !ofSome || groupBy.length > 0 || limit !== null) return [];
  const parts = partsOf(filter);
  const said = parts.filter((p) => !isScope(p));
  const denied = said.length > 0 ? said : parts;
  return denied.map((part) => ({
    ...listOf('keys', allOf(...parts.filter((p) => p !== part), noneOf(part))),
    measure: { kind: 'count', keys: true },
  }));
};

/** Whose keys are spoken of, and where they are. */
const isScope = (filter: Filter) =>
  ['key_manager', ...places].includes(subjectOf(filter) ?? '') || 'account' in filter;

/** How many accounts, where the rows are accounts and Regions. */
export const accountsCounted: Refine = ({ entity, filter, limit }) =>
  entity === 'coverage' && limit === null && !isEverything(filter)
    ? [{ ...listOf('accounts', { read: filter }), measure: { kind: 'count', keys: false } }]
    : [];

/** The value of all groups together. */
export const inTotal: Refine = (plan) =>
  plan.groupBy.length > 0 && plan.limit === null && plan.having === null
    ? [{ ...plan, groupBy: [], orderBy: null }]
    : [];

/** How many keys: of rows about keys, each once. */
export const keysCounted: Refine = (plan) =>
  plan.entity === 'keys' || entityTables[plan.entity].ofKey
    ? [{ ...listOf(plan.entity, meantBy(plan)), measure: { kind: 'count', keys: true } }]
    : [];

/**
 * In another order: groups by one of what they are made by (null: the first), keys by that column or
 * by their alias.
 */
export const reordered =
  (by: Dimension | null, direction: 'asc' | 'desc'): Refine =>
  (plan) => {
    const { entity, groupBy, measure, limit } = plan;
    // The top three stay those three, in the order that they were chosen by.
    if (limit !== null) return [];
    if (groupBy.length > 0) {
      const same = (d: Dimension) => JSON.stringify(d) === JSON.stringify(by);
      const group = by ? groupBy.find(same) : groupBy[0];
      if (!group || !('column' in group) || 'by' in group) return [];
      return [{ ...plan, orderBy: { by: nameOfGroup(group.column), direction } }];
    }
    if (entity !== 'keys' || measure.kind !== 'list') return [];
    if (by && !('column' in by)) return [];
    const name = by ? nameOfGroup(by.column) : 'alias';
    // The most severe and the most expensive come first, and a name from A to Z.
    const most = isSeverity('keys', name) || name === 'monthly_cost_usd';
    const turned = most && direction === 'asc' ? 'desc' : direction;
    return [{ ...plan, orderBy: { by: name, direction: turned } }];
  };

/** "Sort by user name", of who may do something or did it: the rows by who it is. */
export const reorderedByWho =
  (direction: 'asc' | 'desc'): Refine =>
  (plan) => {
    const { entity, measure, limit } = plan;
    const by = entity === 'permissions' ? 'principal' : entity === 'usage' ? 'username' : null;
    return by && measure.kind === 'list' && limit === null
      ? [{ ...plan, orderBy: { by, direction } }]
      : [];
  };

/** Groups by their value. */
export const reorderedByValue =
  (direction: 'asc' | 'desc'): Refine =>
  (plan) =>
    plan.groupBy.length > 0 && plan.limit === null
      ? [{ ...plan, orderBy: { by: 'value', direction } }]
      : [];

/** The groups of the highest values, so many of them. `ofCost`: said of a cost. */
export const largestGroups =
  (limit: number, ofCost: boolean): Refine =>
  (plan) => {
    const { groupBy, having, measure } = plan;
    const cost = measure.kind === 'sum' && /cost/.test(measure.column);
    if (groupBy.length === 0 || having !== null || (ofCost && !cost)) return [];
    // Of the ten at the lower end, the five highest are no others.
    if (plan.limit !== null && plan.orderBy?.direction !== 'desc') return [];
    return [{ ...plan, orderBy: { by: 'value', direction: 'desc' }, limit }];
  };

/** What is better where more keys have it. */
const goodFlags: ReadonlySet<string> = new Set(['rotation_enabled', 'policy_readable']);
/** What is worse where more keys have it. */
const isBad = (f: Filter): boolean => {
  if ('not' in f) return isGood(f.not);
  if (!('is' in f)) return false;
  const ofAnyone = f.is === 'access' && /PUBLIC|EXTERNAL/.test(f.test.trust?.join() ?? '');
  return ['concern', 'severity', 'unused'].includes(f.is) || ofAnyone || isConcerned(f);
};
const isConcerned = (f: Fact) => f.is === 'present' && f.column === 'concern_codes';
const isGood = (f: Filter): boolean => {
  if ('not' in f) return isBad(f.not);
  if (!('is' in f)) return false;
  const described = f.is === 'present' && /^(?:alias|aliases|tags|description)$/.test(f.column);
  return (f.is === 'flag' && goodFlags.has(f.column)) || f.is === 'tag' || described;
};

/** Which values are the worst ones; null where the measure does not tell. */
function worstEnd({ measure, filter, entity }: Plan): 'asc' | 'desc' | null {
  if (measure.kind === 'sum') return /cost/.test(measure.column) ? 'desc' : null;
  if (measure.kind === 'share') {
    const parts = partsOf(measure.of);
    if (parts.length > 0 && parts.every(isGood)) return 'asc';
    return parts.some(isBad) ? 'desc' : null;
  }
  if (measure.kind !== 'count') return null;
  return entity === 'concerns' || partsOf(filter).some(isBad) ? 'desc' : null;
}

/**
 * "Worst first": groups by their value, keys by the severity of their concerns. In either order where it
 * is not known which is worse.
 */
export const byMeritFirst =
  (end: 'worst' | 'best'): Refine =>
  (plan) => {
    const { entity, groupBy, measure, limit } = plan;
    if (limit !== null) return [];
    if (groupBy.length === 0) {
      const keys = entity === 'keys' && measure.kind === 'list' && end === 'worst';
      return keys ? [{ ...plan, orderBy: { by: 'max_severity', direction: 'desc' } }] : [];
    }
    const worst = worstEnd(plan);
    const ends = worst
      ? [(worst === 'asc') === (end === 'worst') ? 'asc' : 'desc']
      : ['asc', 'desc'];
    return ends.map((direction) => ({
      ...plan,
      orderBy: { by: 'value', direction: direction === 'asc' ? 'asc' : 'desc' },
    }));
  };

/** What part of all keys they are, or of all customer managed keys where only those are among them. */
export const asShare: Refine = (plan) => {
  const { entity, filter, measure, limit } = plan;
  if (entity !== 'keys' || limit !== null || !['list', 'count'].includes(measure.kind)) return [];
  const parts = partsOf(filter);
  const managed = parts.filter((p) => 'is' in p && p.is === 'value' && p.column === 'key_manager');
  const of = allOf(...parts.filter((p) => !managed.includes(p)));
  if (isEverything(of)) return [];
  const wholes = managed.length > 0 ? [allOf(...managed)] : [everything, customerManaged];
  return wholes.map((whole) => ({
    ...plan,
    filter: whole,
    measure: { kind: 'share', of },
    orderBy: null,
    having: null,
  }));
};

/** The part that each group has of the whole, where groups are counted or their cost is added up. */
export const asParts: Refine = (plan) => {
  const { entity, groupBy, having, measure } = plan;
  if (groupBy.length === 0 || having !== null) return [];
  const part = (amount: Extract<Plan['measure'], { kind: 'part' }>['amount']): Plan => ({
    ...plan,
    measure: { kind: 'part', amount },
  });
  if (measure.kind === 'part') return [plan];
  if (measure.kind === 'count') return [part(measure.keys || entity === 'keys' ? 'keys' : 'rows')];
  const cost = measure.kind === 'sum' && measure.column === 'monthly_cost_usd';
  return cost && entity === 'keys' ? [part('monthly_cost_usd')] : [];
};

/** In percent: what part of the whole each group holds, or what part of the keys is so, in each group or in all. */
export const asPartsOrShare: Refine = (plan) => {
  const parts = asParts(plan);
  return parts.length > 0 && saysOnlyWhere(plan) ? parts : [...parts, ...asShare(plan)];
};

/** The other end of groups in order: "and the cheapest?" after the ten most expensive accounts. */
export const otherEnd =
  (direction: 'asc' | 'desc'): Refine =>
  (plan) => {
    const { groupBy, orderBy, limit } = plan;
    if (groupBy.length === 0 || orderBy?.by !== 'value' || orderBy.direction === direction)
      return [];
    return [
      { ...plan, orderBy: { by: 'value', direction }, limit: limit === null ? null : 'ties' },
    ];
  };

/** The same in the stretch of time before, which is as long: "and the month before?" */
export const inTimeBefore =
  (unit: Unit, asOf: Date): Refine =>
  (plan) => {
    let found = 0;
    const earlier = (from: Moment | null | undefined, to: Moment | null | undefined) => {
      const end = from ? resolveMoment(from, asOf) : null;
      const until = to ? resolveMoment(to, asOf) : asOf;
      if (!end || !lasts(end, until, unit)) return null;
      found += 1;
      const at = (date: Date) => ({ at: date.toISOString() });
      return { from: at(addPeriod(end, -1, unit)), to: at(end) };
    };
    const filter = eachFact(plan.filter, (fact): Fact => {
      if (fact.is === 'time') return { ...fact, ...earlier(fact.from, fact.to) };
      if (fact.is !== 'event') return fact;
      return { ...fact, test: { ...fact.test, ...earlier(fact.test.from, fact.test.to) } };
    });
    return found === 1 ? [{ ...plan, filter }] : [];
  };

/** Whether a stretch is as long as a day, a week, a month, a year; months and years are so roughly. */
function lasts(from: Date, until: Date, unit: Unit): boolean {
  const rough = unit === 'month' || unit === 'year' ? 3 * 86_400_000 : 0;
  return Math.abs(addPeriod(from, 1, unit).getTime() - until.getTime()) <= rough;
}

/** The first so many of a list that has no order: by what, is to be said. */
export const firstOf =
  (limit: number): Refine =>
  (plan) => {
    if (plan.entity !== 'keys' || plan.measure.kind !== 'list' || plan.groupBy.length > 0)
      return [];
    if (plan.orderBy) return [{ ...plan, limit }];
    return [
      { by: 'monthly_cost_usd', direction: 'desc' } as const,
      { by: 'created_at', direction: 'asc' } as const,
      { by: 'max_severity', direction: 'desc' } as const,
    ].map((orderBy) => ({ ...plan, orderBy, limit }));
  };

/** What the keys cost a month. */
export const costed: Refine = (plan) =>
  plan.entity === 'keys'
    ? [{ ...listOf('keys', meantBy(plan)), measure: { kind: 'sum', column: 'monthly_cost_usd' } }]
    : [];

/** Who has access to the keys: of these levels, or any. */
export const usersOf =
  (levels: readonly string[] | null): Refine =>
  (plan) =>
    plan.entity === 'keys'
      ? [
          listOf(
            'permissions',
            allOf(
              { is: 'access', test: levels ? { levels: [...levels] } : {} },
              { key: meantBy(plan) },
            ),
          ),
        ]
      : [];

/** Whether a condition says what may be done and not by whom, where another one has said by whom. */
export const leavesOpenWhose = (filter: Filter, before: Filter): boolean =>
  factsOf(filter).some(
    (f) => f.is === 'access' && !namesGrantee(f.test) && (f.test.levels ?? f.test.actions),
  ) && factsOf(before).some((f) => f.is === 'access' && namesGrantee(f.test));

/** Whether it is said who may, and not only what. */
export const namesGrantee = ({ trust, types, grantee, unit, otherAccount }: PermissionTest) =>
  [trust, types, grantee, unit, otherAccount].some((said) => said !== undefined);

/** Whether a filter names who may or did something, by name or account. */
export const namesSomeone = (filter: Filter): boolean =>
  factsOf(filter).some(
    (f) =>
      (f.is === 'access' && f.test.grantee !== undefined) ||
      (f.is === 'event' && (f.test.callers ?? f.test.callerAccount) !== undefined),
  );

/** Whether a plan says neither whose access or use it asks for, nor of which keys, nor when. */
export const leavesOpenWhich = ({ entity, filter }: Plan): boolean => {
  if (entity === 'accounts' || entity === 'coverage') return isEverything(filter);
  if (entity !== 'permissions' && entity !== 'usage') return false;
  return partsOf(filter).every((f) => {
    if (!('is' in f)) return false;
    if (f.is === 'access') return !namesGrantee(f.test);
    return f.is === 'event' && Object.keys(f.test).every((k) => openAspects.has(k));
  });
};
const openAspects: ReadonlySet<string> = new Set(['category', 'operations']);

/** The filter with its conditions on the same columns taken out, and the new one put in. */
export function replaced(filter: Filter, by: Filter): Filter {
  const subjects = partsOf(by).map(subjectOf);
  const parts = partsOf(filter);
  const kept = parts.filter((p) => {
    const subject = subjectOf(p);
    return subject === null || !subjects.includes(subject);
  });
  return allOf(...(kept.length > 0 ? kept : [everything]), by);
}

/** What a condition speaks of, so that another one on the same takes its place. */
export function subjectOf(filter: Filter): string | null {
  if ('not' in filter) return subjectOf(filter.not);
  const byTags = saidByTags(filter);
  if (byTags) return `tag ${byTags.of}`;
  if (!('is' in filter)) return 'key' in filter ? subjectOf(filter.key) : null;
  switch (filter.is) {
    case 'value':
      // "Never used" and "unused for 90 days" speak of the same.
      return filter.column === 'usage_status' ? 'unused' : filter.column;
    case 'flag':
    case 'time':
    case 'number':
      return filter.column;
    case 'used':
      return 'unused';
    case 'tag':
      return `tag ${filter.key.toLowerCase()}`;
    case 'access':
      // Whether there are grants, and how many.
      return isOfGrants(filter) ? 'grants' : JSON.stringify(filter);
    case 'concern':
    case 'severity':
      return JSON.stringify(filter);
    default:
      return filter.is;
  }
}

/** What may be said of whoever did something: the person, through which service, from which address. */
const aspects = [
  ['callers', 'callerAccount', 'callerUnit', 'callerFrom', 'identityTypes', 'butNot'],
  ['services', 'direct'],
  ['addresses'],
] as const;
const withoutAspects = (test: UsageTest, which: readonly (readonly string[])[]): UsageTest => {
  const gone = new Set(which.flat());
  const kept = Object.entries(test).filter(([name]) => !gone.has(name));
  return { category: test.category, ...Object.fromEntries(kept) };
};

/**
 * The same done by someone else. "Through RDS" of what alice did through S3 is still of alice; "by alice"
 * of what was done through S3 may be of both, or of alice instead.
 */
export function byAnother(test: UsageTest, who: Partial<UsageTest>): readonly UsageTest[] {
  const has = (of: Partial<UsageTest>) =>
    aspects.filter((names) => names.some((name) => of[name] !== undefined));
  const [old, fresh] = [has(test), has(who)];
  const added = { ...withoutAspects(test, fresh), ...who };
  if (old.every((a) => fresh.includes(a)) || fresh.every((a) => old.includes(a))) return [added];
  return [added, { ...withoutAspects(test, aspects), ...who }];
}

const places = ['region', 'account_id', 'ou'];

/** Whether a condition says by tags where keys are or whose: one tag, or several to choose from. */
const isByTag = (f: Filter): boolean =>
  'or' in f ? f.or.every(isByTag) : 'is' in f && f.is === 'tag' && f.value !== null;

/** Whether a condition says whose keys are meant: by account, by unit, or by a tag. */
export const saysWhose = (f: Filter): boolean =>
  isByTag(f) || ['account_id', 'ou'].includes(subjectOf(f) ?? '');

/**
 * The same for X: in the place of what says so before, be it an account, a unit or a tag; "the same for
 * Kawa Retail" is not of keys that are tagged bluebird there.
 */
export const insteadOf =
  (by: Filter): Refine =>
  (plan) => {
    if (!canStandIn(plan.filter, by)) return [];
    const subject = subjectOf(by);
    const parts = partsOf(plan.filter);
    const alike = (p: Filter) => {
      const said = subjectOf(p);
      return said !== null && said === subject;
    };
    if (plan.entity !== 'keys') return narrow(by)(plan);
    if (parts.some(alike)) return [{ ...plan, filter: replaced(plan.filter, by) }];
    if (!saysWhose(by) || !parts.some(saysWhose)) return narrow(by)(plan);
    const placed = parts.filter((p) => saysWhose(p) && !isByTag(p));
    const gone = placed.length > 0 ? placed : parts.filter(isByTag);
    return [{ ...plan, filter: allOf(...parts.filter((p) => !gone.includes(p)), by) }];
  };

/**
 * "And for X?" after the same of another place: that one is left, whatever kind of places both are. Another
 * plan stays as it is.
 */
export function elsewhere(before: Plan, plan: Plan): Plan {
  const said = (p: Filter) => JSON.stringify(p);
  const old = partsOf(before.filter).filter(isOnlyPlace).map(said);
  const parts = partsOf(plan.filter);
  const fresh = parts.filter((p) => isOnlyPlace(p) && !old.includes(said(p)));
  return fresh.length > 0 && plan.entity === before.entity
    ? { ...plan, filter: allOf(...parts.filter((p) => !old.includes(said(p)))) }
    : plan;
}

/** Whether a condition says where keys are, and nothing else. */
const isOnlyPlace = (filter: Filter): boolean =>
  !('is' in filter) && 'key' in filter
    ? partsOf(filter.key).length > 0 && partsOf(filter.key).every(isOnlyPlace)
    : places.includes(subjectOf(filter) ?? '') && 'is' in filter;

/**
 * Whether "the same for X" can mean X: in the place of something alike, or as the first place that is
 * said, unless someone is spoken of, of whom there could be others.
 */
export function canStandIn(filter: Filter, by: Filter): boolean {
  const isPlace = (f: Filter) => places.includes(subjectOf(f) ?? '');
  const ofSomeone = factsOf(filter).some((f) => f.is === 'event' || f.is === 'access');
  const byTags = isByTag(by) && partsOf(filter).some((p) => isByTag(p) || isPlace(p));
  return (
    speaksAlike(filter, by) ||
    byTags ||
    (isPlace(by) && !ofSomeone && !partsOf(filter).some(isPlace))
  );
}

/** Whether a filter says something of the same already: of a place, or of the same column. */
export function speaksAlike(filter: Filter, by: Filter): boolean {
  const subject = subjectOf(by);
  const parts = partsOf(filter);
  return parts.some((p) => {
    const said = subjectOf(p);
    if (said === null || subject === null) return false;
    return said === subject || (places.includes(said) && places.includes(subject));
  });
}
