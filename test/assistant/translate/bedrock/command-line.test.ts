import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../../assistant/cli/main.ts';
import { collect } from '../../../../collector/pipeline.ts';
import { analyzeKey } from '../../../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../../collector/snapshot/folder-store.ts';
import { captureConsole } from '../../captured-console.ts';
import { type ConverseServer, type Step, startConverse } from './converse-server.ts';
import { lookUp, reply, runSql, saying } from './replies.ts';

/** The commands with a model on this machine, over a small simulated organization in a real DuckDB. */

let data: string;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'kms-insights-bedrock-'));
  const corp = createExampleCorp({ seed: 7, asOf: new Date('2026-11-23T00:00:00Z'), accounts: 12 });
  await collect({
    aws: corp.api,
    store: folderStore(data),
    clock: corp.now,
    origin: 'simulated',
    seed: 7,
    analyze: analyzeKey,
  });
}, 60_000);
afterAll(() => rm(data, { recursive: true, force: true }));

const { out, clear } = captureConsole();
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

const model = async (...steps: Step[]) => {
  server = await startConverse(steps);
  process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = server.url;
  return server;
};
const run = (...args: string[]) => main([...args, '--data', data]);
const json = () => JSON.parse(out[0] ?? '');

const MODEL = 'global.anthropic.claude-haiku-4-5-20251001-v1:0';
const bedrock = ['--translator', 'bedrock', '--model', MODEL, '--region', 'eu-central-1'];
const COUNT =
  'SELECT region, count(*) AS number_of_keys FROM kms_keys GROUP BY region ORDER BY region';

describe('ask --translator bedrock', () => {
  it("runs the model's query and sums up its rows, with evidence and a record of the model", async () => {
    const { requests } = await model(
      lookUp('region', 'Ireland'),
      runSql(COUNT, 'Number of keys per Region', {
        inputTokens: 200,
        outputTokens: 50,
        cacheReadInputTokens: 4_000,
        cacheWriteInputTokens: 1_000,
      }),
      reply([saying('The keys are spread over 4 moons.')], 'end_turn'),
      reply([saying('us-east-1 is among the Regions with keys.')], 'end_turn'),
    );
    expect(await run('ask', '--json', ...bedrock, 'keys per region please')).toBe(0);
    const answer = json();
    expect(answer).toMatchObject({
      status: 'answered',
      translator: 'bedrock',
      interpretation: 'Number of keys per Region',
      columns: [{ name: 'region' }, { name: 'number_of_keys' }],
      summary: expect.stringMatching(/has the highest number of keys, [\d,]+, of \d+ groups\.$/),
      chart: { kind: 'bar', x: 'region', y: 'number_of_keys' },
    });
    const used = {
      modelId: MODEL,
      promptHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      requests: 4,
      inputTokens: 500,
      outputTokens: 80,
      cacheReadTokens: 4_000,
      cacheWriteTokens: 1_000,
      // Claude Haiku 4.5: 1 in, 5 out, 0.10 and 1.25 for the cache, for a million tokens.
      costUsd: expect.closeTo((500 * 1 + 80 * 5 + 4_000 * 0.1 + 1_000 * 1.25) / 1e6, 12),
      failure: null,
    };
    expect(answer.narrative).toBe('us-east-1 is among the Regions with keys.');
    expect(answer.evidence).toMatchObject({
      translator: 'bedrock',
      model: used,
      narrative: { outcome: 'repaired', attempts: [{ wrong: ['4'] }, { wrong: [] }] },
    });
    const log = await readFile(join(data, 'audit', 'audit.jsonl'), 'utf8');
    expect(JSON.parse(log.trim().split('\n').at(-1) ?? '')).toMatchObject({
      translator: 'bedrock',
      model: used,
    });
    expect(requests[0]?.modelId).toBe(MODEL);
  });

  it('gives what sql gives for the same query', async () => {
    await model(runSql(COUNT), reply([saying('us-east-1 is among them.')], 'end_turn'));
    await run('ask', '--json', ...bedrock, 'keys per region');
    const asked = json();
    clear();
    await run('sql', '--json', COUNT);
    expect(asked.rows).toEqual(json().rows);
    expect(asked.evidence.resultHash).toBe(json().resultHash);
  });

  it('prints what the model took', async () => {
    await model(runSql(COUNT), reply([saying('us-east-1 is among them.')], 'end_turn'));
    await run('ask', ...bedrock, 'keys per region');
    expect(out.join('\n')).toContain(
      'The model, checked against the rows: us-east-1 is among them.',
    );
    expect(out.join('\n')).toMatch(
      /Bedrock model global\.anthropic\.\S+: 200 tokens in \(0 from the cache\), 20 out, about US\$ 0\.000\d\./,
    );
  });

  it('is told the questions before, with their SQL', async () => {
    process.env.KMS_INSIGHTS_BEDROCK_ROWS = '0';
    const { requests } = await model(
      runSql(COUNT),
      runSql('SELECT count(*) AS keys FROM kms_keys'),
    );
    await run('ask', '--json', ...bedrock, 'keys per region', 'and in all?');
    const [, second] = requests;
    const texts = second?.body.messages[0].content.map((c: { text: string }) => c.text);
    expect(texts).toHaveLength(3);
    expect(texts[1]).toMatch(/^<data kind="earlier_questions">.*keys per region.*GROUP BY/s);
    expect(texts[2]).toBe('and in all?');
  });

  it.each([
    [['--translator', 'bedrock'], 'BAD_SETTING', /--model: names no model/],
    [['--model', MODEL], 'BAD_OPTION', /--model is for Bedrock/],
    [['--guardrail', 'g:1'], 'BAD_OPTION', /--guardrail is for Bedrock/],
    [[...bedrock, '--guardrail', 'g'], 'BAD_SETTING', /--guardrail: has the form/],
    [['--region', 'eu-central-1'], 'BAD_OPTION', /--region is for Athena/],
  ])('refuses %j before anything is opened', async (flags, code, message) => {
    expect(await run('ask', '--json', ...flags, 'How many keys?')).toBe(2);
    expect(json()).toMatchObject({ error: { code, message: expect.stringMatching(message) } });
  });

  it('is not what is used when nothing is said', async () => {
    const { requests } = await model();
    expect(await run('ask', '--json', 'How many keys are there?')).toBe(0);
    expect(json().evidence).toMatchObject({ translator: 'offline', model: null });
    expect(requests).toEqual([]);
  });
});

describe('prompt', () => {
  it('prints exactly what ask sends, without sending it', async () => {
    process.env.KMS_INSIGHTS_BEDROCK_ROWS = '0';
    const { requests } = await model(runSql(COUNT));
    const question = 'How many keys per Region?';
    expect(await run('prompt', '--model', MODEL, '--guardrail', 'gr1:DRAFT', question)).toBe(0);
    expect(requests).toEqual([]);
    const printed = json();
    clear();
    await run('ask', '--json', ...bedrock, '--guardrail', 'gr1:DRAFT', question);
    const { modelId, ...body } = printed.request;
    expect({ modelId, body }).toEqual(requests[0]);
    expect(printed.promptHash).toBe(json().evidence.model.promptHash);
    expect(printed.promptVersion).toBe(json().evidence.model.promptVersion);
  });

  it('needs neither a model nor credentials', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    expect(await run('prompt', '--region', 'eu-central-1', 'How many keys?')).toBe(0);
    expect(json().request.messages[0].content.at(-1)).toEqual({ text: 'How many keys?' });
  });
});
