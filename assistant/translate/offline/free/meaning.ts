import {
  allOf,
  type Dimension,
  type Entity,
  everything,
  type Filter,
  factsOf,
  isEverything,
  listOf,
  type Measure,
  type Plan,
} from '../plan/plan.ts';
import { all, deedOnEvents, type Groups, groupsOf, keyFilters, permitFilter } from './groups.ts';
import type { Noun, Piece, Want } from './piece.ts';

/** Where a language puts what is asked for: before its conditions, or behind them. */
export type HeadPlace = 'first' | 'last';

/** What a question is about. */
type Head =
  | { readonly is: 'noun'; readonly noun: Noun; readonly at: number }
  | {
      readonly is: 'dimension';
      readonly entity: Entity;
      readonly dimension: Dimension;
      readonly at: number;
    }
  | { readonly is: 'want'; readonly want: Want; readonly at: number };

const rows: Measure = { kind: 'count', keys: false };
const keysOnce: Measure = { kind: 'count', keys: true };

/**
 * Everything that the pieces of a whole question can mean together; nothing where a piece has no place
 * in it. What is asked for is the noun next to "which", "list" and the like, or else the first noun (the
 * last one in languages that put it last); conditions hold for keys, unless that noun has them itself.
 */
export function meanings(said: readonly Piece[], place: HeadPlace): readonly Plan[] {
  const pieces = withoutCreation(withoutBackReference(said));
  const [fresh] = freshness(pieces);
  if (fresh) return [fresh];
  if (pieces.some((p) => unplaced.has(p.is)) || isBabble(pieces)) return [];
  if (isOfPrice(pieces)) return [];
  if (pieces.some((p) => p.is === 'reading')) return ofReading(pieces);
  const groups = groupsOf(pieces);
  if (!groups) return [];
  const head = headOf(pieces, place);
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
  if (!head) {
    const groupsOnly = pieces.some((p) => p.is === 'dimension');
    return isAboutKeys(pieces, groups) && !groupsOnly ? ofKeys(pieces, groups) : [];
  }
  if (head.is === 'want') return ofWant(head.want, pieces, groups);
  if (head.is === 'dimension') return ofDimension(head, pieces, groups, place);
  switch (head.noun) {
    case 'keys':
      return ofKeys(pieces, groups);
    case 'accounts':
      return [];
    default:
      return ofRowsAboutKeys(head.noun, pieces, groups);
  }
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

type Kind = Piece['is'];

/** Pieces that say which keys, and how they are joined. */
const telling: readonly Kind[] = [
  'noun',
  'condition',
  'someone',
  'may',
  'source',
  'did',
  'time',
  'joint',
  'mark',
  'all',
  'only',
  'except',
  'want',
  'among',
];
/** What else the rows of a question can be asked by; any other piece has no place in it. */
const further = {
  keys: [
    'measure',
    'yearly',
    'monthly',
    'average',
    'average',
    'share',
    'order',
    'soonest',
    'rank',
    'limit',
    'compare',
    'each',
    'show',
    'by',
    'last',
    'deleted',
  ],
  groups: [
    'dimension',
    'measure',
    'yearly',
    'monthly',
    'average',
    'share',
    'order',
    'rank',
    'limit',
    'compare',
    'by',
    'deleted',
  ],
  rows: ['last', 'limit', 'by', 'rank', 'compare', 'dimension'],
} as const satisfies Record<string, readonly Kind[]>;

/** Whether every piece has a place in a question for such rows. */
function allPlaced(pieces: readonly Piece[], of: keyof typeof further): boolean {
  const placed = new Set<Kind>([...telling, ...further[of]]);
  return pieces.every((p) => placed.has(p.is));
}

/** Pieces that stand for something in a question of its own by no means, or only after an answer. */
const unplaced: ReadonlySet<Piece['is']> = new Set(['not', 'them', 'also', 'instead', 'period']);

/** "Keys keys", "except" of nothing: words that do not fit each other. */
const isBabble = (pieces: readonly Piece[]) =>
  pieces.some((p, i) => {
    const next = pieces[i + 1]?.is;
    // "Who other than x": not the keys of x are left out, but x.
    if (p.is === 'want' && p.want === 'who' && next === 'except') return true;
    const asked = pieces[i + 1];
    // "How many roles": roles are to be counted.
    if (p.is === 'want' && p.want === 'count' && asked?.is === 'someone' && !asked.adjective)
      return true;
    // "Which roles can use …": they are asked for, not keys.
    const active = asked?.is === 'condition' && asked.active === true;
    if ((p.is === 'want' || p.is === 'all') && active) return true;
    // "Changed rotation" is more than changed.
    const flagged =
      asked?.is === 'condition' && factsOf(asked.condition.filter).some((f) => f.is === 'flag');
    if (p.is === 'did' && p.test?.category === 'MANAGEMENT' && !p.test.operations && flagged)
      return true;
    // "Keys all users can decrypt", "roles that can use every key": more than one of each.
    if (p.is === 'all' && asked?.is === 'someone') return true;
    if (p.is === 'all' && pieces.slice(0, i).some(saysWho)) return true;
    // "Anyone in the organization" is not anyone.
    const everyone = p.is === 'someone' && p.someone.may?.trust?.join() === 'PUBLIC';
    if (everyone && asked?.is === 'condition' && isWhere(asked.condition.filter)) return true;
    // "Used cross-account", "external accounts used": who did is not who may.
    if (p.is === 'did' && [pieces[i - 1], asked].some(saysWhoMay)) return true;
    // How often something was done is not recorded.
    if (p.is === 'want' && p.want === 'count' && p.asks && next === 'did') return true;
    return (
      (p.is === 'noun' && next === 'noun' && saysNothing(p) && saysNothing(pieces[i + 1])) ||
      (p.is === 'except' && next !== 'condition')
    );
  });

/** "Which keys are public, and who can use them": "them" are the keys of the same question. */
function withoutBackReference(pieces: readonly Piece[]): readonly Piece[] {
  const named = pieces.findIndex(
    (p) =>
      (p.is === 'noun' && p.noun === 'keys') ||
      (p.is === 'condition' && factsOf(p.condition.filter).some((f) => f.is === 'key')) ||
      p.is === 'dimension',
  );
  return named < 0 ? pieces : pieces.filter((p, at) => p.is !== 'them' || p.person || at < named);
}

/** "Keys created per month": that all were created at some time tells none of them apart. */
function withoutCreation(pieces: readonly Piece[]): readonly Piece[] {
  const calendar = pieces.some((p) => (p.is === 'by' || p.is === 'dimension') && p.calendar);
  if (!calendar || pieces.some((p) => p.is === 'time' || p.is === 'someone')) return pieces;
  const created = pieces.filter(
    (p) => p.is === 'did' && p.test?.operations?.join() === 'CreateKey',
  );
  return created.length === 0 || pieces.some((p) => p.is === 'measure')
    ? pieces
    : pieces
        .filter((p) => !created.includes(p))
        .map(
          (p) =>
            (p.is === 'by' || p.is === 'dimension' ? { ...p, calendar: undefined } : p) as Piece,
        );
}

/** "How fresh is the data?" */
function freshness(pieces: readonly Piece[]): readonly Plan[] {
  const asks = pieces.some((p) => p.is === 'fresh' || (p.is === 'want' && p.want === 'when'));
  const kinds: ReadonlySet<Piece['is']> = new Set(['fresh', 'collection', 'want', 'last', 'mark']);
  const about = pieces.some((p) => p.is === 'collection');
  return asks && about && pieces.every((p) => kinds.has(p.is))
    ? [{ ...listOf('coverage'), measure: { kind: 'max', column: 'finished_at' } }]
    : [];
}

/** "Per month" groups by the month of creation only where something was created. */
function isOfPrice(pieces: readonly Piece[]): boolean {
  const calendar = pieces.some((p) => (p.is === 'by' || p.is === 'dimension') && p.calendar);
  const created = pieces.some(
    (p) =>
      (p.is === 'did' && p.test?.operations?.join() === 'CreateKey') ||
      (p.is === 'condition' &&
        factsOf(p.condition.filter).some((f) => f.is === 'time' && f.column === 'created_at')),
  );
  return calendar && (!created || pieces.some((p) => p.is === 'measure'));
}

const saysWho = (p: Piece) =>
  p.is === 'someone' || p.is === 'may' || (p.is === 'condition' && p.active === true);

const isWhere = (f: Filter) => isEverything(f) || isPlace(f);

const saysWhoMay = (p: Piece | undefined) =>
  p?.is === 'condition' && factsOf(p.condition.filter).some((f) => f.is === 'access');

const saysNothing = (p: Piece | undefined) => p?.is === 'noun' && isEverything(p.filter);

/** Whether there is a condition that says that keys are meant, though no noun does. */
const isAboutKeys = (pieces: readonly Piece[], { deeds, permit }: Groups) =>
  deeds.length > 0 ||
  permit !== null ||
  pieces.some((p) => p.is === 'condition' && !isEverything(p.condition.filter)) ||
  // "Cost per account": of all keys.
  (pieces.some((p) => p.is === 'measure') && pieces.some((p) => p.is === 'by'));

/** What makes a group a question of its own, without "which". */
const asksForGroups: ReadonlySet<Kind> = new Set([
  'rank',
  'limit',
  'compare',
  'measure',
  'share',
  'want',
  'by',
  'ofAccounts',
  'reading',
]);

/** Words that may stand between "which" and the noun it asks for. */
const between: ReadonlySet<Piece['is']> = new Set([
  'source',
  'condition',
  'limit',
  'order',
  'rank',
  'all',
  'only',
  'may',
  'someone',
]);

function headOf(pieces: readonly Piece[], place: HeadPlace): Head | null {
  const wants = all(pieces, 'want');
  const who = wants.find(({ want }) => ['who', 'when', 'whence', 'what', 'why'].includes(want));
  if (who) return { is: 'want', want: who.want, at: who.at };
  const nouns = pieces.flatMap((p, at): Head[] => {
    if (p.is === 'noun') return [{ is: 'noun', noun: p.noun, at }];
    if (p.is === 'dimension') {
      return [{ is: 'dimension', entity: p.entity, dimension: p.dimension, at }];
    }
    return [];
  });
  for (const want of wants.filter((w) => w.asks)) {
    let at = want.at + 1;
    while (between.has(pieces[at]?.is ?? 'mark')) at += 1;
    const asked = nouns.find((n) => n.at === at);
    const whose = asksForSomeone(pieces, want.at);
    if (whose) return whose;
    if (asked) return asked;
  }
  // "IAM users allowed to decrypt with RSA keys".
  const whose = place === 'first' ? asksForSomeone(pieces, -1) : null;
  const named = place === 'first' ? nouns[0] : nouns.at(-1);
  // "The root user" is no question for users; "top 5 users" is.
  const plainly =
    place === 'last' || named?.is !== 'dimension' || pieces.some((p) => asksForGroups.has(p.is));
  return whose ?? (plainly ? named : null) ?? null;
}

/** Words that may stand between "which" and someone who is asked for. */
const beforeSomeone: ReadonlySet<Piece['is']> = new Set(['all', 'limit', 'among', 'rank', 'only']);

/** "Which vendors can decrypt…": those who may are asked for. "Which keys can vendors…" asks for keys. */
function asksForSomeone(pieces: readonly Piece[], want: number): Head | null {
  let at = want + 1;
  while (beforeSomeone.has(pieces[at]?.is ?? 'mark')) at += 1;
  const asked = pieces[at];
  // "The grants held by outsiders" are permissions.
  if (want >= 0 && asked?.is === 'source' && asked.source === 'GRANT') {
    return { is: 'noun', noun: 'permissions', at };
  }
  // "External keys" asks for keys.
  if (asked?.is !== 'someone' || asked.adjective) return null;
  const may = pieces.slice(at).some((p) => p.is === 'may' || p.is === 'source');
  return may ? { is: 'noun', noun: 'permissions', at: want + 1 } : null;
}

/** The one piece of a kind; `undefined` where there are several that differ. */
function only<T>(found: readonly T[]): T | null | undefined {
  const [first] = found;
  if (first === undefined) return null;
  return new Set(found.map((f) => JSON.stringify(f))).size === 1 ? first : undefined;
}

interface Shape {
  readonly measure: Measure | null;
  readonly counted: boolean;
  readonly groupBy: readonly Dimension[];
  readonly order: Plan['orderBy'];
  readonly rank: 'asc' | 'desc' | null;
  readonly limit: number | null;
  readonly compare: Plan['having'];
  readonly show: readonly string[];
  readonly share: boolean;
  readonly each: boolean;
  /** What is asked for are the groups themselves: "the most expensive accounts". */
  readonly ofGroups?: true;
}

/** What is wanted of the rows, from the pieces that say so; null where they contradict each other. */
function shapeOf(pieces: readonly Piece[], entity: Entity): Shape | null {
  const measure = only(all(pieces, 'measure').map((p) => p.measure));
  const by = all(pieces, 'by').filter((p) => p.entity === entity);
  const foreign = all(pieces, 'by').length - by.length;
  const order = only(all(pieces, 'order').map((p) => p.order));
  const rank = only(all(pieces, 'rank').map((p) => p.direction));
  const limit = only(all(pieces, 'limit').map((p) => p.limit));
  const compare = only(all(pieces, 'compare').map(({ op, value }) => ({ op, value })));
  if (foreign > 0 || by.length > 2) return null;
  if ([measure, order, rank, limit, compare].some((x) => x === undefined)) return null;
  const [next] = all(pieces, 'soonest');
  const soonest = next ? timeAhead(pieces) : null;
  if (soonest === undefined) return null;
  const yearly = all(pieces, 'yearly').length > 0;
  const average = all(pieces, 'average').length > 0;
  const monthly = all(pieces, 'monthly').length > 0;
  if ((yearly || monthly) && measure?.column !== 'monthly_cost_usd') return null;
  if (average && (!measure || (measure.kind !== 'sum' && measure.kind !== 'avg'))) return null;
  const column = yearly ? 'yearly_cost_usd' : measure?.column;
  return {
    measure: measure && column ? { kind: average ? 'avg' : measure.kind, column } : null,
    counted: all(pieces, 'want').some((p) => p.want === 'count'),
    groupBy: unique(by.flatMap((p) => p.dimensions)),
    order: order ?? (soonest ? { by: soonest, direction: 'asc' } : null),
    rank: rank ?? null,
    limit: limit ?? (next?.one ? 1 : null),
    compare: compare ?? null,
    show: all(pieces, 'show').flatMap((p) => p.columns),
    share: all(pieces, 'share').length > 0,
    // "How many are RSA and how many ECC" asks for each.
    each: all(pieces, 'each').length > 0 || countsTwice(pieces),
  };
}

const ahead = ['deletion_at', 'material_expires_at', 'next_rotation_at'];

/** The time still to come that the conditions speak of; undefined where they speak of none, or several. */
function timeAhead(pieces: readonly Piece[]): string | undefined {
  const columns = all(pieces, 'condition')
    .flatMap((c) => factsOf(c.condition.filter))
    .flatMap((f) => ('column' in f && ahead.includes(f.column) ? [f.column] : []));
  const waiting = all(pieces, 'condition').some((c) =>
    factsOf(c.condition.filter).some(
      (f) => f.is === 'value' && f.values.includes('PendingDeletion'),
    ),
  );
  const [column, ...more] = new Set(waiting ? [...columns, 'deletion_at'] : columns);
  return more.length === 0 ? column : undefined;
}

/** Whether a number is asked for twice, of different things. */
function countsTwice(pieces: readonly Piece[]): boolean {
  const [first, second, ...more] = all(pieces, 'want').filter((w) => w.want === 'count');
  if (!first || !second || more.length > 0) return false;
  const said = (from: number, to: number) =>
    pieces.slice(from, to).some((p) => p.is === 'condition');
  return said(first.at, second.at) && said(second.at, pieces.length);
}

function unique(dimensions: readonly Dimension[]): readonly Dimension[] {
  return [...new Map(dimensions.map((d) => [JSON.stringify(d), d])).values()];
}

const nounFilters = (pieces: readonly Piece[]): readonly Filter[] =>
  [...all(pieces, 'noun'), ...all(pieces, 'average')].map((n) => n.filter);

/** Questions whose rows are keys, or counts and sums of keys. */
function ofKeys(pieces: readonly Piece[], groups: Groups): readonly Plan[] {
  // Another noun would be something that keys have, or that has keys.
  if (hasOther(pieces, ['keys']) || !allPlaced(pieces, 'keys')) return [];
  const shape = shapeOf(pieces, 'keys');
  if (!shape) return [];
  if (shape.share) return shareOfKeys(pieces, shape);
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
  return filters.flatMap((filter) => {
    const plans = shaped('keys', allOf(...own, filter), ordered, keysOnce);
    return latest ? plans.map((p) => ({ ...p, limit: p.limit ?? ('ties' as const) })) : plans;
  });
}

const customerManaged: Filter = { is: 'value', column: 'key_manager', values: ['CUSTOMER'] };

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

function hasOther(pieces: readonly Piece[], nouns: readonly Noun[]): boolean {
  return pieces.some((p) => (p.is === 'noun' && !nouns.includes(p.noun)) || p.is === 'dimension');
}

/** A plan of this shape over the rows of a filter. */
function shaped(entity: Entity, filter: Filter, shape: Shape, counting: Measure): readonly Plan[] {
  const { measure, counted, limit, order, rank, compare, show } = shape;
  const groupBy = shape.groupBy.length > 0 ? shape.groupBy : shape.each ? eachOf(filter) : [];
  if (shape.each && groupBy.length === 0) return [];
  const base = listOf(entity, filter);
  if (groupBy.length > 0) {
    const byCost = order?.by === 'monthly_cost_usd' && entity === 'keys';
    if (show.length > 0 || (order && order.by !== 'value' && !byCost)) return [];
    // "The most expensive key per account" is a key.
    if (byCost && !measure && !shape.ofGroups) return [];
    const value = measure ?? (byCost ? monthlyCost : counting);
    const direction = rank ?? order?.direction ?? (limit === null ? null : 'desc');
    return [
      {
        ...base,
        measure: value,
        groupBy: [...groupBy],
        having: compare,
        orderBy: direction ? { by: 'value', direction } : null,
        limit: limit ?? (rank && shape.rank ? 'ties' : null),
      },
    ];
  }
  if (rank || compare || order?.by === 'value' || (order && entity !== 'keys')) return [];
  if (measure || counted) {
    // "The cost of the 10 oldest keys" is another question than that of all.
    if (order || limit !== null || show.length > 0 || (measure && counted)) return [];
    return [{ ...base, measure: measure ?? counting }];
  }
  if (limit !== null && !order) return [];
  return [{ ...base, measure: { kind: 'list', show: [...show] }, orderBy: order, limit }];
}

const monthlyCost: Measure = { kind: 'sum', column: 'monthly_cost_usd' };

/** What several values were said of: "disabled against pending deletion" is by state. */
function eachOf(filter: Filter): readonly Dimension[] {
  const several = ('and' in filter ? filter.and : [filter]).flatMap((f): Dimension[] => {
    if ('is' in f && f.is === 'ou' && f.paths.length > 1) return [{ column: 'ou_path' }];
    if (!('is' in f) || f.is !== 'value' || f.values.length < 2) return [];
    return [{ column: f.column }];
  });
  return several.length === 1 ? several : [];
}

/**
 * "What share of the RSA keys in Tokyo is disabled?" The whole is what stands between the share and its
 * noun and where that is; the part is what is said of it. Where nothing is, what a key is makes the
 * whole and the state it is in the part: "share of disabled RSA keys".
 */
function shareOfKeys(pieces: readonly Piece[], shape: Shape): readonly Plan[] {
  const weighed = shape.measure?.kind === 'sum' && shape.measure.column === 'monthly_cost_usd';
  if ((shape.measure && !weighed) || shape.order) return [];
  if (shape.groupBy.length === 0 && (shape.rank || shape.limit !== null)) return [];
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
  return [
    {
      ...listOf('keys', moved.whole),
      measure: {
        kind: 'share',
        of: moved.part,
        ...(weighed ? { weight: 'monthly_cost_usd' as const } : {}),
      },
      groupBy: [...shape.groupBy],
      ...(shape.rank
        ? {
            orderBy: { by: 'value', direction: shape.rank } as const,
            limit: shape.limit ?? ('ties' as const),
          }
        : {}),
    },
  ];
}

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
  if (noun < 0) return { whole: pieces.filter((p) => p !== pieces[share.at]), part: [] };
  const said = behind.slice(noun + 1);
  const speaks = (p: Piece) =>
    p.is === 'condition' || p.is === 'noun' || p.is === 'did' || p.is === 'may';
  const whole = behind.slice(0, noun + 1);
  return said.some(speaks)
    ? { whole: [...pieces.slice(0, share.at), ...whole], part: said }
    : { whole, part: pieces.slice(0, share.at) };
}

