import type { Plan } from './plan.ts';

/**
 * What is measured of keys besides columns, and the column it is worked out from: the age of a key in days,
 * or in years of 365.25 days, at the as-of time; twelve times its monthly cost; how many aliases and tags it
 * has.
 */
const derived: Readonly<Record<string, string>> = {
  age_days: 'created_at',
  age_years: 'created_at',
  alias_count: 'aliases',
  tag_count: 'tags',
  yearly_cost_usd: 'monthly_cost_usd',
};

/** The column that something measured comes from; a column is measured as it is. */
export const baseColumn = (measured: string): string => derived[measured] ?? measured;

/** The plan of the cost that a number of keys is shown with; null where it is shown without. */
export const costBeside = (plan: Plan): Plan | null =>
  plan.measure.kind === 'count' && plan.measure.cost
    ? { ...plan, measure: { kind: 'sum', column: 'monthly_cost_usd' } }
    : null;
