import { type Context, Hono } from 'hono';
import { atMost } from '../server/json-body.ts';
import { problem } from '../server/problem.ts';
import { type LanguageCode, languageOf } from '../translate/language.ts';
import { type AccessRule, type Caller, scopeOf } from './access.ts';
import { notice } from './answer-message.ts';
import { readText } from './commands.ts';
import { type Job, type Task, taskOf } from './job.ts';
import { labels } from './labels.ts';
import type { Message } from './message.ts';
import { helpMessage } from './messages.ts';
import { readCommand, readPress } from './payload.ts';
import type { Replays } from './replays.ts';
import { isResponseUrl, openResponseUrl, type ResponseUrlOptions } from './response-url.ts';
import { type SignatureVerdict, verifySignature } from './signature.ts';
import type { Undelivered } from './undelivered.ts';
import { LATE, within } from './within.ts';
import type { HandOver } from './work.ts';

/** What Slack calls: each request is looked at, acknowledged, and its work handed over. */

export interface SlackRoutes {
  readonly signingSecret: string;
  readonly rules: readonly AccessRule[];
  readonly responses: ResponseUrlOptions;
  readonly replays: Replays;
  readonly undelivered: Undelivered;
  readonly handOver: HandOver;
  readonly clock: () => Date;
  readonly log: (message: string, details: Record<string, unknown>) => void;
}

/** A pressed button comes with the message that it stands in. */
const MAX_BODY_BYTES = 512 * 1024;

/** Slack shows an error when there is no acknowledgement after three seconds, in which these must fit. */
const HAND_OVER_MS = 1_500;
const LOOK_UP_MS = 500;

/** POST /slack/commands and POST /slack/interactions. */
export function slackRoutes(parts: SlackRoutes): Hono {
  const app = new Hono();
  const limit = atMost(MAX_BODY_BYTES, 'Ask in fewer words.');
  app.post('/slack/commands', limit, (c) => genuine(c, parts, handleCommand));
  app.post('/slack/interactions', limit, (c) => genuine(c, parts, handlePress));
  return app;
}

type Handle = (c: Context, form: URLSearchParams, parts: SlackRoutes) => Promise<Response>;

/** Reads the body only after it is known to be Slack's, and to have come once. */
async function genuine(c: Context, parts: SlackRoutes, handle: Handle): Promise<Response> {
  const body = new Uint8Array(await c.req.arrayBuffer());
  const signature = c.req.header('x-slack-signature');
  const timestamp = c.req.header('x-slack-request-timestamp');
  const signed = { timestamp, signature, body };
  const verdict = verifySignature(parts.signingSecret, signed, parts.clock());
  if (verdict !== 'genuine' || signature === undefined) return refuse(c, parts, verdict);
  const first = await within(LOOK_UP_MS, parts.replays.first(signature));
  if (first === LATE) return unsure(c, parts);
  if (!first) return refuse(c, parts, 'replayed');
  return handle(c, new URLSearchParams(new TextDecoder().decode(body)), parts);
}

function refuse(
  c: Context,
  { log }: SlackRoutes,
  verdict: SignatureVerdict | 'replayed',
): Response {
  log('a request that does not count as from Slack was refused', { path: c.req.path, verdict });
  return problem(
    c,
    401,
    'Not from Slack',
    'The request is not signed by Slack, or not lately, or came before.',
    'Check the signing secret and the clock of this machine.',
  );
}

/** Whether it came before is not known: what may be a replay is not acted on. */
function unsure(c: Context, { log }: SlackRoutes): Response {
  log('whether a request came before could not be looked up in time', { path: c.req.path });
  return problem(
    c,
    503,
    'Not ready',
    'The request could not be checked in time.',
    'Send it again.',
  );
}

const handleCommand: Handle = async (c, form, parts) => {
  // From time to time Slack looks whether the address is reachable.
  if (form.get('ssl_check') === '1') return c.body(null, 200);
  const command = readCommand(form);
  if (!command) return malformed(c);
  const { caller, responseUrl, text } = command;
  if (!isResponseUrl(responseUrl, parts.responses.origin)) return malformed(c);
  const said = readText(text);
  if (scopeOf(parts.rules, caller) === undefined) {
    parts.log('a caller of Slack who is not on the list was refused', { ...caller });
    return c.json(notice(labels[said.language].refused));
  }
  if (said.kind === 'help') return c.json(helpMessage(said.language));
  const begun = await begin(caller, responseUrl, said.task, parts);
  return c.json(await acknowledgement(begun, caller, said.language, parts));
};

/**
 * Slack shows nothing of the answer to a press, so that whatever there is to say goes to its response_url.
 */
const handlePress: Handle = async (c, form, parts) => {
  const press = readPress(form);
  const task = press && taskOf(press.actionId, press.value);
  // Links and interactions of other kinds ask for nothing.
  if (!press || !task) return c.body(null, 200);
  const { caller, responseUrl } = press;
  if (!isResponseUrl(responseUrl, parts.responses.origin)) return malformed(c);
  const say = labels[task.kind === 'ask' ? languageOf(task.question, 'en') : 'en'];
  if (scopeOf(parts.rules, caller) === undefined) {
    parts.log('a caller of Slack who is not on the list was refused', { ...caller });
    sendLater(responseUrl, notice(say.refused), parts);
    return c.body(null, 200);
  }
  const begun = await begin(caller, responseUrl, task, parts);
  if (begun !== 'taken') sendLater(responseUrl, notice(say[begun]), parts);
  return c.body(null, 200);
};

/** Whether work was handed over; `busy` where there is too much of it, `uncertain` where that failed. */
type Begun = 'taken' | 'busy' | 'uncertain';

async function begin(
  caller: Caller,
  responseUrl: string,
  task: Task,
  { handOver, clock, log }: SlackRoutes,
): Promise<Begun> {
  const job: Job = { caller, responseUrl, receivedAt: clock().toISOString(), ...task };
  try {
    const outcome = await within(HAND_OVER_MS, handOver(job));
    if (outcome === 'taken') return 'taken';
    log('work for Slack was not taken', { kind: task.kind, outcome: String(outcome) });
    return outcome === 'full' ? 'busy' : 'uncertain';
  } catch (error) {
    log('work for Slack was not taken', { kind: task.kind, error: String(error) });
    return 'uncertain';
  }
}

async function acknowledgement(
  begun: Begun,
  caller: Caller,
  language: LanguageCode,
  { undelivered, log }: SlackRoutes,
): Promise<Message> {
  const say = labels[language];
  const text = begun === 'taken' ? say.working : say[begun];
  const missed = await within(LOOK_UP_MS, undelivered.take(caller)).catch((error: unknown) => {
    log('what Slack did not take could not be looked up', { error: String(error) });
    return undefined;
  });
  return missed === undefined || missed === LATE
    ? notice(text)
    : notice(text, say.undelivered(missed));
}

function sendLater(
  address: string,
  message: Message,
  { responses, clock, log }: SlackRoutes,
): void {
  openResponseUrl(address, clock(), responses)
    .send(message)
    .then((delivery) => {
      if (delivery !== 'delivered') log('Slack did not take a message', { delivery });
    })
    .catch((error: unknown) => log('Slack could not be told', { error: String(error) }));
}

const malformed = (c: Context): Response =>
  problem(
    c,
    400,
    'Bad request',
    'The form is not one that Slack sends for this app.',
    'Import the app manifest again.',
  );
