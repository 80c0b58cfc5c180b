import { z } from 'zod';
import { momentSchema } from './moment.ts';

/**
 * What was understood: an immutable, typed query. The SQL, the words that restate it, the way it is
 * shown and the questions offered next are all made from it, so that they cannot differ.
 *
 * A plan returns with the next turn of a conversation and passes through clients on its way, so
 * {@link planSchema} checks it again; column names are checked against the contract when the SQL is
 * made.
 */

/** What a row of the result is about. */
export const entities = [
  'keys',
  'accounts',
  'coverage',
  'permissions',
  'concerns',
  'usage',
] as const;
export type Entity = (typeof entities)[number];

const name = z.string().regex(/^[a-z_]{1,40}$/);
const text = z.string().max(2_048);
const texts = z.array(text).min(1).max(200);
const nullableMoment = momentSchema.nullable();

export const comparisons = ['at least', 'more than', 'at most', 'less than', 'exactly'] as const;
export type Comparison = (typeof comparisons)[number];

/** What the ARNs of principals begin their resource with. */
export const principalKinds = [
  'user',
  'role',
  'assumed-role',
  'saml-provider',
  'oidc-provider',
  'federated-user',
] as const;
export type PrincipalKind = (typeof principalKinds)[number];

const grantee = z.union([
  /** Any principal of this account. */
  z.object({ account: z.string().regex(/^\d{12}$/) }),
  /** Principals exactly as policies write them. */
  z.object({ principals: texts }),
  /** Whoever is called so, in whatever account and under whatever path. */
  z.object({ kind: z.enum(principalKinds), name: z.string().max(200) }),
]);
export type Grantee = z.infer<typeof grantee>;

const permissionSchema = z.object({
  /** How far the principal stands from the key. */
  trust: texts.optional(),
  levels: texts.optional(),
  types: texts.optional(),
  source: texts.optional(),
  grantee: grantee.optional(),
  /** The principal's account is in one of these organizational units or below it. */
  unit: texts.optional(),
  /** Whoever it is, it is none of these. */
  butNot: z.array(grantee).min(1).max(20).optional(),
  /** The same principal may also do something of these levels with the same key; or, unless `holds`, may not. */
  beside: z.object({ levels: texts, holds: z.boolean() }).optional(),
  /** The principal's account is another one than the key's; "anyone" is not meant by it. */
  otherAccount: z.literal(true).optional(),
  /** The actions as written include one of these. */
  actions: texts.optional(),
  /** One of these condition keys restricts it. */
  restrictedBy: texts.optional(),
  /** The statement has no condition block, the grant no constraints. */
  unconditional: z.literal(true).optional(),
  /** A Deny is meant instead. */
  denied: z.literal(true).optional(),
});
/** Which permissions are meant. Only an effective Allow counts, unless a Deny is asked for. */
export type PermissionTest = z.infer<typeof permissionSchema>;

const usageTestSchema = z.object({
  category: z.enum(['CRYPTO', 'MANAGEMENT']),
  operations: texts.optional(),
  /** User or session names, ARNs, or `role/` and the name of a role, for all its sessions. */
  callers: texts.optional(),
  callerAccount: z.string().optional(),
  /** The caller's account is in one of these organizational units or below it. */
  callerUnit: texts.optional(),
  /** The caller's account is another one than the key's, in the organization or not; or it is not in the organization. */
  callerFrom: z.enum(['OTHER_ACCOUNT', 'EXTERNAL']).optional(),
  /** CloudTrail's types of identity, such as IAMUser. */
  identityTypes: texts.optional(),
  services: texts.optional(),
  /** By whoever called AWS KMS himself, through no other service. */
  direct: z.literal(true).optional(),
  /** Source addresses, as CloudTrail writes them. */
  addresses: texts.optional(),
  eventIds: texts.optional(),
  /** Whoever or whatever it was, it was none of these. */
  butNot: z
    .object({
      callers: texts.optional(),
      callerAccount: z.string().optional(),
      services: texts.optional(),
      addresses: texts.optional(),
    })
    .optional(),
  /** The protected resource is called so, or its ARN contains this. */
  resource: text.optional(),
  /** At or after `from`, before `to`. */
  from: nullableMoment.optional(),
  to: nullableMoment.optional(),
});
/** Which recorded events are meant. */
export type UsageTest = z.infer<typeof usageTestSchema>;

