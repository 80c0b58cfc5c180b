import type { Event } from '@aws-sdk/client-cloudtrail';
import type { GrantListEntry, KeyMetadata } from '@aws-sdk/client-kms';
import type { Account } from '@aws-sdk/client-organizations';
import type { AwsApi } from '../../collector/aws/api.ts';
import type { ApiName } from '../../collector/read/call.ts';

/** A small organization in memory that answers as AWS does, page by page. */

export interface FakeKey {
  readonly id: string;
  readonly metadata?: Partial<KeyMetadata>;
  readonly policy?: string;
  readonly tags?: readonly (readonly [string, string])[];
  readonly grants?: readonly GrantListEntry[];
  readonly aliases?: readonly string[];
  readonly rotation?: {
    KeyRotationEnabled: boolean;
    RotationPeriodInDays?: number;
    NextRotationDate?: Date;
  };
  readonly lastUsage?: {
    readonly KeyLastUsage?: { Operation?: string; Timestamp?: Date; CloudTrailEventId?: string };
    readonly TrackingStartDate?: Date;
    readonly KeyCreationDate?: Date;
  };
}

export interface FakeAccount extends Partial<Omit<Account, 'Id'>> {
  readonly id: string;
  /** Organizational units from below the root, each with its id. */
  readonly ous?: readonly { readonly id: string; readonly name: string }[];
  readonly tags?: readonly (readonly [string, string])[];
  readonly regions?: Readonly<
    Record<string, { readonly keys?: readonly FakeKey[]; readonly events?: readonly Event[] }>
  >;
}

