import { timesAhead } from '../plan/entity-tables.ts';
import {
  allOf,
  customerManaged,
  everything,
  type Filter,
  factsOf,
  isEverything,
  listOf,
  type Plan,
} from '../plan/plan.ts';
import { saidApart } from './apart.ts';
import { freshness, ofReading } from './collection.ts';
import { keysOnce } from './counting.ts';
import { hasNoneOf, ofDimension } from './dimension.ts';
import { isBabble, isOfPrice } from './doubtful.ts';
import { all, type Groups, groupsOf, keyFilters } from './groups.ts';
import { type HeadPlace, headOf } from './head.ts';
import { byRowsOfKeys } from './most-rows.ts';
import { byNoneOrAll } from './none-or-all.ts';
import { byNumberOfWhoMay, meanPerGroup } from './numbers.ts';
import { ofConcerns, ofEvents, ofPermissions } from './of-rows.ts';
import type { Piece, Want } from './piece.ts';
import { allPlaced, hasOther, type Kind, unplaced } from './placed.ts';
import {
  createdInEach,
  eventsInTime,
  eventsOverTime,
  policiesChanged,
  usedByWhom,
  withoutBackReference,
  withoutCreation,
} from './reference.ts';
import { isWhere, nounFilters } from './said-of-keys.ts';
import { shaped, shapeOf, sideBySide } from './shape.ts';
import { shareOfKeys } from './share.ts';

/**
 * Everything that the pieces of a whole question can mean together; nothing where a piece has no place
 * in it. What is asked for is the noun next to "which", "list" and the like, or else the first noun (the
 * last one in languages that put it last); conditions hold for keys, unless that noun has them itself.
 */
export function meanings(said: readonly Piece[], place: HeadPlace): readonly Plan[] {
  const referred = policiesChanged(createdInEach(withoutCreation(withoutBackReference(said))));
  const apart = place === 'first' ? saidApart(referred) : referred;
  const told = withAccess(eventsOverTime(usedByWhom(apart)));
  const [fresh] = freshness(told);
  if (fresh) return [fresh];
  const [history] = historyOfKey(told);
  if (history) return [history];
  const counted = [...byNoneOrAll(told, place), ...byRowsOfKeys(told, place)];
  if (counted.length > 0) return counted;
  if (told.some((p) => unplaced.has(p.is)) || isBabble(told)) return [];
  const pieces = eventsInTime(told);
  if (isOfPrice(pieces)) return [];
  // "Vendors that can decrypt, and how many keys each": of the vendors, who are no condition then.
  const each = all(pieces, 'want').some((w) => w.each);
  if (each && !pieces.some((p) => ['someone', 'dimension', 'by', 'each'].includes(p.is))) return [];
  if (pieces.some((p) => p.is === 'reading')) return ofReading(pieces);
  const groups = groupsOf(pieces);
  if (!groups) return [];
  const head = headOf(pieces, place);
  // "Changes by root last month": what was done, named by a noun.
  const first = pieces.find((p) => !isBeforeDeed(p));
  if (place === 'first' && first?.is === 'did' && first.noun) {
    return head || groups.deeds.length !== 1 || !allPlaced(pieces, 'rows')
      ? []
      : ofEvents(pieces, groups);
  }
  const foreign = all(pieces, 'by').find((p) => p.entity !== 'keys');
  const [dimension, ...others] = foreign?.dimensions ?? [];
  // "Keys per service": by what is recorded of their use.
  if (
    foreign &&
    dimension &&
    others.length === 0 &&
    (!head || (head.is === 'noun' && head.noun === 'keys'))
  ) {
    const rest = pieces.filter((_, at) => at !== foreign.at);
    const again = groupsOf(rest);
    const by = { is: 'dimension', entity: foreign.entity, dimension, at: -1 } as const;
    return again ? ofDimension(by, rest, again, place) : [];
  }
  // "The most recent key policy change": what was done, not a key.
  const done =
    groups.deeds.length === 1 &&
    groups.deeds.every((d) => d.test?.operations || d.test?.category === 'MANAGEMENT');
  if (!head && done && all(pieces, 'last').length > 0 && allPlaced(pieces, 'rows')) {
    return ofEvents(pieces, groups);
  }
  if (!head) {
    const groupsOnly = pieces.some((p) => p.is === 'dimension');
    return isAboutKeys(pieces, groups) && !groupsOnly ? ofKeys(pieces, groups, place) : [];
  }
  if (head.is === 'want') return ofWant(head.want, pieces, groups, place);
  if (head.is === 'dimension') return ofDimension(head, pieces, groups, place);
  switch (head.noun) {
    case 'keys':
      return ofKeys(pieces, groups, place);
    case 'accounts':
      return [];
    default:
      return ofRowsAboutKeys(head.noun, pieces, groups);
  }
}

/** "List the last 10", "all", "number of", before what was done. */
const isBeforeDeed = (p: Piece) =>
  (p.is === 'want' && (p.want === 'list' || p.want === 'count')) ||
  p.is === 'last' ||
  p.is === 'all' ||
  p.is === 'limit' ||
  p.is === 'order';

