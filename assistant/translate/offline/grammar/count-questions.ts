import { allOf, everything, listOf, type Plan } from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import { calendarUnitIn } from './dimensions.ts';
import type { KeyConditions } from './key-conditions.ts';
import { type KeyPhrases, mayBeWho } from './key-phrases.ts';
import { count } from './key-plans.ts';
import { counting } from './openings.ts';
import type { TimeGrammar } from './time.ts';

/** "How many keys are disabled?", "keys created per year". */
export function countQuestions(
  phrases: KeyPhrases,
  conditions: KeyConditions,
  time: TimeGrammar,
): Parser<Plan> {
  const { nounPhrase, rest, front } = phrases;
  const { after } = conditions;
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
      words('count', 'counts', 'total', 'totals', 'numbers'),
      rest,
    ),
    ([, np, , r]): Plan => ({
      ...listOf('keys', allOf(np.filter, r.filter)),
      measure: count,
      groupBy: [...r.groupBy],
    }),
  );
  /** "How many keys were created per year?" */
  const overTime: Parser<Plan> = map(
    seq(
      opt(counting),
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
      words('year', 'quarter', 'month'),
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
      groupBy: [{ column: 'created_at', by: calendarUnitIn(unit) }],
    }),
  );
  /** "Monthly number of keys created in 2025". */
  const regular: Parser<Plan> = map(
    seq(
      alt(
        map(words('monthly', 'month by month'), () => 'month' as const),
        map(words('quarterly', 'quarter by quarter'), () => 'quarter' as const),
        map(words('yearly', 'annual', 'year by year'), () => 'year' as const),
      ),
      alt(
        map(seq(counting, nounPhrase, opt(after)), ([, np, a]) =>
          allOf(np.filter, a ?? everything),
        ),
        map(
          words(
            'key creation',
            'key creations',
            'creation of keys',
            'key creation numbers',
            'key creation counts',
          ),
          () => everything,
        ),
      ),
    ),
    ([unit, filter]): Plan => ({
      ...listOf('keys', filter),
      measure: count,
      groupBy: [{ column: 'created_at', by: unit }],
    }),
  );
  return alt(countQuestion, countWord, overTime, regular);
}
