import {
  allOf,
  eachFact,
  type Fact,
  type Filter,
  factsOf,
  listOf,
  type PermissionTest,
  type Plan,
  partsOf,
  type UsageTest,
} from './plan.ts';
import { meantBy, type Refine } from './refine.ts';

/** How a plan goes on where its rows, not its keys, are spoken of: who may do what, what was done, concerns. */

/** The operation that each level of access is named after. */
const operationOf: Readonly<Record<string, string>> = {
  DECRYPT: 'Decrypt',
  ENCRYPT: 'Encrypt',
  SIGN: 'Sign',
};

/** "And encrypt?", "only admin": the one access, or the one thing done, that is spoken of, of this level. */
export const ofLevels =
  (levels: readonly string[]): Refine =>
  (plan) => {
    const access = withAccess(plan, (test) =>
      test.actions ? null : { ...test, levels: [...levels] },
    );
    if (access) return [access];
    const operations = levels.flatMap((level) => operationOf[level] ?? []);
    if (operations.length !== levels.length) return [];
    const done = withEvent(plan, (test) =>
      test.category === 'CRYPTO' ? { ...test, operations } : null,
    );
    return done ? [done] : [];
  };

/**
 * "Only external": of who has the access, those. Of keys that other accounts have access to, the same
 * narrower: whoever is outside the organization is in another account.
 */
export const ofGrantees =
  (who: Pick<PermissionTest, 'trust' | 'types' | 'otherAccount'>): Refine =>
  (plan) => {
    if (plan.entity === 'keys') {
      const narrower = withAccess(plan, ({ otherAccount, ...test }) =>
        otherAccount && !test.trust && who.trust?.includes('EXTERNAL')
          ? { ...test, trust: ['EXTERNAL'] }
          : null,
      );
      return narrower ? [narrower] : [];
    }
    if (plan.entity === 'usage' && who.trust?.includes('EXTERNAL')) {
      const used = withEvent(plan, (test) => ({ ...test, callerFrom: 'EXTERNAL' }));
      return used ? [used] : [];
    }
    if (plan.entity !== 'permissions') return [];
    const named = withAccess(plan, (test) => (test.denied ? null : { ...test, ...who }));
    return named ? [named] : [];
  };

/** "With full access": the one access that is spoken of, by statements that allow these actions. */
export const byActions =
  (actions: readonly string[]): Refine =>
  (plan) => {
    const access = withAccess(plan, (test) => ({ ...test, actions: [...actions] }));
    return access ? [access] : [];
  };

/** "And the high ones too": concerns of these severities as well as of those before. */
export const alsoOfSeverities =
  (severities: readonly string[]): Refine =>
  (plan) => {
    const parts = partsOf(plan.filter);
    const [before, ...more] = parts.flatMap((f) => ('is' in f && f.is === 'severity' ? [f] : []));
    if (!before || before.codes || more.length > 0) return [];
    const all = [...new Set([...before.severities, ...severities])];
    const severity: Filter = { is: 'severity', severities: all };
    return [{ ...plan, filter: allOf(...parts.filter((f) => f !== before), severity) }];
  };

/** "Only high or critical": concerns of these severities, or keys that have one. */
export const ofSeverities =
  (severities: readonly string[]): Refine =>
  (plan) => {
    if (plan.entity !== 'keys' && plan.entity !== 'concerns') return [];
    const said = (f: Filter) =>
      'is' in f && (f.is === 'severity' || (f.is === 'present' && f.column === 'concern_codes'));
    const kept = partsOf(plan.filter).filter((f) => !said(f));
    const severity: Filter = { is: 'severity', severities: [...severities] };
    return [{ ...plan, filter: allOf(...kept, severity) }];
  };

