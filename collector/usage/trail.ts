import { z } from 'zod';
import type { AthenaApi } from '../aws/api.ts';
import type { Call } from '../read/call.ts';
import type { Failure } from '../read/failure.ts';
import { paths } from '../schema/snapshot.ts';
import { jsonLine } from '../snapshot/json-lines.ts';
import { getText, type SnapshotStore } from '../snapshot/store.ts';
import type { TracedKey, UsageEvent, UsageReading, UsageSource } from './source.ts';
import { TrailError, trailRows } from './trail-athena.ts';
import { MOST_ACCOUNTS, readTrailEvent, type TrailRow, trailQuery } from './trail-query.ts';

/**
 * The logs of an organization trail as the record of who used and changed keys: one query for the
 * organization, whose rows are staged by account and Region.
 *
 *     runs/<run id>/trail/<account>/<Region>/part-0000.jsonl   rows in order of key id
 *     runs/<run id>/trail/index.json                           written last: what there is, or why not
 */

export interface TrailSettings {
  /** The table over the logs, as `database.table`; see `trail-table.ts`. */
  readonly table: string;
  readonly workgroup: string;
  /** How many days are looked back. */
  readonly days: number;
  /** So long may the query take. */
  readonly timeLimitMs: number;
}

export interface Trail {
  readonly athena: AthenaApi;
  readonly settings: TrailSettings;
}

/** What of the organization is asked for. */
export interface TrailTarget {
  readonly runId: string;
  readonly asOf: Date;
  /** In order. */
  readonly accounts: readonly string[];
  /** Null for all that have logs. */
  readonly regions: readonly string[] | null;
}

/** What was found stays known for so long; see `remembered.ts`. */
export const MOST_TRAIL_DAYS = 400;

const DAY_MS = 86_400_000;
/** So many rows are held before they are staged. */
const PART_ROWS = 2_000;

/** CloudTrail delivers within minutes; what is younger may not have arrived (CloudTrail User Guide). */
const DELIVERY_MS = 60 * 60_000;

const indexSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('read'),
    since: z.iso.datetime().transform((text) => new Date(text)),
    /** The number of parts by `account/Region`; none for one without events. */
    parts: z.record(z.string(), z.number().int().positive()),
  }),
  z.object({
    kind: z.literal('failed'),
    failure: z.custom<Failure>((f) => typeof f === 'object' && f !== null && 'api' in f),
  }),
]);
type Index = z.infer<typeof indexSchema>;

const folderOf = (runId: string) => `${paths.run(runId)}/trail`;
const indexFile = (runId: string) => `${folderOf(runId)}/index.json`;
const partFile = (runId: string, unit: string, part: number) =>
  `${folderOf(runId)}/${unit}/part-${String(part).padStart(4, '0')}.jsonl`;

async function readIndex(store: SnapshotStore, runId: string): Promise<Index | null> {
  const text = await getText(store, indexFile(runId));
  return text === null ? null : indexSchema.parse(JSON.parse(text));
}

/**
 * Asks the trail, and stages what it knows; does nothing where the run did that before. What goes wrong
 * is staged as well, for the status of every account-Region that has keys.
 *
 * Throws only when it is aborted, cannot stage, or the collector's own credentials are at fault.
 */
export async function stageTrail(
  { athena, settings }: Trail,
  target: TrailTarget,
  { store, call, signal }: { store: SnapshotStore; call: Call; signal?: AbortSignal | undefined },
): Promise<void> {
  const { runId, asOf, accounts, regions } = target;
  if ((await readIndex(store, runId))?.kind === 'read') return;
  const since = new Date(asOf.getTime() - settings.days * DAY_MS);
  const { table, workgroup, timeLimitMs } = settings;
  const stage = openTrailStage(store, runId);
  try {
    for (let from = 0; from < accounts.length; from += MOST_ACCOUNTS) {
      const sql = trailQuery({
        table,
        accounts: accounts.slice(from, from + MOST_ACCOUNTS),
        regions,
        since,
        until: asOf,
      });
      const rows = trailRows({ athena, call, workgroup, timeLimitMs, signal }, sql);
      for await (const page of rows) await stage.add(page);
    }
    await stage.finish(since);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof TrailError)) throw error;
    const failed: Index = { kind: 'failed', failure: error.failure };
    await store.put(indexFile(runId), jsonLine(failed));
  }
}

/** Takes rows in order of account, Region and key. Throws {@link TrailError} on any other order. */
function openTrailStage(store: SnapshotStore, runId: string) {
  const parts: Record<string, number> = {};
  let unit = '';
  let last = '';
  let lines: string[] = [];
  const flush = async () => {
    if (lines.length === 0) return;
    const part = parts[unit] ?? 0;
    await store.put(partFile(runId, unit, part), `${lines.join('\n')}\n`);
    parts[unit] = part + 1;
    lines = [];
  };
  return {
    add: async (rows: readonly TrailRow[]) => {
      for (const { account, region, keyId, event } of rows) {
        const place = `${account} ${region} ${keyId}`;
        // A reader goes through the rows once, beside the keys; it would miss one out of place.
        if (place < last) throw unexpected('the rows are not in order');
        last = place;
        if (unit !== `${account}/${region}` || lines.length >= PART_ROWS) await flush();
        unit = `${account}/${region}`;
        lines.push(jsonLine([keyId, event]));
      }
    },
    finish: async (since: Date) => {
      await flush();
      if (Object.keys(parts).length === 0) {
        throw new TrailError({
          api: 'GetQueryResults',
          code: 'NoEventsInTrail',
          message:
            'the logs hold no event of a KMS key; the trail may leave out AWS KMS events, or the table may have another location',
          keyId: null,
        });
      }
      await store.put(indexFile(runId), jsonLine({ kind: 'read', since, parts }));
    },
  };
}

