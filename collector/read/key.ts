import type {
  GetKeyRotationStatusCommandOutput,
  GrantListEntry,
  KeyListEntry,
  KeyMetadata,
} from '@aws-sdk/client-kms';
import type { KmsApi } from '../aws/api.ts';
import { duplicateName } from '../policy/json.ts';
import { readLastUsage } from '../usage/kms-last-usage.ts';
import type { LastUsage } from '../usage/last-usage.ts';
import type { ApiName, Call } from './call.ts';
import { errorCode } from './errors.ts';
import { type Failure, failureOf } from './failure.ts';
import { moment } from './moment.ts';
import { allPages } from './pages.ts';
import { tagMap } from './tags.ts';

export interface ListedKey {
  readonly id: string;
  readonly arn: string;
}

export type Rotation = Pick<
  Omit<GetKeyRotationStatusCommandOutput, '$metadata'>,
  'KeyRotationEnabled' | 'RotationPeriodInDays' | 'NextRotationDate'
>;

/** Metadata with everything that AWS gives for every key. */
export type DescribedKey = KeyMetadata & {
  readonly [K in
    | 'CreationDate'
    | 'KeyManager'
    | 'KeyState'
    | 'KeySpec'
    | 'KeyUsage'
    | 'Origin']-?: NonNullable<KeyMetadata[K]>;
};

/** What could be read of one key. */
export interface KeyReading {
  readonly key: ListedKey;
  /** Null when the key could not be described. */
  readonly metadata: DescribedKey | null;
  /** The policy as text and parsed; null when it could not be read. */
  readonly policy: { readonly text: string; readonly document: unknown } | null;
  /** Null when they could not be read. */
  readonly tags: Readonly<Record<string, string>> | null;
  /** Null when they could not be read. */
  readonly grants: readonly GrantListEntry[] | null;
  /** Null where rotation is not possible or could not be read. */
  readonly rotation: Rotation | null;
  readonly lastUsage: LastUsage;
}

/** What was read, with `failures` for what could not be; or `gone`: deleted since it was listed. */
export type KeyOutcome =
  | { readonly kind: 'read'; readonly reading: KeyReading; readonly failures: readonly Failure[] }
  | { readonly kind: 'gone' };

