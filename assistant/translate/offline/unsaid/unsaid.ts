import type { Values } from '../lexicon/values.ts';
import { isOver, isTooFar, isYetToCome, meets, type Need, numberIn } from '../needs.ts';
import { type Fact, type Filter, type Plan, partsOf } from '../plan/plan.ts';
import { denies, hasAccess, hasEvent, isList, showsPeople, some } from '../plan/says.ts';
import type { Token } from '../tokens/token.ts';
import { ofAmounts } from './amounts.ts';
import { ofDeeds } from './deeds.ts';
import { ofMoney } from './money.ts';
import { ofPeople } from './people.ts';
import { ofThings } from './things.ts';

/**
 * A second look at what was understood, from the other side: not how the words can be read, but whether
 * what was read says what certain words ask for. A reading that does not is none: no answer is better than
 * one to another question.
 */

const rankingWords =
  /\b(top|first|last|bottom|most|fewest|least|largest|biggest|highest|lowest|greatest|smallest|oldest|newest|youngest|latest|earliest|soonest|next|cheapest|costliest|priciest|dearest|expensive|recent|recently|leading|worst|best|rank(?:ed|ing)?|busiest|common(?:est)?|frequent|longest|shortest|order(?:ed)?|sort(?:ed)?|only|just|limit|show|give|list|random|sample)\b/;

/** Whether who uses keys, or may use them, is among the conditions, or shown. */
const namesWho = (plan: Plan) =>
  showsPeople(plan) ||
  hasAccess(plan, (t) => (t.grantee ?? t.unit ?? t.trust ?? t.types) !== undefined) ||
  hasEvent(
    plan,
    (t) =>
      (t.callers ?? t.callerAccount ?? t.callerUnit ?? t.services ?? t.addresses) !== undefined,
  );

/** What words of a question ask for, whatever stands around them. */
const needs: readonly Need[] = [...ofPeople, ...ofDeeds, ...ofAmounts, ...ofMoney, ...ofThings];

const month = /^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*$/;

/** A number of bits that keys come with. */
const isSize = (text: string) => /^(?:256|384|521|2048|3072|4096)$/.test(text);
const saysSpec = (plan: Plan) => some(plan, (f) => f.is === 'value' && f.column === 'key_spec');

/** Whether every number that stands by itself is in what was read. */
function keepsNumbers(tokens: readonly Token[], plan: Plan): boolean {
  return tokens.every((t, i) => {
    if (t.kind !== 'number' && t.kind !== 'percent') return true;
    const next = tokens[i + 1];
    const before = tokens[i - 1];
    // Times of the day are read by rules of their own: "around 3 am" is from 2 until 4.
    if (t.glued || next?.glued || /^(?:am|pm)$/.test(next?.text ?? '')) return true;
    // Ends of calendar spans are the beginnings of the next ones.
    const dated = [before, next].some((n) => n !== undefined && month.test(n.text));
    if (dated || /^(?:19|20)\d\d$/.test(t.text)) return true;
    // "Below 4096 bits" are key specs of other numbers.
    if (saysSpec(plan) && (/^bits?$/.test(next?.text ?? '') || isSize(t.text))) return true;
    return numberIn(plan, t.text.replaceAll(/[^0-9.]/g, ''));
  });
}

/** A cut to so many needs a word that ranks: "accounts with 5 keys" are not the first five. */
const cutsForNothing = (question: string, plan: Plan) =>
  typeof plan.limit === 'number' && !rankingWords.test(question);

/** "Team payments" says of which team; that an account is called payments is chance. */
function losesTag(
  tokens: readonly Token[],
  plan: Plan,
  { tags, tagKeys, exactly }: Values,
): boolean {
  return tokens.some((t, i) => {
    const value = tokens[i + 1]?.text === 'tag' ? tokens[i + 2] : tokens[i + 1];
    const keys = tagKeys.get(t.text);
    if (!keys || value?.kind !== 'word') return false;
    const tagged = tags.some((g) => keys.includes(g.key) && g.value.toLowerCase() === value.text);
    const account = exactly('account', value.text).length > 0;
    const valued = (f: Fact) => f.is === 'tag' && f.value?.toLowerCase() === value.text;
    const said = some(plan, (f) => f.is === 'tag' && valued(f) && keys.includes(f.key));
    const placed = some(plan, (f) => f.is === 'value' && f.column === 'account_id');
    const elsewhere = some(plan, valued);
    return !said && (elsewhere || ((tagged || account) && placed));
  });
}

