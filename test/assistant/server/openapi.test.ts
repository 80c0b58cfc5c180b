import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assistant } from '../../../assistant/assistant.ts';
import { localCaller } from '../../../assistant/auth/caller.ts';
import { openGate } from '../../../assistant/auth/gate.ts';
import { openLocalAssistant } from '../../../assistant/local.ts';
import { createApp } from '../../../assistant/server/app.ts';
import { operations } from '../../../assistant/server/operations.ts';
import { slackRoutes } from '../../../assistant/slack/routes.ts';
import { collect } from '../../../collector/pipeline.ts';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { createExampleCorp } from '../../../collector/simulate/example-corp.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import document from '../../../docs/openapi.json' with { type: 'json' };

/** The published description of the API, held against what the server really answers. */

let folder: string;
let assistant: Assistant;
let app: ReturnType<typeof createApp>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-insights-openapi-'));
  const corp = createExampleCorp({ seed: 5, asOf: new Date('2026-11-23T00:00:00Z'), accounts: 12 });
  await collect({
    aws: corp.api,
    store: folderStore(folder),
    clock: corp.now,
    origin: 'simulated',
    seed: 5,
    analyze: analyzeKey,
  });
  assistant = await openLocalAssistant(folder);
  app = createApp({
    assistant,
    webFiles: new Map(),
    allowedHosts: new Set(['localhost']),
    log: () => {},
  });
}, 120_000);
afterAll(async () => {
  await assistant?.close();
  await rm(folder, { recursive: true, force: true });
});

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema({ ...document, $id: 'api' });

/** What is wrong with a body by a schema of the document; nothing where it is as it should be. */
function faults(schema: string, body: unknown): readonly string[] {
  const validate = ajv.getSchema(`api#/components/schemas/${schema}`);
  if (!validate) throw new Error(`there is no schema ${schema}`);
  validate(body);
  return (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
}

const get = (path: string) => app.fetch(new Request(`http://localhost${path}`));
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.fetch(
    new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );

describe('docs/openapi.json', () => {
  it('is a valid document of OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('names every route that the server has, and no other', () => {
    const unused = () => Promise.reject(new Error('not used'));
    const everything = createApp({
      assistant,
      webFiles: new Map(),
      allowedHosts: new Set(),
      log: () => {},
      gate: {
        identify: async () => localCaller,
        routes: openGate({ settings: { publicUrl: 'https://x' }, issuer: {} } as never).routes,
      },
      slack: new Hono().route('/', slackRoutes({ handOver: unused } as never)),
    });
    const served = everything.routes
      .filter(({ method, path }) => method !== 'ALL' && path !== '*' && path !== '/*')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    const told = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    // An answer and its CSV are one route.
    const known = served.flatMap((route) =>
      route === 'GET /api/answers/{file}'
        ? ['GET /api/answers/{id}', 'GET /api/answers/{id}.csv']
        : [route],
    );
    expect(new Set(known)).toEqual(new Set(told));
  });
});

describe('a response', () => {
  it.each([
    ['StatusBody', '/api/status'],
    ['DashboardBody', '/api/dashboard'],
    ['DashboardBody', '/api/dashboard?severity=HIGH&language=ja'],
    ['KeysBody', '/api/keys?region=eu-central-1'],
    ['MeBody', '/api/me'],
    ['HealthBody', '/healthz'],
    ['AuditBody', '/api/audit?limit=3'],
  ])('is a %s: %s', async (schema, path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(faults(schema, await response.json())).toEqual([]);
  });

  it.each(['How many keys are there?', 'keys per Region', 'unused keys', 'the weather'])(
    'to the question "%s" is an AnswerBody, and then an EvidenceBody where there is one',
    async (question) => {
      const body = (await (await post('/api/ask', { question })).json()) as {
        id: string;
        status: string;
      };
      expect(faults('AnswerBody', body)).toEqual([]);
      expect(faults('AnswerBody', await (await get(`/api/answers/${body.id}`)).json())).toEqual([]);
      if (body.status !== 'answered') return;
      const evidence = await (await get(`/api/answers/${body.id}/evidence`)).json();
      expect(faults('EvidenceBody', evidence)).toEqual([]);
    },
  );

  it('of events has the data of each event', async () => {
    const response = await post(
      '/api/ask',
      { question: 'keys per Region' },
      { accept: 'text/event-stream' },
    );
    const events = (await response.text())
      .split('\n\n')
      .filter((block) => block !== '')
      .map((block) => ({
        event: /^event: (.*)$/m.exec(block)?.[1] ?? '',
        data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? ''),
      }));
    expect(events.map(({ event }) => event)).toContain('done');
    for (const { event, data } of events) {
      expect(faults(`AskEvents/properties/${event}`, data)).toEqual([]);
    }
  });

  it('about a key is a KeyBody', async () => {
    const { rows, columns } = (await (await get('/api/keys')).json()) as {
      rows: unknown[][];
      columns: { name: string }[];
    };
    const at = columns.findIndex(({ name }) => name === 'key_arn');
    const arn = encodeURIComponent(String(rows[0]?.[at]));
    const response = await get(`/api/keys/${arn}`);
    expect(response.status).toBe(200);
    expect(faults('KeyBody', await response.json())).toEqual([]);
  });

  it.each([
    [400, () => get('/api/keys?region=nowhere!')],
    [404, () => get('/api/answers/none')],
    [404, () => get('/api/embed-url')],
    [415, () => app.fetch(new Request('http://localhost/api/ask', { method: 'POST' }))],
  ])('that refuses with %i is a ProblemBody', async (status, ask) => {
    const response = await ask();
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(faults('ProblemBody', await response.json())).toEqual([]);
  });

  it('of another form is found to be wrong', () => {
    expect(faults('MeBody', { user: 'x', name: 'x', role: 'boss', signIn: true })).not.toEqual([]);
  });
});
