import { anyOf, type Filter, noneOf } from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, seq, words } from './chart.ts';
import { anyValue, enumeration } from './joining.ts';

/** The column that a condition on single values speaks of; null for other conditions. */
export function filterColumn(filter: Filter): string | null {
  if (!('is' in filter)) return null;
  if (filter.is === 'value') return filter.column;
  return filter.is === 'ou' ? 'ou_path' : null;
}

/** Values enumerated: any of them; where one thing can have several, all of them after "and". */
export function alternatives(item: Parser<Filter>): Parser<Filter> {
  return expand(enumeration(item), ({ items, by }) => {
    const [first, ...rest] = items;
    if (!first) return [];
    return by === 'and' && rest.some((f) => filterColumn(f) === null)
      ? [{ and: [...items] }]
      : [rest.reduce(anyValue, first)];
  });
}

/** Things a key has, or has not: "without a or b" lacks both; "without a and b" may mean either. */
export function possessions(item: Parser<Filter>, negative: boolean): Parser<Filter> {
  const nor = map(seq(item, words('nor'), opt(words('any')), item), ([a, , , b]) => ({
    items: [a, b],
    by: 'or' as const,
  }));
  const first = map(
    seq(opt(negative ? words('any') : words('any', 'some', 'at least one')), item),
    ([, f]) => f,
  );
  // "With no alias and no tags": the "no" may be said again, but not after another "not".
  const further = negative ? map(seq(opt(words('any')), item), ([, f]) => f) : first;
  const repeated = map(seq(words('no'), item), ([, f]) => f);
  const lists = negative
    ? alt(
        map(enumeration(first, further), (list) => ({ ...list, again: false })),
        map(enumeration(first, repeated), (list) => ({ ...list, again: list.items.length > 1 })),
        map(nor, (list) => ({ ...list, again: false })),
      )
    : map(alt(enumeration(first, further), nor), (list) => ({ ...list, again: false }));
  return expand(lists, ({ items, by, again }): readonly Filter[] => {
    const [only] = items;
    if (!only) return [];
    if (items.length === 1) return [negative ? noneOf(only) : only];
    if (!negative) return [by === 'or' ? anyOf(...items) : { and: [...items] }];
    const none = noneOf(anyOf(...items));
    if (by === 'and' && again) return [none];
    if (by === 'and') return [none, noneOf({ and: [...items] })];
    // "No external access or rotation disabled": the "no" may not reach what says no itself.
    const [, ...rest] = items;
    return rest.some((f) => 'not' in f) ? [none, anyOf(noneOf(only), ...rest)] : [none];
  });
}
