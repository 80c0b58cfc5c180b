import { describe, expect, it } from 'vitest';
import type { Answered } from '../../../../assistant/answer/answer.ts';
import type { QueryResult } from '../../../../assistant/engine/engine.ts';
import { retrievalOver } from '../../../../assistant/translate/bedrock/retrieval.ts';
import { parseVerified } from '../../../../assistant/translate/bedrock/verified.ts';
import { oneColumn } from '../../fakes.ts';
import type { Body, Step } from './converse-server.ts';
import { HOSTILE_ALIAS, type Played, play, prompt, type Scene, withModel } from './model.ts';
import { lookUp, reply, runSql, saying } from './replies.ts';

withModel();

const SQL =
  'SELECT account_name, count(*) AS number_of_keys FROM kms_keys GROUP BY account_name ORDER BY account_name';

const result = (rows: QueryResult['rows']): QueryResult => ({
  ...oneColumn([]),
  columns: [
    { name: 'account_name', type: 'varchar' },
    { name: 'number_of_keys', type: 'bigint' },
  ],
  rows,
});

const threeAccounts = result([
  ['payments-prod', 12],
  ['payments-dev', 7],
  ['audit', 1],
]);

const words = (text: string): Step => reply([saying(text)], 'end_turn');

/** One question whose query gives the rows, with what the model says of them. */
const tell = (said: readonly Step[], scene: Partial<Scene> = {}): Promise<Played> =>
  play({
    question: 'How many keys does each account have?',
    run: () => threeAccounts,
    settings: { rows: 30 },
    ...scene,
    steps: [runSql(SQL, 'Number of keys per account'), ...said],
  });

function answered({ answer }: Played): Answered {
  if (answer.status !== 'answered') throw new Error(`not answered: ${JSON.stringify(answer)}`);
  return answer;
}

/** What the model was given as the result of its query. */
function rowsTold({ requests }: Played): string {
  const last: Body = requests[1]?.body.messages.at(-1);
  return last.content[0].toolResult.content[0].text;
}

describe('the rows', () => {
  it('go to the model as the result of its query, marked as data, with statistics over all of them', async () => {
    const played = await tell([words('payments-prod has 12 of 20 keys.')]);
    const [, second] = played.requests;
    const [asked, proposed, told] = second?.body.messages ?? [];
    expect(asked.role).toBe('user');
    expect(proposed.content[0].toolUse.toolUseId).toBe(told.content[0].toolResult.toolUseId);
    expect(rowsTold(played).split('\n')).toEqual([
      'Rows that match: 3. Rows in the statistics: 3.',
      '<data kind="columns">',
      '{"column":"account_name","type":"varchar","nulls":0,"distinct":3,"frequent":[]}',
      '{"column":"number_of_keys","type":"bigint","nulls":0,"least":1,"most":12,"sum":20,"average":6.67}',
      '</data>',
      '<data kind="rows">',
      '{"account_name":"payments-prod","number_of_keys":12}',
      '{"account_name":"payments-dev","number_of_keys":7}',
      '{"account_name":"audit","number_of_keys":1}',
      '</data>',
      'Say what they show.',
    ]);
  });

  it('are cut to as many as the settings say; the statistics speak of all', async () => {
    const many = result(Array.from({ length: 500 }, (_, i) => [`account-${i}`, 2]));
    const played = await tell([words('Each account has 2 keys.')], {
      run: () => many,
      settings: { rows: 3 },
    });
    const told = rowsTold(played);
    expect(told.match(/"account_name"/g)).toHaveLength(4);
    expect(told).toContain('"sum":1000');
    expect(answered(played).narrative).toBe('Each account has 2 keys.');
  });

  it('are cut to a budget of characters, and it is said how many are left out', async () => {
    const long = result(Array.from({ length: 200 }, (_, i) => ['x'.repeat(5_000), i]));
    const told = rowsTold(await tell([words('-')], { run: () => long, settings: { rows: 200 } }));
    expect(told.length).toBeLessThan(14_000);
    expect(told).toMatch(/<data kind="rows" left_out="\d+">/);
  });

  it('cannot leave their block, whatever anyone wrote into a name', async () => {
    const hostile = result([[HOSTILE_ALIAS, 1]]);
    const told = rowsTold(await tell([words('1 account.')], { run: () => hostile }));
    expect(told.match(/<\/data>/g)).toHaveLength(2);
    for (const unseen of ['\u0007', '\u202e']) expect(told).not.toContain(unseen);
  });

  it('are not sent when the settings say so: code alone sums up', async () => {
    const played = await tell([], { settings: { rows: 0 } });
    expect(played.requests).toHaveLength(1);
    expect(answered(played)).toMatchObject({ narrative: null, evidence: { narrative: null } });
  });
});

