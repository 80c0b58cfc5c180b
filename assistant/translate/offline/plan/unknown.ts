import { concernKinds } from '../../../../collector/schema/concerns.ts';
import { baseColumn } from './measured.ts';
import type { Entity } from './plan.ts';

/**
 * What a null of `kms_keys` means. Some columns are null when there is nothing to say (no deletion is
 * planned), others when it could not be read; a filter must tell the two apart, because a key of which
 * something is unknown neither meets a condition on it nor its opposite. The rules are those of the
 * column descriptions in the data contract.
 */

/** Columns whose null says that the value could not be read. */
const unknownWhenNull: ReadonlySet<string> = new Set([
  'aliases',
  'description',
  'key_manager',
  'key_state',
  'key_spec',
  'key_usage',
  'origin',
  'created_at',
  'tags',
  'monthly_cost_usd',
]);

/** Columns whose null says that there is none, given what else must be known for that. */
const noneWhenNull: Readonly<Record<string, string>> = {
  deletion_at: 'key_state IS NOT NULL',
  material_expires_at: 'origin IS NOT NULL',
  multi_region_type: 'multi_region = false',
  next_rotation_at: 'rotation_enabled = false',
  last_used_at: "usage_status = 'NEVER_USED'",
  last_used_operation: "usage_status = 'NEVER_USED'",
  max_severity: 'policy_readable AND key_state IS NOT NULL',
};

/** What is known of the presence of concerns only when these hold, besides the policy. */
const keyConcernsKnown: Readonly<Record<string, readonly string[]>> = {
  DISABLED_KEY: ['key_state IS NOT NULL'],
  PENDING_DELETION: ['key_state IS NOT NULL'],
  IMPORTED_MATERIAL_EXPIRING: ['origin IS NOT NULL'],
  UNUSED_KEY: ["usage_status <> 'UNKNOWN'"],
  ROTATION_DISABLED: [
    'key_state IS NOT NULL',
    "(rotation_enabled IS NOT NULL OR key_manager = 'AWS' OR key_state <> 'Enabled' OR origin <> 'AWS_KMS' OR key_spec <> 'SYMMETRIC_DEFAULT')",
  ],
  NO_ALIAS_OR_TAGS: ['(cardinality(aliases) > 0 OR cardinality(tags) > 0)'],
};

const ofPolicy: ReadonlySet<string> = new Set([
  ...concernKinds.filter((k) => k.scope === 'principal').map((k) => k.code),
  'LOCKOUT_RISK',
  'POLICY_LOCKOUT_BYPASS',
]);

/** Whether a null in the column says that the value could not be read. */
export function isUnknownWhenNull(entity: Entity, column: string): boolean {
  return entity === 'keys' && unknownWhenNull.has(baseColumn(column));
}

/** Under which condition a null in the column says for certain that there is no value. */
export function noneIsCertain(entity: Entity, column: string): string | undefined {
  return entity === 'keys' ? noneWhenNull[column] : undefined;
}

/** Whether nothing is known of a concern while the policy is unreadable. */
export function needsPolicy(code: string): boolean {
  return ofPolicy.has(code);
}

/** The conditions, on columns of `kms_keys`, under which the absence of a concern is certain. */
export function absenceIsCertain(codes: readonly string[]): readonly string[] {
  const policy = codes.some(needsPolicy) ? ['policy_readable'] : [];
  return [...new Set([...policy, ...codes.flatMap((c) => keyConcernsKnown[c] ?? [])])];
}
