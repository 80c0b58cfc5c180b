import { z } from 'zod';
import type { Organization } from '../policy/types.ts';
import type { Failure } from '../read/failure.ts';
import {
  type Manifest,
  manifestSchema,
  paths,
  SNAPSHOT_FORMAT,
  snapshotIdPattern,
} from '../schema/snapshot.ts';
import {
  type AccountRow,
  accounts as accountsTable,
  type BaseTableName,
  type CollectionStatusRow,
  collectionStatus,
  type RowsByTable,
} from '../schema/tables.ts';
import { jsonLine } from './json-lines.ts';
import { getText, type SnapshotStore } from './store.ts';

/**
 * A run's work in progress, which makes it resumable:
 *
 *     runs/<run id>/run.json                              what the run is about
 *     runs/<run id>/<account>/<Region>/part-0000.jsonl    rows, each line a table, a space, a row
 *     runs/<run id>/<account>/<Region>/checkpoint.json    how far the reading has come
 *     runs/<run id>/<account>/<Region>/status.json        written last: this account-Region is done
 *
 * An account whose Regions are not known has `unknown` in place of the Region.
 */

/** What every part of a run must know. */
export interface Run {
  readonly id: string;
  readonly asOf: Date;
  readonly origin: Manifest['origin'];
  readonly seed: number | null;
  readonly organization: Organization;
  /** In order of account id. */
  readonly accounts: readonly AccountRow[];
  /** What could not be read about an account itself: a sentence by account id. */
  readonly accountFailures: ReadonlyMap<
    string,
    { readonly code: string; readonly message: string }
  >;
}

/** How the reading of one account-Region went, and what was staged for it. */
export interface StagedStatus {
  readonly row: CollectionStatusRow;
  readonly parts: number;
  readonly rows: Readonly<Partial<Record<BaseTableName, number>>>;
}

/** How far the reading of one account-Region has come; what was staged before stays. */
export interface Checkpoint {
  /** Keys are read in order of id: those up to this one are done. */
  readonly lastKeyId: string;
  /** How many keys were seen so far; one that was deleted since it was listed does not count. */
  readonly seen: number;
  readonly startedAt: Date;
  readonly failures: readonly Failure[];
}

const isoDate = z.iso.datetime().transform((text) => new Date(text));

const runSchema = z.object({
  format: z.literal(SNAPSHOT_FORMAT),
  id: manifestSchema.shape.snapshotId,
  asOf: isoDate,
  origin: manifestSchema.shape.origin,
  seed: manifestSchema.shape.seed,
  organizationId: z.string().nullable(),
  isPartialOrganization: z.literal(true).optional(),
  // The columns are checked when they are read into their table.
  accounts: z.array(z.custom<AccountRow>((row) => hasColumns(row, accountsTable.columns))),
  accountFailures: z.record(z.string(), z.object({ code: z.string(), message: z.string() })),
});

const checkpointSchema = z.object({
  lastKeyId: z.string(),
  seen: z.number().int().nonnegative(),
  startedAt: isoDate,
  failures: z.array(z.custom<Failure>((f) => typeof f === 'object' && f !== null && 'api' in f)),
  parts: z.number().int().nonnegative(),
  rows: z.record(z.string(), z.number().int().nonnegative()),
});

const statusSchema = z.object({
  row: z
    .custom<CollectionStatusRow>((row) => hasColumns(row, collectionStatus.columns))
    .transform((row) => ({
      ...row,
      started_at: new Date(row.started_at),
      finished_at: new Date(row.finished_at),
    })),
  parts: z.number().int().nonnegative(),
  rows: z.record(z.string(), z.number().int().nonnegative()),
});

function hasColumns(row: unknown, columns: object): boolean {
  return (
    typeof row === 'object' && row !== null && Object.keys(columns).every((name) => name in row)
  );
}

const runFile = (runId: string) => `${paths.run(runId)}/run.json`;
const unit = (runId: string, accountId: string, region: string | null) =>
  `${paths.run(runId)}/${accountId}/${region ?? 'unknown'}`;
const checkpointFile = (folder: string) => `${folder}/checkpoint.json`;
const statusFile = (folder: string) => `${folder}/status.json`;
const partFile = (folder: string, part: number) =>
  `${folder}/part-${String(part).padStart(4, '0')}.jsonl`;

export async function stageRun(store: SnapshotStore, run: Run): Promise<void> {
  const { organization, accountFailures, ...rest } = run;
  await store.put(
    runFile(run.id),
    jsonLine({
      ...rest,
      format: SNAPSHOT_FORMAT,
      organizationId: organization.id,
      ...(organization.isPartial ? { isPartialOrganization: true } : {}),
      accountFailures: Object.fromEntries(accountFailures),
    }),
  );
}

