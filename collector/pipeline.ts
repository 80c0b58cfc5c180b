import { setMaxListeners } from 'node:events';
import pMap from 'p-map';
import type { AwsApi } from './aws/api.ts';
import type { Organization } from './policy/types.ts';
import { type AccountRegionContext, readAccountRegion } from './read/account-region.ts';
import { type Call, retrying } from './read/call.ts';
import { errorMessage, isCallersFault } from './read/errors.ts';
import { describeFailures, failureOf } from './read/failure.ts';
import { readOrganization } from './read/organization.ts';
import type { AnalyzeKey } from './rows/key-rows.ts';
import type { Manifest } from './schema/snapshot.ts';
import { paths } from './schema/snapshot.ts';
import type { AccountRow, CollectionStatusRow } from './schema/tables.ts';
import { newRunId } from './snapshot/id.ts';
import { PublishError, publish } from './snapshot/publish.ts';
import { removeOld } from './snapshot/retention.ts';
import {
  forgetUnknownRegions,
  openStage,
  type Run,
  readRun,
  readStatus,
  stageRun,
} from './snapshot/staging.ts';
import type { SnapshotStore } from './snapshot/store.ts';
import { cloudTrailUsage, type LookupStrategy } from './usage/cloudtrail.ts';
import { validUse } from './usage/operations.ts';
import { type Memory, openMemory } from './usage/remembered.ts';

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
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  // Every waiting request listens; there is no leak.
  setMaxListeners(0, signal);
  const stoppable = { ...options, signal, callFor: endingRun(options, stop) };
  try {
    signal.throwIfAborted();
    progress({ phase: 'organization' });
    const run = options.resume
      ? await resumeRun(options, options.resume)
      : await beginRun(stoppable);
    runId = run.id;
    progress({ phase: 'regions', accountsTotal: run.accounts.length });
    const statuses = await readAccounts(stoppable, run, isUse, progress);
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
    stop.abort(error);
    throw collectError(error, runId, options.signal);
  }
}