/** "Only confused deputy": concerns of this kind. Of keys it is a condition like others. */
export const ofConcern =
  (code: string): Refine =>
  (plan) => {
    if (plan.entity !== 'concerns') return [];
    const kept = partsOf(plan.filter).filter((f) => !('is' in f && f.is === 'concern'));
    return [{ ...plan, filter: allOf(...kept, { is: 'concern', codes: [code] }) }];
  };

/** "Which keys?" of rows that one thing is said of: the keys that have such a row. */
export const keysOfRows: Refine = (plan) => {
  if (plan.limit !== null || plan.having !== null) return [];
  const parts = partsOf(meantBy(plan));
  const own = parts.filter((f) => !('key' in f && !('is' in f)));
  const ofKeys = parts.flatMap((f) => (!('is' in f) && 'key' in f ? [f.key] : []));
  const said = keyHas(own);
  return said ? [listOf('keys', allOf(said, ...ofKeys))] : [];
};

/** What a key has that has such a row; null where that is more than one condition can say. */
function keyHas(own: readonly Filter[]): Filter | null {
  const [either] = own;
  if (own.length === 1 && either && 'or' in either) {
    return either.or.every((f) => 'is' in f && f.is === 'event') ? either : null;
  }
  const facts = own.flatMap((f) => ('is' in f ? [f] : []));
  const [fact, second, ...more] = facts;
  if (facts.length !== own.length || !fact || more.length > 0) return null;
  if (!second) {
    return ['access', 'event', 'concern', 'severity'].includes(fact.is) ? fact : null;
  }
  const concern = facts.find((f) => f.is === 'concern');
  const severity = facts.find((f) => f.is === 'severity');
  return concern?.is === 'concern' && severity?.is === 'severity' && !severity.codes
    ? { ...severity, codes: concern.codes }
    : null;
}

/** "Who exactly?" of keys that are shown for one access: whose it is. */
export const whoseAccess: Refine = (plan) =>
  reasonsFor(plan).filter(({ entity }) => entity === 'permissions');

/** "Only the access denied ones", of what could not be read: by the code of the error. */
export const failedFor =
  (text: string): Refine =>
  (plan) =>
    plan.entity === 'coverage' && plan.measure.kind === 'list'
      ? [
          {
            ...plan,
            filter: allOf(plan.filter, { is: 'contains', column: 'error_code', text }),
          },
        ]
      : [];

/** "And the partial ones?" of how accounts and Regions were read: those that were read so, whole accounts or not. */
export const ofStatus =
  (status: string): Refine =>
  (plan) => {
    if (plan.entity !== 'coverage' || plan.measure.kind !== 'list') return [];
    const parts = partsOf(plan.filter);
    const ofWhole = (f: Filter) =>
      'not' in f && 'is' in f.not && f.not.is === 'present' && f.not.column === 'region';
    const said = (f: Filter) =>
      ('is' in f && f.is === 'value' && f.column === 'status') ||
      // Of an account that was read in part, Regions are told.
      (status === 'PARTIAL' && ofWhole(f));
    const value: Filter = { is: 'value', column: 'status', values: [status] };
    return [{ ...plan, filter: allOf(...parts.filter((f) => !said(f)), value) }];
  };

/** "Why?" and "which Regions?" of accounts that were not read: it stands in the rows. */
export const inCoverage: Refine = (plan) =>
  plan.entity === 'coverage' && plan.measure.kind === 'list' ? [plan] : [];

/** "Why are they public?" of the keys that are shown for that. */
export const reasonsForBeing =
  (being: Filter): Refine =>
  (plan) =>
    partsOf(meantBy(plan)).some((f) => JSON.stringify(f) === JSON.stringify(being))
      ? reasonsFor({ ...plan, measure: { kind: 'list', show: [] } })
      : [];

