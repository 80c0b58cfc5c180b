import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLocked } from '../../../assistant/engine/duckdb/instance.ts';
import { type Bounds, run } from '../../../assistant/engine/duckdb/run.ts';
import type { CheckedQuery } from '../../../assistant/guard/types.ts';

const roomy: Bounds = { timeoutMs: 20_000, maxBytes: 20_000_000, maxGrowth: 3_000_000_000 };

let folder: string;
let instance: DuckDBInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'duckdb-'));
  const file = join(folder, 'data.duckdb');
  const making = await DuckDBInstance.create(file);
  const connection = await making.connect();
  await connection.run(
    "CREATE TABLE t AS SELECT i AS id, repeat('x', 8000) || i AS p, ['a', 'b', 'c'] AS a FROM range(3000) r(i)",
  );
  connection.closeSync();
  making.closeSync();
  await writeFile(join(folder, 'secret.csv'), 'secret\nvalue\n');
  instance = await openLocked(file, { threads: 2, memoryLimit: '300MB' });
}, 60_000);

afterAll(async () => {
  instance.closeSync();
  await rm(folder, { recursive: true, force: true });
});

/** SQL that no guard has seen, as if one had let it through. */
const ask = (duckdb: string, bounds: Partial<Bounds> = {}, signal?: AbortSignal) =>
  run(instance, { duckdb } as unknown as CheckedQuery, { ...roomy, ...bounds }, signal);

describe('a query that slipped past the guard has nothing to reach', () => {
  it.each([
    ["SELECT * FROM read_csv('FOLDER/secret.csv')"],
    ["SELECT * FROM 'FOLDER/secret.csv'"],
    ["SELECT * FROM read_text('FOLDER/secret.csv')"],
    ["SELECT * FROM read_blob('/etc/passwd')"],
    ["SELECT * FROM glob('FOLDER/*')"],
    ["SELECT * FROM read_parquet('https://example.com/x.parquet')"],
    ["COPY t TO 'FOLDER/out.csv'"],
    ["COPY (SELECT 1) TO 'FOLDER/out.parquet'"],
    ["EXPORT DATABASE 'FOLDER/out'"],
    ["ATTACH 'FOLDER/other.duckdb' AS other"],
    ["ATTACH ':memory:' AS other"],
    ['INSTALL httpfs'],
    ['LOAD httpfs'],
    ["LOAD 'FOLDER/x.duckdb_extension'"],
    ["CREATE PERSISTENT SECRET s (TYPE s3, KEY_ID 'x', SECRET 'y')"],
    ['SET enable_external_access = true'],
    ['SET lock_configuration = false'],
    ["SET memory_limit = '100GB'"],
    ['SET threads = 64'],
    ["SET temp_directory = 'FOLDER'"],
    ['RESET memory_limit'],
    ['CREATE TABLE x AS SELECT 1'],
    ['INSERT INTO t SELECT * FROM t'],
    ['UPDATE t SET id = 0'],
    ['DELETE FROM t'],
    ['DROP TABLE t'],
  ])('%s', async (sql) => {
    const before = await readFile(join(folder, 'data.duckdb'));
    const files = await readdir(folder);
    await expect(ask(sql.replaceAll('FOLDER', folder))).rejects.toMatchObject({ code: 'FAILED' });
    expect((await readFile(join(folder, 'data.duckdb'))).equals(before)).toBe(true);
    expect(await readdir(folder)).toEqual(files);
  });
});

