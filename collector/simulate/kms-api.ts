import type { AliasListEntry, KeyMetadata } from '@aws-sdk/client-kms';
import type { KmsApi } from '../aws/api.ts';
import {
  aliasNotFound,
  type DenialReason,
  invalidArn,
  invalidMarker,
  keyNotFound,
  kmsDenied,
  policyNotFound,
  rotationUnsupported,
  validationFailed,
} from './errors.ts';
import { makeGrants } from './grants.ts';
import { type SimulatedKey, TRACKING_DAYS } from './keys.ts';
import { DAY, type OrganizationPlan, type RegionPlan } from './organization.ts';
import { pageOf } from './paging.ts';
import { policyDocumentOf } from './policy-document.ts';
import { randomOf } from './random.ts';
import { managedShares } from './shares.ts';

/** What the simulated KMS of one account and Region works on. */
export interface KmsPlace {
  readonly plan: OrganizationPlan;
  readonly accountId: string;
  readonly at: RegionPlan;
  /** Makes or remembers the keys, sorted by id. */
  readonly keys: () => readonly SimulatedKey[];
}

/** Why a call on a key is refused to the collector's role; null when it is not. */
function refusalOf(key: SimulatedKey, action: string, at: RegionPlan): DenialReason | null {
  if (at.trouble === action) return 'no identity-based policy allows';
  if (key.template === 'closed' && action !== 'ListAliases') {
    return 'no resource-based policy allows';
  }
  if (key.template === 'sealed' && action !== 'DescribeKey')
    return 'no resource-based policy allows';
  if (key.template === 'policy-hidden' && action === 'GetKeyPolicy') return 'resource-based policy';
  return null;
}

const signing = (spec: string): KeyMetadata['SigningAlgorithms'] => {
  if (spec.startsWith('RSA')) {
    return [
      'RSASSA_PKCS1_V1_5_SHA_256',
      'RSASSA_PKCS1_V1_5_SHA_384',
      'RSASSA_PKCS1_V1_5_SHA_512',
      'RSASSA_PSS_SHA_256',
      'RSASSA_PSS_SHA_384',
      'RSASSA_PSS_SHA_512',
    ];
  }
  if (spec.startsWith('ML_DSA')) return ['ML_DSA_SHAKE_256'];
  if (spec.endsWith('EDWARDS25519')) return ['ED25519_SHA_512', 'ED25519_PH_SHA_512'];
  if (spec.endsWith('P384')) return ['ECDSA_SHA_384'];
  if (spec.endsWith('P521')) return ['ECDSA_SHA_512'];
  return ['ECDSA_SHA_256'];
};

function algorithms(key: SimulatedKey): Partial<KeyMetadata> {
  switch (key.usage) {
    case 'ENCRYPT_DECRYPT':
      return {
        EncryptionAlgorithms:
          key.spec === 'SYMMETRIC_DEFAULT'
            ? ['SYMMETRIC_DEFAULT']
            : ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
      };
    case 'SIGN_VERIFY':
      return { SigningAlgorithms: signing(key.spec) };
    case 'GENERATE_VERIFY_MAC':
      return {
        MacAlgorithms: [key.spec.replace('HMAC_', 'HMAC_SHA_') as 'HMAC_SHA_256'],
      };
    case 'KEY_AGREEMENT':
      return { KeyAgreementAlgorithms: ['ECDH'] };
    case 'ENCAPSULATE_DECAPSULATE':
      return { EncapsulationAlgorithms: ['ML_KEM'] };
  }
}

function multiRegionOf(key: SimulatedKey): Partial<KeyMetadata> {
  const set = key.multiRegion;
  if (set === null) return { MultiRegion: false };
  const inRegion = (region: string) => ({
    Arn: `arn:aws:kms:${region}:${key.account.id}:key/${key.keyId}`,
    Region: region,
  });
  return {
    MultiRegion: true,
    MultiRegionConfiguration: {
      MultiRegionKeyType: set.type,
      PrimaryKey: inRegion(set.primaryRegion),
      ReplicaKeys: set.replicaRegions.map(inRegion),
    },
  };
}

