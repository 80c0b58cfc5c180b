import type { Event } from '@aws-sdk/client-cloudtrail';

/** Events as an organization trail logs them, and as each of its accounts finds them by LookupEvents. */

export const [owner, other] = ['111122223333', '444455556666'] as const;
export const [home, away] = ['eu-central-1', 'us-east-1'] as const;
export const until = new Date('2026-11-23T12:34:56.789Z');
export const since = new Date('2026-08-25T12:34:56.789Z');

export const keyId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const multiRegion = 'mrk-1234abcd12ab34cd56ef1234567890ab';
export const arnOf = (id: string, region: string = home, account: string = owner) =>
  `arn:aws:kms:${region}:${account}:key/${id}`;

/** One line of a log, as CloudTrail writes it. */
export interface Logged {
  /** Whose log it is in. */
  readonly account: string;
  readonly region: string;
  readonly record: {
    readonly eventID: string;
    readonly eventTime: string;
    readonly eventName: string;
    readonly [name: string]: unknown;
  };
}

const role = (name: string, session: string, account: string = owner) => ({
  type: 'AssumedRole',
  principalId: `AROAEXAMPLE:${session}`,
  arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
  accountId: account,
  sessionContext: { sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${account}:role/${name}` } },
});
const user = {
  type: 'IAMUser',
  arn: `arn:aws:iam::${owner}:user/eve`,
  accountId: owner,
  userName: 'eve',
};
const key = (id: string, region?: string, account?: string) => ({
  ARN: arnOf(id, region, account),
  accountId: account ?? owner,
  type: 'AWS::KMS::Key',
});

let events = 0;
function logged(
  eventName: string,
  eventTime: string,
  more: Readonly<Record<string, unknown>> = {},
  account: string = owner,
  region: string = home,
): Logged {
  events += 1;
  return {
    account,
    region,
    record: {
      eventVersion: '1.11',
      eventID: `event-${String(events).padStart(4, '0')}`,
      eventTime,
      eventName,
      eventSource: 'kms.amazonaws.com',
      awsRegion: region,
      sourceIPAddress: '198.51.100.7',
      userIdentity: role('app', 's1'),
      readOnly: true,
      requestParameters: { keyId: arnOf(keyId(1)) },
      responseElements: null,
      resources: [key(keyId(1))],
      recipientAccountId: account,
      ...more,
    },
  };
}

const writes = { readOnly: false };
/** Everything that a log may hold of a key, and much that must not count. */
export const trailLogs: readonly Logged[] = [
  // The latest of a role counts, whatever the session.
  logged('Decrypt', '2026-11-01T10:00:00Z'),
  logged('Decrypt', '2026-11-02T10:00:00Z', { userIdentity: role('app', 's2') }),
  logged('Decrypt', '2026-10-31T23:59:59Z', { userIdentity: role('app', 's3') }),
  logged('Decrypt', '2026-11-01T10:00:00Z', { userIdentity: role('batch', 's1') }),
  // Two of the same second.
  logged('Encrypt', '2026-11-01T10:00:00Z', { sourceIPAddress: '198.51.100.8' }),
  logged('Encrypt', '2026-11-01T10:00:00Z', { sourceIPAddress: '198.51.100.9' }),
  logged('GenerateDataKey', '2026-11-03T01:02:03Z', {
    userIdentity: { ...role('app', 's1'), invokedBy: 's3.amazonaws.com' },
    sourceIPAddress: 's3.amazonaws.com',
    requestParameters: {
      keyId: 'alias/app',
      encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::b/o\'b\\ject "鍵"', empty: '' },
    },
  }),
  // A service by itself, and an account of which no more is known.
  logged('Decrypt', '2026-11-04T00:00:00Z', {
    userIdentity: { type: 'AWSService', invokedBy: 'logs.amazonaws.com' },
    sourceIPAddress: 'logs.amazonaws.com',
    requestParameters: null,
  }),
  logged('Decrypt', '2026-11-05T00:00:00Z', {
    userIdentity: { type: 'AWSAccount', principalId: 'AROAOTHER:s1', accountId: '999988887777' },
  }),
  logged('Decrypt', '2026-11-05T00:00:01Z', {
    userIdentity: { type: 'AWSAccount', principalId: 'AROAOTHER:s2', accountId: '999988887777' },
    sourceIPAddress: '203.0.113.9',
  }),
  // Across accounts a request is logged in both.
  logged('Decrypt', '2026-11-06T00:00:00Z', { userIdentity: role('reader', 'x', other) }),
  logged('Decrypt', '2026-11-06T00:00:00Z', { userIdentity: role('reader', 'x', other) }, other),
  logged('ReEncrypt', '2026-11-07T00:00:00Z', {
    requestParameters: {
      sourceKeyId: arnOf(keyId(1)),
      destinationKeyId: arnOf(keyId(2)),
      sourceEncryptionContext: { from: 'a' },
      destinationEncryptionContext: { to: 'b' },
    },
    resources: [key(keyId(1)), key(keyId(2))],
  }),
  // Named by id alone, by an alias alone, and by parameters that cannot be read.
  logged('Sign', '2026-11-08T00:00:00Z', {
    resources: null,
    requestParameters: { keyId: keyId(2) },
  }),
  logged('Sign', '2026-11-08T00:00:00Z', {
    resources: [],
    requestParameters: { keyId: 'alias/x' },
  }),
  logged('Verify', '2026-11-08T00:00:00Z', { requestParameters: 'HIDDEN' }),
  // Changes.
  logged('PutKeyPolicy', '2026-11-09T00:00:00Z', {
    ...writes,
    userIdentity: user,
    requestParameters: {
      keyId: keyId(1),
      policy: '{"Statement":[]}',
      bypassPolicyLockoutSafetyCheck: true,
    },
  }),
  logged('CreateGrant', '2026-11-09T01:00:00Z', { ...writes, userIdentity: user }),
  logged('CreateKey', '2026-09-01T00:00:00Z', {
    ...writes,
    requestParameters: { bypassPolicyLockoutSafetyCheck: false },
    responseElements: { keyMetadata: { keyId: keyId(3) } },
    resources: [key(keyId(3))],
  }),
  logged('ReplicateKey', '2026-11-10T00:00:00Z', {
    ...writes,
    requestParameters: { keyId: arnOf(multiRegion), replicaRegion: away },
    responseElements: { replicaKeyArn: arnOf(multiRegion, away) },
    resources: [key(multiRegion)],
  }),
  logged(
    'Decrypt',
    '2026-11-11T00:00:00Z',
    { requestParameters: { keyId: multiRegion }, resources: [key(multiRegion, away)] },
    owner,
    away,
  ),
  // Refused, only read, or of another service.
  logged('Decrypt', '2026-11-20T00:00:00Z', { errorCode: 'AccessDenied', errorMessage: 'no' }),
  logged('DescribeKey', '2026-11-20T00:00:00Z'),
  logged('GetKeyPolicy', '2026-11-20T00:00:00Z'),
  logged('CreateAlias', '2026-11-20T00:00:00Z', { ...writes, eventSource: 'lambda.amazonaws.com' }),
  // The first and the last second that count, and those that do not.
  logged('GenerateMac', '2026-08-25T12:34:56Z', { resources: [key(keyId(4))] }),
  logged('GenerateMac', '2026-08-25T12:34:55Z', { resources: [key(keyId(5))] }),
  logged('VerifyMac', '2026-11-23T12:34:56Z', { resources: [key(keyId(4))] }),
  logged('VerifyMac', '2026-11-23T12:34:57Z', { resources: [key(keyId(5))] }),
];

/** The event as LookupEvents gives it. */
export const lookedUp = ({ record }: Logged): Event => ({
  EventId: record.eventID,
  EventName: record.eventName,
  EventTime: new Date(record.eventTime),
  CloudTrailEvent: JSON.stringify(record),
});

const asText = (value: unknown) =>
  value === null || value === undefined
    ? null
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

/** The columns of the table by name, as CloudTrailInputFormat gives them: parameters are text. */
export function athenaColumns({ account, region, record }: Logged): Record<string, unknown> {
  const identity = record.userIdentity as Record<string, unknown>;
  const lower = (value: object) =>
    Object.fromEntries(Object.entries(value).map(([name, of]) => [name.toLowerCase(), of]));
  const { sessioncontext: _, ...useridentity } = lower(identity);
  return {
    ...lower(record),
    useridentity,
    requestparameters: asText(record.requestParameters),
    responseelements: asText(record.responseElements),
    readonly: asText(record.readOnly),
    resources: (record.resources as object[] | null)?.map(lower) ?? null,
    account,
    region,
    day: record.eventTime.slice(0, 10).replaceAll('-', '/'),
  };
}
