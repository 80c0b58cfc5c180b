import pMap from 'p-map';
import { isCallersFault } from '../read/errors.ts';
import type { CollectionStatusRow } from '../schema/tables.ts';
import { type Published, publish } from '../snapshot/publish.ts';
import { openStage, type Run } from '../snapshot/staging.ts';
import type { SnapshotStore } from '../snapshot/store.ts';
import { validUse } from '../usage/operations.ts';
import { openMemory } from '../usage/remembered.ts';
import { perform, tasksOf } from './account.ts';
import { beginRun, resumeRun } from './begin.ts';
import { ending } from './ending.ts';
import type { CollectOptions } from './options.ts';
import { tidyUp } from './tidy-up.ts';
import { askTrail } from './trail.ts';

/**
 * A collection in steps, each in a process of its own: one that begins a run, one for each account,
 * and one that publishes. They share nothing but the store. `collect` in `pipeline.ts` does the same
 * in one process.
 */

/** Begins a run: reads the organization, and asks its trail where there is one. Throws as `collect` does. */
export async function startRun(options: CollectOptions): Promise<Run> {
  validUse(options.validActions);
  const { options: stoppable } = ending(options);
  const run = await beginRun(stoppable);
  await askTrail(stoppable, run);
  return run;
}

export interface AccountOutcome {
  readonly accountId: string;
  /** False when the time was up before everything was read: call again, to go on. */
  readonly isDone: boolean;
  readonly statuses: readonly Pick<CollectionStatusRow, 'region' | 'status' | 'error_code'>[];
}

const doneFile = (runId: string, accountId: string) => `runs/${runId}/${accountId}/done.json`;

/**
 * Reads one account of a run, or goes on where an earlier call ended.
 *
 * @param until aborted when the time is up; what is under way then is begun again by the next call
 */
export async function readAccount(
  options: CollectOptions,
  runId: string,
  accountId: string,
  until: AbortSignal,
): Promise<AccountOutcome> {
  const { options: stoppable } = ending({ ...options, signal: until });
  const resuming = { ...stoppable, resume: runId };
  const run = await resumeRun(resuming, runId);
  const account = run.accounts.find((a) => a.account_id === accountId);
  if (!account) throw new RangeError(`The run ${runId} has no account ${accountId}.`);
  const memory = openMemory(options.store, run.organization.id, run.asOf);
  const work = {
    isUse: validUse(options.validActions),
    memory,
    trailStaged: Promise.resolve(),
    onKeys: () => undefined,
  };
  try {
    const tasks = await tasksOf(resuming, run, account);
    const rows = await pMap(tasks, (task) => perform(resuming, run, task, work), {
      concurrency: options.concurrency?.accountRegions ?? 10,
      signal: resuming.signal,
    });
    await options.store.put(doneFile(runId, accountId), '{}\n');
    const statuses = rows.map(({ region, status, error_code }) => ({ region, status, error_code }));
    return { accountId, isDone: true, statuses };
  } catch (error) {
    // Credentials end with the session; the next call has new ones.
    if (!until.aborted || isCallersFault(error)) throw error;
    return { accountId, isDone: false, statuses: [] };
  } finally {
    await memory.close();
  }
}

export interface FinishedRun extends Published {
  /** Accounts whose reading did not come to its end. */
  readonly unread: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Publishes a run. An account whose reading did not come to its end is recorded as failed, with what
 * was read of it: no account goes missing without a word. Throws `PublishError`.
 */
export async function finishRun(options: CollectOptions, runId: string): Promise<FinishedRun> {
  const run = await resumeRun(options, runId);
  const unread = await unreadAccounts(options.store, run);
  for (const accountId of unread) {
    const at = options.clock();
    await openStage(options.store, runId, accountId, null).finish({
      account_id: accountId,
      region: null,
      status: 'FAILED',
      keys_seen: 0,
      error_code: 'NotReadToTheEnd',
      error_message:
        'The reading of the account ended early, more than once. Regions of it that are not listed here were not read. The log of the function says why.',
      started_at: at,
      finished_at: at,
    });
  }
  const published = await publish(options.store, run, options.clock(), options.signal);
  return { ...published, unread, warnings: await tidyUp(options, runId) };
}

async function unreadAccounts(store: SnapshotStore, run: Run): Promise<readonly string[]> {
  const unread = await pMap(
    run.accounts,
    async ({ account_id }) =>
      (await store.get(doneFile(run.id, account_id))) === null ? account_id : null,
    { concurrency: 20 },
  );
  return unread.filter((accountId) => accountId !== null);
}
