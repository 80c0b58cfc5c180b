import { columnOf, isSeverity } from '../plan/entity-tables.ts';
import {
  allOf,
  type Dimension,
  everything,
  type Filter,
  factsOf,
  isEverything,
  type Plan,
} from '../plan/plan.ts';
import {
  alt,
  type Chart,
  expand,
  type Found,
  many,
  map,
  opt,
  type Parser,
  rule,
  seq,
  token,
  words,
} from './chart.ts';
import type { GrammarContext } from './context.ts';
import { dimension, grouping } from './dimensions.ts';
import { saysWhoLoosely } from './joining.ts';
import type { KeyConditions } from './key-conditions.ts';
import { comma, existing, polite, quantifier, superlative } from './openings.ts';
import type { Places } from './places.ts';
import { wholeNumber } from './time.ts';

export type Order = NonNullable<Plan['orderBy']>;

export interface NounPhrase {
  readonly filter: Filter;
  readonly order: Order | null;
  readonly limit: number | null;
  readonly singular: boolean;
}

export interface Rest {
  readonly filter: Filter;
  readonly groupBy: readonly Dimension[];
  readonly order: Order | null;
  readonly limit: number | null;
  readonly show: readonly string[];
  /** "In the organization" was said, which holds for every key. */
  readonly anywhere: boolean;
}

type Piece =
  | { readonly filter: Filter }
  | { readonly groupBy: readonly Dimension[] }
  | { readonly order: Order; readonly limit: number | null }
  | { readonly limit: number }
  | { readonly show: readonly string[] }
  /** "Do we have": nothing but that there are such keys. */
  | { readonly exists: true };

/** The parts of which questions about keys are made. */
export interface KeyPhrases {
  readonly noun: Parser<{ filter: Filter; singular: boolean }>;
  /** "All 10 oldest customer managed keys". */
  readonly nounPhrase: Parser<NounPhrase>;
  /** As {@link nounPhrase}, without "all" or "each", which would say something of what has such keys. */
  readonly described: Parser<NounPhrase>;
  readonly beforeNoun: Parser<Filter>;
  readonly dim: Parser<Dimension>;
  readonly group: Parser<readonly Dimension[]>;
  readonly orderColumn: Parser<string>;
  readonly ordering: Parser<Order>;
  readonly column: Parser<string>;
  /** "With their aliases and tags". */
  readonly shown: Parser<readonly string[]>;
  /** What follows the noun: conditions, grouping, order, limit, columns to show. */
  readonly rest: Parser<Rest>;
  /** "In production, …" */
  readonly front: Parser<Filter>;
  readonly inPlace: Parser<Filter>;
  readonly place: Parser<Filter>;
  readonly onePlace: Parser<Filter>;
}

