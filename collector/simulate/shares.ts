import type { KeySpec, KeyUsageType, OriginType } from '@aws-sdk/client-kms';
import type { AccountKind } from './account-names.ts';
import type { TemplateName } from './policies/library.ts';
import type { Share } from './random.ts';

/** What is refused in one Region of an account that can be entered. */
export type RegionTrouble =
  | 'list-keys-denied-by-scp'
  | 'sts-not-activated'
  | 'ListGrants'
  | 'ListResourceTags'
  | 'GetKeyLastUsage'
  | 'GetKeyRotationStatus'
  | 'LookupEvents';

/**
 * How common everything is at Example Corp. Shares are parts of ten thousand customer managed keys
 * unless said otherwise; `atLeast` keeps rare kinds from vanishing. In each list the first entry
 * takes what the others leave.
 */

export const accountShares = {
  /** Probability that an account id begins with an extra zero. */
  idBeginsWithZero: 0.04,
  /** Part of the accounts that the collector cannot enter. */
  refused: 0.022,
  /** One Region of one account each. */
  troubles: [
    'list-keys-denied-by-scp',
    'sts-not-activated',
    'ListGrants',
    'ListResourceTags',
    'GetKeyLastUsage',
    'GetKeyRotationStatus',
    'LookupEvents',
    'GetKeyLastUsage',
  ] as const satisfies readonly RegionTrouble[],
};

export const regionShares = {
  /** Enabled in every account. */
  everywhere: ['us-east-1', 'us-west-2', 'eu-west-1'],
  /** Probability that a further Region is enabled. */
  enabled: [
    ['eu-central-1', 0.55],
    ['ap-northeast-1', 0.35],
    ['ap-southeast-2', 0.25],
    ['ap-southeast-1', 0.12],
    ['eu-west-2', 0.1],
    ['ca-central-1', 0.08],
    ['sa-east-1', 0.04],
  ],
  home: [
    ['us-east-1', 55],
    ['us-west-2', 15],
    ['eu-west-1', 18],
    ['eu-central-1', 7],
    ['ap-northeast-1', 5],
  ],
  /** Probability that a key is in the home Region of its account. */
  keysAtHome: 0.68,
} as const;

/** Customer managed keys per account: at least, at most, and the probability of none at all. */
export const keyCounts: Readonly<
  Record<Exclude<AccountKind, 'suspended'>, { low: number; high: number; none: number }>
> & { readonly crowded: Readonly<Record<string, number>> } = {
  management: { low: 3, high: 8, none: 0 },
  security: { low: 6, high: 18, none: 0 },
  infrastructure: { low: 5, high: 22, none: 0 },
  prod: { low: 10, high: 36, none: 0 },
  nonprod: { low: 5, high: 20, none: 0.02 },
  dev: { low: 3, high: 15, none: 0.05 },
  data: { low: 18, high: 50, none: 0 },
  acquired: { low: 6, high: 38, none: 0.05 },
  sandbox: { low: 1, high: 7, none: 0.35 },
  /** Keys that one runaway job made in the home Region of an account. */
  crowded: { 'data-lake-prod': 410, 'payments-prod': 330, 'log-archive': 60 },
};

/** Kinds of key, with the date since which AWS KMS has had them. */
export interface KeyKind {
  readonly spec: KeySpec;
  readonly usage: KeyUsageType;
  readonly origin: OriginType;
  readonly since: string;
}

const kind = (
  spec: KeySpec,
  usage: KeyUsageType,
  origin: OriginType,
  since: string,
  share: number,
  atLeast = 2,
): Share<KeyKind> => ({ value: { spec, usage, origin, since }, share, atLeast });

