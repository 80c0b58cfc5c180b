import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { athenaApi } from '../../../assistant/engine/athena/api.ts';
import { type AthenaEngine, openAthena } from '../../../assistant/engine/athena/athena.ts';
import { readAthenaSettings } from '../../../assistant/engine/athena/settings.ts';
import { openDuckdb } from '../../../assistant/engine/duckdb/duckdb.ts';
import type { Engine } from '../../../assistant/engine/engine.ts';
import { guard } from '../../../assistant/guard/guard.ts';
import { type AthenaServer, type Executor, startAthena } from '../aws/athena-server.ts';
import { athenaText, athenaType } from '../aws/athena-text.ts';
import { runOnTrino } from './client.ts';
import { ordersRows, rowDifference } from './compare.ts';
import { type ConformanceQuery, queries } from './queries/query.ts';
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

/**
 * Queries whose results hold arrays and maps, and of the others one for each list of types: what
 * DuckDB and Trino make of the rest is compared without Athena between them.
 */
function chosen(): readonly ConformanceQuery[] {
  const seen = new Set<string>();
  return suite.filter((q) => {
    if (q.fails || q.stops || (q.since ?? 0) > release) return false;
    const types = JSON.stringify(guardedColumns(q.sql));
    const isNew = !seen.has(types);
    seen.add(types);
    return isNew || /"(?:array|map)\(/.test(types);
  });
}

const guardedColumns = (sql: string) => {
  const result = guard(sql, { asOf: new Date(0), accountScope: null });
  return result.ok ? result.query.columns.map((c) => c.type) : [];
};

const checked = (sql: string, accounts: readonly string[] | null = null) => {
  const result = guard(sql, {
    asOf: new Date(duckdb.snapshot.asOf),
    accountScope: accounts,
    defaultLimit: 10_000,
  });
  if (!result.ok) throw new Error(`refused: ${result.error.message}`);
  return result.query;
};

/** What the suite may not have: the query around, its order, pages, and what JSON must keep apart. */
const own: readonly ConformanceQuery[] = queries('athena', {
  'DISTINCT with arrays, ordered by what is selected':
    'SELECT DISTINCT k.key_arn, k.aliases, k.concern_codes AS c FROM kms_keys k ORDER BY k.key_arn DESC',
  'a set operation with arrays, ordered by names':
    'SELECT key_arn AS arn, 1 AS n, aliases AS a FROM kms_keys UNION SELECT key_arn, 2, concern_codes FROM kms_keys ORDER BY n DESC, arn',
  'arrays of arrays, empty arrays and nulls':
    "SELECT n, a FROM (VALUES (1, ARRAY[ARRAY['a, b'], ARRAY[], NULL]), (2, ARRAY[]), (3, NULL)) AS t (n, a) ORDER BY n",
  'texts that the ambiguous form would confuse': `VALUES (1, ARRAY['a, b']), (2, ARRAY['a', 'b']), (3, ARRAY['null']), (4, ARRAY[NULL]), (5, ARRAY['']), (6, ARRAY['"', '\\', '}', '{a=b}', 'x''y', '\n', '😀', '日本'])`,
  'keys and values that the ambiguous form would confuse':
    "SELECT map_agg(k, v) AS m FROM (VALUES ('a=b', 'x, y'), ('c', NULL), ('__proto__', '}'), ('10', ''), ('9', 'null'), ('', '\"')) AS t (k, v)",
  'numbers in arrays':
    "SELECT ARRAY[9007199254740993, -9223372036854775807, 0] AS big, ARRAY[1e300, -0.5e0, CAST('NaN' AS double), CAST('-Infinity' AS double)] AS d, ARRAY[1.50, 0.05] AS dec, ARRAY[true, NULL] AS b",
  'days and moments in arrays':
    "SELECT ARRAY[DATE '2024-02-29', NULL] AS days, ARRAY[TIMESTAMP '2024-02-29 01:02:03.004'] AS moments",
  'days and moments as keys, also inside':
    "SELECT histogram(d) AS h, map_agg(m, ARRAY[d]) AS a, array_agg(n) AS n FROM (SELECT d, m, histogram(d) AS n FROM (VALUES (DATE '2024-02-29', TIMESTAMP '2024-02-29 01:02:03.004')) AS t (d, m) GROUP BY d, m) AS q",
  'numbers as keys':
    'SELECT map_agg(i, ARRAY[d]) AS i, map_agg(i = 1, i) AS b FROM (VALUES (1, 0.50), (2, 2.25)) AS t (i, d)',
  'several pages, in order':
    'SELECT k.key_arn, p.principal, p.actions, k.tags FROM kms_keys k JOIN key_permissions p ON p.key_arn = k.key_arn ORDER BY k.key_arn, p.principal, p.statement_index, p.source, p.sid, p.grant_id',
});

describe('a query gives on Athena what it gives on DuckDB', () => {
  it.each([...own, ...chosen()])('$name', async (q) => {
    const query = checked(q.sql, q.accounts);
    const there = await athena.runUnconfirmed(query);
    const here = await duckdb.run(query);
    const isOrdered = !q.ties && ordersRows(query.trino);
    expect(rowDifference(here.rows, there.rows, isOrdered)).toBeNull();
  });

  it.each([
    [
      'a division by zero',
      'SELECT 1 / (cardinality(aliases) - cardinality(aliases)) AS x FROM kms_keys',
    ],
    ['a text that is no number', "SELECT CAST(key_id || 'x' AS bigint) AS x FROM kms_keys"],
  ])('fails on both with %s', async (_, sql) => {
    await expect(athena.run(checked(sql))).rejects.toMatchObject({ code: 'FAILED' });
    await expect(duckdb.run(checked(sql))).rejects.toMatchObject({ code: 'FAILED' });
  });

  it('is over the snapshot that the tables hold', () => {
    expect(athena.snapshot.snapshotId).toBe(duckdb.snapshot.snapshotId);
    expect(athena.snapshot.asOf).toBe(duckdb.snapshot.asOf);
  });
});
