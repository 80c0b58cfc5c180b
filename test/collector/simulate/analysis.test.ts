import { describe, expect, it } from 'vitest';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import type { ConcernCode } from '../../../collector/schema/concerns.ts';
import {
  policyTemplates,
  type TemplateName,
} from '../../../collector/simulate/policies/library.ts';
import type { Trait } from '../../../collector/simulate/policies/template.ts';
import { randomOf } from '../../../collector/simulate/random.ts';

const own = '111122223333';
const sibling = '444455556666';

const codeOf: Readonly<Record<Trait, ConcernCode>> = {
  public: 'PUBLIC_ACCESS',
  external: 'EXTERNAL_ACCOUNT',
  'iam-user': 'IAM_USER_PRINCIPAL',
  'confused-deputy': 'CONFUSED_DEPUTY',
  'in-organization': 'CROSS_ACCOUNT_IN_ORG',
};

function concernsOf(name: TemplateName): Set<ConcernCode> {
  const policy = policyTemplates[name].document({
    accountId: own,
    region: 'eu-west-1',
    keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
    organizationId: 'o-exampleorg',
    rootId: 'r-abcd',
    system: 'payments',
    service: 's3',
    random: randomOf(name),
    sibling: () => sibling,
  });
  const { concerns } = analyzeKey(
    {
      accountId: own,
      region: 'eu-west-1',
      keyArn: `arn:aws:kms:eu-west-1:${own}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
      policy: JSON.parse(JSON.stringify(policy)),
      grants: [],
      key: null,
      asOf: new Date('2026-11-20T00:00:00Z'),
    },
    { id: 'o-exampleorg', accountIds: new Set([own, sibling]) },
  );
  return new Set(concerns.map(({ code }) => code));
}

const names = Object.keys(policyTemplates) as TemplateName[];

describe.each(names)('the analysis of %s', (name) => {
  it.each(Object.entries(codeOf) as [Trait, ConcernCode][])(
    'finds that it is %s, or not, as its author says',
    (trait, code) => {
      expect(concernsOf(name).has(code)).toBe(policyTemplates[name].traits.includes(trait));
    },
  );
});

it.each<[TemplateName, ConcernCode]>([
  ['deleted-user', 'DELETED_PRINCIPAL'],
  ['deleted-role', 'DELETED_PRINCIPAL'],
  ['lockout-deleted-role', 'LOCKOUT_RISK'],
  ['lockout-no-administrator', 'LOCKOUT_RISK'],
  ['lockout-by-deny', 'LOCKOUT_RISK'],
  ['not-action-allow', 'NOT_ACTION_ALLOW'],
  ['public-not-principal', 'BROAD_NOT_PRINCIPAL'],
  ['role-full-access', 'WILDCARD_ACTIONS'],
])('the analysis of %s finds %s', (name, code) => {
  expect(concernsOf(name)).toContain(code);
});