export function keyPhrases(
  context: GrammarContext,
  conditions: KeyConditions,
  places: Places,
): KeyPhrases {
  const { lexicon } = context;
  const { before, after } = conditions;
  const noun = nounOfKeys(context);
  const dim = dimension('keys', context);
  const group = grouping('keys', context);

  const ranking: Parser<{ order: Order; limit: number | null }> = alt(
    map(superlative, (order) => ({ order, limit: null })),
    map(seq(opt(words('top', 'first')), wholeNumber, superlative), ([, limit, order]) => ({
      order,
      limit,
    })),
    map(seq(superlative, wholeNumber), ([order, limit]) => ({ order, limit })),
  );
  const nounPhrase: Parser<NounPhrase> = rule(() =>
    map(seq(opt(quantifier), described), ([, np]) => np),
  );
  /** A noun phrase without "all" or "each", which would say something of what has such keys. */
  const described: Parser<NounPhrase> = rule(() =>
    map(
      seq(opt(ranking), opt(beforeNoun), opt(conditions.ofService), noun),
      ([rank, b, service, n]): NounPhrase => ({
        filter: allOf(...(b ? [b] : []), ...(service ? [service] : []), n.filter),
        order: rank?.order ?? null,
        limit: rank?.limit ?? null,
        singular: n.singular,
      }),
    ),
  );
  /** A compound that is itself a name of the noun ("encryption keys") is not taken apart. */
  const beforeNoun: Parser<Filter> = (chart, at) =>
    before(chart, at).filter(
      ({ end }) => !noun(chart, at).some((n) => noun(chart, end).some((m) => m.end === n.end)),
    );

  const orderColumn: Parser<string> = expand(lexicon.columns.keys.parser, (column) => {
    if (column === 'created_at') return ['created_at'];
    const definition = columnOf('keys', column);
    const sortable =
      definition && !/^(array|map)/.test(definition.type) && definition.role !== 'document';
    return sortable ? [column] : [];
  });
  const isNumber = (column: string) =>
    /^(?:bigint|integer|double|decimal)/.test(columnOf('keys', column)?.type ?? '');
  const direction = alt(
    map(
      words(
        'descending',
        'desc',
        'in descending order',
        'highest first',
        'largest first',
        'newest first',
        'latest first',
        'most recent first',
        'worst first',
      ),
      () => 'desc' as const,
    ),
    map(
      words(
        'ascending',
        'asc',
        'in ascending order',
        'lowest first',
        'smallest first',
        'oldest first',
        'earliest first',
        'alphabetically',
      ),
      () => 'asc' as const,
    ),
  );
  const extremity = alt(
    map(words('most', 'highest', 'largest', 'greatest', 'longest'), () => 'desc' as const),
    map(words('least', 'lowest', 'smallest', 'fewest', 'shortest'), () => 'asc' as const),
  );
  const ordering: Parser<Order> = rule(() =>
    alt(
      map(
        seq(
          words(
            'sorted by',
            'ordered by',
            'order by',
            'sort by',
            'ranked by',
            'sorted on',
            'sort them by',
            'order them by',
            'in order of',
          ),
          orderColumn,
          opt(direction),
        ),
        ([phrase, by, d]): Order => ({
          by,
          // The most severe and the most expensive are asked for, whoever sorts by severity or cost.
          direction:
            d ??
            (phrase === 'ranked by' || isSeverity('keys', by) || by === 'monthly_cost_usd'
              ? 'desc'
              : 'asc'),
        }),
      ),
      map(
        seq(words('ordered by', 'sorted by'), words('value', 'count', 'number'), opt(direction)),
        ([, , d]): Order => ({ by: 'value', direction: d ?? 'desc' }),
      ),
      map(
        seq(
          opt(words('with')),
          superlative,
          words('first', 'ones first', 'keys first', 'at the top'),
        ),
        ([, order]) => order,
      ),
      map(
        words(
          ...['cost', 'costs', 'cost us', 'costs us'].flatMap((c) => [
            `${c} most`,
            `that ${c} most`,
          ]),
          'costing most',
        ),
        (): Order => ({ by: 'monthly_cost_usd', direction: 'desc' }),
      ),
      map(
        words('that were created first', 'that were made first', 'created first'),
        (): Order => ({ by: 'created_at', direction: 'asc' }),
      ),
      map(
        words('that were created last', 'created last', 'that were used last', 'used last'),
        (phrase): Order => ({
          by: phrase.includes('used') ? 'last_used_at' : 'created_at',
          direction: 'desc',
        }),
      ),
      map(
        seq(
          words('with'),
          alt(
            map(words('earliest', 'oldest', 'first'), () => 'asc' as const),
            map(words('latest', 'newest', 'most recent', 'last'), () => 'desc' as const),
          ),
          words('creation date', 'creation dates', 'creation time'),
        ),
        ([, d]): Order => ({ by: 'created_at', direction: d }),
      ),
      expand(seq(words('with'), extremity, orderColumn), ([, d, by]): readonly Order[] =>
        // "The most aliases" is a number of them, and no order of their names.
        isNumber(by) ? [{ by, direction: d }] : [],
      ),
    ),
  );
  const inEach = words('in each', 'in every', 'per', 'by', 'under each');
  const firstN = map(
    seq(
      words('first', 'top', 'limit', 'limited to', 'only first', 'only top'),
      wholeNumber,
      opt(words('only', 'keys', 'rows', 'results')),
    ),
    ([, n]) => n,
  );

  const shown: Parser<readonly string[]> = rule(() =>
    alt(
      theirCost,
      map(
        seq(
          words(
            'with their',
            'and their',
            'including their',
            'along with their',
            'together with their',
            'showing their',
            'including',
            'and show their',
            'with its',
            'and its',
          ),
          column,
          many(
            map(
              seq(
                alt(
                  words('and', 'and their'),
                  token((t) => (t.kind === 'comma' ? ',' : undefined)),
                ),
                opt(words('and')),
                column,
              ),
              ([, , c]) => c,
            ),
            0,
            20,
          ),
        ),
        ([, first, rest]) => [first, ...rest],
      ),
    ),
  );
  const theirCost = map(
    words(
      'and what they cost',
      'and how much they cost',
      'and what each costs',
      'and what each one costs',
      'and what each of them costs',
      'and how much each costs',
      'and how much each one costs',
      'and how much each of them costs',
      'with what they cost',
      'with what each costs',
    ),
    (): readonly string[] => ['monthly_cost_usd'],
  );
  const column = columnOfKeys(context);

  const piece: Parser<Piece> = rule(() =>
    alt(
      map(after, (filter): Piece => ({ filter })),
      map(group, (groupBy): Piece => ({ groupBy })),
      map(seq(ordering, opt(firstN)), ([order, limit]): Piece => ({ order, limit })),
      map(firstN, (limit): Piece => ({ limit })),
      map(shown, (show): Piece => ({ show })),
      map(existing, (): Piece => ({ exists: true })),
      map(
        seq(
          words('does each', 'does every', 'do all', 'each', 'every', 'that each', 'do each'),
          dim,
          words('have', 'has', 'own', 'owns', 'contain', 'contains', 'hold', 'holds'),
        ),
        ([, d]): Piece => ({ groupBy: [d] }),
      ),
      map(
        seq(words('are', 'sit', 'live', 'are there', 'fall', 'do we have'), inEach, dim),
        ([, , d]): Piece => ({ groupBy: [d] }),
      ),
      map(
        seq(
          words('does', 'do'),
          opt(words('account')),
          places.place,
          words('have', 'own', 'contain', 'hold'),
          opt(after),
        ),
        ([, , filter, , more]): Piece => ({ filter: allOf(filter, more ?? everything) }),
      ),
      map(seq(words('am i', 'are we', 'do we'), words('have')), (): Piece => ({ exists: true })),
    ),
  );
  const rest: Parser<Rest> = rule(() =>
    expand(seq(many(seq(comma, opt(words('and')), piece), 0, 5), polite), ([pieces]) => {
      const all = pieces.map(([c, a, p]) => ({ c, a, p }));
      // "and" before a condition is read by the conditions themselves; here it only joins tails.
      if (all.some(({ a, p }) => a !== null && 'filter' in p)) return [];
      return gather(all.map(({ p }) => p));
    }),
  );
  const front: Parser<Filter> = alt(
    map(seq(fronted, comma), ([f]) => f),
    (_, at) => [{ value: everything, end: at }],
  );
  function fronted(chart: Chart, at: number): readonly Found<Filter>[] {
    return map(seq(words('in', 'for', 'within', 'of'), places.place), ([, f]) => f)(chart, at);
  }

  const inPlace = map(seq(words('in', 'within', 'of', 'for', 'from'), places.place), ([, f]) => f);
  return {
    noun,
    nounPhrase,
    described,
    beforeNoun,
    dim,
    group,
    orderColumn,
    ordering,
    column,
    shown,
    rest,
    front,
    inPlace,
    place: places.place,
    onePlace: places.one,
  };
}

