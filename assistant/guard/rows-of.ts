import type { Query } from './ast.ts';
import { isGroupedSelect } from './resolve/query.ts';

/**
 * The relation of which each row of the result is one row, and no two the same one: a query that reads
 * one relation, chooses and sorts. Null for any other, such as one that joins, groups or leaves out
 * what is equal. Conditions may ask other relations.
 */
export function rowsOf({ body }: Query): string | null {
  if (body.kind === 'nested') return rowsOf(body.query);
  if (body.kind !== 'select' || body.distinct || isGroupedSelect(body)) return null;
  return body.from?.kind === 'relation' ? body.from.relation.name : null;
}
