import type { Comparison } from '../plan/plan.ts';
import { alt, map, opt, type Parser, rule, seq, words } from './chart.ts';
import { number } from './time.ts';

const signs: readonly (readonly [Comparison, Parser<string>])[] = [
  [
    'more than',
    words(
      'more than',
      'over',
      'greater than',
      'above',
      'exceeding',
      'higher than',
      'longer than',
      'larger than',
      'in excess of',
    ),
  ],
  [
    'at least',
    words(
      'at least',
      'no less than',
      'no fewer than',
      'not less than',
      'a minimum of',
      'minimum',
      'minimum of',
    ),
  ],
  [
    'less than',
    words(
      'less than',
      'fewer than',
      'under',
      'below',
      'lower than',
      'shorter than',
      'smaller than',
    ),
  ],
  [
    'at most',
    words(
      'at most',
      'no more than',
      'not more than',
      'up to',
      'a maximum of',
      'maximum',
      'maximum of',
    ),
  ],
  ['exactly', words('exactly', 'equal to', 'equals', 'of exactly', 'precisely')],
];

export interface Compared {
  readonly op: Comparison;
  readonly value: number;
}

/** "more than", "at least". */
export const comparison: Parser<Comparison> = alt(...signs.map(([op, p]) => map(p, () => op)));

/** A number compared: "more than 10", "10 or more", "exactly 3". */
export const compared: Parser<Compared> = rule(() =>
  alt(
    map(seq(comparison, number), ([op, value]): Compared => ({ op, value })),
    map(
      seq(number, words('or more', 'or greater', 'or above', 'or higher')),
      ([value]): Compared => ({ op: 'at least', value }),
    ),
    map(
      seq(number, words('or less', 'or fewer', 'or below', 'or lower')),
      ([value]): Compared => ({ op: 'at most', value }),
    ),
  ),
);

/** A number compared, or two that bound it: "between 1 and 3". */
export const bounded: Parser<readonly Compared[]> = rule(() =>
  alt(
    map(compared, (bound) => [bound]),
    map(
      seq(words('between', 'from'), number, words('and', 'to'), number),
      ([, low, , high]): readonly Compared[] => [
        { op: 'at least', value: low },
        { op: 'at most', value: high },
      ],
    ),
  ),
);

/** A word for the unit of money, and the month it is paid for. */
export const dollars = opt(
  alt(
    words('dollars', 'dollar', 'usd', 'us dollars', 'bucks'),
    words(
      'dollars per month',
      'dollars a month',
      'dollar per month',
      'dollar a month',
      'usd per month',
      'per month',
      'a month',
      'dollars monthly',
    ),
  ),
);

/** What says that the number before is one of dollars: a word, or the sign it was written with. */
export const inDollars: Parser<true> = alt(
  map(words('dollars', 'dollar', 'usd', 'us dollars', 'bucks'), () => true as const),
  (chart, at) =>
    chart.tokens[at - 1]?.raw.startsWith('$') ? [{ value: true as const, end: at }] : [],
);
export const monthly = words('per month', 'a month', 'monthly', 'each month', 'every month');