const factSchema = z.discriminatedUnion('is', [
  /** A column holds one of these values. Null is neither. */
  z.object({ is: z.literal('value'), column: name, values: texts }),
  /** A true/false column is true. Null (not applicable, not readable) is neither. */
  z.object({ is: z.literal('flag'), column: name }),
  /** A column is filled: not null, not an empty text, list or map. */
  z.object({ is: z.literal('present'), column: name }),
  /** A number compared. Null is neither. */
  z.object({ is: z.literal('number'), column: name, op: z.enum(comparisons), value: z.number() }),
  /** A time in [from, to): from included, to excluded. Null is neither. */
  z.object({ is: z.literal('time'), column: name, from: nullableMoment, to: nullableMoment }),
  /**
   * Not used from `since` until the as-of time, and there to be used all that time: USED with its
   * last use no later than then, NEVER_USED created no later than then, NO_RECORD tracked from no
   * later than then. UNKNOWN is never counted, neither way. For a number of days this is
   * `days_unused >= n`, which the contract defines in the same way.
   */
  z.object({
    is: z.literal('unused'),
    since: momentSchema,
    /** Strictly longer than that. */
    longer: z.boolean(),
  }),
  /**
   * A use is recorded at or after `from`. Exact, because last_used_at is the latest use. With `to`, the
   * latest use falls before then: a key that was used in that time and again later is not known of.
   */
  z.object({ is: z.literal('used'), from: momentSchema, to: momentSchema.optional() }),
  /** A tag of the key: present, or with this value. Names and values are case-sensitive in AWS. */
  z.object({ is: z.literal('tag'), key: text, value: text.nullable() }),
  /** One of these concerns was found. Unknown when the policy is unreadable and must be read for it. */
  z.object({ is: z.literal('concern'), codes: texts }),
  /** A concern of one of these severities was found; with `codes`, of one of these kinds. */
  z.object({ is: z.literal('severity'), severities: texts, codes: texts.optional() }),
  /** A key has so many grants. Unknown when its policy and grants could not be read. */
  z.object({ is: z.literal('grants'), op: z.enum(comparisons), value: z.number().int() }),
  /** An effective Allow of policy or grant. Unknown when the policy could not be read. */
  z.object({ is: z.literal('access'), test: permissionSchema }),
  /** A recorded event. What is not recorded is not known to be absent. */
  z.object({ is: z.literal('event'), test: usageTestSchema }),
  /** One particular key, or several. An alias may name one key in each account and Region. */
  z.object({ is: z.literal('key'), by: z.enum(['key_id', 'key_arn', 'alias']), values: texts }),
  /** The organizational unit or one below it. */
  z.object({ is: z.literal('ou'), paths: texts }),
  /** A text, or one of several, contains this, or begins or ends with it, in any case of letters. */
  z.object({
    is: z.literal('contains'),
    column: name,
    text,
    at: z.enum(['start', 'end']).optional(),
  }),
]);
/** One condition. Each is told apart as certainly true, certainly false, or not known. */
export type Fact = z.infer<typeof factSchema>;

/** Conditions joined. An empty `and` holds for everything. */
export type Filter =
  | Fact
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }
  /** For rows about a key: the key meets this. */
  | { readonly key: Filter }
  /** For keys: the account they are in meets this. */
  | { readonly account: Filter }
  /** For accounts: one of their rows of the collection run meets this. */
  | { readonly read: Filter }
  /** For accounts: so many keys of the account meet this. */
  | { readonly keys: Filter; readonly op: Comparison; readonly count: number };

const filterSchema: z.ZodType<Filter> = z.lazy(() =>
  z.union([
    factSchema,
    z.object({ and: z.array(filterSchema).max(100) }),
    z.object({ or: z.array(filterSchema).max(100) }),
    z.object({ not: filterSchema }),
    z.object({ key: filterSchema }),
    z.object({ account: filterSchema }),
    z.object({ read: filterSchema }),
    z.object({
      keys: filterSchema,
      op: z.enum(comparisons),
      count: z.number().int().nonnegative(),
    }),
  ]),
);

const dimensionSchema = z.union([
  // The longer one first: the shorter would accept it and drop the unit.
  z.object({ column: name, by: z.enum(['year', 'quarter', 'month']) }),
  /** The units that the filter names, each with all below it; those of the same name are one group. */
  z.object({ column: z.literal('ou_path'), named: z.literal(true) }),
  z.object({ column: name }),
  /** `also`: other spellings of the name, of which each key has one at most. */
  z.object({ tag: text, also: texts.optional() }),
]);
/** A stretch of the calendar that groups are made by. */
export type CalendarUnit = 'year' | 'quarter' | 'month';
/** What groups are made by. `account_id` brings the account's name along. */
export type Dimension = z.infer<typeof dimensionSchema>;

