import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { duckdbDdl } from '../../../collector/schema/duckdb.ts';
import { DATABASE } from '../../../collector/schema/relations.ts';
import { MANIFESTS, type Manifest, paths, snapshotOf } from '../../../collector/schema/snapshot.ts';
import { baseTables } from '../../../collector/schema/tables.ts';
import { DataFolderError, readManifest } from './data-folder.ts';

/**
 * The DuckDB file of a snapshot: its Parquet tables, those of earlier snapshots as history, and the
 * views. It is made once per snapshot under `cache/` and can be deleted at any time.
 *
 * Why a file and not views over the Parquet files: a database that may read files could be talked
 * into reading others. This one is opened read-only with all file access switched off.
 */

const CACHE = 'cache';

/** Raised with the SQL of a view or any other change to what the file holds. */
const CACHE_VERSION = 1;

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** The path of the database file of a snapshot, which is made first when it is not there. */
export async function databaseFile(folder: string, manifest: Manifest): Promise<string> {
  const file = join(folder, CACHE, `${manifest.snapshotId}.v${CACHE_VERSION}.duckdb`);
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (!exists) await build(folder, manifest, file);
  return file;
}

async function build(folder: string, manifest: Manifest, file: string): Promise<void> {
  await verifyFiles(folder, manifest);
  // Built beside its place and moved there whole, so that two processes may build at once.
  const unfinished = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(join(folder, CACHE), { recursive: true });
    const instance = await DuckDBInstance.create(unfinished);
    try {
      const connection = await instance.connect();
      await connection.run("SET TimeZone = 'UTC'");
      await fill(connection, folder, manifest);
      await connection.run('CHECKPOINT');
      connection.closeSync();
    } finally {
      instance.closeSync();
    }
    await rename(unfinished, file);
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw new DataFolderError(
        'NOT_WRITABLE',
        `${join(folder, CACHE)} cannot be written: ${(error as Error).message}`,
        'Allow writing there, or copy the data folder to a place that can be written and name it with --data.',
      );
    }
    throw error;
  } finally {
    await rm(unfinished, { force: true });
    await rm(`${unfinished}.wal`, { force: true });
  }
  await removeOthers(folder, file);
}

async function fill(
  connection: DuckDBConnection,
  folder: string,
  manifest: Manifest,
): Promise<void> {
  for (const statement of duckdbDdl()) await connection.run(statement);
  const history = await lastOfEachDay(folder, manifest);
  for (const table of baseTables) {
    const columns = Object.keys(table.columns).map((name) => `"${name}"`);
    const read = (snapshotId: string) =>
      `read_parquet(${text(join(folder, paths.table(snapshotId, table.name)))})`;
    await connection.run(
      `INSERT INTO ${DATABASE}."${table.name}" SELECT ${columns.join(', ')} FROM ${read(manifest.snapshotId)}`,
    );
    for (const [day, snapshot] of history) {
      await connection.run(
        `INSERT INTO ${DATABASE}."${table.name}_history" (${columns.join(', ')}, snapshot_date, snapshot_id)
         SELECT ${columns.join(', ')}, DATE ${text(day)}, ${text(snapshot.snapshotId)} FROM ${read(snapshot.snapshotId)}`,
      );
    }
  }
}

/** Earlier snapshots that cannot be read any more are left out: history is not worth an outage. */
async function lastOfEachDay(
  folder: string,
  current: Manifest,
): Promise<ReadonlyMap<string, Manifest>> {
  const names = await readdir(join(folder, MANIFESTS)).catch(() => []);
  const readable = await Promise.all(
    names
      .flatMap((name) => snapshotOf(name) ?? [])
      .filter((id) => id !== current.snapshotId)
      .map((id) => readManifest(folder, id).catch(() => null)),
  );
  const days = new Map<string, Manifest>();
  const inOrder = [...readable.filter((m) => m !== null), current].sort((a, b) =>
    a.asOf === b.asOf ? (a.createdAt < b.createdAt ? -1 : 1) : a.asOf < b.asOf ? -1 : 1,
  );
  for (const manifest of inOrder) days.set(manifest.asOf.slice(0, 10), manifest);
  days.set(current.asOf.slice(0, 10), current);
  return days;
}

async function verifyFiles(folder: string, manifest: Manifest): Promise<void> {
  for (const [table, entry] of Object.entries(manifest.tables)) {
    const file = join(folder, paths.table(manifest.snapshotId, table));
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    if (hash.digest('hex') !== entry.sha256) {
      throw new DataFolderError(
        'DAMAGED',
        `The snapshot ${manifest.snapshotId} is damaged: the content of ${file} does not match its manifest.`,
        `Collect again: kms-insights collect --simulate --data ${folder} (or without --simulate for your organization).`,
      );
    }
  }
}

async function removeOthers(folder: string, keep: string): Promise<void> {
  const names = await readdir(join(folder, CACHE));
  const old = names.filter(
    (name) => name.endsWith('.duckdb') && join(folder, CACHE, name) !== keep,
  );
  // Another process may still have one open; where that forbids removal it is left for next time.
  await Promise.allSettled(old.map((name) => rm(join(folder, CACHE, name))));
}
