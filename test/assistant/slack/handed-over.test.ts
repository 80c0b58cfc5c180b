import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  tableConversations,
  tableReplays,
  tableUndelivered,
} from '../../../assistant/dynamodb/slack-state.ts';
import { handOverTo, type LambdaHandOver } from '../../../assistant/lambda/hand-over.ts';
import { slackWork } from '../../../assistant/lambda/slack-work.ts';
import {
  type openSlack,
  routesOf,
  type SlackState,
  workshopOf,
} from '../../../assistant/slack/slack.ts';
import type { TranslateRequest } from '../../../assistant/translate/translator.ts';
import { memoryTable } from '../dynamodb/memory-table.ts';
import { keyList } from '../fakes.ts';
import { type LambdaServer, startLambda } from '../lambda-server.ts';
import { buttonsOf, messageSchema, textsOf } from './block-kit.ts';
import { slackHeaders } from './signed.ts';
import { memoryAssistant, slackBefore } from './slack-side.ts';

/** Slack where one function acknowledges and another works, which share a table and nothing else. */

const before = { ...process.env };
beforeAll(() => {
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});
afterAll(() => {
  process.env = before;
});

const asked: TranslateRequest[] = [];
let stop: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of stop.reverse()) await end();
  stop = [];
});

async function start({ brokenState = false } = {}) {
  asked.length = 0;
  const fake = memoryAssistant({
    translate: (request) => {
      asked.push(request);
      return { ...keyList('SELECT key_id FROM kms_keys'), state: request.question } as never;
    },
  });
  let lambda: LambdaServer | undefined;
  let handing: LambdaHandOver | undefined;
  let work: (payload: unknown) => Promise<void> = async () => {};
  lambda = await startLambda((payload) => work(payload));
  process.env.AWS_ENDPOINT_URL_LAMBDA = lambda.url;
  const open: typeof openSlack = ({ assistant, clock = () => new Date(), ...given }) => {
    const options = { ...given, clock };
    const table = memoryTable(clock);
    // As two functions have it: each its own objects, over the same table.
    const state = (): SlackState => ({
      conversations: tableConversations(table, clock),
      replays: tableReplays(table, clock),
      undelivered: tableUndelivered(table, clock),
    });
    work = slackWork(async () => workshopOf(options, state(), assistant));
    handing = handOverTo('kms-insights-slack-work');
    const first = state();
    const never = new Promise<never>(() => {});
    const shown = brokenState
      ? { ...first, undelivered: { add: () => never, take: () => never } }
      : first;
    const settled = async () => lambda?.settled();
    return { routes: routesOf(options, shown, handing.handOver), settled };
  };
  const slack = await slackBefore(fake.assistant, {}, undefined, open);
  stop.push(slack.close, async () => handing?.close(), lambda.close);
  return { ...slack, ...fake, lambda };
}

const words = (message: unknown) => textsOf(message).join('\n');
const acknowledged = async (response: Response) =>
  words(messageSchema.parse(await response.json()).blocks);

describe('a command that another function works on', () => {
  it('is acknowledged, handed over as JSON, and answered at its response_url', async () => {
    const slack = await start();
    const { at, response } = await slack.command('which keys are unused?');
    expect(await acknowledged(response)).toContain('Looking for the answer');
    expect(words(await slack.hooks.at(at))).toContain('2 keys match.');
    expect(slack.lambda.invoked).toMatchObject([
      {
        name: 'kms-insights-slack-work',
        payload: { kind: 'ask', question: 'which keys are unused?', after: 'latest' },
      },
    ]);
  });

  it('goes on from the answer before, and a button from the answer it stands below', async () => {
    const slack = await start();
    const first = await slack.command('which keys are unused?');
    const message = await slack.hooks.at(first.at);
    await slack.lambda.settled();
    const second = await slack.command('per Region?');
    await slack.hooks.at(second.at);
    await slack.lambda.settled();
    expect(asked.map((a) => a.conversation.map((t) => t.question))).toEqual([
      [],
      ['which keys are unused?'],
    ]);
    const sql = buttonsOf(message).find((b) => b.text.text === 'Show SQL');
    const pressed = await slack.press({
      action_id: sql?.action_id ?? '',
      value: sql?.value,
    });
    expect(words(await slack.hooks.at(pressed.at))).toContain('FROM kms_insights.kms_keys');
  });

  it('is worked on once when the same request comes again', async () => {
    const slack = await start();
    const body = new URLSearchParams({ ssl_check: '1', token: 'x' }).toString();
    const headers = slackHeaders(body);
    expect((await slack.send('/slack/commands', body, headers)).status).toBe(200);
    expect((await slack.send('/slack/commands', body, headers)).status).toBe(401);
  });

  it('is told to be too much, or uncertain, when it cannot be handed over', async () => {
    const slack = await start();
    slack.lambda.fail({ status: 429, type: 'TooManyRequestsException' });
    const full = await slack.command('one');
    expect(await acknowledged(full.response)).toMatch(/too many/i);
    slack.lambda.fail({ status: 500, type: 'ServiceException' });
    const failed = await slack.command('two');
    expect(await acknowledged(failed.response)).toMatch(/not certain/i);
    expect(slack.lambda.invoked).toEqual([]);
  });

  it('is acknowledged in time when neither Lambda nor the table answers', async () => {
    const slack = await start({ brokenState: true });
    slack.lambda.fail({ silentMs: 10_000 });
    const begun = performance.now();
    const { response } = await slack.command('one');
    expect(await acknowledged(response)).toMatch(/not certain/i);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  it('is not worked on when it is no job of ours', async () => {
    const slack = await start();
    const work = slackWork(() => Promise.reject(new Error('not reached')));
    await expect(work({ kind: 'ask', question: 'x' })).rejects.toThrow(/caller/);
    expect(slack.hooks.received).toEqual([]);
  });
});
