import { day, days } from './phrases.ts';
import type { Case, Finding } from './rule.ts';

/** Rules about the settings and the use of the key itself. */

const MILLISECONDS_PER_DAY = 86_400_000;
/** Imported key material that expires sooner than this is a concern. */
const EXPIRY_NOTICE_DAYS = 30;
/** The workshop's measure of an unused key. */
const UNUSED_DAYS = 90;
/** A key in use this recently is probably still needed. */
const RECENT_USE_DAYS = 30;

/**
 * Automatic rotation works for symmetric encryption keys whose material AWS KMS made; a replica follows
 * its primary (KMS Developer Guide, "Rotate AWS KMS keys"). Unknown rotation is not taken for none.
 */
export function rotationDisabled({ facts: { key } }: Case): Finding | null {
  if (key === null || key.rotation_enabled !== false) return null;
  const canRotate =
    key.key_spec === 'SYMMETRIC_DEFAULT' &&
    key.key_usage === 'ENCRYPT_DECRYPT' &&
    key.origin === 'AWS_KMS' &&
    key.key_state === 'Enabled' &&
    key.multi_region_type !== 'REPLICA';
  return canRotate ? { detail: 'Automatic rotation of the key material is off.' } : null;
}

export function pendingDeletion({ facts: { key } }: Case): Finding | null {
  if (key === null) return null;
  const { key_state: state, deletion_at: at } = key;
  if (state !== 'PendingDeletion' && state !== 'PendingReplicaDeletion') return null;
  const detail =
    state === 'PendingReplicaDeletion'
      ? 'The key is scheduled for deletion and waits for its replicas to be deleted.'
      : at === null
        ? 'The key is scheduled for deletion.'
        : `The key will be deleted on ${day(at)}.`;
  const unused = key.days_unused;
  return key.usage_status === 'USED' && unused !== null && unused <= RECENT_USE_DAYS
    ? {
        severity: 'HIGH',
        detail: `${detail} It is graver than usual because the key was used ${days(unused)} ago.`,
      }
    : { detail };
}

export function importedMaterialExpiring({ facts: { key, asOf } }: Case): Finding | null {
  const at = key?.material_expires_at ?? null;
  if (at === null) return null;
  const left = (at.getTime() - asOf.getTime()) / MILLISECONDS_PER_DAY;
  if (!(left <= EXPIRY_NOTICE_DAYS)) return null;
  return {
    detail:
      left <= 0
        ? `The imported key material expired on ${day(at)}.`
        : `The imported key material expires on ${day(at)}, in ${days(Math.ceil(left))}.`,
  };
}

export function disabledKey({ facts: { key } }: Case): Finding | null {
  return key?.key_state === 'Disabled' ? { detail: 'The key is disabled.' } : null;
}

/** Unknown use is no finding: nothing is claimed about a key whose use could not be read. */
export function unusedKey({ facts: { key } }: Case): Finding | null {
  const unused = key?.days_unused ?? null;
  if (key === null || unused === null || unused < UNUSED_DAYS) return null;
  switch (key.usage_status) {
    case 'USED':
      return { detail: `The key was last used ${days(unused)} ago.` };
    case 'NEVER_USED':
      return { detail: `The key was never used in the ${days(unused)} since it was created.` };
    case 'NO_RECORD':
      return {
        detail: `No use of the key is recorded in the ${days(unused)} since tracking began; it may have been used before.`,
      };
    case 'UNKNOWN':
      return null;
  }
}

export function noAliasOrTags({ facts: { key } }: Case): Finding | null {
  // Aliases or tags that could not be read may well be there.
  if (key === null || key.aliases === null || key.tags === null) return null;
  if (key.aliases.length > 0 || Object.keys(key.tags).length > 0) return null;
  return { detail: 'The key has neither an alias nor a tag.' };
}
