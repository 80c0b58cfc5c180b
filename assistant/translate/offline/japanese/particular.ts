import { alt, expand, many, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { anyValue } from '../grammar/joining.ts';
import { aliasFilter, valueFilter } from '../grammar/places.ts';
import type { Filter } from '../plan/plan.ts';
import { j } from './literals.ts';
import type { Names } from './names.ts';
import { and, or } from './places.ts';

/** Particular keys, by alias, id or ARN. */
export interface Particular {
  readonly aliasName: Parser<Filter>;
  readonly particular: Parser<Filter>;
}

/** Behind a name: ordersというエイリアスのキー. */
const byThatName = j(
  ...['という', 'っていう', 'って'].flatMap((so) =>
    ['', 'エイリアスの', '別名の', '名前の', '名の', 'エイリアス名の'].map((of) => `${so}${of}`),
  ),
);

export function particularKeys({ named, values }: Names): Particular {
  const aliasToken = token((t) => (t.kind === 'alias' ? t.text : undefined));
  const aliasNoun = j('エイリアス', '別名', 'alias');
  const keyNoun = j('キー', '鍵', 'KMSキー', 'キーID', 'キーARN', 'ARN', 'CMK', 'key');
  const called = opt(j('の', 'が', '名', '名が', 'ID', ':'));
  const aliasName: Parser<Filter> = rule(() =>
    alt(
      expand(seq(opt(aliasNoun), called, aliasToken), ([noun, link, alias]) =>
        noun === null && link !== null ? [] : aliasFilter(values, alias),
      ),
      map(seq(aliasNoun, called, named(['alias'])), ([, , v]) => valueFilter(v)),
    ),
  );
  const particular: Parser<Filter> = rule(() => {
    const id = token((t): Filter | undefined => {
      if (t.kind === 'key_id') return { is: 'key', by: 'key_id', values: [t.text] };
      return t.kind === 'key_arn' ? { is: 'key', by: 'key_arn', values: [t.text] } : undefined;
    });
    const one = alt(
      id,
      aliasName,
      map(seq(keyNoun, called, alt(id, aliasName)), ([, , f]) => f),
      map(
        seq(alt(id, aliasName), alt(opt(j('の')), byThatName), j('キー', '鍵', 'KMSキー', 'CMK')),
        ([f]) => f,
      ),
      map(
        seq(j('キー', '鍵', 'キーID', 'キーARN'), j('が', 'は'), alt(id, aliasName)),
        ([, , f]) => f,
      ),
      map(seq(keyNoun, called, named(['alias'])), ([, , v]) => valueFilter(v)),
      map(seq(named(['alias'], false), opt(byThatName), j('キー', '鍵', 'KMSキー')), ([v]) =>
        valueFilter(v),
      ),
    );
    return map(
      seq(
        one,
        many(
          map(seq(alt(and, or), one), ([, f]) => f),
          0,
          10,
        ),
      ),
      ([first, more]) => more.reduce(anyValue, first),
    );
  });
  return { aliasName, particular };
}
