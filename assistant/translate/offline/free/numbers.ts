import { allOf, listOf, type PermissionTest, type Plan } from '../plan/plan.ts';
import { all, type Groups, keyFilters } from './groups.ts';
import type { Piece } from './piece.ts';
import { hasOther, type Kind, telling } from './placed.ts';
import { permissionFilters, present } from './row-filters.ts';
import { nounFilters } from './said-of-keys.ts';

/** "How many keys does an account have on average?" Null where nothing of that kind is asked. */
export function meanPerGroup(pieces: readonly Piece[], groups: Groups): readonly Plan[] | null {
  const measured = pieces.some((p) => p.is === 'measure');
  if (measured || !pieces.some((p) => p.is === 'average')) return null;
  const [of, ...more] = [
    ...all(pieces, 'by').filter((p) => p.entity === 'keys'),
    ...all(pieces, 'dimension').map((p) => ({ ...p, dimensions: [p.dimension] })),
  ];
  const [dimension, ...others] = of?.dimensions ?? [];
  if (!of || more.length > 0 || others.length > 0 || of.entity !== 'keys') return [];
  if (!dimension || !('column' in dimension) || 'by' in dimension) return [];
  const own: ReadonlySet<Kind> = new Set([...telling, 'average', 'by', 'dimension']);
  const rest = pieces.filter((p) => p.is !== 'average' && p.is !== 'by' && p.is !== 'dimension');
  if (!pieces.every((p) => own.has(p.is)) || hasOther(rest, ['keys'])) return [];
  return (keyFilters(pieces, groups) ?? []).map((f) => ({
    ...listOf('keys', allOf(...nounFilters(pieces), f)),
    measure: { kind: 'mean', per: dimension.column },
  }));
}

/** What a bound counts: "more than 10 [different] principals". */
export const boundedBy = (pieces: readonly Piece[], bound: number): Piece | undefined =>
  pieces[bound + (pieces[bound + 1]?.is === 'different' ? 2 : 1)];

/** By what those who may are told apart: external accounts by their account, anyone else by name. */
export const columnOfWhoMay = (test: PermissionTest | null | undefined) =>
  isExternalAccounts(test) ? 'principal_account' : 'principal';

/** "External accounts", whoever in them. */
export const isExternalAccounts = (test: PermissionTest | null | undefined) =>
  (test?.trust?.join() === 'EXTERNAL' || test?.otherAccount === true) && !test.types;

/** "Keys that more than 10 principals can decrypt with." Null where nothing of that kind is asked. */
export function byNumberOfWhoMay(pieces: readonly Piece[], groups: Groups): readonly Plan[] | null {
  const bound = pieces.findIndex((p) => p.is === 'compare');
  const [compare, ...more] = all(pieces, 'compare');
  const counted = boundedBy(pieces, bound);
  const people = counted?.is === 'noun' && counted.people;
  const kind = counted?.is === 'someone' && !counted.adjective ? counted.someone.may : null;
  if (!compare || (!people && !kind)) return null;
  const rest = pieces.filter((p) => p.is !== 'compare' && p.is !== 'different');
  const own: ReadonlySet<Kind> = new Set(telling);
  const isCounted = all(rest, 'want').some((w) => w.want === 'count');
  if (more.length > 0 || !rest.every((p) => own.has(p.is)) || isCounted) return [];
  const { op, value } = compare;
  const column = columnOfWhoMay(kind);
  return permissionFilters(rest, groups).map((f) => ({
    ...listOf('permissions', allOf(f, present({ column }))),
    measure: { kind: 'distinct', column },
    groupBy: [{ column: 'key_arn' }],
    having: { op, value },
  }));
}
