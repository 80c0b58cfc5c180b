import type { Failure } from '../read/failure.ts';
import type { KeyUsageRow } from '../schema/tables.ts';
import type { LastUsage } from './last-usage.ts';

/** A recorded use or change of a key, without the columns that name the key. */
export interface UsageEvent
  extends Omit<KeyUsageRow, 'account_id' | 'region' | 'key_id' | 'key_arn'> {
  /** Who called, as `callerOf` tells callers apart. Events of one caller become one row. */
  readonly caller: string;
  /** True where the request set a key policy with BypassPolicyLockoutSafetyCheck. */
  readonly bypassesLockoutCheck?: true;
}

/** A key whose use is traced, with what KMS itself says of its last use. */
export interface TracedKey {
  readonly id: string;
  readonly arn: string;
  readonly lastUsage: LastUsage;
}

export interface UsageReading {
  /** Events by key ARN, in no particular order; several of one caller and operation are allowed. */
  readonly events: ReadonlyMap<string, readonly UsageEvent[]>;
  readonly failures: readonly Failure[];
}

/** Events by key ARN. */
export type RememberedEvents = ReadonlyMap<string, readonly UsageEvent[]>;

/**
 * A record of who used or changed keys, open for one account and Region. It is asked once for each
 * batch of keys, with what earlier collections found of them, and says in `failures` what it could not
 * read; it throws only when it is aborted.
 */
export interface UsageSource {
  readonly read: (
    keys: readonly TracedKey[],
    remembered: RememberedEvents,
  ) => Promise<UsageReading>;
}
