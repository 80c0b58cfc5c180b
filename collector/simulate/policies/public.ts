import { allow, iamDecides, policy, roleArn, use } from './template.ts';

/** Policies that let anyone with an AWS account in. Rare, and each in its own disguise. */
export const open = {
  'public-plain': policy('"*" without a condition.', ['public'], (s) => [
    iamDecides(s),
    allow('*', ['kms:Decrypt', 'kms:DescribeKey'], { Sid: 'TEMP remove after migration' }),
  ]),
  'public-aws-star': policy('{"AWS": ["*"]} and kms:* without a condition.', ['public'], (s) => [
    iamDecides(s),
    allow({ AWS: ['*'] }, 'kms:*'),
  ]),
  'public-via-service': policy(
    '"*" with kms:ViaService only, which any account can satisfy.',
    ['public'],
    (s) => [
      iamDecides(s),
      allow({ AWS: '*' }, use, {
        Sid: 'Allow access through the service',
        Condition: {
          StringEquals: { 'kms:ViaService': `${s.service}.${s.region}.amazonaws.com` },
        },
      }),
    ],
  ),
  'public-like-star': policy('"*" with StringLike "*", which is always true.', ['public'], (s) => [
    iamDecides(s),
    allow('*', use, {
      Sid: 'AnyOrganization',
      Condition: { StringLike: { 'aws:PrincipalOrgID': '*' } },
    }),
  ]),
  'public-if-exists': policy(
    '"*" with StringEqualsIfExists, true for callers of no organization.',
    ['public'],
    (s) => [
      iamDecides(s),
      allow('*', 'kms:Decrypt', {
        Sid: 'OrganizationIfExists',
        Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': s.organizationId } },
      }),
    ],
  ),
  'public-for-all-values': policy(
    '"*" with ForAllValues, true when the key is absent.',
    ['public'],
    (s) => [
      iamDecides(s),
      allow({ AWS: '*' }, ['kms:Decrypt', 'kms:GenerateDataKey'], {
        Sid: 'Paths',
        Condition: {
          'ForAllValues:StringLike': {
            'aws:PrincipalOrgPaths': `${s.organizationId}/*`,
          },
        },
      }),
    ],
  ),
  'public-negated': policy('"*" for everyone except one account.', ['public'], (s) => [
    iamDecides(s),
    allow('*', 'kms:Encrypt', {
      Sid: 'AllButOne',
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': s.sibling() } },
    }),
  ]),
  'public-transport-only': policy('"*" with aws:SecureTransport only.', ['public'], (s) => [
    iamDecides(s),
    allow('*', ['kms:Encrypt', 'kms:Decrypt'], {
      Sid: 'TlsOnly',
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    }),
  ]),
  'public-not-principal': policy(
    'Allow with NotPrincipal: everyone but one role.',
    ['public'],
    (s) => [
      iamDecides(s),
      {
        Sid: 'NotTheIntern',
        Effect: 'Allow',
        NotPrincipal: { AWS: roleArn(s.accountId, 'Intern') },
        Action: ['kms:Decrypt', 'kms:Encrypt'],
        Resource: '*',
      },
    ],
  ),
} as const;