/** The one filter that pieces about keys say; null where there is none or more than one. */
function filtersOf(pieces: readonly Piece[]): Filter | null {
  const groups = groupsOf(pieces);
  const filters = groups && keyFilters(pieces, groups);
  const [filter, ...more] = filters ?? [];
  return filter && more.length === 0 ? allOf(...nounFilters(pieces), filter) : null;
}

const partsOf = (filter: Filter): readonly Filter[] =>
  !('is' in filter) && 'and' in filter ? filter.and : [filter];

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

const isPlace = (f: Filter) =>
  'is' in f &&
  (f.is === 'ou' || (f.is === 'value' && (f.column === 'region' || f.column === 'account_id')));

/** What a key is and where, rather than what state it is in. */
const isKind = (f: Filter) => isPlace(f) || ('is' in f && f.is === 'value' && kinds.has(f.column));

/** Accounts, Regions, teams, services…: the groups, with what is counted or measured of each. */
function ofDimension(
  head: Extract<Head, { is: 'dimension' }>,
  pieces: readonly Piece[],
  groups: Groups,
  place: HeadPlace = 'first',
): readonly Plan[] {
  const others = all(pieces, 'dimension').filter((d) => d.at !== head.at);
  if (others.length > 0 || hasNoneOf(pieces) || all(pieces, 'only').length > 0) return [];
  if (pieces.some((p) => p.is === 'condition' && p.quantified)) return [];
  if (all(pieces, 'noun').some((n) => n.noun !== 'keys')) return [];
  // "Accounts in which all keys are disabled": more than that there is such a key.
  if (pieces.some((p, i) => p.is === 'all' && i !== head.at - 1)) return [];
  if (isActor(head, pieces, groups) || saysWhatAccountsAre(pieces)) return [];
  const ofThemselves = pieces.some((p) => p.is === 'ofAccounts');
  if (!ofThemselves && !allPlaced(pieces, 'groups')) return [];
  const shape = shapeOf(pieces, head.entity);
  if (!shape || shape.show.length > 0) return [];
  const [share] = all(pieces, 'share');
  // "What percentage of accounts": of accounts, not of keys.
  if (share && head.at > share.at) return [];
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
    const filters = keyFilters(pieces, groups);
    const own = nounFilters(pieces);
    const isAccount = 'column' in head.dimension && head.dimension.column === 'account_id';
    if (all(pieces, 'ofAccounts').length > 0)
      return isAccount ? ofAccounts(pieces, counted, filters) : [];
    if (counted) return isAccount ? accountsCounted(shape, own, filters) : [];
    return (filters ?? []).flatMap((f) => shaped('keys', allOf(...own, f), grouped, keysOnce));
  }
  // What keys cost or how old they are is no matter of what was done with them.
  if (counted || shape.measure) return [];
  if (head.entity === 'concerns') {
    if (groups.deeds.length > 0 || groups.permit) return [];
    return aboutKeys(pieces).flatMap((f) => shaped('concerns', onConcerns(f), grouped, keysOnce));
  }
  if (head.entity === 'usage') {
    // "Which users are disabled": who is, not who did it.
    const [deed] = groups.deeds;
    const passive = deed?.test?.operations?.length === 1 && deed.by.length === 0;
    const keys = pieces.some((p) => p.is === 'noun' || p.is === 'condition');
    if (passive && !keys && deed.test?.category === 'MANAGEMENT' && !deed.time) return [];
    return eventFilters(pieces, groups).flatMap((f) =>
      shaped('usage', allOf(f, present(head.dimension)), grouped, keysOnce),
    );
  }
  if (head.entity === 'permissions') {
    return permissionFilters(pieces, groups).flatMap((f) =>
      shaped('permissions', allOf(f, present(head.dimension)), grouped, keysOnce),
    );
  }
  return [];
}

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
  const nobody = permit?.tests.every((t) => !t.trust && !t.types && !t.grantee) ?? false;
  const next = pieces[head.at + 1]?.is;
  return nobody || next === 'did' || next === 'may' || deeds.some((d) => d.unsaid);
}

