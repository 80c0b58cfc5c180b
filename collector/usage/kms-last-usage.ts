import type { KmsApi } from '../aws/api.ts';
import type { Call } from '../read/call.ts';
import { moment } from '../read/moment.ts';
import type { LastUsage } from './last-usage.ts';

/**
 * The last use of a key as KMS tracks it. Works only inside the key's own account; a replica has a
 * record of its own.
 *
 * No use recorded means NEVER_USED only for a key that was tracked from its creation; an older key
 * may have been used before and is NO_RECORD (KMS API Reference, GetKeyLastUsage).
 */
export async function readLastUsage(
  kms: KmsApi,
  call: Call,
  keyArn: string,
  createdAt: Date | null,
): Promise<LastUsage> {
  const answer = await call('GetKeyLastUsage', () => kms.getKeyLastUsage({ KeyId: keyArn }));
  const trackedSince = moment(answer.TrackingStartDate);
  const { Operation, Timestamp, CloudTrailEventId } = answer.KeyLastUsage ?? {};
  const at = moment(Timestamp);
  if (at && Operation) {
    return {
      status: 'USED',
      trackedSince,
      lastUse: { at, operation: Operation, eventId: CloudTrailEventId ?? null },
    };
  }
  // Half a record is no proof that the key was never used.
  const recorded = at !== null || Operation !== undefined;
  if (!trackedSince || recorded) return { status: 'UNKNOWN', trackedSince, lastUse: null };
  const created = moment(answer.KeyCreationDate) ?? createdAt;
  return {
    status: created !== null && created >= trackedSince ? 'NEVER_USED' : 'NO_RECORD',
    trackedSince,
    lastUse: null,
  };
}