describe('what the model says of the rows', () => {
  it('is shown beside the headline that code made, after everything in it was found', async () => {
    const text = 'payments-prod has the most keys: 12 of 20, 60 % of all.';
    const played = await tell([words(text)]);
    expect(answered(played)).toMatchObject({
      summary: 'payments-prod has the highest number of keys, 12, of 3 groups.',
      narrative: text,
      evidence: {
        narrative: { outcome: 'grounded', attempts: [{ text, wrong: [] }], failure: null },
        model: { requests: 2, inputTokens: 200, outputTokens: 20, failure: null },
      },
    });
    expect(played.audited.model).toMatchObject({ requests: 2 });
    const types = played.events.map((e) => e.type);
    expect(types.indexOf('summary')).toBeLessThan(types.indexOf('narrative'));
    expect(types.indexOf('narrative')).toBeLessThan(types.indexOf('evidence'));
  });

  it('is mended once when something in it is found nowhere', async () => {
    const played = await tell([
      words('payments-prod has 13 keys; see key 1234abcd-12ab-34cd-56ef-1234567890ab.'),
      words('payments-prod has 12 keys.'),
    ]);
    const told: Body = played.requests[2]?.body.messages.at(-1);
    expect(told.content[0].text).toBe(
      '<data kind="not_in_the_rows">\n"13"\n"1234abcd-12ab-34cd-56ef-1234567890ab"\n</data>\nSay it again.',
    );
    expect(answered(played)).toMatchObject({
      narrative: 'payments-prod has 12 keys.',
      evidence: { narrative: { outcome: 'repaired' } },
    });
  });

  it('is thrown away when it is still wrong; the headline stands alone, and both are in the evidence', async () => {
    const played = await tell([words('There are 99 keys.'), words('There are 98 keys.')]);
    expect(answered(played)).toMatchObject({
      status: 'answered',
      summary: 'payments-prod has the highest number of keys, 12, of 3 groups.',
      narrative: null,
      evidence: {
        narrative: {
          outcome: 'replaced',
          attempts: [
            { text: 'There are 99 keys.', wrong: ['99'] },
            { text: 'There are 98 keys.', wrong: ['98'] },
          ],
        },
      },
    });
    expect(played.events.map((e) => e.type)).not.toContain('narrative');
    expect(JSON.stringify(played.events.filter((e) => e.type !== 'evidence'))).not.toMatch(/9[89]/);
  });

  it.each<readonly [string, Step, RegExp]>([
    ['calls a tool instead', lookUp('alias', 'x'), /no words/],
    ['says nothing', words('   '), /no words/],
  ])('is asked for once more when it %s', async (_, step, wrong) => {
    const played = await tell([step, words('audit has 1 key.')]);
    const { narrative, evidence } = answered(played);
    expect(narrative).toBe('audit has 1 key.');
    expect(evidence.narrative?.attempts[0]?.wrong.join()).toMatch(wrong);
  });

  it.each([
    ['names nothing of the rows', 'Everything is as expected.', 'Nothing of the rows is named.'],
    ['judges', 'payments-prod has 12 keys, and all of them are safe.', 'safe'],
    ['advises', 'audit has 1 key, which can be deleted.', 'can be deleted'],
    ['gives orders', 'audit has 1 key; contact the owner.', 'contact'],
    ['judges in Japanese', 'auditのキーは1個で、問題ありません。', '問題ありません'],
  ])('is thrown away when it %s and goes on to', async (_, text, wrong) => {
    const { narrative, evidence } = answered(await tell([words(text), words(text)]));
    expect(narrative).toBeNull();
    expect(evidence.narrative?.attempts[1]?.wrong).toContain(wrong);
  });

  it('may judge in the words of the question', async () => {
    const text = 'payments-prod has 12 keys that can be deleted.';
    const question = 'How many keys that can be deleted has each account?';
    expect(answered(await tell([words(text)], { question })).narrative).toBe(text);
  });

  it('is plain text in one line, without markup, links or unseen characters', async () => {
    const played = await tell([
      words(
        '# payments-prod\n\n**12** keys, <img src=x onerror=alert(1)> [see](https://evil.example) \u202eaudit `1`',
      ),
    ]);
    expect(answered(played).narrative).toBe('payments-prod 12 keys, see audit 1');
  });

  it('is in the language of the question, or is thrown away', async () => {
    const scene = { question: 'アカウントごとのキーの数は？' };
    const english = await tell([words('audit has 1 key.'), words('audit has 1 key.')], scene);
    expect(answered(english).narrative).toBeNull();
    const japanese = await tell([words('最も多いのはpayments-prodの12個です。')], scene);
    expect(answered(japanese).narrative).toBe('最も多いのはpayments-prodの12個です。');
  });
});

