import { columnOf } from '../plan/entity-tables.ts';
import {
  allOf,
  type Comparison,
  type Dimension,
  everything,
  type Filter,
  factsOf,
  isEverything,
  listOf,
  type Measure,
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
import { compared } from './numbers.ts';
import { comma, counting, existing, listing, polite, quantifier, superlative } from './openings.ts';
import type { Places } from './places.ts';
import { type TimeGrammar, wholeNumber } from './time.ts';

type Order = NonNullable<Plan['orderBy']>;

interface NounPhrase {
  readonly filter: Filter;
  readonly order: Order | null;
  readonly limit: number | null;
  readonly singular: boolean;
}

interface Rest {
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

export interface KeyQuestions {
  readonly question: Parser<Plan>;
  /** Conditions alone, without a word for what they are about: keys are meant. */
  readonly elliptical: Parser<Plan>;
  /** Keys as a noun phrase with everything that describes them. */
  readonly keys: Parser<Filter>;
  readonly grouping: Parser<readonly Dimension[]>;
  readonly ordering: Parser<Order>;
  /** "Total monthly cost of", "average age of". */
  readonly measured: Parser<Measure>;
}

export function keyQuestions(
  context: GrammarContext,
  time: TimeGrammar,
  conditions: KeyConditions,
  places: Places,
): KeyQuestions {
  const { lexicon } = context;
  const { before, after, predicate, particular } = conditions;
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
      seq(opt(ranking), opt(beforeNoun), noun),
      ([rank, b, n]): NounPhrase => ({
        filter: allOf(...(b ? [b] : []), n.filter),
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
          direction: d ?? (phrase === 'ranked by' ? 'desc' : 'asc'),
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
    ),
  );
  const firstN = map(
    seq(
      words('first', 'top', 'limit', 'limited to', 'only first', 'only top'),
      wholeNumber,
      opt(words('only', 'keys', 'rows', 'results')),
    ),
    ([, n]) => n,
  );

  const shown: Parser<readonly string[]> = rule(() =>
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
          6,
        ),
      ),
      ([, first, rest]) => [first, ...rest],
    ),
  );
  const column: Parser<string> = expand(lexicon.columns.keys.parser, (name) => [name]);

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
          words('does each', 'does every', 'do all'),
          dim,
          words('have', 'own', 'contain', 'hold'),
        ),
        ([, d]): Piece => ({ groupBy: [d] }),
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

  const listQuestion: Parser<Plan> = rule(() =>
    expand(
      seq(front, opt(listing), opt(words('only', 'just')), nounPhrase, rest),
      ([place, opening, , np, r]): readonly Plan[] => {
        const filter = allOf(place, np.filter, r.filter);
        const order = np.order ?? r.order;
        const limit = np.limit ?? r.limit ?? null;
        if ((np.order && r.order) || mayBeWho(np.filter, r.anywhere)) return [];
        if (r.groupBy.length > 0) {
          // A list per group is a count per group; "keys per region" asks for nothing else.
          if (np.order || limit !== null || r.show.length > 0) return [];
          return [
            { ...listOf('keys', filter), measure: count, groupBy: [...r.groupBy], orderBy: order },
          ];
        }
        if (order?.by === 'value') return [];
        if (limit !== null && !order)
          return opening === null ? [] : [{ ...list(filter, r.show), limit }];
        const ties = np.order && limit === null && np.singular ? ('ties' as const) : limit;
        return [{ ...list(filter, r.show), orderBy: order, limit: ties }];
      },
    ),
  );
  const oldestWithout: Parser<Plan> = map(
    seq(
      opt(listing),
      words('top', 'first'),
      wholeNumber,
      nounPhrase,
      words('by', 'ordered by', 'ranked by', 'with the highest', 'in terms of'),
      orderColumn,
      opt(after),
    ),
    ([, , limit, np, , by, more]): Plan => ({
      ...list(allOf(np.filter, more ?? everything), []),
      orderBy: by === 'created_at' ? { by, direction: 'asc' } : { by, direction: 'desc' },
      limit,
    }),
  );
  /** "Which key is the oldest?" */
  const which: Parser<Plan> = map(
    seq(
      words('which', 'what'),
      opt(beforeNoun),
      noun,
      opt(after),
      words('is', 'are'),
      superlative,
      opt(after),
    ),
    ([, b, n, a, , order, more]): Plan => ({
      ...list(allOf(b ?? everything, n.filter, a ?? everything, more ?? everything), []),
      orderBy: order,
      limit: 'ties',
    }),
  );

  const countQuestion: Parser<Plan> = rule(() =>
    expand(seq(front, counting, nounPhrase, rest), ([place, , np, r]): readonly Plan[] => {
      if (np.order || r.show.length > 0 || (r.limit !== null && r.groupBy.length === 0)) return [];
      if (mayBeWho(np.filter, r.anywhere) || (r.order && r.order.by !== 'value')) return [];
      return [
        {
          ...listOf('keys', allOf(place, np.filter, r.filter)),
          measure: count,
          groupBy: [...r.groupBy],
          orderBy: r.order ?? (r.limit === null ? null : { by: 'value', direction: 'desc' }),
          limit: r.limit,
        },
      ];
    }),
  );
  const countWord: Parser<Plan> = map(
    seq(
      opt(words('show', 'show me', 'give me', 'what is')),
      nounPhrase,
      words('count', 'counts'),
      rest,
    ),
    ([, np, , r]): Plan => ({
      ...listOf('keys', allOf(np.filter, r.filter)),
      measure: count,
      groupBy: [...r.groupBy],
    }),
  );

  const aggregate: Parser<Measure> = rule(() => {
    const cost = words(
      'cost',
      'costs',
      'price',
      'monthly cost',
      'monthly costs',
      'monthly price',
      'spend',
      'monthly spend',
      'spending',
      'bill',
      'monthly bill',
      'cost per month',
    );
    const measured = alt(
      map(cost, () => 'monthly_cost_usd'),
      map(words('age', 'key age', 'age in days'), () => 'age_days'),
      expand(lexicon.columns.keys.parser, (c) =>
        ['days', 'count', 'money'].includes(columnOf('keys', c)?.role ?? '') ? [c] : [],
      ),
    );
    return alt(
      map(
        seq(words('average', 'mean', 'avg'), measured),
        ([, column]): Measure => ({ kind: 'avg', column }),
      ),
      map(
        seq(words('total', 'sum of', 'combined', 'overall', 'total sum of'), cost),
        (): Measure => ({ kind: 'sum', column: 'monthly_cost_usd' }),
      ),
      map(cost, (): Measure => ({ kind: 'sum', column: 'monthly_cost_usd' })),
      map(
        seq(words('maximum', 'highest', 'max', 'longest', 'greatest'), measured),
        ([, column]): Measure => ({ kind: 'max', column }),
      ),
      map(
        seq(words('minimum', 'lowest', 'min', 'shortest', 'smallest'), measured),
        ([, column]): Measure => ({ kind: 'min', column }),
      ),
    );
  });
  const bare: NounPhrase = { filter: everything, order: null, limit: null, singular: false };
  const asking = opt(
    words(
      'what is',
      'what are',
      'what was',
      'show',
      'show me',
      'give me',
      'tell me',
      'calculate',
      'compute',
      'how high is',
      'how high are',
      'what',
      'how much is',
      'list',
      'get',
    ),
  );
  const measureQuestion: Parser<Plan> = rule(() =>
    expand(
      alt(
        map(
          seq(
            front,
            asking,
            aggregate,
            words('of', 'for', 'across', 'over', 'among', 'by', 'from'),
            nounPhrase,
            rest,
          ),
          ([p, , m, , np, r]) => ({ p, m, np, r }),
        ),
        map(
          seq(front, asking, opt(words('kms', 'key')), aggregate, opt(words('per key', 'of key'))),
          ([p, , , m]) => ({
            p,
            m,
            np: bare,
            r: nothing,
          }),
        ),
        map(
          seq(
            front,
            asking,
            words('average', 'mean', 'avg'),
            words('cost', 'price', 'monthly cost', 'monthly price'),
            words('per key', 'of key'),
            opt(group),
            opt(after),
          ),
          ([p, , , , , g, a]) => ({
            p: allOf(p, a ?? everything),
            m: { kind: 'avg', column: 'monthly_cost_usd' } as const,
            np: bare,
            r: { ...nothing, groupBy: g ?? [] },
          }),
        ),
        map(words('how old is oldest key', 'what is age of oldest key'), () => ({
          p: everything,
          m: { kind: 'max', column: 'age_days' } as const,
          np: bare,
          r: nothing,
        })),
        map(
          seq(
            front,
            asking,
            opt(words('kms', 'key')),
            map(seq(aggregate, opt(words('of keys'))), ([m]) => m),
            group,
            opt(after),
          ),
          ([p, , , m, g, a]) => ({
            p,
            m,
            np: { filter: a ?? everything, order: null, limit: null, singular: false },
            r: { ...nothing, groupBy: g },
          }),
        ),
        map(
          seq(
            words(
              'how much do',
              'what do',
              'how much does',
              'what does',
              'how much are',
              'how much is',
            ),
            nounPhrase,
            opt(after),
            words('cost', 'cost us', 'costing', 'costing us'),
            opt(
              words(
                'per month',
                'a month',
                'monthly',
                'each month',
                'in total',
                'overall',
                'every month',
                'in total per month',
              ),
            ),
            rest,
          ),
          ([, np, a, , , r]) => ({
            p: a ?? everything,
            m: { kind: 'sum', column: 'monthly_cost_usd' } as const,
            np,
            r,
          }),
        ),
        map(
          seq(
            words(
              'how much do we spend on',
              'how much do we pay for',
              'what do we spend on',
              'what do we pay for',
              'how much are we spending on',
              'how much are we paying for',
              'how much money do we spend on',
            ),
            nounPhrase,
            opt(words('per month', 'a month', 'monthly', 'each month')),
            rest,
          ),
          ([, np, , r]) => ({
            p: everything,
            m: { kind: 'sum', column: 'monthly_cost_usd' } as const,
            np,
            r,
          }),
        ),
      ),
      ({ p, m, np, r }): readonly Plan[] => {
        if (np.order || r.show.length > 0 || r.limit !== null || r.order) return [];
        return [
          { ...listOf('keys', allOf(p, np.filter, r.filter)), measure: m, groupBy: [...r.groupBy] },
        ];
      },
    ),
  );
  const customer: Filter = { is: 'value', column: 'key_manager', values: ['CUSTOMER'] };
  /** What deletion would save: only customer managed keys cost anything, and only they can be deleted. */
  const saving: Parser<Plan> = rule(() =>
    expand(
      seq(
        words(
          'how much would we save',
          'what would we save',
          'how much could we save',
          'what could we save',
          'how much can we save',
          'how much money would we save',
          'how much money could we save',
          'how much do we save',
          'what would be saved',
          'how much would be saved',
          'what are potential savings',
          'potential savings',
          'what is potential saving',
          'savings',
          'how much will we save',
        ),
        opt(words('per month', 'a month', 'monthly', 'each month')),
        words(
          'if we deleted',
          'if we delete',
          'by deleting',
          'if we removed',
          'by removing',
          'if we got rid of',
          'by getting rid of',
          'from deleting',
          'when deleting',
          'if we were to delete',
          'if i deleted',
          'if deleting',
          'of deleting',
          'if we remove',
        ),
        nounPhrase,
        rest,
      ),
      ([, , , np, r]): readonly Plan[] =>
        np.order || r.limit !== null || r.order || r.show.length > 0
          ? []
          : [
              {
                ...listOf('keys', allOf(customer, np.filter, r.filter)),
                measure: { kind: 'sum', column: 'monthly_cost_usd' },
                groupBy: [...r.groupBy],
              },
            ],
    ),
  );

  const percentage = words(
    'percentage of',
    'percent of',
    'share of',
    'proportion of',
    'fraction of',
    '% of',
    'what percentage of',
    'what percent of',
    'what share of',
    'what proportion of',
    'what fraction of',
    'what is percentage of',
    'what is share of',
    'what is proportion of',
    'what is percent of',
    'show percentage of',
    'show me percentage of',
    'give me percentage of',
    'which percentage of',
  );
  const shareOf = (whole: Filter, of: Filter, by: readonly Dimension[]): Plan => ({
    ...listOf('keys', whole),
    measure: { kind: 'share', of },
    groupBy: [...by],
  });
  const share: Parser<Plan> = rule(() =>
    alt(
      expand(
        seq(front, percentage, nounPhrase, shareParts, opt(group)),
        ([place, , np, parts, g]): readonly Plan[] =>
          np.order
            ? []
            : [
                shareOf(allOf(place, np.filter, parts.base), parts.of, [
                  ...(parts.groupBy ?? []),
                  ...(g ?? []),
                ]),
              ],
      ),
      // "Disabled keys in eu-west-1": of the disabled ones those there, or of those there the disabled.
      expand(
        seq(front, percentage, nounPhrase, inPlace, opt(group)),
        ([place, , np, there, g]): readonly Plan[] =>
          np.order || isEverything(np.filter) || isEverything(there)
            ? []
            : [shareOf(allOf(place, there), np.filter, g ?? [])],
      ),
    ),
  );
  /** "Percentage of disabled keys": of all keys, those that are disabled. */
  const plainShare: Parser<Plan> = rule(() =>
    expand(seq(front, percentage, nounPhrase, opt(group)), ([place, , np, g]): readonly Plan[] =>
      np.order || isEverything(np.filter)
        ? []
        : [
            {
              ...listOf('keys', place),
              measure: { kind: 'share', of: np.filter },
              groupBy: [...(g ?? [])],
            },
          ],
    ),
  );
  const inPlace = map(seq(words('in', 'within', 'of', 'for', 'from'), places.place), ([, f]) => f);
  const shareParts: Parser<{ base: Filter; of: Filter; groupBy: readonly Dimension[] | null }> =
    rule(() =>
      alt(
        map(seq(opt(inPlace), opt(group), predicate), ([base, groupBy, of]) => ({
          base: base ?? everything,
          of,
          groupBy,
        })),
        map(seq(opt(after), opt(words(':')), predicate), ([base, , of]) => ({
          base: base ?? everything,
          of,
          groupBy: null,
        })),
        map(
          seq(
            conditions.single,
            token((t) => (t.kind === 'symbol' && t.text === ':' ? true : undefined)),
            predicate,
          ),
          ([base, , of]) => ({ base: base.filter, of, groupBy: null }),
        ),
        map(
          seq(
            token((t) => (t.kind === 'symbol' && t.text === ':' ? true : undefined)),
            predicate,
          ),
          ([, of]) => ({ base: everything, of, groupBy: null }),
        ),
        map(conditions.single, (of) => ({ base: everything, of: of.filter, groupBy: null })),
      ),
    );

  const most: Parser<'desc' | 'asc'> = alt(
    map(
      words(
        'most',
        'largest number of',
        'highest number of',
        'greatest number of',
        'largest amount of',
        'biggest number of',
        'highest count of',
        'largest share of',
      ),
      () => 'desc' as const,
    ),
    map(
      words(
        'fewest',
        'least',
        'smallest number of',
        'lowest number of',
        'least number of',
        'lowest count of',
      ),
      () => 'asc' as const,
    ),
  );
  const grouped = (
    filter: Filter,
    d: Dimension,
    measure: Measure,
    dir: 'asc' | 'desc',
    limit: Plan['limit'],
  ): Plan => ({
    ...listOf('keys', filter),
    measure,
    groupBy: [d],
    orderBy: { by: 'value', direction: dir },
    limit,
  });
  /** "Which account has the most unused keys?", "top 5 accounts by number of keys". */
  const groupQuestion: Parser<Plan> = rule(() =>
    alt(
      map(
        seq(
          front,
          opt(listing),
          opt(words('top', 'first')),
          opt(wholeNumber),
          dim,
          words(
            'has',
            'have',
            'with',
            'contains',
            'contain',
            'holds',
            'hold',
            'owns',
            'own',
            'that have',
            'that has',
            'having',
          ),
          most,
          described,
          opt(after),
        ),
        ([place, , , n, d, , dir, np, a]) =>
          grouped(allOf(place, np.filter, a ?? everything), d, count, dir, n ?? 'ties'),
      ),
      map(
        seq(words('where are', 'where do we have'), most, described, opt(after)),
        ([, dir, np, a]) =>
          grouped(allOf(np.filter, a ?? everything), { column: 'account_id' }, count, dir, 'ties'),
      ),
      map(
        seq(
          front,
          opt(listing),
          words('top', 'first'),
          wholeNumber,
          dim,
          words(
            'by number of',
            'by count of',
            'by',
            'for',
            'with',
            'ranked by number of',
            'by most',
            'with most',
            'by total',
            'ordered by number of',
          ),
          described,
          opt(after),
          opt(words('count')),
        ),
        ([place, , , n, d, , np, a]) =>
          grouped(allOf(place, np.filter, a ?? everything), d, count, 'desc', n),
      ),
      map(
        seq(
          front,
          opt(listing),
          words('top', 'first'),
          wholeNumber,
          dim,
          words('by', 'ranked by', 'ordered by', 'in terms of', 'with the highest', 'with highest'),
          aggregate,
          opt(map(seq(words('of', 'for'), described, opt(after)), ([, np, f]) => [np.filter, f])),
        ),
        ([place, , , n, d, , m, of]) =>
          grouped(allOf(place, ...(of ?? []).map((f) => f ?? everything)), d, m, 'desc', n),
      ),
      map(
        seq(
          front,
          words('which', 'what'),
          dim,
          words('has', 'have'),
          words('the highest', 'highest', 'lowest', 'largest', 'biggest', 'greatest', 'smallest'),
          aggregate,
          opt(seq(words('of', 'for'), nounPhrase)),
        ),
        ([place, , d, , sup, m, of]) =>
          grouped(
            allOf(place, of?.[1].filter ?? everything),
            d,
            m,
            /low|small/.test(sup) ? 'asc' : 'desc',
            'ties',
          ),
      ),
      expand(
        seq(
          front,
          words('which', 'what'),
          dim,
          words('costs', 'cost', 'spends', 'spend'),
          words(
            'us the most',
            'the most',
            'most',
            'the least',
            'least',
            'most on kms',
            'most for keys',
            'most on keys',
          ),
        ),
        ([place, , d, , sup]) => [
          grouped(
            place,
            d,
            { kind: 'sum', column: 'monthly_cost_usd' },
            sup.includes('least') ? 'asc' : 'desc',
            'ties',
          ),
        ],
      ),
      map(
        seq(
          front,
          opt(listing),
          opt(words('top')),
          opt(wholeNumber),
          words('most expensive', 'costliest', 'least expensive', 'cheapest'),
          opt(wholeNumber),
          dim,
        ),
        ([place, , , n, sup, m, d]) =>
          grouped(
            place,
            d,
            { kind: 'sum', column: 'monthly_cost_usd' },
            /least|cheap/.test(sup) ? 'asc' : 'desc',
            n ?? m ?? 'ties',
          ),
      ),
      // "Regions with more than 100 keys"; accounts have a rule of their own.
      expand(
        seq(
          front,
          opt(listing),
          dim,
          words('have', 'has', 'with', 'contain', 'contains', 'that have'),
          compared,
          described,
          opt(after),
        ),
        ([place, , d, , c, np, a]): readonly Plan[] =>
          'column' in d && d.column === 'account_id'
            ? []
            : [
                {
                  ...listOf('keys', allOf(place, np.filter, a ?? everything)),
                  measure: count,
                  groupBy: [d],
                  having: { op: c.op as Comparison, value: c.value },
                  orderBy: { by: 'value', direction: 'desc' },
                  limit: null,
                },
              ],
      ),
      expand(
        seq(
          listing,
          opt(quantifier),
          dim,
          alt(
            existing,
            words(
              'are in use',
              'are used',
              'do we have keys in',
              'do we use',
              'have keys',
              'are there keys in',
              'are used by keys',
              'contain keys',
            ),
          ),
        ),
        ([, , d]): readonly Plan[] =>
          'column' in d && d.column === 'account_id'
            ? []
            : [{ ...listOf('keys'), measure: count, groupBy: [d] }],
      ),
      expand(
        seq(words('list', 'show', 'show me', 'list all', 'show all', 'what are', 'which are'), dim),
        ([, d]): readonly Plan[] =>
          'column' in d && d.column === 'region'
            ? [{ ...listOf('keys'), measure: count, groupBy: [d] }]
            : [],
      ),
      // "Which regions are used", "which regions have disabled keys": the groups and their counts.
      expand(
        seq(
          front,
          listing,
          dim,
          words('have', 'has', 'contain', 'contains', 'with', 'do we have', 'hold'),
          described,
          opt(after),
        ),
        ([place, , d, , np, a]): readonly Plan[] =>
          'column' in d && d.column === 'account_id'
            ? []
            : [
                {
                  ...listOf('keys', allOf(place, np.filter, a ?? everything)),
                  measure: count,
                  groupBy: [d],
                },
              ],
      ),
      map(
        seq(
          opt(words('show', 'show me', 'give me', 'what is')),
          words(
            'distribution of',
            'breakdown of',
            'the distribution of',
            'distribution',
            'spread of',
          ),
          nounPhrase,
          rest,
        ),
        ([, , np, r]): Plan => ({
          ...listOf('keys', allOf(np.filter, r.filter)),
          measure: count,
          groupBy: [...r.groupBy],
        }),
      ),
    ),
  );

  /** One particular key: what it is, or some of its columns. */
  const about: Parser<Plan> = rule(() =>
    alt(
      map(
        seq(
          opt(listing),
          opt(
            words(
              'details of',
              'details for',
              'details about',
              'everything about',
              'information about',
              'info on',
              'about',
            ),
          ),
          particular,
        ),
        ([, , filter]) => list(filter, []),
      ),
      map(
        seq(
          words('what is', 'what are', 'show', 'show me', 'when is', 'give me', 'tell me', 'which'),
          column,
          many(
            map(seq(words('and', ','), column), ([, c]) => c),
            0,
            4,
          ),
          words('of', 'for', 'does', 'on', 'has'),
          particular,
          opt(words('have', 'use')),
        ),
        ([, first, more, , filter]) => list(filter, [first, ...more]),
      ),
      map(
        seq(
          words('when was', 'when were', 'when is', 'when will'),
          particular,
          alt(
            map(words('created', 'made'), () => 'created_at'),
            map(
              words('last used', 'used last', 'most recently used', 'used last time'),
              () => 'last_used_at',
            ),
            map(words('be deleted', 'deleted', 'going to be deleted'), () => 'deletion_at'),
            map(words('expire', 'expiring', 'going to expire'), () => 'material_expires_at'),
            map(
              words(
                'be rotated next',
                'rotate next',
                'rotated next',
                'be rotated',
                'due for rotation',
              ),
              () => 'next_rotation_at',
            ),
          ),
        ),
        ([, filter, c]) =>
          list(
            filter,
            c === 'last_used_at' ? ['last_used_at', 'last_used_operation', 'usage_status'] : [c],
          ),
      ),
      map(seq(words('how old is', 'how old are', 'what is age of'), particular), ([, filter]) =>
        list(filter, ['created_at']),
      ),
      map(
        seq(
          words('how much does', 'how much do', 'what does'),
          particular,
          words('cost'),
          opt(words('per month', 'a month')),
        ),
        ([, filter]) => list(filter, ['monthly_cost_usd']),
      ),
      map(
        seq(
          words(
            'in which account is',
            'where is',
            'which account owns',
            'who owns',
            'in which region is',
            'which account has',
            'which account is',
          ),
          particular,
          opt(words('in')),
        ),
        ([, filter]) => list(filter, ['ou_path']),
      ),
      map(
        seq(words('what tags does', 'which tags does'), particular, words('have')),
        ([, filter]) => list(filter, ['tags']),
      ),
    ),
  );

  /** "Is rotation enabled for alias/orders?": the key with the column that says so. */
  const whether: Parser<Plan> = map(
    seq(
      words('is', 'has', 'does'),
      alt(
        map(
          seq(
            column,
            opt(words('enabled', 'on', 'disabled', 'off', 'set', 'turned on')),
            words('for', 'of', 'on'),
            particular,
          ),
          ([c, , , f]) => ({ c, f }),
        ),
        map(
          seq(particular, opt(words('have')), column, opt(words('enabled', 'on'))),
          ([f, , c]) => ({ c, f }),
        ),
      ),
    ),
    ([, { c, f }]) => list(f, [c]),
  );
  /** "Is alias/orders public?": the key, where it certainly is. */
  const isSuch: Parser<Plan> = map(
    seq(
      words('is', 'are', 'was', 'were', 'does', 'do', 'has', 'have'),
      particular,
      conditions.single,
    ),
    ([, key, such]) => list(allOf(key, such.filter), []),
  );
  /** The value itself says more than whether there is one. */
  const yesOrNo: Parser<Plan> = (chart, at) => {
    const shown = whether(chart, at);
    return shown.some(({ end }) => end === chart.tokens.length) ? shown : isSuch(chart, at);
  };
  /** "How many keys were created per year?" */
  const overTime: Parser<Plan> = map(
    seq(
      counting,
      nounPhrase,
      opt(after),
      words(
        'were created',
        'created',
        'did we create',
        'do we create',
        'are created',
        'have been created',
      ),
      words('per', 'each', 'by', 'in each', 'every'),
      words('year', 'month'),
      opt(time.range),
    ),
    ([, np, a, , , unit, range]): Plan => ({
      ...listOf(
        'keys',
        allOf(
          np.filter,
          a ?? everything,
          range ? { is: 'time', column: 'created_at', ...range } : everything,
        ),
      ),
      measure: count,
      groupBy: [{ column: 'created_at', by: unit }],
    }),
  );
  const question = rule(() =>
    alt(
      listQuestion,
      oldestWithout,
      which,
      countQuestion,
      countWord,
      measureQuestion,
      saving,
      share,
      groupQuestion,
      plainShare,
      yesOrNo,
      overTime,
      about,
    ),
  );
  const keys = rule(() =>
    expand(seq(nounPhrase, opt(after)), ([np, a]) =>
      np.order || mayBeWho(np.filter, a !== null && isEverything(a))
        ? []
        : [allOf(np.filter, a ?? everything)],
    ),
  );
  const elliptical = map(seq(after, polite), ([filter]) => list(filter, []));
  const measured = map(seq(aggregate, words('of')), ([measure]) => measure);
  return { question, elliptical, keys, grouping: group, ordering, measured };
}

