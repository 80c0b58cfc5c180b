import {
  allOf,
  everything,
  type Filter,
  isEverything,
  listOf,
  type Plan,
  partsOf,
} from '../plan/plan.ts';
import { all, groupsOf, keyFilters } from './groups.ts';
import type { Piece } from './piece.ts';
import { isPlace, nounFilters } from './said-of-keys.ts';
import { eachOf, type Shape } from './shape.ts';

/** Shares: what the whole is, and what the part. */

/**
 * "What share of the RSA keys in Tokyo is disabled?" The whole is what stands between the share and its
 * noun and where that is; the part is what is said of it. Where nothing is, what a key is makes the
 * whole and the state it is in the part: "share of disabled RSA keys".
 */
export function shareOfKeys(pieces: readonly Piece[], shape: Shape): readonly Plan[] {
  const weighed = shape.measure?.kind === 'sum' && shape.measure.column === 'monthly_cost_usd';
  if ((shape.measure && !weighed) || (shape.order && shape.order.by !== 'value')) return [];
  if (shape.groupBy.length === 0 && (shape.rank || shape.order || shape.limit !== null)) return [];
  const parted = partsOfShare(pieces);
  if (!parted) return [];
  const whole = filtersOf(parted.whole);
  const part = filtersOf(parted.part);
  if (whole === null || part === null) return [];
  const split = isEverything(part) ? byKind(whole) : { whole, part };
  // "In Tokyo" behind what is said of the keys is where all of them are.
  const placed = partsOf(split.part).filter(isPlace);
  const stated = partsOf(split.part).filter((f) => !isPlace(f));
  const moved =
    stated.length > 0 ? { whole: allOf(split.whole, ...placed), part: allOf(...stated) } : split;
  if (isEverything(moved.part)) return [];
  // "Percentage of keys per manager in Tokyo": of all that are there, how many are of each; no part is said.
  const grouped = pieces.findIndex((p) => p.is === 'by');
  const behind = grouped >= 0 && !pieces.slice(0, grouped).some((p) => p.is === 'condition');
  if (behind && stated.length === 0) return [];
  // "The share of each of the two": what both make together is no share of either.
  if (shape.each && eachOf(moved.part).length > 0) return [];
  const direction = orderOfShares(shape, moved.part);
  if (direction === undefined) return [];
  return [
    {
      ...listOf('keys', moved.whole),
      measure: {
        kind: 'share',
        of: moved.part,
        ...(weighed ? { weight: 'monthly_cost_usd' as const } : {}),
      },
      groupBy: [...shape.groupBy, ...(shape.each ? eachOf(moved.whole) : [])],
      ...(direction
        ? {
            orderBy: { by: 'value', direction } as const,
            limit: shape.limit ?? (shape.rank ? ('ties' as const) : null),
          }
        : {}),
    },
  ];
}

/**
 * In which order the groups stand: the first ten have the highest shares, the worst ten the highest of what is
 * bad and the lowest of what is good. Null where no order is asked for; undefined where what is worst is not clear.
 */
function orderOfShares(shape: Shape, part: Filter): 'asc' | 'desc' | null | undefined {
  if (shape.rank) return shape.rank;
  if (shape.order) return shape.order.direction;
  if (shape.limit === null) return null;
  if (!shape.worst) return 'desc';
  const parts = partsOf(part);
  if (parts.every(isBad)) return 'desc';
  return parts.every(isGood) ? 'asc' : undefined;
}

/** What nobody wants of keys: what they lack, what was found wrong, that nobody uses them, that outsiders can. */
const isBad = (f: Filter): boolean =>
  !('is' in f)
    ? 'not' in f && isGood(f.not)
    : f.is === 'unused' ||
      f.is === 'severity' ||
      f.is === 'concern' ||
      (f.is === 'value' &&
        ['Disabled', 'PendingDeletion', 'NEVER_USED'].includes(f.values.join())) ||
      (f.is === 'access' &&
        f.test.trust?.every((t) => t === 'EXTERNAL' || t === 'PUBLIC') === true);