/** Every key of the account and Region once, in order of id. */
export async function listKeys(kms: KmsApi, call: Call): Promise<readonly ListedKey[]> {
  const entries = await allPages<KeyListEntry>((from) =>
    call('ListKeys', () =>
      kms.listKeys({ Limit: 1000, ...(from === undefined ? {} : { Marker: from }) }),
    ).then((page) => ({ items: page.Keys, next: nextMarker(page) })),
  );
  const keys = new Map<string, ListedKey>();
  for (const { KeyId, KeyArn } of entries) {
    if (KeyId !== undefined && KeyArn !== undefined) keys.set(KeyArn, { id: KeyId, arn: KeyArn });
  }
  return [...keys.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The aliases of the account and Region by key id, in order of name. */
export async function listAliases(
  kms: KmsApi,
  call: Call,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const entries = await allPages((from) =>
    call('ListAliases', () =>
      kms.listAliases({ Limit: 100, ...(from === undefined ? {} : { Marker: from }) }),
    ).then((page) => ({ items: page.Aliases, next: nextMarker(page) })),
  );
  const byKey = new Map<string, string[]>();
  for (const { AliasName, TargetKeyId } of entries) {
    // Aliases that AWS reserves for a key which does not exist yet have no target.
    if (AliasName === undefined || TargetKeyId === undefined) continue;
    const names = byKey.get(TargetKeyId);
    if (!names) byKey.set(TargetKeyId, [AliasName]);
    else if (!names.includes(AliasName)) names.push(AliasName);
  }
  for (const names of byKey.values()) names.sort();
  return byKey;
}

/**
 * Reads everything about one key, side by side. A request that fails makes its own field unreadable
 * and is reported; the rest of the key is kept.
 */
export async function readKey(
  kms: KmsApi,
  call: Call,
  key: ListedKey,
  signal?: AbortSignal,
): Promise<KeyOutcome> {
  const failures: Failure[] = [];
  const KeyId = key.arn;

  const attempt = async <T>(api: ApiName, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      signal?.throwIfAborted();
      failures.push(failureOf(api, error, key.id));
      return undefined;
    }
  };

  let gone = false;
  const described = await attempt('DescribeKey', async () => {
    try {
      const answer = await call('DescribeKey', () => kms.describeKey({ KeyId }));
      return completeMetadata(answer.KeyMetadata);
    } catch (error) {
      gone = errorCode(error) === 'NotFoundException';
      throw error;
    }
  });
  if (gone) return { kind: 'gone' };

  const [policy, tags, grants, rotation, lastUsage] = await Promise.all([
    attempt('GetKeyPolicy', async () => readPolicy(kms, call, KeyId)),
    attempt('ListResourceTags', () => readTags(kms, call, KeyId)),
    attempt('ListGrants', () => readGrants(kms, call, KeyId)),
    attempt('GetKeyRotationStatus', () => readRotation(kms, call, KeyId, described)),
    attempt('GetKeyLastUsage', () =>
      readLastUsage(kms, call, KeyId, described?.CreationDate ?? null),
    ),
  ]);
  return {
    kind: 'read',
    // In order of operation, so that the first failure does not depend on which answer came first.
    failures: failures.sort((a, b) => order.indexOf(a.api) - order.indexOf(b.api)),
    reading: {
      key,
      metadata: described ?? null,
      policy: policy ?? null,
      tags: tags ?? null,
      grants: grants ?? null,
      rotation: rotation ?? null,
      lastUsage: lastUsage ?? { status: 'UNKNOWN', trackedSince: null, lastUse: null },
    },
  };
}

const order: readonly ApiName[] = [
  'DescribeKey',
  'GetKeyPolicy',
  'ListResourceTags',
  'ListGrants',
  'GetKeyRotationStatus',
  'GetKeyLastUsage',
];

function completeMetadata(metadata: KeyMetadata | undefined): DescribedKey {
  const { KeyManager, KeyState, KeyUsage, Origin } = metadata ?? {};
  const CreationDate = moment(metadata?.CreationDate);
  // The older name of the field is all that some imitations of KMS give.
  const KeySpec = metadata?.KeySpec ?? metadata?.CustomerMasterKeySpec;
  if (!metadata || !CreationDate || !KeyManager || !KeyState || !KeySpec || !KeyUsage || !Origin) {
    throw Object.assign(new Error('The answer lacks the state, kind or creation date of the key'), {
      name: 'IncompleteMetadata',
    });
  }
  return { ...metadata, CreationDate, KeyManager, KeyState, KeySpec, KeyUsage, Origin };
}

/** A key has one policy, named `default` (KMS API Reference, GetKeyPolicy). */
async function readPolicy(
  kms: KmsApi,
  call: Call,
  KeyId: string,
): Promise<NonNullable<KeyReading['policy']>> {
  const { Policy } = await call('GetKeyPolicy', () =>
    kms.getKeyPolicy({ KeyId, PolicyName: 'default' }),
  );
  if (Policy === undefined) throw malformed('The answer holds no policy');
  let document: unknown;
  try {
    document = JSON.parse(Policy);
  } catch {
    throw malformed('The policy is not JSON');
  }
  const twice = duplicateName(Policy);
  if (twice !== null) throw malformed(`The policy holds ${twice} twice`);
  return { text: Policy, document };
}

const malformed = (message: string) =>
  Object.assign(new Error(message), { name: 'MalformedPolicy' });

async function readTags(kms: KmsApi, call: Call, KeyId: string) {
  const tags = await allPages((from) =>
    call('ListResourceTags', () =>
      kms.listResourceTags({ KeyId, Limit: 50, ...(from === undefined ? {} : { Marker: from }) }),
    ).then((page) => ({ items: page.Tags, next: nextMarker(page) })),
  );
  return tagMap(tags.map((tag) => [tag.TagKey, tag.TagValue]));
}

async function readGrants(kms: KmsApi, call: Call, KeyId: string) {
  const grants = await allPages((from) =>
    call('ListGrants', () =>
      kms.listGrants({ KeyId, Limit: 100, ...(from === undefined ? {} : { Marker: from }) }),
    ).then((page) => ({ items: page.Grants, next: nextMarker(page) })),
  );
  return [...grants].sort((a, b) => ((a.GrantId ?? '') < (b.GrantId ?? '') ? -1 : 1));
}

/**
 * Automatic rotation exists for symmetric encryption keys whose material AWS KMS made, and for no
 * others (KMS Developer Guide, "Rotate AWS KMS keys"); those others are not asked.
 */
async function readRotation(
  kms: KmsApi,
  call: Call,
  KeyId: string,
  described: DescribedKey | undefined,
): Promise<Rotation | undefined> {
  if (described?.KeySpec !== 'SYMMETRIC_DEFAULT' || described.Origin !== 'AWS_KMS')
    return undefined;
  try {
    return await call('GetKeyRotationStatus', () => kms.getKeyRotationStatus({ KeyId }));
  } catch (error) {
    if (errorCode(error) === 'UnsupportedOperationException') return undefined;
    throw error;
  }
}

/** KMS may leave a marker behind on the last page; Truncated decides. */
function nextMarker(page: {
  readonly Truncated?: boolean | undefined;
  readonly NextMarker?: string | undefined;
}): string | undefined {
  return page.Truncated ? page.NextMarker : undefined;
}
