import { z } from 'zod';
import type { CollectOptions } from '../run/options.ts';
import { type AccountOutcome, finishRun, readAccount, startRun } from '../run/steps.ts';
import type { PointTo } from '../snapshot/catalog.ts';

/** The part of a Lambda context that the handlers use. */
export interface Context {
  readonly getRemainingTimeInMillis: () => number;
}

const runInput = z.object({ runId: z.string() });
const accountInput = runInput.extend({ accountId: z.string() });

export interface Published {
  /** Puts the snapshot in force in the data catalog too. */
  readonly pointTo?: PointTo;
  /** Is told how the collection ended, in numbers by name. */
  readonly measure?: (metrics: Readonly<Record<string, number>>) => void;
}

/** Before the time is up, what was read must be staged. */
const MARGIN_MS = 60_000;

/**
 * The functions of the state machine. Each takes its options once per process, and hands on ids only:
 * what was read goes by way of the store.
 *
 * @param published what is done, besides, once a snapshot is there
 */
export function handlers(options: () => Promise<CollectOptions>, published: Published = {}) {
  return {
    /**
     * Begins a run. The accounts are items of a map. Their ids alone: what a state hands on may have
     * 256 KiB (AWS Step Functions, "Quotas"), and an organization 10,000 accounts.
     */
    listAccounts: async (): Promise<{
      readonly runId: string;
      readonly count: number;
      readonly accounts: readonly string[];
    }> => {
      const { id: runId, accounts } = await startRun(await options());
      return {
        runId,
        count: accounts.length,
        accounts: accounts.map(({ account_id }) => account_id),
      };
    },
    /** Reads one account. To be called again while `isDone` is false. */
    getData: async (
      input: unknown,
      context: Context,
    ): Promise<AccountOutcome & { readonly runId: string }> => {
      const { runId, accountId } = accountInput.parse(input);
      const until = AbortSignal.timeout(
        Math.max(1_000, context.getRemainingTimeInMillis() - MARGIN_MS),
      );
      return { runId, ...(await readAccount(await options(), runId, accountId, until)) };
    },
    /** Publishes the run. */
    publish: async (input: unknown) => {
      const { runId } = runInput.parse(input);
      const { manifest, overtakenBy, unread, warnings } = await finishRun(await options(), runId);
      const { snapshotId, asOf, coverage } = manifest;
      if (overtakenBy === null) await published.pointTo?.(snapshotId);
      published.measure?.({
        SnapshotsPublished: overtakenBy === null ? 1 : 0,
        AccountRegionsRead: coverage.ok + coverage.partial,
        AccountRegionsPartial: coverage.partial,
        AccountRegionsFailed: coverage.failed,
        Keys: manifest.tables.kms_keys?.rows ?? 0,
      });
      return { snapshotId, asOf, coverage, overtakenBy, unread, warnings };
    },
  };
}