const measureSchema = z.union([
  /** The rows themselves; `show` names columns wanted besides the usual ones. */
  z.object({ kind: z.literal('list'), show: z.array(name).max(40) }),
  /**
   * How many rows; `keys` counts each key once where rows are about keys. `cost`, of keys only: and what
   * they cost in a month, beside their number.
   */
  z.object({ kind: z.literal('count'), keys: z.boolean(), cost: z.literal(true).optional() }),
  /** How many different values a column has. */
  z.object({ kind: z.literal('distinct'), column: name }),
  /** How many rows there are on average for each value of a column that has any; or what they cost. */
  z.object({
    kind: z.literal('mean'),
    per: name,
    weight: z.literal('monthly_cost_usd').optional(),
  }),
  /**
   * Besides columns these of `measured.ts`: `age_days` is the number of days from created_at to the as-of
   * time, `age_years` the same in years, `yearly_cost_usd` twelve times the monthly cost, `alias_count` and
   * `tag_count` how many aliases and tags a key has.
   */
  z.object({ kind: z.enum(['sum', 'avg', 'min', 'max']), column: name }),
  /** The part of the rows that meets `of`, in percent of all rows of the filter; or of what they cost. */
  z.object({
    kind: z.literal('share'),
    of: filterSchema,
    weight: z.literal('monthly_cost_usd').optional(),
  }),
  /**
   * The part that a group has of the whole, in percent: of all rows of the filter, of the keys behind them
   * (each once, so that the parts may add up to more), or of what they cost.
   */
  z.object({ kind: z.literal('part'), amount: z.enum(['rows', 'keys', 'monthly_cost_usd']) }),
]);
export type Measure = z.infer<typeof measureSchema>;
/** A measure that adds up or compares the values of a column. */
export type Aggregate = Extract<Measure, { kind: 'sum' | 'avg' | 'min' | 'max' }>;
export const isAggregate = (m: Measure): m is Aggregate =>
  m.kind === 'sum' || m.kind === 'avg' || m.kind === 'min' || m.kind === 'max';

export const planSchema = z.object({
  entity: z.enum(entities),
  filter: filterSchema,
  measure: measureSchema,
  /** Of a list: within each of these the first rows of the order, with `ties` for its limit. */
  groupBy: z.array(dimensionSchema).max(4),
  /** Only groups whose value compares so. */
  having: z.object({ op: z.enum(comparisons), value: z.number() }).nullable(),
  /** `value` is the value of a group; anything else a column (or `age_days`). */
  orderBy: z.object({ by: name, direction: z.enum(['asc', 'desc']) }).nullable(),
  /** The first so many; `ties` keeps all that share the extreme value. */
  limit: z.union([z.number().int().positive().max(100_000), z.literal('ties')]).nullable(),
});
export type Plan = z.infer<typeof planSchema>;

/** The filter that holds for everything. */
export const everything: Filter = { and: [] };

/** Keys that the customer manages, and AWS does not. */
export const customerManaged: Filter = { is: 'value', column: 'key_manager', values: ['CUSTOMER'] };

/** Whether a filter holds for everything, because it says nothing. */
export const isEverything = (f: Filter): boolean => 'and' in f && f.and.length === 0;

/** The conditions that all hold, one by one. */
export const partsOf = (filter: Filter): readonly Filter[] =>
  'and' in filter ? filter.and : [filter];

/** As {@link partsOf}, with those on the key of a row in the place of the condition that holds them. */
export const conditionsOf = (filter: Filter): readonly Filter[] =>
  partsOf(filter).flatMap((p) => (!('is' in p) && 'key' in p ? conditionsOf(p.key) : [p]));

/** All of these, flattened and without repetition; in one order, because order means nothing. */
export function allOf(...filters: readonly Filter[]): Filter {
  const flat = unique(ofBoth(withoutImplied(filters.flatMap(partsOf))));
  const [only] = flat;
  return flat.length === 1 && only ? only : { and: flat };
}

/** That there is a tag, in whatever spelling, is said again by the value that it has. */
function withoutImplied(filters: readonly Filter[]): readonly Filter[] {
  const valued = filters.flatMap((f) =>
    'is' in f && f.is === 'tag' && f.value !== null ? [f.key.toLowerCase()] : [],
  );
  const implied = (f: Filter): boolean =>
    'or' in f
      ? f.or.length > 0 && f.or.every(implied)
      : 'is' in f && f.is === 'tag' && f.value === null && valued.includes(f.key.toLowerCase());
  return valued.length === 0 ? filters : filters.filter((f) => !implied(f));
}

