import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handlers } from '../../../collector/lambda/handlers.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { paths } from '../../../collector/schema/snapshot.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { collectorStateMachine } from '../../../infra/collector/state-machine.ts';
import { collectInto, query } from '../../collector/collecting.ts';
import { type Moto, startMoto } from './moto.ts';

/** The state machine as it is deployed, run by moto's interpreter of the Amazon States Language. */

const asOf = new Date('2026-11-24T06:00:00Z');
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

interface Invocation {
  readonly name: string;
  readonly input: { readonly runId?: string; readonly accountId?: string };
}
type Functions = (invocation: Invocation) => Promise<unknown>;

let functions: Functions = async () => ({});
const invocations: Invocation[] = [];
let lambda: Server;
let moto: Moto;
const folders: string[] = [];

beforeAll(async () => {
  lambda = createServer(async (request, response) => {
    const [, name = ''] =
      /\/functions\/([^/]+)\/invocations/.exec(decodeURIComponent(request.url ?? '')) ?? [];
    const invocation: Invocation = {
      name: name.split(':').at(-1) ?? '',
      input: (await json(request)) as Invocation['input'],
    };
    invocations.push(invocation);
    try {
      const answer = await functions(invocation);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      response
        .writeHead(200, { 'content-type': 'application/json', 'x-amz-function-error': 'Unhandled' })
        .end(JSON.stringify({ errorType, errorMessage }));
    }
  });
  await new Promise<void>((resolve) => lambda.listen(0, 'localhost', resolve));
  moto = await startMoto((lambda.address() as AddressInfo).port);
  const response = await fetch(`${moto.url}/moto-api/config`, {
    method: 'POST',
    body: JSON.stringify({ stepfunctions: { execute_state_machine: true } }),
  });
  expect(response.ok).toBe(true);
});

