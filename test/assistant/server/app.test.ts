import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../assistant/answer/answer.ts';
import { EngineError } from '../../../assistant/engine/engine.ts';
import { createApp } from '../../../assistant/server/app.ts';
import type { Translation } from '../../../assistant/translate/translator.ts';
import { fakeDependencies, keyList, noRecords } from '../fakes.ts';

const understood = (question: string): Translation =>
  question.includes('weather')
    ? { kind: 'declined', message: 'Not about keys.', nearest: [], unknownWords: ['weather'] }
    : keyList('SELECT key_id FROM kms_keys');

function app(translate = understood, failure?: Error) {
  const { dependencies } = fakeDependencies({ translate });
  const saved = new Map<string, Answer>();
  return createApp({
    assistant: {
      dependencies: async () => {
        if (failure) throw failure;
        return dependencies;
      },
      answers: {
        save: async (answer) => {
          saved.set(answer.id, answer);
        },
        load: async (id) => saved.get(id),
      },
      ...noRecords,
      close: async () => {},
    },
    webFiles: new Map([
      [
        '/index.html',
        {
          body: new TextEncoder().encode('<!doctype html>'),
          contentType: 'text/html; charset=utf-8',
          immutable: false,
        },
      ],
    ]),
    allowedHosts: new Set(['localhost']),
    log: () => {},
  });
}

/** The body of a JSON response, whatever it holds. */
const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

const post = (body: unknown, headers: Record<string, string> = {}) =>
  new Request('http://localhost/api/ask', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('an engine that cannot be used', () => {
  it.each([post({ question: 'list the keys' }), new Request('http://localhost/healthz')])(
    'is told with what to do, and without a stack',
    async (request) => {
      const expired = new EngineError('CREDENTIALS', 'The credentials have expired.', 'Sign in.');
      const response = await app(understood, expired).fetch(request);
      expect(response.status).toBe(503);
      expect(await json(response)).toMatchObject({
        detail: 'The credentials have expired.',
        hint: 'Sign in.',
      });
    },
  );
});

describe('POST /api/ask', () => {
  it('answers as JSON', async () => {
    const response = await app().fetch(post({ question: 'list the keys' }));
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({
      status: 'answered',
      summary: '2 keys match.',
      rows: [['k1'], ['k2']],
      conversationId: expect.any(String),
    });
  });

  it('answers as server-sent events in order, ending with done', async () => {
    const response = await app().fetch(
      post({ question: 'list the keys' }, { accept: 'text/event-stream' }),
    );
    const text = await response.text();
    expect([...text.matchAll(/^event: (.*)$/gm)].map((m) => m[1])).toEqual([
      'interpretation',
      'sql',
      'rows',
      'summary',
      'evidence',
      'done',
    ]);
    const done = /event: done\ndata: (.*)/.exec(text)?.[1] ?? '{}';
    expect(JSON.parse(done)).toMatchObject({
      status: 'answered',
      followUps: ['How many is that?'],
    });
  });

  it('declines with the same keys as an answer', async () => {
    const response = await app().fetch(post({ question: 'what is the weather?' }));
    expect(await json(response)).toMatchObject({
      status: 'declined',
      summary: 'Not about keys.',
      rows: [],
      sql: null,
    });
  });

  it('gives the earlier turns of the conversation to the translator', async () => {
    const server = app();
    const first = await json(await server.fetch(post({ question: 'list the keys' })));
    const second = await json(
      await server.fetch(post({ question: 'and now?', conversationId: first.conversationId })),
    );
    expect(second.conversationId).toBe(first.conversationId);
    const unknown = await json(
      await server.fetch(post({ question: 'list', conversationId: 'no-such' })),
    );
    expect(unknown.conversationId).not.toBe('no-such');
  });

  it.each<[string, Request, number, RegExp]>([
    ['an empty question', post({ question: ' ' }), 400, /empty/],
    ['a missing question', post({}), 400, /question/],
    ['a body that is no JSON', post('{"question":'), 400, /body/],
    [
      'a time zone that does not exist',
      post({ question: 'x', timeZone: 'Mars/Olympus' }),
      400,
      /timeZone/,
    ],
    [
      'a form',
      post('question=x', { 'content-type': 'application/x-www-form-urlencoded' }),
      415,
      /JSON/,
    ],
    ['100 kB', post({ question: 'x'.repeat(100_000) }), 413, /larger/],
    [
      'another site',
      post({ question: 'x' }, { origin: 'https://evil.example' }),
      403,
      /other sites/,
    ],
  ])('refuses %s with a problem and its fix', async (_, request, status, detail) => {
    const response = await app().fetch(request);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const body = await json(response);
    expect(body).toMatchObject({ status, detail: expect.stringMatching(detail) });
    expect(body.hint).not.toBe('');
  });

  it('refuses to be addressed by a foreign name', async () => {
    const response = await app().fetch(new Request('http://evil.example/api/status'));
    expect(response.status).toBe(403);
  });
});

describe('an answer', () => {
  it('can be fetched again, as JSON, CSV and evidence', async () => {
    const server = app();
    const { id } = await json(await server.fetch(post({ question: 'list the keys' })));
    const get = (path: string) => server.fetch(new Request(`http://localhost${path}`));
    expect(await (await get(`/api/answers/${id}`)).json()).toMatchObject({
      id,
      status: 'answered',
    });
    expect(await (await get(`/api/answers/${id}.csv`)).text()).toBe('key_id\r\nk1\r\nk2\r\n');
    expect(await (await get(`/api/answers/${id}/evidence`)).json()).toMatchObject({
      id,
      rowCount: 2,
      rows: [['k1'], ['k2']],
    });
    expect((await get('/api/answers/nothing')).status).toBe(404);
    expect((await get('/api/answers/nothing.csv')).status).toBe(404);
  });
});

describe('the page', () => {
  it('is served with a strict content security policy', async () => {
    const response = await app().fetch(new Request('http://localhost/'));
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toContain('doctype');
  });

  it.each(['/no-such', '/../package.json', '/%2e%2e/package.json'])(
    'does not serve %s',
    async (path) => {
      expect((await app().fetch(new Request(`http://localhost${path}`))).status).toBe(404);
    },
  );
});
