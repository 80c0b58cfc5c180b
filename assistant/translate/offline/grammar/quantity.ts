import { type Filter, factsOf } from '../plan/plan.ts';
import { type Parser, startsAt } from './chart.ts';

const quantities = /^(all|every|each|only|just|most|some|individual|different)$/;

/**
 * Keys as something else has them: an account, a principal. "Accounts with all keys disabled", "with
 * keys in every Region" or "with keys in Tokyo and Paris" say more than that there is such a key, so
 * they are no such noun phrase.
 */
export function withoutQuantity(keys: Parser<Filter>): Parser<Filter> {
  return (chart, at) => {
    if (startsAt(chart, at).some((s) => quantities.test(chart.tokens[s]?.text ?? ''))) return [];
    return keys(chart, at).filter(({ value, end }) => {
      const within = chart.tokens.slice(at, end);
      const everywhere = within.some(
        (t, i) =>
          /^(all|every|each|any)$/.test(t.text) &&
          /^(account|region)$/.test(within[i + 1]?.base ?? ''),
      );
      const together =
        within.some((t) => t.text === 'and') &&
        factsOf(value).some(
          (f) => f.is === 'value' && f.column === 'region' && f.values.length > 1,
        );
      return !everywhere && !together;
    });
  };
}
