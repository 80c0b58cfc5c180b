import type { AwsApi } from '../aws/api.ts';
import type { Call } from '../read/call.ts';
import type { AnalyzeKey } from '../rows/key-rows.ts';
import type { Manifest } from '../schema/snapshot.ts';
import type { CollectionStatusRow } from '../schema/tables.ts';
import type { SnapshotStore } from '../snapshot/store.ts';
import type { LookupStrategy } from '../usage/cloudtrail.ts';
import type { Trail } from '../usage/trail.ts';

export interface Progress {
  readonly phase: 'organization' | 'regions' | 'keys' | 'publish' | 'done';
  readonly accountsDone: number;
  readonly accountsTotal: number;
  /** Account-Regions; the total is 0 until the Regions of all accounts are known. */
  readonly regionsDone: number;
  readonly regionsTotal: number;
  /** Keys read so far. */
  readonly keys: number;
  /** Account-Regions that could not be read, or only in part. */
  readonly failures: number;
}

/** An account, or one of its Regions. */
export interface Selected {
  readonly accountId: string;
  readonly region?: string;
}

export interface CollectOptions {
  readonly aws: AwsApi;
  readonly store: SnapshotStore;
  /** The time. The moment at which the run begins is the `asOf` of all its data. */
  readonly clock: () => Date;
  readonly origin: Manifest['origin'];
  /** The seed of a simulated organization; null for a real one. */
  readonly seed: number | null;
  readonly analyze: AnalyzeKey;
  /** The Regions to read, where they are enabled. Default: all enabled ones of each account. */
  readonly regions?: readonly string[];
  /**
   * Reads these alone; what else there is is recorded as skipped. Where the accounts of the
   * organization cannot be listed, these are the accounts. Default: everything.
   */
  readonly only?: readonly Selected[];
  readonly concurrency?: {
    /** Account-Regions side by side. Default 10. */
    readonly accountRegions?: number;
    /** Keys side by side in one account-Region. Default 8. */
    readonly keys?: number;
  };
  /** Which operations count as use, such as `Decrypt`. Default: all cryptographic operations. */
  readonly validActions?: readonly string[];
  /** What to look up in CloudTrail. Default: last uses and management operations. */
  readonly lookups?: LookupStrategy;
  /** For so many milliseconds per account-Region events of single keys are looked up. Default: no limit. */
  readonly lookupBudgetMs?: number;
  /** The logs of an organization trail, asked in place of CloudTrail's event history. */
  readonly trail?: Trail;
  /** Makes the door for the requests of one account and Region. Default: retries with back-off. */
  readonly callFor?: (
    accountId: string | null,
    region: string | null,
    signal: AbortSignal | undefined,
  ) => Call;
  /** The id of an unfinished run to go on with. Account-Regions that were read are not read again. */
  readonly resume?: string;
  /** How many snapshots are kept. Default 30. */
  readonly keepSnapshots?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Told of each account-Region, or account, as soon as it is done. */
  readonly onStatus?: (row: CollectionStatusRow) => void;
  readonly signal?: AbortSignal;
}

/** One account-Region, or account, that could not be read or only in part. */
export interface CollectFailure {
  readonly accountId: string;
  /** Null when the account failed before its Regions were known. */
  readonly region: string | null;
  readonly status: 'PARTIAL' | 'FAILED';
  readonly code: string;
  readonly message: string;
}

export interface CollectResult {
  readonly manifest: Manifest;
  readonly summary: {
    readonly accounts: number;
    /** Account-Regions by status. */
    readonly coverage: Manifest['coverage'];
    /** Keys that were listed, also those that could not be described. */
    readonly keysSeen: number;
    /** Keys in the snapshot. */
    readonly keys: number;
    readonly failures: readonly CollectFailure[];
    /** What deserves a look although the snapshot is published. */
    readonly warnings: readonly string[];
  };
}

/** Why nothing was published. The snapshot in force before still is. */
export class CollectError extends Error {
  constructor(
    readonly code: 'ORGANIZATION_UNREADABLE' | 'NO_SUCH_RUN' | 'CREDENTIALS' | 'ABORTED' | 'FAILED',
    message: string,
    /** What to do. */
    readonly hint: string,
    /** The run that can be resumed; null when there is none. */
    readonly runId: string | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'CollectError';
  }
}
