import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { currentSchema, manifestSchema, paths } from '../schema/snapshot.ts';
import { type KeyUsageRow, keyUsage } from '../schema/tables.ts';
import { openParquetParts, type ParquetParts } from '../snapshot/parquet-parts.ts';
import { getText, type SnapshotStore } from '../snapshot/store.ts';
import { callerOf } from './caller.ts';
import type { RememberedEvents, UsageEvent } from './source.ts';

/** What the snapshot in force knows of who used and changed keys: events do not change afterwards. */
export interface Memory {
  /** What is known of some keys of one account and Region. */
  readonly eventsOf: (
    accountId: string,
    region: string,
    keyIds: readonly string[],
  ) => Promise<RememberedEvents>;
  readonly close: () => Promise<void>;
}

/** Older events are forgotten. */
const REMEMBERED_DAYS = 400;

const nothing: Memory = {
  eventsOf: async () => new Map(),
  close: async () => undefined,
};

/**
 * What the snapshot in force knows of an organization; nothing where there is no snapshot, or one of
 * another organization. It is opened when it is first asked for, which accounts without keys never do,
 * and only the parts that hold the keys in question are read. A snapshot that cannot be read is
 * forgotten rather than in the way: it spares requests, and everything in it can be looked up again.
 */
export function openMemory(
  store: SnapshotStore,
  organizationId: string | null,
  asOf: Date,
): Memory {
  let opened: Promise<Memory> | undefined;
  return {
    eventsOf: async (...which) => {
      opened ??= open(store, organizationId, asOf).catch(() => nothing);
      return (await opened).eventsOf(...which).catch(() => new Map());
    },
    close: async () => (await opened)?.close(),
  };
}

async function open(
  store: SnapshotStore,
  organizationId: string | null,
  asOf: Date,
): Promise<Memory> {
  const current = await getText(store, paths.current);
  if (current === null) return nothing;
  const { snapshotId } = currentSchema.parse(JSON.parse(current));
  const manifest = manifestSchema.parse(
    JSON.parse((await getText(store, paths.manifest(snapshotId))) ?? 'null'),
  );
  const bytes = manifest.tables[keyUsage.name]?.bytes;
  const isOther = manifest.origin !== 'aws' || manifest.organizationId !== organizationId;
  if (isOther || bytes === undefined) return nothing;

  const scratch = await mkdtemp(join(tmpdir(), 'kms-insights-memory-'));
  const closing: (() => unknown)[] = [() => rm(scratch, { recursive: true, force: true })];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    const instance = await DuckDBInstance.create(':memory:', {
      threads: '1',
      memory_limit: '64MB',
    });
    closing.push(() => instance.closeSync());
    const connection = await instance.connect();
    closing.push(() => connection.closeSync());
    // What is not here yet must not be taken for read.
    await connection.run("SET TimeZone = 'UTC'; SET enable_external_file_cache = false");
    const table = paths.table(snapshotId, keyUsage.name);
    const read = async (from: number, to: number) => {
      const content = await store.getRange(table, from, to);
      if (content === null) throw new Error(`${table} is missing.`);
      return content;
    };
    const parts = await openParquetParts(connection, read, bytes, join(scratch, 'usage.parquet'));
    closing.push(parts.close);
    const since = asOf.getTime() - REMEMBERED_DAYS * 86_400_000;
    return { eventsOf: eventsIn(connection, parts, since), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function eventsIn(
  connection: DuckDBConnection,
  parts: ParquetParts,
  since: number,
): Memory['eventsOf'] {
  return async (accountId, region, keyIds) => {
    const sorted = [...keyIds].sort();
    const [first, last] = [sorted[0], sorted.at(-1)];
    const events = new Map<string, UsageEvent[]>();
    if (first === undefined || last === undefined) return events;
    await parts.bring(accountId, region, { first, last });
    const reader = await connection.runAndReadAll(
      `SELECT * REPLACE (CAST(epoch_ms(last_event_at) AS VARCHAR) AS last_event_at,
                         CAST(to_json(encryption_context) AS VARCHAR) AS encryption_context)
       FROM read_parquet('${parts.file.replaceAll("'", "''")}')
       WHERE account_id = $1 AND region = $2 AND key_id BETWEEN $3 AND $4
         AND source IN ('CLOUDTRAIL', 'TRAIL_LOGS') AND epoch_ms(last_event_at) >= ${since}`,
      [accountId, region, first, last],
    );
    for (const row of reader.getRowObjectsJson()) {
      const { key_arn, event } = eventOf(row as unknown as Stored);
      const ofKey = events.get(key_arn);
      if (ofKey) ofKey.push(event);
      else events.set(key_arn, [event]);
    }
    return events;
  };
}

/** A row whose time is milliseconds as text, and whose encryption context is JSON. */
type Stored = Omit<KeyUsageRow, 'last_event_at' | 'encryption_context'> & {
  readonly last_event_at: string;
  readonly encryption_context: string;
};

function eventOf(row: Stored): { readonly key_arn: string; readonly event: UsageEvent } {
  const { account_id: _, region: __, key_id: ___, key_arn, ...rest } = row;
  return {
    key_arn,
    event: {
      ...rest,
      last_event_at: new Date(Number(rest.last_event_at)),
      encryption_context: JSON.parse(rest.encryption_context),
      caller: callerOf(rest),
    },
  };
}
