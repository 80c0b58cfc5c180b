import type { Language } from './language.ts';
import type { Values } from './lexicon/values.ts';
import type { Plan } from './plan/plan.ts';
import { facts } from './plan/says.ts';
import type { Token } from './tokens/token.ts';

/** So many others that are called alike are named. */
const MOST_NAMED = 3;

/** Remarks on what is called like something that a plan names, and is not meant by it. */
export const remarksOnAlike = (
  plan: Plan,
  values: Values,
  messages: Language['messages'],
  tokens: readonly Token[],
): readonly string[] => [
  ...longerNamed(plan, values, messages.calledAlike),
  // An id is that of one account.
  ...(tokens.some((t) => t.kind === 'account')
    ? []
    : accountsOfThatName(plan, values, messages.accountsAlike)),
  ...otherwiseSpelled(plan, values, messages.spelledAlike),
];

type Say = (name: string, others: readonly string[]) => string;

/** That others are not meant by a name, where there are any. */
const remark = (name: string, others: readonly string[], say: Say): readonly string[] =>
  others.length > 0 ? [say(name, others.slice(0, MOST_NAMED))] : [];

/** For each caller of a plan whom longer names of other callers contain: that those are not meant. */
function longerNamed(plan: Plan, values: Values, say: Say): readonly string[] {
  const named = facts(plan).flatMap((f) =>
    f.is === 'event' ? [...(f.test.callers ?? []), ...(f.test.butNot?.callers ?? [])] : [],
  );
  const meant = new Set(named.map((n) => n.toLowerCase()));
  return [...new Set(named)].flatMap((name) => {
    const longer = values.containing('caller', name).flatMap((v) => v.values);
    const others = [...new Set(longer)].filter((o) => !meant.has(o.toLowerCase()));
    return remark(name, others, say);
  });
}

/** For the one account of a plan whose name those of other accounts contain: that those are not meant. */
function accountsOfThatName(plan: Plan, values: Values, say: Say): readonly string[] {
  const ids = facts(plan).flatMap((f) =>
    f.is === 'value' && f.column === 'account_id' ? f.values : [],
  );
  const [id, ...more] = new Set(ids);
  const name = id === undefined || more.length > 0 ? undefined : values.accountName(id);
  if (name === undefined) return [];
  const alike = values.containing('account', name).flatMap((v) => v.values);
  const others = [...new Set(alike)]
    .filter((other) => other !== id)
    .flatMap((other) => values.accountName(other) ?? []);
  return remark(name, others, say);
}

/** For each tag of a plan that the data also has in other letters: that those are not meant. */
function otherwiseSpelled(plan: Plan, values: Values, say: Say): readonly string[] {
  const named = facts(plan).flatMap((f) =>
    f.is === 'tag' ? [f.value === null ? f.key : `${f.key}=${f.value}`] : [],
  );
  const meant = new Set(named);
  return [...meant].flatMap((tag) => {
    const others = values.spellings(tag).filter((other) => !meant.has(other));
    return remark(tag, others, say);
  });
}
