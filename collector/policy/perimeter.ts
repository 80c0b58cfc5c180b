import { admitted } from './condition-values.ts';
import { type Aspect, restrictingKey } from './conditions.ts';
import type { ConditionTest, Statement } from './document.ts';
import { farther, type Reach, type Standpoint } from './reach.ts';

/**
 * Negated operators that hold, and so deny, when the key is absent: a caller escapes such a Deny only by
 * carrying one of the values. `ForAnyValue:` is left out, for it does not hold when the key is absent.
 * Source: IAM User Guide, "IAM JSON policy elements: Condition operators" and "Multivalued context keys".
 */
const DENIES_ALL_BUT: ReadonlyMap<string, 'string' | 'arn'> = new Map([
  ['stringnotequals', 'string'],
  ['stringnotequalsignorecase', 'string'],
  ['stringnotlike', 'string'],
  ['arnnotequals', 'arn'],
  ['arnnotlike', 'arn'],
]);

/** Whom a Deny with a condition leaves alone. */
export interface LeftAlone {
  readonly reach: Reach;
  /** True where AWS's own services are left alone besides, for whichever account they act. */
  readonly services: boolean;
}

/**
 * How far the callers may stand whom a Deny with a condition leaves alone, where its condition says so
 * for certain: "deny unless the caller is of our organization". Null where it leaves anyone or where
 * that cannot be told. The tests of a condition must all hold for it to deny, so whoever fails any one
 * of them is left alone, and the farthest of those counts.
 */
export function leftAlone(deny: Statement, from: Standpoint): LeftAlone | null {
  let left: Reach | null = null;
  let services = false;
  for (const test of deny.tests) {
    if (sparesServices(test)) {
      services = true;
      continue;
    }
    const reach = escapees(test, deny.hasVariables, from);
    if (reach === null || reach === 'PUBLIC') return null;
    left = left === null ? reach : farther(left, reach);
  }
  return left === null ? null : { reach: left, services };
}

function escapees(test: ConditionTest, hasVariables: boolean, from: Standpoint): Reach | null {
  const key = restrictingKey(test.key);
  if (key === null) return null;
  const compares = DENIES_ALL_BUT.get(bare(test.operator));
  if (compares === undefined || !NAMES_A_CALLER.has(key.aspect)) return null;
  return admitted(test.values, hasVariables, from, compares, key.read);
}

const NAMES_A_CALLER: ReadonlySet<Aspect> = new Set<Aspect>(['caller', 'source', 'network']);

/** `"Bool": {"aws:PrincipalIsAWSService": "false"}`: the Deny is not for AWS's own services. */
function sparesServices({ operator, key, values }: ConditionTest): boolean {
  return (
    key.toLowerCase() === 'aws:principalisawsservice' &&
    bare(operator) === 'bool' &&
    values.length > 0 &&
    values.every((v) => v.toLowerCase() === 'false')
  );
}

/** The operator without what makes no difference to a negated one when its key is absent. */
function bare(operator: string): string {
  return operator
    .toLowerCase()
    .replace(/^forallvalues:/, '')
    .replace(/ifexists$/, '');
}