/** "Accounts created last month", "that cost more than $100": said of accounts, not of their keys. */
function saysWhatAccountsAre(pieces: readonly Piece[]): boolean {
  const keys = pieces.some((p) => p.is === 'noun' && p.noun === 'keys');
  if (keys || all(pieces, 'measure').length > 0) return false;
  return all(pieces, 'condition')
    .flatMap((c) => factsOf(c.condition.filter))
    .some(
      (f) => f.is === 'time' || f.is === 'number' || (f.is === 'value' && f.column === 'key_state'),
    );
}

/** Whether a noun is what is asked for at a place before it. */
function asksFor(pieces: readonly Piece[], want: number, head: number, place: HeadPlace): boolean {
  // アカウントはいくつ
  if (place === 'last') return head >= 0 && want === head + 1;
  return want < head && pieces.slice(want + 1, head).every((p) => between.has(p.is));
}

/** Accounts by what they are themselves: suspended, in a unit. */
function ofAccounts(
  pieces: readonly Piece[],
  counted: boolean,
  filters: readonly Filter[] | null,
): readonly Plan[] {
  const allowed = new Set(['want', 'dimension', 'condition', 'ofAccounts', 'all', 'mark', 'may']);
  if (!pieces.every((p) => allowed.has(p.is)) || pieces.some((p) => p.is === 'may' && !p.modal))
    return [];
  const own = all(pieces, 'ofAccounts').map((p) => p.filter);
  return (filters ?? []).flatMap((f) => {
    const units = partsOf(f).every((p) => isEverything(p) || ('is' in p && p.is === 'ou'));
    const list = listOf('accounts', allOf(...own, f));
    return units ? [counted ? { ...list, measure: rows } : list] : [];
  });
}

