import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../../../assistant/answer/answer.ts';
import { covers } from '../../../assistant/answer/store.ts';
import type { AccountScope, Assistant } from '../../../assistant/assistant.ts';
import type { AuditEntry } from '../../../assistant/audit/audit.ts';
import { type RunningServer, serve } from '../../../assistant/server/serve.ts';
import { readAccess } from '../../../assistant/slack/access.ts';
import { readSlackSettings } from '../../../assistant/slack/settings.ts';
import { openSlack } from '../../../assistant/slack/slack.ts';
import type { TranslateRequest, Translation } from '../../../assistant/translate/translator.ts';
import { fakeDependencies, noRecords } from '../fakes.ts';
import { messageSchema, type SentMessage } from './block-kit.ts';
import { SECRET, slackHeaders } from './signed.ts';

/** Slack's side of the app: it sends signed forms to a running server, and takes what comes back. */

export interface Received {
  readonly path: string;
  readonly message: SentMessage;
}

/** What Slack answers to a message: a status and a body. */
export type Reply = readonly [status: number, body: string, headers?: Record<string, string>];

/** A loopback server in place of hooks.slack.com. */
export async function responseServer() {
  const received: Received[] = [];
  const replies: Reply[] = [];
  let attempts = 0;
  const server: Server = createServer(async (request, response) => {
    attempts += 1;
    const body = await bodyOf(request);
    const [status, text, headers] = replies.shift() ?? [200, 'ok'];
    // Whatever it is answered with: it must be a message that Slack takes.
    const message = messageSchema.parse(JSON.parse(body));
    if (status === 200 && text === 'ok') received.push({ path: request.url ?? '', message });
    response.writeHead(status, headers).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    received,
    /** What is answered to the next messages. */
    reply: (...next: Reply[]) => replies.push(...next),
    attempts: () => attempts,
    /** Waits for a message to this address. */
    at: async (path: string, nth = 1): Promise<SentMessage> => {
      for (let waited = 0; waited < 20_000; waited += 10) {
        const found = received.filter((r) => r.path === path)[nth - 1];
        if (found) return found.message;
        await delay(10);
      }
      throw new Error(`no message ${nth} came to ${path}`);
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export const ACCESS = `
- team: T0OTHER
  accounts: all
- team: T0TEAM
  channels: [C0NARROW]
  users: [U0NARROW]
  accounts: ["111122223333"]
- team: T0TEAM
  channels: [C0OPEN, C0NARROW]
  accounts: all
- team: T0TEAM
  channels: [C0CLOSED]
  users: [U0ANN]
  accounts: all
`;

export interface Fake {
  readonly translate: (request: TranslateRequest) => Translation | Promise<Translation>;
}

/** An assistant that keeps its answers in memory, and knows for which scope each was made. */
export function memoryAssistant({ translate }: Fake) {
  const audited: AuditEntry[] = [];
  const scopes: AccountScope[] = [];
  const kept = new Map<string, { answer: Answer; scope: AccountScope }>();
  const assistant: Assistant = {
    dependencies: async (accountScope = null) => {
      scopes.push(accountScope);
      const { dependencies } = fakeDependencies({ translate: () => Promise.reject(new Error()) });
      return {
        ...dependencies,
        accountScope,
        translator: { name: 'offline', translate: async (request) => translate(request) },
        audit: async (entry) => {
          audited.push(entry);
        },
      };
    },
    answers: {
      save: async (answer, scope) => {
        kept.set(answer.id, { answer, scope });
      },
      load: async (id, scope) => {
        const found = kept.get(id);
        return found && covers(scope, found.scope) ? found.answer : undefined;
      },
    },
    ...noRecords,
    close: async () => {},
  };
  return { assistant, audited, scopes };
}

/** A running server with Slack, and Slack before it. */
export async function slackBefore(
  assistant: Assistant,
  environment: Record<string, string> = {},
  clock?: () => Date,
  open: typeof openSlack = openSlack,
) {
  const hooks = await responseServer();
  const read = readSlackSettings({
    KMS_INSIGHTS_SLACK_SIGNING_SECRET: SECRET,
    KMS_INSIGHTS_SLACK_ACCESS: 'access.yaml',
    KMS_INSIGHTS_SLACK_RESPONSE_ORIGIN: hooks.origin,
    ...environment,
  });
  const access = readAccess(ACCESS);
  if (!read.ok || !read.settings || !access.ok) throw new Error(JSON.stringify([read, access]));
  const logged: { message: string; details: Record<string, unknown> }[] = [];
  const log = (message: string, details: Record<string, unknown>) => {
    logged.push({ message, details });
  };
  const slack = open({
    assistant,
    settings: read.settings,
    rules: access.rules,
    log,
    ...(clock ? { clock } : {}),
  });
  const server: RunningServer = await serve({
    assistant,
    webFolder: '/nowhere',
    host: '127.0.0.1',
    port: 0,
    log,
    slack,
  });
  const send = async (
    path: string,
    body: string,
    headers: Record<string, string> = slackHeaders(body),
  ): Promise<Response> => {
    const response = await fetch(new URL(path, server.url), { method: 'POST', headers, body });
    // Read whole: while a body is unread its connection stays, and the server waits for it as it closes.
    return new Response((await response.text()) || null, response);
  };
  let forms = 0;
  const responseUrl = () => {
    forms += 1;
    return `/commands/T0TEAM/${forms}`;
  };
  return {
    hooks,
    logged,
    url: server.url,
    send,
    settled: slack.settled,
    /** Sends a slash command; `at` is where its answers go. */
    command: async (text: string, form: Record<string, string> = {}) => {
      const at = responseUrl();
      const fields = {
        token: 'unused',
        team_id: 'T0TEAM',
        team_domain: 'example',
        channel_id: 'C0OPEN',
        channel_name: 'kms',
        user_id: 'U0ANN',
        user_name: 'ann',
        command: '/kms',
        text,
        api_app_id: 'A0APP',
        is_enterprise_install: 'false',
        response_url: `${hooks.origin}${at}`,
        trigger_id: '1.2.3',
        ...form,
      };
      const response = await send('/slack/commands', new URLSearchParams(fields).toString());
      return { at, response };
    },
    /** Presses a button of a message. */
    press: async (
      pressed: { action_id: string; value?: string | undefined },
      who: { user?: string; channel?: string } = {},
    ) => {
      const at = responseUrl();
      const payload = {
        type: 'block_actions',
        user: { id: who.user ?? 'U0ANN', username: 'ann', team_id: 'T0TEAM' },
        api_app_id: 'A0APP',
        container: { type: 'message', is_ephemeral: true },
        team: { id: 'T0TEAM', domain: 'example' },
        channel: { id: who.channel ?? 'C0OPEN', name: 'kms' },
        response_url: `${hooks.origin}${at}`,
        actions: [{ ...pressed, block_id: 'b', type: 'button', action_ts: '1.2' }],
      };
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
      return { at, response: await send('/slack/interactions', body) };
    },
    close: async () => {
      await server.close();
      await hooks.close();
    },
  };
}
