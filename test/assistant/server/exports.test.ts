import { describe, expect, it } from 'vitest';
import { covers } from '../../../assistant/answer/store.ts';
import type { AccountScope, Assistant } from '../../../assistant/assistant.ts';
import type { Caller } from '../../../assistant/auth/caller.ts';
import { createApp } from '../../../assistant/server/app.ts';
import type { Translation } from '../../../assistant/translate/translator.ts';
import { fakeDependencies, keyList, noRecords } from '../fakes.ts';

/** What leaves by HTTP after it was asked is in the audit log, with who got it. */

const declined: Translation = {
  kind: 'declined',
  message: 'That is not in the data.',
  nearest: [],
  unknownWords: ['weather'],
};

function server(failing: { audit?: boolean } = {}) {
  const { dependencies, audited } = fakeDependencies({
    translate: (question) =>
      question.includes('weather') ? declined : keyList('SELECT key_id FROM kms_keys'),
  });
  const kept = new Map<string, { answer: never; scope: AccountScope }>();
  const assistant: Assistant = {
    dependencies: async (accountScope = null) => ({
      ...dependencies,
      accountScope,
      audit: async (entry) => {
        if (failing.audit) throw new Error('the disk is full');
        return dependencies.audit(entry);
      },
    }),
    answers: {
      save: async (answer, scope) => void kept.set(answer.id, { answer: answer as never, scope }),
      load: async (id, scope) => {
        const found = kept.get(id);
        return found && covers(scope, found.scope) ? found.answer : undefined;
      },
    },
    ...noRecords,
    close: async () => {},
  };
  let caller: Caller = { user: 'ann', name: 'Ann', role: 'viewer', accountScope: null };
  const app = createApp({
    assistant,
    webFiles: new Map(),
    allowedHosts: new Set(['localhost']),
    gate: { identify: async () => caller, routes: null },
    log: () => {},
  });
  return {
    audited,
    be: (user: string, accountScope: AccountScope) => {
      caller = { user, name: user, role: 'viewer', accountScope };
    },
    get: (path: string) => app.fetch(new Request(`http://localhost${path}`)),
    asked: async (question = 'list the keys') => {
      const response = await app.fetch(
        new Request('http://localhost/api/ask', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ question }),
        }),
      );
      return ((await response.json()) as { id: string }).id;
    },
  };
}

describe('an answer that is given out', () => {
  it.each([
    ['answer', ''],
    ['csv', '.csv'],
    ['evidence', '/evidence'],
  ])('as %s is recorded with who got it', async (exported, suffix) => {
    const { audited, be, get, asked } = server();
    const id = await asked();
    be('bob', null);
    expect((await get(`/api/answers/${id}${suffix}`)).status).toBe(200);
    const [question, given, ...more] = audited;
    expect(more).toEqual([]);
    expect(question).toMatchObject({ user: 'ann', exported: null });
    expect(given).toEqual({
      ...question,
      user: 'bob',
      exported,
      model: null,
      scannedBytes: null,
      costUsd: null,
      elapsedMs: 0,
    });
  });

  it('is not recorded where it is not given: to others, where it has no rows, where it is gone', async () => {
    const { audited, be, get, asked } = server();
    const [id, none] = [await asked(), await asked('the weather')];
    const before = audited.length;
    expect((await get(`/api/answers/${none}`)).status).toBe(200);
    expect((await get(`/api/answers/${none}.csv`)).status).toBe(404);
    expect((await get('/api/answers/gone')).status).toBe(404);
    be('bob', ['111122223333']);
    for (const suffix of ['', '.csv', '/evidence']) {
      expect((await get(`/api/answers/${id}${suffix}`)).status).toBe(404);
    }
    expect(audited).toHaveLength(before);
  });

  it('is not given where it cannot be recorded', async () => {
    const failing = { audit: false };
    const { get, asked } = server(failing);
    const id = await asked();
    failing.audit = true;
    for (const suffix of ['', '.csv', '/evidence']) {
      const response = await get(`/api/answers/${id}${suffix}`);
      expect(response.status).toBe(500);
      expect(await response.text()).not.toContain('key_id');
    }
  });

  it('is kept by no cache', async () => {
    const { get, asked } = server();
    const id = await asked();
    for (const path of [`/api/answers/${id}.csv`, '/api/me', '/api/answers/gone']) {
      expect((await get(path)).headers.get('cache-control')).toBe('no-store');
    }
  });
});
