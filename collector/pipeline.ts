import pMap from 'p-map';
import { errorMessage, isCallersFault } from './read/errors.ts';
import { accountOf, perform, tasksOf, type Work } from './run/account.ts';
import { beginRun, resumeRun } from './run/begin.ts';
import { ending } from './run/ending.ts';
import {
  CollectError,
  type CollectOptions,
  type CollectResult,
  type Progress,
} from './run/options.ts';
import { tidyUp } from './run/tidy-up.ts';
import { askTrail } from './run/trail.ts';
import type { Manifest } from './schema/snapshot.ts';
import type { CollectionStatusRow } from './schema/tables.ts';
import { PublishError, publish } from './snapshot/publish.ts';
import type { Run } from './snapshot/staging.ts';
import { validUse } from './usage/operations.ts';
import { openMemory } from './usage/remembered.ts';

/**
 * Reads every key of the organization and publishes a snapshot.
 *
 * An account, Region, key or field that cannot be read is recorded and the run goes on; nothing is
 * dropped silently. Throws {@link CollectError} when the organization itself cannot be read, when the
 * run is aborted, or when the snapshot cannot be written or published; the run can then be resumed.
 * Throws `RangeError` for a `validActions` that names no cryptographic operation.
 */
export async function collect(options: CollectOptions): Promise<CollectResult> {
  const isUse = validUse(options.validActions);
  let runId: string | null = options.resume ?? null;
  const progress = progressOf(options.onProgress);
  // When one account-Region meets an error that ends the run, the others are stopped as well.
  const { options: stoppable, stop } = ending(options);
  const { signal } = stoppable;
  try {
    signal.throwIfAborted();
    progress({ phase: 'organization' });
    const run = options.resume
      ? await resumeRun(options, options.resume)
      : await beginRun(stoppable);
    runId = run.id;
    progress({ phase: 'regions', accountsTotal: run.accounts.length });
    const statuses = await readAccounts(stoppable, run, isUse, progress, stop);
    progress({ phase: 'publish' });
    const { manifest, overtakenBy } = await publish(options.store, run, options.clock(), signal);
    const warnings = [
      ...(overtakenBy === null
        ? []
        : [
            `The snapshot ${overtakenBy} of a later moment was published meanwhile and stays in force; ${run.id} is kept beside it.`,
          ]),
      ...absent(options, statuses),
      ...(await tidyUp(options, run.id)),
    ];
    progress({ phase: 'done' });
    return { manifest, summary: summaryOf(manifest, statuses, warnings) };
  } catch (error) {
    stop(error);
    throw collectError(error, runId, options.signal);
  }
}

/** What was asked for and met nowhere may be misspelt. */
function absent(
  { regions = [], only = [] }: CollectOptions,
  statuses: readonly CollectionStatusRow[],
): readonly string[] {
  const seen = new Set(statuses.map((row) => row.region));
  const accounts = new Set(statuses.map((row) => row.account_id));
  const units = new Set(statuses.map((row) => `${row.account_id}/${row.region}`));
  return [
    ...regions
      .filter((region) => !seen.has(region))
      .map((region) => `The Region ${region} is enabled in no account that could be read.`),
    ...only.flatMap(({ accountId, region }) =>
      !accounts.has(accountId)
        ? [`The account ${accountId} is not in the organization.`]
        : region !== undefined && !units.has(`${accountId}/${region}`)
          ? [`The Region ${region} is not enabled in account ${accountId}, or that is not known.`]
          : [],
    ),
  ];
}

function collectError(error: unknown, runId: string | null, signal: AbortSignal | undefined) {
  if (error instanceof CollectError) return error;
  const resume = runId === null ? 'Collect again.' : `Resume the run ${runId}, or collect again.`;
  if (signal?.aborted) {
    return new CollectError('ABORTED', 'The collection was stopped.', resume, runId, {
      cause: error,
    });
  }
  if (isCallersFault(error)) {
    const hint = `Renew the credentials (aws sso login, for example). ${resume}`;
    return new CollectError('CREDENTIALS', errorMessage(error), hint, runId, { cause: error });
  }
  const hint = error instanceof PublishError ? `${error.hint} ${resume}` : resume;
  return new CollectError('FAILED', errorMessage(error), hint, runId, { cause: error });
}

