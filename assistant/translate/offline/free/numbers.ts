import { allOf, listOf, type PermissionTest, type Plan } from '../plan/plan.ts';
import { all, type Groups, keyFilters } from './groups.ts';
import type { HeadPlace } from './head.ts';
import type { Piece } from './piece.ts';
import { hasOther, type Kind, telling } from './placed.ts';
import { permissionFilters, present } from './row-filters.ts';
import { nounFilters } from './said-of-keys.ts';

/** "How many keys does an account have on average?" Null where nothing of that kind is asked. */
export function meanPerGroup(
  pieces: readonly Piece[],
  groups: Groups,
  place: HeadPlace,
): readonly Plan[] | null {
  const total = all(pieces, 'average').some((p) => p.total);
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
  // OU別の平均キー数: of all units one mean, or in each unit the mean of its accounts.
  const inEach = place === 'last' && !total && dimension.column === 'ou_path';
  return (keyFilters(pieces, groups) ?? []).flatMap((f): readonly Plan[] => {
    const keys = listOf('keys', allOf(...nounFilters(pieces), f));
    const mean = (per: string): Plan['measure'] => ({
      kind: 'mean',
      per,
      ...(total ? { weight: 'monthly_cost_usd' as const } : {}),
    });
    return [
      { ...keys, measure: mean(dimension.column) },
      ...(inEach ? [{ ...keys, measure: mean('account_id'), groupBy: [dimension] }] : []),
    ];
  });
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
export function byNumberOfWhoMay(
  pieces: readonly Piece[],
  groups: Groups,
  place: HeadPlace,
): readonly Plan[] | null {
  const compared = pieces.findIndex((p) => p.is === 'compare');
  const bound = place === 'last' && compared < 0 ? pieces.findIndex(isMost) : compared;
  const said = pieces[bound];
  const counted = place === 'first' ? boundedBy(pieces, bound) : pieces[bound - 1];
  const named = counted?.is === 'noun' && counted.people;
  const people = named || (said?.is === 'compare' && said.people);
  const kind = counted?.is === 'someone' && !counted.adjective ? counted.someone.may : null;
  if (!said || (!people && !kind)) return null;
  const isShape = (p: Piece) => p === said || p.is === 'different' || (isMost(said) && isLimit(p));
  const rest = pieces.filter((p) => !isShape(p) && p !== (place === 'last' && named && counted));
  const own: ReadonlySet<Kind> = new Set(telling);
  const isCounted = all(rest, 'want').some((w) => w.want === 'count');
  const [limit, ...limits] = all(pieces, 'limit').map((p) => p.limit);
  if (!rest.every((p) => own.has(p.is)) || isCounted || limits.length > 0) return [];
  const column = columnOfWhoMay(kind);
  return permissionFilters(rest, groups).map((f) => ({
    ...listOf('permissions', allOf(f, present({ column }))),
    measure: { kind: 'distinct', column },
    groupBy: [{ column: 'key_arn' }],
    ...(said.is === 'compare'
      ? { having: { op: said.op, value: said.value } }
      : {
          orderBy: { by: 'value', direction: 'desc' },
          limit: limit ?? (said.is === 'rank' ? 'ties' : null),
        }),
  }));
}

/** Those with most, or the most first; keys that nobody may use are in no row, so that the fewest are not seen. */
const isMost = (p: Piece) =>
  (p.is === 'rank' && p.direction === 'desc') ||
  (p.is === 'order' && p.order.by === 'value' && p.order.direction === 'desc');
const isLimit = (p: Piece) => p.is === 'limit';
