import { allOf, type Filter, factsOf, listOf, type Plan, partsOf } from './plan.ts';
import { meantBy } from './refine.ts';
import { keysOfRows } from './refine-rows.ts';

/**
 * What a conversation is about between two questions: after "which keys are public" and "who can use
 * them", "which of them are disabled" means the keys still, though the last answer lists permissions.
 */

/** What words point back to: one key, several, or whoever uses them. */
export type Reference = 'one' | 'several' | 'people' | null;

/**
 * The keys that the talk is about beside what the answer `plan` says, when it went on from `from`;
 * `earlier` are those before it. None where the answer itself says which keys are meant.
 */
export function subjectAfter(
  plan: Plan,
  from: Plan,
  earlier: Plan | null,
  refers: Reference,
): Plan | null {
  if (plan.entity === 'keys') {
    // "Has it been used?" of one key asks about it, and does not choose among several.
    const asksAbout = refers === 'one' && from.entity === 'keys' && namesKey(from);
    return asksAbout && !isSame(plan, from) ? from : null;
  }
  if (from.entity === 'keys') return from.limit === null ? listOf('keys', meantBy(from)) : null;
  if (!isSame(plan, from) && ownOf(plan) !== ownOf(from)) return keysBehind(plan);
  if (!earlier) return null;
  const before = keysIn(from.filter).map(textOf);
  const now = keysIn(plan.filter);
  if (!before.every((text) => now.map(textOf).includes(text))) return null;
  const added = now.filter((f) => !before.includes(textOf(f)));
  return { ...earlier, filter: allOf(earlier.filter, ...added) };
}

/**
 * Which readings of a follow-up are meant: those that go on from the rows of the last answer, or those
 * about the keys that it was asked of. Both where either may be.
 */
export function meantOf(
  last: Plan,
  ofRows: readonly Plan[],
  ofKeys: readonly Plan[],
  refers: Reference,
): readonly Plan[] {
  if (ofRows.length === 0 || ofKeys.length === 0) return [...ofRows, ...ofKeys];
  if (last.entity === 'keys') return ofKeys;
  if (refers === null) return ofRows;
  // "How many are they", "group them by account": the rows that are before one's eyes.
  if (ofRows.every((plan) => isSame({ ...last, filter: plan.filter }, { ...last }))) return ofRows;
  if (refers === 'one') return ofKeys;
  // A condition on keys is one on the keys that were spoken of; one on the rows may be either.
  return [...ofRows.filter((plan) => ownOf(plan) !== ownOf(last)), ...ofKeys];
}

/** The keys that permissions are on, where several may be. */
export function keysBehind(plan: Plan): Plan | null {
  if (plan.entity !== 'permissions' || plan.measure.kind !== 'list' || namesKey(plan)) return null;
  return keysOfRows(plan)[0] ?? null;
}

/** What is said of the rows themselves, as text. */
const ownOf = ({ filter }: Plan) =>
  partsOf(filter)
    .filter((f) => !isOfKey(f))
    .map(textOf)
    .join();

const textOf = (f: Filter) => JSON.stringify(f);
const isSame = (a: Plan, b: Plan) => JSON.stringify(a) === JSON.stringify(b);
const namesKey = ({ filter }: Plan) => factsOf(filter).some((f) => f.is === 'key');
const isOfKey = (f: Filter): f is { readonly key: Filter } => !('is' in f) && 'key' in f;
const keysIn = (filter: Filter) =>
  partsOf(filter)
    .filter(isOfKey)
    .map(({ key }) => key);
