import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Readings } from '../../../../assistant/assistant.ts';
import { openAthenaAssistant } from '../../../../assistant/athena.ts';
import { main } from '../../../../assistant/cli/main.ts';
import { athenaApi } from '../../../../assistant/engine/athena/api.ts';
import { openAthena } from '../../../../assistant/engine/athena/athena.ts';
import { openDuckdb } from '../../../../assistant/engine/duckdb/duckdb.ts';
import type { Engine } from '../../../../assistant/engine/engine.ts';
import type { KeptReadings } from '../../../../assistant/kept-readings.ts';
import { folderRecords } from '../../../../assistant/records.ts';
import { collect } from '../../../../collector/pipeline.ts';
import { analyzeKey } from '../../../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../../collector/snapshot/folder-store.ts';
import type { AthenaServer } from '../../../conformance/aws/athena-server.ts';
import { duckdbExecutor } from '../../../conformance/aws/duckdb-executor.ts';
import { captureConsole } from '../../captured-console.ts';
import { accept } from '../../guard/database.ts';
import { athena, settings } from './loopback.ts';

/** The whole assistant over an Athena on this machine that holds a small Example Corp. */

const DAYS = ['2026-11-22', '2026-11-23'] as const;
const folders: string[] = [];
const engines: Engine[] = [];

beforeAll(async () => {
  for (const day of DAYS) {
    const folder = await mkdtemp(join(tmpdir(), 'kms-insights-athena-'));
    folders.push(folder);
    const corp = createExampleCorp({ seed: 5, asOf: new Date(`${day}T06:00:00Z`), accounts: 12 });
    await collect({
      aws: corp.api,
      store: folderStore(folder),
      clock: corp.now,
      origin: 'simulated',
      seed: 5,
      analyze: analyzeKey,
    });
    engines.push(await openDuckdb(folder));
  }
}, 60_000);
afterAll(async () => {
  for (const engine of engines) await engine.close();
  for (const folder of folders) await rm(folder, { recursive: true });
});

const [older, newer] = [() => engines[0] as Engine, () => engines[1] as Engine];

