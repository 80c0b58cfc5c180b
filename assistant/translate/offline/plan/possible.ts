import { columnOf } from './entity-tables.ts';
import { costBeside } from './measured.ts';
import {
  allOf,
  anyOf,
  type Fact,
  type Filter,
  factsOf,
  isEverything,
  type PermissionTest,
  type Plan,
} from './plan.ts';
import { saidByTags } from './says.ts';

/** Whether a condition holds only for what was used. */
const showsUse = (f: Filter) =>
  'is' in f && (f.is === 'used' || (f.is === 'event' && f.test.category === 'CRYPTO'));

/** A plan without conditions that another one of it implies: a replica is a multi-Region key. */
export function withoutImplied(plan: Plan): Plan {
  const { filter } = plan;
  if (!('and' in filter)) return plan;
  const typed = filter.and.some(
    (f) => 'is' in f && f.is === 'value' && f.column === 'multi_region_type',
  );
  // What was recorded as used is used.
  const used = filter.and.some(showsUse);
  const isUsed = (f: Filter) =>
    'is' in f && f.is === 'value' && f.column === 'usage_status' && f.values.join() === 'USED';
  const kept = filter.and.filter(
    (f) =>
      !(used && isUsed(f)) &&
      !(typed && 'is' in f && f.is === 'flag' && f.column === 'multi_region'),
  );
  return { ...plan, filter: allOf(...kept) };
}

/** Whether a condition is that there are grants at all, whoever they are for. */
export const isOfGrants = (f: Filter): boolean =>
  'is' in f &&
  f.is === 'access' &&
  f.test.source?.join() === 'GRANT' &&
  Object.keys(f.test).length === 1;

/** Whether a condition is that there are so many grants, and not none. */
const hasGrants = (f: Filter): boolean =>
  'is' in f &&
  f.is === 'grants' &&
  (f.op === 'more than' || (f.value > 0 && (f.op === 'at least' || f.op === 'exactly')));

/** A service is no role or user: "lambda roles" are those of the service, which is not told of them. */
const isOfNoPrincipal = ({ types, grantee }: PermissionTest): boolean =>
  types !== undefined &&
  !types.includes('SERVICE') &&
  grantee !== undefined &&
  'principals' in grantee &&
  grantee.principals.every((p) => p.endsWith('.amazonaws.com'));

/** Whether an organizational unit is the other one, below it or above it. */
const overlaps = (a: string) => (b: string) =>
  a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);

/**
 * Whether a plan can have rows at all, as far as that is plain to see: a key cannot have two values
 * of one column, and what holds cannot also not hold. A reading that can have none is not what was meant;
 * nor is what part the whole has of itself.
 */
export function planIsPossible(plan: Plan): boolean {
  const whole = plan.measure.kind === 'part' && plan.groupBy.length === 0;
  return !whole && isPossible(plan.filter, plan);
}

/** Whether something is said by all tags that say so, and something else of the same beside it. */
const otherByTags = (filters: readonly Filter[]): boolean =>
  filters.some((f) => {
    const one = 'or' in f ? saidByTags(f) : null;
    return (
      one !== null &&
      filters.some((g) => {
        const other = g === f ? null : saidByTags(g);
        return other?.of === one.of && ![...other.values].some((value) => one.values.has(value));
      })
    );
  });