export const nothing: Rest = {
  filter: everything,
  groupBy: [],
  order: null,
  limit: null,
  show: [],
  anywhere: false,
};

/** "Cross-account keys in the organization": whether keys or principals are in it is not clear. */
export const mayBeWho = (filter: Filter, anywhere: boolean) =>
  anywhere && factsOf(filter).some(saysWhoLoosely);

/** Puts the pieces after a noun together; a second grouping, order or limit would contradict the first. */
function gather(pieces: readonly Piece[]): readonly Rest[] {
  let result: Rest = nothing;
  for (const p of pieces) {
    if ('exists' in p) continue;
    if ('filter' in p) {
      result = { ...result, filter: allOf(result.filter, p.filter) };
    } else if ('groupBy' in p) {
      if (result.groupBy.length > 0) return [];
      result = { ...result, groupBy: p.groupBy };
    } else if ('order' in p) {
      if (result.order) return [];
      result = { ...result, order: p.order, limit: p.limit ?? result.limit };
    } else if ('show' in p) {
      result = { ...result, show: [...result.show, ...p.show] };
    } else {
      if (result.limit !== null) return [];
      result = { ...result, limit: p.limit };
    }
  }
  // Conditions next to each other are joined by their own rule, which sees the words between them.
  const separated = pieces.some((p, i) => {
    const next = pieces[i + 1];
    return next && 'filter' in p && 'filter' in next;
  });
  if (separated || pieces.filter((p) => 'filter' in p).length > 2) return [];
  const anywhere = pieces.some((p) => 'filter' in p && isEverything(p.filter));
  return [{ ...result, anywhere }];
}

/** A column of keys by its everyday words; of an alias and all aliases the one that is said. */
export const columnOfKeys =
  ({ lexicon }: GrammarContext): Parser<string> =>
  (chart, at) =>
    lexicon.columns.keys.parser(chart, at).filter(({ value, end }) => {
      const many = chart.tokens[end - 1]?.text === 'aliases';
      return many ? value !== 'alias' : value !== 'aliases';
    });

/** A noun for keys; "CMK" brings along that customer managed keys are meant. */
export function nounOfKeys({
  lexicon,
}: GrammarContext): Parser<{ filter: Filter; singular: boolean }> {
  // "AWS KMS keys" are KMS keys, not AWS managed ones.
  const named = alt(
    lexicon.nouns.parser,
    map(words('aws kms key', 'aws kms keys'), () => 'keys' as const),
  );
  const typed: Parser<{ filter: Filter; singular: boolean }> = map(
    alt(
      map(words('primaries', 'multi region primaries'), () => 'PRIMARY'),
      map(words('replicas', 'multi region replicas'), () => 'REPLICA'),
    ),
    (value) => ({
      filter: { is: 'value', column: 'multi_region_type', values: [value] },
      singular: false,
    }),
  );
  return alt(typed, (chart: Chart, at: number) =>
    named(chart, at).flatMap(({ value, end }) => {
      if (value !== 'keys') return [];
      const last = chart.tokens[end - 1];
      const isCmk = last?.base === 'cmk';
      const filter: Filter = isCmk
        ? { is: 'value', column: 'key_manager', values: ['CUSTOMER'] }
        : everything;
      return [{ value: { filter, singular: last?.text === last?.base }, end }];
    }),
  );
}