export const kindShares: readonly Share<KeyKind>[] = [
  kind('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'AWS_KMS', '2014-11-12', 9030),
  kind('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'EXTERNAL', '2016-08-11', 190, 24),
  kind('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'AWS_CLOUDHSM', '2018-11-26', 60, 4),
  kind('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'EXTERNAL_KEY_STORE', '2022-11-29', 20),
  kind('RSA_2048', 'SIGN_VERIFY', 'AWS_KMS', '2019-11-25', 130),
  kind('RSA_3072', 'SIGN_VERIFY', 'AWS_KMS', '2019-11-25', 30),
  kind('RSA_4096', 'SIGN_VERIFY', 'AWS_KMS', '2019-11-25', 70),
  kind('RSA_2048', 'ENCRYPT_DECRYPT', 'AWS_KMS', '2019-11-25', 40),
  kind('RSA_4096', 'ENCRYPT_DECRYPT', 'AWS_KMS', '2019-11-25', 40),
  kind('ECC_NIST_P256', 'SIGN_VERIFY', 'AWS_KMS', '2019-11-25', 150),
  kind('ECC_NIST_P384', 'SIGN_VERIFY', 'AWS_KMS', '2019-11-25', 50),
  kind('ECC_NIST_P521', 'SIGN_VERIFY', 'AWS_KMS', '2019-11-25', 12),
  kind('ECC_SECG_P256K1', 'SIGN_VERIFY', 'AWS_KMS', '2019-11-25', 18),
  kind('ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', 'AWS_KMS', '2025-11-07', 6),
  kind('ECC_NIST_P256', 'KEY_AGREEMENT', 'AWS_KMS', '2024-06-13', 10),
  kind('HMAC_256', 'GENERATE_VERIFY_MAC', 'AWS_KMS', '2022-04-19', 90),
  kind('HMAC_384', 'GENERATE_VERIFY_MAC', 'AWS_KMS', '2022-04-19', 12),
  kind('HMAC_512', 'GENERATE_VERIFY_MAC', 'AWS_KMS', '2022-04-19', 26),
  kind('ML_DSA_44', 'SIGN_VERIFY', 'AWS_KMS', '2025-06-13', 4),
  kind('ML_DSA_65', 'SIGN_VERIFY', 'AWS_KMS', '2025-06-13', 8),
  kind('ML_DSA_87', 'SIGN_VERIFY', 'AWS_KMS', '2025-06-13', 4),
];

/** States as people leave them; special kinds of key add their own. */
export const stateShares: readonly Share<'Enabled' | 'Disabled' | 'PendingDeletion'>[] = [
  { value: 'Enabled', share: 9230 },
  { value: 'Disabled', share: 580 },
  { value: 'PendingDeletion', share: 190, atLeast: 12 },
];

/** Of the keys with imported material: waiting for it, material that expires, and when. */
export const importShares = { pending: 0.14, expires: 0.6, expiresWithinDays: [6, 500] } as const;

/** Among symmetric keys made by AWS KMS since June 2021. */
export const multiRegionShare = 0.05;

/** Probability that rotation is on, by account kind; imported and special keys cannot rotate. */
export const rotationShares: Readonly<Record<AccountKind, number>> = {
  management: 0.9,
  security: 0.95,
  infrastructure: 0.8,
  prod: 0.72,
  nonprod: 0.55,
  dev: 0.35,
  data: 0.68,
  acquired: 0.2,
  sandbox: 0.12,
  suspended: 0,
};

/** How long ago a key was last used, in days; `never` leaves no record. */
export type Recency = { readonly from: number; readonly to: number } | 'never';

export const recencyShares: readonly Share<Recency>[] = [
  { value: { from: 0, to: 1 }, share: 3900 },
  { value: { from: 1, to: 2 }, share: 900 },
  { value: { from: 2, to: 8 }, share: 900 },
  { value: { from: 8, to: 30 }, share: 850 },
  { value: { from: 30, to: 89 }, share: 800 },
  { value: { from: 91, to: 180 }, share: 700 },
  { value: { from: 181, to: 214 }, share: 250 },
  { value: 'never', share: 1700 },
];

/** How a key got its aliases: one convention after another, over ten years. */
export type AliasConvention =
  | 'system-stage'
  | 'stage/system/purpose'
  | 'PascalCase'
  | 'purpose-key'
  | 'snake_case'
  | 'cdk'
  | 'uuid'
  | 'two-aliases'
  | 'many-aliases'
  | 'none'
  | 'hostile';

export const aliasShares: readonly Share<AliasConvention>[] = [
  { value: 'system-stage', share: 2600 },
  { value: 'stage/system/purpose', share: 2300 },
  { value: 'PascalCase', share: 800 },
  { value: 'purpose-key', share: 1100 },
  { value: 'snake_case', share: 500 },
  { value: 'cdk', share: 500 },
  { value: 'uuid', share: 150 },
  { value: 'two-aliases', share: 500 },
  { value: 'many-aliases', share: 30, atLeast: 4 },
  { value: 'none', share: 1450 },
  { value: 'hostile', share: 50, atLeast: 16 },
];

export type TagConvention = 'full' | 'old' | 'partial' | 'iac' | 'none' | 'many' | 'hostile';

export const tagShares: readonly Share<TagConvention>[] = [
  { value: 'full', share: 3500 },
  { value: 'old', share: 1600 },
  { value: 'partial', share: 1500 },
  { value: 'iac', share: 700 },
  { value: 'none', share: 2580 },
  { value: 'many', share: 20, atLeast: 2 },
  { value: 'hostile', share: 100, atLeast: 40 },
];

export type DescriptionConvention = 'purpose' | 'none' | 'sentence' | 'ticket' | 'hostile';

export const descriptionShares: readonly Share<DescriptionConvention>[] = [
  { value: 'purpose', share: 4600 },
  { value: 'none', share: 3700 },
  { value: 'sentence', share: 1000 },
  { value: 'ticket', share: 600 },
  { value: 'hostile', share: 100, atLeast: 40 },
];

export type GrantPattern =
  | 'none'
  | 'service'
  | 'service-many'
  | 'own-role'
  | 'sibling'
  | 'external'
  | 'external-constrained'
  | 'service-principal';

export const grantShares: readonly Share<GrantPattern>[] = [
  { value: 'none', share: 7550 },
  { value: 'service', share: 1500 },
  { value: 'service-many', share: 40, atLeast: 4 },
  { value: 'own-role', share: 500 },
  { value: 'sibling', share: 230 },
  { value: 'external', share: 40, atLeast: 5 },
  { value: 'external-constrained', share: 20, atLeast: 3 },
  { value: 'service-principal', share: 120 },
];

/**
 * Policies of customer managed keys. About 5 % reach outside the organization, 9 % name IAM users,
 * and fewer than one in two hundred is public.
 */
export const policyShares: Readonly<Record<TemplateName, number>> = {
  'iac-default': 1659,
  'console-default': 1450,
  'admin-user-split': 1300,
  'roles-only': 250,
  'role-full-access': 420,
  'role-star-action': 40,
  'role-via-service': 500,
  'encryption-context': 160,
  'caller-account': 250,
  'principal-arn-pattern': 60,
  'principal-account': 30,
  'vpc-endpoint': 40,
  'service-linked-role': 150,
  'guard-transport': 110,
  'guard-deletion': 100,
  'single-statement': 60,

  'iam-user': 380,
  'iam-user-admin': 160,
  'iam-user-full': 170,
  'iam-users-several': 120,
  'mixed-principals': 40,

  'sibling-root': 230,
  'sibling-role': 220,
  'sibling-bare-ids': 40,
  'organization-id': 160,
  'organization-path': 40,
  'sibling-via-service': 60,

  'vendor-root': 85,
  'vendor-role': 90,
  'vendor-external-id': 50,
  'vendor-encryption-context': 15,
  'vendor-full': 30,
  'unknown-account': 60,
  'unknown-bare-id': 25,
  'outside-user': 20,
  'outside-among-own': 30,
  'other-organization': 12,
  'two-organizations': 6,
  'outside-principal-account': 8,
  'outside-denied': 12,
  'outside-denied-with-condition': 12,
  'outside-partly-denied': 8,
  'denied-unless-in-organization': 12,
  'other-partition': 5,

  'public-plain': 6,
  'public-aws-star': 4,
  'public-via-service': 6,
  'public-like-star': 4,
  'public-if-exists': 4,
  'public-for-all-values': 4,
  'public-negated': 3,
  'public-transport-only': 3,
  'public-not-principal': 4,

  'logs-scoped': 220,
  'logs-unscoped': 120,
  'cloudtrail-scoped': 40,
  'cloudtrail-unscoped': 30,
  'sns-scoped': 70,
  'sns-unscoped': 60,
  's3-scoped': 50,
  's3-unscoped': 40,
  'events-scoped': 40,
  'events-unscoped': 40,
  'services-several': 30,
  'service-wildcard-source': 8,

  'deleted-user': 50,
  'deleted-role': 60,
  'lockout-deleted-role': 8,
  'lockout-no-administrator': 5,
  'lockout-by-deny': 5,
  sealed: 8,
  closed: 4,
  'policy-hidden': 25,
  'deny-not-principal': 15,
  'not-action-allow': 15,
  'not-action-deny': 8,
  'wildcard-inside-action': 70,
  'odd-case': 15,
  'no-sids': 50,
  'duplicate-sids': 30,
  'own-bare-id': 30,
  session: 20,
  'federated-saml': 10,
  'federated-oidc': 6,
  'grant-maker': 40,
  'many-statements': 15,
  'hostile-sid': 30,
  'hostile-context': 6,
  'allow-and-deny-same-role': 10,
};

/** The services whose AWS managed keys exist, and how common each is in a Region in use. */
export const managedShares: readonly (readonly [service: string, probability: number])[] = [
  ['s3', 0.62],
  ['ebs', 0.6],
  ['rds', 0.45],
  ['secretsmanager', 0.4],
  ['ssm', 0.42],
  ['lambda', 0.35],
  ['dynamodb', 0.25],
  ['sns', 0.2],
  ['sqs', 0.12],
  ['kinesis', 0.12],
  ['elasticfilesystem', 0.12],
  ['backup', 0.2],
  ['acm', 0.25],
  ['glue', 0.08],
  ['es', 0.06],
  ['redshift', 0.05],
];
