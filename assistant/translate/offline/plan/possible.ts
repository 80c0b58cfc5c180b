import { columnOf } from './entity-tables.ts';
import { allOf, type Fact, type Filter, type Plan } from './plan.ts';

/** A plan without conditions that another one of it implies: a replica is a multi-Region key. */
export function withoutImplied(plan: Plan): Plan {
  const { filter } = plan;
  if (!('and' in filter)) return plan;
  const typed = filter.and.some(
    (f) => 'is' in f && f.is === 'value' && f.column === 'multi_region_type',
  );
  const kept = filter.and.filter(
    (f) => !(typed && 'is' in f && f.is === 'flag' && f.column === 'multi_region'),
  );
  return { ...plan, filter: allOf(...kept) };
}

/**
 * Whether a plan can have rows at all, as far as that is plain to see: a key cannot have two values
 * of one column, and what holds cannot also not hold. A reading that can have none is not what was meant.
 */
export function planIsPossible(plan: Plan): boolean {
  return isPossible(plan.filter, plan);
}

function isPossible(filter: Filter, plan: Plan): boolean {
  if ('or' in filter) return filter.or.every((f) => isPossible(f, plan));
  if ('and' in filter) {
    const values = filter.and.filter(
      (f): f is Extract<Fact, { is: 'value' }> => 'is' in f && f.is === 'value',
    );
    const clash = values.some((a) =>
      values.some(
        (b) =>
          a.column === b.column &&
          columnOf(plan.entity, a.column)?.type === 'varchar' &&
          !a.values.some((v) => b.values.includes(v)),
      ),
    );
    const said = new Set(filter.and.map((f) => JSON.stringify(f)));
    const denied = filter.and.some((f) => 'not' in f && said.has(JSON.stringify(f.not)));
    return !clash && !denied && filter.and.every((f) => isPossible(f, plan));
  }
  return true;
}
