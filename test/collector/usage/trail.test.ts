import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { athenaApi } from '../../../collector/aws/athena.ts';
import { rateBudgets } from '../../../collector/read/rate-budget.ts';
import type { CollectError, CollectOptions } from '../../../collector/run/options.ts';
import { finishRun, readAccount, startRun } from '../../../collector/run/steps.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import {
  readTrailEvent,
  type TrailScope,
  trailQuery,
} from '../../../collector/usage/trail-query.ts';
import { trailTableDdl } from '../../../collector/usage/trail-table.ts';
import {
  type AthenaServer,
  type AthenaServerOptions,
  startAthena,
} from '../../conformance/aws/athena-server.ts';
import { collectInto, newFolder, optionsFor, query } from '../collecting.ts';
import { arnOf, fakeAws } from '../fake-aws.ts';

/** The SDK's real client against an Athena on this machine; `test:trino` runs the query itself. */

const [first, second] = ['111122223333', '444455556666'] as const;
const region = 'eu-central-1';
const asOf = new Date('2026-11-23T12:34:56.789Z');
const keyId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const eventJson = (over: Readonly<Record<string, string | null>> = {}) =>
  JSON.stringify({
    eventID: 'e-1',
    eventTime: '2026-11-01T10:00:00Z',
    eventName: 'Decrypt',
    readOnly: 'true',
    sourceIPAddress: '198.51.100.7',
    type: 'AssumedRole',
    principalId: 'AROA:s',
    arn: `arn:aws:sts::${first}:assumed-role/app/s`,
    accountId: first,
    userName: null,
    invokedBy: null,
    encryptionContext: null,
    destinationEncryptionContext: null,
    sourceEncryptionContext: null,
    bypassPolicyLockoutSafetyCheck: null,
    ...over,
  });

type Cells = readonly (string | undefined)[];
const columns = ['account', 'region', 'key_id', 'event'].map((name) => ({ name, type: 'varchar' }));
const row = (account: string, id: string, event = eventJson()): Cells => [
  account,
  region,
  id,
  event,
];

let server: AthenaServer | undefined;
const before = { ...process.env };
beforeEach(() => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: region,
  });
});
afterEach(async () => {
  process.env = { ...before };
  await server?.stop();
  server = undefined;
});

async function athena(rows: readonly Cells[], options: Partial<AthenaServerOptions> = {}) {
  server = await startAthena({
    workgroups: ['audit'],
    execute: async () => ({ columns, rows }),
    ...options,
  });
  process.env.AWS_ENDPOINT_URL_ATHENA = server.url;
  return server;
}

const many = 450;
const organization = (lastUsage?: object) =>
  fakeAws({
    accounts: [
      {
        id: first,
        regions: {
          [region]: {
            keys: Array.from({ length: many }, (_, n) => ({
              id: keyId(n),
              ...(n === 7 && lastUsage ? { lastUsage: { KeyLastUsage: lastUsage } } : {}),
            })),
          },
        },
      },
      { id: second, regions: { [region]: { keys: [{ id: keyId(0) }] }, 'us-east-1': {} } },
    ],
  });

const trail = (over: Partial<NonNullable<CollectOptions['trail']>['settings']> = {}) => ({
  athena: athenaApi({}),
  settings: { table: 'logs.trail', workgroup: 'audit', days: 90, timeLimitMs: 60_000, ...over },
});
const fast = () => rateBudgets({ sleep: async () => undefined });

