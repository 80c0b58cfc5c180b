import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import {
  type Current,
  currentSchema,
  type Manifest,
  manifestSchema,
  paths,
  SNAPSHOT_FORMAT,
} from '../schema/snapshot.ts';
import { baseTables } from '../schema/tables.ts';
import { jsonLine } from './json-lines.ts';
import { openParquetWriter } from './parquet.ts';
import { removeSnapshot } from './retention.ts';
import { type Run, stagedUnits } from './staging.ts';
import { getText, type SnapshotStore } from './store.ts';

/** Why a snapshot was not published. The one in force before still is. */
export class PublishError extends Error {
  readonly code = 'NOT_PUBLISHED';
  constructor(
    message: string,
    /** What to do. */
    readonly hint: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PublishError';
  }
}

export interface Published {
  readonly manifest: Manifest;
  /** The snapshot of a later moment that stays in force; null when this one is. */
  readonly overtakenBy: string | null;
}

/**
 * Makes a snapshot of a finished run and puts it in force.
 *
 * The tables are written to files of their own; then the manifest; they are read back; and last the
 * pointer is replaced, which is the only step that a reader can see. When anything fails before, the
 * files are removed, the previous snapshot stays in force, and the run stays to be resumed. A run of a
 * real organization that ends after one that began later does not take its place.
 *
 * Throws {@link PublishError}.
 */