/** The metadata of a key as DescribeKey gives it: fields that do not apply are absent. */
export function metadataOf(key: SimulatedKey): KeyMetadata {
  const random = randomOf(`${key.stream}/metadata`);
  const store = random.hex(17);
  return {
    AWSAccountId: key.account.id,
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: key.createdAt,
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.state,
    ...(key.deletionAt === null ? {} : { DeletionDate: key.deletionAt }),
    ...(key.state === 'PendingReplicaDeletion' ? { PendingDeletionWindowInDays: 30 } : {}),
    Origin: key.origin,
    ...(key.origin === 'AWS_CLOUDHSM'
      ? { CustomKeyStoreId: `cks-${store}`, CloudHsmClusterId: `cluster-${random.hex(11)}` }
      : {}),
    ...(key.origin === 'EXTERNAL_KEY_STORE'
      ? { CustomKeyStoreId: `cks-${store}`, XksKeyConfiguration: { Id: random.hex(16) } }
      : {}),
    ...(key.origin === 'EXTERNAL' && key.state !== 'PendingImport'
      ? key.materialExpiresAt === null
        ? { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }
        : { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: key.materialExpiresAt }
      : {}),
    KeyManager: key.manager,
    KeySpec: key.spec,
    ...(key.spec.startsWith('ML_') || key.spec.endsWith('EDWARDS25519')
      ? {}
      : { CustomerMasterKeySpec: key.spec as 'SYMMETRIC_DEFAULT' }),
    ...algorithms(key),
    ...multiRegionOf(key),
    ...(key.spec === 'SYMMETRIC_DEFAULT' && (key.origin === 'AWS_KMS' || key.origin === 'EXTERNAL')
      ? { CurrentKeyMaterialId: random.hex(64) }
      : {}),
  };
}

function limited(value: number | undefined, byDefault: number, most: number): number {
  if (value === undefined) return byDefault;
  if (value < 1) throw validationFailed('limit', value, 'greater than or equal to 1');
  if (value > most) throw validationFailed('limit', value, `less than or equal to ${most}`);
  return value;
}

const truncated = (next: string | null) =>
  next === null ? { Truncated: false } : { Truncated: true, NextMarker: next };

