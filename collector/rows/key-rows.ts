import type { Analysis, KeyFacts, Organization } from '../policy/types.ts';
import type { KeyReading } from '../read/key.ts';
import { moment } from '../read/moment.ts';
import type { Severity } from '../schema/concerns.ts';
import { severities } from '../schema/enums.ts';
import type {
  AccountRow,
  KeyConcernRow,
  KeyPermissionRow,
  KeyUsageRow,
  KmsKeyRow,
} from '../schema/tables.ts';
import { daysUnused } from '../usage/last-usage.ts';
import type { SettledUsage } from '../usage/settle.ts';
import type { UsageEvent } from '../usage/source.ts';
import { monthlyCostUsd } from './monthly-cost.ts';

/** Permissions and concerns of a key; see `collector/policy`. */
export type AnalyzeKey = (facts: KeyFacts, organization: Organization) => Analysis;

/** The rows of all tables that one key has a part in. */
export interface KeyRows {
  readonly key: KmsKeyRow;
  readonly permissions: readonly KeyPermissionRow[];
  readonly concerns: readonly KeyConcernRow[];
  readonly usage: readonly KeyUsageRow[];
}

export interface KeyRowsInput {
  readonly account: AccountRow;
  readonly region: string;
  readonly organization: Organization;
  readonly reading: KeyReading;
  /** In order of name; null when they could not be read. */
  readonly aliases: readonly string[] | null;
  readonly usage: SettledUsage;
  readonly asOf: Date;
  readonly collectedAt: Date;
  readonly analyze: AnalyzeKey;
}

/** Makes the rows of one key from what was read of it. Pure. */
export function keyRows(input: KeyRowsInput): KeyRows {
  const { account, region, reading, aliases, usage, asOf } = input;
  const { metadata, policy, rotation } = reading;
  const { lastUsage } = usage;
  const created_at = metadata?.CreationDate ?? null;
  const rotates = rotation?.KeyRotationEnabled === true;
  const settings = {
    aliases,
    // AWS may add values to these sets; an unknown one is kept as it is rather than lost.
    key_manager: metadata?.KeyManager ?? null,
    key_state: metadata?.KeyState ?? null,
    key_spec: metadata?.KeySpec ?? null,
    key_usage: metadata?.KeyUsage ?? null,
    origin: metadata?.Origin ?? null,
    multi_region_type: metadata?.MultiRegionConfiguration?.MultiRegionKeyType ?? null,
    tags: reading.tags,
    rotation_enabled: rotation?.KeyRotationEnabled ?? null,
    rotation_period_days: rotates ? (rotation.RotationPeriodInDays ?? null) : null,
    created_at,
    deletion_at: moment(metadata?.DeletionDate),
    material_expires_at:
      metadata?.ExpirationModel === 'KEY_MATERIAL_DOES_NOT_EXPIRE'
        ? null
        : moment(metadata?.ValidTo),
    usage_status: lastUsage.status,
    days_unused: daysUnused(lastUsage, created_at, asOf),
  };
  const analysis = input.analyze(
    {
      accountId: account.account_id,
      region,
      keyArn: reading.key.arn,
      policy: policy?.document ?? null,
      grants: reading.grants,
      key: settings,
      asOf,
      lockoutCheckBypassedAt: lockoutCheckBypassedAt(usage.events),
    },
    input.organization,
  );
  const { concerns } = analysis;
  const names = {
    account_id: account.account_id,
    region,
    key_id: reading.key.id,
    key_arn: reading.key.arn,
  };
  return {
    key: {
      ...names,
      ...settings,
      account_name: account.account_name,
      ou_path: account.ou_path,
      alias: aliases?.[0] ?? null,
      description: metadata ? (metadata.Description ?? '') : null,
      // Only multi-Region keys have ids that begin so (KMS Developer Guide, "Multi-Region keys in AWS KMS").
      multi_region: metadata?.MultiRegion ?? reading.key.id.startsWith('mrk-'),
      next_rotation_at: rotates ? moment(rotation.NextRotationDate) : null,
      policy_json: policy?.text ?? null,
      policy_readable: policy !== null,
      concern_codes: [...new Set(concerns.map((concern) => concern.code))].sort(),
      max_severity: highest(concerns.map((concern) => concern.severity)),
      last_used_at: lastUsage.lastUse?.at ?? null,
      last_used_operation: lastUsage.lastUse?.operation ?? null,
      usage_tracked_since: lastUsage.trackedSince,
      monthly_cost_usd: monthlyCostUsd(settings, asOf),
      collected_at: input.collectedAt,
    },
    permissions: analysis.permissions.map((permission) => ({ ...names, ...permission })),
    concerns: concerns.map((concern) => ({ ...names, ...concern })),
    usage: usage.events.map(({ caller: _, bypassesLockoutCheck: __, ...event }) => ({
      ...names,
      ...event,
    })),
  };
}

/** The requests that set a key policy (KMS API Reference; each has BypassPolicyLockoutSafetyCheck). */
const SETS_POLICY: ReadonlySet<string> = new Set(['CreateKey', 'PutKeyPolicy', 'ReplicateKey']);

/** Only the latest request counts: a policy set with the check mends one set without it. */
function lockoutCheckBypassedAt(events: readonly UsageEvent[]): Date | null {
  let last: UsageEvent | null = null;
  for (const event of events) {
    if (!SETS_POLICY.has(event.operation)) continue;
    if (last === null || event.last_event_at > last.last_event_at) last = event;
  }
  return last?.bypassesLockoutCheck ? last.last_event_at : null;
}

function highest(found: readonly Severity[]): Severity | null {
  return severities.map((s) => s.value).find((severity) => found.includes(severity)) ?? null;
}