export async function publish(
  store: SnapshotStore,
  run: Run,
  createdAt: Date,
  signal?: AbortSignal,
): Promise<Published> {
  const scratch = await mkdtemp(join(tmpdir(), 'kms-insights-publish-'));
  try {
    const { expected, coverage, files } = await sortByTable(store, run, scratch);
    const tables = await writeTables(store, run.id, scratch, { expected, files }, signal);
    const manifest: Manifest = {
      format: SNAPSHOT_FORMAT,
      snapshotId: run.id,
      asOf: run.asOf.toISOString(),
      createdAt: createdAt.toISOString(),
      origin: run.origin,
      organizationId: run.organization.id,
      seed: run.seed,
      tables,
      coverage,
    };
    await store.put(paths.manifest(run.id), `${JSON.stringify(manifest)}\n`);
    await verify(store, manifest);
    signal?.throwIfAborted();
    const overtakenBy = await laterThan(store, run);
    if (overtakenBy === null) await putInForce(store, run.id);
    return { manifest, overtakenBy };
  } catch (error) {
    await removeSnapshot(store, run.id).catch(() => undefined);
    signal?.throwIfAborted();
    throw new PublishError(
      `The snapshot ${run.id} was not published: ${error instanceof Error ? error.message : String(error)}`,
      'The snapshot in force before still is. Mend the cause and resume the run.',
      { cause: error },
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The snapshot in force, when it is of a later moment than the run. Ids begin with the moment. */
async function laterThan(store: SnapshotStore, run: Run): Promise<string | null> {
  if (run.origin !== 'aws') return null;
  const text = await getText(store, paths.current);
  const current = text === null ? null : currentSchema.safeParse(JSON.parse(text));
  if (!current?.success) return null;
  const momentOf = (id: string) => id.slice(0, id.indexOf('-'));
  const { snapshotId } = current.data;
  if (momentOf(snapshotId) <= momentOf(run.id)) return null;
  const manifest = await getText(store, paths.manifest(snapshotId));
  const found = manifest === null ? null : manifestSchema.safeParse(JSON.parse(manifest));
  return found?.data?.origin === 'aws' ? snapshotId : null;
}

/** Replaces the pointer. A failure that came after the fact, such as a lost answer, is none. */
async function putInForce(store: SnapshotStore, snapshotId: string): Promise<void> {
  const current: Current = { format: SNAPSHOT_FORMAT, snapshotId };
  const content = `${JSON.stringify(current)}\n`;
  try {
    await store.put(paths.current, content);
  } catch (error) {
    if ((await getText(store, paths.current)) !== content) throw error;
  }
}

/** A file of lines that has grown to this is followed by another. */
const LINES_BYTES = 12_000_000;

/** Takes the lines of one table, in local files of bounded size. */
function openLines(scratch: string, table: string) {
  const files: string[] = [];
  let output: WriteStream | undefined;
  let bytes = 0;
  const end = async () => {
    if (output) await finished(output.end());
    output = undefined;
  };
  return {
    write: async (lines: readonly string[]) => {
      if (output === undefined) {
        const file = join(scratch, `${table}-${String(files.length).padStart(5, '0')}.jsonl`);
        files.push(file);
        output = createWriteStream(file);
        bytes = 0;
      }
      const text = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      bytes += text.length;
      const open = output;
      await new Promise<void>((resolve, reject) =>
        open.write(text, (error) => (error ? reject(error) : resolve())),
      );
    },
    /** Here a file may end: the rows that follow belong after those before. */
    mayEnd: async () => {
      if (bytes >= LINES_BYTES) await end();
    },
    /** Ends the last file, and names all; at least one, which may be empty. */
    files: async (): Promise<readonly string[]> => {
      await end();
      return files;
    },
    close: end,
  };
}

/** The tables whose rows come with the parts; the others are small. */
const tablesOfKeys = baseTables.filter((table) => 'key_id' in table.columns);

interface Sorted {
  /** How many rows were staged, by table. */
  readonly expected: ReadonlyMap<string, number>;
  readonly coverage: Manifest['coverage'];
  /** Files of lines by table, in order. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/**
 * Brings the staged rows into local files by table, and counts what must arrive. Staged parts come in
 * order of account, Region and key, by which all large tables are sorted first.
 */
async function sortByTable(store: SnapshotStore, run: Run, scratch: string): Promise<Sorted> {
  const expected = new Map<string, number>();
  const coverage = { ok: 0, partial: 0, failed: 0, skipped: 0 };
  const outputs = new Map<string, ReturnType<typeof openLines>>(
    baseTables.map((table) => [table.name, openLines(scratch, table.name)]),
  );
  const write = async (table: string, lines: readonly string[], count: number) => {
    expected.set(table, (expected.get(table) ?? 0) + count);
    const output = outputs.get(table);
    if (!output) throw new Error(`${table} is no table of the contract.`);
    if (lines.length > 0) await output.write(lines);
  };
  try {
    const unseen = new Set(run.organization.accountIds);
    await write('accounts', run.accounts.map(jsonLine), run.accounts.length);
    for await (const { status, parts } of stagedUnits(store, run.id)) {
      unseen.delete(status.row.account_id);
      coverage[coverageOf[status.row.status]] += 1;
      await write('collection_status', [jsonLine(status.row)], 1);
      for await (const part of parts()) {
        for (const [table, lines] of linesByTable(part)) await write(table, lines, 0);
        for (const { name } of tablesOfKeys) await outputs.get(name)?.mayEnd();
      }
      for (const [table, count] of Object.entries(status.rows)) {
        await write(table, [], count);
      }
    }
    if (unseen.size > 0) {
      throw new Error(`The accounts ${[...unseen].slice(0, 5).join(', ')} were not looked at.`);
    }
    const files = new Map<string, readonly string[]>();
    for (const [table, output] of outputs) {
      // A table without rows is a file without lines.
      await output.write([]);
      files.set(table, await output.files());
    }
    return { expected, coverage, files };
  } finally {
    await Promise.all([...outputs.values()].map((output) => output.close()));
  }
}

const coverageOf = {
  OK: 'ok',
  PARTIAL: 'partial',
  FAILED: 'failed',
  SKIPPED: 'skipped',
} as const;

function linesByTable(part: string): ReadonlyMap<string, string[]> {
  const byTable = new Map<string, string[]>();
  for (const line of part.split('\n')) {
    if (line === '') continue;
    const space = line.indexOf(' ');
    const table = line.slice(0, space);
    const lines = byTable.get(table);
    if (lines) lines.push(line.slice(space + 1));
    else byTable.set(table, [line.slice(space + 1)]);
  }
  return byTable;
}

async function writeTables(
  store: SnapshotStore,
  snapshotId: string,
  scratch: string,
  { expected, files }: Pick<Sorted, 'expected' | 'files'>,
  signal: AbortSignal | undefined,
): Promise<Manifest['tables']> {
  const tables: Manifest['tables'] = {};
  const writer = await openParquetWriter(scratch);
  try {
    for (const table of baseTables) {
      signal?.throwIfAborted();
      const parquet = join(scratch, `${table.name}.parquet`);
      const rows = await writer.write(table, files.get(table.name) ?? [], parquet);
      const staged = expected.get(table.name) ?? 0;
      if (rows !== staged) {
        throw new Error(`${table.name} has ${rows} rows where ${staged} were collected.`);
      }
      await store.putFile(paths.table(snapshotId, table.name), parquet);
      tables[table.name] = { rows, ...(await fingerprint(parquet)) };
    }
  } finally {
    writer.close();
  }
  return tables;
}

/** Reads back what was stored. */
async function verify(store: SnapshotStore, manifest: Manifest): Promise<void> {
  const text = await getText(store, paths.manifest(manifest.snapshotId));
  const stored = manifestSchema.parse(JSON.parse(text ?? 'null'));
  for (const [table, entry] of Object.entries(stored.tables)) {
    const path = paths.table(manifest.snapshotId, table);
    const content = await store.get(path);
    if (!content || content.byteLength !== entry.bytes || sha256(content) !== entry.sha256) {
      throw new Error(`${path} is not what was written.`);
    }
  }
}

async function fingerprint(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
