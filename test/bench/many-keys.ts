import type { AccountRegionApi, AwsApi } from '../../collector/aws/api.ts';

/** An account with as many keys in each Region as are asked for, none of which is held in memory. */

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';
export const ASKED_AT = new Date('2026-11-23T00:00:00Z');

const DAY_MS = 86_400_000;
const keyId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const arnIn = (region: string) => (id: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/${id}`;
const numberOf = (name: string | undefined) => Number(name?.slice(-12));

/** A key policy of the usual size: administrators, users, a service, another account. */
const policyOf = (n: number) =>
  JSON.stringify({
    Version: '2012-10-17',
    Id: `key-${n}`,
    Statement: [
      {
        Sid: 'Account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'Administrators',
        Effect: 'Allow',
        Principal: {
          AWS: [0, 1].map((i) => `arn:aws:iam::${ACCOUNT}:role/administrators-${(n + i) % 50}`),
        },
        Action: [
          'kms:Create*',
          'kms:Describe*',
          'kms:Enable*',
          'kms:List*',
          'kms:Put*',
          'kms:Update*',
        ],
        Resource: '*',
      },
      {
        Sid: 'Users',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/application-${n % 1000}` },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'],
        Resource: '*',
      },
      {
        Sid: 'Logs',
        Effect: 'Allow',
        Principal: { Service: `logs.${REGION}.amazonaws.com` },
        Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      },
      {
        Sid: 'Partner',
        Effect: 'Allow',
        Principal: {
          AWS: `arn:aws:iam::44445555${String(n % 10_000).padStart(4, '0')}:role/reader`,
        },
        Action: 'kms:Decrypt',
        Resource: '*',
      },
    ],
  });

const page = <T>(
  count: number,
  marker: string | undefined,
  limit: number,
  item: (n: number) => T,
) => {
  const from = Number(marker ?? 0);
  const end = Math.min(count, from + limit);
  return {
    items: Array.from({ length: end - from }, (_, i) => item(from + i)),
    more: end < count ? { Truncated: true, NextMarker: String(end) } : { Truncated: false },
  };
};

const usedAt = (n: number, round: number) =>
  new Date(ASKED_AT.getTime() - (1 + (n % 80)) * DAY_MS + round * DAY_MS);

const organizations: AwsApi['organizations'] = {
  describeOrganization: async () => ({
    Organization: { Id: 'o-exampleorg', MasterAccountId: ACCOUNT },
  }),
  listAccounts: async () => ({
    Accounts: [{ Id: ACCOUNT, Name: 'many', Email: 'aws@example.com', State: 'ACTIVE' }],
  }),
  listParents: async () => ({ Parents: [{ Id: 'r-root', Type: 'ROOT' }] }),
  describeOrganizationalUnit: async () => ({}),
  listTagsForResource: async () => ({ Tags: [] }),
};

/** Every key was used within the last 90 days; `round` counts the collections, each a day later. */
export function manyKeys(keys: number, round = 0): AwsApi {
  return {
    organizations,
    enabledRegions: async () => [REGION],
    enter: async (_, region) => regionApi(arnIn(region), keys, round),
  };
}

function regionApi(arnOf: (id: string) => string, keys: number, round: number): AccountRegionApi {
  const kms: AccountRegionApi['kms'] = {
    listKeys: async ({ Marker }) => {
      const { items, more } = page(keys, Marker, 1000, (n) => ({
        KeyId: keyId(n),
        KeyArn: arnOf(keyId(n)),
      }));
      return { Keys: items, ...more };
    },
    listAliases: async ({ Marker }) => {
      const { items, more } = page(keys, Marker, 100, (n) => ({
        AliasName: `alias/application-${n % 1000}/${n}`,
        TargetKeyId: keyId(n),
      }));
      return { Aliases: items, ...more };
    },
    describeKey: async ({ KeyId }) => ({
      KeyMetadata: {
        KeyId: keyId(numberOf(KeyId)),
        Arn: KeyId,
        CreationDate: new Date('2024-01-01T00:00:00Z'),
        Description: `Key ${numberOf(KeyId)} of an application`,
        KeyManager: 'CUSTOMER',
        KeyState: 'Enabled',
        KeySpec: 'SYMMETRIC_DEFAULT',
        KeyUsage: 'ENCRYPT_DECRYPT',
        Origin: 'AWS_KMS',
        MultiRegion: false,
      },
    }),
    getKeyPolicy: async ({ KeyId }) => ({ Policy: policyOf(numberOf(KeyId)) }),
    listResourceTags: async ({ KeyId }) => ({
      Tags: ['application', 'owner', 'cost-center'].map((TagKey) => ({
        TagKey,
        TagValue: `${TagKey}-${numberOf(KeyId) % 1000}`,
      })),
      Truncated: false,
    }),
    listGrants: async ({ KeyId }) => ({
      Grants: [
        {
          KeyId: KeyId ?? '',
          GrantId: `grant-${numberOf(KeyId)}`,
          GranteePrincipal: `arn:aws:iam::${ACCOUNT}:role/service-${numberOf(KeyId) % 100}`,
          Operations: ['Decrypt', 'GenerateDataKey'],
          Constraints: { EncryptionContextSubset: { application: String(numberOf(KeyId)) } },
        },
      ],
      Truncated: false,
    }),
    getKeyRotationStatus: async () => ({ KeyRotationEnabled: true, RotationPeriodInDays: 365 }),
    getKeyLastUsage: async ({ KeyId }) => ({
      TrackingStartDate: new Date('2026-01-01T00:00:00Z'),
      KeyLastUsage: {
        Operation: 'Decrypt',
        Timestamp: usedAt(numberOf(KeyId), round),
        CloudTrailEventId: `event-${round}-${String(numberOf(KeyId)).padStart(12, '0')}`,
      },
    }),
  };
  const lookupEvents: AccountRegionApi['cloudTrail']['lookupEvents'] = async (input) => {
    const [attribute] = input.LookupAttributes ?? [];
    if (attribute?.AttributeKey !== 'EventId') return { Events: [] };
    const n = numberOf(attribute.AttributeValue);
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/application-${n % 1000}-${round}/session-${n}`;
    return {
      Events: [
        {
          EventId: attribute.AttributeValue,
          EventName: 'Decrypt',
          EventTime: usedAt(n, round),
          EventSource: 'kms.amazonaws.com',
          CloudTrailEvent: JSON.stringify({
            eventSource: 'kms.amazonaws.com',
            eventName: 'Decrypt',
            sourceIPAddress: 's3.amazonaws.com',
            userIdentity: { type: 'AssumedRole', arn, accountId: ACCOUNT },
            requestParameters: {
              keyId: arnOf(keyId(n)),
              encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::application-${n % 1000}/${n}` },
            },
            resources: [{ ARN: arnOf(keyId(n)) }],
          }),
        },
      ],
    };
  };
  return { kms, cloudTrail: { lookupEvents } };
}
