import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readCurrent } from '../../../assistant/engine/duckdb/data-folder.ts';
import { databaseFile } from '../../../assistant/engine/duckdb/database.ts';
import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { currentSnapshotView } from '../../../collector/schema/catalog.ts';
import { relations } from '../../../collector/schema/relations.ts';
import { paths } from '../../../collector/schema/snapshot.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { storedTables, views, workshopViews } from '../../../infra/data/glue-tables.ts';
import { runOnTrino } from './client.ts';

/**
 * The tables and views of the data stack, over the files that the collector wrote. Partitions are told to
 * Trino one by one: this release does not reckon them as Athena does.
 */

const { url } = inject('trino');
const onHive = (sql: string) => runOnTrino(url, sql, 'kms_insights', 'hive');
const trinoTypes: Readonly<Record<string, string>> = {
  string: 'varchar',
  int: 'integer',
  'array<string>': 'array(varchar)',
  'map<string,string>': 'map(varchar, varchar)',
};

let folder = '';
const ids: string[] = [];

const collectOn = async (moment: string) => {
  const corp = createExampleCorp({ seed: 5, asOf: new Date(moment), accounts: 8 });
  const { manifest } = await collect({
    aws: corp.api,
    store: folderStore(folder),
    clock: corp.now,
    origin: 'simulated',
    seed: 5,
    analyze: analyzeKey,
  });
  ids.push(manifest.snapshotId);
};
const makeCatalog = async () => {
  for (const database of new Set(
    [...storedTables, ...views, ...workshopViews].map((t) => t.database),
  ))
    await onHive(`CREATE SCHEMA IF NOT EXISTS hive.${database}`);
  for (const { database, name, columns, partitionKeys, format, folder: below } of storedTables) {
    const all = [...columns, ...partitionKeys].map(
      (c) => `"${c.name}" ${trinoTypes[c.type] ?? c.type}`,
    );
    const keys = partitionKeys.map((c) => `'${c.name}'`).join(', ');
    await onHive(`CREATE TABLE ${database}.${name} (${all.join(', ')}) WITH (
      external_location = 'file://${join(folder, below)}', format = '${format.toUpperCase()}'
      ${keys === '' ? '' : `, partitioned_by = ARRAY[${keys}]`})`);
  }
  await learnDays();
  await pointTo(ids[4] ?? '');
  for (const { database, name, sql } of [...views, ...workshopViews])
    await onHive(`CREATE VIEW ${database}.${name} AS ${sql}`);
};
/** As the collector does it by the AWS Glue API. */
const pointTo = async (snapshotId: string) => {
  const { database, name, sql } = currentSnapshotView(snapshotId);
  await onHive(`CREATE OR REPLACE VIEW ${database}.${name} AS ${sql}`);
};
const learnDays = async () => {
  for (const { database, name, partitionKeys } of storedTables)
    if (partitionKeys.length > 0)
      await onHive(`CALL system.sync_partition_metadata('${database}', '${name}', 'FULL')`);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-insights-catalog-'));
  for (const moment of [
    '20T06:00:00Z',
    '21T06:00:00Z',
    '21T18:00:00Z',
    '22T06:00:00Z',
    '23T06:00:00Z',
  ])
    await collectOn(`2026-11-${moment}`);
  await makeCatalog();
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** How many rows, and for each column how many values and the least and the greatest, as text. */
const summary = (relation: (typeof relations)[number], from: string) => {
  const columns = Object.entries(relation.columns).flatMap(([name, { type }]) =>
    ['varchar', 'boolean', 'integer', 'bigint', 'date'].includes(type)
      ? [`count("${name}")`, `min(CAST("${name}" AS varchar))`, `max(CAST("${name}" AS varchar))`]
      : [`count("${name}")`],
  );
  return `SELECT count(*), ${columns.join(', ')} FROM ${from}`;
};

describe('the tables and views of the data stack', () => {
  it('give what the embedded engine reads of the same folder', async () => {
    const file = await databaseFile(folder, await readCurrent(folder));
    const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
    try {
      const connection = await instance.connect();
      for (const relation of relations) {
        const sql = summary(relation, `kms_insights.${relation.name}`);
        const ours = (await connection.runAndReadAll(sql)).getRows()[0]?.map((v) => v && String(v));
        const theirs = (await onHive(sql)).rows[0]?.map((v) => v && String(v));
        expect(theirs, relation.name).toEqual(ours);
        expect(Number(theirs?.[0]), relation.name).toBeGreaterThan(0);
      }
      connection.closeSync();
    } finally {
      instance.closeSync();
    }
  });

  it('show of each day the last snapshot', async () => {
    const { rows } = await onHive(
      'SELECT DISTINCT CAST(snapshot_date AS varchar), snapshot_id FROM kms_keys_history ORDER BY 1',
    );
    expect(rows).toEqual(
      [ids[0], ids[2], ids[3], ids[4]].map((id) => [`2026-11-${id?.slice(6, 8)}`, id]),
    );
  });

  it('answer under the names of the workshop', async () => {
    const count = async (name: string) =>
      (await onHive(`SELECT count(*) FROM ${name}`)).rows[0]?.[0];
    expect(await count('kms_insights_database.view_kms_insights_data')).toBe(
      await count('kms_insights.kms_insights_view'),
    );
  });

  it('are switched together in one step, and read no other day', async () => {
    const days = async () =>
      (
        await onHive(
          `SELECT (SELECT CAST(max(collected_at) AS date) FROM kms_keys) FROM accounts LIMIT 1`,
        )
      ).rows[0]?.[0];
    expect(await days()).toBe('2026-11-23');
    await pointTo(ids[3] ?? '');
    expect(await days()).toBe('2026-11-22');
    // What comes after it does not count.
    const { rows } = await onHive('SELECT max(snapshot_id) FROM accounts_history');
    expect(rows).toEqual([[ids[3]]]);
    // An object of another day that was read would end the query.
    for (const id of [ids[0], ids[1], ids[2], ids[4]])
      await writeFile(join(folder, paths.table(id ?? '', 'kms_keys')), 'no Parquet');
    expect(await days()).toBe('2026-11-22');
    for (let n = 0; n < 20; n++) expect(await days()).toBe('2026-11-22');
    await expect(onHive('SELECT count(description) FROM kms_keys_history')).rejects.toThrow();
  });
});
