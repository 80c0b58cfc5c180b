import { expand, many, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { type Link, plain, readings } from '../grammar/joining.ts';
import { anyOf, type Filter, noneOf } from '../plan/plan.ts';
import type { Ending, Slot } from './endings.ts';
import { j, table } from './literals.ts';

/** One condition as it stands in a sentence: what it says, and how it ends. */
export interface Condition {
  readonly filter: Filter;
  readonly slot: Slot;
  /** What a "not" at its end denies, when it might reach back over nouns before it: 無効または公開でない. */
  readonly denied: Filter | null;
}

/** A condition with its ending: the opposite where the ending denies. */
export function ended(filter: Filter, { negated, slot }: Ending): Condition {
  return {
    filter: negated ? noneOf(filter) : filter,
    slot,
    denied: negated ? filter : null,
  };
}

interface Joint {
  readonly by: 'and' | 'or' | 'next';
  /** Behind which endings it can stand. */
  readonly after: readonly Slot[];
  readonly comma: boolean;
}

const comma = token((t) => (t.kind === 'comma' ? true : undefined));
const adverbs = opt(
  j(
    'かつ',
    'また',
    'さらに',
    '更に',
    'しかも',
    'なおかつ',
    '加えて',
    'それに',
    '同時に',
    'まだ',
    '今も',
    '現在も',
    '今でも',
    '現在',
    'いまだに',
    '未だに',
    'それでも',
    'そのうえ',
  ),
);

const conjunction: Parser<Omit<Joint, 'comma'>> = table<Omit<Joint, 'comma'>>([
  ...['または', '又は', 'もしくは', '若しくは', 'あるいは', '或いは', 'or'].map(
    (t) => [t, { by: 'or', after: ['attributive', 'nominal'] }] as const,
  ),
  ...['か', 'か、', 'かまたは', 'か、または', 'か、もしくは', 'か、あるいは', 'かもしくは'].map(
    (t) => [t, { by: 'or', after: ['attributive', 'nominal'] }] as const,
  ),
  ...['や', 'や、'].map((t) => [t, { by: 'or', after: ['nominal'] }] as const),
  ...['かつ', 'なおかつ', 'かつ、', 'and'].map(
    (t) => [t, { by: 'and', after: ['attributive', 'nominal', 'continuative'] }] as const,
  ),
  ...[
    'が',
    'のに',
    'けど',
    'けれど',
    'けれども',
    'にもかかわらず',
    'にも関わらず',
    'ものの',
    'し',
    'だけでなく',
    'うえに',
    'うえ',
    '上に',
    'ながら',
    'のに、まだ',
    'だけど',
  ].map((t) => [t, { by: 'and', after: ['attributive'] }] as const),
  ...['であるにもかかわらず', 'にもかかわらず', 'なのに', 'だが', 'だけど', 'ながら'].map(
    (t) => [t, { by: 'and', after: ['nominal'] }] as const,
  ),
]);

const joint: Parser<Joint> = rule(() =>
  expand(
    seq(opt(comma), opt(conjunction), opt(comma), adverbs, opt(comma)),
    ([before, how, behind]): readonly Joint[] => {
      const separated = before !== null || behind !== null;
      if (how) return [{ ...how, comma: separated }];
      return [
        {
          by: separated ? 'and' : 'next',
          after: ['attributive', 'continuative'],
          comma: separated,
        },
      ];
    },
  ),
);

const MOST_CONDITIONS = 7;

/**
 * Conditions in a row, the last of which ends so that a noun can follow (or the sentence ends, with
 * `last`). て and で join with "and"; a clause before a noun reaches over all that follows. Where "and"
 * and "or" are mixed and neither a comma nor the form says how they bracket, each way is a reading.
 */
export function chain(condition: Parser<Condition>, last: (slot: Slot) => boolean): Parser<Filter> {
  return rule(() =>
    expand(
      seq(adverbs, condition, many(seq(joint, condition), 0, MOST_CONDITIONS)),
      ([, first, rest]): readonly Filter[] => {
        const conditions = [first, ...rest.map(([, c]) => c)];
        const ending = conditions.at(-1);
        if (!ending || !last(ending.slot)) return [];
        const fits = rest.every(([jt], i) => {
          const before = conditions[i];
          return before !== undefined && jt.after.includes(before.slot);
        });
        if (!fits) return [];
        return withReach(
          conditions,
          rest.map(([jt]) => jt),
        ).flatMap(([cs, js]) => readings(linksOf(cs, js)));
      },
    ),
  );
}

function linksOf(conditions: readonly Condition[], joints: readonly Joint[]): readonly Link[] {
  const clausalOr = joints.some((jt, i) => jt.by === 'or' && conditions[i]?.slot !== 'nominal');
  return conditions.map((c, i): Link => {
    const jt = joints[i - 1];
    const before = conditions[i - 1];
    if (!jt || !before) return { joint: { by: 'next', low: false }, condition: plain(c.filter) };
    const low =
      jt.by === 'or'
        ? jt.comma && before.slot !== 'nominal'
        : jt.comma ||
          (jt.by === 'next' && before.slot === 'attributive') ||
          (before.slot === 'continuative' && !clausalOr);
    return { joint: { by: jt.by, low }, condition: plain(c.filter) };
  });
}

/** 無効または公開でない: not public, or neither; the "not" may reach over the nouns joined before it. */
function withReach(
  conditions: readonly Condition[],
  joints: readonly Joint[],
): readonly (readonly [readonly Condition[], readonly Joint[]])[] {
  const at = conditions.findIndex(
    (c, i) =>
      c.denied !== null && joints[i - 1]?.by === 'or' && conditions[i - 1]?.slot === 'nominal',
  );
  const [before, negated] = [conditions[at - 1], conditions[at]];
  if (!before || !negated?.denied) return [[conditions, joints]];
  const wide: Condition = {
    ...negated,
    filter: noneOf(anyOf(before.filter, negated.denied)),
    denied: null,
  };
  return [
    [conditions, joints],
    [
      [...conditions.slice(0, at - 1), wide, ...conditions.slice(at + 1)],
      [...joints.slice(0, at - 1), ...joints.slice(at)],
    ],
  ];
}
