import type { Cell, QueryResult } from '../engine/engine.ts';
import type { Presentation } from '../translate/translator.ts';

/** The groups with the extreme value of a result. */
export interface Leaders {
  /** The first of them, of those that share it. */
  readonly leader: readonly Cell[];
  readonly count: number;
  /** Whether the lowest value was asked for. */
  readonly lowest: boolean;
  readonly extreme: number;
  /** The value as the row has it. */
  readonly value: Cell;
  /** Where the columns stand that name a group. */
  readonly names: readonly number[];
}

/** Null where the result has no groups with values. */
export function leadersOf(presentation: Presentation, result: QueryResult): Leaders | null {
  const { groupBy = [], ranked } = presentation;
  const names = groupBy.map((g) => result.columns.findIndex((c) => c.name === g));
  const valueAt = result.columns.findIndex((c) => c.name === presentation.value);
  if (names.length === 0 || names.includes(-1) || valueAt === -1) return null;
  const values = result.rows.map((row) => Number(row[valueAt] ?? Number.NaN));
  const known = values.filter((v) => !Number.isNaN(v));
  const lowest = ranked?.end === 'lowest';
  const extreme = lowest ? Math.min(...known) : Math.max(...known);
  const leaders = result.rows.filter((_, i) => values[i] === extreme);
  const [leader] = leaders;
  if (!leader) return null;
  return { leader, count: leaders.length, lowest, extreme, value: leader[valueAt] ?? null, names };
}
