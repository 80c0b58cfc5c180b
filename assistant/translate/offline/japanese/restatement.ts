import { alt, expand, many, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { columnOf } from '../plan/entity-tables.ts';
import {
  type Comparison,
  type Entity,
  entities,
  everything,
  type Filter,
  isEverything,
  listOf,
  type Plan,
} from '../plan/plan.ts';
import { caller } from './callers.ts';
import { type Condition, chain, ended } from './chain.ts';
import type { GrammarContext } from './context.ts';
import { grouping } from './dimensions.ts';
import { copula, existence, ichidan } from './endings.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyQuestions } from './key-questions.ts';
import { j, table } from './literals.ts';
import type { NounPhrases } from './noun-phrases.ts';
import { number, wholeNumber } from './numbers.ts';
import type { TimeGrammar } from './time.ts';
import { nouns } from './words/plan-to-words.ts';

interface Cut {
  readonly having: Plan['having'];
  readonly orderBy: Plan['orderBy'];
  readonly limit: Plan['limit'];
}

const open = j('(');
const close = j(')');
const boundary = table<Comparison>([
  ['以上', 'at least'],
  ['を超える', 'more than'],
  ['以下', 'at most'],
  ['未満', 'less than'],
  ['ちょうど', 'exactly'],
]);
const direction = table<'asc' | 'desc'>([
  ['の昇順', 'asc'],
  ['の降順', 'desc'],
]);

/** （値が10以上のみ、値の降順、先頭5件）; or nothing. */
function cutting(column: Parser<string>): Parser<Cut> {
  const having = map(
    seq(j('値が'), number, boundary, j('のみ')),
    ([, value, op]): Partial<Cut> => ({ having: { op, value } }),
  );
  const order = map(
    seq(
      alt(
        map(j('値'), () => 'value'),
        column,
      ),
      direction,
    ),
    ([by, d]): Partial<Cut> => ({ orderBy: { by, direction: d } }),
  );
  const limit = alt(
    map(seq(j('先頭'), wholeNumber, j('件')), ([, n]): Partial<Cut> => ({ limit: n })),
    map(j('首位のみ'), (): Partial<Cut> => ({ limit: 'ties' })),
  );
  const part = alt(having, order, limit);
  const none: Cut = { having: null, orderBy: null, limit: null };
  return alt(
    map(j(''), () => none),
    map(
      seq(
        open,
        part,
        many(
          map(seq(j('、'), part), ([, p]) => p),
          0,
          2,
        ),
        close,
      ),
      ([, first, more]): Cut => ({ ...none, ...first, ...Object.assign({}, ...more) }),
    ),
  );
}

/**
 * Reads questions as they are restated and offered: 重要度が重大である懸念事項の数を種類別に（値の降順）. What is
 * offered can then always be asked.
 */
export function restatement(
  context: GrammarContext,
  time: TimeGrammar,
  conditions: KeyConditions,
  phrases: NounPhrases,
  questions: KeyQuestions,
): Parser<Plan> {
  return alt(
    keyRestatement(context, conditions, phrases, questions),
    ...entities
      .filter((e) => e !== 'keys')
      .map((e) => entityRestatement(e, context, time, conditions)),
  );
}

function keyRestatement(
  context: GrammarContext,
  { before }: KeyConditions,
  { simple }: NounPhrases,
  { group, aggregate }: KeyQuestions,
): Parser<Plan> {
  const cut = cutting(context.lexicon.columns.keys.parser);
  const by = opt(map(seq(j('を'), group), ([, g]) => g));
  return alt(
    map(
      seq(simple, j('の一覧'), by, cut),
      ([f, , g, c]): Plan => ({ ...listOf('keys', f), groupBy: [...(g ?? [])], ...c }),
    ),
    map(
      seq(simple, j('の数'), by, cut),
      ([f, , g, c]): Plan => ({
        ...listOf('keys', f),
        measure: { kind: 'count', keys: true },
        groupBy: [...(g ?? [])],
        ...c,
      }),
    ),
    map(
      seq(simple, j('の'), aggregate, by, cut),
      ([f, , measure, g, c]): Plan => ({
        ...listOf('keys', f),
        measure,
        groupBy: [...(g ?? [])],
        ...c,
      }),
    ),
    map(
      seq(simple, opt(j('の月額コスト')), j('の構成比を'), group, cut),
      ([f, cost, , g, c]): Plan => ({
        ...listOf('keys', f),
        measure: { kind: 'part', amount: cost ? 'monthly_cost_usd' : 'keys' },
        groupBy: [...g],
        ...c,
      }),
    ),
    map(
      seq(simple, opt(j('の月額コスト')), j('のうち'), before, j('ものの割合'), by, cut),
      ([f, weighed, , of, , g, c]): Plan => ({
        ...listOf('keys', f),
        measure: { kind: 'share', of, ...(weighed ? { weight: 'monthly_cost_usd' } : {}) },
        groupBy: [...(g ?? [])],
        ...c,
      }),
    ),
  );
}

function entityRestatement(
  entity: Entity,
  context: GrammarContext,
  time: TimeGrammar,
  conditions: KeyConditions,
): Parser<Plan> {
  const { lexicon } = context;
  const column = lexicon.columns[entity].parser;
  const value = lexicon.columnValues[entity].parser;
  const or = j('または');
  const columnIs: Parser<Condition> = expand(
    seq(
      column,
      j('が'),
      value,
      many(
        map(seq(or, value), ([, v]) => v),
        0,
        6,
      ),
      copula,
    ),
    ([name, , first, more, e]): readonly Condition[] => {
      const all = [first, ...more];
      if (!all.every((v) => v.column === name)) return [];
      const values = all.map((v) => v.value);
      if (entity === 'concerns' && name === 'severity') {
        return [ended({ is: 'severity', severities: values }, e)];
      }
      return [
        ended({ is: 'value', column: name, values: values.length > 1 ? values.sort() : values }, e),
      ];
    },
  );
  const timed: Parser<Condition> = expand(
    seq(column, j('が'), time.range, copula),
    ([name, , { from, to }, e]): readonly Condition[] =>
      columnOf(entity, name)?.role === 'time'
        ? [ended({ is: 'time', column: name, from, to }, e)]
        : [],
  );
  const present: Parser<Condition> = expand(
    seq(column, existence),
    ([name, e]): readonly Condition[] =>
      columnOf(entity, name)?.nullable ? [ended({ is: 'present', column: name }, e)] : [],
  );
  const concern: Parser<Condition> = map(
    seq(
      j('懸念事項'),
      expand(
        token((t) => (t.kind === 'quoted' ? t.text : undefined)),
        (label) => lexicon.concerns.get(label),
      ),
      existence,
    ),
    ([, code, e]) => ended({ is: 'concern', codes: [code] }, e),
  );
  const operation = context.names.named(['operation'], false);
  const by = opt(map(seq(caller(context.names), j('による')), ([who]) => who));
  const event: Parser<Condition> = expand(
    seq(
      by,
      table<'CRYPTO' | 'MANAGEMENT'>([
        ['使用', 'CRYPTO'],
        ['変更', 'MANAGEMENT'],
      ]),
      opt(
        map(
          seq(
            open,
            operation,
            many(
              map(seq(or, operation), ([, v]) => v),
              0,
              4,
            ),
            close,
          ),
          ([, first, more]) => [first, ...more].flatMap((v) => [...v.values]),
        ),
      ),
      j('を'),
      ichidan('記録し'),
    ),
    ([who, category, operations, , e]): readonly Condition[] =>
      entity === 'usage'
        ? [
            ended(
              { is: 'event', test: { category, ...(operations ? { operations } : {}), ...who } },
              e,
            ),
          ]
        : [],
  );
  const access: Parser<Condition> =
    entity === 'permissions'
      ? map(seq(conditions.access.object, existence), ([f, e]) => ended(f, e))
      : () => [];
  const about: Parser<Condition> = expand(
    seq(opt(conditions.before), conditions.noun, j('に関する')),
    ([b, n]): readonly Condition[] => {
      const filter = b ? (isEverything(n) ? b : { and: [b, n] }) : n;
      return [{ filter: { key: filter }, slot: 'attributive', denied: null }];
    },
  );
  const rows: Parser<Filter> = map(
    seq(
      opt(
        chain(
          alt(columnIs, timed, present, concern, event, access, about),
          (slot) => slot === 'attributive',
        ),
      ),
      j(nouns[entity]),
    ),
    ([f]) => f ?? everything,
  );
  const cut = cutting(column);
  const group = opt(map(seq(j('を'), grouping(entity, context)), ([, g]) => g));
  return rule(() =>
    alt(
      map(seq(rows, j('の一覧'), cut), ([f, , c]): Plan => ({ ...listOf(entity, f), ...c })),
      map(
        seq(rows, j('の数', 'のキーの数'), group, cut),
        ([f, what, g, c]): Plan => ({
          ...listOf(entity, f),
          measure: { kind: 'count', keys: what === 'のキーの数' },
          groupBy: [...(g ?? [])],
          ...c,
        }),
      ),
      map(
        seq(rows, opt(j('のキー')), j('の構成比を'), grouping(entity, context), cut),
        ([f, keys, , g, c]): Plan => ({
          ...listOf(entity, f),
          measure: { kind: 'part', amount: keys ? 'keys' : 'rows' },
          groupBy: [...g],
          ...c,
        }),
      ),
      expand(seq(rows, j('の'), column, j('の最新')), ([f, , name]): readonly Plan[] =>
        columnOf(entity, name)?.role === 'time'
          ? [{ ...listOf(entity, f), measure: { kind: 'max', column: name } }]
          : [],
      ),
    ),
  );
}
