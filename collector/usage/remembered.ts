import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { currentSchema, manifestSchema, paths } from '../schema/snapshot.ts';
import { type KeyUsageRow, keyUsage } from '../schema/tables.ts';
import { getText, type SnapshotStore } from '../snapshot/store.ts';
import { callerOf } from './caller.ts';
import type { UsageEvent } from './source.ts';

/** Events by key ARN. */
export type RememberedEvents = ReadonlyMap<string, readonly UsageEvent[]>;

/** What the snapshot in force knows of who used and changed keys: events do not change afterwards. */
export interface Memory {
  readonly eventsOf: (accountId: string, region: string) => Promise<RememberedEvents>;
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
 * another organization. It is read when it is first asked for, which accounts without keys never do. A
 * snapshot that cannot be read is forgotten rather than in the way: it spares requests, and everything
 * in it can be looked up again.
 */
export function openMemory(
  store: SnapshotStore,
  organizationId: string | null,
  asOf: Date,
): Memory {
  let opened: Promise<Memory> | undefined;
  return {
    eventsOf: async (accountId, region) => {
      opened ??= open(store, organizationId, asOf).catch(() => nothing);
      return (await opened).eventsOf(accountId, region);
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
  if (manifest.origin !== 'aws' || manifest.organizationId !== organizationId) return nothing;
  const content = await store.get(paths.table(snapshotId, keyUsage.name));
  if (content === null) return nothing;

  const scratch = await mkdtemp(join(tmpdir(), 'kms-insights-memory-'));
  const remove = () => rm(scratch, { recursive: true, force: true });
  try {
    await writeFile(join(scratch, 'usage.parquet'), content);
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    const since = new Date(asOf.getTime() - REMEMBERED_DAYS * 86_400_000);
    const close = async () => {
      connection.closeSync();
      instance.closeSync();
      await remove();
    };
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(
      `CREATE TABLE remembered AS
       SELECT * REPLACE (CAST(epoch_ms(last_event_at) AS VARCHAR) AS last_event_at,
                         CAST(to_json(encryption_context) AS VARCHAR) AS encryption_context)
       FROM read_parquet('${join(scratch, 'usage.parquet').replaceAll("'", "''")}')
       WHERE source IN ('CLOUDTRAIL', 'TRAIL_LOGS') AND epoch_ms(last_event_at) >= ${since.getTime()}`,
    );
    return {
      eventsOf: async (accountId, region) => {
        const reader = await connection.runAndReadAll(
          'SELECT * FROM remembered WHERE account_id = $1 AND region = $2',
          [accountId, region],
        );
        const events = new Map<string, UsageEvent[]>();
        for (const row of reader.getRowObjectsJson()) {
          const { key_arn, event } = eventOf(row as unknown as Stored);
          const ofKey = events.get(key_arn);
          if (ofKey) ofKey.push(event);
          else events.set(key_arn, [event]);
        }
        return events;
      },
      close,
    };
  } catch (error) {
    await remove();
    throw error;
  }
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
