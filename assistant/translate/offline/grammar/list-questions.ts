import { allOf, everything, listOf, type Plan } from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import type { KeyConditions } from './key-conditions.ts';
import { type KeyPhrases, mayBeWho } from './key-phrases.ts';
import { count, list } from './key-plans.ts';
import { listing, superlative } from './openings.ts';
import { wholeNumber } from './time.ts';

/** "List the disabled keys in Tokyo", "the 10 oldest keys", "which key is the oldest?" */
export function listQuestions(phrases: KeyPhrases, conditions: KeyConditions): Parser<Plan> {
  const { noun, nounPhrase, beforeNoun, orderColumn, rest, front } = phrases;
  const { after } = conditions;
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
  return alt(listQuestion, oldestWithout, which);
}