/** How many accounts have such keys; with nothing said of keys, how many there are. */
function accountsCounted(
  shape: Shape,
  own: readonly Filter[],
  filters: readonly Filter[] | null,
): readonly Plan[] {
  if (shape.measure || shape.rank || shape.order || shape.limit !== null) return [];
  if (shape.groupBy.length > 0) return [];
  return (filters ?? []).map((f) => {
    const keys = allOf(...own, f);
    const { op, value } = shape.compare ?? { op: 'at least' as const, value: 1 };
    const filter: Filter =
      isEverything(keys) && !shape.compare ? everything : { keys, op, count: value };
    return { ...listOf('accounts', filter), measure: rows };
  });
}

const present = (d: Dimension): Filter =>
  'column' in d ? { is: 'present', column: d.column } : everything;

/** "No", "without", said of keys: what has none of them is another question. */
const hasNoneOf = (pieces: readonly Piece[]) =>
  pieces.some((p, i) => p.is === 'condition' && p.none && pieces[i + 1]?.is === 'noun');

/** Conditions on the keys of rows that are about keys. */
function aboutKeys(pieces: readonly Piece[]): readonly Filter[] {
  const filters = keyFilters(pieces, { deeds: [], permit: null });
  const own = nounFilters(pieces);
  return (filters ?? []).map((f) => {
    const filter = allOf(...own, f);
    return isEverything(filter) ? everything : { key: filter };
  });
}

