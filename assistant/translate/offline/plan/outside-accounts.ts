import { allOf, factsOf, isEverything, type Plan } from './plan.ts';

/**
 * The accounts outside the organization that a plan lists the permissions of, each once with the number of
 * its keys; the plan itself where it lists anything else. Of a particular key, what each account may do says
 * more than that it is one.
 */
export function eachAccountOnce(plan: Plan): Plan {
  const { entity, measure, groupBy, filter } = plan;
  if (entity !== 'permissions' || groupBy.length > 0) return plan;
  if (measure.kind !== 'list' || measure.show.length > 0) return plan;
  const facts = factsOf(filter);
  const ofOutsiders = facts.some(
    (f) => f.is === 'access' && f.test.trust?.includes('EXTERNAL') && !f.test.grantee,
  );
  if (isEverything(filter) || !ofOutsiders || facts.some((f) => f.is === 'key')) return plan;
  return {
    ...plan,
    // Canonical users and the like are of no account that is known.
    filter: allOf(filter, { is: 'present', column: 'principal_account' }),
    measure: { kind: 'count', keys: true },
    groupBy: [{ column: 'principal_account' }],
  };
}
