import {
  allOf,
  anyOf,
  type Dimension,
  everything,
  type Filter,
  factsOf,
  isEverything,
  listOf,
  type Measure,
  type Plan,
  partsOf,
} from '../plan/plan.ts';
import { freshness, ofReading } from './collection.ts';
import { isBabble, isOfPrice } from './doubtful.ts';
import {
  all,
  deedOnEvents,
  type Groups,
  groupsOf,
  keyFilters,
  permitFilter,
  saysUse,
} from './groups.ts';
import { asksFor, asksForSomeone, type Head, type HeadPlace, headOf } from './head.ts';
import type { Noun, Piece, Want } from './piece.ts';
import { isWhere, nounFilters } from './said-of-keys.ts';
import { type Shape, shaped, shapeOf, unique } from './shape.ts';
import { shareOfKeys } from './share.ts';

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
  const [history] = historyOfKey(pieces);
  if (history) return [history];
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
  // "The most recent key policy change": what was done, not a key.
  const done = groups.deeds.length === 1 && groups.deeds.every((d) => d.test?.operations);
  if (!head && done && all(pieces, 'last').length > 0 && allPlaced(pieces, 'rows')) {
    return ofEvents(pieces, groups);
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
    'different',
  ],
  rows: ['last', 'limit', 'by', 'rank', 'compare', 'dimension', 'different'],
} as const satisfies Record<string, readonly Kind[]>;

/** Whether every piece has a place in a question for such rows. */
function allPlaced(pieces: readonly Piece[], of: keyof typeof further): boolean {
  const placed = new Set<Kind>([...telling, ...further[of]]);
  return pieces.every((p) => placed.has(p.is));
}

/** Pieces that stand for something in a question of its own by no means, or only after an answer. */
const unplaced: ReadonlySet<Piece['is']> = new Set(['not', 'them', 'also', 'instead', 'period']);

/** "Cost center x and its keys": those of what was said before. */
function isTheirs(pieces: readonly Piece[], at: number): boolean {
  const keys = pieces[at + 1]?.is === 'noun';
  return keys && pieces.slice(0, at).some((p) => p.is === 'condition');
}

