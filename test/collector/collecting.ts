import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { afterEach } from 'vitest';
import { collect } from '../../collector/pipeline.ts';
import { type Call, retrying } from '../../collector/read/call.ts';
import type { CollectOptions, CollectResult } from '../../collector/run/options.ts';
import { paths } from '../../collector/schema/snapshot.ts';
import { baseTables } from '../../collector/schema/tables.ts';
import { folderStore } from '../../collector/snapshot/folder-store.ts';

export const now = new Date('2026-11-23T12:34:56.789Z');

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kms-insights-test-'));
  folders.push(folder);
  return folder;
}

/** Retries without waiting. */
export const impatient = (): Call => retrying({ sleep: async () => undefined });

type Given = Pick<CollectOptions, 'aws'> & Partial<CollectOptions>;

/** What a test collects with, where it says nothing else. */
export const optionsFor = (folder: string, options: Given): CollectOptions => ({
  store: folderStore(folder),
  clock: () => now,
  origin: 'simulated',
  seed: 1,
  analyze: () => ({ permissions: [], concerns: [] }),
  callFor: impatient,
  ...options,
});

export const collectInto = (folder: string, options: Given): Promise<CollectResult> =>
  collect(optionsFor(folder, options));

/** Rows of a query over the tables of a snapshot, which stand under their own names. */
export async function query(
  folder: string,
  snapshotId: string,
  sql: string,
): Promise<readonly Readonly<Record<string, DuckDBValue>>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    for (const { name } of baseTables) {
      const file = join(folder, paths.table(snapshotId, name));
      await connection.run(`CREATE VIEW ${name} AS FROM read_parquet('${file}')`);
    }
    return (await connection.runAndReadAll(sql)).getRowObjectsJson() as readonly Readonly<
      Record<string, DuckDBValue>
    >[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** All rows of a snapshot, by table. */
export const rowsOf = async (folder: string, snapshotId: string) =>
  Object.fromEntries(
    await Promise.all(
      baseTables.map(async ({ name }) => [name, await query(folder, snapshotId, `FROM ${name}`)]),
    ),
  );
