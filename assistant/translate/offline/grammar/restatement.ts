import { columnOf, entityTables } from '../plan/entity-tables.ts';
import {
  allOf,
  type Entity,
  entities,
  type Filter,
  listOf,
  noneOf,
  type Plan,
} from '../plan/plan.ts';
import type { AccessGrammar } from './access.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { grouping } from './dimensions.ts';
import { joined, plain } from './joining.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyQuestions } from './key-questions.ts';
import { type TimeGrammar, wholeNumber } from './time.ts';

/**
 * Reads questions as they are restated and offered, for the entities besides keys: "List permissions
 * that have decrypt access and belong to keys that (have alias alias/orders)". What is offered can
 * then always be asked.
 */
export function restatement(
  context: GrammarContext,
  time: TimeGrammar,
  conditions: KeyConditions,
  access: AccessGrammar,
  keys: KeyQuestions,
): Parser<Plan> {
  return alt(
    ...entities
      .filter((e) => e !== 'keys')
      .map((e) => entityRestatement(e, context, time, conditions, access)),
    keyRestatement(keys),
  );
}

const open = token((t) => (t.kind === 'open' ? true : undefined));
const close = token((t) => (t.kind === 'close' ? true : undefined));
const direction = alt(
  map(words('descending'), () => 'desc' as const),
  map(words('ascending'), () => 'asc' as const),
);
const cut: Parser<Plan['limit']> = alt(
  map(words('first only'), () => 'ties' as const),
  map(seq(words('first'), wholeNumber), ([, n]) => n),
);

function keyRestatement(keys: KeyQuestions): Parser<Plan> {
  const list = map(
    seq(words('list'), keys.keys, keys.ordering, opt(cut)),
    ([, filter, orderBy, limit]): Plan => ({ ...listOf('keys', filter), orderBy, limit }),
  );
  const firstOfEach = map(
    seq(words('list'), keys.keys, keys.grouping, keys.ordering, words('first only')),
    ([, filter, groupBy, orderBy]): Plan => ({
      ...listOf('keys', filter),
      groupBy: [...groupBy],
      orderBy,
      limit: 'ties',
    }),
  );
  const groups = map(
    seq(
      alt(
        keys.measured,
        map(words('count'), () => null),
      ),
      keys.keys,
      keys.grouping,
      keys.ordering,
      opt(cut),
    ),
    ([measure, filter, groupBy, orderBy, limit]): Plan => ({
      ...listOf('keys', filter),
      measure: measure ?? { kind: 'count', keys: true },
      groupBy: [...groupBy],
      orderBy,
      limit,
    }),
  );
  const withCost = map(
    seq(words('count and total monthly cost of'), keys.keys, opt(keys.grouping)),
    ([, filter, groupBy]): Plan => ({
      ...listOf('keys', filter),
      measure: { kind: 'count', keys: true, cost: true },
      groupBy: [...(groupBy ?? [])],
    }),
  );
  const parts = map(
    seq(
      words('parts of', 'parts of cost of'),
      keys.keys,
      keys.grouping,
      opt(keys.ordering),
      opt(cut),
    ),
    ([of, filter, groupBy, orderBy, limit]): Plan => ({
      ...listOf('keys', filter),
      measure: { kind: 'part', amount: of === 'parts of' ? 'keys' : 'monthly_cost_usd' },
      groupBy: [...groupBy],
      orderBy,
      limit,
    }),
  );
  return alt(list, firstOfEach, groups, withCost, parts);
}