/** Ends the run with the first request that shows that no other can succeed. */
function endingRun(
  options: CollectOptions,
  stop: AbortController,
): NonNullable<CollectOptions['callFor']> {
  return (accountId, region, signal) => {
    const call = options.callFor?.(accountId, region, signal) ?? retrying({ signal });
    return async (api, request) => {
      try {
        return await call(api, request);
      } catch (error) {
        if (isCallersFault(error)) stop.abort(error);
        throw error;
      }
    };
  };
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

async function beginRun(options: CollectOptions): Promise<Run> {
  const { aws, clock, store, signal } = options;
  const asOf = clock();
  const call = callFor(options, null, null);
  const known = options.only?.map((selected) => selected.accountId) ?? [];
  const { id, accounts, failures, isPartial } = await readOrganization(aws.organizations, call, {
    signal,
    orThese: known,
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new CollectError(
      'ORGANIZATION_UNREADABLE',
      `The organization could not be read: ${errorMessage(error)}`,
      'Run in the management account or a delegated administrator of AWS Organizations, with organizations:DescribeOrganization and organizations:ListAccounts allowed.',
      null,
      { cause: error },
    );
  });
  const run: Run = {
    id: newRunId(asOf),
    asOf,
    origin: options.origin,
    seed: options.seed,
    organization: {
      id,
      accountIds: new Set(accounts.map((account) => account.account_id)),
      ...(isPartial ? { isPartial } : {}),
    },
    accounts,
    accountFailures: new Map(
      [...failures].flatMap(([accountId, ofAccount]) => {
        const described = describeFailures(ofAccount);
        return described ? [[accountId, described]] : [];
      }),
    ),
  };
  await stageRun(store, run);
  return run;
}

async function resumeRun(options: CollectOptions, runId: string): Promise<Run> {
  const run = await readRun(options.store, runId);
  if (run && run.origin === options.origin && run.seed === options.seed) return run;
  throw new CollectError(
    'NO_SUCH_RUN',
    run
      ? `The run ${runId} is about another organization (${run.origin}, seed ${run.seed}).`
      : `There is no unfinished run ${runId}.`,
    'Collect again without resuming.',
    null,
  );
}

function callFor(options: CollectOptions, accountId: string | null, region: string | null): Call {
  const { signal } = options;
  return options.callFor?.(accountId, region, signal) ?? retrying({ signal });
}

/** One account-Region to be read, or to be recorded as it is. */
type Task =
  | { readonly kind: 'read'; readonly account: AccountRow; readonly region: string }
  | { readonly kind: 'recorded'; readonly row: CollectionStatusRow };

async function readAccounts(
  options: CollectOptions,
  run: Run,
  isUse: (operation: string) => boolean,
  progress: Report,
): Promise<readonly CollectionStatusRow[]> {
  const { signal } = options;
  const atOnce = {
    concurrency: options.concurrency?.accountRegions ?? 10,
    ...(signal ? { signal } : {}),
  };
  const memory = await openMemory(options.store, run.organization.id, run.asOf);
  try {
    return await readTasks(options, run, isUse, progress, memory, atOnce);
  } finally {
    await memory.close();
  }
}

async function readTasks(
  options: CollectOptions,
  run: Run,
  isUse: (operation: string) => boolean,
  progress: Report,
  memory: Memory,
  atOnce: { readonly concurrency: number },
): Promise<readonly CollectionStatusRow[]> {
  const perAccount = await pMap(run.accounts, (account) => tasksOf(options, run, account), atOnce);
  const tasks = perAccount.flat();
  progress({ phase: 'keys', regionsTotal: tasks.length });

  const left = new Map<string, number>();
  for (const task of tasks) left.set(accountOf(task), (left.get(accountOf(task)) ?? 0) + 1);
  return pMap(
    tasks,
    async (task) => {
      const row = await perform(options, run, task, isUse, progress, memory);
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

const accountOf = (task: Task) =>
  task.kind === 'read' ? task.account.account_id : task.row.account_id;

/** What is to be done for one account: at least one task, so that no account goes unmentioned. */
async function tasksOf(
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

  if (account.state !== 'ACTIVE') {
    return [
      recorded({
        region: null,
        status: 'SKIPPED',
        error_code: `ACCOUNT_${account.state}`,
        error_message: `The account is ${account.state}; its keys are not read.`,
      }),
    ];
  }
  const { only } = options;
  if (only && !only.some((selected) => selected.accountId === account.account_id)) {
    return [
      recorded({
        region: null,
        status: 'SKIPPED',
        error_code: 'ACCOUNT_NOT_SELECTED',
        error_message: 'The account was left out of this collection; its keys are not read.',
      }),
    ];
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
      return recorded({
        region,
        status: 'SKIPPED',
        error_code: 'REGION_NOT_CONFIGURED',
        error_message: 'The Region is outside the configuration; its keys are not read.',
      });
    }
    const isSelected = only?.some(
      (selected) =>
        selected.accountId === account.account_id && (selected.region ?? region) === region,
    );
    return isSelected === false
      ? recorded({
          region,
          status: 'SKIPPED',
          error_code: 'REGION_NOT_SELECTED',
          error_message: 'The Region was left out of this collection; its keys are not read.',
        })
      : { kind: 'read', account, region };
  });
}

async function perform(
  options: CollectOptions,
  run: Run,
  task: Task,
  isUse: (operation: string) => boolean,
  progress: Report,
  memory: Memory,
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
      progress((before) => ({ keys: before.keys + done.row.keys_seen }));
      return done.row;
    }
  }
  const stage = openStage(store, run.id, account.account_id, region);
  const row = await readAccountRegion(
    {
      ...contextOf(options, run, account, region, isUse, progress),
      remembered: () => memory.eventsOf(account.account_id, region),
    },
    stage,
  );
  await stage.finish(row);
  return row;
}

function contextOf(
  options: CollectOptions,
  run: Run,
  account: AccountRow,
  region: string,
  isUse: (operation: string) => boolean,
  progress: Report,
): Omit<AccountRegionContext, 'remembered'> {
  const { signal, lookups, lookupBudgetMs } = options;
  const { asOf } = run;
  const organization: Organization = run.organization;
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
    openUsage: ({ cloudTrail }, call, remembered) =>
      cloudTrailUsage({
        cloudTrail,
        call,
        asOf,
        strategy: lookups,
        signal,
        remembered,
        ...(lookupBudgetMs === undefined ? {} : { budgetMs: lookupBudgetMs }),
      }),
    isUse,
    keysAtOnce: options.concurrency?.keys ?? 8,
    signal,
    onKeys: (count) => progress((before) => ({ keys: before.keys + count })),
  };
}

/** What remains of the run goes, and old snapshots. The snapshot is published: this may fail. */
async function tidyUp(options: CollectOptions, runId: string): Promise<readonly string[]> {
  const { store, keepSnapshots = 30 } = options;
  const warnings: string[] = [];
  const attempt = async (what: string, task: () => Promise<void>) =>
    task().catch((error: unknown) => {
      warnings.push(`${what} could not be removed: ${errorMessage(error)}`);
    });
  await attempt(`The files of the run ${runId}`, () => store.removeAll(paths.run(runId)));
  // The age of files is told by this machine's time, whatever moment the data speaks of.
  await attempt('Old snapshots', () => removeOld(store, Math.max(1, keepSnapshots), new Date()));
  return warnings;
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
