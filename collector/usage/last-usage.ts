import type { KmsKeyRow } from '../schema/tables.ts';

export interface LastUse {
  readonly at: Date;
  /** The KMS operation, such as Decrypt. */
  readonly operation: string;
  /** The CloudTrail event id; null when not known. */
  readonly eventId: string | null;
}

/** What is known of the last use of one key. */
export interface LastUsage {
  readonly status: KmsKeyRow['usage_status'];
  /** From when on use is recorded; null when not known. */
  readonly trackedSince: Date | null;
  /** Present exactly when the status is USED. */
  readonly lastUse: LastUse | null;
}

const DAY_MS = 86_400_000;

/**
 * Whole days without a recorded use at `asOf`: since the last use; for NEVER_USED since creation; for
 * NO_RECORD since tracking began, which is a lower bound; null when nothing is known.
 */
export function daysUnused(usage: LastUsage, createdAt: Date | null, asOf: Date): number | null {
  const since = {
    USED: usage.lastUse?.at,
    // Tracked from its creation, which is therefore when tracking began.
    NEVER_USED: createdAt ?? usage.trackedSince,
    NO_RECORD: usage.trackedSince,
    UNKNOWN: null,
  }[usage.status];
  if (!since) return null;
  return Math.max(0, Math.floor((asOf.getTime() - since.getTime()) / DAY_MS));
}