/** Two key specs of which a key has one: those that both conditions name, where there are any. */
function ofBoth(filters: readonly Filter[]): readonly Filter[] {
  const isSpec = (f: Filter) => isOneValue(f) && f.column === 'key_spec';
  const [one, other, ...more] = filters.filter(isSpec);
  if (!one || !other || more.length > 0 || !isOneValue(one) || !isOneValue(other)) return filters;
  const values = one.values.filter((v) => other.values.includes(v));
  return values.length > 0 ? [...filters.filter((f) => !isSpec(f)), { ...one, values }] : filters;
}

/** Any of these. With "everything" among them, everything. */
export function anyOf(...filters: readonly Filter[]): Filter {
  const flat = unique(mergeValues(filters.flatMap((f) => ('or' in f ? f.or : [f]))));
  if (flat.some(isEverything)) return everything;
  const [only] = flat;
  return flat.length === 1 && only ? only : { or: flat };
}

/** Any of two values of a column that has one value at a time is one condition. */
function mergeValues(filters: readonly Filter[]): readonly Filter[] {
  const merged: Filter[] = [];
  for (const filter of filters) {
    const at = merged.findIndex(
      (m) => isOneValue(m) && isOneValue(filter) && m.column === filter.column,
    );
    const same = merged[at];
    if (same && isOneValue(same) && isOneValue(filter)) {
      merged[at] = { ...same, values: [...new Set([...same.values, ...filter.values])].sort() };
    } else {
      merged.push(filter);
    }
  }
  return merged;
}

const isOneValue = (f: Filter): f is Extract<Fact, { is: 'value' }> =>
  'is' in f && f.is === 'value' && f.column !== 'concern_codes';

/**
 * The opposite. "Not used since T" is more than the opposite of "used since T": it speaks of keys
 * that were there to be used, so it becomes `unused`.
 */
export function noneOf(filter: Filter): Filter {
  if ('not' in filter) return filter.not;
  if ('is' in filter && filter.is === 'used' && !filter.to) {
    return { is: 'unused', since: filter.from, longer: false };
  }
  if ('or' in filter) return allOf(...filter.or.map(noneOf));
  // "Without Security and log-archive": a unit and an account, neither of which is meant.
  const places = 'and' in filter ? filter.and : [];
  if (
    places.some(isUnit) &&
    places.some(isAccount) &&
    places.every((f) => isUnit(f) || isAccount(f))
  )
    return allOf(...places.map(noneOf));
  return { not: filter };
}

const isUnit = (f: Filter) => 'is' in f && f.is === 'ou';
const isAccount = (f: Filter) => 'is' in f && f.is === 'value' && f.column === 'account_id';

function unique(filters: readonly Filter[]): Filter[] {
  const seen = new Map(filters.map((f) => [JSON.stringify(f), f]));
  return [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, f]) => f);
}

/** Every fact of a filter, also those inside nested ones. */
export function factsOf(filter: Filter): readonly Fact[] {
  if ('is' in filter) return [filter];
  if ('and' in filter) return filter.and.flatMap(factsOf);
  if ('or' in filter) return filter.or.flatMap(factsOf);
  if ('not' in filter) return factsOf(filter.not);
  if ('read' in filter || 'account' in filter) return [];
  return factsOf('key' in filter ? filter.key : filter.keys);
}

/** The filter with each of its facts turned into another, those aside that are denied or one of several. */
export function eachFact(filter: Filter, turn: (fact: Fact) => Fact): Filter {
  if ('is' in filter) return turn(filter);
  if ('and' in filter) return allOf(...filter.and.map((f) => eachFact(f, turn)));
  if ('key' in filter) return { key: eachFact(filter.key, turn) };
  return filter;
}

/**
 * Whether "only" before or after a condition leaves it as it is: "only disabled" is "disabled", because
 * a key is in one state; but "used only by S3" is more than "used by S3".
 */
export function onlyChangesNothing(filter: Filter): boolean {
  return factsOf(filter).every(
    (f) =>
      f.is === 'flag' ||
      f.is === 'ou' ||
      f.is === 'unused' ||
      f.is === 'key' ||
      f.is === 'number' ||
      f.is === 'time' ||
      (f.is === 'value' && f.column !== 'concern_codes'),
  );
}

/** A list of rows of an entity, to be refined. */
export function listOf(entity: Entity, filter: Filter = everything): Plan {
  return {
    entity,
    filter,
    measure: { kind: 'list', show: [] },
    groupBy: [],
    having: null,
    orderBy: null,
    limit: null,
  };
}
