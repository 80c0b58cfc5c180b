import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../../assistant/engine/engine.ts';
import type { Step } from './converse-server.ts';
import { MODEL, play, QUESTION, rows, type Scene, withModel } from './model.ts';
import { calling, GOOD_SQL, lookUp, reply, runSql, saying } from './replies.ts';

withModel();

/** The answer of the offline translator, with the note that says so. */
const standIn = (code: string, note: RegExp) => ({
  answer: {
    status: 'answered',
    translator: 'offline',
    interpretation: expect.stringMatching(/disabled/i),
    notes: expect.arrayContaining([expect.stringMatching(note)]),
    evidence: { translator: 'offline', model: { modelId: MODEL, failure: code } },
  },
  audited: { translator: 'offline', status: 'answered', model: { failure: code } },
});

const error = (status: number, type: string, message = 'no'): Step => ({ status, type, message });
const halfway = (end: 'cut' | { exception: string; message: string }): Step => ({
  events: [['messageStart', { role: 'assistant' }], ...saying('I am thinking')],
  end,
});
const three = (step: Step) => [step, step, step];

describe('a failure that may pass', () => {
  const passing: readonly (readonly [string, Step, string, RegExp])[] = [
    ['throttling', error(429, 'ThrottlingException'), 'THROTTLED', /too many requests/],
    ['an outage', error(503, 'ServiceUnavailableException'), 'UNAVAILABLE', /not available/],
    ['a fault of Bedrock', error(500, 'InternalServerException'), 'UNAVAILABLE', /not available/],
    ['a gateway in between', error(502, ''), 'UNAVAILABLE', /not available/],
    [
      'a model that is loaded',
      error(429, 'ModelNotReadyException'),
      'MODEL_NOT_READY',
      /not ready/,
    ],
    ['a model that is slow', error(408, 'ModelTimeoutException'), 'MODEL_TIMEOUT', /too long/],
    ['a model that fails', error(424, 'ModelErrorException'), 'MODEL_ERROR', /failed/],
    [
      'a model that fails halfway',
      halfway({ exception: 'modelStreamErrorException', message: 'no' }),
      'MODEL_STREAM_ERROR',
      /middle of its reply/,
    ],
    [
      'throttling halfway',
      halfway({ exception: 'throttlingException', message: 'no' }),
      'THROTTLED',
      /too many requests/,
    ],
    [
      'an outage halfway',
      halfway({ exception: 'serviceUnavailableException', message: 'no' }),
      'UNAVAILABLE',
      /not available/,
    ],
    ['a connection that breaks halfway', halfway('cut'), 'STREAM_CUT', /cut off/],
    [
      'a reply that ends without its end',
      { events: [['messageStart', { role: 'assistant' }], ...calling('run_sql', '{"sql": "SEL')] },
      'STREAM_CUT',
      /cut off/,
    ],
    ['a connection that is refused', 'hang up', 'NETWORK', /could not be reached/],
    [
      'output that Bedrock cannot read',
      reply([], 'malformed_tool_use'),
      'MALFORMED_OUTPUT',
      /malformed/,
    ],
  ];

  it.each(passing)('is met with another request: %s', async (_, step) => {
    const { answer, requests, waits } = await play({ steps: [step, runSql(GOOD_SQL)] });
    expect(answer).toMatchObject({
      status: 'answered',
      translator: 'bedrock',
      evidence: { model: { requests: 2, failure: null } },
    });
    expect(requests[1]?.body).toEqual(requests[0]?.body);
    expect(waits).toEqual([250]);
  });

  it.each(passing)(
    'ends with the offline translator when it stays: %s',
    async (_, step, code, note) => {
      const played = await play({ steps: three(step) });
      expect(played).toMatchObject(standIn(code, note));
      expect(played.requests).toHaveLength(3);
      expect(played.waits).toEqual([250, 500]);
    },
  );
});