/** What was done, as rows: the deeds, of these keys. "Which of them" is not one deed. */
function eventFilters(pieces: readonly Piece[], { deeds, permit }: Groups): readonly Filter[] {
  const [deed, ...more] = deeds;
  if (permit || more.length > 0) return [];
  const done = deed ? deedOnEvents(deed) : everything;
  return aboutKeys(pieces).map((f) => allOf(done, f));
}

/** Who may, as rows: the permissions, of these keys. */
function permissionFilters(pieces: readonly Piece[], { deeds, permit }: Groups): readonly Filter[] {
  if (deeds.length > 0) return [];
  const may = permit ? permitFilter({ ...permit, joined: 'or' }) : [];
  return may.flatMap((m) => aboutKeys(pieces).map((f) => allOf(m, f)));
}

function ofEvents(pieces: readonly Piece[], groups: Groups): readonly Plan[] {
  if (hasOther(pieces, ['keys', 'usage'])) return [];
  const last = all(pieces, 'last').length > 0;
  const shape = shapeOf(pieces, 'usage');
  if (!shape || shape.show.length > 0 || shape.measure) return [];
  return eventFilters(pieces, groups).flatMap((f) => {
    if (!last) return shaped('usage', f, shape, rows);
    return shape.groupBy.length > 0 || shape.counted
      ? []
      : [
          {
            ...listOf('usage', f),
            orderBy: { by: 'last_event_at', direction: 'desc' } as const,
            limit: shape.limit ?? ('ties' as const),
          },
        ];
  });
}