/** Words of what is still to come. */
const ahead = /\b(?:expires?|expiring|due|will|to be deleted|going to)\b/;

/** "Except alice" leaves out a person, not the keys tagged with that name. */
function leavesOutTag(tokens: readonly Token[], plan: Plan, { exactly }: Values): boolean {
  const person = tokens.some(
    (t, i) =>
      /^(?:than|except|but|besides|from|not)$/.test(tokens[i - 1]?.text ?? '') &&
      exactly('caller', t.text).length > 0,
  );
  return person && denies(plan, (f) => 'is' in f && f.is === 'tag');
}

const listing = /\b(?:list|show|which|what|who|name|names|display|see|give|export)\b/;
/** So few words say nothing of how the answer is to be shown. */
const FEW = 4;

/** Whether a plan has conditions that the one before it has not. */
const narrows = (before: Plan, plan: Plan) =>
  partsOf(plan.filter).length > partsOf(before.filter).length;

/** What a short question after an answer leaves out of it: the measure, the groups, who it was. */
function losesBefore(question: string, words: number, plan: Plan, before: Plan): boolean {
  const few = words <= FEW;
  const measured = !isList(before) && isList(plan) && !listing.test(question);
  const grouped = before.groupBy.length > 0 && plan.groupBy.length === 0 && !isList(plan);
  const total = /\b(?:in total|overall|altogether|in all)\b/.test(question);
  const isEvent = (p: Filter): boolean =>
    ('is' in p && p.is === 'event') || ('or' in p && p.or.every(isEvent));
  const own = partsOf(plan.filter).some(isEvent);
  const nested = plan.entity === 'usage' && !own && hasEvent(plan) && hasEvent(before);
  const repeated =
    /^and how many\b/.test(question) && JSON.stringify(plan) === JSON.stringify(before);
  // "List the keys" of the top three is not all of them.
  const cut = before.groupBy.length > 0 && (before.limit !== null || before.having !== null);
  const uncut = cut && isList(plan) && ['keys', before.entity].includes(plan.entity);
  const about = /^(?:and )?(?:what|how) about\b/.test(question);
  const accesses = (p: Plan) => partsOf(p.filter).filter((f) => 'is' in f && f.is === 'access');
  const piled =
    about && accesses(before).length > 0 && accesses(plan).length > accesses(before).length;
  const level =
    /\b(?:signing|encryption|decryption|encrypting|decrypting|sign|encrypt|decrypt)$/.test(
      question,
    );
  const sameLevels = JSON.stringify(accesses(before)) === JSON.stringify(accesses(plan));
  // "Show their aliases" leaves no key out that has none; "the grants" are more than keys with some.
  const shown =
    /^(?:and )?(?:show|list|give|see|display)(?: me)? (?:the|their|its|all) (\w+)$/.exec(question);
  const onlyWith =
    shown !== null &&
    !/^keys?$/.test(shown[1] ?? '') &&
    plan.entity === before.entity &&
    narrows(before, plan);
  // "Who used them last?" of several keys is a question for each.
  const lastOfSeveral =
    /\b(?:them|they|those|these)\b.*\blast$/.test(question) && plan.limit === 'ties';
  // Groups told by how many they have are not those of all that are meant.
  const bounded = before.having !== null && plan.having === null && plan.groupBy.length > 0;
  const ofAccounts =
    /^(?:and |only )?(?:in|from|of) (?:\w+ )?(?:accounts|regions|teams)\b/.test(question) &&
    isList(before) &&
    !isList(plan);
  // "What about external" after "public" is said of who may, and not of where material comes from.
  const ofMaterial = (p: Plan) =>
    some(p, (f) => f.is === 'value' && f.column === 'origin' && f.values.join() === 'EXTERNAL');
  const material = /\bexternal\b/.test(question) && !/\b(?:origin|material)\b/.test(question);
  if (material && ofMaterial(plan) && !ofMaterial(before)) return true;
  // "And the first five" after the last five is the other end.
  const sameEnd =
    /\bfirst \d+$/.test(question) &&
    before.orderBy?.direction === 'desc' &&
    JSON.stringify(plan.orderBy) === JSON.stringify(before.orderBy);
  // "I mean the RSA ones" puts right what was asked.
  const uncorrected =
    /^(?:no |sorry |oh )*i (?:mean|meant)\b/.test(question) &&
    plan.entity === before.entity &&
    narrows(before, plan);
  // "Used ones" after unused ones are others.
  const stillUnused =
    /^(?:and |the |what about |but )*(?:used|in use)(?: ones| keys)?$/.test(question) &&
    some(before, (f) => f.is === 'unused') &&
    some(plan, (f) => f.is === 'unused');
  if (sameEnd || uncorrected || stillUnused) return true;
  if (onlyWith || lastOfSeveral || bounded || ofAccounts) return true;
  const otherLevel =
    level && before.entity === 'permissions' && plan.entity === 'permissions' && sameLevels;
  return (
    (few && (measured || (grouped && !total))) || nested || piled || otherLevel || repeated || uncut
  );
}

