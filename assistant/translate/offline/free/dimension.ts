import { allOf, type Filter, factsOf, listOf, type Plan } from '../plan/plan.ts';
import {
  accountsCounted,
  accountsPerUnit,
  ofAccounts,
  saysWhatAccountsAre,
  unitsOf,
} from './accounts.ts';
import { keysOnce } from './counting.ts';
import { all, type Groups, keyFilters, saysUse } from './groups.ts';
import { asksFor, type Head, type HeadPlace } from './head.ts';
import type { Piece } from './piece.ts';
import { allPlaced, type Kind } from './placed.ts';
import { filtersFor } from './row-filters.ts';
import { nounFilters } from './said-of-keys.ts';
import { type Shape, shaped, shapeOf, unique } from './shape.ts';
import { shareOfKeys } from './share.ts';

/** "No", "without", said of keys: what has none of them is another question. */
export const hasNoneOf = (pieces: readonly Piece[]) =>
  pieces.some((p, i) => p.is === 'condition' && p.none && pieces[i + 1]?.is === 'noun');

/**
 * "Accounts that can decrypt", "accounts that used": whoever acts, which the account of a key does not
 * tell. "Which accounts have keys that vendors can decrypt with" says who.
 */
function isActor(
  head: Extract<Head, { is: 'dimension' }>,
  pieces: readonly Piece[],
  { deeds, permit }: Groups,
): boolean {
  if (head.entity !== 'keys' || !('column' in head.dimension)) return false;
  if (head.dimension.column !== 'account_id') return false;
  const nobody = permit?.tests.every((t) => !t.trust && !t.types && !t.grantee && !t.unit) ?? false;
  const next = pieces[head.at + 1]?.is;
  return nobody || next === 'did' || next === 'may' || deeds.some((d) => d.unsaid);
}

/** Whether a piece names the keys that something is done with. */
const saysKeys = (p: Piece) =>
  (p.is === 'noun' && p.noun === 'keys') ||
  (p.is === 'condition' && factsOf(p.condition.filter).some((f) => f.is === 'key'));

/** The accounts that did something or may do it, by what is recorded and permitted of them. */
function ofActors(
  head: Extract<Head, { is: 'dimension' }>,
  pieces: readonly Piece[],
  groups: Groups,
  place: HeadPlace,
): readonly Plan[] {
  const { deeds, permit } = groups;
  const someone = pieces.some((p) => p.is === 'someone' || p.is === 'source');
  const next = pieces[head.at + 1]?.is;
  // "External accounts" are told by more than that they act.
  const told = pieces[head.at - 1]?.is === 'condition';
  if (place === 'last' || someone || told || (next !== 'did' && next !== 'may')) return [];
  if (permit ? deeds.length > 0 : deeds.length !== 1) return [];
  // "Accounts created last month" did nothing to any key.
  const ofKeys = pieces.slice(head.at + 1).some(saysKeys);
  if (!permit && !ofKeys) return [];
  const actors = permit
    ? ({ entity: 'permissions', dimension: { column: 'principal_account' } } as const)
    : ({ entity: 'usage', dimension: { column: 'caller_account' } } as const);
  const as = { is: 'dimension', ...actors } as const;
  const turned = pieces.map((p, i) => (i === head.at ? as : p));
  return ofDimension({ ...as, at: head.at }, turned, groups, place);
}

/** "What account and Region is this key in?" It stands in the row of the key. */
function whereKeysAre(pieces: readonly Piece[]): readonly Plan[] | null {
  const own: ReadonlySet<Kind> = new Set([
    'want',
    'dimension',
    'condition',
    'mark',
    'joint',
    'noun',
  ]);
  const asked = all(pieces, 'dimension').map((d) => d.dimension);
  const listed = asked.every(
    (d) =>
      'column' in d &&
      [
        'account_id',
        'region',
        'ou_path',
        'key_state',
        'key_spec',
        'key_manager',
        'origin',
        'key_usage',
      ].includes(d.column),
  );
  const [named, ...more] = all(pieces, 'condition');
  const fact = named?.condition.filter;
  const particular = fact && 'is' in fact && fact.is === 'key';
  if (!particular || more.length > 0 || !listed || !pieces.every((p) => own.has(p.is))) return null;
  if (pieces.some((p) => p.is === 'want' && p.want !== 'list')) return null;
  if (all(pieces, 'noun').some((n) => n.noun !== 'keys')) return null;
  const show = asked.flatMap((d) => ('column' in d ? [d.column] : []));
  return [
    { ...listOf('keys', allOf(...nounFilters(pieces), fact)), measure: { kind: 'list', show } },
  ];
}

/** "Accounts with keys in the most Regions", "in more than three": how many values each group has. */
function ofSpread(
  head: Extract<Head, { is: 'dimension' }>,
  pieces: readonly Piece[],
  groups: Groups,
): readonly Plan[] {
  const [other, ...more] = all(pieces, 'dimension').filter((d) => d.at !== head.at);
  if (!other || more.length > 0 || other.entity !== head.entity) return [];
  if (!('column' in other.dimension) || 'by' in other.dimension) return [];
  const before = other.at - (pieces[other.at - 1]?.is === 'different' ? 2 : 1);
  const { column } = other.dimension;
  const bound = pieces[before];
  if (bound?.is !== 'rank' && bound?.is !== 'compare') return [];
  const rest = pieces.filter((p) => p.is !== 'different' && p.is !== 'dimension');
  const filters = filtersFor(head, pieces, groups);
  const shape = shapeOf(rest, head.entity);
  if (!shape || shape.measure || shape.counted || shape.groupBy.length > 0) return [];
  if (!allPlaced(rest, 'groups') || shape.share || shape.order) return [];
  return filters.flatMap((f) =>
    shaped(
      head.entity,
      f,
      { ...shape, groupBy: [head.dimension], ofGroups: true },
      { kind: 'distinct', column },
    ),
  );
}

