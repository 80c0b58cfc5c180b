/**
 * How long the first answer of the deployed assistant takes: its function as AWS Lambda starts it, in a
 * fresh process, from the code that is deployed, with servers on this machine in place of AWS that answer
 * at once. What AWS adds (fetching the code, the network, Athena's own time) is not in it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openDuckdb } from '../../assistant/engine/duckdb/duckdb.ts';
import { starterQuestions } from '../../assistant/server/starter-questions.ts';
import { collect } from '../../collector/pipeline.ts';
import { analyzeKey } from '../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../collector/simulate/example-corp.ts';
import { folderStore } from '../../collector/snapshot/folder-store.ts';
import { assistantFolder } from '../../infra/assistant/function-code.ts';
import { type Config, readConfig } from '../../infra/config.ts';
import { startIssuer } from '../assistant/auth/oidc-issuer.ts';
import { SECRET, slackHeaders } from '../assistant/slack/signed.ts';
import { type Executor, startAthena, type TextResult } from '../conformance/aws/athena-server.ts';
import { duckdbExecutor } from '../conformance/aws/duckdb-executor.ts';
import { synthesized } from '../infra/synthesized.ts';

const CLIENT = 'bench';
const TEAM = 'T0BENCH';
const PAGE_URL = 'https://kms.example.com';
const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const ms = (value: number) => `${Math.round(value)} ms`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Answers what was asked before, after so many milliseconds, whatever an engine would take. */
function remembering(execute: Executor) {
  const known = new Map<string, TextResult>();
  const self = {
    waitMs: 0,
    execute: (async (sql, database) => {
      const result = known.get(sql) ?? (await execute(sql, database));
      known.set(sql, result);
      await sleep(self.waitMs);
      return result;
    }) as Executor,
  };
  return self;
}

/**
 * DynamoDB without items, an S3 that gives what it was given, and a Systems Manager with the one parameter.
 * `asked` has what was called, by its operation.
 */
