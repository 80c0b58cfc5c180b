import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../assistant/cli/main.ts';
import { sampleOf } from '../../../assistant/eval/sample.ts';
import { readSuites } from '../../../assistant/eval/suite.ts';
import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { captureConsole } from '../captured-console.ts';
import {
  type ConverseServer,
  type Step,
  startConverse,
} from '../translate/bedrock/converse-server.ts';
import { calling, reply, runSql, saying } from '../translate/bedrock/replies.ts';

/** Suites put to a model on this machine, over a small simulated organization. */

const AS_OF = '2026-11-23T00:00:00Z';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-insights-models-'));
  const corp = createExampleCorp({ seed: 7, asOf: new Date(AS_OF), accounts: 12 });
  await collect({
    aws: corp.api,
    store: folderStore(join(folder, 'data')),
    clock: corp.now,
    origin: 'simulated',
    seed: 7,
    analyze: analyzeKey,
  });
  await writeFile(join(folder, 'vocabulary.yaml'), `asOf: ${AS_OF}\nterms: {}\nnames: {}\n`);
  await writeFile(
    join(folder, 'thresholds.yaml'),
    'languages: {en: {right: 100, wrong: 0}, ja: {right: 100, wrong: 0}}\ncategories: {}\nmedianMs: 50\n',
  );
  await writeFile(
    join(folder, 'inventory.yaml'),
    `category: inventory
cases:
  - {intent: how many, en: [How many keys are there?, count the keys, number of keys], count: "true"}
  - {intent: a joke, en: [Tell me a joke], declined: true}
`,
  );
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const { out, err } = captureConsole();
let server: ConverseServer | undefined;
const before = { ...process.env };
beforeEach(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});
afterEach(async () => {
  process.env = { ...before };
  await server?.stop();
  server = undefined;
});

const MODEL = 'global.anthropic.claude-haiku-4-5-20251001-v1:0';

const evaluate = async (steps: readonly Step[], ...args: string[]) => {
  server = await startConverse(steps);
  process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = server.url;
  return main([
    ...['eval', '--suites', folder, '--data', join(folder, 'data')],
    ...['--translator', 'bedrock', '--region', 'eu-central-1', '--at-once', '1', ...args],
  ]);
};

const COUNT = runSql('SELECT count(*) AS number_of_keys FROM kms_keys', 'The number of keys');
const HALF = runSql(
  "SELECT count(*) AS number_of_keys FROM kms_keys WHERE key_manager = 'CUSTOMER'",
  'The number of keys',
);
const words = (text: string) => reply([saying(text)], 'end_turn');
const declines = reply([
  calling('ask_back', { question: 'This is about keys only.', choices: [], outside: true }),
]);
const throttled: Step = { status: 429, type: 'ThrottlingException', message: 'no' };

