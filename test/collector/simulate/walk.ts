import type {
  GetKeyLastUsageResponse,
  GetKeyRotationStatusResponse,
  GrantListEntry,
  KeyMetadata,
  Tag,
} from '@aws-sdk/client-kms';
import type { Account } from '@aws-sdk/client-organizations';
import type { AccountRegionApi } from '../../../collector/aws/api.ts';
import { createExampleCorp, type ExampleCorp } from '../../../collector/simulate/example-corp.ts';

export const asOf = new Date('2026-11-20T09:30:00Z');

/** What one call gave: its answer, or the error. */
export type Answer<T> = { readonly value: T } | { readonly error: Error };

export interface WalkedKey {
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly metadata: KeyMetadata;
  readonly policy: Answer<string>;
  readonly tags: Answer<readonly Tag[]>;
  readonly grants: Answer<readonly GrantListEntry[]>;
  readonly rotation: Answer<GetKeyRotationStatusResponse>;
  readonly usage: Answer<GetKeyLastUsageResponse>;
}

export interface Walk {
  readonly corp: ExampleCorp;
  readonly accounts: readonly Account[];
  readonly ouPaths: ReadonlyMap<string, string>;
  readonly keys: readonly WalkedKey[];
  /** The ARNs of keys that may not even be described. */
  readonly closed: readonly string[];
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly refused: ReadonlyMap<string, Error>;
  readonly regionErrors: ReadonlyMap<string, Error>;
  readonly keysPerRegion: ReadonlyMap<string, number>;
}

export async function answer<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await call };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Reads all pages of a list that is paged by markers. */
export async function pages<T>(
  read: (
    Marker: string | undefined,
  ) => Promise<{ items: T[] | undefined; next: string | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let marker: string | undefined;
  do {
    const { items, next } = await read(marker);
    all.push(...(items ?? []));
    marker = next;
  } while (marker !== undefined);
  return all;
}

export const listAccounts = (corp: ExampleCorp): Promise<Account[]> =>
  pages(async (NextToken) => {
    const page = await corp.api.organizations.listAccounts({ NextToken });
    return { items: page.Accounts, next: page.NextToken };
  });

export const listKeyArns = async ({ kms }: AccountRegionApi): Promise<string[]> => {
  const keys = await pages(async (Marker) => {
    const page = await kms.listKeys({ Marker });
    return { items: page.Keys, next: page.NextMarker };
  });
  return keys.map(({ KeyArn }) => KeyArn ?? '');
};

async function ouPath(corp: ExampleCorp, accountId: string): Promise<string> {
  const names: string[] = [];
  let child = accountId;
  for (;;) {
    const parent = (await corp.api.organizations.listParents({ ChildId: child })).Parents?.[0];
    if (parent?.Type !== 'ORGANIZATIONAL_UNIT') return ['Root', ...names].join('/');
    const unit = await corp.api.organizations.describeOrganizationalUnit({
      OrganizationalUnitId: parent.Id,
    });
    names.unshift(unit.OrganizationalUnit?.Name ?? '');
    child = parent.Id ?? '';
  }
}

export async function readKey(
  { kms }: AccountRegionApi,
  arn: string,
): Promise<Omit<WalkedKey, 'accountId' | 'region'>> {
  const KeyId = arn;
  const { KeyMetadata: metadata } = await kms.describeKey({ KeyId });
  if (metadata === undefined) throw new Error(`no metadata of ${arn}`);
  return {
    arn,
    metadata,
    policy: await answer(kms.getKeyPolicy({ KeyId }).then(({ Policy }) => Policy ?? '')),
    tags: await answer(kms.listResourceTags({ KeyId }).then(({ Tags }) => Tags ?? [])),
    grants: await answer(
      pages(async (Marker) => {
        const page = await kms.listGrants({ KeyId, Marker });
        return { items: page.Grants, next: page.NextMarker };
      }),
    ),
    rotation: await answer(kms.getKeyRotationStatus({ KeyId })),
    usage: await answer(kms.getKeyLastUsage({ KeyId })),
  };
}

/** Reads the whole organization, as the collector would. */
export async function walk(seed: number, accounts?: number): Promise<Walk> {
  const corp = createExampleCorp({ seed, asOf, ...(accounts === undefined ? {} : { accounts }) });
  const list = await listAccounts(corp);
  const ouPaths = new Map<string, string>();
  const keys: WalkedKey[] = [];
  const closed: string[] = [];
  const aliases = new Map<string, string[]>();
  const refused = new Map<string, Error>();
  const regionErrors = new Map<string, Error>();
  const keysPerRegion = new Map<string, number>();
  for (const { Id: accountId = '' } of list) {
    ouPaths.set(accountId, await ouPath(corp, accountId));
    const regions = await answer(corp.api.enabledRegions(accountId));
    if ('error' in regions) {
      refused.set(accountId, regions.error);
      continue;
    }
    for (const region of regions.value) {
      const where = `${accountId}/${region}`;
      const entered = await answer(corp.api.enter(accountId, region));
      if ('error' in entered) {
        regionErrors.set(where, entered.error);
        continue;
      }
      const api = entered.value;
      const arns = await answer(listKeyArns(api));
      if ('error' in arns) {
        regionErrors.set(where, arns.error);
        continue;
      }
      keysPerRegion.set(where, arns.value.length);
      for (const arn of arns.value) {
        const described = await answer(api.kms.describeKey({ KeyId: arn }));
        if ('error' in described) closed.push(arn);
        else keys.push({ ...(await readKey(api, arn)), accountId, region });
      }
      const entries = await pages(async (Marker) => {
        const page = await api.kms.listAliases({ Marker });
        return { items: page.Aliases, next: page.NextMarker };
      });
      for (const { AliasName, TargetKeyId } of entries) {
        if (TargetKeyId === undefined) continue;
        const arn = `arn:aws:kms:${region}:${accountId}:key/${TargetKeyId}`;
        aliases.set(arn, [...(aliases.get(arn) ?? []), AliasName ?? '']);
      }
    }
  }
  return {
    corp,
    accounts: list,
    ouPaths,
    keys,
    closed,
    aliases,
    refused,
    regionErrors,
    keysPerRegion,
  };
}

const walks = new Map<number, Promise<Walk>>();

/** The walk through the default organization of a seed, made once. */
export function walked(seed: number): Promise<Walk> {
  const known = walks.get(seed) ?? walk(seed);
  walks.set(seed, known);
  return known;
}