function isPossible(filter: Filter, plan: Plan): boolean {
  // To leave out what cannot be says nothing.
  if ('not' in filter) return isPossible(filter.not, plan);
  if ('is' in filter && filter.is === 'access' && isOfNoPrincipal(filter.test)) return false;
  if ('or' in filter) return filter.or.every((f) => isPossible(f, plan));
  if (!('is' in filter) && 'key' in filter) {
    return isPossible(filter.key, { ...plan, entity: 'keys' });
  }
  if ('and' in filter) {
    const keys = filter.and.flatMap((f) => (!('is' in f) && 'key' in f ? [f.key] : []));
    if (keys.length > 1 && !isPossible(allOf(...keys), { ...plan, entity: 'keys' })) return false;
    const values = filter.and.filter(
      (f): f is Extract<Fact, { is: 'value' }> => 'is' in f && f.is === 'value',
    );
    const named = filter.and.filter(
      (f): f is Extract<Fact, { is: 'key' }> => 'is' in f && f.is === 'key',
    );
    const otherKey = named.some((a) =>
      named.some((b) => a.by === b.by && !a.values.some((v) => b.values.includes(v))),
    );
    const tags = filter.and.filter(
      (f): f is Extract<Fact, { is: 'tag' }> => 'is' in f && f.is === 'tag' && f.value !== null,
    );
    const otherTag = tags.some((a) => tags.some((b) => a.key === b.key && a.value !== b.value));
    const clash =
      otherKey ||
      otherTag ||
      otherByTags(filter.and) ||
      values.some((a) =>
        values.some(
          (b) =>
            a.column === b.column &&
            columnOf(plan.entity, a.column)?.type === 'varchar' &&
            !a.values.some((v) => b.values.includes(v)),
        ),
      );
    const units = filter.and.filter(
      (f): f is Extract<Fact, { is: 'ou' }> => 'is' in f && f.is === 'ou',
    );
    const apart = units.some((a) =>
      units.some((b) => !a.paths.some((p) => b.paths.some(overlaps(p)))),
    );
    // What is left out must be among what is meant.
    const leftOut = filter.and.flatMap((f) =>
      'not' in f && 'is' in f.not && f.not.is === 'ou' ? [f.not] : [],
    );
    const idle = leftOut.some((a) =>
      units.some((b) => !a.paths.some((p) => b.paths.some(overlaps(p)))),
    );
    const said = new Set(filter.and.map((f) => JSON.stringify(f)));
    const denied = filter.and.some((f) => 'not' in f && said.has(JSON.stringify(f.not)));
    const neverUsed = values.some(
      (f) => f.column === 'usage_status' && f.values.join() === 'NEVER_USED',
    );
    const used = filter.and.some(showsUse);
    const noGrants = filter.and.some((f) => 'not' in f && isOfGrants(f.not));
    return (
      !clash &&
      !(noGrants && filter.and.some(hasGrants)) &&
      !apart &&
      !idle &&
      !denied &&
      !(neverUsed && used) &&
      filter.and.every((f) => isPossible(f, plan))
    );
  }
  return true;
}

/**
 * "With a finding X of severity medium": one finding that is both, or a finding X and a medium one. The
 * words that name both leave that open, so both are readings.
 */
function ofOneConcern(plan: Plan): readonly Plan[] {
  const { filter } = plan;
  if (plan.entity !== 'keys' || 'is' in filter || !('and' in filter)) return [plan];
  const isAny = (f: Filter) => 'is' in f && f.is === 'present' && f.column === 'concern_codes';
  const severities = filter.and.flatMap((f) => ('is' in f && f.is === 'severity' ? [f] : []));
  const concerns = filter.and.flatMap((f) => ('is' in f && f.is === 'concern' ? [f] : []));
  const [severity] = severities;
  if (severities.length !== 1 || !severity || severity.codes || concerns.length === 0)
    return [plan];
  return [
    plan,
    ...concerns.map((concern) => ({
      ...plan,
      filter: allOf(...filter.and.filter((f) => f !== severity && f !== concern && !isAny(f)), {
        ...severity,
        codes: concern.codes,
      }),
    })),
  ];
}

/** "Which OU has the most accounts": all of them, and not only those in which a key was found. */
function withAccountsThemselves(plan: Plan): Plan {
  const { entity, measure, groupBy, filter } = plan;
  const counted = measure.kind === 'distinct' && measure.column === 'account_id';
  const own = groupBy.every(
    (d) => 'column' in d && !('by' in d) && columnOf('accounts', d.column) !== undefined,
  );
  return entity === 'keys' && counted && isEverything(filter) && groupBy.length > 0 && own
    ? { ...plan, entity: 'accounts', measure: { kind: 'count', keys: false } }
    : plan;
}