describe('a failure that does not pass by itself', () => {
  it.each<readonly [string, Step, string, RegExp]>([
    ['no permission', error(403, 'AccessDeniedException'), 'ACCESS_DENIED', /no permission/],
    ['no such model', error(404, 'ResourceNotFoundException'), 'MODEL_NOT_FOUND', /no such model/],
    [
      'a model that wants a profile',
      error(
        400,
        'ValidationException',
        'Invocation of model ID x with on-demand throughput isn’t supported.',
      ),
      'MODEL_NOT_FOUND',
      /no such model/,
    ],
    ['a quota', error(400, 'ServiceQuotaExceededException'), 'QUOTA', /quota/],
    ['expired credentials', error(403, 'ExpiredTokenException'), 'CREDENTIALS', /credentials/],
    ['wrong credentials', error(403, 'UnrecognizedClientException'), 'CREDENTIALS', /credentials/],
    [
      'a request that is too long',
      error(400, 'ValidationException', 'Input is too long for requested model.'),
      'CONTEXT_TOO_LONG',
      /too long/,
    ],
    [
      'a prompt that is too long',
      error(400, 'ValidationException', 'prompt is too long: 200049 tokens > 200000 maximum'),
      'CONTEXT_TOO_LONG',
      /too long/,
    ],
    [
      'a request that is too long, told in the stream',
      halfway({
        exception: 'validationException',
        message: 'Input is too long for requested model.',
      }),
      'CONTEXT_TOO_LONG',
      /too long/,
    ],
    ['a full window', reply([], 'model_context_window_exceeded'), 'CONTEXT_TOO_LONG', /too long/],
    [
      'any other refusal',
      error(400, 'ValidationException', 'tools.0: no'),
      'BAD_REQUEST',
      /invalid/,
    ],
    ['an error nobody knows', error(418, 'TeapotException'), 'UNEXPECTED', /unexpected/],
    [
      'a reply that is cut at the most tokens',
      reply([calling('run_sql', '{"sql": "SELECT key_id FR')], 'max_tokens'),
      'MAX_TOKENS',
      /too long/,
    ],
    ['a filter', reply([saying('…')], 'content_filtered'), 'CONTENT_FILTERED', /filtered/],
    ['a refusal', reply([saying('I will not.')], 'refusal'), 'REFUSED', /declined/],
    ['a turn without anything', reply([], 'end_turn'), 'NO_TOOL_CALL', /no query/],
  ])('ends with the offline translator after one request: %s', async (_, step, code, note) => {
    const played = await play({ steps: [step] });
    expect(played).toMatchObject(standIn(code, note));
    expect(played.requests).toHaveLength(1);
    expect(played.waits).toEqual([]);
  });

  it('is told when a guardrail intervenes, and nobody else answers', async () => {
    const { answer, ran, audited } = await play({
      steps: [reply([saying('Sorry.')], 'guardrail_intervened')],
      settings: { guardrail: { id: 'gr1', version: '2' } },
    });
    expect(answer).toMatchObject({
      status: 'declined',
      translator: 'bedrock',
      message: expect.stringMatching(/guardrail of your organization/),
    });
    expect(ran).toEqual([]);
    expect(audited).toMatchObject({ status: 'declined', model: { failure: 'GUARDRAIL' } });
  });

  it('is a temperature that the model does not take, and is left out from then on', async () => {
    const refusal = error(
      400,
      'ValidationException',
      'The model returned the following errors: `temperature` is deprecated for this model.',
    );
    const { answer, requests } = await play({ steps: [refusal, runSql(GOOD_SQL)] });
    expect(answer).toMatchObject({ status: 'answered', translator: 'bedrock' });
    const configs = requests.map(({ body }) => body.inferenceConfig);
    expect(configs).toEqual([{ maxTokens: 8_000, temperature: 0 }, { maxTokens: 8_000 }]);
  });
});

describe('a model that takes too long', () => {
  const quick = { requestSeconds: 0.25, totalSeconds: 10 };
  it.each<readonly [string, Step]>([
    ['to begin', 'silence'],
    ['to end', { events: [['messageStart', { role: 'assistant' }]], end: 'stall' }],
  ])('%s is broken off, and the offline translator answers', async (_, step) => {
    const played = await play({ steps: [step], settings: quick });
    expect(played).toMatchObject(standIn('TIMEOUT', /too long/));
    await played.server.abandoned;
  });

  it('for all of a question is given up, whatever it still needs', async () => {
    const played = await play({
      steps: [lookUp('alias', 'payments'), 'silence'],
      settings: { requestSeconds: 60, totalSeconds: 0.3 },
    });
    expect(played).toMatchObject(standIn('TIMEOUT', /too long/));
  });

  it('is not waited for beyond the time of the question', async () => {
    const played = await play({
      steps: [error(429, 'ThrottlingException')],
      settings: { totalSeconds: 20 },
      parts: { random: () => 100 },
    });
    expect(played).toMatchObject(standIn('THROTTLED', /too many requests/));
    expect(played.waits).toEqual([]);
  });
});

describe('a caller who has gone', () => {
  it.each<readonly [string, Step]>([
    ['before the reply', 'silence'],
    ['during the reply', { events: [['messageStart', { role: 'assistant' }]], end: 'stall' }],
  ])('%s gets no answer by anyone, and the request is broken off', async (_, step) => {
    const caller = new AbortController();
    const { answer, ran, server } = await play({
      steps: [step],
      signal: caller.signal,
      onRequest: () => setTimeout(() => caller.abort(), 20),
    });
    expect(answer).toMatchObject({ status: 'error', error: { code: 'CANCELLED' } });
    expect(ran).toEqual([]);
    await server.abandoned;
  });
});

