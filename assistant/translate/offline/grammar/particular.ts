import type { Filter } from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, startsAt, token, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { anyValue, enumeration } from './joining.ts';
import { aliasFilter, valueFilter } from './places.ts';

/** Particular keys, by alias, id or ARN. */
export interface Particular {
  readonly aliasName: Parser<Filter>;
  readonly aliasToken: Parser<string>;
  readonly particular: Parser<Filter>;
}

export function particularKeys({ values }: GrammarContext): Particular {
  const aliasToken = token((t) => (t.kind === 'alias' ? t.text : undefined));
  const aliasName: Parser<Filter> = rule(() =>
    alt(
      expand(seq(opt(words('alias', 'aliases')), aliasToken), ([, alias]) =>
        aliasFilter(values, alias),
      ),
      map(
        seq(
          words('alias', 'aliases', 'name'),
          opt(words('of', 'named', 'called')),
          values.named(['alias']),
        ),
        ([, , v]) => valueFilter(v),
      ),
    ),
  );
  const particular: Parser<Filter> = rule(() => {
    const id = alt(
      token((t): Filter | undefined =>
        t.kind === 'key_id' ? { is: 'key', by: 'key_id', values: [t.text] } : undefined,
      ),
      token((t): Filter | undefined =>
        t.kind === 'key_arn' ? { is: 'key', by: 'key_arn', values: [t.text] } : undefined,
      ),
    );
    // A name joined by hyphens that only an alias has: "payments-prod-db".
    const bareName: Parser<Filter> = (chart, at) =>
      values
        .named(['alias'], false)(chart, at)
        .filter(({ end }) => {
          const [start = at] = startsAt(chart, at).slice(-1);
          const joined =
            end - start > 1 && chart.tokens.slice(start + 1, end).every((t) => t.glued);
          const name = chart.tokens
            .slice(start, end)
            .map((t) => t.text)
            .join(' ');
          const elsewhere = (['account', 'region', 'ou', 'principal', 'tag'] as const).some(
            (kind) => values.exactly(kind, name).length > 0,
          );
          return joined && !elsewhere;
        })
        .map(({ value, end }) => ({ value: valueFilter(value), end }));
    const one = alt(id, aliasName, bareName);
    const named = alt(
      map(
        seq(
          words('key', 'key id', 'key arn', 'arn', 'keys', 'kms key', 'cmk', 'keyid'),
          opt(words('with', 'with id', 'id', 'named', 'called', 'with alias')),
          one,
        ),
        ([, , f]) => f,
      ),
      map(
        seq(
          words('key', 'kms key', 'keys'),
          opt(words('named', 'called')),
          values.named(['alias']),
        ),
        ([, , v]) => valueFilter(v),
      ),
      map(seq(values.named(['alias'], false), words('key')), ([v]) => valueFilter(v)),
      map(seq(one, words('key')), ([f]) => f),
      one,
    );
    return map(enumeration(named), ({ items }) => items.reduce(anyValue));
  });
  return { aliasName, aliasToken, particular };
}
