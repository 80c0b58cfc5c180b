import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { keyUsage } from '../../../collector/schema/tables.ts';
import { openParquetWriter } from '../../../collector/snapshot/parquet.ts';
import { newFolder } from '../collecting.ts';

const row = (n: number) =>
  JSON.stringify({
    account_id: '111122223333',
    region: 'eu-central-1',
    key_id: `key-${String(n).padStart(8, '0')}`,
    key_arn: `arn-${n}`,
    operation: n % 2 === 0 ? 'Decrypt' : 'Encrypt',
    category: 'CRYPTO',
    last_event_at: '2026-11-01T10:00:00.000Z',
    encryption_context: {},
    source: 'CLOUDTRAIL',
  });

/** In the order in which the file has them. */
async function rowsIn(parquet: string) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(`FROM read_parquet('${parquet}')`)).getRowsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

it('rows in several files become the same table as in one, in whatever order each file has them', async () => {
  const folder = await newFolder();
  const numbers = Array.from({ length: 30_000 }, (_, n) => n);
  const write = async (name: string, files: readonly (readonly number[])[]) => {
    const paths = files.map((_, n) => join(folder, `${name}-${n}.jsonl`));
    for (const [n, file] of files.entries()) {
      await writeFile(paths[n] ?? '', file.map((number) => `${row(number)}\n`).join(''));
    }
    const writer = await openParquetWriter(folder);
    const parquet = join(folder, `${name}.parquet`);
    expect(await writer.write(keyUsage, paths, parquet)).toBe(numbers.length);
    writer.close();
    return rowsIn(parquet);
  };
  const pieces = [numbers.slice(0, 7), numbers.slice(7, 21_000), numbers.slice(21_000)];
  const whole = await write('whole', [numbers]);
  expect(
    await write(
      'pieces',
      pieces.map((piece) => [...piece].reverse()),
    ),
  ).toEqual(whole);
});
