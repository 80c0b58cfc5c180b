import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { answerBody } from '../answer/body.ts';
import { toCsv } from '../answer/csv.ts';
import { ask } from '../ask.ts';
import type { Assistant } from '../assistant.ts';
import { DataFolderError } from '../engine/duckdb/data-folder.ts';
import { EngineError } from '../engine/engine.ts';
import type { AskEvents } from './api.ts';
import { type Conversations, memoryConversations } from './conversations.ts';
import { handleDashboard, handleKey, handleKeys } from './dashboard.ts';
import { handleFeedback, MAX_FEEDBACK_BYTES } from './feedback.ts';
import { atMost, jsonBody } from './json-body.ts';
import { notFound, problem } from './problem.ts';
import { readStatus } from './status.ts';
import { isTimeZone } from './time-zone.ts';
import type { WebFile } from './web-files.ts';

/** Who asks: the local server asks nobody who they are. */
const CALLER = 'local';

/** A question of the greatest length that is accepted, in UTF-8 and JSON escapes, fits in well. */
const MAX_BODY_BYTES = 64 * 1024;

const askBodySchema = z.object({
  question: z.string(),
  conversationId: z.string().max(100).optional(),
  timeZone: z.string().max(100).refine(isTimeZone, 'is not an IANA time zone').optional(),
  language: z.enum(['en', 'ja']).optional(),
});

export interface AppOptions {
  readonly assistant: Assistant;
  readonly webFiles: ReadonlyMap<string, WebFile>;
  /** Host names by which the server may be addressed. Others are refused (DNS rebinding). */
  readonly allowedHosts: ReadonlySet<string>;
  readonly log: (message: string, details: Record<string, unknown>) => void;
  /** What Slack calls, where it is served. */
  readonly slack?: Hono | undefined;
}