/** "Which keys are public, and who can use them": "them" are the keys of the same question. */
function withoutBackReference(pieces: readonly Piece[]): readonly Piece[] {
  const keys = pieces.some((p) => p.is === 'noun' && p.noun === 'keys');
  const named = pieces.findIndex(
    (p) =>
      (p.is === 'someone' && keys) ||
      p.is === 'by' ||
      (p.is === 'noun' && p.noun === 'keys') ||
      (p.is === 'condition' && factsOf(p.condition.filter).some((f) => f.is === 'key')) ||
      p.is === 'dimension',
  );
  // "They" are the keys only where nobody else is spoken of.
  const someones = all(pieces, 'someone');
  const people = someones.length > 0 || pieces.some((p) => p.is === 'may');
  // "Rank the vendors by how many keys they can use": they are the vendors.
  const theirs = (at: number) => someones.length === 1 && someones.every((s) => s.at < at);
  return named < 0
    ? pieces
    : pieces.filter(
        (p, at) =>
          p.is !== 'them' ||
          (p.person && people && !theirs(at)) ||
          (at < named && !isTheirs(pieces, at)),
      );
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

/** Whether there is a condition that says that keys are meant, though no noun does. */
const isAboutKeys = (pieces: readonly Piece[], { deeds, permit }: Groups) =>
  deeds.length > 0 ||
  permit !== null ||
  pieces.some((p) => p.is === 'condition' && !isEverything(p.condition.filter)) ||
  // "Cost per account": of all keys.
  (pieces.some((p) => p.is === 'measure') && pieces.some((p) => p.is === 'by'));

/** Questions whose rows are keys, or counts and sums of keys. */
function ofKeys(pieces: readonly Piece[], groups: Groups): readonly Plan[] {
  // Another noun would be something that keys have, or that has keys.
  const mean = meanPerGroup(pieces, groups) ?? byNumberOfWhoMay(pieces, groups);
  if (mean) return mean;
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
  // "The oldest key": one, or those that share the place.
  const one = all(pieces, 'noun').some((n) => n.one) && pieces.some((p) => p.is === 'order');
  return filters.flatMap((filter) => {
    const plans = shaped('keys', allOf(...own, filter), ordered, keysOnce);
    return latest || one
      ? plans.map((p) => ({ ...p, limit: p.limit ?? ('ties' as const) }))
      : plans;
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

/** "How many keys does an account have on average?" Null where nothing of that kind is asked. */
function meanPerGroup(pieces: readonly Piece[], groups: Groups): readonly Plan[] | null {
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

/** "Keys that more than 10 principals can decrypt with." Null where nothing of that kind is asked. */
function byNumberOfWhoMay(pieces: readonly Piece[], groups: Groups): readonly Plan[] | null {
  const bound = pieces.findIndex((p) => p.is === 'compare');
  const [compare, ...more] = all(pieces, 'compare');
  const counted = pieces[bound + (pieces[bound + 1]?.is === 'different' ? 2 : 1)];
  const people = counted?.is === 'noun' && counted.people;
  const kind = counted?.is === 'someone' && !counted.adjective ? counted.someone.may : null;
  if (!compare || (!people && !kind)) return null;
  const rest = pieces.filter((p) => p.is !== 'compare' && p.is !== 'different');
  const own: ReadonlySet<Kind> = new Set(telling);
  const isCounted = all(rest, 'want').some((w) => w.want === 'count');
  if (more.length > 0 || !rest.every((p) => own.has(p.is)) || isCounted) return [];
  const { op, value } = compare;
  const column =
    kind?.trust?.join() === 'EXTERNAL' && !kind.types ? 'principal_account' : 'principal';
  return permissionFilters(rest, groups).map((f) => ({
    ...listOf('permissions', allOf(f, present({ column }))),
    measure: { kind: 'distinct', column },
    groupBy: [{ column: 'key_arn' }],
    having: { op, value },
  }));
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

/** "Resources encrypted with a key" are those it protects, whichever operation shows it. */
function ofResources(dimension: Dimension, groups: Groups): Groups {
  if (!('column' in dimension) || dimension.column !== 'resource_arn') return groups;
  const deeds = groups.deeds.map((d) => {
    const { operations, ...test } = d.test ?? {};
    const only = operations?.join() === 'Encrypt';
    return only && d.test ? { ...d, test: { ...test, category: d.test.category } } : d;
  });
  return { ...groups, deeds };
}

/** The rows that groups are made of. */
function filtersFor(
  head: Extract<Head, { is: 'dimension' }>,
  pieces: readonly Piece[],
  groups: Groups,
): readonly Filter[] {
  switch (head.entity) {
    case 'keys':
      return (keyFilters(pieces, groups) ?? []).map((f) => allOf(...nounFilters(pieces), f));
    case 'concerns':
      if (groups.deeds.length > 0 || groups.permit) return [];
      return aboutKeys(pieces).map(onConcerns);
    case 'usage':
      return eventFilters(pieces, ofResources(head.dimension, groups)).map((f) =>
        allOf(f, present(head.dimension)),
      );
    case 'permissions':
      return permissionFilters(pieces, groups).map((f) => allOf(f, present(head.dimension)));
    default:
      return [];
  }
}

/** Accounts, Regions, teams, services…: the groups, with what is counted or measured of each. */
function ofDimension(
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
  if (isActor(head, pieces, groups) || saysWhatAccountsAre(head, pieces, groups)) return [];
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
    const own = nounFilters(pieces);
    const isAccount = 'column' in head.dimension && head.dimension.column === 'account_id';
    if (all(pieces, 'ofAccounts').length > 0)
      return isAccount ? ofAccounts(pieces, counted, unitsOf(pieces)) : [];
    if (counted && isAccount) return accountsCounted(shape, own, keyFilters(pieces, groups));
  }
  // What keys cost or how old they are is no matter of what was done with them.
  if (head.entity !== 'keys' && shape.measure) return [];
  // "Which outside principals have access": them, with what each may do.
  // "Used" beside services is what was done through them.
  if (head.entity === 'usage' && groups.deeds.length === 0 && saysUse(pieces)) return [];
  const plainly =
    shape.groupBy.length === 0 && !shape.rank && !shape.compare && shape.limit === null;
  const before = pieces[head.at - 1];
  const told = before?.is === 'someone' && before.adjective;
  if (head.entity === 'permissions' && plainly && told && !counted) return [];
  if (head.entity === 'usage') {
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

/** "How many different principals can decrypt?" */
function differentOf(
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

/** "How many accounts per OU?" Null where keys are asked about. */
function accountsPerUnit(
  { dimension }: Extract<Head, { is: 'dimension' }>,
  pieces: readonly Piece[],
): readonly Plan[] | null {
  const own: ReadonlySet<Kind> = new Set(['want', 'dimension', 'by', 'mark', 'all']);
  const [by, ...more] = all(pieces, 'by');
  if (!('column' in dimension) || dimension.column !== 'account_id' || !by) return null;
  const units = by.dimensions.every((d) => 'column' in d && d.column === 'ou_path');
  if (!pieces.every((p) => own.has(p.is))) return null;
  return units && more.length === 0
    ? [{ ...listOf('accounts'), measure: rows, groupBy: [...by.dimensions] }]
    : [];
}

/** "Accounts created last month", "that cost more than $100": said of accounts, not of their keys. */
function saysWhatAccountsAre(
  { dimension }: Extract<Head, { is: 'dimension' }>,
  pieces: readonly Piece[],
  { deeds }: Groups,
): boolean {
  const keys = pieces.some((p) => p.is === 'noun' && p.noun === 'keys');
  if (keys || all(pieces, 'measure').length > 0) return false;
  const inUse = deeds.some((d) => d.test?.category === 'CRYPTO' && !d.test.operations);
  const isAccount = 'column' in dimension && dimension.column === 'account_id';
  if (isAccount && inUse && deeds.every((d) => d.by.length === 0)) return true;
  return all(pieces, 'condition')
    .flatMap((c) => factsOf(c.condition.filter))
    .some(
      (f) =>
        f.is === 'time' ||
        f.is === 'number' ||
        (f.is === 'value' && (f.column === 'key_state' || f.column === 'usage_status')),
    );
}

/** The conditions beside what accounts are themselves. */
const unitsOf = (pieces: readonly Piece[]) =>
  keyFilters(
    pieces.filter((p) => p.is !== 'ofAccounts' && p.is !== 'joint'),
    { deeds: [], permit: null },
  );

/** Accounts by what they are themselves: suspended, in a unit. */
function ofAccounts(
  pieces: readonly Piece[],
  counted: boolean,
  filters: readonly Filter[] | null,
): readonly Plan[] {
  const allowed = new Set([
    'want',
    'dimension',
    'condition',
    'ofAccounts',
    'all',
    'mark',
    'may',
    'joint',
  ]);
  if (!pieces.every((p) => allowed.has(p.is)) || pieces.some((p) => p.is === 'may' && !p.modal))
    return [];
  const said = all(pieces, 'ofAccounts').map((p) => p.filter);
  const either = pieces.some((p) => p.is === 'joint' && p.by === 'or');
  const own = said.length > 1 && either ? [anyOf(...said)] : said;
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
  // "Who changed the policies of the most keys?"
  const ranked = pieces.findIndex((p) => p.is === 'rank');
  const ofKeys = pieces[ranked + 1];
  if (ranked >= 0 && shape.groupBy.length === 0) {
    const who = pieces.some((p) => p.is === 'want' && p.want === 'who');
    if (!who || ofKeys?.is !== 'noun' || ofKeys.noun !== 'keys') return [];
    const byCaller: Shape = { ...shape, groupBy: [{ column: 'username' }], ofGroups: true };
    return eventFilters(pieces, groups).flatMap((f) =>
      shaped('usage', allOf(f, present({ column: 'username' })), byCaller, keysOnce),
    );
  }
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
  const [counting, ...more] = all(pieces, 'want').filter((w) => w.want === 'count');
  const [asked] = all(pieces, 'someone');
  // "How many vendors", "how many principals": each counts once.
  const someone = counting && asksForSomeone(pieces, counting.at) ? asked : undefined;
  if (counting && (someone || all(pieces, 'noun').some((n) => n.people))) {
    const shape = shapeOf(pieces, 'permissions');
    if (!shape || more.length > 0 || hasOther(pieces, ['keys', 'permissions'])) return [];
    const account =
      someone?.someone.may?.trust?.join() === 'EXTERNAL' && !someone.someone.may.types;
    const column = account ? 'principal_account' : 'principal';
    const head = { is: 'dimension', entity: 'permissions', dimension: { column }, at: -1 } as const;
    return differentOf(head, shape, filtersFor(head, pieces, groups));
  }
  if (asksForAccounts(pieces)) {
    const head = { entity: 'permissions', dimension: { column: 'principal_account' } } as const;
    return ofDimension({ is: 'dimension', ...head, at: -1 }, pieces, groups);
  }
  if (hasOther(pieces, ['keys', 'permissions'])) return [];
  const shape = shapeOf(pieces, 'permissions');
  if (!shape || shape.show.length > 0 || shape.measure) return [];
  // "More than 10 principals" counts them, not the keys of each.
  const bound = pieces.findIndex((p) => p.is === 'compare');
  const bounded = pieces[bound + (pieces[bound + 1]?.is === 'different' ? 2 : 1)];
  if (bound >= 0 && !(bounded?.is === 'noun' && bounded.noun === 'keys')) return [];
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
    [-1, ...wants.map((w) => w.at)].some((at) => asksForSomeone(pieces, at) !== null)
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
  const parts = partsOf(filter.key);
  const isOwn = (p: Filter) => 'is' in p && (p.is === 'concern' || p.is === 'severity');
  const own = parts.filter(isOwn);
  const rest = parts.filter((p) => !isOwn(p));
  return allOf(...own, ...(rest.length > 0 ? [{ key: allOf(...rest) }] : []));
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