afterAll(async () => {
  await moto?.stop();
  lambda?.closeAllConnections();
  lambda?.close();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function ask(action: string, input: object): Promise<Record<string, string>> {
  const response = await fetch(moto.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AWSStepFunctions.${action}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=a/20261124/us-east-1/states/aws4_request, SignedHeaders=host, Signature=x',
    },
    body: JSON.stringify(input),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${action}: ${answer}`);
  return JSON.parse(answer);
}

/**
 * Runs the state machine to its end. Waits of retries are cut, so that the test need not wait, and a
 * percentage is written with the decimal point that the interpreter's parser wants.
 */
async function execute(name: string): Promise<Record<string, string>> {
  const definition = JSON.stringify(
    collectorStateMachine({
      listAccounts: arnOf('kms-insights-list-accounts'),
      getData: arnOf('kms-insights-get-data'),
      publish: arnOf('kms-insights-publish'),
    }),
  )
    .replaceAll(/"IntervalSeconds":\d+/g, '"IntervalSeconds":1')
    .replace(/("ToleratedFailurePercentage":\d+)/, '$1.0');
  const { stateMachineArn } = await ask('CreateStateMachine', {
    name,
    definition,
    roleArn: 'arn:aws:iam::123456789012:role/collector',
  });
  const { executionArn } = await ask('StartExecution', { stateMachineArn, input: '{}' });
  for (;;) {
    const execution = await ask('DescribeExecution', { executionArn });
    if (execution.status !== 'RUNNING') return execution;
    await sleep(250);
  }
}

/** Example Corp behind the handlers. */
async function exampleCorp(accounts: number) {
  const folder = await mkdtemp(join(tmpdir(), 'kms-insights-states-'));
  folders.push(folder);
  const corp = createExampleCorp({ seed: 3, asOf, accounts });
  const options = {
    aws: corp.api,
    store: folderStore(folder),
    clock: corp.now,
    origin: 'simulated' as const,
    seed: 3,
    analyze: analyzeKey,
  };
  const { listAccounts, getData, publish } = handlers(async () => options);
  const plenty = { getRemainingTimeInMillis: () => 900_000 };
  const run: Functions = async ({ name, input }) => {
    if (name === 'kms-insights-list-accounts') return listAccounts();
    if (name === 'kms-insights-get-data') return getData(input, plenty);
    if (name === 'kms-insights-publish') return publish(input);
    throw new Error(`There is no function ${name}.`);
  };
  const inOneProcess = async () => {
    const other = await mkdtemp(join(tmpdir(), 'kms-insights-states-'));
    folders.push(other);
    const again = createExampleCorp({ seed: 3, asOf, accounts });
    const { manifest } = await collectInto(other, {
      ...options,
      aws: again.api,
      clock: again.now,
      store: folderStore(other),
    });
    return manifest;
  };
  return { folder, options, run, inOneProcess };
}

const calledFor = (name: string) => invocations.filter((i) => i.name === name);

describe('the state machine', () => {
  it('reads a small organization inline', async () => {
    const { run, inOneProcess } = await exampleCorp(12);
    functions = run;
    const { status, output } = await execute('small');
    expect(status).toBe('SUCCEEDED');
    const { coverage } = await inOneProcess();
    expect(JSON.parse(output ?? '')).toMatchObject({ coverage, unread: [], warnings: [] });
  });

  it('reads a large organization while functions fail, run out of time and are throttled', async () => {
    const { folder, run, inOneProcess } = await exampleCorp(320);
    const tries = new Map<string, number>();
    let lost = '';
    functions = async (invocation) => {
      const { name, input } = invocation;
      if (name !== 'kms-insights-get-data') return run(invocation);
      const account = input.accountId ?? '';
      const n = (tries.get(account) ?? 0) + 1;
      tries.set(account, n);
      const kind = Number(account) % 10;
      // One account whose function never gets to its end, in whatever way it is called.
      if (lost === '' && kind === 7) lost = account;
      if (account === lost) throw new Error('Runtime exited with error: signal: killed');
      if (kind === 1 && n === 1)
        throw Object.assign(new Error('slow down'), { name: 'Lambda.TooManyRequestsException' });
      if (kind === 2 && n <= 2) throw new TypeError('undefined is not a function');
      // The time was up.
      if (kind === 3 && n <= 2) return { runId: input.runId, accountId: account, isDone: false };
      return run(invocation);
    };
    const before = calledFor('kms-insights-get-data').length;
    const { status, output } = await execute('large');
    expect(status).toBe('SUCCEEDED');
    const result = JSON.parse(output ?? '');
    expect(result.unread).toEqual([lost]);
    expect(calledFor('kms-insights-get-data').length - before).toBeGreaterThan(320);

    const { tables, coverage } = await inOneProcess();
    const [row] = await query(
      folder,
      result.snapshotId,
      `SELECT (SELECT count(*) FROM accounts) accounts, (SELECT count(*) FROM kms_keys) keys,
         (SELECT count(*) FROM collection_status WHERE account_id = '${lost}') lost`,
    );
    expect(row?.accounts).toBe(String(tables.accounts?.rows));
    expect(row?.lost).toBe('1');
    const keysLost = (tables.kms_keys?.rows ?? 0) - Number(row?.keys);
    expect(keysLost).toBeGreaterThanOrEqual(0);
    expect(keysLost).toBeLessThan((tables.kms_keys?.rows ?? 0) / 20);
    expect(result.coverage.ok).toBeLessThanOrEqual(coverage.ok);
  });

  it('fails when the organization cannot be read, and publishes nothing', async () => {
    const { options, run } = await exampleCorp(12);
    functions = async (invocation) => {
      if (invocation.name === 'kms-insights-list-accounts') throw new Error('AccessDenied');
      return run(invocation);
    };
    const { status } = await execute('denied');
    expect(status).toBe('FAILED');
    expect(await options.store.get(paths.current)).toBeNull();
  });
});