describe('a model that fails when the rows are there', () => {
  const throttled: Step = { status: 429, type: 'ThrottlingException', message: 'no' };
  it.each<readonly [string, readonly Step[], string]>([
    ['throttling', [throttled, throttled, throttled], 'THROTTLED'],
    [
      'no permission any more',
      [{ status: 403, type: 'AccessDeniedException', message: 'no' }],
      'ACCESS_DENIED',
    ],
    [
      'a connection that breaks',
      Array.from({ length: 3 }, () => ({ events: saying('payments'), end: 'cut' as const })),
      'STREAM_CUT',
    ],
    [
      'a reply that is cut at the most tokens',
      [reply([saying('payments-prod has 1')], 'max_tokens')],
      'MAX_TOKENS',
    ],
    ['a guardrail', [reply([saying('Sorry.')], 'guardrail_intervened')], 'GUARDRAIL'],
    [
      'a request that is too long',
      [{ status: 400, type: 'ValidationException', message: 'Input is too long' }],
      'CONTEXT_TOO_LONG',
    ],
  ])('leaves the answer as code made it, and says so: %s', async (_, steps, failure) => {
    const played = await tell(steps);
    expect(answered(played)).toMatchObject({
      translator: 'bedrock',
      rowCount: 3,
      narrative: null,
      evidence: { narrative: { outcome: 'failed', failure }, model: { failure: null } },
    });
  });

  it('after it was told what is wrong leaves the answer as code made it', async () => {
    const played = await tell([words('99 keys.'), throttled, throttled, throttled]);
    expect(answered(played).evidence.narrative).toMatchObject({
      outcome: 'failed',
      attempts: [{ wrong: ['99'] }],
    });
  });

  it('is not waited for when the caller has gone', async () => {
    const caller = new AbortController();
    let requests = 0;
    const { answer, server } = await tell(['silence'], {
      signal: caller.signal,
      onRequest: () => {
        requests += 1;
        if (requests === 2) setTimeout(() => caller.abort(), 20);
      },
    });
    expect(answer).toMatchObject({ status: 'error', error: { code: 'CANCELLED' } });
    await server.abandoned;
  });
});

describe('a verified question that is asked word by word', () => {
  const verified = parseVerified(
    'inventory.yaml',
    `
- question: How many keys does each account have?
  sql: ${SQL}
  explanation: The number of keys of each account.
  tags: [count]
- question: How many keys were created in each month?
  sql: SELECT date_trunc('month', created_at) AS month, count(*) AS keys FROM kms_keys GROUP BY 1
  explanation: The number of keys by the month of their creation, in UTC.
  tags: [count]
`,
  );
  const parts = { prompt: { ...prompt, verified: retrievalOver(verified).exact } };

  it('is answered by its query, without a model', async () => {
    const played = await play({
      steps: [],
      question: 'how many keys does  each account have',
      run: () => threeAccounts,
      settings: { rows: 30 },
      parts,
    });
    expect(played.requests).toEqual([]);
    expect(answered(played)).toMatchObject({
      translator: 'verified',
      interpretation: 'The number of keys of each account.',
      rowCount: 3,
      evidence: { translator: 'verified', model: null, narrative: null },
    });
  });

  it.each<readonly [string, Partial<Scene>]>([
    ['another number of words', { question: 'How many keys does each old account have?' }],
    [
      'an earlier question',
      {
        conversation: [{ question: 'Keys in Frankfurt', sql: SQL, state: {} }],
        question: 'How many keys does each account have?',
      },
    ],
    [
      'months of another time zone',
      { question: 'How many keys were created in each month?', timeZone: 'Asia/Tokyo' },
    ],
  ])('is put to the model with %s', async (_, scene) => {
    const played = await play({ steps: [runSql(SQL)], run: () => threeAccounts, parts, ...scene });
    expect(played.requests).toHaveLength(1);
    expect(played.answer.translator).toBe('bedrock');
  });

  it('is put to the model when its query cannot be run', async () => {
    const played = await play({
      steps: [runSql(SQL)],
      question: 'How many keys does each account have?',
      run: () => threeAccounts,
      parts: {
        ...parts,
        trial: {
          check: () => ({ ok: false, error: 'no' }),
          preview: () => Promise.reject(new Error('not to be run')),
        },
      },
    });
    expect(played.requests.length).toBeGreaterThan(0);
  });
});
