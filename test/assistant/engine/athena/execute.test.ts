import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../assistant/engine/engine.ts';
import { athena, failure, keys, run } from './loopback.ts';

const numbered = (n: number) => keys(Array.from({ length: n }, (_, i) => `k${i}`));
const UNDER_WAY = { end: () => 'never' as const };

describe('a query that succeeds', () => {
  it('is started in the workgroup, catalog and database, once', async () => {
    const server = await athena({});
    await run({ settings: { workgroup: 'kms-insights', database: 'kms_other', catalog: 'C' } });
    expect(server.calls('StartQueryExecution')).toEqual([
      {
        QueryString: 'SELECT kms_keys.key_id FROM kms_keys LIMIT 1000',
        WorkGroup: 'kms-insights',
        QueryExecutionContext: { Database: 'kms_other', Catalog: 'C' },
        ClientRequestToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
      },
    ]);
    expect(server.calls('StopQueryExecution')).toEqual([]);
  });

  it('tells its id, and what it took', async () => {
    await athena({ scannedBytes: 25_000_000 });
    const { queryId, expense } = await run();
    expect(queryId).toMatch(/^[0-9a-f-]{36}$/);
    expect(expense).toEqual({
      scannedBytes: 25_000_000,
      costUsd: (24 / 2 ** 20) * 5,
      queuedMs: 3,
      executionMs: 7,
      reused: false,
    });
  });

  it('gives the rows of an earlier one where that is allowed, and says so', async () => {
    const server = await athena({ scannedBytes: 25_000_000 });
    await run({ reuseMinutes: 10 });
    const again = await run({ reuseMinutes: 10 });
    expect(again.expense).toMatchObject({ reused: true, costUsd: 0, scannedBytes: 0 });
    expect((await run({ reuseMinutes: 0 })).expense.reused).toBe(false);
    expect(
      server.calls('StartQueryExecution').map((body) => body.ResultReuseConfiguration),
    ).toContainEqual({ ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: 10 } });
  });

  it.each([0, 1, 998, 999, 1_000, 1_999, 2_500])('gives all of %i rows, in order', async (n) => {
    const result = numbered(n);
    const server = await athena({ result });
    const { rows, truncated } = await run();
    expect(rows).toEqual(result.rows);
    expect(truncated).toBe(false);
    expect(server.calls('GetQueryResults')).toHaveLength(Math.ceil((n + 1) / 1_000));
  });

  it('keeps rows that look like the names of the columns, on every page', async () => {
    const ids = Array.from({ length: 2_100 }, () => 'key_id');
    await athena({ result: keys(ids) });
    const { rows } = await run();
    expect(rows).toHaveLength(2_100);
  });

  it('tells null from an empty text', async () => {
    await athena({ result: keys([undefined, '', 'null']) });
    expect((await run()).rows).toEqual([[null], [''], ['null']]);
  });

  it('gives the columns as the guard told them, also when two have one name', async () => {
    await athena({
      result: {
        columns: [
          { name: 'a', type: 'varchar' },
          { name: 'a', type: 'integer' },
          { name: '_col2', type: 'varchar' },
        ],
        rows: [['["x, y"]', '1', 'z']],
      },
    });
    const sql = "SELECT aliases AS a, 1 AS a, 'z' FROM kms_keys";
    const { columns, rows } = await run({ sql });
    expect(columns.map((c) => c.type)).toEqual(['array(varchar)', 'integer', 'varchar']);
    expect(columns.map((c) => c.name)).toEqual(['a', 'a', '_col2']);
    expect(rows).toEqual([[['x, y'], 1, 'z']]);
  });
});

describe('a result that is too large', () => {
  it.each([
    ['rows', { maxRows: 1_500 }, 1_500, 2],
    ['bytes', { maxBytes: 5_000 }, 1_222, 2],
  ])('is cut at the most %s, and no further page is asked for', async (_, bounds, n, pages) => {
    const server = await athena({ result: numbered(5_000) });
    const { rows, truncated } = await run({ settings: bounds });
    expect({ rows: rows.length, truncated }).toEqual({ rows: n, truncated: true });
    expect(server.calls('GetQueryResults')).toHaveLength(pages);
  });

  it('is not called cut when it ends at the bound', async () => {
    await athena({ result: numbered(1_500) });
    expect((await run({ settings: { maxRows: 1_500 } })).truncated).toBe(false);
  });
});

