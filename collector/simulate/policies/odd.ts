import { hostileTexts } from '../hostile.ts';
import { people } from '../vocabulary.ts';
import {
  administration,
  adminRole,
  allow,
  deletedId,
  deny,
  iamDecides,
  inventoryReads,
  type PolicyTemplate,
  policy,
  roleArn,
  rootArn,
  teamRole,
  use,
  userArn,
} from './template.ts';

/** Policies that are legal, strange, and found wherever keys have been kept for ten years. */
export const odd = {
  'deleted-user': policy('The unique id that a deleted IAM user leaves behind.', [], (s) => [
    iamDecides(s),
    allow({ AWS: deletedId('AIDA', s.random) }, use, { Sid: 'Allow use of the key' }),
  ]),
  'deleted-role': policy('A deleted role beside one that still exists.', [], (s) => [
    iamDecides(s),
    allow({ AWS: [deletedId('AROA', s.random), roleArn(s.accountId, teamRole(s))] }, use, {
      Sid: 'Allow use of the key',
    }),
  ]),
  'lockout-deleted-role': policy(
    'Only a deleted role may change the policy: nobody manages the key any more.',
    [],
    (s) => [
      allow({ AWS: deletedId('AROA', s.random) }, 'kms:*', { Sid: 'Owner' }),
      inventoryReads(s),
    ],
  ),
  'lockout-no-administrator': policy(
    'Roles may use the key, and nobody may change its policy.',
    [],
    (s) => [
      allow({ AWS: roleArn(s.accountId, teamRole(s)) }, use, { Sid: 'UseOnly' }),
      inventoryReads(s),
    ],
  ),
  'lockout-by-deny': policy(
    'The account may do everything, and a Deny for everyone takes back changing the policy.',
    [],
    (s) => [
      iamDecides(s),
      deny('*', ['kms:PutKeyPolicy', 'kms:CreateGrant', 'kms:ScheduleKeyDeletion'], {
        Sid: 'Frozen',
      }),
    ],
  ),
  sealed: policy(
    'The account may describe the key and nothing more: most of it cannot be read.',
    [],
    (s) => [
      allow({ AWS: rootArn(s.accountId) }, 'kms:DescribeKey'),
      allow({ AWS: roleArn(s.accountId, adminRole(s)) }, 'kms:*', { Sid: 'OnlyUs' }),
    ],
  ),
  closed: policy('Only roles of the team may do anything: not even describe the key.', [], (s) => [
    allow({ AWS: roleArn(s.accountId, adminRole(s)) }, 'kms:*', { Sid: 'OnlyUs' }),
    allow({ AWS: roleArn(s.accountId, teamRole(s)) }, use, { Sid: 'Use' }),
  ]),
  'policy-hidden': policy(
    'A Deny hides the policy from everyone but the administrators.',
    [],
    (s) => [
      iamDecides(s),
      deny({ AWS: '*' }, 'kms:GetKeyPolicy', {
        Sid: 'HidePolicy',
        Condition: { ArnNotLike: { 'aws:PrincipalArn': roleArn(s.accountId, 'KeyAdministrator') } },
      }),
    ],
  ),
  'deny-not-principal': policy('Deny for everyone but the account and one role.', [], (s) => [
    iamDecides(s),
    {
      Sid: 'OnlyTheApp',
      Effect: 'Deny',
      NotPrincipal: {
        AWS: [
          rootArn(s.accountId),
          roleArn(s.accountId, teamRole(s)),
          roleArn(s.accountId, 'KMSInsightsReadRole'),
        ],
      },
      Action: ['kms:Decrypt'],
      Resource: '*',
    },
  ]),
  'not-action-allow': policy('Allow with NotAction: everything but deletion.', [], (s) => [
    iamDecides(s),
    {
      Sid: 'PowerUser',
      Effect: 'Allow',
      Principal: { AWS: roleArn(s.accountId, teamRole(s)) },
      NotAction: ['kms:ScheduleKeyDeletion', 'kms:DeleteImportedKeyMaterial'],
      Resource: '*',
    },
  ]),
  'not-action-deny': policy('Deny with NotAction: nothing but decryption.', [], (s) => [
    iamDecides(s),
    allow({ AWS: roleArn(s.accountId, teamRole(s)) }, 'kms:*'),
    {
      Sid: 'DecryptOnly',
      Effect: 'Deny',
      Principal: { AWS: roleArn(s.accountId, teamRole(s)) },
      NotAction: 'kms:Decrypt',
      Resource: '*',
    },
  ]),
  'wildcard-inside-action': policy('Wildcards inside actions: kms:De*, kms:*Encrypt*.', [], (s) => [
    iamDecides(s),
    allow(
      { AWS: roleArn(s.accountId, teamRole(s)) },
      [s.random.pick(['kms:De*', 'kms:*crypt', 'kms:D?crypt']), 'kms:*Encrypt*', 'kms:Generate*'],
      { Sid: 'Shorthand' },
    ),
  ]),
  'odd-case': policy('Actions and condition keys in unusual case.', ['in-organization'], (s) => [
    allow({ AWS: rootArn(s.accountId) }, 'KMS:*', { Sid: 'root' }),
    allow('*', ['KMS:DECRYPT', 'kms:generatedatakey', 'Kms:describeKey'], {
      Sid: 'CaseInsensitive',
      Condition: { StringEquals: { 'AWS:PRINCIPALORGID': s.organizationId } },
    }),
  ]),
  'no-sids': policy('Several statements without a Sid, two for the same principal.', [], (s) => {
    const role = { AWS: roleArn(s.accountId, teamRole(s)) };
    return [
      allow({ AWS: rootArn(s.accountId) }, 'kms:*'),
      allow(role, 'kms:Decrypt'),
      allow(role, ['kms:Encrypt', 'kms:GenerateDataKey']),
    ];
  }),
  'duplicate-sids': policy('Two different statements with the same Sid.', [], (s) => [
    iamDecides(s),
    allow({ AWS: roleArn(s.accountId, teamRole(s)) }, 'kms:Decrypt', { Sid: 'Allow' }),
    allow({ AWS: roleArn(s.accountId, adminRole(s)) }, administration, { Sid: 'Allow' }),
  ]),
  'own-bare-id': policy('The own account as a bare account id.', [], (s) => [
    allow({ AWS: s.accountId }, 'kms:*', { Sid: 'Account' }),
  ]),
  session: policy('One session of an assumed role.', [], (s) => [
    iamDecides(s),
    allow({ AWS: `arn:aws:sts::${s.accountId}:assumed-role/Admin/${s.random.pick(people)}` }, use, {
      Sid: 'BreakGlass2021',
    }),
  ]),
  'federated-saml': policy('Identities of a SAML provider.', [], (s) => [
    iamDecides(s),
    allow(
      { Federated: `arn:aws:iam::${s.accountId}:saml-provider/Okta` },
      ['kms:Decrypt', 'kms:DescribeKey'],
      { Sid: 'Okta' },
    ),
  ]),
  'federated-oidc': policy('Identities of a public OIDC provider.', ['external'], (s) => [
    iamDecides(s),
    allow({ Federated: 'cognito-identity.amazonaws.com' }, 'kms:Encrypt', {
      Sid: 'MobileApp',
      Condition: {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': `${s.region}:${s.random.uuid()}` },
      },
    }),
  ]),
  'grant-maker': policy('A role that may create grants for anyone.', [], (s) => [
    iamDecides(s),
    allow({ AWS: roleArn(s.accountId, teamRole(s)) }, ['kms:CreateGrant', 'kms:RetireGrant'], {
      Sid: 'Grants',
    }),
  ]),
  'many-statements': policy('One statement for each of many roles.', [], (s) => [
    iamDecides(s),
    ...Array.from({ length: s.random.int(40, 70) }, (_, i) =>
      allow({ AWS: roleArn(s.accountId, `${s.system}-tenant-${i}`) }, ['kms:Decrypt'], {
        Sid: `Tenant${i}`,
        Condition: { StringEquals: { 'kms:EncryptionContext:tenant': `${1000 + i}` } },
      }),
    ),
  ]),
  'hostile-sid': policy('A Sid that is markup, SQL or a prompt.', [], (s) => [
    iamDecides(s),
    allow({ AWS: roleArn(s.accountId, teamRole(s)) }, use, {
      Sid: s.random.pick(Object.values(hostileTexts)),
    }),
  ]),
  'hostile-context': policy(
    'A condition value that is markup, SQL or a prompt.',
    ['iam-user'],
    (s) => [
      iamDecides(s),
      allow({ AWS: userArn(s.accountId, s.random.pick(people)) }, 'kms:Decrypt', {
        Sid: 'ByContext',
        Condition: {
          StringEquals: {
            'kms:EncryptionContext:note': s.random.pick(Object.values(hostileTexts)),
          },
        },
      }),
    ],
  ),
  'allow-and-deny-same-role': policy('A role is allowed and unconditionally denied.', [], (s) => {
    const role = { AWS: roleArn(s.accountId, teamRole(s)) };
    return [iamDecides(s), allow(role, use, { Sid: 'Use' }), deny(role, 'kms:*', { Sid: 'Stop' })];
  }),
} as const satisfies Record<string, PolicyTemplate>;