/** The run of an id; null when there is none, or one of another version. */
export async function readRun(store: SnapshotStore, runId: string): Promise<Run | null> {
  if (!snapshotIdPattern.test(runId)) return null;
  const text = await getText(store, runFile(runId));
  const parsed = text === null ? null : runSchema.safeParse(JSON.parse(text));
  if (!parsed?.success) return null;
  const { format: _, organizationId, isPartialOrganization, accountFailures, ...run } = parsed.data;
  return {
    ...run,
    organization: {
      id: organizationId,
      accountIds: new Set(run.accounts.map((account) => account.account_id)),
      ...(isPartialOrganization ? { isPartial: true } : {}),
    },
    accountFailures: new Map(Object.entries(accountFailures)),
  };
}

/** The status of one account-Region; null when it is not done. */
export async function readStatus(
  store: SnapshotStore,
  runId: string,
  accountId: string,
  region: string | null,
): Promise<StagedStatus | null> {
  const text = await getText(store, statusFile(unit(runId, accountId, region)));
  return text === null ? null : statusSchema.parse(JSON.parse(text));
}

/** Forgets that an account failed before its Regions were known, because now they are. */
export async function forgetUnknownRegions(
  store: SnapshotStore,
  runId: string,
  accountId: string,
): Promise<void> {
  await store.removeAll(unit(runId, accountId, null));
}

/** Takes the rows of one account-Region. */
export interface Stage {
  /** Where an earlier reading of the same run got to, whose rows are kept; null to begin with. */
  readonly resume: () => Promise<Checkpoint | null>;
  readonly add: (rows: Partial<RowsByTable>) => void;
  /** Writes what was added so far, and how far the reading has come. */
  readonly checkpoint: (reached: Checkpoint) => Promise<void>;
  /** Marks the account-Region as done. */
  readonly finish: (row: CollectionStatusRow) => Promise<void>;
}

export function openStage(
  store: SnapshotStore,
  runId: string,
  accountId: string,
  region: string | null,
): Stage {
  const folder = unit(runId, accountId, region);
  let counts: Partial<Record<BaseTableName, number>> = {};
  let lines: string[] = [];
  let parts = 0;

  const flush = async () => {
    if (lines.length === 0) return;
    const content = `${lines.join('\n')}\n`;
    lines = [];
    await store.put(partFile(folder, parts), content);
    parts += 1;
  };
  return {
    resume: async () => {
      const text = await getText(store, checkpointFile(folder));
      const parsed = text === null ? null : checkpointSchema.safeParse(JSON.parse(text));
      if (!parsed?.success) return null;
      const { parts: staged, rows, ...reached } = parsed.data;
      parts = staged;
      counts = rows;
      return reached;
    },
    add: (rows) => {
      for (const [table, ofTable] of Object.entries(rows) as [BaseTableName, readonly object[]][]) {
        for (const row of ofTable) lines.push(`${table} ${jsonLine(row)}`);
        counts[table] = (counts[table] ?? 0) + ofTable.length;
      }
    },
    checkpoint: async (reached) => {
      await flush();
      await store.put(checkpointFile(folder), jsonLine({ ...reached, parts, rows: counts }));
    },
    finish: async (row) => {
      await flush();
      const status: StagedStatus = { row, parts, rows: counts };
      await store.put(statusFile(folder), jsonLine(status));
    },
  };
}

/** One finished account-Region of a run, with the way to its staged lines. */
export interface StagedUnit {
  readonly status: StagedStatus;
  /** The text of each part, one after the other; each line is a table, a space, and a row as JSON. */
  readonly parts: () => AsyncGenerator<string>;
}

/** All finished account-Regions of a run. */
export async function* stagedUnits(
  store: SnapshotStore,
  runId: string,
): AsyncGenerator<StagedUnit> {
  for (const { path } of await store.list(paths.run(runId))) {
    const [accountId, region, file] = path.split('/').slice(2);
    if (file !== 'status.json' || accountId === undefined || region === undefined) continue;
    const folder = unit(runId, accountId, region);
    const status = await readStatus(store, runId, accountId, region);
    if (!status) continue;
    yield {
      status,
      parts: async function* () {
        for (let part = 0; part < status.parts; part++) {
          const text = await getText(store, partFile(folder, part));
          if (text === null) throw new Error(`${partFile(folder, part)} is missing.`);
          yield text;
        }
      },
    };
  }
}