/** "IAM users with access, by number of keys": that they have access is what they may, and no rows by itself. */
const withAccess = (pieces: readonly Piece[]): readonly Piece[] =>
  all(pieces, 'want').some((w) => w.each)
    ? pieces.map((p, i) => {
        const has = p.is === 'noun' && p.noun === 'permissions' && !p.people;
        return has && pieces[i - 1]?.is === 'someone' ? { is: 'may', levels: null } : p;
      })
    : pieces;

/** "What happened to alias/orders last week?" All that is recorded of it. */
function historyOfKey(pieces: readonly Piece[]): readonly Plan[] {
  const own: ReadonlySet<Kind> = new Set(['want', 'condition', 'time', 'mark', 'noun']);
  const [condition, ...others] = all(pieces, 'condition');
  const [time, ...times] = all(pieces, 'time');
  const fact = condition?.condition.filter;
  const asked = all(pieces, 'want').some((w) => w.want === 'what');
  const nouns = all(pieces, 'noun').every((n) => n.noun === 'keys' || n.noun === 'usage');
  if (!asked || !nouns || others.length > 0 || times.length > 0) return [];
  if (!fact || !('is' in fact) || fact.is !== 'key' || !pieces.every((p) => own.has(p.is)))
    return [];
  const when: Filter = time
    ? { is: 'time', column: 'last_event_at', from: time.from, to: time.to }
    : everything;
  return [listOf('usage', allOf({ key: fact }, when))];
}

/** Rows that are about keys. "Who can use all keys" asks for more than who can use one. */
function ofRowsAboutKeys(
  noun: 'concerns' | 'usage' | 'permissions',
  pieces: readonly Piece[],
  groups: Groups,
): readonly Plan[] {
  if (pieces.some((p, i) => p.is === 'all' && saysKeys(pieces[i + 1])) || hasNoneOf(pieces)) {
    return [];
  }
  if (!allPlaced(pieces, 'rows')) return [];
  // Only what was done has an order of its own, that of its time; findings may be counted by kind.
  const ordered = all(pieces, 'order').some((p) => noun !== 'concerns' || p.order.by !== 'value');
  if (noun !== 'usage' && ordered) return [];
  switch (noun) {
    case 'concerns':
      return ofConcerns(pieces, groups);
    case 'usage':
      return ofEvents(pieces, groups);
    case 'permissions':
      return ofPermissions(pieces, groups);
  }
}

const saysKeys = (piece: Piece | undefined) =>
  piece?.is === 'condition' || (piece?.is === 'noun' && piece.noun === 'keys');

/** Whether there is a condition that says that keys are meant, though no noun does. */
const isAboutKeys = (pieces: readonly Piece[], { deeds, permit }: Groups) =>
  deeds.length > 0 ||
  permit !== null ||
  pieces.some((p) => p.is === 'condition' && !isEverything(p.condition.filter)) ||
  // "Cost per account": of all keys.
  (pieces.some((p) => p.is === 'measure' || (p.is === 'average' && p.total)) &&
    pieces.some((p) => p.is === 'by'));

