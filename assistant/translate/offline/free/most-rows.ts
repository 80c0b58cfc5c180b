import {
  allOf,
  type Dimension,
  everything,
  type Filter,
  factsOf,
  isEverything,
  listOf,
  type Measure,
  type Plan,
} from '../plan/plan.ts';
import { rows } from './counting.ts';
import { keyFilters } from './groups.ts';
import type { HeadPlace } from './head.ts';
import type { Piece } from './piece.ts';
import { onConcerns } from './row-filters.ts';
import { nounFilters } from './said-of-keys.ts';

/** What is counted, which is not keys: each grant once, and each concern. */
interface Counted {
  readonly entity: 'permissions' | 'concerns' | 'usage';
  readonly filter: Filter;
  readonly measure: Measure;
}

const grants: Counted = {
  entity: 'permissions',
  filter: { is: 'access', test: { source: ['GRANT'] } },
  measure: { kind: 'distinct', column: 'grant_id' },
};
const concerns: Counted = { entity: 'concerns', filter: everything, measure: rows };

function countedOf(piece: Piece | undefined): Counted | null {
  if (piece?.is === 'source' && piece.source === 'GRANT') return grants;
  if (piece?.is === 'noun' && piece.noun === 'concerns') return concerns;
  // "The most critical findings": with no keys named, they are those.
  if (piece?.is === 'condition' && 'is' in piece.condition.filter) {
    const { filter } = piece.condition;
    return filter.is === 'severity' ? { ...concerns, filter } : null;
  }
  return piece?.is === 'dimension' && piece.entity === 'usage' ? usersOf(piece.dimension) : null;
}

/** Callers, services, operations: how many different ones used keys. */
function usersOf(dimension: Dimension): Counted | null {
  if (!('column' in dimension) || 'by' in dimension) return null;
  const { column } = dimension;
  const used: Filter = { is: 'event', test: { category: 'CRYPTO' } };
  return {
    entity: 'usage',
    filter: allOf(used, { is: 'present', column }),
    measure: { kind: 'distinct', column },
  };
}

/** The columns of keys by which rows about keys are grouped as well. */
const ownColumns: ReadonlySet<string> = new Set(['account_id', 'region', 'ou_path']);

/**
 * "Keys with the most grants", "which account has the most concerns", "grants per Region": the number of
 * rows about keys, by key or by where the key is.
 */
export function byRowsOfKeys(said: readonly Piece[], place: HeadPlace): readonly Plan[] {
  if (place === 'first') return countedRows(said);
  if (said.some((p) => p.is === 'rank')) return countedRows(groupFirst(said));
  // グラントが多いアカウント names no end: those with most stand first.
  const ranked = said.map((p): Piece => {
    const most = p.is === 'order' && p.order.by === 'value' && p.order.direction === 'desc';
    return most ? { is: 'rank', direction: 'desc' } : p;
  });
  return countedRows(groupFirst(ranked)).map((p) =>
    p.limit === 'ties' ? { ...p, limit: null } : p,
  );
}

/**
 * The pieces of a language that puts the group behind what it is ranked by (グラントが多いキー上位5件), in
 * the order of one that puts it first.
 */
function groupFirst(said: readonly Piece[]): readonly Piece[] {
  const rank = said.findIndex((p) => p.is === 'rank');
  const ranked = said[rank];
  const counted = said[rank - 1];
  if (!ranked || !counted) return [];
  const behind = said.slice(rank + 1).filter((p) => !isOfRequest(p));
  const limits = behind.filter((p) => p.is === 'limit');
  const groups = behind.filter((p) => p.is !== 'limit');
  const before = said.slice(0, rank - 1);
  // 無効なキーでグラントが最も多いもの: the group is named before.
  const named = groups.length > 0 ? [] : before.filter((p) => p.is === 'noun').slice(0, 1);
  const [group, ...others] = [...groups, ...named];
  if (!group || others.length > 0) return [];
  return [...limits, group, ...before.filter((p) => p !== named[0]), ranked, counted];
}

