import {
  allOf,
  type Comparison,
  type Dimension,
  everything,
  type Fact,
  type Filter,
  factsOf,
  isEverything,
  listOf,
  noneOf,
  type Plan,
} from '../plan/plan.ts';
import { rows } from './counting.ts';
import { groupsOf, keyFilters } from './groups.ts';
import type { HeadPlace } from './head.ts';
import type { Piece } from './piece.ts';
import { nounFilters } from './said-of-keys.ts';

/**
 * Groups by what none, all or some part of their keys is: "teams with no disabled keys", "Regions where all
 * keys are rotated", "accounts where more than half of the keys are unused". Nothing where the pieces say
 * anything else.
 */
export function byNoneOrAll(said: readonly Piece[], place: HeadPlace): readonly Plan[] {
  return quantified(place === 'first' ? said : groupFirst(said));
}

/**
 * The pieces of a language that puts the group last (すべてのキーが無効なアカウント) in the order of one that
 * puts it first. Of none alone such a language speaks in other ways.
 */
function groupFirst(said: readonly Piece[]): readonly Piece[] {
  const asked = said.filter((p) => p.is !== 'mark' && !(p.is === 'want' && p.want === 'list'));
  const group = asked.at(-1);
  const [quantity] = asked;
  const isQuantified = quantity?.is === 'all' || quantity?.is === 'portion';
  return group?.is === 'dimension' && isQuantified ? [group, ...asked.slice(0, -1)] : [];
}

function quantified(pieces: readonly Piece[]): readonly Plan[] {
  const [first, ...others] = pieces;
  const counted = first?.is === 'want' && first.want === 'count';
  const listed = first?.is === 'want' && first.want === 'list';
  const [head, ...said] = counted || listed ? others : pieces;
  if (head?.is !== 'dimension' || head.entity !== 'keys' || head.calendar) return [];
  const { dimension } = head;
  const isAccount = 'column' in dimension && dimension.column === 'account_id';
  const none = noneSaid(said);
  if (none.length > 0 && isAccount) {
    return none.map((keys) => {
      const accounts = listOf('accounts', { not: { keys, op: 'at least', count: 1 } });
      return counted ? { ...accounts, measure: rows } : accounts;
    });
  }
  if (counted) return [];
  // "The rotation period of all keys in payments": what they have, unless "which" asks for it.
  if (!listed && !isOwner(dimension)) return [];
  const parts = [
    ...none.map((part): Part => ({ whole: everything, part: noneOf(part), bound: ALL })),
    ...allSaid(said),
    ...onlySaid(said),
    ...portionSaid(said),
  ];
  return parts.map(({ whole, part, bound }) => ({
    ...listOf('keys', whole),
    measure: { kind: 'share', of: part },
    groupBy: [dimension],
    having: bound,
  }));
}

/** Whether groups by this are of where keys are or whose, rather than of what they are. */
const isOwner = (d: Dimension) =>
  'tag' in d || ['account_id', 'region', 'ou_path'].includes(d.column);

interface Part {
  readonly whole: Filter;
  readonly part: Filter;
  readonly bound: { readonly op: Comparison; readonly value: number };
}

const ALL = { op: 'exactly', value: 100 } as const;

const isKeys = (piece: Piece | undefined) => piece?.is === 'noun' && piece.noun === 'keys';

/** Each reading of what pieces say of keys, where they are conditions and nothing else. */
function conditionsOf(pieces: readonly Piece[]): readonly Filter[] {
  if (!pieces.every((p) => p.is === 'condition' || isKeys(p) || p.is === 'joint')) return [];
  if (pieces.some((p) => p.is === 'condition' && (p.none || p.quantified))) return [];
  const groups = groupsOf(pieces);
  const filters = (groups && keyFilters(pieces, groups)) ?? [];
  return filters.map((f) => allOf(...nounFilters(pieces), f));
}

/** "With no disabled keys", "where no key is disabled", "without critical concerns": what none is. */
function noneSaid(said: readonly Piece[]): readonly Filter[] {
  const [first, ...rest] = said;
  if (first?.is === 'not') {
    if (!rest.some(isKeys) && rest.length > 1) return [];
    return conditionsOf(rest).filter((f) => !isEverything(f) && isOfKeys(f));
  }
  const [keys] = rest;
  if (first?.is !== 'condition' || rest.length > 1 || (keys && !isKeys(keys))) return [];
  const { filter } = first.condition;
  if (!('not' in filter) || (!first.none && !factsOf(filter).every(isFound))) return [];
  const none = allOf(...nounFilters(rest), filter.not);
  return keys || isOfKeys(none) ? [none] : [];
}

/** What is found on keys: "accounts that have no external access". */
const isFound = (f: Fact) => f.is === 'access' || f.is === 'concern' || f.is === 'severity';

/**
 * "Accounts without rotation" may be those where no key rotates, or those where some do not; and accounts
 * have tags of their own.
 */
const isOfKeys = (filter: Filter) =>
  factsOf(filter).every(
    (f) =>
      f.is !== 'flag' && f.is !== 'tag' && (f.is !== 'present' || f.column === 'concern_codes'),
  );

/** "Where all RSA keys are rotated", "whose keys are all rotated": of those before, what stands behind. */
function allSaid(said: readonly Piece[]): readonly Part[] {
  const every = said.findIndex((p) => p.is === 'all');
  const noun = said.findIndex(isKeys);
  if (every < 0 || noun < 0 || (every > 0 && every !== noun + 1)) return [];
  const rest = said.filter((_, i) => i !== every);
  const end = rest.findIndex(isKeys) + 1;
  return divided(rest.slice(0, end), rest.slice(end), ALL);
}

/** "With only disabled keys": the one condition said of all. */
function onlySaid(said: readonly Piece[]): readonly Part[] {
  const [only, condition, keys, ...more] = said;
  if (only?.is !== 'only' || condition?.is !== 'condition' || keys?.is !== 'noun') return [];
  return more.length === 0 && isKeys(keys) && isEverything(keys.filter)
    ? divided([], [condition], ALL)
    : [];
}

/** "Where less than 50% of the keys are rotated", "with more than 20% disabled keys". */
function portionSaid(said: readonly Piece[]): readonly Part[] {
  const [portion, ...rest] = said;
  const noun = rest.findIndex(isKeys);
  if (portion?.is !== 'portion' || noun < 0) return [];
  const [before, after] = [rest.slice(0, noun + 1), rest.slice(noun + 1)];
  const { op, value } = portion;
  return after.length > 0
    ? divided(before, after, { op, value })
    : divided(before.slice(noun), before.slice(0, noun), { op, value });
}

function divided(
  whole: readonly Piece[],
  part: readonly Piece[],
  bound: Part['bound'],
): readonly Part[] {
  if (part.length === 0 || part.some(isKeys)) return [];
  return conditionsOf(whole).flatMap((of) =>
    conditionsOf(part).flatMap((such) =>
      isEverything(such) ? [] : [{ whole: of, part: such, bound }],
    ),
  );
}