/** Questions whose rows are keys, or counts and sums of keys. */
function ofKeys(pieces: readonly Piece[], groups: Groups, place: HeadPlace): readonly Plan[] {
  const ofGroups = meanPerGroup(pieces, groups, place) ?? byNumberOfWhoMay(pieces, groups, place);
  if (ofGroups) return ofGroups;
  // Another noun would be something that keys have, or that has keys.
  if (hasOther(pieces, ['keys']) || !allPlaced(pieces, 'keys')) return [];
  const shape = shapeOf(pieces, 'keys');
  if (!shape) return [];
  if (shape.share) return shareOfKeys(pieces, shape);
  // "Keys whose deletion was cancelled lately": how lately is not said, so all of it, the latest first.
  if (all(pieces, 'last').some((l) => l.all)) {
    const [deed, ...more] = groups.deeds;
    const changed =
      (deed?.test?.category === 'MANAGEMENT' && deed.test.operations) ||
      // "Has alice touched any of these lately": what she did.
      (deed && deed.by.length > 0);
    // New keys are told by when they were created.
    const made = deed?.test?.operations?.includes('CreateKey');
    const plainly =
      changed && !made && more.length === 0 && !groups.permit && !deed.time && !deed.denied;
    return plainly && allPlaced(pieces, 'rows') ? ofEvents(pieces, groups) : [];
  }
  // "Policies changed last week, newest first": by when they were changed.
  const inOrder = all(pieces, 'order').some((p) => p.order.by === 'created_at');
  const [done, ...besides] = groups.deeds;
  if (inOrder && done?.test?.operations && done.test.operations.join() !== 'CreateKey') {
    const plainly = besides.length === 0 && !groups.permit && allPlaced(pieces, 'rows');
    return plainly ? ofEvents(pieces, groups) : [];
  }
  const latest = latestOf(pieces, groups);
  if (latest === undefined) return [];
  const said = latest ? pieces.filter((p) => p.is !== 'last' && p.is !== 'did') : pieces;
  // "Policies that mention x" are not the keys of x.
  const ofPolicy = pieces.some((p) => p.is === 'source' && p.source === 'POLICY');
  const named = pieces.some((p) => p.is === 'noun' && p.noun === 'keys');
  const placed = all(pieces, 'condition').every((c) => isWhere(c.condition.filter));
  if (ofPolicy && !named && placed && !groups.permit && groups.deeds.length === 0) return [];
  const filters = keyFilters(said, latest ? { ...groups, deeds: [] } : groups);
  if (!filters) return [];
  // What deletion would save: only customer managed keys cost anything, and only they can be deleted.
  const deleted = all(pieces, 'deleted').length > 0;
  if (deleted && shape.measure?.kind !== 'sum') return [];
  const own = [...nounFilters(pieces), ...(deleted ? [customerManaged] : [])];
  const ordered = latest ? { ...shape, order: latest } : shape;
  // "The oldest key": one, or those that share the place.
  const ranked = pieces.some((p) => p.is === 'order' || p.is === 'soonest');
  // "The most aliases" are those of the key at the top, whether one is said or several.
  const counted = shape.order?.by === 'alias_count' || shape.order?.by === 'tag_count';
  const most = counted && shape.limit === null;
  const one = ranked && (most || all(pieces, 'noun').some((n) => n.one));
  return filters.flatMap((filter) => {
    const keys = allOf(...own, filter);
    const told = shape.groupBy.length === 0 && shape.counted ? sideBySide(keys) : null;
    const plans = told
      ? shaped('keys', told, { ...ordered, each: true }, keysOnce)
      : shaped('keys', keys, ordered, keysOnce);
    return latest || one
      ? plans.map((p) => ({ ...p, limit: p.limit ?? ('ties' as const) }))
      : plans;
  });
}

/**
 * "Created last", "most recently used": an order of keys. Null where nothing is last, undefined where it
 * is not clear what.
 */
function latestOf(pieces: readonly Piece[], { deeds }: Groups): Plan['orderBy'] | undefined {
  if (all(pieces, 'last').length === 0) return null;
  const [deed, ...more] = deeds;
  if (!deed?.test || more.length > 0 || deed.by.length > 0 || deed.time) return undefined;
  if (deed.test.operations?.join() === 'CreateKey') return { by: 'created_at', direction: 'desc' };
  const used = deed.test.category === 'CRYPTO' && !deed.test.operations;
  return used ? { by: 'last_used_at', direction: 'desc' } : undefined;
}

/** "Who", "when", "why": what is asked for is said by the verb. */
function ofWant(
  want: Want,
  pieces: readonly Piece[],
  groups: Groups,
  place: HeadPlace,
): readonly Plan[] {
  if (want === 'why') return saysWhich(pieces) ? ofRowsAboutKeys('concerns', pieces, groups) : [];
  const { deeds, permit } = groups;
  if (deeds.length > 0 && permit) return [];
  if (want === 'when' && deeds.length === 0 && !permit) return ofTimeAhead(pieces, groups, place);
  if (deeds.length > 0) return ofRowsAboutKeys('usage', pieces, groups);
  return permit && want === 'who' ? ofRowsAboutKeys('permissions', pieces, groups) : [];
}

/** "When do the keys of payroll rotate next?" The keys, the soonest first, with the time. */
function ofTimeAhead(pieces: readonly Piece[], groups: Groups, place: HeadPlace): readonly Plan[] {
  const lying = (p: Piece) =>
    p.is === 'condition' &&
    factsOf(p.condition.filter).some((f) => f.is === 'present' && timesAhead.includes(f.column));
  const [ahead, ...more] = all(pieces, 'condition').filter(lying);
  const column = ahead && factsOf(ahead.condition.filter).find((f) => f.is === 'present')?.column;
  if (!column || more.length > 0) return [];
  const whole: Piece = { is: 'show', columns: [column] };
  const shown = pieces.map((p) => (p.is === 'want' ? whole : p));
  const [one] = all(pieces, 'condition')
    .flatMap((c) => factsOf(c.condition.filter))
    .filter((f) => f.is === 'key');
  // Of one key it is told as well that there is no such time.
  if (one)
    return ofKeys(
      shown.filter((p) => !lying(p)),
      groups,
      place,
    );
  return ofKeys(shown, groups, place).map((plan) =>
    plan.orderBy ? plan : { ...plan, orderBy: { by: column, direction: 'asc' } },
  );
}

/**
 * "Why is it flagged" asks for all concerns of certain keys; "why is it public" for those behind one of
 * them, which is another question.
 */
function saysWhich(pieces: readonly Piece[]): boolean {
  const facts = all(pieces, 'condition').flatMap((c) => factsOf(c.condition.filter));
  const about = facts.every(
    (f) => f.is !== 'access' && f.is !== 'concern' && f.is !== 'flag' && f.is !== 'severity',
  );
  return about && facts.length > 0;
}
