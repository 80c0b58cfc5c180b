import {
  allOf,
  anyOf,
  type Dimension,
  everything,
  isEverything,
  listOf,
  type Plan,
} from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import type { KeyConditions } from './key-conditions.ts';
import { type KeyPhrases, mayBeWho } from './key-phrases.ts';
import { count, list } from './key-plans.ts';
import { comma, listing, superlative } from './openings.ts';
import { wholeNumber } from './time.ts';
import { usageStatus } from './use-conditions.ts';

/** Where keys are, within which there may be an oldest one. */
export const isWhere = (d: Dimension) =>
  'column' in d && !('by' in d) && ['account_id', 'region', 'ou_path'].includes(d.column);

const usedAtAll = JSON.stringify(usageStatus('USED'));
const lastUsed = { by: 'last_used_at', direction: 'desc' } as const;

/** "List the disabled keys in Tokyo", "the 10 oldest keys", "which key is the oldest?" */
export function listQuestions(phrases: KeyPhrases, conditions: KeyConditions): Parser<Plan> {
  const { noun, nounPhrase, beforeNoun, orderColumn, rest, front } = phrases;
  const { after } = conditions;
  const beforeNounOrNot = opt(beforeNoun);
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
          const first = np.order && limit === null && r.groupBy.every(isWhere);
          if (first && np.order) {
            return [
              {
                ...list(filter, r.show),
                groupBy: [...r.groupBy],
                orderBy: np.order,
                limit: 'ties',
              },
            ];
          }
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
  /** "The ten keys that were created first": the number stands apart from the order. */
  const numbered: Parser<Plan> = expand(
    seq(opt(listing), opt(words('last', 'first', 'latest')), wholeNumber, nounPhrase, rest),
    ([, ends, limit, np, r]): readonly Plan[] => {
      if (np.order || np.limit !== null || r.limit !== null || r.groupBy.length > 0) return [];
      const used = JSON.stringify(r.filter) === usedAtAll && ends === 'last';
      const order = used ? lastUsed : ends === null ? r.order : null;
      if (!order || order.by === 'value') return [];
      const filter = used ? np.filter : allOf(np.filter, r.filter);
      return [{ ...list(filter, r.show), orderBy: order, limit }];
    },
  );
  /** "Latest 5 keys created". */
  const latest: Parser<Plan> = map(
    seq(opt(listing), words('latest', 'newest', 'last'), wholeNumber, nounPhrase, words('created')),
    ([, , limit, np]): Plan => ({
      ...list(np.filter, []),
      orderBy: { by: 'created_at', direction: 'desc' },
      limit,
    }),
  );
  /** "Oldest customer managed keys first". */
  const ordered: Parser<Plan> = map(
    seq(opt(listing), superlative, beforeNounOrNot, noun, opt(after), words('first')),
    ([, order, b, n, a]): Plan => ({
      ...list(allOf(b ?? everything, n.filter, a ?? everything), []),
      orderBy: order,
    }),
  );
  /** "Disabled keys and keys pending deletion": either. */
  const union: Parser<Plan> = expand(
    seq(
      opt(listing),
      nounPhrase,
      opt(after),
      words('and', 'and also', 'as well as', 'plus'),
      nounPhrase,
      opt(after),
    ),
    ([, a, x, , b, y]): readonly Plan[] => {
      const [one, other] = [allOf(a.filter, x ?? everything), allOf(b.filter, y ?? everything)];
      return a.order || b.order || isEverything(one) || isEverything(other)
        ? []
        : [list(anyOf(one, other), [])];
    },
  );
  const listed = alt(ordered, union, listQuestion, oldestWithout, which, numbered, latest);
  /** "Of the keys unused for 90 days, the five oldest". */
  const outOf: Parser<Plan> = expand(
    seq(
      words('of', 'among', 'from'),
      nounPhrase,
      rest,
      comma,
      opt(listing),
      opt(wholeNumber),
      superlative,
      opt(wholeNumber),
      opt(words('ones', 'keys', 'key', 'one')),
    ),
    ([, np, r, , , n, order, m]): readonly Plan[] =>
      np.order || r.order || r.groupBy.length > 0
        ? []
        : [
            {
              ...list(allOf(np.filter, r.filter), r.show),
              orderBy: order,
              limit: n ?? m ?? 'ties',
            },
          ],
  );
  /** "Keys older than a year, how many?": asked for at the end. */
  const countedAfter: Parser<Plan> = expand(
    seq(
      listQuestion,
      comma,
      words(
        'count',
        'count only',
        'how many',
        'how many are there',
        'how many is that',
        'just the count',
        'only the count',
        'just count',
        'number only',
        'in numbers',
        'just the number',
        'how many are they',
      ),
    ),
    ([plan]): readonly Plan[] =>
      plan.limit !== null || plan.groupBy.length > 0 || plan.measure.kind !== 'list'
        ? []
        : [{ ...listOf('keys', plan.filter), measure: count }],
  );
  const listedAfter: Parser<Plan> = expand(
    seq(
      listQuestion,
      comma,
      words(
        'list them',
        'list',
        'which',
        'which ones',
        'show them',
        'list only',
        'name them',
        'count not needed',
      ),
    ),
    ([plan]): readonly Plan[] => (plan.measure.kind === 'list' ? [plan] : []),
  );
  return alt(listed, outOf, countedAfter, listedAfter);
}
