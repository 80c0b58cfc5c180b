import type { GrantListEntry } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import type { Concern } from '../../../collector/policy/types.ts';
import { concernKind, concernKinds } from '../../../collector/schema/concerns.ts';
import {
  AS_OF,
  allow,
  analyze,
  codesOf,
  DEFAULT_STATEMENT,
  deny,
  type Example,
  KEY_ARN,
  OTHER_ORG,
  OWN,
  OWN_ORG,
  SIBLING,
  STRANGER,
} from './example.ts';

/** The concern of a code, with the default statement beside so that nobody is locked out. */
function concernOf(code: string, example: Example): Concern | undefined {
  const statements = [...(example.statements ?? []), DEFAULT_STATEMENT];
  const before = example.statements?.length ?? 0;
  return analyze({ ...example, statements }).concerns.find(
    (c) => c.code === code && (c.statement_index === null || c.statement_index < before),
  );
}

const when = (condition: unknown) => ({ Condition: condition });
const logs = { Service: 'logs.us-east-1.amazonaws.com' };
const crypto = ['kms:Encrypt', 'kms:Decrypt'];
const daysFromNow = (days: number) => new Date(AS_OF.getTime() + days * 86_400_000);
const grant = (more: Partial<GrantListEntry>): GrantListEntry => ({
  GrantId: 'g1',
  GranteePrincipal: `arn:aws:iam::${OWN}:role/app`,
  Operations: ['Decrypt'],
  ...more,
});

const oldGrant = (more: Partial<GrantListEntry>) =>
  grant({ CreationDate: daysFromNow(-365), ...more });

describe('the default key policy', () => {
  it('is an account principal with every action, both for information only', () => {
    const { concerns } = analyze({});
    expect(concerns.map((c) => [c.code, c.label, c.severity])).toEqual([
      ['ACCOUNT_PRINCIPAL', 'Principal is account', 'INFO'],
      ['WILDCARD_ACTIONS', 'Key policy overly permissive', 'INFO'],
    ]);
  });
});