export interface FakeCall {
  readonly api: ApiName;
  readonly accountId: string | null;
  readonly region: string | null;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface FakeOptions {
  readonly accounts: readonly FakeAccount[];
  readonly organizationId?: string;
  readonly managementId?: string;
  /** Items on a page at most, whatever the caller asks for. */
  readonly pageSize?: number;
  /** Called before each request is answered; what it throws is the answer. */
  readonly before?: (call: FakeCall) => void | Promise<void>;
}

export const awsError = (name: string, message = `${name} for the test`) =>
  Object.assign(new Error(message), { name });

export const arnOf = (accountId: string, region: string, keyId: string) =>
  `arn:aws:kms:${region}:${accountId}:key/${keyId}`;

export function fakeAws(options: FakeOptions): {
  readonly api: AwsApi;
  readonly calls: FakeCall[];
} {
  const { accounts, pageSize = 100, before } = options;
  const calls: FakeCall[] = [];

  const asked = async (
    api: ApiName,
    input: object,
    accountId: string | null = null,
    region: string | null = null,
  ) => {
    const call = { api, accountId, region, input: input as Readonly<Record<string, unknown>> };
    calls.push(call);
    await before?.(call);
  };
  const page = <T>(items: readonly T[], from: string | undefined, limit = pageSize) => {
    const start = Number(from ?? 0);
    const end = start + Math.min(limit, pageSize);
    return { items: items.slice(start, end), next: end < items.length ? String(end) : undefined };
  };
  const organizationsPage = <T>(items: readonly T[], from: string | undefined) => {
    const { items: onPage, next } = page(items, from);
    return { onPage: [...onPage], more: next === undefined ? {} : { NextToken: next } };
  };
  const kmsPage = <T>(items: readonly T[], from: string | undefined, limit?: number) => {
    const { items: onPage, next } = page(items, from, limit);
    return {
      onPage: [...onPage],
      more: next === undefined ? { Truncated: false } : { Truncated: true, NextMarker: next },
    };
  };
  const find = (id: string | undefined) => {
    const account = accounts.find((a) => a.id === id);
    if (!account) throw awsError('AccountNotFoundException');
    return account;
  };
  const units = new Map(accounts.flatMap((a) => a.ous ?? []).map((ou) => [ou.id, ou]));
  const parentOf = (childId: string | undefined) => {
    for (const { id, ous = [] } of accounts) {
      const chain = [...ous.map((ou) => ou.id), id];
      const at = chain.indexOf(childId ?? '');
      if (at < 0) continue;
      const above = chain[at - 1];
      return above === undefined
        ? { Id: 'r-root', Type: 'ROOT' as const }
        : { Id: above, Type: 'ORGANIZATIONAL_UNIT' as const };
    }
    throw awsError('ChildNotFoundException');
  };

  const api: AwsApi = {
    organizations: {
      describeOrganization: async (input) => {
        await asked('DescribeOrganization', input);
        return {
          Organization: {
            Id: options.organizationId ?? 'o-example',
            MasterAccountId: options.managementId ?? accounts[0]?.id,
          },
        };
      },
      listAccounts: async (input) => {
        await asked('ListAccounts', input);
        const { onPage, more } = organizationsPage(accounts, input.NextToken);
        return {
          Accounts: onPage.map(({ id, ous: _, tags: __, regions: ___, ...account }) => ({
            Id: id,
            Name: `account ${id}`,
            Email: `aws+${id}@example.com`,
            State: 'ACTIVE',
            ...account,
          })),
          ...more,
        };
      },
      listParents: async (input) => {
        await asked('ListParents', input);
        return { Parents: [parentOf(input.ChildId)] };
      },
      describeOrganizationalUnit: async (input) => {
        await asked('DescribeOrganizationalUnit', input);
        const unit = units.get(input.OrganizationalUnitId ?? '');
        return { OrganizationalUnit: { Id: unit?.id, Name: unit?.name } };
      },
      listTagsForResource: async (input) => {
        await asked('ListTagsForResource', input);
        const { onPage, more } = organizationsPage(
          find(input.ResourceId).tags ?? [],
          input.NextToken,
        );
        return { Tags: onPage.map(([Key, Value]) => ({ Key, Value })), ...more };
      },
    },
    enabledRegions: async (accountId) => {
      await asked('ListRegions', {}, accountId);
      return Object.keys(find(accountId).regions ?? {});
    },
    enter: async (accountId, region) => {
      await asked('AssumeRole', {}, accountId, region);
      const { keys = [], events = [] } = find(accountId).regions?.[region] ?? {};
      const ask = (name: ApiName, input: object) => asked(name, input, accountId, region);
      const arn = (id: string) => arnOf(accountId, region, id);
      const byName = new Map(keys.flatMap((k) => [k.id, arn(k.id)].map((name) => [name, k])));
      const key = (keyId: string | undefined) => {
        const found = byName.get(keyId ?? '');
        if (!found) throw awsError('NotFoundException');
        return found;
      };
      return {
        kms: {
          listKeys: async (input) => {
            await ask('ListKeys', input);
            const { onPage, more } = kmsPage(keys, input.Marker, input.Limit);
            return { Keys: onPage.map(({ id }) => ({ KeyId: id, KeyArn: arn(id) })), ...more };
          },
          listAliases: async (input) => {
            await ask('ListAliases', input);
            const aliases = keys.flatMap((k) => (k.aliases ?? []).map((name) => [name, k.id]));
            const { onPage, more } = kmsPage(aliases, input.Marker, input.Limit);
            return {
              Aliases: onPage.map(([AliasName, TargetKeyId]) => ({ AliasName, TargetKeyId })),
              ...more,
            };
          },
          describeKey: async (input) => {
            await ask('DescribeKey', input);
            const { id, metadata } = key(input.KeyId);
            return {
              KeyMetadata: {
                KeyId: id,
                Arn: arn(id),
                CreationDate: new Date('2024-01-01T00:00:00Z'),
                Description: '',
                KeyManager: 'CUSTOMER',
                KeyState: 'Enabled',
                KeySpec: 'SYMMETRIC_DEFAULT',
                KeyUsage: 'ENCRYPT_DECRYPT',
                Origin: 'AWS_KMS',
                MultiRegion: false,
                ...metadata,
              },
            };
          },
          getKeyPolicy: async (input) => {
            await ask('GetKeyPolicy', input);
            return { Policy: key(input.KeyId).policy ?? '{"Version":"2012-10-17","Statement":[]}' };
          },
          listResourceTags: async (input) => {
            await ask('ListResourceTags', input);
            const { onPage, more } = kmsPage(
              key(input.KeyId).tags ?? [],
              input.Marker,
              input.Limit,
            );
            return { Tags: onPage.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...more };
          },
          listGrants: async (input) => {
            await ask('ListGrants', input);
            const { onPage, more } = kmsPage(
              key(input.KeyId).grants ?? [],
              input.Marker,
              input.Limit,
            );
            return { Grants: onPage, ...more };
          },
          getKeyRotationStatus: async (input) => {
            await ask('GetKeyRotationStatus', input);
            return key(input.KeyId).rotation ?? { KeyRotationEnabled: false };
          },
          getKeyLastUsage: async (input) => {
            await ask('GetKeyLastUsage', input);
            const created = new Date('2024-01-01T00:00:00Z');
            return {
              KeyCreationDate: created,
              TrackingStartDate: created,
              ...key(input.KeyId).lastUsage,
            } as Awaited<
              ReturnType<Awaited<ReturnType<AwsApi['enter']>>['kms']['getKeyLastUsage']>
            >;
          },
        },
        cloudTrail: {
          lookupEvents: async (input) => {
            await ask('LookupEvents', input);
            const attribute = input.LookupAttributes?.[0];
            const found = events
              .filter((event) => {
                const time = event.EventTime?.getTime() ?? 0;
                if (input.StartTime && time < input.StartTime.getTime()) return false;
                if (input.EndTime && time > input.EndTime.getTime()) return false;
                if (attribute?.AttributeKey === 'EventId') {
                  return event.EventId === attribute.AttributeValue;
                }
                if (attribute?.AttributeKey === 'EventName') {
                  return event.EventName === attribute.AttributeValue;
                }
                return (event.Resources ?? []).some(
                  (resource) => resource.ResourceName === attribute?.AttributeValue,
                );
              })
              .sort((a, b) => (b.EventTime?.getTime() ?? 0) - (a.EventTime?.getTime() ?? 0));
            const { items, next } = page(
              found,
              input.NextToken,
              Math.min(50, input.MaxResults ?? 50),
            );
            return { Events: [...items], ...(next === undefined ? {} : { NextToken: next }) };
          },
        },
      };
    },
  };
  return { api, calls };
}