describe('what the model writes wrong', () => {
  const mending: readonly (readonly [string, Step, string, RegExp])[] = [
    [
      'input that is not JSON',
      reply([calling('run_sql', '{"sql": ')]),
      'MALFORMED_TOOL_INPUT',
      /not JSON/,
    ],
    [
      'input of another form',
      reply([calling('run_sql', { query: 'SELECT 1' })]),
      'MALFORMED_TOOL_INPUT',
      /input of run_sql is wrong: sql: .*interpretation: /,
    ],
    [
      'a tool that there is not',
      reply([calling('delete_key', { key: 'k1' })]),
      'UNKNOWN_TOOL',
      /no tool delete_key/,
    ],
    [
      'several queries at once',
      reply([
        calling('run_sql', { sql: GOOD_SQL, interpretation: 'a' }, 1),
        calling('run_sql', { sql: GOOD_SQL, interpretation: 'b' }, 2),
      ]),
      'MALFORMED_TOOL_INPUT',
      /One query/,
    ],
    [
      'text alone',
      reply([saying('There are 42 keys.')], 'end_turn'),
      'NO_TOOL_CALL',
      /Call a tool/,
    ],
    [
      'a query that the guard refuses',
      runSql('SELECT key_idd FROM kms_keys'),
      'QUERY_REFUSED',
      /UNKNOWN_COLUMN at line 1, column 8: .*key_id/,
    ],
    [
      'a query that the engine cannot run',
      runSql("SELECT key_id FROM kms_keys WHERE description = 'bad'"),
      'QUERY_FAILED',
      /FAILED: Cannot cast/,
    ],
  ];
  const scene = (steps: readonly Step[]): Scene => ({
    steps,
    run: (sql) =>
      sql.includes("'bad'") ? new EngineError('FAILED', 'Cannot cast', 'Mend.') : rows(2),
  });

  it.each(mending)('is told to it, and mended: %s', async (_, step, __, told) => {
    const { answer, requests } = await play(scene([step, runSql(GOOD_SQL)]));
    expect(answer).toMatchObject({ status: 'answered', translator: 'bedrock' });
    const [, assistant, user] = requests[1]?.body.messages ?? [];
    expect(assistant.role).toBe('assistant');
    const uses = assistant.content.flatMap((b: { toolUse?: { toolUseId: string } }) =>
      b.toolUse ? [b.toolUse.toolUseId] : [],
    );
    const results = user.content.flatMap(
      (b: { toolResult?: { toolUseId: string; status: string } }) =>
        b.toolResult ? [b.toolResult] : [],
    );
    // Each call has its result, or Bedrock refuses the request.
    expect(results.map((r: { toolUseId: string }) => r.toolUseId)).toEqual(uses);
    expect(results.every((r: { status: string }) => r.status === 'error')).toBe(true);
    expect(JSON.stringify(user.content)).toMatch(told);
  });

  it.each(mending)('is mended three times at most: %s', async (_, step, code) => {
    const played = await play(scene([step, step, step, step]));
    expect(played.requests).toHaveLength(4);
    expect(played).toMatchObject(standIn(code, /could not be used/));
  });

  it('is given up when it looks values up without end', async () => {
    const played = await play({
      steps: Array.from({ length: 12 }, () => lookUp('alias', 'payments')),
    });
    expect(played).toMatchObject(standIn('TOO_MANY_TURNS', /no query/));
    const last = played.requests.at(-1)?.body.messages;
    expect(JSON.stringify(last.slice(-1))).toContain('Enough.');
  });
});

describe('an engine that cannot be used', () => {
  it('is no fault of the query, and is told as such', async () => {
    const { answer, requests } = await play({
      steps: [runSql(GOOD_SQL)],
      run: () => new EngineError('CREDENTIALS', 'The credentials have expired.', 'Sign in.'),
    });
    expect(requests).toHaveLength(1);
    expect(answer).toMatchObject({ status: 'error', error: { code: 'CREDENTIALS' } });
  });
});

describe('what is said when the offline translator stands in', () => {
  const denied = error(403, 'AccessDeniedException');

  it('is in the language of the question', async () => {
    const { answer } = await play({ steps: [denied], question: '無効なキーはどれですか？' });
    expect(answer).toMatchObject({
      status: 'answered',
      notes: expect.arrayContaining([
        'モデルを利用できなかったため（モデルを利用する権限がありません）、オフラインの変換で質問を解釈しました。',
      ]),
    });
  });

  it('also goes before what it asks back or declines', async () => {
    const { answer } = await play({ steps: [denied], question: 'Which keys are frobnicated?' });
    expect(answer).toMatchObject({
      status: expect.stringMatching(/clarify|declined/),
      translator: 'offline',
      message: expect.stringMatching(/^The model could not be used \(.*\).*frobnicated/s),
    });
  });

  it('names no account, Region, model or text of AWS', async () => {
    const { answer } = await play({
      steps: [
        error(
          403,
          'AccessDeniedException',
          'User: arn:aws:iam::111122223333:user/eve is not authorized',
        ),
      ],
    });
    const { notes } = answer as { notes: readonly string[] };
    expect(notes.join()).not.toMatch(/arn:|eve|authorized/);
  });

  it('says when the questions before were the model’s, which it cannot go on from', async () => {
    const first = await play({ steps: [runSql(GOOD_SQL)] });
    if (!first.turn) throw new Error('no turn');
    const { answer } = await play({
      steps: [denied],
      question: QUESTION,
      conversation: [first.turn],
    });
    expect(answer).toMatchObject({
      notes: expect.arrayContaining([expect.stringMatching(/before this question was not taken/)]),
    });
  });
});