/** "Which team has the most": of those that are told, and not of the keys that name none. */
function withTagsTold(plan: Plan): Plan {
  const tags = plan.groupBy.flatMap((d) => ('tag' in d ? [[d.tag, ...(d.also ?? [])]] : []));
  const chosen = plan.limit !== null || plan.having !== null;
  const ofKey = plan.entity === 'concerns';
  if ((plan.entity !== 'keys' && !ofKey) || tags.length === 0 || !chosen) return plan;
  const told = tags
    .map((keys) => anyOf(...keys.map((key): Filter => ({ is: 'tag', key, value: null }))))
    .map((tag): Filter => (ofKey ? { key: tag } : tag));
  return { ...plan, filter: allOf(plan.filter, ...told) };
}

/** "Keys per account sorted by name": by the name of the group, not of a key. */
function withGroupsByName(plan: Plan): Plan {
  const { orderBy } = plan;
  const [group] = plan.groupBy;
  if (plan.measure.kind === 'list') return plan;
  if (orderBy?.by !== 'alias' || !group || !('column' in group) || 'by' in group) return plan;
  return { ...plan, orderBy: { ...orderBy, by: nameOfGroup(group.column) } };
}

/** Whether groups are put in order by something that they have; the first rows of each, by what rows have. */
function hasItsOrder(plan: Plan): boolean {
  const { groupBy, orderBy, measure, limit } = plan;
  if (groupBy.length === 0) return true;
  if (measure.kind === 'list') return orderBy !== null && limit === 'ties';
  if (!orderBy || orderBy.by === 'value') return true;
  if (orderBy.by === 'monthly_cost_usd' && costBeside(plan)) return limit !== 'ties';
  return groupBy.some(
    (d) => 'column' in d && !('by' in d) && [d.column, nameOfGroup(d.column)].includes(orderBy.by),
  );
}

/** The column by which the groups of a column are called. */
export const nameOfGroup = (column: string): string =>
  column === 'account_id' ? 'account_name' : column;

/** Each meaning once; readings that contradict themselves are none. */
export function distinct(plans: readonly Plan[]): readonly Plan[] {
  const byText = new Map(
    plans
      .map((plan) => withTagsTold(withAccountsThemselves(withGroupsByName(plan))))
      .filter((plan) => planIsPossible(plan) && hasItsOrder(plan))
      .flatMap(ofOneConcern)
      .map(withoutImplied)
      .map((p) => [JSON.stringify(p), p]),
  );
  return withoutHalves(withoutLooser([...byText.values()]));
}

/** "Bluebird Logistics" is the unit of that name, where there is one, not what is tagged so in Logistics. */
function withoutHalves(plans: readonly Plan[]): readonly Plan[] {
  const unitsOf = (plan: Plan) =>
    factsOf(plan.filter).flatMap((f) =>
      f.is === 'ou' ? f.paths.map((p) => p.slice(p.lastIndexOf('/') + 1).toLowerCase()) : [],
    );
  const whole = new Set(plans.flatMap(unitsOf).filter((name) => name.includes(' ')));
  const isHalved = (plan: Plan) =>
    factsOf(plan.filter).some(
      (f) =>
        f.is === 'tag' &&
        f.value !== null &&
        unitsOf(plan).some((u) => whole.has(`${f.value?.toLowerCase()} ${u}`)),
    );
  const named = plans.filter((plan) => !isHalved(plan));
  return named.length > 0 ? named : plans;
}

/**
 * "Team tag payments" names the value of that tag: that there is such a tag, and another one of this value,
 * is said by nobody who leaves it at that.
 */
function withoutLooser(plans: readonly Plan[]): readonly Plan[] {
  const tagsOf = (plan: Plan) => factsOf(plan.filter).flatMap((f) => (f.is === 'tag' ? [f] : []));
  const valued = new Set(plans.flatMap(tagsOf).flatMap((t) => (t.value === null ? [] : [t.key])));
  const isLoose = (plan: Plan) => tagsOf(plan).some((t) => t.value === null && valued.has(t.key));
  const strict = plans.filter((plan) => !isLoose(plan));
  return strict.length > 0 ? strict : plans;
}