describe('the command line over Athena', () => {
  const { out, err, clear } = captureConsole();
  let server: AthenaServer;
  beforeEach(async () => {
    process.env.KMS_INSIGHTS_ATHENA_POLL_FIRST_MS = '10';
    process.env.KMS_INSIGHTS_ATHENA_POLL_LONGEST_MS = '20';
    server = await athena({ execute: duckdbExecutor(newer), scannedBytes: 30_000_000 });
  });

  const run = async (...args: string[]) => {
    clear();
    const exit = await main([...args, '--data', folders[1] ?? '']);
    return { exit, json: out[0] === undefined ? null : JSON.parse(out[0]) };
  };

  it.each([
    'SELECT * FROM kms_keys ORDER BY key_arn LIMIT 50',
    'SELECT key_arn, tags, aliases, days_unused, last_used_at FROM kms_keys ORDER BY key_state DESC, days_unused NULLS FIRST, key_arn',
    'SELECT DISTINCT concern_codes, region FROM kms_keys ORDER BY region',
    'SELECT key_manager, array_agg(DISTINCT region ORDER BY region) AS regions, avg(monthly_cost_usd) AS cost, count(*) AS n FROM kms_keys GROUP BY key_manager',
    'SELECT snapshot_date, snapshot_id, count(*) AS n FROM kms_keys_history GROUP BY snapshot_date, snapshot_id',
    'SELECT keyid, concern, creationdate, eventtime FROM kms_insights_view ORDER BY keyid, sid, principal',
    `SELECT ARRAY['a, b', '', NULL, 'null', '}{][="\\', 'x''y', '😀 日本', 'AS JSON))'] AS a, '' AS empty, CAST(NULL AS varchar) AS nothing, 9007199254740993 AS large, CAST(0.1 AS decimal(5, 2)) AS d, 1e10 AS e, DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 01:02:03.004' AS moment`,
  ])('gives with sql what the data folder gives: %s', async (sql) => {
    const there = await run('sql', '--json', '--engine', 'athena', sql);
    const here = await run('sql', '--json', sql);
    expect(there.exit).toBe(0);
    expect(there.json.columns).toEqual(here.json.columns);
    if (/ORDER BY key/.test(sql)) expect(there.json.rows).toEqual(here.json.rows);
    expect(there.json.resultHash).toBe(here.json.resultHash);
    expect(here.json.rowCount).toBeGreaterThan(0);
  });

  it('answers with ask what the data folder answers, with what it cost', async () => {
    const question = 'Which keys have external access and were unused for 90 days?';
    const there = await run('ask', '--json', '--engine', 'athena', question);
    const here = await run('ask', '--json', question);
    expect(there.exit).toBe(0);
    const same = ['status', 'interpretation', 'sql', 'columns', 'summary', 'rowCount', 'notes'];
    for (const key of same) expect(there.json[key], key).toEqual(here.json[key]);
    const { evidence } = there.json;
    expect(evidence).toMatchObject({
      engine: 'athena',
      snapshotId: here.json.evidence.snapshotId,
      asOf: here.json.evidence.asOf,
      resultHash: here.json.evidence.resultHash,
      coverage: here.json.evidence.coverage,
      coverageText: here.json.evidence.coverageText,
      // The query, and the look afterwards whether the snapshot is still in force.
      scannedBytes: 60_000_000,
      costUsd: expect.closeTo((58 / 2 ** 20) * 5, 10),
      reusedResult: false,
    });
    expect(server.states().every((state) => state === 'SUCCEEDED')).toBe(true);
    const started = server.calls('StartQueryExecution').map((body) => body.QueryString);
    expect(started.some((sql) => sql.startsWith(unqualified(there.json.sql)))).toBe(true);
  });

  it.each([
    [true, 'simulated'],
    [false, 'aws'],
  ])('says whether the data is simulated as it is told: %s', async (simulated, origin) => {
    const { snapshot } = await openAthena(athenaApi(undefined), settings({ simulated }));
    expect(snapshot.origin).toBe(origin);
  });

  it('sends nothing of a query that the guard refuses', async () => {
    const { exit, json } = await run('sql', '--json', '--engine', 'athena', 'DELETE FROM kms_keys');
    expect({ exit, code: json.error.code }).toEqual({ exit: 2, code: 'NOT_A_QUERY' });
    expect(JSON.stringify(server.requests)).not.toMatch(/delete/i);
  });

  it.each([
    [['--engine', 'athena', '--workgroup', 'elsewhere'], 1, 'WORKGROUP'],
    [['--engine', 'athena', '--database', 'No!'], 2, 'BAD_SETTING'],
    [['--workgroup', 'kms-insights'], 2, 'BAD_OPTION'],
  ])('with %j ends with code %i %s and a fix', async (flags, exit, code) => {
    const ended = await run('sql', '--json', ...flags, 'SELECT 1 AS x');
    expect(ended).toMatchObject({
      exit,
      json: { error: { code, hint: expect.stringMatching(/\w/) } },
    });
    expect(err.join()).not.toMatch(/\n {4}at /);
  });

  it.each([
    ['while it looks which snapshot is in force', 'collection_status'],
    ['while the query runs', 'key_id'],
  ])('stops the query when it is interrupted %s', async (_, text) => {
    await server.stop();
    server = await athena({
      execute: duckdbExecutor(newer),
      end: (sql) => (sql.includes(text) ? 'never' : undefined),
    });
    const ended = run('sql', '--json', '--engine', 'athena', 'SELECT key_id FROM kms_keys');
    while (!server.states().includes('RUNNING')) await new Promise((r) => setTimeout(r, 5));
    process.emit('SIGINT');
    expect(await ended).toMatchObject({ exit: 1, json: { error: { code: 'CANCELLED' } } });
    expect(server.states()).not.toContain('RUNNING');
    expect(server.calls('StopQueryExecution')).toHaveLength(1);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });

  it('says that nothing was published when the tables are empty', async () => {
    await server.stop();
    await athena({
      execute: async () => ({
        columns: ['snapshot_id', 'n', 'began', 'ended'].map((name, i) => ({
          name,
          type: ['varchar', 'bigint', 'timestamp', 'timestamp'][i] ?? '',
        })),
        rows: [[undefined, '0', undefined, undefined]],
      }),
    });
    expect(
      await run('ask', '--json', '--engine', 'athena', 'How many keys are there?'),
    ).toMatchObject({ exit: 3, json: { error: { code: 'NO_SNAPSHOT' } } });
  });
});

