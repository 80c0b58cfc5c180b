import { z } from 'zod';
import type { CollectOptions } from '../run/options.ts';
import { type AccountOutcome, finishRun, readAccount, startRun } from '../run/steps.ts';

/** The part of a Lambda context that the handlers use. */
export interface Context {
  readonly getRemainingTimeInMillis: () => number;
}

const runInput = z.object({ runId: z.string() });
const accountInput = runInput.extend({ accountId: z.string() });

/** Before the time is up, what was read must be staged. */
const MARGIN_MS = 60_000;

/**
 * The functions of the state machine. Each takes its options once per process, and hands on ids only:
 * what was read goes by way of the store.
 */
export function handlers(options: () => Promise<CollectOptions>) {
  return {
    /** Begins a run. The accounts are items of a map, with all that the next function must know. */
    listAccounts: async (): Promise<{
      readonly runId: string;
      readonly count: number;
      readonly accounts: readonly { readonly runId: string; readonly accountId: string }[];
    }> => {
      const { id: runId, accounts } = await startRun(await options());
      return {
        runId,
        count: accounts.length,
        accounts: accounts.map(({ account_id }) => ({ runId, accountId: account_id })),
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
      return { snapshotId, asOf, coverage, overtakenBy, unread, warnings };
    },
  };
}