/** KMS of one account and Region. Every call throws what the SDK would throw. */
export function simulatedKms({ plan, accountId, at, keys }: KmsPlace): KmsApi {
  const here = `${accountId}/${at.region}`;
  const arnHere = (rest: string): string => `arn:aws:kms:${at.region}:${accountId}:${rest}`;

  const find = (keyId: string | undefined, action: string): SimulatedKey => {
    const given = keyId ?? '';
    if (given.startsWith('arn:') && !/^arn:aws:kms:[\w-]*:\d{12}:key\/.+/.test(given)) {
      throw invalidArn(given);
    }
    const arn = given.startsWith('arn:') ? given : arnHere(`key/${given}`);
    const key = keys().find((candidate) => candidate.arn === arn);
    if (key === undefined) throw keyNotFound(arn);
    const reason = refusalOf(key, action, at);
    if (reason !== null) throw kmsDenied(accountId, action, key.arn, reason);
    return key;
  };

  /** Region-wide lists are refused as a whole. */
  const enterList = (action: string): void => {
    if (at.trouble === 'list-keys-denied-by-scp') {
      throw kmsDenied(accountId, action, '*', 'service control policy');
    }
  };

  const aliasEntries = (): AliasListEntry[] => {
    const entries: AliasListEntry[] = keys().flatMap((key) =>
      key.aliases.map((name) => ({
        AliasName: name,
        AliasArn: arnHere(name),
        TargetKeyId: key.keyId,
        CreationDate: key.createdAt,
        LastUpdatedDate: key.createdAt,
      })),
    );
    const taken = new Set(entries.map(({ AliasName }) => AliasName));
    // AWS reserves aliases for services before a key stands behind them.
    for (const [service] of managedShares.slice(0, 5)) {
      const name = `alias/aws/${service}`;
      if (!taken.has(name)) entries.push({ AliasName: name, AliasArn: arnHere(name) });
    }
    return entries.sort((a, b) => ((a.AliasName ?? '') < (b.AliasName ?? '') ? -1 : 1));
  };

  return {
    listKeys: async ({ Limit, Marker }) => {
      enterList('ListKeys');
      const size = limited(Limit, 100, 1000);
      const page = pageOf(keys(), `${here}/keys`, size, Marker, invalidMarker);
      return {
        Keys: page.items.map(({ keyId, arn }) => ({ KeyId: keyId, KeyArn: arn })),
        ...truncated(page.next),
      };
    },

    listAliases: async ({ Limit, Marker, KeyId }) => {
      enterList('ListAliases');
      const size = limited(Limit, 50, 100);
      const target = KeyId === undefined ? null : find(KeyId, 'ListAliases').keyId;
      const all = aliasEntries().filter((a) => target === null || a.TargetKeyId === target);
      const page = pageOf(all, `${here}/aliases/${target ?? ''}`, size, Marker, invalidMarker);
      return { Aliases: page.items, ...truncated(page.next) };
    },

    describeKey: async ({ KeyId }) => {
      if (KeyId !== undefined && /(^|:)alias\//.test(KeyId)) {
        const name = KeyId.slice(KeyId.indexOf('alias/'));
        const key = keys().find(({ aliases }) => aliases.includes(name));
        if (key === undefined) throw aliasNotFound(arnHere(name));
        return { KeyMetadata: metadataOf(key) };
      }
      return { KeyMetadata: metadataOf(find(KeyId, 'DescribeKey')) };
    },

    getKeyPolicy: async ({ KeyId, PolicyName }) => {
      const key = find(KeyId, 'GetKeyPolicy');
      if (PolicyName !== undefined && PolicyName !== 'default') throw policyNotFound();
      return { Policy: policyDocumentOf(plan, key), PolicyName: 'default' };
    },

    listResourceTags: async ({ KeyId, Limit, Marker }) => {
      const key = find(KeyId, 'ListResourceTags');
      const size = limited(Limit, 50, 50);
      const page = pageOf(key.tags, `${key.arn}/tags`, size, Marker, invalidMarker);
      return { Tags: page.items.map((tag) => ({ ...tag })), ...truncated(page.next) };
    },

    listGrants: async ({ KeyId, Limit, Marker, GrantId, GranteePrincipal }) => {
      const key = find(KeyId, 'ListGrants');
      const size = limited(Limit, 50, 100);
      const grants = makeGrants(plan, key).filter(
        (grant) =>
          (GrantId === undefined || grant.GrantId === GrantId) &&
          (GranteePrincipal === undefined || grant.GranteePrincipal === GranteePrincipal),
      );
      const page = pageOf(grants, `${key.arn}/grants`, size, Marker, invalidMarker);
      return { Grants: page.items, ...truncated(page.next) };
    },

    getKeyRotationStatus: async ({ KeyId }) => {
      const key = find(KeyId, 'GetKeyRotationStatus');
      if (key.origin !== 'AWS_KMS') throw rotationUnsupported(key.arn, key.origin);
      // Asymmetric and HMAC keys answer plainly that they do not rotate.
      const rotates = key.spec === 'SYMMETRIC_DEFAULT' && !key.state.startsWith('Pending');
      if (!rotates || key.rotationDays === null)
        return { KeyId: key.arn, KeyRotationEnabled: false };
      const period = key.rotationDays * DAY;
      const rotations = Math.floor((plan.asOf.getTime() - key.createdAt.getTime()) / period) + 1;
      return {
        KeyId: key.arn,
        KeyRotationEnabled: true,
        RotationPeriodInDays: key.rotationDays,
        NextRotationDate: new Date(key.createdAt.getTime() + rotations * period),
      };
    },

    getKeyLastUsage: async ({ KeyId }) => {
      const key = find(KeyId, 'GetKeyLastUsage');
      const tracking = plan.asOf.getTime() - TRACKING_DAYS * DAY;
      return {
        KeyId: key.keyId,
        KeyLastUsage:
          key.lastUse === null
            ? {}
            : {
                Operation: key.lastUse.operation as 'Decrypt',
                Timestamp: key.lastUse.at,
                CloudTrailEventId: key.lastUse.eventId,
                KmsRequestId: key.lastUse.requestId,
              },
        TrackingStartDate: new Date(Math.max(tracking, key.createdAt.getTime())),
        KeyCreationDate: key.createdAt,
      };
    },
  };
}