async function startOthers(parameter: object) {
  const asked: string[] = [];
  const objects = new Map<string, Buffer>();
  const answers: Readonly<Record<string, object>> = {
    GetParameter: { Parameter: { Value: JSON.stringify(parameter) } },
    GetSecretValue: { SecretString: SECRET },
    UpdateItem: { Attributes: { count: { N: '1' } } },
    Query: { Items: [], Count: 0 },
  };
  const server = createServer(async (request, response) => {
    const { method, url = '' } = request;
    const body = await buffer(request);
    const target = request.headers['x-amz-target'];
    const operation = String(target ?? `${method} of S3`).replace(/^.*\./, '');
    asked.push(operation);
    const key = url.replace(/\?.*/, '');
    if (target) {
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
        .end(JSON.stringify(answers[operation] ?? {}));
    } else if (method === 'POST') {
      // An invocation of the function that works for Slack.
      response.writeHead(202).end();
    } else if (method === 'PUT') {
      objects.set(key, body);
      response.writeHead(200).end();
    } else if (objects.has(key)) {
      response.writeHead(200).end(objects.get(key));
    } else {
      response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${port}`, asked, forget: () => objects.clear(), close };
}

/** Milliseconds since the process began: by the clock, and of a processor. */
interface Moment {
  readonly clock: number;
  readonly processor: number;
}

/** What `cold-start-process.ts` prints: when Node ran, the code was loaded, and two questions were answered. */
interface Times {
  readonly started: Moment;
  readonly imported: Moment;
  readonly answered: Moment;
  readonly again: Moment;
}

function startOnce(
  code: string,
  env: Readonly<Record<string, string>>,
  requests: readonly object[],
): Promise<Times> {
  const script = fileURLToPath(new URL('./cold-start-process.js', import.meta.url));
  const child = spawn(process.execPath, [script, code, JSON.stringify(requests)], {
    cwd: code,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((done, reject) => {
    Promise.all([text(child.stdout), text(child.stderr)]).then(([out, err]) => {
      const last = out.trim().split('\n').at(-1) ?? '';
      if (last.startsWith('{"started"')) done(JSON.parse(last) as Times);
      else reject(new Error(`the function did not answer:\n${out}\n${err}`));
    }, reject);
  });
}

const bytesOf = (folder: string, only: (name: string) => boolean): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && only(entry.name))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);

/** The variables that the template gives the function; what is made with it is named as there. */
function environmentOf(config: Config): Readonly<Record<string, string>> {
  const template = synthesized(config)('assistant');
  const resources = template.toJSON().Resources;
  const [made] = Object.values(
    template.findResources('AWS::Lambda::Function', {
      Properties: { FunctionName: `${config.deployment.prefix}-assistant` },
    }),
  );
  const nameOf = (id: string): string => {
    const { TableName, BucketName } = resources[id].Properties;
    return TableName ?? BucketName;
  };
  return Object.fromEntries(
    Object.entries(made?.Properties.Environment.Variables as Record<string, unknown>).map(
      ([name, value]) => [
        name,
        typeof value === 'string' ? value : nameOf((value as { Ref: string }).Ref),
      ],
    ),
  );
}

/** How often each was called, for each run. */
function counted(operations: readonly string[], runs: number): string {
  const times = new Map<string, number>();
  for (const one of operations) times.set(one, (times.get(one) ?? 0) + 1);
  return [...times].map(([one, n]) => `${n / runs} ${one}`).join(', ');
}

/** What it took: the median, by the clock and of a processor. */
function told(times: readonly Times[]): string {
  const between = (from: keyof Times | null, to: keyof Times) => {
    const of = (kind: keyof Moment) =>
      ms(median(times.map((t) => t[to][kind] - (from ? t[from][kind] : 0))));
    return `${of('clock')} (${of('processor')} of a processor)`;
  };
  return `import ${between('started', 'imported')}, first answer after ${between('imported', 'answered')} more, together ${between(null, 'answered')}; the next in ${between('answered', 'again')}`;
}

/** A command of Slack, and what the function is told besides to take it. */
function slackCommand(): { request: object; env: Readonly<Record<string, string>> } {
  const body = new URLSearchParams({
    team_id: TEAM,
    channel_id: 'C0BENCH',
    user_id: 'U0BENCH',
    command: '/kms',
    text: starterQuestions[0] ?? '',
    response_url: 'https://hooks.slack.com/commands/T0BENCH/1/x',
    trigger_id: '1.2.x',
  }).toString();
  const headers = Object.fromEntries(new Headers(slackHeaders(body)));
  return {
    request: { path: '/slack/commands', headers, body },
    env: {
      KMS_INSIGHTS_SECRETS:
        'KMS_INSIGHTS_SLACK_SIGNING_SECRET=arn:aws:secretsmanager:eu-central-1:111122223333:secret:slack',
      KMS_INSIGHTS_SLACK_ACCESS: 'slack-access.yaml',
      KMS_INSIGHTS_SLACK_WORK_FUNCTION: 'kms-insights-slack-work',
    },
  };
}

/** Starts the function `runs` times, one after the other, and prints what it took. */
export async function benchColdStart(runs: number): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'kms-insights-cold-'));
  const corp = createExampleCorp({ seed: 1, asOf: new Date('2026-11-23T00:00:00Z') });
  await collect({
    aws: corp.api,
    store: folderStore(scratch),
    clock: corp.now,
    origin: 'simulated',
    seed: 1,
    analyze: analyzeKey,
  });
  const engine = await openDuckdb(scratch);
  const executor = remembering(duckdbExecutor(() => engine));
  const athena = await startAthena({ execute: executor.execute });
  const issuer = await startIssuer(CLIENT, '');
  const others = await startOthers({
    KMS_INSIGHTS_AUTH_PUBLIC_URL: PAGE_URL,
    KMS_INSIGHTS_AUTH_ISSUER: issuer.url,
    KMS_INSIGHTS_AUTH_CLIENT_ID: CLIENT,
  });
  try {
    const plain = readConfig('infra/config.yaml');
    const slack = { secretName: 'slack', teams: [TEAM], channels: [] };
    const config: Config = { ...plain, assistant: { ...plain.assistant, slack } };
    const code = resolve(assistantFolder('assistant/lambda/http-handler.ts', config));
    const size = (pattern: RegExp) => megabytes(bytesOf(code, (name) => pattern.test(name)));
    console.log(
      `Cold start: ${size(/^index\.mjs$/)} of code, ${size(/\.wasm$/)} of the parser, ${size(/./)} with what else lies beside it`,
    );
    issuer.be('bench', { 'cognito:groups': Object.keys(config.assistant.groups) });
    issuer.lasting(3_600);
    const authorization = `Bearer ${await issuer.token()}`;
    const requests = starterQuestions.slice(0, 2).map((question) => ({
      headers: { authorization, accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ question }),
    }));
    const env = {
      ...environmentOf(plain),
      AWS_REGION: config.deployment.region,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: others.url,
      AWS_ENDPOINT_URL_ATHENA: athena.url,
      KMS_INSIGHTS_ATHENA_SIMULATED: 'true',
    };
    // The servers have then seen every query, and the next runs are alike.
    await startOnce(code, env, requests);
    for (const [waitMs, isKept] of [
      [0, true],
      [0, false],
      [1_000, true],
      [1_000, false],
    ] as const) {
      executor.waitMs = waitMs;
      const before = [athena.calls('StartQueryExecution').length, others.asked.length] as const;
      const times: Times[] = [];
      for (let run = 0; run < runs; run += 1) {
        if (!isKept) others.forget();
        times.push(await startOnce(code, env, requests));
      }
      const asked = athena.calls('StartQueryExecution').length - before[0];
      console.log(
        `  ${isKept ? 'what is read of a snapshot is kept' : 'the first of a snapshot'}, ${ms(waitMs)} a query, median of ${runs}: ${told(times)}`,
      );
      console.log(
        `    a start and two questions: ${asked / runs} queries, ${counted(others.asked.slice(before[1]), runs)}`,
      );
    }
    const acknowledged: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      others.forget();
      const command = slackCommand();
      const times = await startOnce(code, { ...env, ...command.env }, [command.request]);
      acknowledged.push(times.answered.clock);
    }
    console.log(
      `  a command of Slack at the first of a snapshot, 1000 ms a query, median of ${runs}: acknowledged after ${ms(median(acknowledged))}, at most ${ms(Math.max(...acknowledged))}`,
    );
  } finally {
    others.close();
    await Promise.all([athena.stop(), issuer.close(), engine.close()]);
    rmSync(scratch, { recursive: true, force: true });
  }
}