describe('the organization trail as the source of usage', () => {
  it('fills key_usage from every page of one query, and asks no event history', async () => {
    // More rows than are on a page, and keys that were deleted since.
    const rows = [
      ...Array.from(
        { length: many * 2 },
        (_, n) =>
          [
            row(first, keyId(n)),
            row(first, keyId(n), eventJson({ eventName: 'Encrypt', eventID: `e-${n}` })),
            row(
              first,
              keyId(n),
              eventJson({
                eventName: 'GenerateDataKey',
                invokedBy: 's3.amazonaws.com',
                encryptionContext: '{"aws:s3:arn":"arn:aws:s3:::invoices"}',
              }),
            ),
          ] as const,
      ).flat(),
      row(second, keyId(0)),
    ];
    const { calls: asked } = await athena(rows);
    const folder = await newFolder();
    const { api, calls } = organization();
    const { manifest, summary } = await collectInto(folder, {
      aws: api,
      trail: trail(),
      callFor: fast(),
      clock: () => asOf,
    });
    expect(summary.failures).toEqual([]);
    expect(calls.filter((call) => call.api === 'LookupEvents')).toEqual([]);
    expect(asked('StartQueryExecution')).toHaveLength(1);
    expect(asked('GetQueryResults').length).toBe(Math.ceil((rows.length + 1) / 1000));
    expect(
      await query(
        folder,
        manifest.snapshotId,
        `SELECT account_id, operation, source, count(*) n, count(DISTINCT key_arn) keys,
           any_value(via_service) via, any_value(resource_arn) resource, any_value(principal_arn) who
         FROM key_usage GROUP BY ALL ORDER BY ALL`,
      ),
    ).toEqual([
      ...['Decrypt', 'Encrypt', 'GenerateDataKey'].map((operation) => ({
        account_id: first,
        operation,
        source: 'TRAIL_LOGS',
        n: String(many),
        keys: String(many),
        via: operation === 'GenerateDataKey' ? 's3.amazonaws.com' : null,
        resource: operation === 'GenerateDataKey' ? 'arn:aws:s3:::invoices' : null,
        who: `arn:aws:sts::${first}:assumed-role/app/s`,
      })),
      expect.objectContaining({ account_id: second, operation: 'Decrypt', n: '1' }),
    ]);
    expect(await folderStore(folder).list('runs')).toEqual([]);
  });

  it.each<[string, Partial<CollectOptions>, string, string | null]>([
    ['everything', {}, `('${first}', '${second}')`, null],
    ['the Regions', { regions: [region] }, `('${first}', '${second}')`, `('${region}')`],
    ['an account', { only: [{ accountId: second }] }, `('${second}')`, null],
    [
      'a Region of an account',
      { only: [{ accountId: first, region: 'us-east-1' }], regions: ['us-east-1', region] },
      `('${first}')`,
      `('us-east-1')`,
    ],
  ])('reads no partition beyond %s that is collected', async (_, options, accounts, regions) => {
    const { calls } = await athena([row(first, keyId(0))]);
    await collectInto(await newFolder(), {
      aws: organization().api,
      trail: trail({ days: 30 }),
      callFor: fast(),
      clock: () => asOf,
      ...options,
    });
    const [{ QueryString: sql, WorkGroup }] = calls('StartQueryExecution') as [
      { QueryString: string; WorkGroup: string },
    ];
    expect(WorkGroup).toBe('audit');
    expect(sql).toContain(`account IN ${accounts}`);
    expect(/AND region IN (\(.*?\))/.exec(sql)?.[1] ?? null).toBe(regions);
    expect(sql).toContain(`day BETWEEN '2026/10/24' AND '2026/11/23'`);
  });

  const failing = (type: string, message: string) => ({ status: 400, type, message });
  it.each<[string, Partial<AthenaServerOptions>, string, RegExp]>([
    [
      'may not be queried',
      {
        fault: (operation) =>
          operation === 'StartQueryExecution'
            ? failing('AccessDeniedException', 'not authorized to perform: athena:Start')
            : undefined,
      },
      'AccessDeniedException',
      /StartQueryExecution failed .* not known from the organization trail.*--dry-run/,
    ],
    [
      'ends with an error',
      { end: () => ({ state: 'FAILED', reason: 'TABLE_NOT_FOUND: logs.trail' }) },
      'QueryFailed',
      /TABLE_NOT_FOUND/,
    ],
    [
      'is cancelled',
      { end: () => ({ state: 'CANCELLED', reason: 'Bytes scanned limit was exceeded' }) },
      'QueryCancelled',
      /Bytes scanned limit/,
    ],
    [
      'breaks off while its result is read',
      {
        fault: (operation, nth) =>
          operation === 'GetQueryResults' && nth > 1
            ? failing('InvalidRequestException', 'the result is gone')
            : undefined,
      },
      'InvalidRequestException',
      /the result is gone/,
    ],
    [
      'has other columns',
      { execute: async () => ({ columns: [...columns].reverse(), rows: [] }) },
      'UnexpectedResult',
      /the columns are/,
    ],
    [
      'comes in another order',
      { execute: async () => ({ columns, rows: [row(first, keyId(2)), row(first, keyId(1))] }) },
      'UnexpectedResult',
      /not in order/,
    ],
    [
      'holds nothing at all',
      { execute: async () => ({ columns, rows: [] }) },
      'NoEventsInTrail',
      /may leave out AWS KMS events/,
    ],
  ])(
    'says so of every account-Region with keys where the query %s',
    async (_, options, code, message) => {
      const rows = Array.from({ length: 2500 }, (_, n) => row(first, keyId(n)));
      await athena(rows, options);
      const folder = await newFolder();
      const { manifest, summary } = await collectInto(folder, {
        aws: organization().api,
        trail: trail(),
        callFor: fast(),
        clock: () => asOf,
      });
      expect(summary.failures).toEqual(
        [first, second].map((accountId) => ({
          accountId,
          region,
          status: 'PARTIAL',
          code,
          message: expect.stringMatching(message),
        })),
      );
      expect(manifest.coverage).toMatchObject({ ok: 1, partial: 2 });
      expect(manifest.tables.key_usage?.rows).toBe(0);
      expect(manifest.tables.kms_keys?.rows).toBe(many + 1);
    },
  );

  it('stops a query that takes too long, and says so', async () => {
    const { states } = await athena([], { end: () => 'never' });
    const { summary } = await collectInto(await newFolder(), {
      aws: organization().api,
      trail: trail({ timeLimitMs: 300 }),
      callFor: fast(),
    });
    expect(summary.failures.map((failure) => failure.code)).toEqual([
      'TimeBudgetSpent',
      'TimeBudgetSpent',
    ]);
    expect(states()).toEqual(['CANCELLED']);
  });

  it('stops the query when the collection is stopped', async () => {
    const { states, requests } = await athena([], { end: () => 'never' });
    const stop = new AbortController();
    const running = collectInto(await newFolder(), {
      aws: organization().api,
      trail: trail(),
      callFor: fast(),
      signal: stop.signal,
    }).catch((error: CollectError) => error);
    while (!requests.some((request) => request.operation === 'GetQueryExecution'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    expect(await running).toMatchObject({ code: 'ABORTED' });
    expect(states()).toEqual(['CANCELLED']);
  });

  it('loses nothing to throttling and cut connections', async () => {
    await athena([row(first, keyId(0))], {
      fault: (_, nth) =>
        nth === 1
          ? failing('ThrottlingException', 'Rate exceeded')
          : nth === 2
            ? { ...failing('', ''), hangUp: true }
            : undefined,
    });
    const { summary, manifest } = await collectInto(await newFolder(), {
      aws: organization().api,
      trail: trail(),
      callFor: fast(),
      clock: () => asOf,
    });
    expect(summary.failures).toEqual([]);
    expect(manifest.tables.key_usage?.rows).toBe(1);
  });

  it.each([
    ['misses it', '2026-11-01T10:00:01Z', ['LastUseNotInTrail']],
    ['has it, to the second', '2026-11-01T10:00:00.750Z', []],
    ['has a later one', '2026-10-01T10:00:00Z', []],
    ['cannot have it yet', '2026-11-23T12:00:00Z', []],
    ['does not reach back to it', '2026-01-01T00:00:00Z', []],
  ])('is held against the last use that KMS knows: the log %s', async (_, at, codes) => {
    await athena([row(first, keyId(7))]);
    const { api } = organization({ Operation: 'Decrypt', Timestamp: new Date(at) });
    const { summary } = await collectInto(await newFolder(), {
      aws: api,
      trail: trail(),
      callFor: fast(),
      clock: () => asOf,
    });
    expect(summary.failures.map((failure) => failure.code)).toEqual(codes);
  });

  it('is asked once for a run, also when that is resumed', async () => {
    const { calls } = await athena([row(first, keyId(0)), row(first, keyId(300))]);
    const folder = await newFolder();
    const options = { trail: trail(), callFor: fast(), clock: () => asOf };
    const expired = fakeAws({
      accounts: organizationAccounts,
      before: async ({ api: name, input }) => {
        if (name !== 'DescribeKey' || input.KeyId !== arnOf(first, region, keyId(250))) return;
        const store = folderStore(folder);
        while (!(await store.list('runs')).some(({ path }) => path.endsWith('trail/index.json')))
          await new Promise((resolve) => setTimeout(resolve, 10));
        throw Object.assign(new Error('expired'), { name: 'ExpiredToken' });
      },
    });
    const failed: CollectError = await collectInto(folder, {
      ...options,
      aws: expired.api,
    }).catch((error) => error);
    expect(failed.code).toBe('CREDENTIALS');
    const { manifest, summary } = await collectInto(folder, {
      ...options,
      aws: fakeAws({ accounts: organizationAccounts }).api,
      resume: failed.runId ?? '',
    });
    expect(summary.failures).toEqual([]);
    expect(
      await query(folder, manifest.snapshotId, 'SELECT key_id FROM key_usage ORDER BY key_id'),
    ).toEqual([{ key_id: keyId(0) }, { key_id: keyId(300) }]);
    expect(calls('StartQueryExecution')).toHaveLength(1);
  });
  const organizationAccounts = [
    {
      id: first,
      regions: {
        [region]: { keys: Array.from({ length: many }, (_, n) => ({ id: keyId(n) })) },
      },
    },
  ];

  it('tells each step of a collection in steps what it needs', async () => {
    const { calls } = await athena([row(first, keyId(3)), row(second, keyId(0))]);
    const folder = await newFolder();
    const options = optionsFor(folder, {
      aws: organization().api,
      trail: trail(),
      callFor: fast(),
      clock: () => asOf,
    });
    const run = await startRun(options);
    const soon = new AbortController().signal;
    for (const { account_id } of run.accounts) {
      expect(await readAccount(options, run.id, account_id, soon)).toMatchObject({ isDone: true });
    }
    await finishRun(options, run.id);
    expect(calls('StartQueryExecution')).toHaveLength(1);
    expect(
      await query(folder, run.id, 'SELECT account_id, key_id FROM key_usage ORDER BY ALL'),
    ).toEqual([
      { account_id: first, key_id: keyId(3) },
      { account_id: second, key_id: keyId(0) },
    ]);
  });
});

describe('the query', () => {
  const scope = { table: 'logs.trail', accounts: [first], regions: null, since: asOf, until: asOf };
  it.each<[string, Partial<TrailScope>]>([
    ['a table without a database', { table: 'logs' }],
    ['a table with a quote', { table: 'logs.trail" --' }],
    ['an account with a quote', { accounts: ["1'2"] }],
    ['no account', { accounts: [] }],
    ['more accounts than Athena takes', { accounts: Array.from({ length: 1001 }, () => first) }],
    ['a Region with a quote', { regions: ["eu' OR 1=1"] }],
  ])('is not made of %s', (_, over) => {
    expect(() => trailQuery({ ...scope, ...over })).toThrow(RangeError);
  });
});

describe('the table', () => {
  it('has every column that the query names, and is described in the guide', async () => {
    const statement = trailTableDdl({
      name: 'security.organization_trail',
      location: 's3://amzn-s3-demo-bucket/AWSLogs/o-exampleorg',
      regions: ['eu-central-1', 'us-east-1'],
      firstDay: '2026/01/01',
    });
    const guide = await readFile(new URL('../../../docs/collect.md', import.meta.url), 'utf8');
    expect(guide).toContain(statement);
  });
});

describe('an event of the trail', () => {
  it.each([
    ['nothing', ''],
    ['half', '{'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number in place of text', '{"eventID":1}'],
    ['no time', eventJson({ eventTime: 'soon' })],
  ])('that is %s is malformed', (_, json) => {
    expect(readTrailEvent(json).kind).toBe('malformed');
  });

  it('keeps what its parameters say', () => {
    const outcome = readTrailEvent(
      eventJson({
        eventName: 'PutKeyPolicy',
        readOnly: 'false',
        bypassPolicyLockoutSafetyCheck: 'true',
        encryptionContext: 'not JSON',
      }),
    );
    expect(outcome).toMatchObject({
      kind: 'read',
      event: {
        category: 'MANAGEMENT',
        bypassesLockoutCheck: true,
        encryption_context: {},
        event_id: 'e-1',
        source: 'TRAIL_LOGS',
      },
    });
  });
});
