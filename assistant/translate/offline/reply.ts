import type { LanguageCode } from '../language.ts';
import { allOf, anyOf, type Plan, partsOf } from './plan/plan.ts';
import { planIsPossible } from './plan/possible.ts';

/** Which of the questions that were offered a reply picks, without saying anything of what they ask. */
export type Choice =
  /** "The second one", counted from 0; "the last one" from the end, as -1. */
  | { readonly at: number }
  /** "Yes": the one that was offered. */
  | 'yes'
  /** "No", "none of these". */
  | 'none'
  /** "Both". */
  | 'both'
  /** "All of them". */
  | 'all';

/** What a reply picks by its place or all at once; null for anything that says more. */
export function pickOf(reply: string, language: LanguageCode): Choice | null {
  const text = bare(reply);
  const { yes, no, both, all, last, numbered, ordinals } = replies[language];
  if (yes.test(text)) return 'yes';
  if (no.test(text)) return 'none';
  if (both.test(text)) return 'both';
  if (all.test(text)) return 'all';
  if (last.test(text)) return { at: -1 };
  const number = numbered.exec(text)?.slice(1).find(Boolean);
  if (number === undefined) return null;
  const at = ordinals.findIndex((names: readonly string[]) => names.includes(number));
  return { at: at >= 0 ? at : Number(number) - 1 };
}

/** The words by which a reply names a choice: of "the payments-prod one", "payments-prod". None where it says more. */
export function namedBy(reply: string, language: LanguageCode): readonly string[] {
  const { around } = replies[language];
  return wordsOf(bare(reply).replaceAll(around, ' '));
}

/** The words of a choice or a reply, as they are compared. */
export const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const bare = (reply: string) =>
  reply
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/,? please\b/g, '')
    .replace(/^[\s"'(#]+|[\s"'!?.,;)。、！？]+$/gu, '');

const replies = {
  en: {
    yes: /^(?:(?:yes|yep|yeah|yup|sure|correct|right|exactly|ok|okay)(?:[ ,]+(?:thanks|that(?: is|'s)?(?: it| right| correct| the one)?|exactly|it is|i (?:do|mean that)))?|(?:yes[ ,]+)?(?:that one|this one|that|this)|i mean that|that is (?:it|right|what i mean(?:t)?))$/,
    no: /^(?:no|nope|none|neither)(?:[ ,]+(?:of (?:them|these|those)|thanks|that is not (?:it|what i mean(?:t)?)))?$/,
    both: /^(?:i (?:mean|want) )?both(?: of (?:them|these|those))?$/,
    all: /^(?:i (?:mean|want) )?(?:all|any|either|each|everything|all three|any of them|either of them)(?: of (?:them|these|those|the above))?$/,
    last: /^(?:i (?:mean|want) )?(?:the )?last(?: (?:one|option|choice))?$/,
    numbered:
      /^(?:(?:yes|ok)[ ,]+)?(?:i (?:mean|meant|want|choose) )?(?:the )?(?:(?:option|choice|number|no\.?|nr\.?) ?#?)?(?:(first|second|third|fourth|fifth|sixth|one|two|three|four|five|six|1st|2nd|3rd|4th|5th|6th|[1-6]))(?: (?:one|option|choice|reading|question))?$/,
    ordinals: [
      ['first', 'one', '1st'],
      ['second', 'two', '2nd'],
      ['third', 'three', '3rd'],
      ['fourth', 'four', '4th'],
      ['fifth', 'five', '5th'],
      ['sixth', 'six', '6th'],
    ],
    around:
      /^(?:yes|no|ok)[ ,]+|^(?:i (?:mean|meant|want)|it is)\b|^(?:only |just )?(?:the |those |these )?(?:ones?|option|choice)?\b ?(?:by|with|in|from|of|for|at|that (?:is|are)|which (?:is|are)|called|named)\b|^(?:only |just )?(?:the|those|these|in|by|via)\b|\b(?:ones?|option|choice)$/g,
  },
  ja: {
    yes: /^(?:はい|ええ|うん|そうです|その通り(?:です)?|そのとおり(?:です)?|それ(?:です|で|でお願いします)?|お願いします|ok)(?:、?(?:お願いします|それです|そうです))?$/,
    no: /^(?:いいえ|いや|違います|ちがいます|どれでもない(?:です)?|どちらでもない(?:です)?)$/,
    both: /^(?:両方|どちらも|2つとも|二つとも)(?:です|で|をお願いします|お願いします)?$/,
    all: /^(?:全部|すべて|全て|どれも|いずれも)(?:です|で|をお願いします|お願いします)?$/,
    last: /^最後(?:の(?:もの|やつ|方|ほう)?)?(?:です|で|をお願いします|お願いします)?$/,
    numbered:
      /^(?:(最初|[一二三四五六1-6])(?:番目?|つ目|つめ)?(?:の(?:もの|やつ|方|ほう|意味)?)?)(?:です|で|をお願いします|お願いします)?$/,
    ordinals: [['最初', '一'], ['二'], ['三'], ['四'], ['五'], ['六']],
    around: /(?:の(?:方|ほう|もの|やつ)?)?(?:です|をお願いします|お願いします)?$/g,
  },
} as const;

/** The positions among so many choices that a reply picks; null where it does not say. */
export function picked(pick: Exclude<Choice, 'none'>, choices: number): readonly number[] | null {
  const every = Array.from({ length: choices }, (_, i) => i);
  if (pick === 'all') return every;
  if (pick === 'yes') return choices === 1 ? every : null;
  if (pick === 'both') return choices === 2 ? every : null;
  const at = pick.at < 0 ? choices + pick.at : pick.at;
  return at >= 0 && at < choices ? [at] : null;
}

/**
 * What any of these plans is true of, where they differ in a condition and in nothing else; null for plans
 * that cannot be asked as one.
 */
export function together(plans: readonly Plan[]): Plan | null {
  const [first, ...others] = plans;
  if (!first) return null;
  if (others.length === 0) return first;
  const shapeOf = (plan: Plan) => JSON.stringify({ ...plan, filter: null });
  if (first.limit !== null || first.measure.kind === 'share') return null;
  if (!others.every((plan) => shapeOf(plan) === shapeOf(first))) return null;
  const sets = plans.map(({ filter }) => new Set(partsOf(filter).map((p) => JSON.stringify(p))));
  const common = partsOf(first.filter).filter((p) => sets.every((s) => s.has(JSON.stringify(p))));
  const shared = new Set(common.map((p) => JSON.stringify(p)));
  const own = plans.map(({ filter }) =>
    allOf(...partsOf(filter).filter((p) => !shared.has(JSON.stringify(p)))),
  );
  const joined = { ...first, filter: allOf(...common, anyOf(...own)) };
  return planIsPossible(joined) ? joined : null;
}

/**
 * The position of the only choice that holds these words one after another, in the words of the choices;
 * null where none does, or several.
 */
export function choiceWith(
  words: readonly string[],
  choices: readonly (readonly string[])[],
): number | null {
  if (words.length === 0) return null;
  const holds = (choice: readonly string[]) =>
    choice.some((_, at) => words.every((word, i) => choice[at + i] === word));
  const found = choices.flatMap((choice, i) => (holds(choice) ? [i] : []));
  const [only, ...more] = found;
  return only !== undefined && more.length === 0 ? only : null;
}
