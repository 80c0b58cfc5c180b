import { allOf, type Filter, factsOf, isEverything, listOf, type Plan } from '../plan/plan.ts';
import { singular, type Token } from '../tokens/token.ts';

/**
 * "Why is it flagged?", "what percentage of them are disabled?": words that stand for the keys of the
 * answer before. They are read as a key of a name that no key has, whose place the conditions of that
 * answer then take.
 */
const standIn = 'mrk-00000000000000000000000000000000';

/** Phrases that stand for one key or several; the longest first. */
const pronouns: readonly (readonly string[])[] = [
  'all of them',
  'these keys',
  'those keys',
  'this key',
  'that key',
  'them',
  'these',
  'those',
  'they',
  'its',
  'their',
  'it',
].map((phrase) => phrase.split(' '));

/** Words before a question that say only that it goes on. */
const goingOn: ReadonlySet<string> = new Set(['and', 'so', 'then', 'ok', 'okay', 'but']);

/** The questions that this one may be, with the keys before in the place of a pronoun. */
export function withStandIns(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const [first] = tokens;
  const said = first && goingOn.has(first.text) ? tokens.slice(1) : tokens;
  const at = said.findIndex((_, i) => pronounAt(said, i) > 0);
  if (at === -1) {
    // "Any concerns?", "total cost?": of those keys.
    return [
      [...said, word('of'), key],
      [...said, word('of'), word('keys'), key],
      [...said, word('for'), key],
    ];
  }
  const rest = said.slice(at + pronounAt(said, at));
  const before = said.slice(0, at);
  // "Show their policies": the policies of those keys.
  const possessive = /^(its|their)$/.test(said[at]?.text ?? '');
  const [noun, ...others] = rest;
  const owned = possessive && noun ? [[...before, noun, word('of'), key, ...others]] : [];
  return [...owned, [...before, key, ...rest], [...before, word('keys'), key, ...rest]];
}

function pronounAt(tokens: readonly Token[], at: number): number {
  const found = pronouns.find((words) =>
    words.every((w, i) => tokens[at + i]?.kind === 'word' && tokens[at + i]?.text === w),
  );
  return found?.length ?? 0;
}

/** "Has anyone changed its policy?": the policy, of the keys that are spoken of anyway. */
export function withoutPossessives(tokens: readonly Token[]): readonly Token[] {
  const rest = tokens.filter((t, at) => at === tokens.length - 1 || !/^(its|their)$/.test(t.text));
  return rest.length < tokens.length ? rest : tokens;
}

/** "Not by s3" after what was used or changed: not used, or changed, by it. */
export function withVerb(tokens: readonly Token[], before: Plan): readonly Token[] {
  const at = tokens[0]?.text === 'but' ? 1 : 0;
  const [not, by] = tokens.slice(at);
  const [event, ...more] = factsOf(before.filter).filter((f) => f.is === 'event');
  if (
    before.entity !== 'keys' ||
    not?.text !== 'not' ||
    by?.text !== 'by' ||
    event?.is !== 'event' ||
    more.length > 0
  ) {
    return tokens;
  }
  const verb = word(event.test.category === 'CRYPTO' ? 'used' : 'changed');
  return [not, verb, ...tokens.slice(at + 1)];
}

const word = (text: string): Token => ({
  kind: 'word',
  text,
  raw: text,
  base: singular(text),
  glued: false,
});
const key: Token = { kind: 'key_id', text: standIn, raw: standIn, base: standIn, glued: false };

/** The plan with the keys of the one before in the place of the stand-in; null where it has none. */
export function inPlace(plan: Plan, before: Plan): Plan | null {
  if (before.entity !== 'keys') return null;
  const filter = replaced(plan.filter, before.filter);
  if (filter === plan.filter || isEverything(before.filter)) return null;
  // What one key costs is listed with it; what several cost is their sum.
  const { measure } = plan;
  const cost = measure.kind === 'list' && measure.show.join() === 'monthly_cost_usd';
  return cost ? { ...listOf('keys', filter), measure: monthlyCost } : { ...plan, filter };
}

const monthlyCost: Plan['measure'] = { kind: 'sum', column: 'monthly_cost_usd' };

function replaced(filter: Filter, by: Filter): Filter {
  if ('is' in filter) {
    return filter.is === 'key' && filter.values.includes(standIn) ? by : filter;
  }
  if ('and' in filter) {
    const parts = filter.and.map((f) => replaced(f, by));
    return parts.every((p, i) => p === filter.and[i]) ? filter : allOf(...parts);
  }
  if ('key' in filter) {
    const inner = replaced(filter.key, by);
    return inner === filter.key ? filter : { key: inner };
  }
  return filter;
}
