import { describe, expect, it } from 'vitest';
import type { AskEvent } from '../../assistant/server/api.ts';
import { answerPath, fetchAnswer } from '../../web/src/api/answers.ts';
import { ask } from '../../web/src/api/ask.ts';
import { readAskEvent } from '../../web/src/api/askEvent.ts';
import { readProblem } from '../../web/src/api/problem.ts';
import { readAnswer } from '../../web/src/api/readAnswer.ts';
import { answered, evidence, rows } from './answers.ts';

const stream = (text: string, type = 'text/event-stream'): typeof fetch => {
  return async () => new Response(text, { headers: { 'Content-Type': type } });
};

const frames = (events: Readonly<Record<string, unknown>>): string =>
  Object.entries(events)
    .map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
    .join('');

async function run(send: typeof fetch, signal = new AbortController().signal) {
  const events: AskEvent[] = [];
  const failure = await ask({ question: 'q' }, (event) => events.push(event), signal, send);
  return { failure, types: events.map(({ type }) => type) };
}

describe('asking', () => {
  it('hands on every event and is content once done has come', async () => {
    const { failure, types } = await run(stream(frames(answered)));
    expect(failure).toBeNull();
    expect(types).toEqual(Object.keys(answered));
  });

  it('passes over events it does not know, and a chart that is none', async () => {
    const text = frames({ thought: { x: 1 }, ...answered, chart: null });
    const { failure, types } = await run(stream(text));
    expect(failure).toBeNull();
    expect(types).not.toContain('chart');
  });

  it.each<[string, typeof fetch, string]>([
    [
      'the server is not there',
      async () => {
        throw new TypeError('fetch failed');
      },
      'UNREACHABLE',
    ],
    ['the stream ends before done', stream(frames({ sql: answered.sql })), 'INTERRUPTED'],
    ['the reply is no event stream', stream('<html>', 'text/html'), 'UNREADABLE'],
    ['an event is no JSON', stream('event: sql\ndata: {\n\n'), 'UNREADABLE'],
    ['an event lacks what its name promises', stream(frames({ sql: { text: 1 } })), 'UNREADABLE'],
    ['the server refuses', async () => new Response('{}', { status: 503 }), 'HTTP 503'],
  ])('reports a problem when %s', async (_, send, code) => {
    const { failure } = await run(send);
    expect(failure).toMatchObject({ kind: 'problem', problem: { code } });
  });

  it('tells a stop from a failure', async () => {
    const controller = new AbortController();
    const { failure } = await run(async () => {
      controller.abort();
      throw new DOMException('aborted', 'AbortError');
    }, controller.signal);
    expect(failure).toEqual({ kind: 'stopped' });
  });
});

describe('reading events', () => {
  it.each<[string, unknown]>([
    ['rows', { ...rows, rows: [['us-east-1']] }],
    ['rows', { ...rows, columns: [{ name: 'region' }] }],
    ['rows', { ...rows, rows: 'none' }],
    ['evidence', { ...evidence, coverage: {} }],
    ['evidence', { ...evidence, resultHash: undefined }],
    ['clarify', { message: 'm', choices: [1], unknownWords: [] }],
    ['done', { id: 'a', status: 'answered', followUps: [] }],
    ['summary', null],
  ])('refuses %s that are not whole', (name, data) => {
    expect(readAskEvent({ name, data: JSON.stringify(data) })).toBe('unreadable');
  });

  it('takes a total that is not known', () => {
    const data = { ...rows, totalRows: null, truncated: true };
    expect(readAskEvent({ name: 'rows', data: JSON.stringify(data) })).toMatchObject({ data });
  });

  it('does not take a property of every object for an event', () => {
    expect(readAskEvent({ name: 'toString', data: '{}' })).toBeNull();
  });
});

describe('problem details', () => {
  it.each<[unknown, { message: string; hint: string }]>([
    [
      { title: 'Bad request', detail: 'Empty question', hint: 'Ask something' },
      { message: 'Empty question', hint: 'Ask something' },
    ],
    [
      { title: 'Bad request', hint: 7 },
      { message: 'Bad request', hint: '' },
    ],
    ['oops', { message: '', hint: '' }],
    [null, { message: '', hint: '' }],
  ])('are read from %j', (body, expected) => {
    expect(readProblem(400, body)).toEqual({ code: 'HTTP 400', ...expected });
  });
});

describe('earlier answers', () => {
  const whole = {
    id: 'a1',
    question: 'q',
    translator: 'offline',
    status: 'answered',
    interpretation: 'i',
    sql: 's',
    ...rows,
    summary: 't',
    notes: [],
    chart: null,
    evidence,
    followUps: [],
  };

  it('are read when whole', () => {
    expect(readAnswer(whole)).toEqual(whole);
  });

  it.each(['summary', 'evidence', 'rows', 'interpretation', 'status'])(
    'are refused without %s',
    (name) => {
      expect(readAnswer({ ...whole, [name]: undefined })).toBeNull();
    },
  );

  it.each<[string, Response, unknown]>([
    ['found', Response.json(whole), whole],
    ['forgotten', new Response('', { status: 404 }), 'gone'],
    ['not readable now', new Response('', { status: 500 }), 'failed'],
    ['something else', Response.json({ hello: 1 }), 'failed'],
  ])('are fetched: %s', async (_, response, expected) => {
    expect(await fetchAnswer('a1', async () => response)).toEqual(expected);
  });

  it('have addresses that an id cannot leave', () => {
    expect(answerPath('../x?y', 'csv')).toBe('/api/answers/..%2Fx%3Fy.csv');
  });
});
