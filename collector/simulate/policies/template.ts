import type { Random } from '../random.ts';

/** A statement of a key policy, as people write it: strings or arrays, in any case. */
export type Statement = Readonly<Record<string, unknown>>;

/** Where a policy is written: what its author knew. */
export interface Scene {
  readonly accountId: string;
  readonly region: string;
  readonly keyId: string;
  readonly organizationId: string;
  readonly rootId: string;
  /** The system the key serves, such as `payments`. */
  readonly system: string;
  /** The endpoint of the service the key serves, without `.amazonaws.com`: `s3`, `rds`, … */
  readonly service: string;
  readonly random: Random;
  /** The id of another account of the same organization. */
  readonly sibling: () => string;
}

/** Something that a set of templates has in common, for tests and reports. */
export type Trait = 'iam-user' | 'external' | 'public' | 'confused-deputy' | 'in-organization';

/** One way in which people write key policies. */
export interface PolicyTemplate {
  /** What it shows, one sentence. */
  readonly shows: string;
  readonly traits: readonly Trait[];
  readonly document: (scene: Scene) => unknown;
}

/** A template whose document is the usual frame around some statements. */
export function policy(
  shows: string,
  traits: readonly Trait[],
  statements: (scene: Scene) => readonly Statement[],
): PolicyTemplate {
  return {
    shows,
    traits,
    document: (scene) => ({ Version: '2012-10-17', Statement: statements(scene) }),
  };
}

export const rootArn = (accountId: string): string => `arn:aws:iam::${accountId}:root`;
export const roleArn = (accountId: string, name: string): string =>
  `arn:aws:iam::${accountId}:role/${name}`;
export const userArn = (accountId: string, name: string): string =>
  `arn:aws:iam::${accountId}:user/${name}`;

/** What the key policy of every well-kept key begins with: IAM policies of the account decide. */
export const iamDecides = (scene: Scene): Statement => ({
  Sid: 'Enable IAM User Permissions',
  Effect: 'Allow',
  Principal: { AWS: rootArn(scene.accountId) },
  Action: 'kms:*',
  Resource: '*',
});

export const administration: readonly string[] = [
  'kms:Create*',
  'kms:Describe*',
  'kms:Enable*',
  'kms:List*',
  'kms:Put*',
  'kms:Update*',
  'kms:Revoke*',
  'kms:Disable*',
  'kms:Get*',
  'kms:Delete*',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
];

export const use: readonly string[] = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
  'kms:DescribeKey',
];

/** Lets the collector's role read a key whose policy does not leave it to IAM. */
export const inventoryReads = (scene: Scene): Statement => ({
  Sid: 'AllowInventory',
  Effect: 'Allow',
  Principal: { AWS: roleArn(scene.accountId, 'KMSInsightsReadRole') },
  Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
  Resource: '*',
});

export const allow = (principal: unknown, action: unknown, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  Resource: '*',
  ...more,
});

export const deny = (principal: unknown, action: unknown, more: Statement = {}): Statement => ({
  Effect: 'Deny',
  Principal: principal,
  Action: action,
  Resource: '*',
  ...more,
});

/** The unique id of a principal that was deleted: AIDA for users, AROA for roles. */
export const deletedId = (prefix: 'AIDA' | 'AROA', random: Random): string =>
  prefix +
  Array.from({ length: 17 }, () => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[random.int(0, 31)]).join('');

export const teamRole = (scene: Scene): string =>
  scene.random.pick([
    `${scene.system}-app`,
    `${scene.system}-service-role`,
    `${scene.system}/ecs-task`,
    `service-role/${scene.system}-lambda-role`,
    `${scene.system}-worker-${scene.region}`,
  ]);

export const adminRole = (scene: Scene): string =>
  scene.random.pick([
    'Admin',
    'KeyAdministrator',
    'OrganizationAccountAccessRole',
    'platform-admin',
    `aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_${scene.random.hex(16)}`,
    `${scene.system}-terraform`,
  ]);
