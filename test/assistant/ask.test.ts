import { describe, expect, it } from 'vitest';
import type { AskEvent } from '../../assistant/answer/events.ts';
import { ask, MAX_QUESTION_LENGTH } from '../../assistant/ask.ts';
import { EngineError } from '../../assistant/engine/engine.ts';
import { fakeDependencies, keyList, oneColumn } from './fakes.ts';

const request = (question: string) => ({
  question,
  conversation: [],
  timeZone: 'UTC',
  user: 'alice',
  face: 'cli' as const,
});

const askWith = async (
  parts: Parameters<typeof fakeDependencies>[0],
  question = 'list the keys',
) => {
  const { dependencies, audited } = fakeDependencies(parts);
  const events: AskEvent[] = [];
  const outcome = await ask(request(question), dependencies, (event) => events.push(event));
  return { ...outcome, events: events.map((e) => e.type), audited };
};

describe('a question that is understood', () => {
  it('is answered with evidence that names what is needed to get it again', async () => {
    const { answer, events, turn } = await askWith({
      translate: () => keyList('SELECT key_id FROM kms_keys'),
    });
    expect(events).toEqual(['interpretation', 'sql', 'rows', 'summary', 'evidence']);
    expect(answer).toMatchObject({
      status: 'answered',
      summary: '2 keys match.',
      rowCount: 2,
      totalRows: 2,
      truncated: false,
      notes: ['A note.'],
      evidence: {
        question: 'list the keys',
        interpretation: 'All keys, as of 23 November 2026',
        asOf: '2026-11-23T00:00:00.000Z',
        snapshotId: '20261123T000000Z-0123abcd',
        engine: 'duckdb',
        queryId: 'query-1',
        rowCount: 2,
        translator: 'offline',
        tables: ['kms_keys'],
        coverage: { failed: 1 },
      },
    });
    expect(turn).toMatchObject({ question: 'list the keys', state: { plan: 1 } });
  });

  it('runs the SQL that the guard rendered, not the SQL that was proposed', async () => {
    const ran: string[] = [];
    const { answer } = await askWith({
      translate: () => keyList('select   key_id from kms_insights_database.kms_keys -- a comment'),
      run: async (query) => {
        ran.push(query.trino);
        return oneColumn([]);
      },
    });
    expect(ran).toHaveLength(1);
    expect(ran[0]).not.toContain('--');
    expect(ran[0]).toMatch(/LIMIT 1000$/);
    expect(answer).toMatchObject({ status: 'answered', sql: ran[0] });
  });

  it('says how many rows there are when the limit cut some off', async () => {
    const { answer } = await askWith({
      translate: () => keyList('SELECT key_id FROM kms_keys'),
      run: async (query) =>
        query.trino.includes('count(*)')
          ? { ...oneColumn([[5123]]), columns: [{ name: 'n', type: 'bigint' }] }
          : oneColumn(Array.from({ length: 1000 }, (_, i) => [`k${i}`])),
    });
    expect(answer).toMatchObject({
      truncated: true,
      rowCount: 1000,
      totalRows: 5123,
      summary: '5,123 keys match; the first 1,000 are shown.',
    });
  });

  it('does not call a result cut that ends exactly at the limit', async () => {
    const { answer } = await askWith({
      translate: () => keyList('SELECT key_id FROM kms_keys'),
      run: async (query) =>
        oneColumn(
          query.trino.includes('count(*)') ? [[1000]] : Array.from({ length: 1000 }, () => ['k']),
        ),
    });
    expect(answer).toMatchObject({ truncated: false, totalRows: 1000 });
  });
});

