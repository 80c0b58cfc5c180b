import {
  allOf,
  type Dimension,
  everything,
  type Filter,
  isEverything,
  listOf,
  type Plan,
} from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token, words } from './chart.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyPhrases } from './key-phrases.ts';
import { wholeNumber } from './time.ts';

/** "What percentage of customer managed keys have rotation enabled?" */
export function shareQuestions(phrases: KeyPhrases, conditions: KeyConditions): Parser<Plan> {
  const { nounPhrase, group, front, inPlace } = phrases;
  const { after, predicate } = conditions;
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
    'how many percent of',
    'what part of',
    'how much percent of',
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
  /** "Top 10 accounts by percentage of …": the groups with the highest part. */
  const highest: Parser<Plan> = expand(
    seq(words('top', 'first'), wholeNumber, phrases.dim, words('by'), alt(share, plainShare)),
    ([, limit, by, , plan]): readonly Plan[] =>
      plan.groupBy.length === 0
        ? [{ ...plan, groupBy: [by], orderBy: { by: 'value', direction: 'desc' }, limit }]
        : [],
  );
  return alt(share, plainShare, highest);
}
