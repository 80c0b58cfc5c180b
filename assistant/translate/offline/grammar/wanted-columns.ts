import type { Plan } from '../plan/plan.ts';
import { isList } from '../plan/says.ts';
import { englishTokens } from '../tokens/english.ts';
import type { Token } from '../tokens/token.ts';
import {
  alt,
  expand,
  many,
  map,
  newChart,
  opt,
  type Parser,
  rule,
  seq,
  startsAt,
  token,
  words,
} from './chart.ts';
import type { GrammarContext } from './context.ts';
import { columnOfKeys } from './key-phrases.ts';
import { tagKeysAt } from './tags.ts';

/** A question for a list, and the columns that it names for it. */
interface Wanted {
  readonly said: readonly Token[];
  readonly columns: readonly string[];
}

/** Words of columns that are as well conditions: a list that names one of these may be of conditions. */
const conditions: ReadonlySet<string> = new Set([
  'used',
  'unused',
  'idle',
  'not used',
  'tagged',
  'rotated',
  'deletion',
  'readable',
  'expires',
]);

/** What else people call the columns of keys. */
const called: Readonly<Record<string, readonly string[]>> = {
  account_name: ['account', 'which account', 'account it is in', 'account they are in'],
  region: ['which region', 'region it is in', 'region they are in'],
  key_id: ['id', 'ids', 'key ids'],
  key_arn: ['arn', 'arns', 'key arns'],
  alias: ['names', 'key names'],
  key_state: ['current state', ...whether('enabled', 'disabled', 'enabled or disabled', 'active')],
  created_at: [
    'created at',
    'created on',
    'date created',
    'date of creation',
    'creation dates',
    'when created',
    'when it was created',
    'when they were created',
    'when each was created',
  ],
  last_used_at: [
    'last use date',
    'last used date',
    'last usage date',
    'last used at',
    'date of last use',
    'date last used',
    'when last used',
    'when it was last used',
    'when they were last used',
    'when each was last used',
  ],
  usage_status: whether('used', 'in use', 'still used', 'still in use'),
  rotation_enabled: [
    'rotation status',
    'rotation state',
    'rotation setting',
    'rotation on or off',
    'auto rotation',
    ...['on', 'enabled', 'active', 'off', 'on or off', 'turned on', 'switched on'].flatMap((on) =>
      ['rotation', 'automatic rotation', 'key rotation'].flatMap((what) => [
        `whether ${what} is ${on}`,
        `if ${what} is ${on}`,
      ]),
    ),
    ...['it rotates', 'they rotate', 'it is rotated', 'they are rotated'].flatMap((rotates) => [
      `whether ${rotates}`,
      `if ${rotates}`,
    ]),
  ],
  multi_region: whether('multi region'),
  max_severity: ['worst finding', 'worst concern', 'highest finding', 'worst finding severity'],
  monthly_cost_usd: [
    'cost per month',
    'monthly spend',
    'what it costs',
    'what they cost',
    'how much it costs',
    'how much they cost',
  ],
  tags: [
    'owner',
    'owners',
    'owner tag',
    'team',
    'who owns it',
    'who owns them',
    'responsible team',
  ],
};

function whether(...states: readonly string[]): readonly string[] {
  return states.flatMap((state) => [
    `whether it is ${state}`,
    `whether they are ${state}`,
    `whether each is ${state}`,
    `if it is ${state}`,
    `if they are ${state}`,
  ]);
}

/** Before a column that is said of keys, or by which they are told apart, rather than wanted to be seen. */
const enumerating =
  /^(?:without|no|nor|neither|not|by|per|with|and|or|,|have|has|having|any|an?|missing|lacking|each|their|its)$/;

/**
 * Finds the columns that a question names for its list: "with its alias, state and whether rotation is on",
 * ": owner, creation date, last use", "alias and state of". Null where it names none in so plain a way.
 */
export function wantedColumns(
  context: GrammarContext,
): (tokens: readonly Token[]) => Wanted | null {
  const { values } = context;
  const named: Parser<string> = alt(
    (chart, at) =>
      columnOfKeys(context)(chart, at).filter(({ end }) => {
        const [start = at] = startsAt(chart, at).slice(-1);
        const said = chart.tokens.slice(start, end).map((t) => t.text);
        return !conditions.has(said.join(' '));
      }),
    ...Object.entries(called).map(([column, phrases]) => map(words(...phrases), () => column)),
    // The value of a tag stands among the tags.
    (chart, at) => tagKeysAt(values, chart, at).map(({ end }) => ({ value: 'tags', end })),
  );
  const possessive = words('their', 'its', 'each', 'every');
  const item = map(seq(opt(possessive), named), ([, column]) => column);
  const comma = token((t) => (t.kind === 'comma' || /^[;]$/.test(t.text) ? true : undefined));
  const joint = alt(
    map(comma, () => true),
    map(seq(opt(comma), words('and', 'plus', 'as well as', 'and also')), () => true),
  );
  const columns: Parser<readonly string[]> = rule(() =>
    map(
      seq(
        item,
        many(
          map(seq(joint, item), ([, c]) => c),
          0,
          9,
        ),
      ),
      ([first, rest]) => [first, ...rest],
    ),
  );
  const including = words(
    'with',
    'including',
    'along with',
    'together with',
    'showing',
    'show',
    'and show',
    'listing',
    'and',
    'columns',
    'with columns',
    'with the columns',
    'with fields',
  );
  const opened = token((t) => (/^[:(-]$/.test(t.text) ? true : undefined));
  const closed = token((t) => (t.kind === 'close' ? true : undefined));
  const isFew = (found: readonly string[], few: number) => new Set(found).size >= few;
  const tail: Parser<readonly string[]> = alt(
    expand(seq(opt(comma), including, possessive, columns), ([, , , c]) => [c]),
    expand(seq(opt(alt(comma, opened)), including, columns), ([before, word, c]) =>
      isFew(c, before || word !== 'with' ? 2 : 3) && (before || word !== 'and') ? [c] : [],
    ),
    expand(seq(alt(opened, comma), columns, opt(closed)), ([, c]) => (isFew(c, 2) ? [c] : [])),
  );
  const opening = opt(
    words(
      'list',
      'show',
      'show me',
      'give me',
      'give us',
      'get',
      'i need',
      'we need',
      'what are',
      'export',
    ),
  );
  const front: Parser<readonly string[]> = expand(
    seq(opening, columns, words('of', 'for')),
    ([, c]) => (isFew(c, 2) ? [c] : []),
  );
  return (tokens) => {
    const chart = newChart(tokens);
    for (let at = 1; at < tokens.length; at += 1) {
      const [found] = tail(chart, at).filter(({ end }) => end === tokens.length);
      if (!found) continue;
      // "Without alias, description and tags": the columns go on from what is said of keys.
      const goesOn = tokens.some(
        (_, start) =>
          start > 0 &&
          start < at &&
          enumerating.test(tokens[start - 1]?.text ?? '') &&
          item(chart, start).some((i) => i.end === at),
      );
      return goesOn ? null : { said: tokens.slice(0, at), columns: found.value };
    }
    const [first] = front(chart, 0);
    return first
      ? { said: [...englishTokens('list'), ...tokens.slice(first.end)], columns: first.value }
      : null;
  };
}

/** A list of keys that shows these columns as well; nothing for any other plan. */
export function showing(plan: Plan, columns: readonly string[]): readonly Plan[] {
  if (plan.entity !== 'keys' || !isList(plan) || plan.measure.kind !== 'list') return [];
  const show = [...new Set([...plan.measure.show, ...columns])];
  return [{ ...plan, measure: { kind: 'list', show } }];
}