describe('a question that is not answered', () => {
  it.each([
    ['', 'EMPTY_QUESTION'],
    ['  \n ', 'EMPTY_QUESTION'],
    ['x'.repeat(MAX_QUESTION_LENGTH + 1), 'QUESTION_TOO_LONG'],
    ['keys '.repeat(20_000), 'QUESTION_TOO_LONG'],
  ])('%.10j… is refused as %s before anything is translated', async (question, code) => {
    const { answer } = await askWith(
      {
        translate: () => {
          throw new Error('translated');
        },
      },
      question,
    );
    expect(answer).toMatchObject({
      status: 'error',
      error: { code, hint: expect.stringMatching(/\w/) },
    });
  });

  it('remembers that a question was not answered, unless only something was told beside', async () => {
    const declined = { kind: 'declined', message: 'No.', unknownWords: [], nearest: [] } as const;
    const unanswered = { question: 'list the keys', sql: null, state: null };
    expect((await askWith({ translate: () => declined })).turn).toEqual(unanswered);
    expect((await askWith({ translate: () => ({ ...declined, aside: true }) })).turn).toBeNull();
  });

  it('remembers what was offered, for the reply to it', async () => {
    const choices = ['List keys', 'List accounts'];
    const askedBack = { kind: 'clarify', message: 'Which?', unknownWords: [], choices } as const;
    expect((await askWith({ translate: () => askedBack })).turn).toEqual({
      question: 'list the keys',
      sql: null,
      state: null,
      choices,
    });
  });

  it('runs nothing when the proposed SQL is refused', async () => {
    const { answer, events, turn } = await askWith({
      translate: () => keyList('DELETE FROM kms_keys'),
      run: async () => {
        throw new Error('ran');
      },
    });
    expect(answer).toMatchObject({
      status: 'error',
      error: { code: expect.stringMatching(/^SQL_/) },
    });
    expect(events).toEqual(['interpretation', 'error']);
    expect(turn).toBeNull();
  });

  it('tells an engine failure with its hint', async () => {
    const { answer } = await askWith({
      translate: () => keyList('SELECT key_id FROM kms_keys'),
      run: async () => {
        throw new EngineError('TIMEOUT', 'The query ran too long.', 'Ask for less.');
      },
    });
    expect(answer).toMatchObject({
      status: 'error',
      error: { code: 'TIMEOUT', hint: 'Ask for less.' },
    });
  });

  it('tells an engine failure that repeats a value as text that cannot act', async () => {
    const { answer } = await askWith({
      translate: () => keyList('SELECT key_id FROM kms_keys'),
      run: async () => {
        throw new EngineError(
          'FAILED',
          "Bad value '![x](https://evil.example)\u001b[2J'.",
          'Mend.',
        );
      },
    });
    expect(answer).toMatchObject({
      error: { message: "Bad value '! [x] (https: //evil.example)⟨U+001B⟩[2J'." },
    });
  });

  it('tells a translator failure and runs nothing', async () => {
    const { answer } = await askWith({ translate: () => Promise.reject(new Error('boom')) });
    expect(answer).toMatchObject({ status: 'error', error: { code: 'TRANSLATOR_FAILED' } });
  });

  it.each([
    { kind: 'clarify', message: 'Which?', choices: ['a', 'b'], unknownWords: [] } as const,
    { kind: 'declined', message: 'No.', nearest: ['c'], unknownWords: ['weather'] } as const,
  ])('passes on $kind', async (translation) => {
    const { answer, events } = await askWith({ translate: () => translation });
    const { kind, ...rest } = translation;
    expect(answer).toMatchObject({ status: kind, ...rest });
    expect(events).toEqual([kind]);
  });
});

describe('the audit log', () => {
  it('records what was asked, what ran and what came back, but no rows', async () => {
    const { audited, answer } = await askWith({
      translate: () => keyList('SELECT key_id FROM kms_keys'),
    });
    expect(audited).toEqual([
      expect.objectContaining({
        at: '2026-11-24T12:00:00.000Z',
        user: 'alice',
        face: 'cli',
        question: 'list the keys',
        status: 'answered',
        rowCount: 2,
        resultHash: answer.status === 'answered' ? answer.evidence.resultHash : 'missing',
        errorCode: null,
      }),
    ]);
    expect(JSON.stringify(audited)).not.toContain('k1');
  });

  it('records refusals and failures too', async () => {
    const { audited } = await askWith({ translate: () => keyList('DROP TABLE kms_keys') });
    expect(audited).toMatchObject([
      { status: 'error', sql: null, errorCode: expect.stringMatching(/^SQL_/) },
    ]);
  });

  it('must be written: without a record there is no answer', async () => {
    const { dependencies } = fakeDependencies({
      translate: () => keyList('SELECT key_id FROM kms_keys'),
    });
    const full = { ...dependencies, audit: () => Promise.reject(new Error('disk full')) };
    await expect(ask(request('list the keys'), full)).rejects.toThrow('disk full');
  });
});