/** "How many different principals can decrypt?" */
export function differentOf(
  { entity, dimension }: Extract<Head, { is: 'dimension' }>,
  shape: Shape,
  filters: readonly Filter[],
): readonly Plan[] {
  if (!('column' in dimension) || 'by' in dimension) return [];
  if (shape.measure || shape.rank || shape.order || shape.limit !== null || shape.compare)
    return [];
  return filters.map((f) => ({
    ...listOf(entity, f),
    measure: { kind: 'distinct', column: dimension.column },
    groupBy: [...shape.groupBy],
  }));
}

/** Accounts, Regions, teams, services…: the groups, with what is counted or measured of each. */
export function ofDimension(
  head: Extract<Head, { is: 'dimension' }>,
  pieces: readonly Piece[],
  groups: Groups,
  place: HeadPlace = 'first',
): readonly Plan[] {
  // "Services by the keys used through them": the same said again.
  const others = all(pieces, 'dimension').filter(
    (d) => JSON.stringify(d.dimension) !== JSON.stringify(head.dimension),
  );
  if (hasNoneOf(pieces) || all(pieces, 'only').length > 0) return [];
  if (pieces.some((p) => p.is === 'condition' && p.quantified)) return [];
  if (all(pieces, 'noun').some((n) => n.noun !== 'keys')) return [];
  // "Accounts in which all keys are disabled": more than that there is such a key.
  if (pieces.some((p, i) => p.is === 'all' && i !== head.at - 1)) return [];
  // "Accounts used last month", "accounts used keys": used themselves, or using keys.
  const next = pieces[head.at + 1];
  const isOwner = 'column' in head.dimension && head.dimension.column === 'account_id';
  if (head.entity === 'keys' && isOwner && next?.is === 'condition' && saysUse([next])) return [];
  if (isActor(head, pieces, groups)) return ofActors(head, pieces, groups, place);
  if (saysWhatAccountsAre(head, pieces, groups)) return [];
  const where = whereKeysAre(pieces);
  if (where) return where;
  const perUnit = accountsPerUnit(head, pieces);
  if (perUnit) return perUnit;
  if (others.length > 0) return ofSpread(head, pieces, groups);
  const ofThemselves = pieces.some((p) => p.is === 'ofAccounts');
  if (!ofThemselves && !allPlaced(pieces, 'groups')) return [];
  const shape = shapeOf(pieces, head.entity);
  if (!shape || shape.show.length > 0) return [];
  const [share] = all(pieces, 'share');
  // "What percentage of accounts": of accounts, not of keys; 割合が低いアカウント are ranked by it.
  const ranked = pieces[head.at - 1]?.is;
  const byShare = place === 'last' && (ranked === 'rank' || ranked === 'order');
  if (share && head.at > share.at && !byShare) return [];
  if (all(pieces, 'deleted').length > 0 && !shape.measure) return [];
  // "The biggest account in each unit" is one for each.
  if (shape.groupBy.length > 0 && (shape.rank || shape.limit !== null)) return [];
  const groupBy = unique([head.dimension, ...shape.groupBy]);
  const grouped: Shape = { ...shape, groupBy, counted: false, ofGroups: true };
  // "How many accounts": their number, not that of the keys in each.
  const counted = all(pieces, 'want').some(
    (w) => w.want === 'count' && asksFor(pieces, w.at, head.at, place),
  );
  if (shape.share) {
    const rest = pieces.filter((p) => p.is !== 'dimension');
    return head.entity === 'keys' ? shareOfKeys(rest, grouped) : [];
  }
  if (head.entity === 'keys') {
    const own = nounFilters(pieces);
    const isAccount = 'column' in head.dimension && head.dimension.column === 'account_id';
    if (all(pieces, 'ofAccounts').length > 0)
      return isAccount ? ofAccounts(pieces, counted, unitsOf(pieces)) : [];
    if (counted && isAccount) return accountsCounted(shape, own, keyFilters(pieces, groups));
  }
  // What keys cost or how old they are is no matter of what was done with them.
  if (head.entity !== 'keys' && shape.measure) return [];
  // "Which outside principals have access": them, with what each may do.
  const plainly =
    shape.groupBy.length === 0 && !shape.rank && !shape.compare && shape.limit === null;
  const before = pieces[head.at - 1];
  const told = before?.is === 'someone' && before.adjective;
  if (head.entity === 'permissions' && plainly && told && !counted) return [];
  if (head.entity === 'usage') {
    // "Used" beside services is what was done through them.
    if (groups.deeds.length === 0 && saysUse(pieces)) return [];
    // "Which users are disabled": who is, not who did it.
    const [deed] = groups.deeds;
    const passive = deed?.test?.operations?.length === 1 && deed.by.length === 0;
    const keys = pieces.some((p) => p.is === 'noun' || p.is === 'condition');
    if (passive && !keys && deed.test?.category === 'MANAGEMENT' && !deed.time) return [];
  }
  const filters = filtersFor(head, pieces, groups);
  if (counted) return differentOf(head, shape, filters);
  return filters.flatMap((f) => shaped(head.entity, f, grouped, keysOnce));
}
