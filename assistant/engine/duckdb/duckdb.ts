import { randomUUID } from 'node:crypto';
import { DuckDBInstance } from '@duckdb/node-api';
import type { CheckedQuery } from '../../guard/types.ts';
import { type Engine, EngineError, type QueryResult } from '../engine.ts';
import { NO_EXPENSE } from '../expense.ts';
import { toCell, trinoTypeName } from './cells.ts';
import { readCurrent } from './data-folder.ts';
import { databaseFile } from './database.ts';

export interface DuckdbOptions {
  /** After this a query is interrupted. Default 30,000. */
  readonly timeoutMs?: number;
  /** Default 1 GB. */
  readonly memoryLimit?: string;
  /** Default 2. */
  readonly threads?: number;
}

/**
 * Opens the snapshot in force in a data folder for reading.
 *
 * The database is read-only, reads no files, loads no extensions, writes no temporary files, and its
 * settings are locked: should a query slip past the guard, there is nothing for it to reach.
 *
 * Throws `DataFolderError` when the folder is missing, damaged or of another version.
 */
export async function openDuckdb(folder: string, options: DuckdbOptions = {}): Promise<Engine> {
  const snapshot = await readCurrent(folder);
  const file = await databaseFile(folder, snapshot);
  const instance = await DuckDBInstance.create(file, {
    access_mode: 'READ_ONLY',
    threads: String(options.threads ?? 2),
    memory_limit: options.memoryLimit ?? '1GB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const setup = await instance.connect();
  for (const setting of [
    "TimeZone = 'UTC'",
    "temp_directory = ''",
    'enable_external_access = false',
    'lock_configuration = true',
  ]) {
    await setup.run(`SET ${setting}`);
  }
  setup.closeSync();
  const timeoutMs = options.timeoutMs ?? 30_000;

  return {
    name: 'duckdb',
    snapshot,
    run: (query, signal) => run(instance, query, timeoutMs, signal),
    close: async () => instance.closeSync(),
  };
}

async function run(
  instance: DuckDBInstance,
  query: CheckedQuery,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<QueryResult> {
  const cancelled = () => new EngineError('CANCELLED', 'The query was cancelled.', 'Ask again.');
  if (signal?.aborted) throw cancelled();
  const started = performance.now();
  // One connection per query, so that interrupting it stops nothing else.
  const connection = await instance.connect();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    connection.interrupt();
  }, timeoutMs);
  const onAbort = () => connection.interrupt();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const reader = await connection.runAndReadAll(query.duckdb);
    const rows = reader.getRows().map((row) => row.map(toCell));
    const types = reader.columnTypes();
    return {
      columns: reader.columnNames().map((name, i) => {
        const type = types[i];
        return { name, type: type ? trinoTypeName(type) : 'unknown' };
      }),
      rows,
      truncated: false,
      queryId: randomUUID(),
      elapsedMs: performance.now() - started,
      expense: NO_EXPENSE,
    };
  } catch (error) {
    if (timedOut) {
      throw new EngineError(
        'TIMEOUT',
        `The query ran longer than ${timeoutMs / 1000} seconds and was stopped.`,
        'Ask for less: fewer joins, or a filter on account, Region or time.',
      );
    }
    if (signal?.aborted) throw cancelled();
    throw engineError(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    connection.closeSync();
  }
}

function engineError(error: unknown): EngineError {
  const message = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
  return message.startsWith('Out of Memory')
    ? new EngineError(
        'OUT_OF_MEMORY',
        'The query needs more memory than it may use.',
        'Ask for less: group or filter before joining.',
      )
    : new EngineError(
        'FAILED',
        `The query failed: ${message}`,
        'Check the values that are cast or divided, and ask again.',
      );
}
