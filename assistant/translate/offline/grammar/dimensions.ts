import { columnOf } from '../plan/entity-tables.ts';
import type { CalendarUnit, Dimension, Entity } from '../plan/plan.ts';
import { inSpellings } from '../plan/says.ts';
import { alt, expand, many, map, type Parser, rule, seq, startsAt, token, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { tagKeysAt } from './tags.ts';

/** The stretch of the calendar that some words name: "per month", "yearly", "quarter by quarter". */
export const calendarUnitIn = (text: string): CalendarUnit =>
  /year|annual/.test(text) ? 'year' : text.includes('quarter') ? 'quarter' : 'month';

const quoted = token((t) => (t.kind === 'quoted' ? t.text : undefined));

/** Things rows of an entity can be grouped by: columns with few values, tags, months and years. */
export function dimension(entity: Entity, { lexicon, values }: GrammarContext): Parser<Dimension> {
  const column = expand(lexicon.columns[entity].parser, (name): readonly Dimension[] => {
    // A kind of concern is called by its label.
    if (entity === 'concerns' && name === 'code') return [{ column: 'label' }];
    const definition = columnOf(entity, name);
    if (!definition) return [];
    const countable =
      definition.role === 'category' || definition.role === 'flag' || name === 'account_id';
    if (!countable || !['varchar', 'boolean'].includes(definition.type)) return [];
    return [{ column: name === 'account_name' ? 'account_id' : name }];
  });
  const principal = expand(lexicon.columns[entity].parser, (name): readonly Dimension[] =>
    ['principal', 'username', 'caller_account', 'principal_account'].includes(name)
      ? [{ column: name }]
      : [],
  );
  const unit = words('year', 'quarter', 'month', 'years', 'quarters', 'months');
  const byUnit = (text: string): Dimension => ({ column: 'created_at', by: calendarUnitIn(text) });
  // "Per month" alone might be the month of a price.
  const calendar: Parser<Dimension> = alt(
    map(seq(words('creation'), unit), ([, u]) => byUnit(u)),
    map(seq(unit, words('created', 'of creation', 'they were created')), ([u]) => byUnit(u)),
  );
  /** Keys of tags that are spelt alike but for capitals are told apart by asking back. */
  const tagName: Parser<Dimension> = alt(
    expand(
      token((t) => {
        if (t.glued) return undefined;
        if (t.kind === 'quoted') return [t.text];
        return values.tagKeys.get(t.text) ?? values.tagKeys.get(t.base);
      }),
      (keys) => keys.map((tag) => ({ tag })),
    ),
    // "Cost center", "cost-center", "data class".
    (chart, at) =>
      startsAt(chart, at).flatMap((start) =>
        chart.tokens[start]?.glued
          ? []
          : tagKeysAt(values, chart, start)
              .filter(({ end }) => end > start + 1)
              .map(({ value: tag, end }) => ({ value: { tag }, end })),
      ),
  );
  /** "Tag "owner" or "Owner"", as questions that are offered write it. */
  const spelled: Parser<Dimension> = expand(
    seq(
      quoted,
      many(
        map(seq(words('or'), quoted), ([, key]) => key),
        1,
        20,
      ),
    ),
    ([tag, also]) => inSpellings(tag, also),
  );
  const tag = alt(
    map(seq(words('tag'), spelled), ([, d]) => d),
    map(seq(words('tag', 'value of tag'), tagName), ([, d]) => d),
    map(seq(tagName, words('tag')), ([d]) => d),
    tagName,
  );
  const isKeys = entity === 'keys';
  const rotation = map(
    words('rotation period', 'rotation interval', 'rotation frequency'),
    (): Dimension => ({ column: 'rotation_period_days' }),
  );
  const namedUnits = map(
    words('named ou', 'named organizational unit'),
    (): Dimension => ({ column: 'ou_path', named: true }),
  );
  return rule(() => {
    if (isKeys) return alt(column, namedUnits, tag, calendar, rotation);
    return entity === 'concerns'
      ? alt(column, namedUnits, principal, tag)
      : alt(column, namedUnits, principal);
  });
}

const and = alt(
  words('and', 'and by', 'and per', 'by', 'per', 'then by', 'and then by', 'x'),
  token((t) => (t.kind === 'comma' ? ',' : undefined)),
);

/** "per region and account", "by state", "for each account". */
export function grouping(entity: Entity, context: GrammarContext): Parser<readonly Dimension[]> {
  const one = dimension(entity, context);
  const preposition = words(
    'per',
    'by',
    'for each',
    'in each',
    'for every',
    'in every',
    'of each',
    'grouped by',
    'group by',
    'broken down by',
    'split by',
    'breakdown by',
    'by each',
    'each',
    'broken out by',
    'across',
    'across all',
    'divided by',
    'distributed by',
    'distributed across',
    'segmented by',
    'categorized by',
    'for all',
  );
  return rule(() =>
    alt(
      map(seq(preposition, one), ([, d]) => [d]),
      map(seq(preposition, one, and, one), ([, a, , b]) => [a, b]),
      map(seq(preposition, one, and, one, and, one), ([, a, , b, , c]) => [a, b, c]),
    ),
  );
}
