import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { athenaApi } from '../../../assistant/engine/athena/api.ts';
import { type AthenaEngine, openAthena } from '../../../assistant/engine/athena/athena.ts';
import { readAthenaSettings } from '../../../assistant/engine/athena/settings.ts';
import { openDuckdb } from '../../../assistant/engine/duckdb/duckdb.ts';
import { type Engine, EngineError } from '../../../assistant/engine/engine.ts';
import { guard } from '../../../assistant/guard/guard.ts';
import { type AthenaServer, type Executor, startAthena } from '../aws/athena-server.ts';
import { athenaText, athenaType } from '../aws/athena-text.ts';
import { runOnTrino } from './client.ts';
import { ordersRows, rowDifference } from './compare.ts';
import { suite } from './queries/suite.ts';

/**
 * The Athena engine with the SDK's real client, against a server that speaks Athena's protocol and
 * runs what it is sent on a real Trino: the text must be Trino's, and the rows those of DuckDB.
 */

const { url, folder, release } = inject('trino');

const onTrino: Executor = async (sql, database) => {
  const { columns, rows } = await runOnTrino(url, sql, database);
  return {
    columns: columns.map(({ name, type }) => ({ name, type: athenaType(type) })),
    rows: rows.map((row) =>
      row.map((value, i) => athenaText(value, athenaType(columns[i]?.type ?? ''))),
    ),
  };
};

let server: AthenaServer;
let athena: AthenaEngine;
let duckdb: Engine;
const before = { ...process.env };

beforeAll(async () => {
  server = await startAthena({ execute: onTrino });
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL_ATHENA: server.url,
    KMS_INSIGHTS_ATHENA_POLL_FIRST_MS: '10',
    KMS_INSIGHTS_ATHENA_POLL_LONGEST_MS: '50',
  });
  const read = readAthenaSettings(process.env);
  if (!read.ok) throw new Error(read.message);
  athena = await openAthena(athenaApi(undefined), read.settings);
  duckdb = await openDuckdb(folder);
});
afterAll(async () => {
  await athena?.close();
  await duckdb?.close();
  await server?.stop();
  process.env = before;
});

const checked = (sql: string, accounts: readonly string[] | null = null) => {
  const result = guard(sql, {
    asOf: new Date(duckdb.snapshot.asOf),
    accountScope: accounts,
    defaultLimit: 10_000,
  });
  if (!result.ok) throw new Error(`refused: ${result.error.message}`);
  return result.query;
};

const isStructured = (sql: string) => /"(?:array|map)\(/.test(JSON.stringify(checked(sql).columns));

describe('a query gives on Athena what it gives on DuckDB', () => {
  it.each(suite.filter((q) => (q.since ?? 0) <= release && !q.stops))('$name', async (q) => {
    const query = checked(q.sql, q.accounts);
    if (q.fails) {
      await expect(athena.runUnconfirmed(query)).rejects.toBeInstanceOf(EngineError);
      return;
    }
    const there = await athena.runUnconfirmed(query);
    const here = await duckdb.run(query);
    const isOrdered = !q.ties && ordersRows(query.trino);
    expect(rowDifference(here.rows, there.rows, isOrdered)).toBeNull();
  });

  it('has queries whose results hold arrays and maps among them', () => {
    const structured = suite.filter((q) => !q.fails && isStructured(q.sql));
    expect(structured.length).toBeGreaterThan(20);
  });
});
