import type { ConcernCode } from '../../../../collector/schema/concerns.ts';
import { conditionsOf, type Fact, type Filter, type PermissionTest, type Plan } from './plan.ts';

/** The concerns that all rows of a plan have in common, because its conditions say so. */
export function sharedConcerns(plan: Plan): readonly ConcernCode[] {
  return [...new Set(conditionsOf(plan.filter).flatMap(concernsOf))];
}

function concernsOf(filter: Filter): readonly ConcernCode[] {
  if ('not' in filter) {
    const { not } = filter;
    return 'is' in not && not.is === 'flag' ? (withoutFlag[not.column] ?? []) : [];
  }
  return 'is' in filter ? concernsOfFact(filter) : [];
}

const withoutFlag: Readonly<Record<string, readonly ConcernCode[]>> = {
  rotation_enabled: ['ROTATION_DISABLED'],
  policy_readable: ['UNREADABLE_KEY'],
};
const ofState: Readonly<Record<string, readonly ConcernCode[]>> = {
  Disabled: ['DISABLED_KEY'],
  PendingDeletion: ['PENDING_DELETION'],
};

function concernsOfFact(fact: Fact): readonly ConcernCode[] {
  switch (fact.is) {
    case 'concern':
      return fact.codes as readonly ConcernCode[];
    case 'severity':
      return (fact.codes ?? []) as readonly ConcernCode[];
    case 'access':
      return concernsOfAccess(fact.test);
    case 'unused':
      return ['UNUSED_KEY'];
    case 'value': {
      const [only, ...more] = fact.values;
      if (fact.column !== 'key_state' || only === undefined || more.length > 0) return [];
      return ofState[only] ?? [];
    }
    default:
      return [];
  }
}

const trusted: Readonly<Record<string, ConcernCode>> = {
  PUBLIC: 'PUBLIC_ACCESS',
  EXTERNAL: 'EXTERNAL_ACCOUNT',
  ORGANIZATION: 'CROSS_ACCOUNT_IN_ORG',
};

function concernsOfAccess({
  trust,
  source,
  types,
  denied,
}: PermissionTest): readonly ConcernCode[] {
  if (denied) return [];
  if (source?.join() === 'GRANT' && trust?.join() === 'EXTERNAL') return ['EXTERNAL_GRANT'];
  const far = (trust ?? []).flatMap((t) => trusted[t] ?? []);
  return types?.join() === 'USER' ? [...far, 'IAM_USER_PRINCIPAL'] : far;
}