describe('an assistant over Athena, when another snapshot is published', () => {
  const count = accept('SELECT count(*) AS n FROM kms_keys');

  const open = async () => {
    let current = older;
    /** What is published as soon as a query has read its tables. */
    let during: (() => void) | null = null;
    const server = await athena({
      execute: async (sql, database) => {
        const result = await duckdbExecutor(current)(sql, database);
        if (sql === count.athena) during?.();
        return result;
      },
    });
    const assistant = await openAthenaAssistant(folderRecords(folders[0] ?? ''), settings());
    return {
      assistant,
      server,
      publish: () => {
        current = newer;
      },
      publishDuring: () => {
        during = () => {
          current = newer;
        };
      },
    };
  };

  it('claims nothing from a query during which it was, and answers from the newer one next', async () => {
    const { assistant, publishDuring } = await open();
    const before = (await assistant.dependencies()).engine;
    publishDuring();
    await expect(before.run(count)).rejects.toMatchObject({ code: 'SNAPSHOT_CHANGED' });
    const after = (await assistant.dependencies()).engine;
    expect(before.snapshot).toMatchObject({ ...idOf(older()), asOf: `${DAYS[0]}T06:00:00.000Z` });
    expect(after.snapshot).toMatchObject({ ...idOf(newer()), asOf: `${DAYS[1]}T06:00:00.000Z` });
    expect((await after.run(count)).rows).toEqual((await newer().run(count)).rows);
    await assistant.close();
  });

  it('claims nothing from the older one either', async () => {
    const { assistant, publish } = await open();
    const { engine } = await assistant.dependencies();
    publish();
    await expect(engine.run(count)).rejects.toMatchObject({ code: 'SNAPSHOT_CHANGED' });
    await assistant.close();
  });

  it('reuses no result that is older than its own look at the snapshot', async () => {
    const { assistant, server } = await open();
    const { engine } = await assistant.dependencies();
    await engine.run(count);
    const reuse = () =>
      server
        .calls('StartQueryExecution')
        .map((body) => body.ResultReuseConfiguration.ResultReuseByAgeConfiguration);
    expect(reuse().every((r) => r.Enabled === false)).toBe(true);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 150_000);
    await engine.run(count);
    vi.restoreAllMocks();
    // Two minutes after the look, a result may be two minutes old. The look itself is never reused.
    expect(reuse().slice(-2)).toEqual([{ Enabled: true, MaxAgeInMinutes: 2 }, { Enabled: false }]);
    await assistant.close();
  });
});

describe('an assistant over Athena that finds what others read', () => {
  const keeping = () => {
    const kept = new Map<string, Readings>();
    const all: KeptReadings = {
      load: async (of) => kept.get(JSON.stringify(of)),
      save: async (of, readings) => void kept.set(JSON.stringify(of), readings),
    };
    return { kept, all };
  };
  const open = (readings: KeptReadings) =>
    openAthenaAssistant(
      folderRecords(folders[0] ?? ''),
      settings(),
      undefined,
      undefined,
      readings,
    );
  const started = (server: AthenaServer) => server.calls('StartQueryExecution').length;
  const SCOPE = ['111111111111'];

  it('asks Athena for no more than the snapshot in force, and knows the same', async () => {
    const server = await athena({ execute: duckdbExecutor(older) });
    const { all } = keeping();
    const first = await open(all);
    expect(started(server)).toBeGreaterThan(20);
    const before = started(server);
    const second = await open(all);
    expect(started(server) - before).toBe(1);
    const [one, two] = [await first.dependencies(), await second.dependencies()];
    expect(two.coverage).toEqual(one.coverage);
    expect(two.engine.snapshot).toEqual(one.engine.snapshot);
    await Promise.all([first.close(), second.close()]);
  });

  it('takes nothing of another scope, nor of another snapshot', async () => {
    let current = older;
    const server = await athena({
      execute: (sql, database) => duckdbExecutor(current)(sql, database),
    });
    const { all, kept } = keeping();
    const first = await open(all);
    await first.dependencies(SCOPE);
    expect(kept.size).toBe(2);
    current = newer;
    const before = started(server);
    const second = await open(all);
    expect(started(server) - before).toBeGreaterThan(20);
    expect([...kept.keys()].map((of) => JSON.parse(of))).toEqual([
      { ...idOf(older()), accountScope: null },
      { ...idOf(older()), accountScope: SCOPE },
      { ...idOf(newer()), accountScope: null },
    ]);
    await Promise.all([first.close(), second.close()]);
  });

  it('keeps nothing that may be of two snapshots', async () => {
    let current = older;
    let queries = 0;
    await athena({
      execute: (sql, database) => {
        queries += 1;
        if (queries === 10) current = newer;
        return duckdbExecutor(current)(sql, database);
      },
    });
    const { all, kept } = keeping();
    await expect(open(all)).rejects.toMatchObject({ code: 'SNAPSHOT_CHANGED' });
    expect(kept.size).toBe(0);
  });
});

const idOf = (engine: Engine) => ({ snapshotId: engine.snapshot.snapshotId });
const unqualified = (sql: string) => sql.replaceAll('kms_insights.', '');