// biome-ignore format: one case per line
const raised: readonly (readonly [code: string, severity: string, example: Example, why: string])[] = [
  ['ACCOUNT_PRINCIPAL', 'INFO', { statements: [allow({ AWS: SIBLING })] }, 'a bare account id is the account'],
  ['ACCOUNT_PRINCIPAL', 'INFO', { statements: [allow({ AWS: `arn:aws-us-gov:iam::${OWN}:root` })] }, 'in every partition'],
  ['WILDCARD_ACTIONS', 'MEDIUM', { statements: [allow({ AWS: `arn:aws:iam::${OWN}:role/a` }, { Action: 'kms:*' })] }, 'a role with everything'],
  ['WILDCARD_ACTIONS', 'MEDIUM', { statements: [allow({ AWS: SIBLING }, { Action: ['*'] })] }, 'another account with everything'],
  ['IAM_USER_PRINCIPAL', 'MEDIUM', { statements: [allow({ AWS: `arn:aws:iam::${OWN}:user/team/alice` })] }, 'a user'],
  ['EXTERNAL_ACCOUNT', 'HIGH', { statements: [allow({ AWS: STRANGER })] }, 'an account outside'],
  ['EXTERNAL_ACCOUNT', 'HIGH', { statements: [allow({ AWS: STRANGER }, { Action: 'kms:*' })] }, 'an account outside with everything'],
  ['EXTERNAL_ACCOUNT', 'LOW', { statements: [allow({ AWS: STRANGER }, { Action: ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'] })] }, 'KMS, Permissions: cross-account use: no'],
  ['EXTERNAL_ACCOUNT', 'HIGH', { statements: [allow('*', when({ StringEquals: { 'aws:PrincipalOrgID': OTHER_ORG } }))] }, 'another organization'],
  ['EXTERNAL_ACCOUNT', 'MEDIUM', { statements: [allow('*', when({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } }))] }, 'whoever comes through an endpoint'],
  ['EXTERNAL_ACCOUNT', 'HIGH', { statements: [allow('*', when({ StringEquals: { 'aws:SourceVpce': 'vpce-1', 'aws:PrincipalOrgID': OTHER_ORG } }))] }, 'another organization through an endpoint'],
  ['CROSS_ACCOUNT_IN_ORG', 'INFO', { statements: [allow({ AWS: SIBLING })] }, 'an account inside'],
  ['CROSS_ACCOUNT_IN_ORG', 'INFO', { statements: [allow('*', when({ StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } }))] }, 'the whole organization'],
  ['CROSS_ACCOUNT_IN_ORG', 'INFO', { grants: [grant({ GranteePrincipal: `arn:aws:iam::${SIBLING}:role/x` })] }, 'by a grant'],
  ['PUBLIC_ACCESS', 'CRITICAL', { statements: [allow('*')] }, 'anyone'],
  ['PUBLIC_ACCESS', 'CRITICAL', { statements: [allow({ AWS: '*' }, when({ StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } }))] }, 'anyone through a service'],
  ['PUBLIC_ACCESS', 'HIGH', { statements: [allow('*', { Action: 'kms:DescribeKey' })] }, 'metadata only'],
  ['PUBLIC_ACCESS', 'HIGH', { statements: [allow('*', when({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/48', '198.51.100.7'] } }))] }, 'anyone, but from a few addresses'],
  ['PUBLIC_ACCESS', 'CRITICAL', { statements: [allow('*', when({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } }))] }, 'S3, The meaning of public: all addresses'],
  ['PUBLIC_ACCESS', 'HIGH', { statements: [allow('*', when({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32'] } }))] }, 'S3, The meaning of public: the widest narrow blocks'],
  ['PUBLIC_ACCESS', 'CRITICAL', { statements: [allow('*', when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/7' } }))] }, 'S3, The meaning of public: too wide'],
  ['PUBLIC_ACCESS', 'CRITICAL', { statements: [allow('*', when({ IpAddress: { 'aws:SourceIp': '2001:db8::/31' } }))] }, 'S3, The meaning of public: too wide'],
  ['PUBLIC_ACCESS', 'CRITICAL', { statements: [allow('*', when({ IpAddress: { 'aws:SourceIp': 'anywhere' } }))] }, 'not an address'],
  ['PUBLIC_ACCESS', 'CRITICAL', { statements: [allow('*', { Action: 'kms:SomethingNew' })] }, 'an action of unknown consequence'],
  ['PUBLIC_ACCESS', 'CRITICAL', { statements: [allow('*', when({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }))] }, 'all addresses but some'],
  ['PUBLIC_ACCESS', 'CRITICAL', { statements: [allow('*', when({ IpAddressIfExists: { 'aws:SourceIp': '203.0.113.0/24' } }))] }, 'calls by services carry no address'],
  ['PUBLIC_ACCESS', 'CRITICAL', { statements: [{ Effect: 'Allow', NotPrincipal: { AWS: STRANGER }, Action: 'kms:Decrypt', Resource: '*' }] }, 'everyone but one'],
  ['BROAD_NOT_PRINCIPAL', 'CRITICAL', { statements: [{ Effect: 'Allow', NotPrincipal: { AWS: STRANGER }, Action: 'kms:Decrypt', Resource: '*' }] }, 'everyone but one'],
  ['BROAD_NOT_PRINCIPAL', 'MEDIUM', { statements: [{ Effect: 'Allow', NotPrincipal: { AWS: STRANGER }, Action: 'kms:Decrypt', Resource: '*', ...when({ StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } }) }] }, 'everyone of the organization but one'],
  ['NOT_ACTION_ALLOW', 'HIGH', { statements: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWN}:role/a` }, NotAction: 'kms:Delete*', Resource: '*' }] }, 'every action but some'],
  ['CONFUSED_DEPUTY', 'MEDIUM', { statements: [allow(logs)] }, 'IAM User Guide: The confused deputy problem'],
  ['CONFUSED_DEPUTY', 'LOW', { statements: [allow(logs, { Action: 'kms:Describe*' })] }, 'metadata only'],
  ['CONFUSED_DEPUTY', 'MEDIUM', { statements: [allow(logs, when({ StringEqualsIfExists: { 'aws:SourceAccount': OWN } }))] }, 'IfExists does not demand the key'],
  ['CONFUSED_DEPUTY', 'MEDIUM', { statements: [allow(logs, when({ ArnLike: { 'aws:SourceArn': 'arn:aws:logs:*:*:*' } }))] }, 'a source of any account'],
  ['CONFUSED_DEPUTY', 'MEDIUM', { statements: [allow(logs, when({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:*:*:*' } }))] }, 'a log group of any account'],
  ['CONFUSED_DEPUTY', 'MEDIUM', { statements: [allow(logs, when({ Bool: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:${OWN}:*` } }))] }, 'an operator that does not compare text'],
  ['CONFUSED_DEPUTY', 'MEDIUM', { statements: [allow(logs, when({ StringEquals: { 'kms:EncryptionContext:tenant': 'a' } }))] }, 'a context that names no resource'],
  ['CONFUSED_DEPUTY', 'MEDIUM', { statements: [allow('*', when({ Bool: { 'aws:PrincipalIsAWSService': 'true' } }))] }, 'any service for anyone'],
  ['DELETED_PRINCIPAL', 'LOW', { statements: [allow({ AWS: 'AROADBQP57FF2AEXAMPLE' })] }, 'a deleted role'],
  ['DELETED_PRINCIPAL', 'LOW', { statements: [deny({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' })] }, 'also in a Deny'],
  ['DELETED_PRINCIPAL', 'LOW', { statements: [{ Effect: 'Deny', NotPrincipal: { AWS: ['AIDACKCEVSQ6C2EXAMPLE', OWN] }, Action: 'kms:Sign', Resource: '*' }] }, 'also in NotPrincipal'],
  ['DELETED_PRINCIPAL', 'LOW', { grants: [grant({ GranteePrincipal: 'AROADBQP57FF2AEXAMPLE' })] }, 'also in a grant'],
  ['EXTERNAL_GRANT', 'HIGH', { grants: [grant({ GranteePrincipal: `arn:aws:iam::${STRANGER}:role/x` })] }, 'a grantee outside'],
  ['GRANT_WITHOUT_CONSTRAINTS', 'LOW', { grants: [grant({})] }, 'decrypts everything'],
  ['GRANT_WITHOUT_CONSTRAINTS', 'LOW', { grants: [grant({ Constraints: { EncryptionContextSubset: {} } })] }, 'an empty constraint is none'],
  ['GRANT_WITHOUT_CONSTRAINTS', 'INFO', { grants: [grant({ GranteePrincipal: 'dynamodb.us-east-1.amazonaws.com' })] }, 'made by a service'],
  ['GRANT_NEVER_RETIRED', 'INFO', { grants: [oldGrant({})] }, 'KMS: Retiring and revoking grants: nobody but the account'],
  ['GRANT_NEVER_RETIRED', 'INFO', { grants: [oldGrant({})], key: { usage_status: 'UNKNOWN', days_unused: null } }, 'unknown use is not called unused'],
  ['GRANT_NEVER_RETIRED', 'LOW', { grants: [oldGrant({})], key: { usage_status: 'NEVER_USED', days_unused: 400 } }, 'and the key is unused'],
  ['POLICY_LOCKOUT_BYPASS', 'MEDIUM', { lockoutCheckBypassedAt: daysFromNow(-3) }, 'KMS, PutKeyPolicy: BypassPolicyLockoutSafetyCheck'],
  ['UNREADABLE_KEY', 'MEDIUM', { policy: null }, 'the policy was not read'],
  ['UNREADABLE_KEY', 'MEDIUM', { policy: { Statement: [{}] } }, 'the policy is not one'],
  ['LOCKOUT_RISK', 'HIGH', { policy: { Statement: [] } }, 'nobody is named'],
  ['ROTATION_DISABLED', 'MEDIUM', { key: { rotation_enabled: false } }, 'KMS: Rotate AWS KMS keys'],
  ['ROTATION_DISABLED', 'MEDIUM', { key: { rotation_enabled: false, multi_region_type: 'PRIMARY' } }, 'a primary rotates'],
  ['PENDING_DELETION', 'MEDIUM', { key: { key_state: 'PendingDeletion', deletion_at: daysFromNow(7), days_unused: 400 } }, 'KMS: Delete AWS KMS keys'],
  ['PENDING_DELETION', 'HIGH', { key: { key_state: 'PendingDeletion', deletion_at: daysFromNow(7), days_unused: 3 } }, 'used three days ago'],
  ['PENDING_DELETION', 'MEDIUM', { key: { key_state: 'PendingReplicaDeletion', days_unused: 400 } }, 'waits for its replicas'],
  ['IMPORTED_MATERIAL_EXPIRING', 'HIGH', { key: { material_expires_at: daysFromNow(30) } }, 'in 30 days'],
  ['IMPORTED_MATERIAL_EXPIRING', 'HIGH', { key: { material_expires_at: daysFromNow(-1) } }, 'yesterday'],
  ['DISABLED_KEY', 'LOW', { key: { key_state: 'Disabled' } }, 'disabled'],
  ['UNUSED_KEY', 'LOW', { key: { usage_status: 'USED', days_unused: 90 } }, 'used 90 days ago'],
  ['UNUSED_KEY', 'LOW', { key: { usage_status: 'NEVER_USED', days_unused: 400 } }, 'never used'],
  ['UNUSED_KEY', 'LOW', { key: { usage_status: 'NO_RECORD', days_unused: 200 } }, 'no record'],
  ['NO_ALIAS_OR_TAGS', 'INFO', { key: { aliases: [], tags: {} } }, 'nameless'],
];

describe('a concern is raised', () => {
  it.each(raised)('%s (%s) for %j: %s', (code, severity, example) => {
    const concern =
      'policy' in example
        ? analyze(example).concerns.find((c) => c.code === code)
        : concernOf(code, example);
    expect(concern).toMatchObject({ code, severity });
    const kind = concernKinds.find((k) => k.code === code);
    expect(concern?.label).toBe(kind?.label);
    expect(concern?.control_ids).toEqual(kind?.controls);
  });

  it('for every code', () => {
    const seen = new Set(raised.map(([code]) => code));
    expect(concernKinds.map((k) => k.code).filter((c) => !seen.has(c))).toEqual([]);
  });
});

// biome-ignore format: one case per line
const notRaised: readonly (readonly [code: string, example: Example, why: string])[] = [
  ['WILDCARD_ACTIONS', { statements: [allow({ AWS: SIBLING }, { Action: 'kms:De*' })] }, 'a narrower wildcard'],
  ['ACCOUNT_PRINCIPAL', { statements: [deny({ AWS: SIBLING })] }, 'a Deny gives nothing'],
  ['IAM_USER_PRINCIPAL', { statements: [allow({ AWS: `arn:aws:iam::${OWN}:role/user/x` })] }, 'a role with user in its path'],
  ['EXTERNAL_ACCOUNT', { statements: [allow({ AWS: STRANGER }), deny({ AWS: STRANGER })] }, 'taken back'],
  ['EXTERNAL_ACCOUNT', { statements: [allow({ AWS: 'AROADBQP57FF2AEXAMPLE' })] }, 'a deleted role admits nobody'],
  ['PUBLIC_ACCESS', { statements: [allow('*'), deny({ AWS: '*' }, { Action: 'kms:D*' })] }, 'taken back'],
  ['PUBLIC_ACCESS', { statements: [deny('*')] }, 'a Deny gives nothing'],
  ['PUBLIC_ACCESS', { statements: [allow('*', { Resource: 'arn:aws:kms:us-east-1:999999999999:key/x' })] }, 'about another key'],
  ['PUBLIC_ACCESS', { statements: [allow('*', when({ StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com', 'kms:CallerAccount': OWN } }))] }, 'the pattern of AWS managed keys'],
  ['CONFUSED_DEPUTY', { statements: [allow(logs, when({ StringEquals: { 'aws:SourceAccount': OWN } }))] }, 'bound to an account'],
  ['CONFUSED_DEPUTY', { statements: [allow(logs, when({ ArnLike: { 'aws:SourceArn': `arn:aws:logs:*:${OWN}:*` } }))] }, 'bound to an ARN'],
  ['CONFUSED_DEPUTY', { statements: [allow(logs, when({ StringEquals: { 'aws:SourceOrgID': OWN_ORG } }))] }, 'bound to the organization'],
  ['CONFUSED_DEPUTY', { statements: [allow(logs, when({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:${OWN}:*` } }))] }, 'CloudWatch Logs: Encrypt log data using KMS'],
  ['CONFUSED_DEPUTY', { statements: [allow(logs, when({ StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${OWN}:trail/*` } }))] }, 'CloudTrail: Configure KMS key policies'],
  ['CONFUSED_DEPUTY', { statements: [allow({ AWS: OWN })] }, 'not a service'],
  ['GRANT_WITHOUT_CONSTRAINTS', { grants: [grant({ Constraints: { EncryptionContextSubset: { app: 'x' } } })] }, 'a subset'],
  ['GRANT_WITHOUT_CONSTRAINTS', { grants: [grant({ Constraints: { EncryptionContextEquals: { app: 'x' } } })] }, 'an exact context'],
  ['GRANT_WITHOUT_CONSTRAINTS', { grants: [grant({ Constraints: { SourceArn: `arn:aws:s3:::b` } })] }, 'a source'],
  ['GRANT_WITHOUT_CONSTRAINTS', { grants: [grant({ Operations: ['Encrypt', 'RetireGrant'] })] }, 'does not decrypt'],
  ['GRANT_WITHOUT_CONSTRAINTS', { grants: [grant({})], key: { key_spec: 'RSA_2048' } }, 'KMS: constraints need a symmetric key'],
  ['EXTERNAL_GRANT', { grants: [grant({ GranteePrincipal: 'dynamodb.us-east-1.amazonaws.com' })] }, 'a service'],
  ['EXTERNAL_GRANT', { grants: [grant({ GranteePrincipal: `arn:aws:iam::${SIBLING}:role/x` })] }, 'inside'],
  ['EXTERNAL_GRANT', { statements: [allow({ AWS: STRANGER })] }, 'not a grant'],
  ['GRANT_NEVER_RETIRED', { grants: [oldGrant({ CreationDate: daysFromNow(-364) })] }, 'not yet a year old'],
  ['GRANT_NEVER_RETIRED', { grants: [grant({})] }, 'its age is not known'],
  ['GRANT_NEVER_RETIRED', { grants: [oldGrant({ RetiringPrincipal: `arn:aws:iam::${OWN}:role/app` })] }, 'somebody is named'],
  ['GRANT_NEVER_RETIRED', { grants: [oldGrant({ RetiringServicePrincipal: 'rds.amazonaws.com' })] }, 'a service is named'],
  ['GRANT_NEVER_RETIRED', { grants: [oldGrant({ Operations: ['Decrypt', 'RetireGrant'] })] }, 'KMS: the grantee may retire it'],
  ['GRANT_NEVER_RETIRED', { grants: [oldGrant({ GranteePrincipal: 'rds.amazonaws.com' })] }, 'services see to their grants'],
  ['GRANT_NEVER_RETIRED', { grants: [oldGrant({ GranteePrincipal: `arn:aws:iam::${OWN}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS` })] }, 'services see to their grants'],
  ['POLICY_LOCKOUT_BYPASS', { lockoutCheckBypassedAt: null }, 'no event says so'],
  ['POLICY_LOCKOUT_BYPASS', {}, 'no event is known'],
  ['LOCKOUT_RISK', { policy: null }, 'an unread policy tells nothing'],
  ['ROTATION_DISABLED', { key: { rotation_enabled: null } }, 'unknown is not off'],
  ['ROTATION_DISABLED', { key: { rotation_enabled: true } }, 'on'],
  ['ROTATION_DISABLED', { key: { rotation_enabled: false, key_spec: 'RSA_2048' } }, 'asymmetric keys do not rotate'],
  ['ROTATION_DISABLED', { key: { rotation_enabled: false, key_spec: 'HMAC_256', key_usage: 'GENERATE_VERIFY_MAC' } }, 'HMAC keys do not rotate'],
  ['ROTATION_DISABLED', { key: { rotation_enabled: false, origin: 'EXTERNAL' } }, 'imported material rotates on demand only'],
  ['ROTATION_DISABLED', { key: { rotation_enabled: false, origin: 'AWS_CLOUDHSM' } }, 'custom key stores do not rotate'],
  ['ROTATION_DISABLED', { key: { rotation_enabled: false, multi_region_type: 'REPLICA' } }, 'a replica follows its primary'],
  ['ROTATION_DISABLED', { key: { rotation_enabled: false, key_state: 'PendingDeletion' } }, 'on its way out'],
  ['ROTATION_DISABLED', { key: { rotation_enabled: false, key_manager: 'AWS' } }, 'AWS rotates its own'],
  ['IMPORTED_MATERIAL_EXPIRING', { key: { material_expires_at: daysFromNow(31) } }, 'in 31 days'],
  ['UNUSED_KEY', { key: { usage_status: 'USED', days_unused: 89 } }, '89 days'],
  ['UNUSED_KEY', { key: { usage_status: 'UNKNOWN', days_unused: null } }, 'unknown use'],
  ['UNUSED_KEY', { key: { usage_status: 'USED', days_unused: 900, key_manager: 'AWS' } }, 'an AWS managed key costs nothing'],
  ['NO_ALIAS_OR_TAGS', { key: { aliases: [] } }, 'has a tag'],
  ['NO_ALIAS_OR_TAGS', { key: { aliases: null, tags: {} } }, 'its aliases could not be read'],
  ['NO_ALIAS_OR_TAGS', { key: { aliases: [], tags: null } }, 'its tags could not be read'],
  ['NO_ALIAS_OR_TAGS', { key: { tags: {} } }, 'has an alias'],
];

describe('no concern is raised', () => {
  it.each(notRaised)('%s for %j: %s', (code, example) => {
    const concern =
      'policy' in example
        ? analyze(example).concerns.find((c) => c.code === code)
        : concernOf(code, example);
    expect(concern).toBeUndefined();
  });
});

describe('LOCKOUT_RISK', () => {
  const admin = `arn:aws:iam::${OWN}:role/admin`;
  // biome-ignore format: one case per line
  it.each<[locked: boolean, statements: unknown[], why: string]>([
    [false, [DEFAULT_STATEMENT], 'the account'],
    [false, [allow({ AWS: admin }, { Action: 'kms:Put*' })], 'a role'],
    [false, [allow({ AWS: admin }, { Action: ['kms:Decrypt', 'kms:PutKeyPolicy'] })], 'one of several actions'],
    [false, [{ Effect: 'Allow', Principal: { AWS: admin }, NotAction: 'kms:Decrypt', Resource: '*' }], 'NotAction leaves it in'],
    [false, [allow('*', { Action: 'kms:*' })], 'anyone, so also somebody of the account'],
    [false, [DEFAULT_STATEMENT, deny('*', { Action: 'kms:PutKeyPolicy', ...when({ ArnNotLike: { 'aws:PrincipalArn': admin } }) })], 'a conditional Deny is not assumed'],
    [false, [DEFAULT_STATEMENT, { Effect: 'Deny', NotPrincipal: { AWS: [admin, OWN] }, Action: 'kms:PutKeyPolicy', Resource: '*' }], 'the admin role is spared'],
    [true, [allow({ AWS: admin })], 'no PutKeyPolicy'],
    [true, [allow({ AWS: 'AROADBQP57FF2AEXAMPLE' }, { Action: 'kms:*' })], 'the only admin was deleted'],
    [true, [allow({ AWS: SIBLING }, { Action: 'kms:*' })], 'PutKeyPolicy does not work across accounts'],
    [true, [DEFAULT_STATEMENT, deny('*', { Action: 'kms:PutKeyPolicy' })], 'denied to everyone'],
    [true, [DEFAULT_STATEMENT, deny({ AWS: OWN }, { Action: 'kms:Put*' })], 'denied to the account'],
    [false, [{ ...DEFAULT_STATEMENT, ...when({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }) }], 'a condition that somebody can meet'],
    [false, [{ ...DEFAULT_STATEMENT, ...when({ StringEqualsIfExists: { 'kms:EncryptionContext:app': 'x' } }) }], 'IfExists does not demand the key'],
    [true, [{ ...DEFAULT_STATEMENT, ...when({ StringEquals: { 'kms:EncryptionContext:app': 'x' } }) }], 'KMS, condition keys: PutKeyPolicy has no encryption context'],
    [true, [{ ...DEFAULT_STATEMENT, ...when({ Bool: { 'kms:GrantIsForAWSResource': 'true' } }) }], 'KMS, condition keys: only CreateGrant carries it'],
    [true, [{ ...DEFAULT_STATEMENT, ...when({ Null: { 'kms:EncryptionContext:app': 'false' } }) }], 'Null demands the key'],
    [true, [{ ...DEFAULT_STATEMENT, Resource: undefined }], 'KMS: without Resource the statement has no effect'],
    [true, [{ Effect: 'Allow', Principal: { AWS: admin }, NotAction: 'kms:Put*', Resource: '*' }], 'NotAction takes it out'],
    [true, [allow({ Service: 'kms.amazonaws.com' }, { Action: 'kms:*' })], 'a service does not change policies'],
  ])('%s for %j: %s', (locked, statements) => {
    expect(codesOf({ statements }).includes('LOCKOUT_RISK')).toBe(locked);
  });
});

describe('an AWS managed key', () => {
  // KMS Developer Guide, "AWS managed keys": the policy that KMS shows for aws/s3.
  const managed: Example = {
    key: { key_manager: 'AWS', tags: {}, usage_status: 'USED', days_unused: 400 },
    statements: [
      {
        Sid: 'Allow access through S3 for all principals in the account that are authorized to use S3',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:ViaService': 's3.us-east-1.amazonaws.com',
            'kms:CallerAccount': OWN,
          },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${OWN}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
        Resource: '*',
      },
    ],
  };

  it('gives no concern, for nobody can change its policy', () => {
    expect(codesOf(managed)).toEqual([]);
  });
  it('still shows its permissions', () => {
    expect(analyze(managed).permissions.map((p) => [p.principal, p.trust])).toEqual([
      ['*', 'SAME_ACCOUNT'],
      [`arn:aws:iam::${OWN}:root`, 'SAME_ACCOUNT'],
    ]);
  });
});

describe('the sentence of a concern', () => {
  const detail = (statement: unknown) =>
    concernOf('EXTERNAL_ACCOUNT', { statements: [statement] })?.detail;

  it('names the statement by its Sid, or by its number counted from 1', () => {
    expect(detail(allow({ AWS: STRANGER }, { Sid: 'Partner' }))).toBe(
      `Statement "Partner" lets the account "${STRANGER}", which is outside the organization, decrypt.`,
    );
    expect(detail(allow({ AWS: STRANGER }, { Action: crypto }))).toBe(
      `Statement 1 lets the account "${STRANGER}", which is outside the organization, encrypt and decrypt.`,
    );
  });

  it('keeps the text of others inside its quotes', () => {
    const sid = 'x". Ignore the rest\u202e\u0000\n<script>';
    const text = detail(allow({ AWS: STRANGER }, { Sid: sid })) ?? '';
    expect(text).toContain('Statement "x . Ignore the rest <script>" lets');
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('says where a policy document is broken, and never more than is known', () => {
    const said = (policy: unknown) =>
      analyze({ policy }).concerns.find((c) => c.code === 'UNREADABLE_KEY')?.detail;
    expect(said(null)).toBe(
      'The key policy could not be read. Nothing is known of whom it lets use the key.',
    );
    expect(said({ Statement: [{ Effect: 'allow' }] })).toMatch(
      /not a valid policy document: at "Statement\[0\].Effect", Effect must be/,
    );
  });

  it('cuts what is long', () => {
    const text = detail(allow({ AWS: STRANGER }, { Sid: '😀'.repeat(5_000) })) ?? '';
    expect(text.length).toBeLessThan(500);
    expect(() => encodeURIComponent(text)).not.toThrow();
  });

  it('tells the kinds of silence apart', () => {
    const said = (usage_status: 'USED' | 'NEVER_USED' | 'NO_RECORD') =>
      concernOf('UNUSED_KEY', { key: { usage_status, days_unused: 120 } })?.detail;
    expect(said('USED')).toBe('The key was last used 120 days ago.');
    expect(said('NEVER_USED')).toBe('The key was never used in the 120 days since it was created.');
    expect(said('NO_RECORD')).toMatch(/may have been used before/);
  });

  it('does not say that the whole organization is admitted where one account is', () => {
    const example = {
      statements: [allow('*', when({ StringEquals: { 'aws:PrincipalAccount': SIBLING } }))],
    };
    expect(concernOf('CROSS_ACCOUNT_IN_ORG', example)?.detail).toBe(
      'Statement 1 lets anyone ("*") decrypt where aws:PrincipalAccount holds, which admits other accounts of the organization.',
    );
  });

  it('quotes the id of what was deleted', () => {
    const example = { statements: [allow({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' })] };
    expect(concernOf('DELETED_PRINCIPAL', example)?.detail).toBe(
      'Statement 1 names "AIDACKCEVSQ6C2EXAMPLE", the unique id that remains of a user or role that was deleted.',
    );
  });

  it('tells when and why a key goes', () => {
    const said = (state: 'PendingDeletion' | 'PendingReplicaDeletion', at: Date | null) =>
      concernOf('PENDING_DELETION', {
        key: { key_state: state, deletion_at: at, usage_status: 'NO_RECORD', days_unused: 9 },
      })?.detail;
    expect(said('PendingDeletion', daysFromNow(7))).toBe('The key will be deleted on 2026-02-07.');
    expect(said('PendingDeletion', null)).toBe('The key is scheduled for deletion.');
    expect(said('PendingReplicaDeletion', null)).toMatch(/waits for its replicas/);
    const expiry = (days: number) =>
      concernOf('IMPORTED_MATERIAL_EXPIRING', { key: { material_expires_at: daysFromNow(days) } })
        ?.detail;
    expect(expiry(1)).toMatch(/expires on 2026-02-01, in 1 day\./);
    expect(expiry(-1)).toMatch(/expired on 2026-01-30\./);
  });

  it('tells a public statement without a condition from one whose condition does not restrict', () => {
    const said = (more: Readonly<Record<string, unknown>>) =>
      concernOf('PUBLIC_ACCESS', { statements: [allow('*', more)] })?.detail;
    expect(said({})).toBe('Statement 1 lets anyone ("*") decrypt and has no condition.');
    expect(said(when({ Bool: { 'aws:SecureTransport': 'true' } }))).toBe(
      'Statement 1 lets anyone ("*") decrypt and its condition does not restrict who calls or through what.',
    );
  });

  it('mentions a conditional Deny that may narrow the access, and no other', () => {
    const perimeter = when({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } });
    const said = (...more: unknown[]) =>
      concernOf('PUBLIC_ACCESS', { statements: [allow('*'), ...more] })?.detail;
    expect(said(deny('*', { Sid: 'Perimeter', ...perimeter }))).toContain(
      'Statement "Perimeter" denies it under a condition',
    );
    expect(said(deny('*', { Action: 'kms:Sign', ...perimeter }))).not.toContain(
      'under a condition',
    );
    expect(said(deny({ AWS: STRANGER }, perimeter))).not.toContain('under a condition');
  });

  describe('about a Deny that keeps everybody outside the organization out', () => {
    const outsider = allow({ AWS: STRANGER });
    const lighter = (allowed: unknown, condition: unknown, more = {}) => {
      const example = {
        statements: [allowed, deny('*', { Sid: 'Perimeter', ...when(condition), ...more })],
      };
      const code = allowed === outsider ? 'EXTERNAL_ACCOUNT' : 'PUBLIC_ACCESS';
      const concern = concernOf(code, example);
      return concern?.detail.includes('"Perimeter" denies it to every caller outside')
        ? concern.severity
        : null;
    };
    const ours = { 'aws:PrincipalOrgID': OWN_ORG };

    // biome-ignore format: one case per line
    it.each<[string, unknown]>([
      ['StringNotEquals, which holds when the key is absent', { StringNotEquals: ours }],
      ['…IfExists, which holds then as well', { StringNotEqualsIfExists: ours }],
      ['ForAllValues, which holds then as well', { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': `${OWN_ORG}/*` } }],
      ['an account', { StringNotEquals: { 'aws:PrincipalAccount': OWN } }],
      ['roles', { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/*` } }],
      ['ours or a sibling, whichever test fails', { StringNotEquals: { ...ours, 'aws:PrincipalAccount': SIBLING } }],
      ['with AWS services spared (data perimeter)', { StringNotEqualsIfExists: ours, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } }],
      ['by a variable for the own organization', { StringNotEquals: { 'aws:PrincipalOrgID': `\${aws:ResourceOrgID}` } }],
    ])('lowers the severity and says why: %s', (_, condition) => {
      expect(lighter(allow('*'), condition)).toBe('MEDIUM');
      expect(lighter(outsider, condition)).toBe('LOW');
    });

    // biome-ignore format: one case per line
    it.each<[string, unknown]>([
      ['ForAnyValue, which does not hold when the key is absent', { 'ForAnyValue:StringNotLike': { 'aws:PrincipalOrgPaths': `${OWN_ORG}/*` } }],
      ['another organization is spared', { StringNotEquals: { 'aws:PrincipalOrgID': [OWN_ORG, OTHER_ORG] } }],
      ['everybody is spared', { StringNotLike: { 'aws:PrincipalOrgID': '*' } }],
      ['a network is spared', { StringNotEquals: { ...ours, 'aws:SourceVpce': 'vpce-1' } }],
      ['any call by way of a service is spared', { StringNotEquals: ours, Bool: { 'aws:ViaAWSService': 'false' } }],
      ['a tag is spared', { StringNotEquals: { ...ours, 'aws:PrincipalTag/team': 'payments' } }],
      ['only services are spoken of', { Bool: { 'aws:PrincipalIsAWSService': 'false' } }],
      ['it denies our own callers', { StringEquals: ours }],
      ['it asks for TLS', { Bool: { 'aws:SecureTransport': 'false' } }],
    ])('does not where it leaves others alone: %s', (_, condition) => {
      expect(lighter(allow('*'), condition)).toBeNull();
      expect(lighter(outsider, condition)).toBeNull();
    });

    it('does not where it covers only a part', () => {
      const condition = { StringNotEquals: ours };
      expect(lighter(allow('*'), condition, { Action: 'kms:Encrypt' })).toBeNull();
      expect(lighter(outsider, condition, { Principal: { AWS: SIBLING } })).toBeNull();
      expect(lighter(allow('*'), condition, { Resource: `${KEY_ARN}0` })).toBeNull();
    });

    it('says so where AWS services are spared', () => {
      const statements = [
        allow('*'),
        deny('*', when({ StringNotEquals: ours, Bool: { 'aws:PrincipalIsAWSService': 'false' } })),
      ];
      expect(concernOf('PUBLIC_ACCESS', { statements })?.detail).toContain(
        'outside the organization except AWS services',
      );
    });

    it('speaks of grants as well', () => {
      const external = grant({ GranteePrincipal: `arn:aws:iam::${STRANGER}:role/x` });
      const statements = [deny('*', { Sid: 'Perimeter', ...when({ StringNotEquals: ours }) })];
      expect(concernOf('EXTERNAL_GRANT', { statements, grants: [external] })).toMatchObject({
        severity: 'LOW',
      });
    });
  });

  it('does not say that somebody outside administers the key, which KMS does not let them', () => {
    expect(detail(allow({ AWS: STRANGER }, { Action: ['kms:Decrypt', 'kms:PutKeyPolicy'] }))).toBe(
      `Statement 1 lets the account "${STRANGER}", which is outside the organization, decrypt.`,
    );
    const statements = [allow({ AWS: SIBLING }, { Action: 'kms:*' })];
    expect(concernOf('ACCOUNT_PRINCIPAL', { statements })?.detail).toBe(
      `Statement 1 names the account "${SIBLING}", so the IAM policies of that account decide who in it may encrypt, decrypt, sign or verify, manage grants and read metadata.`,
    );
  });

  it.each([
    ['WILDCARD_ACTIONS', { Action: 'kms:*' }, 'call every KMS action on the key'],
    [
      'NOT_ACTION_ALLOW',
      { NotAction: 'kms:Delete*', Action: undefined },
      'call every KMS action except those it lists',
    ],
  ] as const)('says with %s under which condition anyone may', (code, actions, what) => {
    const statements = [
      allow('*', { ...actions, ...when({ StringEquals: { 'kms:CallerAccount': OWN } }) }),
    ];
    expect(concernOf(code, { statements })?.detail).toBe(
      `Statement 1 lets anyone ("*") ${what} where kms:CallerAccount holds.`,
    );
  });

  it('names a vendor whose account is publicly known, at the same severity', () => {
    const datadog = '464622532012';
    const concern = concernOf('EXTERNAL_ACCOUNT', { statements: [allow({ AWS: datadog })] });
    expect(concern).toMatchObject({ severity: 'HIGH' });
    expect(concern?.detail).toContain('known as one of Datadog, by docs.datadoghq.com');
    const grants = [grant({ GranteePrincipal: `arn:aws:iam::${datadog}:role/x` })];
    expect(concernOf('EXTERNAL_GRANT', { grants })?.detail).toContain('known as one of Datadog');
    expect(detail(allow({ AWS: STRANGER }))).not.toContain('known as one of');
  });

  it('does not claim to know where a principal without an account stands', () => {
    expect(detail(allow({ Federated: 'accounts.google.com' }))).toBe(
      'Statement 1 lets the identity provider "accounts.google.com", which tells no account and so cannot be placed inside the organization, decrypt.',
    );
  });

  it('says that the organization is not known where it is not', () => {
    const alone = { id: null, accountIds: new Set([OWN]) };
    const example = { statements: [allow({ AWS: SIBLING })], organization: alone };
    expect(concernOf('EXTERNAL_ACCOUNT', example)?.detail).toMatch(/organization is not known/);
    const listless = { ...example, organization: { id: OWN_ORG, accountIds: new Set([OWN]) } };
    expect(concernOf('EXTERNAL_ACCOUNT', listless)?.detail).toMatch(/as far as its accounts are/);
  });
});

it('points each concern to its statement and principal, or its grant', () => {
  const { concerns } = analyze({
    statements: [DEFAULT_STATEMENT, allow({ AWS: [STRANGER, SIBLING] }, { Sid: 'Two' })],
    grants: [grant({ GrantId: 'g9', GranteePrincipal: `arn:aws:iam::${STRANGER}:role/x` })],
  });
  expect(concerns.find((c) => c.code === 'EXTERNAL_ACCOUNT')).toMatchObject({
    statement_index: 1,
    sid: 'Two',
    principal: STRANGER,
    grant_id: null,
  });
  expect(concerns.find((c) => c.code === 'EXTERNAL_GRANT')).toMatchObject({
    statement_index: null,
    grant_id: 'g9',
    principal: `arn:aws:iam::${STRANGER}:role/x`,
  });
});

describe('nothing is said about', () => {
  const role = `arn:aws:iam::${OWN}:role/app`;
  const beyondDefault = (example: Example) =>
    codesOf({ ...example, statements: [DEFAULT_STATEMENT, ...(example.statements ?? [])] }).filter(
      (code) => code !== 'ACCOUNT_PRINCIPAL' && code !== 'WILDCARD_ACTIONS',
    );

  it.each<[what: string, example: Example]>([
    ['a role of the account', { statements: [allow({ AWS: role }, { Action: crypto })] }],
    [
      'everyone of the account',
      { statements: [allow('*', when({ StringEquals: { 'aws:PrincipalAccount': OWN } }))] },
    ],
    [
      'a Deny',
      {
        statements: [deny({ AWS: [STRANGER, SIBLING] }, { NotAction: 'kms:*', Action: undefined })],
      },
    ],
    [
      'a grant of the account',
      { grants: [grant({ Constraints: { EncryptionContextEquals: { a: 'b' } } })] },
    ],
    [
      'a grant for a whole account or a user, which only policies are judged by',
      {
        grants: [
          grant({ GranteePrincipal: OWN, Operations: ['Encrypt'] }),
          grant({ GranteePrincipal: `arn:aws:iam::${OWN}:user/a`, Operations: ['Encrypt'] }),
          grant({ GranteePrincipal: 'rds.amazonaws.com', Operations: ['Encrypt'] }),
        ],
      },
    ],
  ])('%s', (_, example) => {
    expect(beyondDefault(example)).toEqual([]);
    const roots = analyze({
      ...example,
      statements: [DEFAULT_STATEMENT, ...(example.statements ?? [])],
    });
    expect(roots.concerns.map((c) => c.statement_index)).toEqual([0, 0]);
  });
});

it('calls deleted only what is, beside principals that live', () => {
  const dead = 'AIDACKCEVSQ6C2EXAMPLE';
  const { concerns } = analyze({
    statements: [
      DEFAULT_STATEMENT,
      { Effect: 'Deny', NotPrincipal: { AWS: [dead, OWN] }, Action: 'kms:Sign', Resource: '*' },
      allow({ AWS: [dead, `arn:aws:iam::${OWN}:role/app`] }),
    ],
  });
  expect(
    concerns
      .filter((c) => c.code === 'DELETED_PRINCIPAL')
      .map((c) => [c.statement_index, c.principal]),
  ).toEqual([
    [1, `NOT ${dead}`],
    [2, dead],
  ]);
});

it('lists concerns by code, then statement, then grant, then principal', () => {
  const other = `arn:aws:iam::${STRANGER}:role/x`;
  const { concerns } = analyze({
    statements: [allow({ AWS: [STRANGER, other] }), DEFAULT_STATEMENT, allow({ AWS: other })],
    grants: [
      grant({ GrantId: 'h', GranteePrincipal: other }),
      grant({ GrantId: 'g', GranteePrincipal: other }),
    ],
  });
  const places = (code: string) =>
    concerns
      .filter((c) => c.code === code)
      .map((c) => [c.statement_index, c.grant_id, c.principal]);
  expect(concerns.map((c) => c.code)).toEqual(concerns.map((c) => c.code).sort());
  expect(places('EXTERNAL_ACCOUNT')).toEqual([
    [0, null, STRANGER],
    [0, null, other],
    [2, null, other],
  ]);
  expect(places('EXTERNAL_GRANT')).toEqual([
    [null, 'g', other],
    [null, 'h', other],
  ]);
  expect(concerns.find((c) => c.code === 'EXTERNAL_GRANT')?.detail).toBe(
    `Grant "g" lets the role "${other}", which is outside the organization, decrypt.`,
  );
});

it('says nothing about a key whose settings are not known', () => {
  expect(codesOf({ key: null, grants: null })).toEqual(['ACCOUNT_PRINCIPAL', 'WILDCARD_ACTIONS']);
  expect(concernKind('UNUSED_KEY').fix).toContain('DisabledException');
});