describe('a result that is not what was asked for', () => {
  it.each([
    ['other columns', { columns: [], rows: [] }],
    ['another type', { columns: [{ name: 'key_id', type: 'integer' }], rows: [['1']] }],
    ['ambiguous arrays', { columns: [{ name: 'key_id', type: 'array' }], rows: [['[a, b]']] }],
    ['too few values', { columns: [{ name: 'key_id', type: 'varchar' }], rows: [[]] }],
  ])('is refused: %s', async (_, result) => {
    await athena({ result });
    expect(await failure()).toMatchObject({ code: 'UNEXPECTED_RESULT', hint: /version/ });
  });

  it('is refused when it does not begin with the names', async () => {
    await athena({ header: ['k0'] });
    expect(await failure()).toMatchObject({ code: 'UNEXPECTED_RESULT', message: /names/ });
  });
});

describe('a query that must stop', () => {
  const stopped = async (aim: string, during: string, end = true) => {
    const server = await athena({
      ...(end ? UNDER_WAY : { result: numbered(3_000) }),
      delay: (operation) => (operation === during ? 60 : 0),
    });
    const caller = new AbortController();
    const failed = failure({ signal: caller.signal });
    while (server.calls(aim).length === 0) await new Promise((r) => setTimeout(r, 5));
    caller.abort();
    return { error: await failed, server };
  };

  it.each([
    ['is being started', 'StartQueryExecution', 'StartQueryExecution'],
    ['is being asked after', 'GetQueryExecution', 'GetQueryExecution'],
    ['runs', 'GetQueryExecution', 'none'],
  ])('because the caller has gone while it %s is stopped once', async (_, aim, during) => {
    const { error, server } = await stopped(aim, during);
    expect(error).toMatchObject({ code: 'CANCELLED' });
    expect(server.calls('StopQueryExecution')).toHaveLength(1);
    expect(server.states()).toEqual(['CANCELLED']);
  });

  it('because the caller has gone while its rows are read is stopped once', async () => {
    const { error, server } = await stopped('GetQueryResults', 'GetQueryResults', false);
    expect(error).toMatchObject({ code: 'CANCELLED' });
    expect(server.calls('StopQueryExecution')).toHaveLength(1);
    expect(server.calls('GetQueryResults')).toHaveLength(1);
  });

  it('is not started when the caller has gone before', async () => {
    const server = await athena({});
    expect(await failure({ signal: AbortSignal.abort() })).toMatchObject({ code: 'CANCELLED' });
    expect(server.requests).toEqual([]);
  });

  it('because of the time limit is stopped once, and says how long it had', async () => {
    const server = await athena(UNDER_WAY);
    const error = await failure({ settings: { timeLimitSeconds: 0.2 } });
    expect(error).toMatchObject({ code: 'TIMEOUT', message: /0\.2 seconds/ });
    expect(server.calls('StopQueryExecution')).toHaveLength(1);
    expect(server.states()).toEqual(['CANCELLED']);
  });

  it('keeps its reason when it cannot be stopped, and says that it may go on', async () => {
    const server = await athena({
      ...UNDER_WAY,
      fault: (operation) =>
        operation === 'StopQueryExecution'
          ? { status: 400, type: 'AccessDeniedException', message: 'not authorized' }
          : undefined,
    });
    const error = await failure({ settings: { timeLimitSeconds: 0.1 } });
    expect(error).toMatchObject({ code: 'TIMEOUT', hint: /could not be stopped/ });
    expect(server.calls('StopQueryExecution')).toHaveLength(1);
  });

  it('because it cannot be asked after any more is stopped once', async () => {
    const server = await athena({
      ...UNDER_WAY,
      fault: (operation, nth) =>
        operation === 'GetQueryExecution' && nth > 1
          ? {
              status: 400,
              type: 'AccessDeniedException',
              message: 'not authorized to perform: athena:GetQueryExecution',
            }
          : undefined,
    });
    expect(await failure()).toMatchObject({ code: 'ACCESS_DENIED', message: /GetQueryExecution/ });
    expect(server.states()).toEqual(['CANCELLED']);
    expect(server.calls('StopQueryExecution')).toHaveLength(1);
  });
});

