import { unknownAccounts, vendors } from '../vocabulary.ts';
import {
  allow,
  deny,
  iamDecides,
  policy,
  roleArn,
  rootArn,
  teamRole,
  use,
  userArn,
} from './template.ts';

/** Policies that reach accounts outside the organization. */
export const outside = {
  'vendor-root': policy('The whole account of a vendor.', ['external'], (s) => {
    const vendor = s.random.pick(vendors);
    return [
      iamDecides(s),
      allow({ AWS: rootArn(vendor.accountId) }, use, { Sid: `Allow ${vendor.name}` }),
    ];
  }),
  'vendor-role': policy('A role in a vendor’s account.', ['external'], (s) => {
    const vendor = s.random.pick(vendors);
    return [
      iamDecides(s),
      allow({ AWS: roleArn(vendor.accountId, vendor.role) }, ['kms:Decrypt', 'kms:DescribeKey'], {
        Sid: 'VendorAccess',
      }),
    ];
  }),
  'vendor-external-id': policy(
    'A vendor’s role with an sts:ExternalId condition, which KMS requests never carry.',
    ['external'],
    (s) => {
      const vendor = s.random.pick(vendors);
      return [
        iamDecides(s),
        allow({ AWS: roleArn(vendor.accountId, vendor.role) }, use, {
          Sid: 'VendorWithExternalId',
          Condition: { StringEquals: { 'sts:ExternalId': s.random.hex(20) } },
        }),
      ];
    },
  ),
  'vendor-encryption-context': policy(
    'A vendor narrowed by encryption context: still outside.',
    ['external'],
    (s) => {
      const vendor = s.random.pick(vendors);
      return [
        iamDecides(s),
        allow({ AWS: rootArn(vendor.accountId) }, 'kms:Decrypt', {
          Sid: 'VendorData',
          Condition: { StringEquals: { 'kms:EncryptionContext:tenant': vendor.name } },
        }),
      ];
    },
  ),
  'vendor-full': policy('kms:* for an account outside.', ['external'], (s) => [
    iamDecides(s),
    allow({ AWS: rootArn(s.random.pick(vendors).accountId) }, 'kms:*', { Sid: 'migration 2019' }),
  ]),
  'unknown-account': policy('An account outside that nobody remembers.', ['external'], (s) => [
    iamDecides(s),
    allow({ AWS: rootArn(s.random.pick(unknownAccounts)) }, use, { Sid: 'Allow use of the key' }),
  ]),
  'unknown-bare-id': policy('An account outside as a bare id.', ['external'], (s) => [
    iamDecides(s),
    allow({ AWS: s.random.pick(unknownAccounts) }, ['kms:Decrypt']),
  ]),
  'outside-user': policy('An IAM user of an account outside.', ['external', 'iam-user'], (s) => [
    iamDecides(s),
    allow({ AWS: userArn(s.random.pick(vendors).accountId, 'integration') }, 'kms:Encrypt', {
      Sid: 'Partner upload',
    }),
  ]),
  'outside-among-own': policy(
    'An account outside, last in a list of the organization’s own.',
    ['external', 'in-organization'],
    (s) => [
      iamDecides(s),
      allow(
        {
          AWS: [
            rootArn(s.accountId),
            rootArn(s.sibling()),
            roleArn(s.sibling(), teamRole(s)),
            rootArn(s.random.pick(unknownAccounts)),
          ],
        },
        use,
        { Sid: 'Consumers' },
      ),
    ],
  ),
  'other-organization': policy('"*" narrowed by another organization’s id.', ['external'], (s) => [
    iamDecides(s),
    allow('*', use, {
      Sid: 'PartnerOrganization',
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-partner7x2k' } },
    }),
  ]),
  'two-organizations': policy(
    // The farthest of the admitted counts; within the organization is no finding beside it, as for IAM
    // Access Analyzer with the organization as zone of trust.
    '"*" narrowed to the own and another organization’s id.',
    ['external'],
    (s) => [
      iamDecides(s),
      allow({ AWS: '*' }, ['kms:Decrypt'], {
        Sid: 'BothOrganizations',
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': [s.organizationId, 'o-partner7x2k'] },
        },
      }),
    ],
  ),
  'outside-principal-account': policy(
    '"*" narrowed to the account of a vendor.',
    ['external'],
    (s) => [
      iamDecides(s),
      allow('*', ['kms:Decrypt', 'kms:GenerateDataKey'], {
        Sid: 'ByCallerAccount',
        Condition: { StringEquals: { 'kms:CallerAccount': s.random.pick(vendors).accountId } },
      }),
    ],
  ),
  'outside-denied': policy(
    'An account outside is allowed, and an unconditional Deny takes it back.',
    [],
    (s) => {
      const principal = { AWS: rootArn(s.random.pick(vendors).accountId) };
      return [
        iamDecides(s),
        allow(principal, use, { Sid: 'FormerVendor' }),
        deny(principal, 'kms:*', { Sid: 'ContractEnded' }),
      ];
    },
  ),
  'outside-denied-with-condition': policy(
    'An account outside is allowed, and a Deny takes it back only under a condition.',
    ['external'],
    (s) => {
      const principal = { AWS: rootArn(s.random.pick(vendors).accountId) };
      return [
        iamDecides(s),
        allow(principal, use, { Sid: 'Vendor' }),
        deny(principal, 'kms:*', {
          Sid: 'NotFromElsewhere',
          Condition: { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.7/32'] } },
        }),
      ];
    },
  ),
  'outside-partly-denied': policy(
    'An account outside is allowed, and a Deny takes back only a part of it.',
    ['external'],
    (s) => {
      const principal = { AWS: rootArn(s.random.pick(vendors).accountId) };
      return [
        iamDecides(s),
        allow(principal, ['kms:Encrypt', 'kms:Decrypt', 'kms:CreateGrant']),
        deny(principal, 'kms:CreateGrant', { Sid: 'NoGrants' }),
      ];
    },
  ),
  'denied-unless-in-organization': policy(
    'A vendor is allowed, and everyone outside the organization is denied.',
    ['external'],
    (s) => [
      iamDecides(s),
      allow({ AWS: rootArn(s.random.pick(vendors).accountId) }, 'kms:Decrypt', { Sid: 'Vendor' }),
      deny('*', 'kms:*', {
        Sid: 'OnlyOurOrganization',
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': s.organizationId } },
      }),
    ],
  ),
  'other-partition': policy('An account of another AWS partition.', ['external'], (s) => [
    iamDecides(s),
    allow({ AWS: `arn:aws-cn:iam::${s.random.pick(unknownAccounts)}:root` }, 'kms:Decrypt', {
      Sid: 'China',
    }),
  ]),
  // IAM Access Analyzer reports it as external, not public ("Access Analyzer filter keys": aws:SourceVpce).
  'vpc-endpoint': policy('"*" narrowed to a VPC endpoint; not public.', ['external'], (s) => [
    iamDecides(s),
    allow({ AWS: '*' }, ['kms:Encrypt', 'kms:Decrypt'], {
      Sid: 'FromOurNetwork',
      Condition: { StringEquals: { 'aws:SourceVpce': `vpce-${s.random.hex(17)}` } },
    }),
  ]),
} as const;