/** Words behind "keys" and before "used" that name nobody. */
const nobody =
  /^(?:not|never|last|first|were|was|are|is|be|been|being|to|for|and|or|in|with|on|of|per|that|which|nobody|noone|no|who|have|has|had|still|we|they|i|you|it|anyone|someone|everyone|by|from|actually|ever|most|least|often|now|people|users|roles|services|accounts|saw|without|their|its|\w+ly)$/;

/**
 * Whether somebody is named who uses keys: "keys payments-prod used", "which keys does payments-prod use".
 * The keys are not theirs for that.
 */
function isNamedAsUser(tokens: readonly Token[]): boolean {
  return tokens.some((verb, at) => {
    if (!/^(?:used?|uses|using)$/.test(verb.text) || tokens[at + 1]?.text === 'by') return false;
    let name = at - 1;
    const auxiliary = /^(?:has|have|had|is|can|may)$/.test(tokens[name]?.text ?? '');
    if (auxiliary) name -= 1;
    const isName = tokens[name]?.kind === 'word' && !nobody.test(tokens[name]?.text ?? '');
    while (tokens[name]?.glued) name -= 1;
    const before = tokens[name - 1]?.text ?? '';
    // "Keys without use": a noun.
    if (verb.text === 'use' && !auxiliary && !/^(?:does|did)$/.test(before)) return false;
    return isName && /^(?:keys?|cmks?|does|did|has|have|that|which)$/.test(before);
  });
}

/**
 * Tells of the readings of a question whether they leave out, or turn around, what its words ask for. What
 * the words ask for is found once, and held against every reading.
 */
export function losesWords(
  tokens: readonly Token[],
  {
    values,
    before,
    asOf,
  }: { readonly values: Values; readonly before: Plan | null; readonly asOf: Date },
): (plan: Plan) => boolean {
  const question = tokens
    .map((t) => t.text)
    .join(' ')
    .toLowerCase();
  const asked = meets(needs, question);
  const comes = ahead.test(question);
  const usedBySomeone = isNamedAsUser(tokens);
  return (plan) =>
    !asked(plan) ||
    (usedBySomeone && !namesWho(plan)) ||
    !keepsNumbers(tokens, plan) ||
    (!before?.limit && cutsForNothing(question, plan)) ||
    losesTag(tokens, plan, values) ||
    leavesOutTag(tokens, plan, values) ||
    (comes && isOver(plan, asOf)) ||
    isTooFar(plan, asOf) ||
    isYetToCome(plan, asOf) ||
    (before !== null && losesBefore(question, tokens.length, plan, before));
}