/** Keeps the counts, and reports each change. */
function progressOf(report: CollectOptions['onProgress']) {
  let now: Progress = {
    phase: 'organization',
    accountsDone: 0,
    accountsTotal: 0,
    regionsDone: 0,
    regionsTotal: 0,
    keys: 0,
    failures: 0,
  };
  return (change: Partial<Progress> | ((before: Progress) => Partial<Progress>)) => {
    now = { ...now, ...(typeof change === 'function' ? change(now) : change) };
    report?.(now);
  };
}
type Report = ReturnType<typeof progressOf>;

type Reading = Omit<Work, 'onKeys'>;

async function readAccounts(
  options: CollectOptions,
  run: Run,
  isUse: (operation: string) => boolean,
  progress: Report,
  stop: (reason: unknown) => void,
): Promise<readonly CollectionStatusRow[]> {
  const memory = openMemory(options.store, run.organization.id, run.asOf);
  // The trail is asked while keys are read; whoever needs it waits.
  const trailStaged = askTrail(options, run);
  trailStaged.catch(() => undefined);
  try {
    const statuses = await readTasks(options, run, { isUse, memory, trailStaged }, progress);
    await trailStaged;
    return statuses;
  } catch (error) {
    stop(error);
    // Its query is stopped before the run ends.
    await trailStaged.catch(() => undefined);
    throw error;
  } finally {
    await memory.close();
  }
}

async function readTasks(
  options: CollectOptions,
  run: Run,
  reading: Reading,
  progress: Report,
): Promise<readonly CollectionStatusRow[]> {
  const { signal } = options;
  const atOnce = {
    concurrency: options.concurrency?.accountRegions ?? 10,
    ...(signal ? { signal } : {}),
  };
  const perAccount = await pMap(run.accounts, (account) => tasksOf(options, run, account), atOnce);
  const tasks = perAccount.flat();
  progress({ phase: 'keys', regionsTotal: tasks.length });

  const left = new Map<string, number>();
  for (const task of tasks) left.set(accountOf(task), (left.get(accountOf(task)) ?? 0) + 1);
  return pMap(
    tasks,
    async (task) => {
      const row = await perform(options, run, task, {
        ...reading,
        onKeys: (count) => progress((before) => ({ keys: before.keys + count })),
      });
      options.onStatus?.(row);
      const accountId = accountOf(task);
      const ofAccount = (left.get(accountId) ?? 1) - 1;
      left.set(accountId, ofAccount);
      progress((before) => ({
        regionsDone: before.regionsDone + 1,
        accountsDone: before.accountsDone + (ofAccount === 0 ? 1 : 0),
        failures: before.failures + (row.status === 'FAILED' || row.status === 'PARTIAL' ? 1 : 0),
      }));
      return row;
    },
    atOnce,
  );
}

function summaryOf(
  manifest: Manifest,
  statuses: readonly CollectionStatusRow[],
  warnings: readonly string[],
): CollectResult['summary'] {
  return {
    accounts: manifest.tables.accounts?.rows ?? 0,
    coverage: manifest.coverage,
    keysSeen: statuses.reduce((sum, row) => sum + row.keys_seen, 0),
    keys: manifest.tables.kms_keys?.rows ?? 0,
    failures: statuses.flatMap((row) =>
      row.status === 'FAILED' || row.status === 'PARTIAL'
        ? [
            {
              accountId: row.account_id,
              region: row.region,
              status: row.status,
              code: row.error_code ?? 'UnknownError',
              message: row.error_message ?? '',
            },
          ]
        : [],
    ),
    warnings,
  };
}