function ofPermissions(pieces: readonly Piece[], groups: Groups): readonly Plan[] {
  if (asksForAccounts(pieces)) {
    const head = { entity: 'permissions', dimension: { column: 'principal_account' } } as const;
    return ofDimension({ is: 'dimension', ...head, at: -1 }, pieces, groups);
  }
  if (hasOther(pieces, ['keys', 'permissions'])) return [];
  const shape = shapeOf(pieces, 'permissions');
  if (!shape || shape.show.length > 0 || shape.measure) return [];
  const counted = shape.compare !== null && shape.groupBy.length === 0;
  const grouped: Shape = counted ? { ...shape, groupBy: [{ column: 'principal' }] } : shape;
  return permissionFilters(pieces, groups).flatMap((f) =>
    shaped('permissions', f, grouped, counted ? keysOnce : rows),
  );
}

/** "Which external accounts can decrypt…": the accounts, not each of their permissions. */
function asksForAccounts(pieces: readonly Piece[]): boolean {
  const [asked] = all(pieces, 'someone');
  const wants = all(pieces, 'want');
  return (
    asked?.someone.may?.trust?.join() === 'EXTERNAL' &&
    !asked.someone.may.types &&
    all(pieces, 'by').length === 0 &&
    wants.every((w) => w.want === 'list' || w.want === 'count') &&
    asksForSomeone(pieces, wants[0]?.at ?? -1) !== null
  );
}

