import { type AccountRegionContext, readAccountRegion } from '../read/account-region.ts';
import { describeFailures, failureOf } from '../read/failure.ts';
import type { AccountRow, CollectionStatusRow } from '../schema/tables.ts';
import { forgetUnknownRegions, openStage, type Run, readStatus } from '../snapshot/staging.ts';
import { cloudTrailUsage } from '../usage/cloudtrail.ts';
import type { Memory } from '../usage/remembered.ts';
import { trailUsage } from '../usage/trail.ts';
import { callFor } from './begin.ts';
import type { CollectOptions } from './options.ts';

/** One account-Region to be read, or to be recorded as it is. */
export type Task =
  | { readonly kind: 'read'; readonly account: AccountRow; readonly region: string }
  | { readonly kind: 'recorded'; readonly row: CollectionStatusRow };

export const accountOf = (task: Task) =>
  task.kind === 'read' ? task.account.account_id : task.row.account_id;

/** What is to be done for one account: at least one task, so that no account goes unmentioned. */
export async function tasksOf(
  options: CollectOptions,
  run: Run,
  account: AccountRow,
): Promise<readonly Task[]> {
  const { aws, clock, signal } = options;
  const startedAt = clock();
  const recorded = (
    row: Pick<CollectionStatusRow, 'region' | 'status' | 'error_code' | 'error_message'>,
  ): Task => ({
    kind: 'recorded',
    row: {
      account_id: account.account_id,
      ...row,
      keys_seen: 0,
      started_at: startedAt,
      finished_at: clock(),
    },
  });

  const skipped = (region: string | null, error_code: string, why: string): Task =>
    recorded({
      region,
      status: 'SKIPPED',
      error_code,
      error_message: `${why}; its keys are not read.`,
    });

  if (account.state !== 'ACTIVE') {
    return [skipped(null, `ACCOUNT_${account.state}`, `The account is ${account.state}`)];
  }
  const { only } = options;
  if (only && !only.some((selected) => selected.accountId === account.account_id)) {
    return [skipped(null, 'ACCOUNT_NOT_SELECTED', 'The account was left out of this collection')];
  }
  let enabled: readonly string[];
  try {
    enabled = await callFor(
      options,
      account.account_id,
      null,
    )('ListRegions', () => aws.enabledRegions(account.account_id));
    if (enabled.length === 0) throw new Error('AWS named no enabled Region.');
  } catch (error) {
    signal?.throwIfAborted();
    const failed = describeFailures([failureOf('ListRegions', error)]);
    return [
      recorded({
        region: null,
        status: 'FAILED',
        error_code: failed?.code ?? null,
        error_message: failed?.message ?? null,
      }),
    ];
  }
  if (options.resume) await forgetUnknownRegions(options.store, run.id, account.account_id);
  return [...new Set(enabled)].sort().map((region) => {
    if (options.regions && !options.regions.includes(region)) {
      return skipped(region, 'REGION_NOT_CONFIGURED', 'The Region is outside the configuration');
    }
    const isSelected = only?.some(
      (selected) =>
        selected.accountId === account.account_id && (selected.region ?? region) === region,
    );
    return isSelected === false
      ? skipped(region, 'REGION_NOT_SELECTED', 'The Region was left out of this collection')
      : { kind: 'read', account, region };
  });
}

/** What one task needs besides the options. */
export interface Work {
  readonly isUse: (operation: string) => boolean;
  readonly memory: Memory;
  /** Settled when the organization trail was asked, where there is one. */
  readonly trailStaged: Promise<void>;
  /** Told how many keys more were read. */
  readonly onKeys: (count: number) => void;
}

/** Does one task, unless the run did it before. */
export async function perform(
  options: CollectOptions,
  run: Run,
  task: Task,
  work: Work,
): Promise<CollectionStatusRow> {
  const { store } = options;
  if (task.kind === 'recorded') {
    await openStage(store, run.id, task.row.account_id, task.row.region).finish(task.row);
    return task.row;
  }
  const { account, region } = task;
  if (options.resume) {
    const done = await readStatus(store, run.id, account.account_id, region);
    // What failed or was left out before may be read now.
    if (done?.row.status === 'OK' || done?.row.status === 'PARTIAL') {
      work.onKeys(done.row.keys_seen);
      return done.row;
    }
  }
  const stage = openStage(store, run.id, account.account_id, region);
  const row = await readAccountRegion(contextOf(options, run, account, region, work), stage);
  await stage.finish(row);
  return row;
}

function contextOf(
  options: CollectOptions,
  run: Run,
  account: AccountRow,
  region: string,
  { isUse, memory, trailStaged, onKeys }: Work,
): AccountRegionContext {
  const { store, signal, lookups, lookupBudgetMs } = options;
  const { asOf, organization } = run;
  return {
    enter: options.aws.enter,
    call: callFor(options, account.account_id, region),
    account,
    region,
    organization,
    accountFailure: run.accountFailures.get(account.account_id) ?? null,
    asOf,
    clock: options.clock,
    analyze: options.analyze,
    openUsage: ({ cloudTrail }, call) =>
      options.trail
        ? trailUsage({
            store,
            runId: run.id,
            accountId: account.account_id,
            region,
            asOf,
            staged: trailStaged,
          })
        : cloudTrailUsage({
            cloudTrail,
            call,
            asOf,
            strategy: lookups,
            signal,
            ...(lookupBudgetMs === undefined ? {} : { budgetMs: lookupBudgetMs }),
          }),
    isUse,
    keysAtOnce: options.concurrency?.keys ?? 8,
    signal,
    onKeys,
    remembered: (keyIds) => memory.eventsOf(account.account_id, region, keyIds),
  };
}
