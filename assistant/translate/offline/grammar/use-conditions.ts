import { type Period, resolveMoment } from '../plan/moment.ts';
import { type Filter, noneOf } from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import { comparison } from './numbers.ts';
import { period, type TimeGrammar, wholeNumber } from './time.ts';

const unusedFor = (ago: Period, longer: boolean): Filter => ({
  is: 'unused',
  since: { ago },
  longer,
});
export const usageStatus = (value: string): Filter => ({
  is: 'value',
  column: 'usage_status',
  values: [value],
});

/** Without a length of time "unused" may mean any of these; which, only the asker knows. */
export const vaguelyUnused: readonly Filter[] = [
  unusedFor({ count: 90, unit: 'day' }, false),
  usageStatus('NEVER_USED'),
  usageStatus('NO_RECORD'),
];

/** "Recently used", "still in use": how lately is not said. */
export const vaguelyUsed: readonly Filter[] = [
  { is: 'used', from: { ago: { count: 30, unit: 'day' } } },
  { is: 'used', from: { ago: { count: 90, unit: 'day' } } },
  usageStatus('USED'),
];

/** What is known of the use of a key: "unused for 90 days", "never used", "used since March". */
export interface UseConditions {
  readonly unused: Parser<Filter>;
  readonly used: Parser<Filter>;
  /** After "not used": "for 90 days", "in over a year". */
  readonly lasting: Parser<Filter>;
}

export function usageConditions(time: TimeGrammar, asOf: Date): UseConditions {
  const periodOf = map(
    seq(
      opt(words('for', 'in', 'over', 'within', 'during')),
      opt(words('last', 'past', 'previous')),
      period,
    ),
    ([, , p]) => p,
  );
  const longPeriod: Parser<{ period: Period; longer: boolean }> = alt(
    map(periodOf, (p) => ({ period: p, longer: false })),
    map(seq(opt(words('for')), comparison, period), ([, op, p]) => ({
      period: p,
      longer: op === 'more than',
      op,
    })),
    map(
      seq(
        opt(words('for', 'since', 'in')),
        period,
        words('or more', 'or longer', 'and more', 'and longer', 'plus'),
      ),
      ([, p]) => ({ period: p, longer: false }),
    ),
  );
  const inOver = map(seq(words('in'), comparison, period), ([, op, p]) => ({
    period: p,
    longer: op === 'more than',
    op,
  }));
  const lasting: Parser<Filter> = rule(() =>
    alt(
      expand(alt(longPeriod, inOver), (p): readonly Filter[] => {
        const op = 'op' in p ? p.op : 'at least';
        if (op === 'less than') return [noneOf(unusedFor(p.period, false))];
        if (op === 'at most') return [noneOf(unusedFor(p.period, true))];
        return op === 'exactly' ? [] : [unusedFor(p.period, p.longer)];
      }),
      map(
        seq(
          opt(words('for')),
          words('between'),
          alt(wholeNumber, period),
          words('and', 'to'),
          period,
        ),
        ([, , least, , most]): Filter => ({
          and: [
            unusedFor(typeof least === 'number' ? { ...most, count: least } : least, false),
            noneOf(unusedFor(most, true)),
          ],
        }),
      ),
    ),
  );
  const sinceFilter = (bareVerb: Parser<unknown>): Parser<Filter> =>
    map(seq(bareVerb, time.since), ([, since]): Filter => ({ is: 'unused', since, longer: false }));
  const unusedWords = alt(
    words(
      'unused',
      'idle',
      'dormant',
      'untouched',
      'inactive',
      'not used',
      'not in use',
      'not been used',
      'never used',
      'no longer used',
      'never been used',
      'not been in use',
      'unused now',
      'not used at all',
      'not touched',
      'not accessed',
    ),
    words(
      'not have been used',
      'not been touched',
      'nobody used',
      'nobody has used',
      'no one used',
      'no one has used',
      'not see any use',
      'not seen any use',
      'not seen use',
      'nobody touched',
      'no one touched',
      'nobody has touched',
      'seen no use',
      'have seen no use',
      'has seen no use',
      'saw no use',
      'have had no use',
      'had no use',
      'seen no usage',
      'without use',
      'without any use',
      'with no use',
      'with no usage',
      'without usage',
      'no use',
      'no usage',
    ),
  );
  const unused: Parser<Filter> = rule(() =>
    alt(
      map(seq(unusedWords, lasting), ([, f]) => f),
      sinceFilter(unusedWords),
      // "Idle since half a year": a length of time, counted back.
      map(seq(unusedWords, words('since'), period), ([, , p]) => unusedFor(p, false)),
      map(
        seq(
          words('not used', 'unused', 'not been used', 'idle', 'inactive'),
          words('since before'),
          time.span,
        ),
        ([, , s]): Filter => ({
          is: 'unused',
          since: s.from,
          longer: true,
        }),
      ),
      expand(
        words(
          'unused',
          'idle',
          'dormant',
          'inactive',
          'not used',
          'not in use',
          'not been used',
          'not have been used',
          'not being used',
        ),
        () => vaguelyUnused,
      ),
      map(
        words(
          'never used',
          'never been used',
          'not ever used',
          'never ever used',
          'not ever been used',
          'used never',
          'not once used',
          'have never been used',
          'has never been used',
          'had never been used',
          'no use ever',
          'no usage ever',
          'without any use ever',
          'never in use',
        ),
        () => usageStatus('NEVER_USED'),
      ),
      // "90-day unused keys"
      map(seq(period, words('unused', 'idle')), ([p]) => unusedFor(p, false)),
    ),
  );
  const used: Parser<Filter> = rule(() =>
    alt(
      map(
        seq(
          words(
            'used',
            'in use',
            'been used',
            'active',
            'last used',
            'most recently used',
            'accessed',
          ),
          time.since,
        ),
        ([, from]): Filter => ({ is: 'used', from }),
      ),
      // "Used yesterday": only the last use is known, so it must fall in that time.
      expand(
        seq(words('used', 'been used', 'accessed', 'in use'), time.range),
        ([, { from, to }]): readonly Filter[] =>
          // A time that lasts until now needs no end.
          from && to && resolveMoment(to, asOf) <= asOf ? [{ is: 'used', from, to }] : [],
      ),
      // "Used before October": then for the last time, or then as well.
      expand(
        seq(words('used', 'been used', 'accessed'), time.range),
        ([, { from, to }]): readonly Filter[] =>
          from === null && to !== null
            ? [
                { is: 'time', column: 'last_used_at', from: null, to },
                { is: 'event', test: { category: 'CRYPTO', to } },
              ]
            : [],
      ),
      expand(
        words(
          'recently used',
          'used recently',
          'been used recently',
          'recently been used',
          'lately used',
          'used lately',
          'recently active',
        ),
        () => vaguelyUsed,
      ),
      map(
        seq(words('used last', 'used most recently'), time.range),
        ([, { from, to }]): Filter => ({ is: 'time', column: 'last_used_at', from, to }),
      ),
      map(
        words(
          'used',
          'ever used',
          'been used',
          'ever been used',
          'used at least once',
          'used before',
          'used at all',
          'in use',
          'being used',
          'in active use',
        ),
        () => usageStatus('USED'),
      ),
    ),
  );
  return { unused, used, lasting };
}