const isOfRequest = (p: Piece) => p.is === 'mark' || (p.is === 'want' && p.want === 'list');

function countedRows(pieces: readonly Piece[]): readonly Plan[] {
  const [first] = pieces;
  const wanted = first?.is === 'want' && (first.want === 'list' || first.want === 'count');
  const all = wanted ? pieces.slice(1) : pieces;
  // "The most different callers" are the most callers: each counts once.
  const said = all.filter((p, i) => p.is !== 'different' || all[i + 1]?.is !== 'dimension');
  const by = said.at(-1);
  const [dimension, ...more] = by?.is === 'by' && by.entity === 'keys' ? by.dimensions : [];
  const [, byNumber, counts] = said;
  // "Keys by number of callers": all of them, those with the most first.
  const each = said.length === 3 ? usersOfKeys(said[0], byNumber, counts) : null;
  if (each) return [each];
  const only = said.length === 2 && said[0]?.is !== 'dimension' ? countedOf(said[0]) : null;
  if (only && dimension && more.length === 0 && isOwn(dimension)) {
    return [{ ...listOf(only.entity, only.filter), measure: only.measure, groupBy: [dimension] }];
  }
  const rank = said.findIndex((p) => p.is === 'rank');
  const ranked = said[rank];
  const counted = rank === said.length - 2 ? countedOf(said[rank + 1]) : null;
  if (!counted || ranked?.is !== 'rank' || (wanted && first.want === 'count')) return [];
  // Keys without any are in no row, so that the fewest are not seen.
  if (ranked.direction === 'asc') return [];
  const [head, ...rest] = said.slice(0, rank);
  const limited = head?.is === 'limit' ? head.limit : null;
  const [group, ...conditions] = limited === null ? [head, ...rest] : rest;
  const groupBy = groupOf(group);
  if (!group || !groupBy || !conditions.every((p) => p?.is === 'condition')) return [];
  const keys = said.slice(limited === null ? 0 : 1, rank).filter((p) => p.is !== 'dimension');
  const [of, ...others] = keyFilters(keys, { deeds: [], permit: null }) ?? [];
  if (!of || others.length > 0) return [];
  const meant = allOf(...nounFilters(keys), of);
  const about = isEverything(meant) ? everything : { key: meant };
  // "Accounts with most findings of a standard": of those findings, not of all that such keys have.
  const named = keys.some((p) => p?.is === 'noun' && p.noun === 'keys');
  // "Accounts with most grants to outsiders": whether the grants or their keys are open to them.
  const given = factsOf(meant).some((f) => f.is === 'access');
  if (counted.entity === 'permissions' && !named && given) return [];
  const ofKeys = counted.entity === 'concerns' && !named ? onConcerns(about) : about;
  return [
    {
      ...listOf(counted.entity, allOf(counted.filter, ofKeys)),
      measure: counted.measure,
      groupBy: [groupBy],
      orderBy: { by: 'value', direction: 'desc' },
      limit: limited ?? 'ties',
    },
  ];
}

function usersOfKeys(
  group: Piece | undefined,
  by: Piece | undefined,
  counted: Piece | undefined,
): Plan | null {
  const groupBy = groupOf(group);
  const numbered = by?.is === 'want' && by.want === 'count' && !by.asks && !by.each;
  if (!groupBy || !numbered || counted?.is !== 'dimension') return null;
  const of = countedOf(counted);
  if (of?.entity !== 'usage') return null;
  const orderBy = { by: 'value', direction: 'desc' } as const;
  return { ...listOf('usage', of.filter), measure: of.measure, groupBy: [groupBy], orderBy };
}

function groupOf(piece: Piece | undefined): Dimension | null {
  if (piece?.is === 'noun' && piece.noun === 'keys') return { column: 'key_arn' };
  return piece?.is === 'dimension' && isOwn(piece.dimension) ? piece.dimension : null;
}

const isOwn = (d: Dimension) => 'column' in d && ownColumns.has(d.column);