describe('requests that fail', () => {
  const failing = (type: string, message: string, status = 400) => ({
    fault: () => ({ status, type, message }),
  });

  it('are sent again when they were throttled, and start one query', async () => {
    const server = await athena({
      fault: (_, nth) =>
        nth === 1
          ? { status: 400, type: 'TooManyRequestsException', message: 'Rate exceeded' }
          : undefined,
    });
    expect((await run()).rows).toEqual([['k1']]);
    const tokens = server.calls('StartQueryExecution').map((body) => body.ClientRequestToken);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
    expect(server.states()).toHaveLength(1);
  });

  it('are sent again when the connection broke, and start one query', async () => {
    const server = await athena({
      fault: (operation, nth) =>
        operation === 'StartQueryExecution' && nth === 1
          ? { status: 0, type: '', message: '', hangUp: true }
          : undefined,
    });
    expect((await run()).rows).toEqual([['k1']]);
    expect(server.states()).toEqual(['SUCCEEDED']);
  });

  it.each([
    [
      'ExpiredTokenException',
      'The security token included in the request is expired',
      'CREDENTIALS',
      /sso login/,
    ],
    [
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      'CREDENTIALS',
      /sso login/,
    ],
    [
      'AccessDeniedException',
      'User: arn:aws:iam::111122223333:user/x is not authorized to perform: athena:StartQueryExecution on resource: y',
      'ACCESS_DENIED',
      /docs\/athena\.md/,
    ],
    ['InvalidRequestException', 'WorkGroup elsewhere is not found.', 'WORKGROUP', /--workgroup/],
    ['InvalidRequestException', 'WorkGroup is disabled.', 'WORKGROUP', /--workgroup/],
    [
      'InvalidRequestException',
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
      'WORKGROUP',
      /./,
    ],
    ['MetadataException', 'Database kms_insights not found', 'NO_SNAPSHOT', /--database/],
    ['SomethingNewException', 'Whatever', 'FAILED', /settings/],
  ])('with %s (%s) are told as %s', async (type, message, code, hint) => {
    const server = await athena(failing(type, message));
    expect(await failure()).toMatchObject({ code, hint });
    expect(server.calls('StartQueryExecution')).toHaveLength(1);
  });

  it('for want of credentials are told as that', async () => {
    await athena({});
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    Object.assign(process.env, {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/nowhere',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    });
    expect(await failure()).toMatchObject({ code: 'CREDENTIALS' });
  });

  it('because nothing answers are told as that', async () => {
    const server = await athena({});
    await server.stop();
    expect(await failure()).toMatchObject({ code: 'UNAVAILABLE', message: /ECONNREFUSED/ });
  });
});

describe('a query that Athena ends', () => {
  it.each([
    [
      'CANCELLED',
      'Query cancelled! : Bytes scanned limit was exceeded',
      {},
      'SCAN_LIMIT',
      /workgroup/i,
    ],
    [
      'FAILED',
      "TABLE_NOT_FOUND: line 1:32: Table 'awsdatacatalog.kms_insights.kms_keys' does not exist",
      {},
      'NO_SNAPSHOT',
      /collect once/,
    ],
    [
      'FAILED',
      'SCHEMA_NOT_FOUND: line 1:32: Schema kms_insights does not exist',
      {},
      'NO_SNAPSHOT',
      /--database/,
    ],
    [
      'FAILED',
      'Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 0)',
      {},
      'ACCESS_DENIED',
      /docs\/athena\.md/,
    ],
    [
      'FAILED',
      'Insufficient permissions to execute the query. Insufficient Lake Formation permission(s)',
      {},
      'ACCESS_DENIED',
      /docs\/athena\.md/,
    ],
    [
      'FAILED',
      'Query exhausted resources at this scale factor',
      { ErrorCategory: 2, ErrorType: 1 },
      'OUT_OF_MEMORY',
      /less/,
    ],
    ['FAILED', 'Query timed out', { ErrorCategory: 1, ErrorType: 206 }, 'TIMEOUT', /less/],
    [
      'FAILED',
      'HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://b/k (offset=0, length=9): NoSuchKey',
      {},
      'SNAPSHOT_CHANGED',
      /again/,
    ],
    [
      'FAILED',
      "COLUMN_NOT_FOUND: line 1:8: Column 'new' cannot be resolved",
      {},
      'UNEXPECTED_RESULT',
      /version/,
    ],
    [
      'FAILED',
      'GENERIC_INTERNAL_ERROR: null',
      { ErrorCategory: 1, Retryable: true },
      'UNAVAILABLE',
      /moment/,
    ],
    [
      'FAILED',
      'DIVISION_BY_ZERO: Division by zero',
      { ErrorCategory: 2, ErrorType: 1000, Retryable: false },
      'FAILED',
      /divided/,
    ],
    ['CANCELLED', 'Query cancelled by user', {}, 'CANCELLED', /again/],
  ] as const)('%s with %s (%j) is told as %s', async (state, reason, error, code, hint) => {
    const server = await athena({ end: () => ({ state, reason, error }) });
    expect(await failure()).toMatchObject({ code, hint });
    expect(server.calls('StopQueryExecution')).toEqual([]);
  });

  it('is told in one short line, without the query and without what is for support', async () => {
    const reason = `line 1:8: Cannot cast it. This query ran against the "kms_insights" database, unless qualified by the query. Please post the error message on our forum or contact customer support with Query Id: 0\n${'SELECT secret '.repeat(100)}`;
    await athena({ end: () => ({ state: 'FAILED', reason }) });
    const error = await failure();
    expect(error).toBeInstanceOf(EngineError);
    expect(error.message).toBe('The query failed: Cannot cast it.');
  });
});