describe('eval --translator bedrock', () => {
  it('counts what a model understood, what it took, and what came of its words', async () => {
    process.env.KMS_INSIGHTS_BEDROCK_ATTEMPTS = '1';
    const exit = await evaluate(
      [
        ...[COUNT, words('It is 1 row.')],
        ...[HALF, words('There are 99,999 keys.'), words('There are 88,888 keys.')],
        throttled,
        declines,
      ],
      ...['--model', MODEL, '--json', '--failures'],
    );
    expect({ exit, err }).toEqual({ exit: 0, err: [] });
    const { models, failures } = JSON.parse(out[0] ?? '');
    expect(models).toEqual([
      {
        modelId: MODEL,
        promptVersion: expect.any(String),
        promptHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        questions: 4,
        // The offline translator answered the third rightly, which is no merit of the model.
        outcomes: { right: 2, wrong: 1, clarified: 0, declined: 0, failed: 1 },
        requestsPerQuestion: 7 / 4,
        tokens: { input: 600, output: 60, cacheRead: 0, cacheWrite: 0 },
        costUsd: expect.closeTo((600 * 1 + 60 * 5) / 1e6, 12),
        latencyMs: { median: expect.any(Number), p95: expect.any(Number) },
        failures: { THROTTLED: 1 },
        narratives: { grounded: 1, repaired: 0, replaced: 1, failed: 0 },
      },
    ]);
    expect(failures.map((f: { said: string }) => f.said)).toEqual([
      expect.stringMatching(/^The number of keys → /),
      'The model failed: THROTTLED',
    ]);
  });

  it('compares models, and writes the table into a page', async () => {
    const page = join(folder, 'page.md');
    await writeFile(page, 'before\n<!-- models -->\nold\n<!-- /models -->\nafter\n');
    process.env.KMS_INSIGHTS_BEDROCK_ROWS = '0';
    const all = [COUNT, COUNT, COUNT, declines];
    const models = `${MODEL},eu.amazon.nova-2-lite-v1:0`;
    expect(await evaluate([...all, ...all], '--model', models, '--write', page)).toBe(0);
    expect(await readFile(page, 'utf8')).toMatch(
      new RegExp(
        [
          '^before\n<!-- models -->\n\\| model .*\n\\| ---.*',
          `\\| ${MODEL.replaceAll('.', '\\.')} \\| 4 \\| 100\\.0 % \\| 0 \\| 0 \\| 0 \\| 0 \\|  \\| 0\\.15 \\| [\\d.]+ s \\| [\\d.]+ s \\|`,
          // What this model costs in Europe is not known.
          '\\| eu\\.amazon\\.nova-2-lite-v1:0 \\| 4 \\| 100\\.0 % .* \\| \\? \\| .*\\|',
          '<!-- /models -->\nafter\n$',
        ].join('\n'),
      ),
    );
  });

  it('asks a part of the questions, spread over all', async () => {
    process.env.KMS_INSIGHTS_BEDROCK_ROWS = '0';
    await evaluate([COUNT, declines], '--model', MODEL, '--sample', '2', '--json');
    expect(JSON.parse(out[0] ?? '').models[0]).toMatchObject({
      questions: 2,
      outcomes: { right: 2 },
    });
  });

  it('stops at the amount that may be spent', async () => {
    process.env.KMS_INSIGHTS_BEDROCK_ROWS = '0';
    await evaluate([COUNT, COUNT, COUNT], '--model', MODEL, '--max-usd', '0.0001', '--json');
    expect(JSON.parse(out[0] ?? '').models[0]).toMatchObject({ questions: 3 });
  });

  it('gives up a model that nobody may ask', async () => {
    const denied: Step = { status: 403, type: 'AccessDeniedException', message: 'no' };
    expect(await evaluate(Array(8).fill(denied), '--model', MODEL)).toBe(1);
    expect(err.join('\n')).toMatch(/cannot be asked: ACCESS_DENIED/);
    expect(server?.requests.length).toBeLessThan(4);
  });

  it.each([
    [['--translator', 'offline'], /--region is for models of Bedrock/],
    [['--translator', 'offline', '--model', MODEL], /--model is for models of Bedrock/],
    [['--max-usd', '0', '--model', MODEL], /--max-usd must be an amount/],
    [[], /--model: names no model/],
  ])('refuses %j', async (args, message) => {
    expect(await evaluate([], ...args)).toBe(2);
    expect(err.join('\n')).toMatch(message);
  });
});

describe('a sample', () => {
  it('has as many wordings as were asked for, of all categories, the same each time', async () => {
    const suites = await readSuites('test/eval');
    const sample = sampleOf(suites, 200, undefined);
    const wordings = (of: typeof suites) =>
      of.suites.flatMap((s) => s.cases.flatMap((c) => [...c.en, ...c.ja]));
    expect(wordings(sample)).toHaveLength(200);
    expect(sample).toEqual(sampleOf(suites, 200, undefined));
    expect(sample.suites.length).toBeGreaterThan(suites.suites.length * 0.8);
    expect(wordings(sampleOf(suites, 1e6, 'ja'))).toEqual(
      suites.suites.flatMap((s) => s.cases.flatMap((c) => c.ja)),
    );
  });
});
