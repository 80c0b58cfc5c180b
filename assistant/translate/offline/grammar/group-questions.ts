import {
  allOf,
  type Comparison,
  type Dimension,
  everything,
  type Filter,
  listOf,
  type Measure,
  type Plan,
} from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyPhrases } from './key-phrases.ts';
import { count } from './key-plans.ts';
import { compared, dollars } from './numbers.ts';
import { comma, existing, listing, quantifier } from './openings.ts';
import { wholeNumber } from './time.ts';

/** "Which account has the most unused keys?", "top 5 accounts by number of keys". */
export function groupQuestions(
  phrases: KeyPhrases,
  conditions: KeyConditions,
  aggregate: Parser<Measure>,
): Parser<Plan> {
  const { nounPhrase, described, dim, rest, front } = phrases;
  const { after } = conditions;
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
  const end: Parser<'desc' | 'asc'> = alt(
    map(words('top', 'first'), () => 'desc' as const),
    map(words('bottom'), () => 'asc' as const),
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
          end,
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
        ([place, , dir, n, d, , np, a]) =>
          grouped(allOf(place, np.filter, a ?? everything), d, count, dir, n),
      ),
      map(
        seq(
          front,
          opt(listing),
          end,
          wholeNumber,
          dim,
          words('by', 'ranked by', 'ordered by', 'in terms of', 'with the highest', 'with highest'),
          aggregate,
          opt(map(seq(words('of', 'for'), described, opt(after)), ([, np, f]) => [np.filter, f])),
        ),
        ([place, , dir, n, d, , m, of]) =>
          grouped(allOf(place, ...(of ?? []).map((f) => f ?? everything)), d, m, dir, n),
      ),
      // "OUs ranked by cost": all of them, in that order.
      map(
        seq(
          front,
          opt(listing),
          opt(quantifier),
          dim,
          words('ranked by', 'ordered by', 'sorted by', 'rank by', 'sort by', 'order by'),
          alt(
            map(aggregate, (measure) => ({ measure, filter: everything })),
            map(
              seq(words('number of', 'count of', 'how many'), described, opt(after)),
              ([, np, a]) => ({ measure: count, filter: allOf(np.filter, a ?? everything) }),
            ),
          ),
        ),
        ([place, , , d, , { measure, filter }]) =>
          grouped(allOf(place, filter), d, measure, 'desc', null),
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

  const counts = (filter: Filter, groupBy: readonly Dimension[]): Plan => ({
    ...listOf('keys', filter),
    measure: count,
    groupBy: [...groupBy],
  });
  const asGroups = words(
    'distribution',
    'breakdown',
    'split',
    'counts',
    'statistics',
    'stats',
    'with counts',
    'with number of keys',
    'with their number of keys',
    'totals',
    'summary',
  );
  const wholeNoun: Parser<Filter> = rule(() =>
    map(seq(described, opt(after)), ([np, a]) => allOf(np.filter, a ?? everything)),
  );
  /** "Key spec distribution", "how are keys distributed over Regions". */
  const distributed: Parser<Plan> = rule(() =>
    alt(
      map(seq(opt(listing), dim, asGroups), ([, d]) => counts(everything, [d])),
      map(seq(opt(listing), dim, asGroups, words('of', 'for'), wholeNoun), ([, d, , , f]) =>
        counts(f, [d]),
      ),
      map(
        seq(
          words('how are'),
          wholeNoun,
          words('distributed', 'spread', 'split', 'divided', 'scattered'),
          words('over', 'across', 'by', 'among', 'between', 'over all', 'across all'),
          dim,
        ),
        ([, f, , , d]) => counts(f, [d]),
      ),
      map(
        seq(
          words('group', 'break', 'split', 'count'),
          wholeNoun,
          opt(words('down')),
          words('by', 'per'),
          dim,
          opt(words('and count them', 'and count', 'and show counts')),
        ),
        ([, f, , , d]) => counts(f, [d]),
      ),
      map(
        seq(
          opt(listing),
          words('matrix of', 'table of', 'crosstab of', 'grid of'),
          dim,
          words('per', 'by', 'and', 'against'),
          dim,
        ),
        ([, , a, , b]) => counts(everything, [b, a]),
      ),
      map(
        seq(
          words('which', 'what'),
          dim,
          opt(words('do we use', 'do we have', 'are used', 'are there', 'exist')),
          words(
            'and how many keys of each',
            'and how many keys each',
            'and how many keys per each',
            'and how many keys use each',
            'and how many of each',
          ),
        ),
        ([, d]) => counts(everything, [d]),
      ),
      expand(
        seq(
          words('which', 'in which', 'list', 'what'),
          dim,
          words('does', 'do', 'has'),
          opt(words('account')),
          phrases.place,
          words('have keys in', 'own keys in', 'use', 'keep keys in', 'have keys'),
        ),
        ([, d, , , place]) => [counts(place, [d])],
      ),
      map(
        seq(
          words('which', 'what'),
          dim,
          words('have', 'has', 'own', 'hold'),
          wholeNoun,
          words(
            'and how many',
            'and how many each',
            'and how many of them',
            'and how many of those',
          ),
        ),
        ([, d, , f]) => counts(f, [d]),
      ),
      expand(
        seq(
          words('in which', 'in what'),
          dim,
          words('do we have', 'are there', 'have we got', 'do we own'),
          opt(words('any')),
          wholeNoun,
        ),
        ([, d, , , f]) => [counts(f, [d])],
      ),
      expand(
        seq(opt(listing), dim, words('with', 'having', 'that have'), wholeNoun),
        ([, d, , f]) =>
          'column' in d && (d.column === 'account_id' || d.column === 'region')
            ? d.column === 'region'
              ? [counts(f, [d])]
              : []
            : [],
      ),
      map(
        seq(
          words('where do we have', 'where are'),
          most,
          wholeNoun,
          opt(comma),
          words('by', 'per'),
          dim,
        ),
        ([, dir, f, , , d]) => grouped(f, d, count, dir, 'ties'),
      ),
    ),
  );
  const highest = alt(
    map(
      words('with highest', 'with largest', 'with biggest', 'having highest'),
      () => 'desc' as const,
    ),
    map(words('with lowest', 'with smallest', 'having lowest'), () => 'asc' as const),
  );
  const ranked: Parser<Plan> = rule(() =>
    alt(
      map(
        seq(opt(listing), opt(words('top')), opt(wholeNumber), dim, highest, aggregate),
        ([, , n, d, dir, m]) => grouped(everything, d, m, dir, n ?? 'ties'),
      ),
      map(
        seq(
          opt(listing),
          dim,
          words(
            'ranked by number of',
            'ordered by number of',
            'sorted by number of',
            'by number of',
            'ranked by',
          ),
          wholeNoun,
        ),
        ([, d, , f]): Plan => ({ ...counts(f, [d]), orderBy: { by: 'value', direction: 'desc' } }),
      ),
      map(
        seq(
          opt(listing),
          dim,
          words(
            'spending',
            'that spend',
            'which spend',
            'paying',
            'costing',
            'that cost',
            'with cost of',
            'with monthly cost of',
            'with a monthly cost of',
            'with costs of',
            'with a bill of',
            'with cost',
            'with monthly cost',
          ),
          compared,
          dollars,
          opt(words('on keys', 'for keys', 'on kms', 'on kms keys', 'for kms')),
        ),
        ([, d, , c]): Plan => ({
          ...listOf('keys'),
          measure: { kind: 'sum', column: 'monthly_cost_usd' },
          groupBy: [d],
          having: { op: c.op, value: c.value },
          orderBy: { by: 'value', direction: 'desc' },
        }),
      ),
    ),
  );
  return alt(groupQuestion, distributed, ranked);
}