/** "Why?" of keys that are shown for one access, or for concerns: the permissions, or the concerns. */
export const reasonsFor: Refine = (plan) => {
  if (plan.entity !== 'keys' || plan.limit !== null) return [];
  const filter = meantBy(plan);
  const reasons = partsOf(filter).flatMap((f) =>
    'is' in f && ['access', 'concern', 'severity'].includes(f.is) ? [f] : [],
  );
  const [reason, ...more] = reasons;
  if (!reason || more.length > 0) return [];
  const others = partsOf(filter).filter((f) => f !== reason);
  const ofKeys = others.length > 0 ? [{ key: allOf(...others) }] : [];
  const entity = reason.is === 'access' ? 'permissions' : 'concerns';
  return [listOf(entity, allOf(...ofRow(reason), ...ofKeys))];
};

/** What a row is that a key has for this. */
function ofRow(reason: Fact): readonly Filter[] {
  if (reason.is !== 'severity' || !reason.codes) return [reason];
  const { codes, ...severity } = reason;
  return [severity, { is: 'concern', codes }];
}

/** What puts a key into a state that somebody put it into. */
const switches: Readonly<Record<string, string>> = {
  Disabled: 'DisableKey',
  PendingDeletion: 'ScheduleKeyDeletion',
};

/** What was done to a key that is in a state. */
const deedsOf: readonly (readonly [(f: Filter) => boolean, state: string, operation: string])[] = [
  ...Object.entries(switches).map(
    ([state, operation]) => [(f: Filter) => isState(f, state), state, operation] as const,
  ),
  [
    (f) =>
      'not' in f && 'is' in f.not && f.not.is === 'flag' && f.not.column === 'rotation_enabled',
    'rotation off',
    'DisableKeyRotation',
  ],
];
const isState = (f: Filter, state: string) =>
  'is' in f && f.is === 'value' && f.column === 'key_state' && f.values.join() === state;

/** "Since when?", "who did it?" of keys that are in one state that someone put them into: what was recorded of that. */
export function deedBehind(plan: Plan, of?: string): readonly Plan[] {
  if (plan.entity !== 'keys' || plan.measure.kind !== 'list' || plan.limit !== null) return [];
  const parts = partsOf(plan.filter);
  if (factsOf(plan.filter).some((f) => f.is === 'event')) return [];
  const [deed, ...more] = deedsOf.filter(([is]) => parts.some(is));
  if (!deed || more.length > 0 || (of !== undefined && deed[1] !== of)) return [];
  const event: Filter = { is: 'event', test: { category: 'MANAGEMENT', operations: [deed[2]] } };
  return [listOf('usage', allOf(event, { key: plan.filter }))];
}

/** The keys to which was done what the rows tell, at the time they tell. */
export function keysDoneTo(plan: Plan): readonly Plan[] {
  const parts = partsOf(plan.filter);
  const [event, ...more] = parts.flatMap((f) => ('is' in f && f.is === 'event' ? [f] : []));
  const [time, ...times] = parts.flatMap((f) =>
    'is' in f && f.is === 'time' && f.column === 'last_event_at' ? [f] : [],
  );
  const keys = parts.flatMap((f) => (!('is' in f) && 'key' in f ? [f.key] : []));
  const told = [event, time].filter(Boolean).length + keys.length;
  if (!event || more.length + times.length > 0 || told < parts.length) return [];
  const { from, to } = { from: event.test.from ?? null, to: event.test.to ?? null, ...time };
  const test = { ...event.test, ...(from ? { from } : {}), ...(to ? { to } : {}) };
  return [listOf('keys', allOf(...keys, { is: 'event', test }))];
}

