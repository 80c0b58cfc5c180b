import { allOf, type Fact, type Filter, factsOf, noneOf, type Plan, partsOf } from './plan.ts';

/**
 * "And the disabled ones?" (無効なものは？) after an answer about rotation: rotation that is off, and not
 * keys that are disabled.
 */

/** How a language says it. */
export interface OnOrOff {
  /** That something is on or off, which is not said. */
  readonly ofSomething: RegExp;
  /** What is cut from an answer, of which all have rotation on, or off, is about the keys. */
  readonly cuts: RegExp;
  readonly namesKeys: RegExp;
}

const rotationIsOn: Filter = { is: 'flag', column: 'rotation_enabled' };
const isOfRotation = (fact: Fact) => fact.is === 'flag' && fact.column === 'rotation_enabled';
const isSwitch = (fact: Fact) =>
  fact.is === 'event' && fact.test.operations?.some((o) => o.endsWith('KeyRotation')) === true;
const isState = (f: Filter) =>
  'is' in f &&
  f.is === 'value' &&
  f.column === 'key_state' &&
  ['Enabled', 'Disabled'].includes(f.values.join());

const switches: Readonly<Record<string, string>> = {
  DisableKey: 'DisableKeyRotation',
  EnableKey: 'EnableKeyRotation',
};

/** What is said of being on or off, said of rotation, where the answer before was about it. */
export function ofRotation(
  text: string,
  plans: readonly Plan[],
  before: Plan,
  { ofSomething, cuts, namesKeys }: OnOrOff,
): readonly Plan[] {
  const { measure } = before;
  const part = measure.kind === 'share' ? factsOf(measure.of) : [];
  const spoken = [...factsOf(before.filter), ...part].some((f) => isOfRotation(f) || isSwitch(f));
  if (!spoken || !ofSomething.test(text) || cuts.test(text)) return plans;
  const known = new Set(partsOf(before.filter).map((p) => JSON.stringify(p)));
  return plans.flatMap((plan): readonly Plan[] => {
    if (measure.kind === 'share' && part.some(isOfRotation)) {
      const said = plan.measure.kind === 'share' ? partsOf(plan.measure.of) : [];
      const [state] = [...partsOf(plan.filter), ...said].filter(
        (p) => isState(p) && !known.has(JSON.stringify(p)),
      );
      const of = state ? turned(allOf(measure.of, state), known) : null;
      return of ? [{ ...before, measure: { ...measure, of } }] : [plan];
    }
    const filter = turned(plan.filter, known);
    if (filter === null) return [plan];
    const meant = { ...plan, filter };
    return namesKeys.test(text) ? [meant, plan] : [meant];
  });
}

/** The filter with what it says of the state of keys said of their rotation; null where it says nothing. */
function turned(filter: Filter, known: ReadonlySet<string>): Filter | null {
  const parts = partsOf(filter);
  const states = parts.filter(isState);
  const fresh = states.filter((p) => !known.has(JSON.stringify(p)));
  // 無効なものは after disabled keys with rotation: nothing new is said but of their rotation.
  const [state] = fresh.length > 0 ? fresh : states;
  if (state && 'is' in state && state.is === 'value') {
    const on = state.values.join() === 'Enabled' ? rotationIsOn : noneOf(rotationIsOn);
    const kept = parts.filter((p) => !(fresh.includes(p) || factsOf(p).some(isOfRotation)));
    return allOf(...kept, on);
  }
  let found = false;
  const others = parts.map((p): Filter => {
    if (!('is' in p) || p.is !== 'event' || !p.test.operations) return p;
    const operations = p.test.operations.map((o) => switches[o] ?? o);
    if (operations.join() === p.test.operations.join()) return p;
    found = true;
    return { ...p, test: { ...p.test, operations } };
  });
  return found ? allOf(...others.map(ofKeyItself)) : null;
}

/** Whether rotation is on now says nothing of who switched it, of one key that is named. */
function ofKeyItself(filter: Filter): Filter {
  if ('is' in filter || !('key' in filter)) return filter;
  const parts = partsOf(filter.key);
  const named = parts.some((p) => 'is' in p && p.is === 'key');
  const kept = parts.filter((p) => !factsOf(p).some(isOfRotation));
  return named ? { key: allOf(...kept) } : filter;
}

/** Whether the one thing done of a plan is what `operation` is, said of rotation or not. */
export const isSameSwitch = (done: readonly string[] | undefined, said: readonly string[]) =>
  done !== undefined &&
  (done.join() === said.join() || done.join() === said.map((o) => switches[o] ?? o).join());
