import { DuckDBInstance } from '@duckdb/node-api';
import { duckdbTypes } from '../schema/duckdb.ts';
import type { Column, Table } from '../schema/types.ts';

/** Turns JSON lines into Parquet with exactly the columns of the contract. */
export interface ParquetWriter {
  /**
   * Writes the rows of a table in their order, and counts what can be read back. Throws when a row
   * does not fit the contract: a value of another type, or none where one is required.
   */
  readonly write: (table: Table, jsonLines: string, parquet: string) => Promise<number>;
  readonly close: () => void;
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const name = (column: string) => `"${column}"`;

/**
 * Opens a writer. `scratch` is a local folder for what does not fit in memory.
 *
 * Rows are ordered by the table's `sortBy` and then by a hash of the whole row, so that the same rows
 * give the same file, in whatever order they were read.
 */
export async function openParquetWriter(scratch: string): Promise<ParquetWriter> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '512MB',
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
      await connection.run(
        `COPY (
           SELECT ${names}
           FROM read_json(${quoted(jsonLines)}, format = 'newline_delimited',
             columns = {${types.join(', ')}}, timestampformat = '%Y-%m-%dT%H:%M:%S.%gZ')
           ORDER BY ${order}, hash(${names})
         ) TO ${quoted(parquet)} (FORMAT parquet, COMPRESSION zstd)`,
      );
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
