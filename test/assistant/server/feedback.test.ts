import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderAnswerStore } from '../../../assistant/answer/store.ts';
import { ask } from '../../../assistant/ask.ts';
import { fileAudit, fileAuditLog, readQuestions } from '../../../assistant/audit/audit.ts';
import { fileFeedback, readFeedback } from '../../../assistant/audit/feedback.ts';
import { localCaller } from '../../../assistant/auth/caller.ts';
import { createApp } from '../../../assistant/server/app.ts';
import { fakeDependencies, keyList } from '../fakes.ts';

/** What people say of answers, over HTTP and in the data folder. */

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-insights-feedback-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A server for a caller who may see these accounts; all servers of a test share their folder. */
function server(accountScope: readonly string[] | null = null) {
  const fake = fakeDependencies({ translate: () => keyList('SELECT key_id FROM kms_keys') });
  const dependencies = { ...fake.dependencies, audit: fileAudit(folder) };
  const app = createApp({
    assistant: {
      dependencies: async (scope = null) => ({ ...dependencies, accountScope: scope }),
      answers: folderAnswerStore(folder),
      feedback: fileFeedback(folder),
      auditLog: fileAuditLog(folder),
      close: async () => {},
    },
    webFiles: new Map(),
    allowedHosts: new Set(['localhost']),
    gate: { identify: async () => ({ ...localCaller, accountScope }), routes: null },
    log: () => {},
  });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.fetch(
      new Request(`http://localhost${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    );
  return {
    get: (path: string) => app.fetch(new Request(`http://localhost${path}`)),
    say: (id: string, body: unknown, headers?: Record<string, string>) =>
      post(
        '/api/feedback',
        typeof body === 'object' && body !== null ? { answerId: id, ...body } : body,
        headers,
      ),
    /** Asks, and gives the id of the answer. */
    asked: async () => {
      const response = await post('/api/ask', { question: 'list the keys' });
      return ((await response.json()) as { id: string }).id;
    },
  };
}

const lines = async () =>
  (await readFile(join(folder, 'audit', 'feedback.jsonl'), 'utf8').catch(() => ''))
    .split('\n')
    .filter((l) => l !== '');

describe('POST /api/feedback', () => {
  it('keeps who said what of which answer, and when', async () => {
    const { asked, say } = server();
    const id = await asked();
    const response = await say(id, {
      rating: 'down',
      comment: ' The keys of staging are missing. ',
    });
    expect(response.status).toBe(200);
    const comment = 'The keys of staging are missing.';
    expect(await response.json()).toEqual({ answerId: id, rating: 'down', comment });
    expect((await lines()).map((l) => JSON.parse(l))).toEqual([
      { at: '2026-11-24T12:00:00.000Z', user: 'local', answerId: id, rating: 'down', comment },
    ]);
  });

  it('is told of an answer that the audit log has, with its SQL', async () => {
    const { asked, say } = server();
    const id = await asked();
    await say(id, { rating: 'up' });
    // That it was downloaded is in the same log, and is no question.
    await server().get(`/api/answers/${id}.csv`);
    expect((await readQuestions(folder)).get(id)).toMatchObject({
      question: 'list the keys',
      earlierTurns: 0,
      sql: expect.stringMatching(/^SELECT .*LIMIT 1000$/),
      asOf: '2026-11-23T00:00:00.000Z',
      accountScope: null,
    });
  });

  it('changes nothing when the same is said again, also twice at once', async () => {
    const { asked, say } = server();
    const id = await asked();
    const said = { rating: 'up', comment: 'Good.' };
    const statuses = (await Promise.all([say(id, said), say(id, said)])).map((r) => r.status);
    await say(id, said);
    expect(statuses).toEqual([200, 200]);
    expect(await lines()).toHaveLength(1);
  });

  it('takes the last that one says of an answer, and leaves the first in the record', async () => {
    const { asked, say } = server();
    const [first, second] = [await asked(), await asked()];
    await say(first, { rating: 'up', comment: 'Good.' });
    await say(second, { rating: 'up' });
    await say(first, { rating: 'down', comment: null });
    await say(first, { rating: 'down', comment: '  ' });
    expect(await lines()).toHaveLength(3);
    expect((await readFeedback(folder)).entries).toMatchObject([
      { answerId: first, rating: 'down', comment: null },
      { answerId: second, rating: 'up', comment: null },
    ]);
  });

  it('writes a comment in one line, whatever is in it', async () => {
    const { asked, say } = server();
    const id = await asked();
    const comment = 'a\n{"user":"root"}\r\u2028\u202e\u001b[2J\ud800"';
    expect((await say(id, { rating: 'up', comment })).status).toBe(200);
    const [line, ...more] = await lines();
    expect(more).toEqual([]);
    expect(JSON.parse(line ?? '')).toMatchObject({
      user: 'local',
      comment,
    });
  });

  it.each<[string, unknown, number, RegExp, Record<string, string>?]>([
    ['no rating', {}, 400, /rating/],
    ['another rating', { rating: 'sideways' }, 400, /rating/],
    ['a comment that is no text', { rating: 'up', comment: 7 }, 400, /comment/],
    ['a long comment', { rating: 'up', comment: 'x'.repeat(2_001) }, 400, /comment/],
    ['a field that there is not', { rating: 'up', user: 'root' }, 400, /user/],
    ['no JSON', '{"rating":', 400, /body/],
    ['a form', 'rating=up', 415, /JSON/, { 'content-type': 'application/x-www-form-urlencoded' }],
    ['17 kB', { rating: 'up', comment: 'x'.repeat(17_000) }, 413, /larger/],
    ['another site', { rating: 'up' }, 403, /other sites/, { origin: 'https://evil.example' }],
  ])('refuses %s with a problem and its fix', async (_, body, status, detail, headers) => {
    const { asked, say } = server();
    const response = await say(await asked(), body, headers);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      status,
      detail: expect.stringMatching(detail),
      hint: expect.stringMatching(/\w/),
    });
    expect(await lines()).toEqual([]);
  });

  it('takes the longest comment, however it is escaped', async () => {
    const { asked, say } = server();
    const escaped = '\\u0001'.repeat(2_000);
    const id = await asked();
    const body = `{"answerId":"${id}","rating":"up","comment":"x${escaped.slice(6)}"}`;
    const response = await say(id, body);
    expect(response.status).toBe(200);
  });

  it.each(['0b6c3f2e-5a0d-4f0e-9d3a-1f2e3d4c5b6a', 'nothing', '..%2F..%2Faudit', '%00'])(
    'knows no answer %s',
    async (id) => {
      const response = await server().say(id, { rating: 'up' });
      expect(response.status).toBe(404);
      expect(await lines()).toEqual([]);
    },
  );
});

