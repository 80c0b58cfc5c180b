import { globCovers, globMatches, globsOverlap } from './glob.ts';
import type { Permission } from './types.ts';

export type AccessLevel = Permission['access_levels'][number];

/**
 * Every action that a key policy can allow, by what it amounts to.
 * Source: Service Authorization Reference, "Actions, resources, and condition keys for AWS Key
 * Management Service"; KMS Developer Guide, "AWS KMS permissions".
 *
 * RevokeGrant is with GRANT because it decides who holds grants. RetireGrant has no level: it only
 * gives access up. Actions that KMS authorizes by IAM policies alone (CreateKey, ListKeys,
 * ListAliases, GenerateRandom, the custom key stores, ListRetirableGrants) are not here: a key policy
 * that names them gives nothing.
 */
const LEVELS: Readonly<Record<string, AccessLevel | null>> = {
  CancelKeyDeletion: 'ADMIN',
  CreateAlias: 'ADMIN',
  CreateGrant: 'GRANT',
  Decapsulate: 'DECRYPT',
  Decrypt: 'DECRYPT',
  DeleteAlias: 'ADMIN',
  DeleteImportedKeyMaterial: 'ADMIN',
  DeriveSharedSecret: 'DECRYPT',
  DescribeKey: 'READ',
  DisableKey: 'ADMIN',
  DisableKeyRotation: 'ADMIN',
  EnableKey: 'ADMIN',
  EnableKeyRotation: 'ADMIN',
  Encapsulate: 'ENCRYPT',
  Encrypt: 'ENCRYPT',
  GenerateDataKey: 'ENCRYPT',
  GenerateDataKeyPair: 'ENCRYPT',
  GenerateDataKeyPairWithoutPlaintext: 'ENCRYPT',
  GenerateDataKeyWithoutPlaintext: 'ENCRYPT',
  GenerateMac: 'SIGN',
  GetKeyLastUsage: 'READ',
  GetKeyPolicy: 'READ',
  GetKeyRotationStatus: 'READ',
  GetParametersForImport: 'READ',
  GetPublicKey: 'READ',
  ImportKeyMaterial: 'ADMIN',
  ListGrants: 'READ',
  ListKeyPolicies: 'READ',
  ListKeyRotations: 'READ',
  ListResourceTags: 'READ',
  PutKeyPolicy: 'ADMIN',
  ReEncryptFrom: 'DECRYPT',
  ReEncryptTo: 'ENCRYPT',
  ReplicateKey: 'ADMIN',
  RetireGrant: null,
  RevokeGrant: 'GRANT',
  RotateKeyOnDemand: 'ADMIN',
  ScheduleKeyDeletion: 'ADMIN',
  Sign: 'SIGN',
  SynchronizeMultiRegionKey: 'ADMIN',
  TagResource: 'ADMIN',
  UntagResource: 'ADMIN',
  UpdateAlias: 'ADMIN',
  UpdateKeyDescription: 'ADMIN',
  UpdatePrimaryRegion: 'ADMIN',
  Verify: 'SIGN',
  VerifyMac: 'SIGN',
};

/**
 * Actions that KMS authorizes by IAM policies alone, lower case. Source: KMS Developer Guide, "AWS KMS
 * permissions", the rows whose policy type is "IAM policy".
 */
const BY_IAM_POLICY_ALONE: ReadonlySet<string> = new Set([
  'connectcustomkeystore',
  'createcustomkeystore',
  'createkey',
  'deletecustomkeystore',
  'describecustomkeystores',
  'disconnectcustomkeystore',
  'generaterandom',
  'listaliases',
  'listkeys',
  'listretirablegrants',
  'updatecustomkeystore',
]);

/** The names of all actions that a key policy can allow, such as `Decrypt`. */
export const keyActions: readonly string[] = Object.keys(LEVELS);

const LEVEL_ORDER: readonly AccessLevel[] = [
  'ADMIN',
  'ENCRYPT',
  'DECRYPT',
  'SIGN',
  'GRANT',
  'READ',
];

const catalogue = Object.entries(LEVELS).map(([name, level]) => ({
  name: name.toLowerCase(),
  bit: level === null ? 0 : 1 << LEVEL_ORDER.indexOf(level),
}));

/** The actions of a statement: those listed, or with `except` all but those listed. */
export interface ActionSet {
  /** Patterns without the `kms:` prefix, lower case; those of other services are left out. */
  readonly patterns: readonly string[];
  readonly except: boolean;
}

