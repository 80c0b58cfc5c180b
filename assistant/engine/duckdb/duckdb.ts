import type { Engine } from '../engine.ts';
import { readCurrent } from './data-folder.ts';
import { databaseFile } from './database.ts';
import { openLocked } from './instance.ts';
import { run } from './run.ts';

export interface DuckdbOptions {
  /** After this a query is stopped. Default 30,000. */
  readonly timeoutMs?: number;
  /** What DuckDB may use for tables, sorting and joining, all queries together. Default 1 GB. */
  readonly memoryLimit?: string;
  /** Default 2. */
  readonly threads?: number;
  /** Most bytes of a result; the rows after them are left out, and the result says so. Default 20 million. */
  readonly maxBytes?: number;
  /**
   * How much the whole process may grow during a query, in bytes. DuckDB does not count the texts
   * that functions make against its memory limit. Default 3 billion.
   */
  readonly maxGrowth?: number;
}

/**
 * Opens the snapshot in force in a data folder for reading.
 *
 * Throws `DataFolderError` when the folder is missing, damaged or of another version.
 */
export async function openDuckdb(folder: string, options: DuckdbOptions = {}): Promise<Engine> {
  const snapshot = await readCurrent(folder);
  const file = await databaseFile(folder, snapshot);
  const instance = await openLocked(file, {
    threads: options.threads ?? 2,
    memoryLimit: options.memoryLimit ?? '1GB',
  });
  const bounds = {
    timeoutMs: options.timeoutMs ?? 30_000,
    maxBytes: options.maxBytes ?? 20_000_000,
    maxGrowth: options.maxGrowth ?? 3_000_000_000,
  };
  return {
    name: 'duckdb',
    snapshot,
    run: (query, signal) => run(instance, query, bounds, signal),
    close: async () => instance.closeSync(),
  };
}
