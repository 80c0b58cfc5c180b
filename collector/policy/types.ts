import type { GrantListEntry } from '@aws-sdk/client-kms';
import type { ConcernCode, Severity } from '../schema/concerns.ts';
import type { KeyPermissionRow, KmsKeyRow } from '../schema/tables.ts';

/** What the analysis must know about the surroundings of a key. */
export interface Organization {
  /** The organization id (o-…); null when the account belongs to none or it is not known. */
  readonly id: string | null;
  /** The ids of all accounts of the organization, the key's own account included. */
  readonly accountIds: ReadonlySet<string>;
  /** The organization could not be listed: it may have accounts that `accountIds` lacks. */
  readonly isPartial?: true;
}

/** What is known of one key when it is analysed. Nothing here is read again from AWS. */
export interface KeyFacts {
  readonly accountId: string;
  readonly region: string;
  readonly keyArn: string;
  /** The parsed policy document; null when it could not be read. */
  readonly policy: unknown;
  /** The grants; null when they could not be read. */
  readonly grants: readonly GrantListEntry[] | null;
  /** Settings and usage that the rules about the key itself look at. Null when only a policy is analysed. */
  readonly key: Pick<
    KmsKeyRow,
    | 'key_manager'
    | 'key_state'
    | 'key_spec'
    | 'key_usage'
    | 'origin'
    | 'multi_region_type'
    | 'aliases'
    | 'tags'
    | 'rotation_enabled'
    | 'deletion_at'
    | 'material_expires_at'
    | 'usage_status'
    | 'days_unused'
    | 'created_at'
  > | null;
  readonly asOf: Date;
  /**
   * When the policy in force was set with BypassPolicyLockoutSafetyCheck, as CloudTrail tells it. Null or
   * absent where it was not, or where no event says so.
   */
  readonly lockoutCheckBypassedAt?: Date | null;
}

/** A permission without the columns that name the key. */
export type Permission = Omit<KeyPermissionRow, 'account_id' | 'region' | 'key_id' | 'key_arn'>;

/** A concern without the columns that name the key. */
export interface Concern {
  readonly code: ConcernCode;
  readonly label: string;
  readonly severity: Severity;
  readonly detail: string;
  readonly statement_index: number | null;
  readonly sid: string | null;
  readonly grant_id: string | null;
  readonly principal: string | null;
  readonly control_ids: readonly string[];
}

export interface Analysis {
  readonly permissions: readonly Permission[];
  readonly concerns: readonly Concern[];
}