describe('an answer that was made for others', () => {
  it.each<[string, readonly string[] | null, readonly string[] | null, boolean]>([
    ['of all accounts, to one who sees some', null, ['111122223333'], false],
    [
      'of two accounts, to one who sees one',
      ['111122223333', '444455556666'],
      ['111122223333'],
      false,
    ],
    ['of one account, to one who sees none', ['111122223333'], [], false],
    [
      'of one account, to one who sees two',
      ['111122223333'],
      ['444455556666', '111122223333'],
      true,
    ],
    ['of one account, to one who sees all', ['111122223333'], null, true],
    ['of the same accounts', ['111122223333'], ['111122223333'], true],
  ])('%s', async (_, made, seen, shown) => {
    const id = await server(made).asked();
    const other = server(seen);
    const statuses = [
      (await other.get(`/api/answers/${id}`)).status,
      (await other.get(`/api/answers/${id}.csv`)).status,
      (await other.get(`/api/answers/${id}/evidence`)).status,
      (await other.say(id, { rating: 'up' })).status,
    ];
    expect(statuses).toEqual(Array.from({ length: 4 }, () => (shown ? 200 : 404)));
    expect(await lines()).toHaveLength(shown ? 1 : 0);
  });
});

describe('the records', () => {
  it('are read though a line was cut or is of another kind', async () => {
    const { asked, say } = server();
    const id = await asked();
    await say(id, { rating: 'up' });
    const file = join(folder, 'audit', 'feedback.jsonl');
    const whole = await readFile(file, 'utf8');
    await writeFile(file, `{"at":"2026\n${whole}{"rating":"up"}\n[]\n`);
    const { entries, unreadable } = await readFeedback(folder);
    expect(entries).toHaveLength(1);
    expect(unreadable).toBe(3);
  });

  it('are none where nothing was said', async () => {
    expect(await readFeedback(folder)).toEqual({ entries: [], unreadable: 0 });
    expect(await readQuestions(folder)).toEqual(new Map());
  });

  it('say how many questions came before', async () => {
    const fake = fakeDependencies({ translate: () => keyList('SELECT key_id FROM kms_keys') });
    const before = { question: 'a', sql: 'SELECT 1', state: null };
    await ask(
      {
        question: 'and then?',
        conversation: [before, before],
        timeZone: 'UTC',
        user: 'alice',
        face: 'cli',
      },
      { ...fake.dependencies, audit: fileAudit(folder), accountScope: ['111122223333'] },
    );
    expect([...(await readQuestions(folder)).values()]).toMatchObject([
      { question: 'and then?', earlierTurns: 2, accountScope: ['111122223333'] },
    ]);
  });
});
