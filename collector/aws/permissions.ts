import type { ApiName } from '../read/call.ts';

/** What one AWS operation of a collection needs, and how often it is called. */
export interface Permission {
  /** The IAM action. */
  readonly action: string;
  /** Whose credentials: the collector's own, or those of the member role in each account. */
  readonly who: 'collector' | 'member role';
  /** For what it is called once, or once a page. */
  readonly per: 'run' | 'account' | 'organizational unit' | 'account-Region' | 'key';
  readonly note?: string;
}

/**
 * Every operation that a collection calls, with the permission for it. The roles of a deployment, the
 * dry run and the documentation are made from it.
 */
export const permissions: Readonly<Record<ApiName, Permission>> = {
  DescribeOrganization: {
    action: 'organizations:DescribeOrganization',
    who: 'collector',
    per: 'run',
  },
  ListAccounts: { action: 'organizations:ListAccounts', who: 'collector', per: 'run' },
  ListParents: { action: 'organizations:ListParents', who: 'collector', per: 'account' },
  DescribeOrganizationalUnit: {
    action: 'organizations:DescribeOrganizationalUnit',
    who: 'collector',
    per: 'organizational unit',
  },
  ListTagsForResource: {
    action: 'organizations:ListTagsForResource',
    who: 'collector',
    per: 'account',
  },
  AssumeRole: {
    action: 'sts:AssumeRole',
    who: 'collector',
    per: 'account',
    note: 'and again each hour that its Regions take',
  },
  ListRegions: { action: 'account:ListRegions', who: 'member role', per: 'account' },
  ListKeys: { action: 'kms:ListKeys', who: 'member role', per: 'account-Region' },
  ListAliases: {
    action: 'kms:ListAliases',
    who: 'member role',
    per: 'account-Region',
    note: 'where there are keys',
  },
  DescribeKey: { action: 'kms:DescribeKey', who: 'member role', per: 'key' },
  GetKeyPolicy: { action: 'kms:GetKeyPolicy', who: 'member role', per: 'key' },
  ListResourceTags: { action: 'kms:ListResourceTags', who: 'member role', per: 'key' },
  ListGrants: { action: 'kms:ListGrants', who: 'member role', per: 'key' },
  GetKeyRotationStatus: {
    action: 'kms:GetKeyRotationStatus',
    who: 'member role',
    per: 'key',
    note: 'symmetric encryption keys with material of AWS KMS only',
  },
  GetKeyLastUsage: { action: 'kms:GetKeyLastUsage', who: 'member role', per: 'key' },
  LookupEvents: {
    action: 'cloudtrail:LookupEvents',
    who: 'member role',
    per: 'key',
    note: 'that was used in the last 90 days, and 20 times per account-Region with keys, for management operations',
  },
};

const actionsOf = (who: Permission['who']): readonly string[] =>
  Object.values(permissions)
    .filter((p) => p.who === who)
    .map((p) => p.action)
    .sort();

/** An IAM policy document. */
export interface IamPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly object[];
}

/** The IAM policy that the collector itself needs. */
export function collectorPolicy(partition: string, roleName: string): IamPolicy {
  const actions = actionsOf('collector');
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReadOrganization',
        Effect: 'Allow',
        Action: actions.filter((action) => action.startsWith('organizations:')),
        Resource: '*',
      },
      {
        Sid: 'EnterAccounts',
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: `arn:${partition}:iam::*:role/${roleName}`,
      },
    ],
  };
}

/** The IAM policy of the member role in each account. It reads only. */
export function memberRolePolicy(): IamPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'ReadKeys', Effect: 'Allow', Action: actionsOf('member role'), Resource: '*' },
    ],
  };
}

/** Whom the member role lets in: the collector's account or role, with the external id if there is one. */
export function memberRoleTrust(callerArn: string, externalId: string | undefined): IamPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: principalOf(callerArn) },
        Action: 'sts:AssumeRole',
        ...(externalId === undefined
          ? {}
          : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
      },
    ],
  };
}

/** A session is trusted through its role. Its ARN lacks the role's path, which a policy must name. */
function principalOf(callerArn: string): string {
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(callerArn);
  return session ? `arn:${session[1]}:iam::${session[2]}:role/${session[3]}` : callerArn;
}
