import { describe, expect, it } from 'vitest';
import {
  collectorPolicy,
  memberRolePolicy,
  memberRoleTrust,
} from '../../../collector/aws/permissions.ts';

const actions = (policy: { readonly Statement: readonly object[] }): readonly string[] =>
  policy.Statement.flatMap((s) => (s as { Action: string | readonly string[] }).Action);

describe('the permissions of a collection', () => {
  it('only read', () => {
    const all = [...actions(collectorPolicy('aws', 'Role')), ...actions(memberRolePolicy())];
    expect(all).toContain('kms:GetKeyLastUsage');
    for (const action of all) {
      expect(action).toMatch(/^[a-z]+:(?:List|Describe|Get|Lookup|AssumeRole$)/);
    }
  });

  it('query the trail where that tells who used a key, and no event history then', () => {
    const collector = actions(collectorPolicy('aws', 'Role', 'trail'));
    expect(collector).toEqual(
      expect.arrayContaining([
        'athena:StartQueryExecution',
        'athena:GetQueryExecution',
        'athena:GetQueryResults',
        'athena:StopQueryExecution',
        'glue:GetTable',
        's3:GetObject',
        's3:PutObject',
        'kms:Decrypt',
      ]),
    );
    expect(actions(memberRolePolicy('trail'))).not.toContain('cloudtrail:LookupEvents');
    expect(actions(memberRolePolicy())).toContain('cloudtrail:LookupEvents');
    expect(actions(collectorPolicy('aws', 'Role')).join()).not.toMatch(/athena|s3:|glue/);
  });

  it('let the collector take on the member role and no other', () => {
    expect(collectorPolicy('aws-cn', 'KMSInsightsReadRole').Statement).toContainEqual(
      expect.objectContaining({
        Action: 'sts:AssumeRole',
        Resource: 'arn:aws-cn:iam::*:role/KMSInsightsReadRole',
      }),
    );
  });

  it.each([
    [
      'arn:aws:sts::111122223333:assumed-role/Collector/session',
      'arn:aws:iam::111122223333:role/Collector',
    ],
    ['arn:aws:iam::111122223333:user/me', 'arn:aws:iam::111122223333:user/me'],
  ])('are trusted to %s as %s', (caller, principal) => {
    expect(memberRoleTrust(caller, undefined).Statement).toEqual([
      { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' },
    ]);
    expect(memberRoleTrust(caller, 'id').Statement).toEqual([
      expect.objectContaining({ Condition: { StringEquals: { 'sts:ExternalId': 'id' } } }),
    ]);
  });
});
