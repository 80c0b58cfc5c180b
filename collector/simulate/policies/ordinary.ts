import {
  administration,
  adminRole,
  allow,
  deny,
  iamDecides,
  inventoryReads,
  type PolicyTemplate,
  policy,
  roleArn,
  rootArn,
  teamRole,
  use,
} from './template.ts';

/** Policies that give nothing to anyone outside the key's own account. */
export const ordinary = {
  'iac-default': policy(
    'What CDK and Terraform write by default: the account decides; no Id, no Sid.',
    [],
    (s) => [allow({ AWS: rootArn(s.accountId) }, 'kms:*')],
  ),
  'console-default': {
    shows: 'What the console writes when no one is named: the account decides.',
    traits: [],
    document: (s) => ({
      Version: '2012-10-17',
      Id: s.random.pick(['key-consolepolicy-3', 'key-default-1', 'auto-default-1']),
      Statement: [iamDecides(s)],
    }),
  } satisfies PolicyTemplate,
  'admin-user-split': {
    shows: 'What the console writes with administrators and users: four statements, roles named.',
    traits: [],
    document: (s) => {
      const app = { AWS: roleArn(s.accountId, teamRole(s)) };
      return {
        Version: '2012-10-17',
        Id: 'key-consolepolicy-3',
        Statement: [
          iamDecides(s),
          allow({ AWS: roleArn(s.accountId, adminRole(s)) }, administration, {
            Sid: 'Allow access for Key Administrators',
          }),
          allow(app, use, { Sid: 'Allow use of the key' }),
          allow(app, ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'], {
            Sid: 'Allow attachment of persistent resources',
            Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
          }),
        ],
      };
    },
  } satisfies PolicyTemplate,
  'roles-only': policy(
    'Least privilege: administrators and users are roles, and the account itself gets nothing.',
    [],
    (s) => [
      allow({ AWS: roleArn(s.accountId, adminRole(s)) }, administration, { Sid: 'Administer' }),
      allow({ AWS: roleArn(s.accountId, teamRole(s)) }, use, { Sid: 'Use' }),
      inventoryReads(s),
    ],
  ),
  'role-full-access': policy('kms:* for an application role.', [], (s) => [
    iamDecides(s),
    allow({ AWS: roleArn(s.accountId, teamRole(s)) }, 'kms:*', { Sid: 'AppAccess' }),
  ]),
  'role-star-action': policy('"*" as action for a role.', [], (s) => [
    iamDecides(s),
    allow({ AWS: roleArn(s.accountId, adminRole(s)) }, '*', { Sid: 'Admin' }),
  ]),
  'role-via-service': policy('A role may use the key, but only through one service.', [], (s) => [
    iamDecides(s),
    allow({ AWS: roleArn(s.accountId, teamRole(s)) }, use, {
      Sid: 'UseThroughService',
      Condition: {
        StringEquals: { 'kms:ViaService': `${s.service}.${s.region}.amazonaws.com` },
      },
    }),
  ]),
  'encryption-context': policy('A role may decrypt only with its encryption context.', [], (s) => [
    iamDecides(s),
    allow({ AWS: roleArn(s.accountId, teamRole(s)) }, ['kms:Decrypt', 'kms:GenerateDataKey'], {
      Sid: 'DecryptOwnRecords',
      Condition: { StringEquals: { 'kms:EncryptionContext:application': s.system } },
    }),
  ]),
  'caller-account': policy(
    'The pattern of AWS managed keys: "*" narrowed by service and calling account; not public.',
    [],
    (s) => [
      iamDecides(s),
      allow({ AWS: '*' }, [...use, 'kms:CreateGrant'], {
        Sid: 'Allow access through the service for all principals in the account',
        Condition: {
          StringEquals: {
            'kms:ViaService': `${s.service}.${s.region}.amazonaws.com`,
            'kms:CallerAccount': s.accountId,
          },
        },
      }),
    ],
  ),
  'principal-arn-pattern': policy(
    '"*" narrowed by a pattern of role ARNs of the own account; not public.',
    [],
    (s) => [
      iamDecides(s),
      allow('*', use, {
        Sid: 'TeamRoles',
        Condition: { ArnLike: { 'aws:PrincipalArn': roleArn(s.accountId, `${s.system}-*`) } },
      }),
    ],
  ),
  'principal-account': policy('"*" narrowed to the own account; not public.', [], (s) => [
    iamDecides(s),
    allow('*', 'kms:Decrypt', {
      Sid: 'AnyoneHere',
      Condition: { StringEquals: { 'AWS:PrincipalAccount': [s.accountId] } },
    }),
  ]),
  'service-linked-role': policy(
    'EC2 Auto Scaling through its service-linked role, with grants for AWS resources.',
    [],
    (s) => {
      const role = {
        AWS: roleArn(
          s.accountId,
          'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
        ),
      };
      return [
        iamDecides(s),
        allow(role, use, { Sid: 'Allow service-linked role use of the customer managed key' }),
        allow(role, ['kms:CreateGrant'], {
          Sid: 'Allow attachment of persistent resources',
          Condition: { Bool: { 'kms:GrantIsForAWSResource': true } },
        }),
      ];
    },
  ),
  'guard-transport': policy('Deny everyone without TLS, beside the usual Allow.', [], (s) => [
    iamDecides(s),
    deny('*', 'kms:*', {
      Sid: 'DenyInsecureTransport',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  ]),
  'guard-deletion': policy('Deny deletion of the key unless MFA was used.', [], (s) => [
    iamDecides(s),
    deny({ AWS: '*' }, ['kms:ScheduleKeyDeletion', 'kms:DisableKey'], {
      Sid: 'ProtectFromDeletion',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    }),
  ]),
  'single-statement': {
    shows: 'Statement as one object instead of a list, in the older policy version.',
    traits: [],
    document: (s) => ({
      Version: '2008-10-17',
      Statement: allow({ AWS: rootArn(s.accountId) }, ['kms:*']),
    }),
  } satisfies PolicyTemplate,
} as const;