/** What keys should have. */
const isGood = (f: Filter): boolean =>
  'is' in f &&
  ((f.is === 'flag' && f.column === 'rotation_enabled') ||
    (f.is === 'present' && ['tags', 'alias', 'aliases', 'description'].includes(f.column)) ||
    (f.is === 'tag' && f.value === null));

/** The pieces that say what the whole is and what the part. */
function partsOfShare(
  pieces: readonly Piece[],
): { readonly whole: readonly Piece[]; readonly part: readonly Piece[] } | null {
  const [share] = all(pieces, 'share');
  const [among, ...moreAmong] = all(pieces, 'among');
  if (!share || moreAmong.length > 0) return null;
  // "Of the RSA keys, what share is disabled?", and in languages that put the whole first.
  if (among && among.at < share.at) {
    const rest = pieces.filter((_, i) => i > among.at && i !== share.at);
    const begins = among.at === 0 ? pieces.slice(1, share.at) : pieces.slice(0, among.at);
    return {
      whole: begins,
      part: among.at === 0 ? pieces.slice(share.at + 1) : rest,
    };
  }
  const behind = pieces.slice(share.at + 1);
  const noun = behind.findIndex((p) => p.is === 'noun');
  const named = noun < 0 ? saidOfNoun(pieces.slice(0, share.at)) : null;
  if (named) return named;
  if (noun < 0) return { whole: pieces.filter((p) => p !== pieces[share.at]), part: [] };
  const said = behind.slice(noun + 1);
  const speaks = (p: Piece) =>
    p.is === 'condition' || p.is === 'noun' || p.is === 'did' || p.is === 'may';
  const whole = behind.slice(0, noun + 1);
  return said.some(speaks)
    ? { whole: [...pieces.slice(0, share.at), ...whole], part: said }
    : { whole, part: pieces.slice(0, share.at) };
}

/**
 * "Of the Terraform keys the share without rotation", in languages that put it all before the share: what stands
 * before the noun is the whole, and what is said behind it the part. Null where nothing is said on one side.
 */
function saidOfNoun(before: readonly Piece[]) {
  const nouns = before.flatMap((p, i) => (p.is === 'noun' && p.noun === 'keys' ? [i] : []));
  const [noun, ...more] = nouns;
  if (noun === undefined || more.length > 0) return null;
  const [whole, part] = [before.slice(0, noun + 1), before.slice(noun + 1)];
  const says = (p: Piece) => ['condition', 'did', 'may', 'someone', 'source'].includes(p.is);
  const joined = part.find((p) => p.is !== 'filler');
  if (joined?.is === 'joint' || !whole.some(says) || !part.some(says)) return null;
  return { whole, part };
}

/** The one filter that pieces about keys say; null where there is none or more than one. */
function filtersOf(pieces: readonly Piece[]): Filter | null {
  const groups = groupsOf(pieces);
  const filters = groups && keyFilters(pieces, groups);
  const [filter, ...more] = filters ?? [];
  return filter && more.length === 0 ? allOf(...nounFilters(pieces), filter) : null;
}

/** What keys are makes the whole, what state they are in the part; where they are only one, the part. */
function byKind(filter: Filter): { readonly whole: Filter; readonly part: Filter } {
  const kind = partsOf(filter).filter(isKind);
  const state = partsOf(filter).filter((f) => !isKind(f));
  return state.length > 0
    ? { whole: allOf(...kind), part: allOf(...state) }
    : { whole: everything, part: allOf(...kind) };
}

const kinds: ReadonlySet<string> = new Set([
  'key_manager',
  'key_spec',
  'key_usage',
  'multi_region_type',
]);

/** What a key is and where, rather than what state it is in. */
const isKind = (f: Filter) => isPlace(f) || ('is' in f && f.is === 'value' && kinds.has(f.column));
