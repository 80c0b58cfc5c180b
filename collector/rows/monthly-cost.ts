import type { KmsKeyRow } from '../schema/tables.ts';

const DAY_MS = 86_400_000;
const PER_KEY_USD = 1;
const PER_ROTATION_USD = 1;
const ROTATIONS_CHARGED = 2;
const USUAL_PERIOD_DAYS = 365;

/**
 * The monthly storage price of a key in US dollars, requests not included; null when it is not known who
 * manages the key or how old it is.
 *
 * A customer managed key costs $1 a month, whatever its kind: symmetric, asymmetric, HMAC, imported,
 * in a custom key store, and each primary and each replica of a multi-Region key. Its first and its
 * second rotation add $1 a month each, later ones nothing. AWS managed keys and keys that wait for
 * their deletion are free. Source: https://aws.amazon.com/kms/pricing/.
 *
 * How often a key was rotated is not in what is read of it, so the rotations are an estimate: as many
 * whole rotation periods as the key is old, as if rotation had been on from the start. It is too high
 * by up to $2 for a key whose rotation was enabled late, and too low by up to $2 for one that was
 * rotated on demand or whose rotation was switched off since.
 */
export function monthlyCostUsd(
  key: Pick<
    KmsKeyRow,
    'key_manager' | 'key_state' | 'rotation_enabled' | 'rotation_period_days' | 'created_at'
  >,
  asOf: Date,
): number | null {
  if (key.key_manager === null || key.created_at === null) return null;
  if (key.key_manager === 'AWS') return 0;
  if (key.key_state === 'PendingDeletion' || key.key_state === 'PendingReplicaDeletion') return 0;
  if (!key.rotation_enabled) return PER_KEY_USD;
  const ageDays = (asOf.getTime() - key.created_at.getTime()) / DAY_MS;
  const periods = Math.floor(ageDays / (key.rotation_period_days ?? USUAL_PERIOD_DAYS));
  return PER_KEY_USD + PER_ROTATION_USD * Math.min(Math.max(periods, 0), ROTATIONS_CHARGED);
}
