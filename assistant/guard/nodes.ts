import type { CallExpr, Expr } from './ast.ts';
import { NULL_TYPE, type SqlType } from './sqltype.ts';

/** A call of a function with nothing but arguments; without a type, one that is yet to be resolved. */
export const plainCall = (
  name: string,
  args: readonly Expr[],
  at: number | null = null,
  type: SqlType = NULL_TYPE,
): CallExpr => ({
  kind: 'call',
  name,
  args,
  star: false,
  distinct: false,
  orderBy: [],
  withinGroup: false,
  filter: null,
  nulls: null,
  over: null,
  type,
  at,
});
