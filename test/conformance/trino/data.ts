import { DuckDBInstance } from '@duckdb/node-api';
import { readCurrent } from '../../../assistant/engine/duckdb/data-folder.ts';
import { databaseFile } from '../../../assistant/engine/duckdb/database.ts';
import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { DATABASE, relations } from '../../../collector/schema/relations.ts';
import { baseTables } from '../../../collector/schema/tables.ts';
import { trinoViews, viewDefinitions } from '../../../collector/schema/views.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { runOnTrino } from './client.ts';
import { load } from './load.ts';
import { nastyRows } from './nasty.ts';

/** The moment of the data. */
export const asOf = new Date('2026-11-23T10:30:00Z');

/** Collects a small Example Corp into a folder, adds the nasty rows, and puts all of it into Trino. */
export async function fillBoth(folder: string, url: string): Promise<void> {
  const corp = createExampleCorp({ seed: 7, asOf, accounts: 12 });
  await collect({
    aws: corp.api,
    store: folderStore(folder),
    clock: corp.now,
    origin: 'simulated',
    seed: 7,
    analyze: analyzeKey,
  });
  const file = await databaseFile(folder, await readCurrent(folder));
  const instance = await DuckDBInstance.create(file);
  try {
    const connection = await instance.connect();
    for (const statement of nastyRows()) await connection.run(statement);
    await runOnTrino(url, `CREATE SCHEMA memory.${DATABASE}`);
    for (const relation of relations.filter((r) => r.kind === 'table')) {
      const columns = Object.entries(relation.columns).map(([name, c]) => [name, c.type] as const);
      const target = `memory.${DATABASE}.${relation.name}`;
      await runOnTrino(
        url,
        `CREATE TABLE ${target} (${columns.map(([name, type]) => `"${name}" ${type}`).join(', ')})`,
      );
      const reader = await connection.runAndReadAll(
        `SELECT ${columns.map(([name]) => `"${name}"`).join(', ')} FROM ${DATABASE}.${relation.name}`,
      );
      await load(url, target, columns, reader.getRows());
    }
    await fillHistory(url, folder, (sql) => connection.run(sql));
    for (const view of viewDefinitions(trinoViews))
      await runOnTrino(url, `CREATE VIEW memory.${DATABASE}.${view.name} AS ${view.sql}`);
    await connection.run('CHECKPOINT');
    connection.closeSync();
  } finally {
    instance.closeSync();
  }
}

/** Two days of history, on both sides made of the tables as they are. */
async function fillHistory(
  url: string,
  folder: string,
  onDuckdb: (sql: string) => Promise<unknown>,
): Promise<void> {
  const { snapshotId } = await readCurrent(folder);
  for (const { name, columns } of baseTables) {
    const target = `${DATABASE}.${name}_history`;
    const names = Object.keys(columns)
      .map((c) => `"${c}"`)
      .join(', ');
    const select = (day: string) =>
      `SELECT ${names}, DATE '${day}' AS snapshot_date, '${snapshotId}' AS snapshot_id FROM ${DATABASE}.${name}`;
    await onDuckdb(`DELETE FROM ${target}`);
    for (const day of ['2026-11-22', '2026-11-23'])
      await onDuckdb(`INSERT INTO ${target} (${names}, snapshot_date, snapshot_id) ${select(day)}`);
    await runOnTrino(
      url,
      `CREATE TABLE memory.${target} AS ${['2026-11-22', '2026-11-23'].map((d) => select(d).replace(`${DATABASE}.`, `memory.${DATABASE}.`)).join(' UNION ALL ')}`,
    );
  }
}