/** Queries that would run for hours or fill any memory. */
const runaways: readonly (readonly [string, string])[] = [
  [
    'a join of all with all',
    'SELECT count(*) FROM t a, t b, t c, t d WHERE a.p || b.p <> c.p || d.p',
  ],
  ['a sort of such a join', 'SELECT a.p FROM t a, t b, t c ORDER BY a.p || b.p || c.p'],
  [
    'texts joined over and over',
    `SELECT max(length(${Array(12).fill('p').join(' || ')})) FROM t, range(100000)`,
  ],
  [
    'a text replaced by a longer one',
    "SELECT max(length(replace(p, 'x', 'xxxxxxxxxx'))) FROM t, range(100000)",
  ],
  ['a text padded', "SELECT sum(length(lpad(p, 20000, 'y'))) FROM t, range(100000)"],
  ['a text repeated', 'SELECT sum(length(repeat(p, 5))) FROM t, range(100000)'],
  ['all texts aggregated', "SELECT length(string_agg(a.p, ',' ORDER BY a.p)) FROM t a, t b"],
  ['all texts in one array', 'SELECT len(list(a.p)) FROM t a, t b'],
  [
    'arrays joined to texts',
    "SELECT max(length(array_to_string(list_transform(range(1000), lambda i: p), ','))) FROM t LIMIT 1",
  ],
  [
    'lambdas in lambdas',
    'SELECT max(len(list_transform(range(1000), lambda a: len(list_filter(range(300), lambda b: (a * b) % 7 = id % 7))))) FROM t, range(1000)',
  ],
  [
    'a pattern that goes back',
    "SELECT count(*) FROM t, range(100000) r(i) WHERE regexp_matches(p || i, '(x+x+)+y')",
  ],
  [
    'numbers without end',
    'SELECT sum(a.range * b.range) FROM range(100000000) a, range(100000000) b',
  ],
];

describe('a query that runs away is stopped, and the next one runs', () => {
  it.each(runaways)('%s', async (_name, sql) => {
    const before = process.memoryUsage.rss();
    const started = performance.now();
    await expect(ask(sql, { timeoutMs: 700, maxGrowth: 800_000_000 })).rejects.toMatchObject({
      code: expect.stringMatching(/^(TIMEOUT|OUT_OF_MEMORY)$/),
    });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(2_000_000_000);
    const { rows } = await ask('SELECT count(*) FROM t');
    expect(rows).toEqual([[3000]]);
  });

  it('and the memory does not grow with every one of them', async () => {
    const sql = runaways[3]?.[1] ?? '';
    const grown: number[] = [];
    for (let i = 0; i < 6; i++) {
      await ask(sql, { timeoutMs: 300, maxGrowth: 800_000_000 }).catch(() => {});
      grown.push(process.memoryUsage.rss());
    }
    expect(grown.at(-1)).toBeLessThan((grown[1] ?? 0) + 800_000_000);
  });

  it('also when it is stopped from outside', async () => {
    const leaving = new AbortController();
    const answer = ask(runaways[0]?.[1] ?? '', {}, leaving.signal);
    setTimeout(() => leaving.abort(), 100);
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(ask('SELECT 1', {}, AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect((await ask('SELECT 1')).rows).toEqual([[1]]);
  });

  it('while others go on', async () => {
    const [first, second] = await Promise.allSettled([
      ask(runaways[0]?.[1] ?? '', { timeoutMs: 300 }),
      ask('SELECT count(*) FROM t a JOIN t b USING (id)'),
    ]);
    expect(first.status).toBe('rejected');
    expect(second).toMatchObject({ status: 'fulfilled', value: { rows: [[3000]] } });
  });
});

describe('a result that is too large', () => {
  it('ends before the row that is too much, and says so', async () => {
    const result = await ask('SELECT id, p FROM t ORDER BY id', { maxBytes: 1_000_000 });
    expect(result.truncated).toBe(true);
    expect(result.rows.length).toBeGreaterThan(100);
    expect(JSON.stringify(result.rows).length).toBeLessThan(1_010_000);
    expect(result.rows.map((r) => r[0])).toEqual(result.rows.map((_, i) => i));
  });

  it('counts what stands in arrays and maps', async () => {
    const { rows, truncated } = await ask('SELECT [p, p], MAP {p: p} FROM t', {
      maxBytes: 100_000,
    });
    expect([rows.length, truncated]).toEqual([3, true]);
  });

  it('is given whole when it is not', async () => {
    const { rows, truncated } = await ask('SELECT id FROM t');
    expect([rows.length, truncated]).toEqual([3000, false]);
  });
});