const count: Measure = { kind: 'count', keys: true };
const nothing: Rest = {
  filter: everything,
  groupBy: [],
  order: null,
  limit: null,
  show: [],
  anywhere: false,
};
const detailColumns = [
  'key_arn',
  'key_manager',
  'key_state',
  'key_spec',
  'key_usage',
  'rotation_enabled',
  'created_at',
  'last_used_at',
  'usage_status',
  'concern_codes',
  'tags',
];

/** A list of keys; of particular keys with nothing else asked for, what is worth knowing of them. */
function list(filter: Filter, show: readonly string[]): Plan {
  const particular = 'is' in filter && filter.is === 'key';
  const columns = particular && show.length === 0 ? detailColumns : show;
  return { ...listOf('keys', filter), measure: { kind: 'list', show: [...columns] } };
}

/** "Cross-account keys in the organization": whether keys or principals are in it is not clear. */
const mayBeWho = (filter: Filter, anywhere: boolean) =>
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

/** A noun for keys; "CMK" brings along that customer managed keys are meant. */
export function nounOfKeys({
  lexicon,
}: GrammarContext): Parser<{ filter: Filter; singular: boolean }> {
  // "AWS KMS keys" are KMS keys, not AWS managed ones.
  const named = alt(
    lexicon.nouns.parser,
    map(words('aws kms key', 'aws kms keys'), () => 'keys' as const),
  );
  return (chart, at) =>
    named(chart, at).flatMap(({ value, end }) => {
      if (value !== 'keys') return [];
      const last = chart.tokens[end - 1];
      const isCmk = last?.base === 'cmk';
      const filter: Filter = isCmk
        ? { is: 'value', column: 'key_manager', values: ['CUSTOMER'] }
        : everything;
      return [{ value: { filter, singular: last?.text === last?.base }, end }];
    });
}