/** Concerns, of these keys. What names a concern says which. */
function ofConcerns(pieces: readonly Piece[], groups: Groups): readonly Plan[] {
  if (hasOther(pieces, ['keys', 'concerns']) || groups.deeds.length > 0 || groups.permit) return [];
  const shape = shapeOf(pieces, 'concerns');
  if (!shape || shape.show.length > 0 || shape.measure) return [];
  return aboutKeys(pieces).flatMap((f) => shaped('concerns', onConcerns(f), shape, keysOnce));
}

/** "Critical", "confused deputy", of concerns: said of the concern and not of its key. */
function onConcerns(filter: Filter): Filter {
  if ('is' in filter || !('key' in filter)) return filter;
  const parts = 'and' in filter.key ? filter.key.and : [filter.key];
  const isOwn = (p: Filter) => 'is' in p && (p.is === 'concern' || p.is === 'severity');
  const own = parts.filter(isOwn);
  const rest = parts.filter((p) => !isOwn(p));
  return allOf(...own, ...(rest.length > 0 ? [{ key: allOf(...rest) }] : []));
}

/** How the collection went, of which accounts and Regions. */
function ofReading(pieces: readonly Piece[]): readonly Plan[] {
  const [reading, ...more] = all(pieces, 'reading');
  const allowed = new Set([
    'reading',
    'collection',
    'errors',
    'want',
    'dimension',
    'mark',
    'all',
    'only',
    'condition',
    'by',
  ]);
  if (!reading || more.length > 0 || !pieces.every((p) => allowed.has(p.is))) return [];
  const places = all(pieces, 'condition').map((c) => c.condition.filter);
  const isOwn = (f: Filter) => 'is' in f && f.is === 'value' && isPlace(f);
  if (!places.every((f) => isOwn(f) || isEverything(f))) return [];
  const status: Filter = { is: 'value', column: 'status', values: [...reading.statuses] };
  const filter = allOf(status, ...places);
  const columns = all(pieces, 'dimension').flatMap(({ dimension: d }) =>
    'column' in d ? [d.column] : [''],
  );
  const counted = all(pieces, 'want').some((w) => w.want === 'count');
  const by = all(pieces, 'by').flatMap((p) => p.dimensions);
  if (by.some((d) => !('column' in d) || !['account_id', 'region'].includes(d.column))) return [];
  if (by.length > 0) return [{ ...listOf('coverage', filter), measure: rows, groupBy: [...by] }];
  if (!counted) return [listOf('coverage', filter)];
  if (columns.length === 0) return [];
  const accountsOnly = columns.every((c) => c === 'account_id');
  return accountsOnly
    ? [{ ...listOf('accounts', { read: filter }), measure: rows }]
    : [{ ...listOf('coverage', filter), measure: rows }];
}

/** "Who", "when", "why": what is asked for is said by the verb. */
function ofWant(want: Want, pieces: readonly Piece[], groups: Groups): readonly Plan[] {
  if (want === 'why') return saysWhich(pieces) ? ofRowsAboutKeys('concerns', pieces, groups) : [];
  const { deeds, permit } = groups;
  if (deeds.length > 0 && permit) return [];
  if (deeds.length > 0) return ofRowsAboutKeys('usage', pieces, groups);
  return permit && want === 'who' ? ofRowsAboutKeys('permissions', pieces, groups) : [];
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
