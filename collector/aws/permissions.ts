import type { ApiName } from '../read/call.ts';

/** What tells who used and changed keys: CloudTrail's event history, or the logs of an organization trail. */
export type UsageSourceName = 'event history' | 'trail';

/** What one AWS operation of a collection needs, and how often it is called. */
export interface Permission {
  /** The IAM action. */
  readonly action: string;
  /** Whose credentials: the collector's own, or those of the member role in each account. */
  readonly who: 'collector' | 'member role';
  /** For what it is called once, or once a page. */
  readonly per: 'run' | 'account' | 'organizational unit' | 'account-Region' | 'key';
  readonly note?: string;
  /** Called only where this tells who used a key; default: always. */
  readonly source?: UsageSourceName;
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
    source: 'event history',
  },
  StartQueryExecution: {
    action: 'athena:StartQueryExecution',
    who: 'collector',
    per: 'run',
    note: 'and again for each 1,000 accounts',
    source: 'trail',
  },
  GetQueryExecution: {
    action: 'athena:GetQueryExecution',
    who: 'collector',
    per: 'run',
    note: 'every few seconds, until the query has ended',
    source: 'trail',
  },
  GetQueryResults: {
    action: 'athena:GetQueryResults',
    who: 'collector',
    per: 'run',
    note: 'a page has 1,000 rows, each an operation and a caller of a key',
    source: 'trail',
  },
  StopQueryExecution: {
    action: 'athena:StopQueryExecution',
    who: 'collector',
    per: 'run',
    note: 'only where the query has to end early',
    source: 'trail',
  },
};

/** The operations of a collection that asks this source. */
export const permissionsFor = (source: UsageSourceName): readonly Permission[] =>
  Object.values(permissions).filter((p) => p.source === undefined || p.source === source);

const actionsOf = (who: Permission['who'], source: UsageSourceName): readonly string[] =>
  permissionsFor(source)
    .filter((p) => p.who === who)
    .map((p) => p.action)
    .sort();

/**
 * What Athena does in the name of whoever starts a query: it looks up the table, reads the logs, and
 * writes the result. Sources: Amazon Athena User Guide, "Control access to Amazon S3 from Athena" and
 * "Configure access to databases and tables in the AWS Glue Data Catalog".
 */
const inTheNameOfTheCaller = ['glue:GetDatabase', 'glue:GetPartitions', 'glue:GetTable'];
const onTheLogs = ['s3:GetBucketLocation', 's3:GetObject', 's3:ListBucket'];
const onTheResults = [
  's3:AbortMultipartUpload',
  's3:GetBucketLocation',
  's3:GetObject',
  's3:ListBucket',
  's3:ListMultipartUploadParts',
  's3:PutObject',
];

/** Where the names of the buckets and of the key must be put in. */
const bucket = (partition: string, name: string) => [
  `arn:${partition}:s3:::<${name}>`,
  `arn:${partition}:s3:::<${name}>/*`,
];

/** An IAM policy document. */
export interface IamPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly object[];
}

/** The IAM policy that the collector itself needs. */
export function collectorPolicy(
  partition: string,
  roleName: string,
  source: UsageSourceName = 'event history',
): IamPolicy {
  const actions = actionsOf('collector', source);
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
      ...(source === 'trail' ? trailStatements(partition, actions) : []),
    ],
  };
}

function trailStatements(partition: string, actions: readonly string[]): readonly object[] {
  return [
    {
      Sid: 'QueryTrail',
      Effect: 'Allow',
      Action: [
        ...actions.filter((action) => action.startsWith('athena:')),
        ...inTheNameOfTheCaller,
      ],
      Resource: '*',
    },
    {
      Sid: 'ReadTrailLogs',
      Effect: 'Allow',
      Action: onTheLogs,
      Resource: bucket(partition, 'bucket of the trail'),
    },
    {
      Sid: 'DecryptTrailLogs',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: '<key of the trail, where it is encrypted with one>',
    },
    {
      Sid: 'WriteQueryResults',
      Effect: 'Allow',
      Action: onTheResults,
      Resource: bucket(partition, 'bucket for results of the workgroup'),
    },
  ];
}

/** The IAM policy of the member role in each account. It reads only. */
export function memberRolePolicy(source: UsageSourceName = 'event history'): IamPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'ReadKeys', Effect: 'Allow', Action: actionsOf('member role', source), Resource: '*' },
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