function entityRestatement(
  entity: Entity,
  context: GrammarContext,
  time: TimeGrammar,
  conditions: KeyConditions,
  access: AccessGrammar,
): Parser<Plan> {
  const { lexicon } = context;
  const { many } = entityTables[entity].noun;
  const noun = words(many.toLowerCase());
  const column = lexicon.columns[entity].parser;
  const value = expand(lexicon.columnValues[entity].parser, (v) => [v]);
  const values: Parser<Filter> = rule(() =>
    alt(
      map(value, (v): Filter => ({ is: 'value', column: v.column, values: [v.value] })),
      expand(seq(value, words('or'), value), ([a, , b]): readonly Filter[] =>
        a.column === b.column
          ? [{ is: 'value', column: a.column, values: [a.value, b.value].sort() }]
          : [],
      ),
    ),
  );
  const columnIs: Parser<Filter> = expand(seq(column, values), ([name, f]) =>
    'is' in f && f.is === 'value' && f.column === name ? [f] : [],
  );
  const severity: Parser<Filter> = expand(
    seq(values, words('concerns')),
    ([f]): readonly Filter[] =>
      'is' in f && f.is === 'value' && f.column === 'severity'
        ? [{ is: 'severity', severities: [...f.values] }]
        : [],
  );
  const concern: Parser<Filter> = map(
    seq(
      words('concern'),
      expand(
        token((t) => (t.kind === 'quoted' ? t.text : undefined)),
        (label) => lexicon.concerns.get(label),
      ),
    ),
    ([, code]): Filter => ({ is: 'concern', codes: [code] }),
  );
  const timed: Parser<Filter> = expand(
    seq(column, time.range),
    ([name, { from, to }]): readonly Filter[] =>
      columnOf(entity, name)?.role === 'time' ? [{ is: 'time', column: name, from, to }] : [],
  );
  const present: Parser<Filter> = expand(column, (name): readonly Filter[] =>
    columnOf(entity, name)?.nullable ? [{ is: 'present', column: name }] : [],
  );
  const has = words('have');
  const event: Parser<Filter> = expand(
    seq(
      words('are uses', 'are changes'),
      opt(
        map(seq(words('for'), context.values.named(['operation'], false)), ([, v]) => [
          ...v.values,
        ]),
      ),
    ),
    ([what, operations]): readonly Filter[] =>
      entity === 'usage'
        ? [
            {
              is: 'event',
              test: {
                category: what === 'are uses' ? 'CRYPTO' : 'MANAGEMENT',
                ...(operations ? { operations } : {}),
              },
            },
          ]
        : [],
  );
  const condition = alt(
    map(seq(has, alt(columnIs, severity, concern, timed, present)), ([, f]) => plain(f)),
    map(seq(words('do not have'), alt(columnIs, severity, concern)), ([, f]) => plain(noneOf(f))),
    map(event, plain),
    map(seq(has, access.object), ([, f]) => plain(f)),
    map(access.verb, plain),
    map(seq(words('belong to keys that'), open, conditions.after, close), ([, , f]) =>
      plain({ key: f }),
    ),
    ...(entity === 'accounts'
      ? [
          map(
            seq(words('have a region that'), open, words('have status'), statuses(context), close),
            ([, , , f]) => plain({ read: f }),
          ),
        ]
      : []),
  );
  const such = map(seq(noun, opt(seq(words('that'), joined(condition)))), ([, that]) =>
    allOf(...(that ? [that[1]] : [])),
  );
  const group = grouping(entity, context);
  const order: Parser<Plan['orderBy']> = map(
    seq(words('ordered by'), alt(words('value'), column), direction),
    ([, by, d]) => ({ by, direction: d }),
  );
  const list = map(
    seq(words('list'), such, opt(order), opt(cut)),
    ([, filter, orderBy, limit]): Plan => ({ ...listOf(entity, filter), orderBy, limit }),
  );
  const count = map(
    seq(words('count', 'count keys in'), such, opt(group), opt(order), opt(cut)),
    ([head, filter, groupBy, orderBy, limit]): Plan => ({
      ...listOf(entity, filter),
      measure: { kind: 'count', keys: head !== 'count' },
      groupBy: [...(groupBy ?? [])],
      orderBy,
      limit,
    }),
  );
  const parts = map(
    seq(words('parts of', 'parts of keys in'), such, group, opt(order), opt(cut)),
    ([of, filter, groupBy, orderBy, limit]): Plan => ({
      ...listOf(entity, filter),
      measure: { kind: 'part', amount: of === 'parts of' ? 'rows' : 'keys' },
      groupBy: [...groupBy],
      orderBy,
      limit,
    }),
  );
  const latest = expand(
    seq(words('highest'), column, words('of'), such),
    ([, name, , filter]): readonly Plan[] =>
      columnOf(entity, name)?.role === 'time'
        ? [{ ...listOf(entity, filter), measure: { kind: 'max', column: name } }]
        : [],
  );
  return alt(list, count, parts, latest);
}

function statuses({ lexicon }: GrammarContext): Parser<Filter> {
  const one = expand(lexicon.columnValues.coverage.parser, (v) =>
    v.column === 'status' ? [v.value] : [],
  );
  return map(
    seq(one, opt(seq(words('or'), one))),
    ([a, more]): Filter => ({
      is: 'value',
      column: 'status',
      values: more ? [a, more[1]].sort() : [a],
    }),
  );
}
