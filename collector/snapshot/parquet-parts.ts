import { open } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';

/**
 * A stored Parquet file of which only some row groups are brought here: the file that stands for it
 * has every byte at its place, and holes where nothing was asked for.
 */
export interface ParquetParts {
  /** The local file. Rows outside of what was brought must not be read. */
  readonly file: string;
  /** Brings the row groups that may hold rows of an account, a Region, and a range of key ids. */
  readonly bring: (accountId: string, region: string, keys: KeyRange) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Key ids from the first to the last, both included. */
export interface KeyRange {
  readonly first: string;
  readonly last: string;
}

interface RowGroup {
  readonly from: number;
  readonly to: number;
  /** The least and the greatest value by column; a column without them may hold anything. */
  readonly bounds: Readonly<Record<string, readonly [least: string, greatest: string] | null>>;
  brought?: Promise<void>;
}

/** The end of a file is brought so far at once; it describes the rest. */
const TAIL_BYTES = 65_536;
/** The length of the description and the mark of the format, at the very end. */
const END_BYTES = 8;

/**
 * Opens a stored Parquet file that is sorted by account, Region and key.
 *
 * @param read gives the bytes from one place up to another
 * @param file where to make the local file
 */
export async function openParquetParts(
  connection: DuckDBConnection,
  read: (from: number, to: number) => Promise<Uint8Array>,
  bytes: number,
  file: string,
): Promise<ParquetParts> {
  const handle = await open(file, 'w+');
  const bring = async (from: number, to: number): Promise<Uint8Array> => {
    const content = await read(from, to);
    if (content.length !== to - from) throw new Error('The file is shorter than it should be.');
    await handle.write(content, 0, content.length, from);
    return content;
  };
  try {
    await handle.truncate(bytes);
    const tail = Math.max(0, bytes - TAIL_BYTES);
    const end = Buffer.from(await bring(tail, bytes));
    const described = bytes - END_BYTES - end.readUInt32LE(end.length - END_BYTES);
    if (described < 0) throw new Error('The file is no Parquet file.');
    if (described < tail) await bring(described, tail);
    const groups = await rowGroups(connection, file);
    // Between the rows and their description there may be indexes, which readers trust.
    const rowsEnd = Math.max(0, ...groups.map((group) => group.to));
    const known = Math.min(described, tail);
    if (rowsEnd < known) await bring(rowsEnd, known);
    return {
      file,
      bring: async (accountId, region, { first, last }) => {
        const wanted = groups.filter(
          ({ bounds }) =>
            overlaps(bounds.account_id, accountId, accountId) &&
            // The next column is in order only where the one before has one value.
            (!isOne(bounds.account_id) ||
              (overlaps(bounds.region, region, region) &&
                (!isOne(bounds.region) || overlaps(bounds.key_id, first, last)))),
        );
        await Promise.all(
          wanted.map((group) => {
            group.brought ??= bring(group.from, group.to).then(() => undefined);
            return group.brought;
          }),
        );
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

type Bounds = readonly [least: string, greatest: string] | null | undefined;

const overlaps = (bounds: Bounds, first: string, last: string) =>
  !bounds || (bounds[0] <= last && bounds[1] >= first);

const isOne = (bounds: Bounds) => bounds?.[0] === bounds?.[1] && !!bounds;

async function rowGroups(connection: DuckDBConnection, file: string): Promise<readonly RowGroup[]> {
  const reader = await connection.runAndReadAll(
    `SELECT min(coalesce(dictionary_page_offset, data_page_offset)) AS "from",
       "from" + sum(total_compressed_size) AS "to",
       map(list(path_in_schema), list([stats_min_value, stats_max_value])) AS bounds
     FROM parquet_metadata('${file.replaceAll("'", "''")}')
     GROUP BY row_group_id ORDER BY row_group_id`,
  );
  return reader.getRowObjectsJson().map((row) => ({
    from: Number(row.from),
    to: Number(row.to),
    bounds: Object.fromEntries(
      (row.bounds as unknown as { key: string; value: [string | null, string | null] }[]).map(
        ({ key, value: [least, greatest] }) => [
          key,
          least === null || greatest === null ? null : ([least, greatest] as const),
        ],
      ),
    ),
  }));
}
