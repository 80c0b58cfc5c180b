import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { viewInput } from '../../collector/schema/catalog.ts';
import { duckdbTypes } from '../../collector/schema/duckdb.ts';
import { DATABASE, relations } from '../../collector/schema/relations.ts';
import { paths, snapshotOf } from '../../collector/schema/snapshot.ts';
import { baseTables } from '../../collector/schema/tables.ts';
import {
  storedTables,
  views,
  WORKSHOP_DATABASE,
  workshopViews,
} from '../../infra/data/glue-tables.ts';
import { collectInto, newFolder } from '../collector/collecting.ts';
import { fakeAws } from '../collector/fake-aws.ts';

/** How Hive spells what DuckDB wrote. */
const hiveOf: Readonly<Record<string, string>> = {
  VARCHAR: 'string',
  BOOLEAN: 'boolean',
  INTEGER: 'int',
  BIGINT: 'bigint',
  DOUBLE: 'double',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  'VARCHAR[]': 'array<string>',
  'MAP(VARCHAR, VARCHAR)': 'map<string,string>',
};

it('a table has the columns of the Parquet that the collector writes, in its place', async () => {
  expect(Object.keys(hiveOf).sort()).toEqual(Object.values(duckdbTypes).sort());
  const folder = await newFolder();
  const { manifest } = await collectInto(folder, {
    aws: fakeAws({ accounts: [{ id: '111122223333' }] }).api,
  });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const { name } of baseTables) {
    const stored = storedTables.find((table) => table.name === name);
    const file = paths.table(manifest.snapshotId, name);
    const rows = await connection.runAndReadAll(
      `DESCRIBE FROM read_parquet('${join(folder, file)}', hive_partitioning = false)`,
    );
    expect(stored?.columns, name).toEqual(
      rows.getRows().map(([column, type]) => ({ name: column, type: hiveOf[String(type)] })),
    );
    // A partition lies where Athena reckons it, and its object tells which snapshot it is of.
    const [partition] = stored?.partitionKeys ?? [];
    expect(file).toBe(
      `${stored?.folder}/${partition?.name}=${manifest.asOf.slice(0, 10)}/${manifest.snapshotId}.parquet`,
    );
    expect(snapshotOf(file)).toBe(manifest.snapshotId);
  }
});

it('the manifests lie alone in a folder of their own', () => {
  const folderOf = (name: string) => storedTables.find((table) => table.name === name)?.folder;
  expect(paths.manifest('20261123T000000Z-0123abcd')).toBe(
    `${folderOf('manifests')}/20261123T000000Z-0123abcd.json`,
  );
});

it.each([
  [DATABASE, views],
  [WORKSHOP_DATABASE, workshopViews],
])(
  '%s has every relation of the contract under each of its names, with its columns',
  (database, made) => {
    const expected = relations.flatMap(({ name, alsoKnownAs, columns }) =>
      [name, ...alsoKnownAs].map((n) => [n, Object.keys(columns)] as const),
    );
    expect(made.map((v) => [v.name, v.columns.map((c) => c.name)])).toEqual(expected);
    for (const view of made) {
      expect(view.database).toBe(database);
      const text =
        /^\/\* Presto View: ([\w+/=]+) \*\/$/.exec(viewInput(view).ViewOriginalText)?.[1] ?? '';
      const { originalSql, schema, columns } = JSON.parse(Buffer.from(text, 'base64').toString());
      expect({ originalSql, schema }).toEqual({ originalSql: view.sql, schema: database });
      expect(columns).toHaveLength(view.columns.length);
    }
  },
);
