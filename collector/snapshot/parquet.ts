import { DuckDBInstance } from '@duckdb/node-api';
import { duckdbTypes } from '../schema/duckdb.ts';
import type { Column, Table } from '../schema/types.ts';

/** Turns JSON lines into Parquet with exactly the columns of the contract. */
export interface ParquetWriter {
  /**
   * Writes the rows of a table in their order, and counts what can be read back. Throws when a row
   * does not fit the contract: a value of another type, or none where one is required.
   *
   * @param jsonLines files whose rows belong before those of the next file
   */
  readonly write: (table: Table, jsonLines: readonly string[], parquet: string) => Promise<number>;
  readonly close: () => void;
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
/** A group of rows is held in memory until it is written, with policies of thousands of characters. */
const AS_PARQUET = '(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 10240)';

/** Besides it, the reading of a large account and Region holds about as much. */
const MEMORY = '128MB';

const name = (column: string) => `"${column}"`;

/**
 * Opens a writer. `scratch` is a local folder for what does not fit in memory.
 *
 * Each file of lines is sorted by itself, and the sorted ones are put one after the other: what is held
 * in memory does not grow with the number of rows.
 *
 * Rows are ordered by the table's `sortBy` and then by a hash of the whole row, so that the same rows
 * give the same file, in whatever order they were read.
 */
export async function openParquetWriter(scratch: string): Promise<ParquetWriter> {
  const instance = await DuckDBInstance.create(':memory:', {
    // Each thread holds buffers of its own.
    threads: '1',
    memory_limit: MEMORY,
    temp_directory: scratch,
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const numbers = async (sql: string): Promise<readonly number[]> => {
    const [row] = (await connection.runAndReadAll(sql)).getRows();
    return (row ?? []).map(Number);
  };

  return {
    write: async (table, jsonLines, parquet) => {
      const columns = Object.entries<Column>(table.columns);
      const types = columns.map(([column, { type }]) => `${name(column)}: '${duckdbTypes[type]}'`);
      const names = columns.map(([column]) => name(column)).join(', ');
      const order = table.sortBy.map((column) => `${name(column)} NULLS FIRST`).join(', ');
      const sort = (lines: string, sorted: string) =>
        connection.run(
          `COPY (
             SELECT ${names}
             FROM read_json(${quoted(lines)}, format = 'newline_delimited',
               columns = {${types.join(', ')}}, timestampformat = '%Y-%m-%dT%H:%M:%S.%gZ')
             ORDER BY ${order}, hash(${names})
           ) TO ${quoted(sorted)} ${AS_PARQUET}`,
        );
      if (jsonLines.length === 1 && jsonLines[0] !== undefined) await sort(jsonLines[0], parquet);
      else {
        const sorted = jsonLines.map((lines) => `${lines}.parquet`);
        for (const [n, lines] of jsonLines.entries()) await sort(lines, sorted[n] ?? '');
        await connection.run('SET preserve_insertion_order = true');
        await connection.run(
          `COPY (FROM read_parquet([${sorted.map(quoted).join(', ')}]))
           TO ${quoted(parquet)} ${AS_PARQUET}`,
        );
        await connection.run('SET preserve_insertion_order = false');
      }
      const required = columns.filter(([, column]) => !column.nullable).map(([column]) => column);
      const [rows = 0, ...missing] = await numbers(
        `SELECT count(*), ${required.map((column) => `count(*) - count(${name(column)})`).join(', ')}
         FROM read_parquet(${quoted(parquet)})`,
      );
      const without = required.filter((_, i) => missing[i] !== 0);
      if (without.length > 0) {
        throw new Error(`${table.name} has rows without a value for ${without.join(', ')}.`);
      }
      return rows;
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