/** The HTTP API and the page. */
export function createApp({ assistant, webFiles, allowedHosts, log, slack }: AppOptions): Hono {
  const app = new Hono();
  const conversations = memoryConversations();

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
      // The page is served over plain HTTP on loopback; behind TLS the proxy sets this header.
      strictTransportSecurity: false,
    }),
  );

  // Slack calls by the name under which the server is reached from outside, and signs what it sends.
  if (slack) app.route('/', slack);

  app.use(async (c, next) => {
    const host = new URL(c.req.url).hostname;
    if (!allowedHosts.has(host)) {
      return problem(
        c,
        403,
        'Unknown host',
        `This server is not known as ${JSON.stringify(host)}.`,
        'Open it by the address it printed when it started.',
      );
    }
    const origin = c.req.header('origin');
    if (origin !== undefined && c.req.method !== 'GET' && !sameOrigin(origin, c.req.url)) {
      return problem(
        c,
        403,
        'Foreign origin',
        'Requests from other sites are refused.',
        "Ask from the server's own page, or without an Origin header.",
      );
    }
    await next();
  });

  app.post('/api/ask', atMost(MAX_BODY_BYTES, 'Ask in fewer words.'), (c) =>
    handleAsk(c, assistant, conversations, log),
  );

  app.post('/api/feedback', atMost(MAX_FEEDBACK_BYTES, 'Say it in fewer words.'), (c) =>
    handleFeedback(c, CALLER, assistant),
  );

  app.get('/api/dashboard', (c) => handleDashboard(c, CALLER, assistant));
  app.get('/api/keys', (c) => handleKeys(c, CALLER, assistant));
  app.get('/api/keys/:arn', (c) => handleKey(c, CALLER, assistant));

  /** An answer that the caller may see. */
  const answerOf = async (id: string) => {
    const { accountScope } = await assistant.dependencies();
    return assistant.answers.load(id, accountScope);
  };

  app.get('/api/answers/:file', async (c) => {
    const file = c.req.param('file');
    const asCsv = file.endsWith('.csv');
    const answer = await answerOf(asCsv ? file.slice(0, -'.csv'.length) : file);
    if (!answer) return notFound(c);
    if (!asCsv) return c.json(answerBody(answer));
    if (answer.status !== 'answered') return notFound(c);
    return c.body(toCsv(answer), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="kms-insights-${answer.id}.csv"`,
    });
  });

  app.get('/api/answers/:id/evidence', async (c) => {
    const answer = await answerOf(c.req.param('id'));
    if (answer?.status !== 'answered') return notFound(c);
    const { columns, rows } = answer;
    c.header(
      'content-disposition',
      `attachment; filename="kms-insights-evidence-${answer.id}.json"`,
    );
    return c.json({
      ...answer.evidence,
      summary: answer.summary,
      narrativeText: answer.narrative,
      notes: answer.notes,
      columns,
      rows,
    });
  });

  app.get('/api/status', async (c) => c.json(await readStatus(await assistant.dependencies())));

  app.get('/healthz', async (c) => {
    const { engine } = await assistant.dependencies();
    return c.json({ status: 'ok', snapshotId: engine.snapshot.snapshotId });
  });

  app.get('*', (c) => {
    const path = c.req.path === '/' ? '/index.html' : c.req.path;
    const file = webFiles.get(path);
    if (!file) return notFound(c);
    return c.body(file.body, 200, {
      'content-type': file.contentType,
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  });

  app.notFound((c) => notFound(c));
  app.onError((error, c) => {
    if (error instanceof DataFolderError) {
      return problem(c, 503, 'No data', error.message, error.hint);
    }
    if (error instanceof EngineError) {
      log('the engine failed', { path: c.req.path, code: error.code, error: error.message });
      return problem(c, 503, 'No answer from the engine', error.message, error.hint);
    }
    log('request failed', { path: c.req.path, error: error.stack ?? String(error) });
    return problem(
      c,
      500,
      'Internal error',
      'The request failed.',
      "Look at the server's log, and try again.",
    );
  });
  return app;
}

function sameOrigin(origin: string, url: string): boolean {
  try {
    return new URL(origin).host === new URL(url).host;
  } catch {
    return false;
  }
}

async function handleAsk(
  c: Context,
  assistant: Assistant,
  conversations: Conversations,
  log: AppOptions['log'],
): Promise<Response> {
  const read = await jsonBody(c, askBodySchema, 'Send {"question": "…"}.');
  if (!read.ok) return read.response;
  const { body } = read;
  const dependencies = await assistant.dependencies();
  const conversation = conversations.open(body.conversationId);
  const gone = new AbortController();
  const request = {
    question: body.question,
    conversation: conversation.turns,
    timeZone: body.timeZone ?? 'UTC',
    ...(body.language ? { language: body.language } : {}),
    user: CALLER,
    face: 'http' as const,
    signal: gone.signal,
  };
  const finish = async ({ answer, turn }: Awaited<ReturnType<typeof ask>>) => {
    if (turn) conversations.add(conversation.id, turn);
    if (answer.status !== 'error') await assistant.answers.save(answer, dependencies.accountScope);
  };

  if (!(c.req.header('accept') ?? '').includes('text/event-stream')) {
    c.req.raw.signal.addEventListener('abort', () => gone.abort(), { once: true });
    const outcome = await ask(request, dependencies);
    await finish(outcome);
    const { answer } = outcome;
    if (answer.status === 'error' && badQuestion.has(answer.error.code)) {
      return problem(c, 400, 'Bad question', answer.error.message, answer.error.hint);
    }
    return c.json({ ...answerBody(answer), conversationId: conversation.id });
  }

  return streamSSE(
    c,
    async (stream) => {
      stream.onAbort(() => gone.abort());
      // Events are told synchronously; writes are queued so that they leave in order.
      let writes = Promise.resolve();
      const send = (event: string, data: unknown) => {
        writes = writes.then(() => stream.writeSSE({ event, data: JSON.stringify(data) }));
      };
      const outcome = await ask(request, dependencies, ({ type, data }) => send(type, data));
      await finish(outcome);
      const { answer } = outcome;
      const done: AskEvents['done'] = {
        id: answer.id,
        status: answer.status,
        followUps: answer.status === 'answered' ? answer.followUps : [],
        conversationId: conversation.id,
      };
      send('done', done);
      await writes;
    },
    async (error, stream) => {
      log('answering failed', { error: error.stack ?? String(error) });
      const data: AskEvents['error'] = {
        code: 'INTERNAL',
        message: 'The question could not be answered.',
        hint: "Look at the server's log, and try again.",
      };
      await stream.writeSSE({ event: 'error', data: JSON.stringify(data) });
    },
  );
}

const badQuestion: ReadonlySet<string> = new Set(['EMPTY_QUESTION', 'QUESTION_TOO_LONG']);