/** Only wildcards, and no longer than the shortest action name (Sign). */
const EVERY_NAME = /^(?=.*\*)\*?(\?\*?){0,4}$/;

/** No KMS action has a name nearly this long, so a pattern with more fixed characters matches none. */
const LONGEST_NAME = 64;

/** The KMS actions that a list of written actions speaks of. Case does not matter in actions. */
export function actionSet(written: readonly string[], except: boolean): ActionSet {
  const patterns: string[] = [];
  for (const action of written) {
    const pattern = kmsPattern(action);
    if (pattern !== null && !BY_IAM_POLICY_ALONE.has(pattern)) patterns.push(pattern);
  }
  return { patterns, except };
}

/** Whether the set holds one named action, such as `PutKeyPolicy`. */
export function includesAction(set: ActionSet, name: string): boolean {
  const lower = name.toLowerCase();
  return set.patterns.some((p) => globMatches(p, lower)) !== set.except;
}

/** Whether the list names every action by a wildcard: `kms:*`, `*`, or an equal such as `kms:?*`. */
export function isEveryAction(set: ActionSet): boolean {
  return !set.except && set.patterns.some((p) => EVERY_NAME.test(p));
}

/** What the actions amount to, in the order of the contract. */
export function accessLevels(set: ActionSet): AccessLevel[] {
  let bits = 0;
  if (set.except) {
    for (const { name, bit } of catalogue) {
      if (!set.patterns.some((p) => globMatches(p, name))) bits |= bit;
    }
  } else {
    for (const pattern of set.patterns) bits |= levelBits(pattern);
  }
  return LEVEL_ORDER.filter((_, i) => (bits & (1 << i)) !== 0);
}

/**
 * Whether the denied sets together hold all of `allowed`, also actions that AWS may add later to a
 * wildcard. May say false where the truth is true, never the other way round.
 */
export function actionsCovered(allowed: ActionSet, denied: readonly ActionSet[]): boolean {
  if (allowed.except) return denied.some((d) => coverage(allowed, d)[0] === true);
  const covers = denied.map((d) => coverage(allowed, d));
  return allowed.patterns.every((_, i) => covers.some((c) => c[i] === true));
}

// A statement is compared with a Deny once for each of its principals; the actions are the same.
const compared = new WeakMap<ActionSet, WeakMap<ActionSet, readonly boolean[]>>();

/** For each pattern of `allowed` (for NotAction, for all it leaves in), whether `denied` covers it. */
function coverage(allowed: ActionSet, denied: ActionSet): readonly boolean[] {
  let known = compared.get(allowed);
  if (known === undefined) {
    known = new WeakMap();
    compared.set(allowed, known);
  }
  let covers = known.get(denied);
  if (covers === undefined) {
    covers = allowed.except
      ? [coversAllBut(denied, allowed.patterns)]
      : allowed.patterns.map((p) => coversPattern(denied, p));
    known.set(denied, covers);
  }
  return covers;
}

function coversPattern(denied: ActionSet, pattern: string): boolean {
  return denied.except
    ? !denied.patterns.some((d) => globsOverlap(d, pattern))
    : denied.patterns.some((d) => globCovers(d, pattern));
}

function coversAllBut(denied: ActionSet, spared: readonly string[]): boolean {
  return denied.except
    ? denied.patterns.every((d) => spared.some((s) => globCovers(s, d)))
    : denied.patterns.includes('*');
}

/** The part after `kms:` in lower case, with runs of `*` made one; null for other services. */
function kmsPattern(action: string): string | null {
  const lower = action.toLowerCase().replace(/\*{2,}/g, '*');
  if (lower === '*') return '*';
  const colon = lower.indexOf(':');
  if (colon < 0) return null;
  if (!globMatches(lower.slice(0, colon), 'kms')) return null;
  const pattern = lower.slice(colon + 1);
  return pattern.replaceAll('*', '').length > LONGEST_NAME ? null : pattern;
}

// The same few patterns fill all the policies of an organization.
const remembered = new Map<string, number>();
const REMEMBER_AT_MOST = 2_000;

function levelBits(pattern: string): number {
  const known = remembered.get(pattern);
  if (known !== undefined) return known;
  let bits = 0;
  for (const { name, bit } of catalogue) if (globMatches(pattern, name)) bits |= bit;
  if (remembered.size >= REMEMBER_AT_MOST) remembered.clear();
  remembered.set(pattern, bits);
  return bits;
}
