import {
  AthenaClient,
  CreateWorkGroupCommand,
  GetQueryExecutionCommand,
  ListQueryExecutionsCommand,
} from '@aws-sdk/client-athena';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { athenaApi } from '../../../assistant/engine/athena/api.ts';
import { openAthena } from '../../../assistant/engine/athena/athena.ts';
import { execute } from '../../../assistant/engine/athena/execute.ts';
import {
  type AthenaSettings,
  readAthenaSettings,
} from '../../../assistant/engine/athena/settings.ts';
import { guard } from '../../../assistant/guard/guard.ts';
import { type Moto, startMoto } from './moto.ts';

/**
 * The engine against moto, which was written by others after the real Athena: states, workgroups and
 * results that are queued beforehand. It runs no SQL.
 */

const REGION = 'eu-central-1';
const before = { ...process.env };
let moto: Moto;
let client: AthenaClient;

beforeAll(async () => {
  moto = await startMoto();
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_ATHENA: moto.url,
  });
  client = new AthenaClient({ region: REGION });
});
afterAll(async () => {
  client?.destroy();
  await moto?.stop();
  process.env = before;
});
beforeEach(async () => {
  await moto.reset();
  await client.send(
    new CreateWorkGroupCommand({
      Name: 'kms-insights',
      Configuration: {
        ResultConfiguration: { OutputLocation: 's3://kms-insights-results/athena/' },
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 10_000_000_000,
      },
    }),
  );
});

const settings = (over: Partial<AthenaSettings> = {}): AthenaSettings => {
  const read = readAthenaSettings({}, { region: REGION });
  if (!read.ok) throw new Error(read.message);
  return { ...read.settings, pollFirstMs: 10, pollLongestMs: 50, ...over };
};

const query = (sql: string) => {
  const checked = guard(sql, { asOf: new Date('2026-11-23T00:00:00Z'), accountScope: null });
  if (!checked.ok) throw new Error(checked.error.message);
  return checked.query;
};

const run = (sql: string, over: Partial<AthenaSettings> = {}) =>
  execute(athenaApi(REGION), query(sql), settings(over), { reuseMinutes: 0 });

type Column = readonly [name: string, type: string];

/** The results of the next queries, in the order in which they are started. */
async function queue(
  ...results: readonly {
    readonly columns: readonly Column[];
    readonly rows: readonly (readonly (string | null)[])[];
  }[]
): Promise<void> {
  const response = await fetch(`${moto.url}/moto-api/static/athena/query-results`, {
    method: 'POST',
    body: JSON.stringify({
      region: REGION,
      results: results.map(({ columns, rows }) => ({
        rows: [columns.map(([name]) => name), ...rows].map((row) => ({
          Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
        })),
        column_info: columns.map(([Name, Type]) => ({
          Name,
          Label: Name,
          Type,
          Precision: 0,
          Scale: 0,
          Nullable: 'UNKNOWN',
          CaseSensitive: false,
        })),
      })),
    }),
  });
  expect(response.status).toBe(201);
}

/** Keeps queries running until they are stopped. */
const keepRunning = (): Promise<unknown> =>
  fetch(`${moto.url}/moto-api/state-manager/set-transition`, {
    method: 'POST',
    body: JSON.stringify({
      model_name: 'athena::execution',
      transition: { progression: 'manual', times: 1_000 },
    }),
  });

const stateOfLast = async () => {
  const { QueryExecutionIds = [] } = await client.send(
    new ListQueryExecutionsCommand({ WorkGroup: 'kms-insights' }),
  );
  const { QueryExecution } = await client.send(
    new GetQueryExecutionCommand({ QueryExecutionId: QueryExecutionIds.at(-1) ?? '' }),
  );
  return QueryExecution?.Status?.State;
};

describe('the engine against moto', () => {
  it('runs a query through its states and reads what is queued', async () => {
    await queue({
      columns: [
        ['key_id', 'varchar'],
        ['aliases', 'varchar'],
        ['days_unused', 'integer'],
      ],
      rows: [
        ['k1', '["a, b"]', '7'],
        ['', '[]', null],
      ],
    });
    const { rows, expense, queryId } = await run(
      'SELECT key_id, aliases, days_unused FROM kms_keys',
    );
    expect(rows).toEqual([
      ['k1', ['a, b'], 7],
      ['', [], null],
    ]);
    expect(expense).toMatchObject({ scannedBytes: 0, reused: false });
    const { QueryExecution } = await client.send(
      new GetQueryExecutionCommand({ QueryExecutionId: queryId }),
    );
    expect(QueryExecution).toMatchObject({
      WorkGroup: 'kms-insights',
      QueryExecutionContext: { Database: 'kms_insights', Catalog: 'AwsDataCatalog' },
      Query: expect.stringContaining('json_format(CAST(kms_keys.aliases AS JSON)) AS aliases'),
    });
  });

  it('opens over the snapshot that the tables tell, and looks again after a query', async () => {
    const id = '20261123T060000Z-0123abcd';
    const columns: readonly Column[] = [
      ['snapshot_id', 'varchar'],
      ['n', 'bigint'],
      ['began', 'timestamp'],
      ['ended', 'timestamp'],
    ];
    const times = ['40', '2026-11-23 06:00:01.000', '2026-11-23 06:09:00.000'];
    const snapshot = (name: string) => ({
      columns,
      rows: [
        [null, ...times],
        [name, ...times],
      ],
    });
    const count = { columns: [['n', 'bigint']] as const, rows: [['3']] };
    await queue(snapshot(id), count, snapshot(id), count, snapshot('20261124T060000Z-0123abcd'));
    const engine = await openAthena(athenaApi(REGION), settings());
    expect(engine.snapshot).toEqual({
      snapshotId: id,
      asOf: '2026-11-23T06:00:00.000Z',
      origin: 'aws',
    });
    const counting = query('SELECT count(*) AS n FROM kms_keys');
    expect((await engine.run(counting)).rows).toEqual([[3]]);
    await expect(engine.run(counting)).rejects.toMatchObject({ code: 'SNAPSHOT_CHANGED' });
  });

  it('stops a query that runs too long', async () => {
    await keepRunning();
    await expect(run('SELECT 1 AS x', { timeLimitSeconds: 1 })).rejects.toMatchObject({
      code: 'TIMEOUT',
    });
    expect(await stateOfLast()).toBe('CANCELLED');
  });

  it('says that the workgroup is missing', async () => {
    await expect(run('SELECT 1 AS x', { workgroup: 'elsewhere' })).rejects.toMatchObject({
      code: 'WORKGROUP',
    });
  });
});
