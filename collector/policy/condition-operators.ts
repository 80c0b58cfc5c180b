import type { ConditionTest } from './document.ts';

/** How a demanding operator compares: as text, ARN part by ARN part, or as true and false. */
export type PositiveOperator = 'string' | 'arn' | 'bool';

/**
 * The operators that demand a value. Everything else never narrows by itself: negated operators admit
 * all but a few, date, number and address operators do not say who, and `Null` only asks for presence.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
 */
const POSITIVE_OPERATORS: ReadonlyMap<string, PositiveOperator> = new Map([
  ['stringequals', 'string'],
  ['stringequalsignorecase', 'string'],
  ['stringlike', 'string'],
  ['arnequals', 'arn'],
  ['arnlike', 'arn'],
  ['bool', 'bool'],
]);

/**
 * The operator under its prefix and suffix, or null when it demands nothing. `…IfExists` and
 * `ForAllValues:` hold when the key is absent, so they demand something only where a `Null` test says
 * that the key must be there.
 */
export function demandingOperator(written: string, mustExist: boolean): PositiveOperator | null {
  let operator = written.toLowerCase();
  let holdsWhenAbsent = false;
  if (operator.startsWith('forallvalues:')) {
    operator = operator.slice('forallvalues:'.length);
    holdsWhenAbsent = true;
  } else if (operator.startsWith('foranyvalue:')) {
    operator = operator.slice('foranyvalue:'.length);
  }
  if (operator.endsWith('ifexists')) {
    operator = operator.slice(0, -'ifexists'.length);
    holdsWhenAbsent = true;
  }
  if (holdsWhenAbsent && !mustExist) return null;
  return POSITIVE_OPERATORS.get(operator) ?? null;
}

/** The keys, in lower case, that a `Null` test wants to be there. */
export function keysThatMustExist(tests: readonly ConditionTest[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { operator, key, values } of tests) {
    if (operator.toLowerCase() !== 'null') continue;
    if (values.length > 0 && values.every((v) => v.toLowerCase() === 'false')) {
      keys.add(key.toLowerCase());
    }
  }
  return keys;
}
