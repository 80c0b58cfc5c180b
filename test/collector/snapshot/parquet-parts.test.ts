import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openParquetParts } from '../../../collector/snapshot/parquet-parts.ts';
import { newFolder } from '../collecting.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  connection = await instance.connect();
  await connection.run('SET enable_external_file_cache = false');
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

const account = (n: number) => String(100000000000 + n);

/** 60 accounts with 3,000 rows each, in row groups of 2,048. */
async function stored() {
  const file = join(await newFolder(), 'usage.parquet');
  await connection.run(
    `COPY (
       SELECT CAST(100000000000 + n // 3000 AS VARCHAR) AS account_id,
         IF(n % 3000 < 1000, 'eu-central-1', 'us-east-1') AS region,
         printf('key-%08d', n) AS key_id, md5(CAST(n AS VARCHAR)) AS filler
       FROM range(180000) AS t (n) ORDER BY ALL
     ) TO '${file}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)`,
  );
  const { size } = await stat(file);
  const content = await readFile(file);
  let read = 0;
  const range = async (from: number, to: number) => {
    read += to - from;
    return content.subarray(from, to);
  };
  return { content, size, range, read: () => read };
}

const rows = async (file: string, where: string) =>
  (
    await connection.runAndReadAll(`FROM read_parquet('${file}') WHERE ${where} ORDER BY ALL`)
  ).getRowsJson();

describe('a stored Parquet file', () => {
  it.each<[string, number, string, [number, number]]>([
    ['an account and Region', 17, 'us-east-1', [0, 99_999_999]],
    ['some keys of it', 17, 'us-east-1', [52_500, 52_600]],
    ['the first account', 0, 'eu-central-1', [0, 99_999_999]],
    ['the last account', 59, 'us-east-1', [0, 99_999_999]],
    ['an account that is not in it', 99, 'us-east-1', [0, 99_999_999]],
  ])('is read in part, with all the rows of %s', async (_, n, region, [from, to]) => {
    const { content, size, range, read } = await stored();
    const folder = await newFolder();
    const parts = await openParquetParts(connection, range, size, join(folder, 'parts.parquet'));
    const [first, last] = [from, to].map((key) => `key-${String(key).padStart(8, '0')}`);
    await parts.bring(account(n), region, { first: first ?? '', last: last ?? '' });
    const where = `account_id = '${account(n)}' AND region = '${region}' AND key_id BETWEEN '${first}' AND '${last}'`;
    const whole = join(folder, 'whole.parquet');
    await writeFile(whole, content);
    const expected = await rows(whole, where);
    expect(await rows(parts.file, where)).toEqual(expected);
    expect(expected.length > 0).toBe(n < 60);
    expect(read()).toBeLessThan(size / 4);
    await parts.close();
  });

  it('is brought once, however often it is asked for', async () => {
    const { size, range, read } = await stored();
    const parts = await openParquetParts(
      connection,
      range,
      size,
      join(await newFolder(), 'parts.parquet'),
    );
    const ask = () => parts.bring(account(3), 'us-east-1', { first: '', last: 'z' });
    await Promise.all([ask(), ask()]);
    const once = read();
    await ask();
    expect(read()).toBe(once);
    await parts.close();
  });

  it.each<[string, (content: Buffer) => Buffer]>([
    ['is cut off', (content) => content.subarray(0, -100)],
    ['is no Parquet file', (content) => Buffer.alloc(content.length, 'x')],
    ['is empty', () => Buffer.alloc(0)],
  ])('that %s is refused', async (_, damage) => {
    const { content, size } = await stored();
    const damaged = damage(content);
    const opening = openParquetParts(
      connection,
      async (from, to) => damaged.subarray(from, to),
      size,
      join(await newFolder(), 'parts.parquet'),
    );
    await expect(opening).rejects.toThrow();
  });
});
