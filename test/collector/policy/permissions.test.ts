import { describe, expect, it } from 'vitest';
import {
  allow,
  analyze,
  DEFAULT_STATEMENT,
  OWN,
  permissionOf,
  SIBLING,
  STRANGER,
} from './example.ts';

describe('the permissions of a policy', () => {
  it('are one row per statement and principal, as written', () => {
    const condition = { StringEquals: { 'kms:EncryptionContext:app': 'x' } };
    const { permissions } = analyze({
      statements: [
        DEFAULT_STATEMENT,
        {
          Effect: 'Allow',
          Principal: { AWS: [SIBLING, OWN], Service: 'logs.amazonaws.com' },
          NotAction: ['kms:Delete*', 'kms:Put*'],
          Resource: '*',
          Condition: condition,
        },
      ],
    });
    expect(permissions.map((p) => [p.statement_index, p.sid, p.principal])).toEqual([
      [0, 'Enable IAM User Permissions', `arn:aws:iam::${OWN}:root`],
      [1, null, OWN],
      [1, null, SIBLING],
      [1, null, 'logs.amazonaws.com'],
    ]);
    expect(permissions[2]).toEqual({
      source: 'POLICY',
      statement_index: 1,
      sid: null,
      grant_id: null,
      effect: 'Allow',
      principal_type: 'ACCOUNT',
      principal: SIBLING,
      principal_account: SIBLING,
      trust: 'ORGANIZATION',
      actions: ['NOT kms:Delete*', 'NOT kms:Put*'],
      resources: ['*'],
      access_levels: ['ADMIN', 'ENCRYPT', 'DECRYPT', 'SIGN', 'GRANT', 'READ'],
      condition_json: JSON.stringify(condition),
      restricted_by: [],
      is_effective: true,
    });
  });

  it('have no condition where there is none, or an empty one', () => {
    expect(permissionOf(allow('*')).condition_json).toBeNull();
    expect(permissionOf(allow('*', { Condition: {} })).condition_json).toBeNull();
  });

  it('are not effective where no action is one of KMS', () => {
    expect(permissionOf(allow({ AWS: OWN }, { Action: 's3:*' })).is_effective).toBe(false);
  });

  it('are none where the policy could not be read', () => {
    expect(analyze({ policy: null, grants: null }).permissions).toEqual([]);
  });
});

describe('the permissions of grants', () => {
  const role = `arn:aws:iam::${STRANGER}:role/x`;

  it('come after those of the policy, in order of grant id', () => {
    const { permissions } = analyze({
      grants: [
        { GrantId: 'b', GranteePrincipal: role, Operations: ['Decrypt'] },
        { GrantId: 'a', GranteePrincipal: role, Operations: ['Encrypt'] },
      ],
    });
    expect(permissions.map((p) => [p.source, p.grant_id])).toEqual([
      ['POLICY', null],
      ['GRANT', 'a'],
      ['GRANT', 'b'],
    ]);
  });

  it('carry the operations, the constraints and the distance of the grantee', () => {
    const constraints = {
      EncryptionContextSubset: { app: 'x' },
      SourceArn: `arn:aws:s3:::${'bucket'}`,
    };
    const { permissions } = analyze({
      statements: [],
      grants: [
        {
          GrantId: 'g',
          GranteePrincipal: role,
          Operations: ['Decrypt', 'CreateGrant', 'RetireGrant'],
          Constraints: constraints,
        },
      ],
    });
    expect(permissions).toEqual([
      {
        source: 'GRANT',
        statement_index: null,
        sid: null,
        grant_id: 'g',
        effect: 'Allow',
        principal_type: 'ROLE',
        principal: role,
        principal_account: STRANGER,
        trust: 'EXTERNAL',
        actions: ['Decrypt', 'CreateGrant', 'RetireGrant'],
        resources: ['*'],
        access_levels: ['DECRYPT', 'GRANT'],
        condition_json: JSON.stringify(constraints),
        restricted_by: ['aws:SourceArn'],
        is_effective: true,
      },
    ]);
  });

  it.each([
    ['a service in the principal field', { GranteePrincipal: 'rds.us-east-1.amazonaws.com' }],
    ['a service in its own field', { GranteeServicePrincipal: 'rds.us-east-1.amazonaws.com' }],
    [
      'a service in both fields',
      {
        GranteePrincipal: 'rds.us-east-1.amazonaws.com',
        GranteeServicePrincipal: 'rds.us-east-1.amazonaws.com',
      },
    ],
  ])('name %s once, as a service', (_, grantee) => {
    const { permissions } = analyze({
      statements: [],
      grants: [{ GrantId: 'g', Operations: ['Decrypt'], ...grantee }],
    });
    expect(permissions.map((p) => [p.principal, p.principal_type, p.trust])).toEqual([
      ['rds.us-east-1.amazonaws.com', 'SERVICE', 'SERVICE'],
    ]);
  });

  it('name both grantees where there are two', () => {
    const { permissions } = analyze({
      statements: [],
      grants: [
        {
          GrantId: 'g',
          GranteePrincipal: role,
          GranteeServicePrincipal: 'rds.amazonaws.com',
          Operations: ['Decrypt'],
        },
      ],
    });
    expect(permissions.map((p) => p.trust).sort()).toEqual(['EXTERNAL', 'SERVICE']);
  });

  it('are not effective for a deleted grantee', () => {
    const { permissions } = analyze({
      statements: [],
      grants: [
        { GrantId: 'g', GranteePrincipal: 'AROADBQP57FF2AEXAMPLE', Operations: ['Decrypt'] },
      ],
    });
    expect(permissions).toMatchObject([{ principal_type: 'DELETED', is_effective: false }]);
  });

  it('are empty for a grant that says nothing', () => {
    expect(analyze({ statements: [], grants: [{}] }).permissions).toEqual([]);
  });
});