/** "Who made them?" of keys to which one thing was done: that, with who did it. */
export function eventsBehind({ entity, filter, measure }: Plan): Plan | null {
  if (entity !== 'keys' || measure.kind !== 'list') return null;
  const parts = partsOf(filter);
  const events = parts.filter((p) => 'is' in p && p.is === 'event');
  const [event, ...more] = events;
  const created = parts.some((p) => 'is' in p && p.is === 'time' && p.column === 'created_at');
  const [used, ...uses] = parts.flatMap((p) => ('is' in p && p.is === 'used' ? [p] : []));
  if (!event && created && used) return null;
  if (!event && created) {
    const made: Filter = {
      is: 'event',
      test: { category: 'MANAGEMENT', operations: ['CreateKey'] },
    };
    return listOf('usage', allOf(made, { key: filter }));
  }
  if (!event && used && uses.length === 0) {
    const { from, to } = used;
    const test: UsageTest = { category: 'CRYPTO', from, ...(to ? { to } : {}) };
    return listOf('usage', allOf({ is: 'event', test }, { key: filter }));
  }
  if (!event || more.length > 0) return null;
  const rest = parts.filter((p) => p !== event);
  return listOf('usage', allOf(event, ...(rest.length > 0 ? [{ key: allOf(...rest) }] : [])));
}

/** "Who did it, and when?" of keys that are disabled or wait for their deletion. Null for any others. */
export function switchesBehind({ entity, filter, measure, limit }: Plan): Plan | null {
  const [state, ...more] = partsOf(filter).flatMap((p) =>
    'is' in p && p.is === 'value' && p.column === 'key_state' ? [p] : [],
  );
  if (entity !== 'keys' || measure.kind !== 'list' || limit !== null) return null;
  if (!state || more.length > 0) return null;
  const operations = state.values.flatMap((value) => switches[value] ?? []);
  if (operations.length < state.values.length) return null;
  const event: Filter = { is: 'event', test: { category: 'MANAGEMENT', operations } };
  return listOf('usage', allOf(event, { key: filter }));
}

/** "Through which services?" of what was done, or of keys to which it was done. */
export const byService: Refine = (plan) => {
  const events = plan.entity === 'usage' ? plan : eventsBehind(plan);
  if (events?.measure.kind !== 'list' || events.limit !== null) return [];
  const measure = { kind: 'count', keys: false } as const;
  return [{ ...events, measure, groupBy: [{ column: 'via_service' }], orderBy: null }];
};

/** What is said of the condition of a statement: that there is none, or whom it lets in. */
export type OfCondition = Pick<PermissionTest, 'unconditional' | 'restrictedBy' | 'trust'>;

/**
 * The same access by statements with such a condition. A statement for anyone that lets in the organization
 * alone gives no public access, but it names anyone.
 */
export function underCondition(test: PermissionTest, said: OfCondition): PermissionTest {
  const { unconditional: _, restrictedBy: _keys, ...rest } = test;
  const { trust, types, ...others } = rest;
  const anyone = trust?.join() === 'PUBLIC' || types?.join() === 'ANYONE';
  return anyone ? { ...others, types: ['ANYONE'], ...said } : { ...rest, ...said };
}

/** "With a condition that limits them to our organization", "which have no condition at all?" */
export const byCondition =
  (said: OfCondition): Refine =>
  (plan) => {
    const turned = withAccess(plan, (test) => (test.denied ? null : underCondition(test, said)));
    return turned && plan.limit === null ? [turned] : [];
  };

const withAccess = (plan: Plan, turn: (test: PermissionTest) => PermissionTest | null) =>
  withOne(plan, (f) => {
    const test = f.is === 'access' ? turn(f.test) : null;
    return test && { is: 'access', test };
  });

const withEvent = (plan: Plan, turn: (test: UsageTest) => UsageTest | null) =>
  withOne(plan, (f) => {
    const test = f.is === 'event' ? turn(f.test) : null;
    return test && { is: 'event', test };
  });

/** The plan with the only fact of its kind turned into another; null where there is none, or several. */
function withOne(plan: Plan, turn: (fact: Fact) => Fact | null): Plan | null {
  let found = 0;
  const filter = eachFact(plan.filter, (fact) => {
    const turned = turn(fact);
    if (turned) found += 1;
    return turned ?? fact;
  });
  const all = factsOf(plan.filter).filter((fact) => turn(fact) !== null).length;
  return found === 1 && all === 1 ? { ...plan, filter } : null;
}
