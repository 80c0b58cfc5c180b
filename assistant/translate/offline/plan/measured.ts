/**
 * What is measured of keys besides columns, and the column it is worked out from: the age of a key in days
 * at the as-of time, and twelve times its monthly cost.
 */
const derived: Readonly<Record<string, string>> = {
  age_days: 'created_at',
  yearly_cost_usd: 'monthly_cost_usd',
};

/** The column that something measured comes from; a column is measured as it is. */
export const baseColumn = (measured: string): string => derived[measured] ?? measured;
