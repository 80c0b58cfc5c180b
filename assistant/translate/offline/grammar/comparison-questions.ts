import {
  allOf,
  anyOf,
  type Dimension,
  everything,
  type Filter,
  listOf,
  type Measure,
  type Plan,
} from '../plan/plan.ts';
import type { CalendarSpan } from './calendar.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import { anyValue } from './joining.ts';
import type { KeyPhrases } from './key-phrases.ts';
import { count } from './key-plans.ts';
import { counting, listing } from './openings.ts';
import type { TimeGrammar } from './time.ts';

/** "Compare Frankfurt with Tokyo by cost", "keys in payments-prod versus orders-prod". */
export function comparisonQuestions(
  phrases: KeyPhrases,
  aggregate: Parser<Measure>,
  time: TimeGrammar,
): Parser<Plan> {
  const { nounPhrase, described, onePlace } = phrases;
  const against = words(
    'vs',
    'versus',
    'against',
    'compared to',
    'compared with',
    'in comparison to',
    'in comparison with',
    'relative to',
  );
  const preposition = opt(
    words('in', 'of', 'for', 'from', 'that of', 'those in', 'the one of', 'ones in'),
  );
  /** Two places of one kind, and the column that tells them apart. */
  const pair = (joint: Parser<unknown>): Parser<{ filter: Filter; by: Dimension }> =>
    expand(seq(preposition, onePlace, joint, preposition, onePlace), ([, a, , , b]) => {
      const by = dimensionOf(a);
      const same = by !== null && JSON.stringify(by) === JSON.stringify(dimensionOf(b));
      return same ? [{ filter: anyValue(a, b), by }] : [];
    });
  const two = pair(alt(against, words('with', 'and', 'to', 'and with')));
  const opposed = pair(against);
  const compare = words(
    'compare',
    'comparison of',
    'show comparison of',
    'can you compare',
    'please compare',
    'a comparison of',
    'difference between',
  );
  const measured: Parser<{ filter: Filter; measure: Measure }> = rule(() =>
    alt(
      expand(seq(counting, nounPhrase), ([, np]) =>
        np.order ? [] : [{ filter: np.filter, measure: count }],
      ),
      map(words('key count', 'key counts', 'key numbers', 'number of keys'), () => ({
        filter: everything,
        measure: count,
      })),
      expand(
        seq(aggregate, opt(map(seq(words('of', 'for'), nounPhrase), ([, np]) => np))),
        ([measure, np]) => (np?.order ? [] : [{ filter: np?.filter ?? everything, measure }]),
      ),
      expand(nounPhrase, (np) => (np.order ? [] : [{ filter: np.filter, measure: count }])),
    ),
  );
  const plan = (filter: Filter, by: Dimension, measure: Measure): Plan => ({
    ...listOf('keys', filter),
    measure,
    groupBy: [by],
  });
  const created = words('created', 'made', 'added', 'that were created', 'were created');
  const inSpan = map(seq(opt(words('in', 'during', 'in the year')), time.span), ([, s]) => s);
  /** "Keys created in 2023 versus 2024": how many in each. */
  const calendar = (lead: Parser<unknown>, joint: Parser<unknown>): Parser<Plan> =>
    expand(seq(lead, described, created, inSpan, joint, inSpan), ([, np, , a, , b]) => {
      const by = unitOf(a);
      if (by === null || by !== unitOf(b)) return [];
      const within = (s: CalendarSpan): Filter => ({
        is: 'time',
        column: 'created_at',
        from: s.from,
        to: s.to,
      });
      const filter = allOf(np.filter, anyOf(within(a), within(b)));
      return [plan(filter, { column: 'created_at', by }, count)];
    });
  const andAlso = words('and', 'with', 'to', 'and in', 'and with', 'and those created');
  return rule(() =>
    alt(
      calendar(compare, alt(against, andAlso)),
      calendar(opt(alt(listing, counting)), against),
      map(seq(compare, measured, two), ([, m, p]) =>
        plan(allOf(m.filter, p.filter), p.by, m.measure),
      ),
      map(
        seq(
          compare,
          two,
          words('by', 'in terms of', 'on', 'regarding', 'with respect to', 'in'),
          measured,
        ),
        ([, p, , m]) => plan(allOf(m.filter, p.filter), p.by, m.measure),
      ),
      map(seq(opt(alt(listing, counting)), measured, opposed), ([, m, p]) =>
        plan(allOf(m.filter, p.filter), p.by, m.measure),
      ),
    ),
  );
}

/** Whether a span is a whole year or month, as groups are made of; null for any other. */
function unitOf({ from, to }: CalendarSpan): 'year' | 'month' | null {
  if (!('at' in from) || !('at' in to)) return null;
  const [begin, end] = [new Date(from.at), new Date(to.at)];
  const first = (d: Date) => d.getUTCDate() === 1 && d.getTime() % 86_400_000 === 0;
  const months =
    (end.getUTCFullYear() - begin.getUTCFullYear()) * 12 + end.getUTCMonth() - begin.getUTCMonth();
  if (!first(begin) || !first(end)) return null;
  if (months === 12 && begin.getUTCMonth() === 0) return 'year';
  return months === 1 ? 'month' : null;
}

/** What tells two places of a kind apart; null for places that can hold one another. */
function dimensionOf(place: Filter): Dimension | null {
  if (!('is' in place)) return null;
  if (place.is === 'value' && place.values.length === 1) return { column: place.column };
  return place.is === 'tag' && place.value !== null ? { tag: place.key } : null;
}