const unexpected = (message: string) =>
  new TrailError({ api: 'GetQueryResults', code: 'UnexpectedResult', message, keyId: null });

export interface TrailUnit {
  readonly store: SnapshotStore;
  readonly runId: string;
  readonly accountId: string;
  readonly region: string;
  readonly asOf: Date;
  /** Settled when the trail is staged. */
  readonly staged: Promise<void>;
}

/** What the trail knows of one account and Region. Batches of keys must come in order of key id. */
export function trailUsage(options: TrailUnit): UsageSource {
  const { store, runId, accountId, region, asOf, staged } = options;
  let opened: Promise<Index | null> | undefined;
  let rows: ReturnType<typeof rowsInOrder> | undefined;

  return {
    read: async (keys) => {
      const isFirst = opened === undefined;
      opened ??= staged.then(() => readIndex(store, runId));
      const index = await opened;
      if (index?.kind !== 'read') {
        const failure = index?.failure ?? notStaged;
        return { events: new Map(), failures: isFirst ? [failure] : [] };
      }
      const unit = `${accountId}/${region}`;
      rows ??= rowsInOrder(store, runId, unit, index.parts[unit] ?? 0);
      const reading = await eventsOf(keys, rows);
      const missing = keys.filter((key) => isMissing(key, reading.events, index.since, asOf));
      return { ...reading, failures: [...reading.failures, ...missing.map(notInTrail)] };
    },
  };
}

const notStaged: Failure = {
  api: 'GetQueryResults',
  code: 'TrailNotRead',
  message: 'the trail was not asked to the end',
  keyId: null,
};

type StagedRow = readonly [keyId: string, event: string];

/** Rows one by one; `upTo` gives those up to a key id that were not given before. */
function rowsInOrder(store: SnapshotStore, runId: string, unit: string, parts: number) {
  const all = (async function* (): AsyncGenerator<StagedRow> {
    for (let part = 0; part < parts; part++) {
      const text = await getText(store, partFile(runId, unit, part));
      if (text === null) throw new Error(`${partFile(runId, unit, part)} is missing.`);
      for (const line of text.split('\n')) if (line !== '') yield JSON.parse(line) as StagedRow;
    }
  })();
  let next: StagedRow | null | undefined;
  const peek = async () => {
    if (next === undefined) next = (await all.next()).value ?? null;
    return next;
  };
  return {
    upTo: async (keyId: string): Promise<readonly StagedRow[]> => {
      const taken: StagedRow[] = [];
      for (let row = await peek(); row && row[0] <= keyId; row = await peek()) {
        taken.push(row);
        next = undefined;
      }
      return taken;
    },
  };
}

async function eventsOf(
  keys: readonly TracedKey[],
  rows: ReturnType<typeof rowsInOrder>,
): Promise<UsageReading> {
  const known = new Map(keys.map((key) => [key.id, key]));
  const last = keys.reduce((a, key) => (key.id > a ? key.id : a), '');
  const events = new Map<string, UsageEvent[]>();
  const failures: Failure[] = [];
  for (const [keyId, json] of await rows.upTo(last)) {
    const key = known.get(keyId);
    // Of a key that was deleted since.
    if (!key) continue;
    const outcome = readTrailEvent(json);
    if (outcome.kind === 'malformed') {
      const { message } = outcome;
      failures.push({ api: 'GetQueryResults', code: 'MalformedEvent', message, keyId });
    }
    if (outcome.kind !== 'read') continue;
    const ofKey = events.get(key.arn);
    if (ofKey) ofKey.push(outcome.event);
    else events.set(key.arn, [outcome.event]);
  }
  return { events, failures };
}

/**
 * Whether the trail must know of a use and does not: KMS says when a key was last used, and the logs
 * have no use of it at that time or later. Then they lack events of other keys too, for all we know.
 */
function isMissing(
  { arn, lastUsage }: TracedKey,
  events: UsageReading['events'],
  since: Date,
  asOf: Date,
): boolean {
  const at = lastUsage.lastUse?.at.getTime();
  if (at === undefined || at < since.getTime() || at > asOf.getTime() - DELIVERY_MS) return false;
  // CloudTrail cuts a time to whole seconds.
  const second = Math.floor(at / 1000) * 1000;
  return !events
    .get(arn)
    ?.some((e) => e.category === 'CRYPTO' && e.last_event_at.getTime() >= second);
}

const notInTrail = ({ id }: TracedKey): Failure => ({
  api: 'GetQueryResults',
  code: 'LastUseNotInTrail',
  message:
    'KMS knows of a use that the logs do not have; the trail may leave out AWS KMS events or this account',
  keyId: id,
});
