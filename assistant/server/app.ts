import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { secureHeaders } from 'hono/secure-headers';
import openapi from '../../docs/openapi.json' with { type: 'json' };
import { answerBody } from '../answer/body.ts';
import { toCsv } from '../answer/csv.ts';
import type { Assistant } from '../assistant.ts';
import type { ExportKind } from '../audit/audit.ts';
import { recordExport } from '../audit/export.ts';
import { type Caller, localCaller } from '../auth/caller.ts';
import { type Gate, signOutPath } from '../auth/gate.ts';
import type { RateLimit } from '../auth/rate-limit.ts';
import { DataFolderError } from '../engine/duckdb/data-folder.ts';
import { EngineError } from '../engine/engine.ts';
import type { EvidenceBody, HealthBody, MeBody, StatusBody } from './api.ts';
import { handleAsk, MAX_QUESTION_BYTES } from './ask.ts';
import { handleAudit } from './audit.ts';
import { type Conversations, memoryConversations } from './conversations.ts';
import { handleDashboard, handleKey, handleKeys } from './dashboard.ts';
import { handleEmbedUrl, type QuickSight } from './embed.ts';
import { handleFeedback, MAX_FEEDBACK_BYTES } from './feedback.ts';
import { atMost } from './json-body.ts';
import { notFound, problem } from './problem.ts';
import { readStatus } from './status.ts';
import type { WebFile } from './web-files.ts';

export interface AppOptions {
  readonly assistant: Assistant;
  readonly webFiles: ReadonlyMap<string, WebFile>;
  /** Host names by which the server may be addressed. Others are refused (DNS rebinding). */
  readonly allowedHosts: ReadonlySet<string>;
  readonly log: (message: string, details: Record<string, unknown>) => void;
  /** Tells who asks. Left out: whoever reaches the server may ask everything. */
  readonly gate?: Gate | undefined;
  /** How many questions one may ask; left out, as many as they like. */
  readonly rateLimit?: RateLimit | undefined;
  /** Left out: remembered in this process. */
  readonly conversations?: Conversations | undefined;
  /** What takes the place of the built-in dashboard, where it is configured. */
  readonly quickSight?: QuickSight | undefined;
  /** What Slack calls, where it is served. */
  readonly slack?: Hono | undefined;
}

/** Who asks is told once for each request, before anything is done for it. */
type Env = { Variables: { caller: Caller } };

/** The HTTP API and the page. */
export function createApp(options: AppOptions): Hono<Env> {
  const {
    assistant,
    webFiles,
    allowedHosts,
    log,
    quickSight,
    slack,
    gate = openGateForAll,
  } = options;
  const { rateLimit, conversations = memoryConversations() } = options;
  const app = new Hono<Env>();

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: [quickSight ? quickSight.settings.frameOrigin : "'none'"],
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

  // Text in one piece. Answers that are streamed are left as they are: each event is to leave at once.
  app.use(compress());

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

  // Nobody who uses the browser after signing out finds anything in its cache, and no proxy keeps it.
  for (const path of ['/api/*', '/auth/*']) {
    app.use(path, (c, next) => {
      c.header('cache-control', 'no-store');
      return next();
    });
  }

  if (gate.routes) app.route('/', gate.routes);

  app.use('/api/*', async (c, next) => {
    const caller = await gate.identify(c);
    if (caller instanceof Response) return caller;
    c.set('caller', caller);
    await next();
  });

  app.get('/api/me', (c) => {
    const { user, name, role } = c.get('caller');
    const signIn = gate.routes !== null;
    const body: MeBody = { user, name, role, signIn, signOutPath: signIn ? signOutPath : null };
    return c.json(body);
  });

  app.post('/api/ask', atMost(MAX_QUESTION_BYTES, 'Ask in fewer words.'), async (c) => {
    const caller = c.get('caller');
    const wait = (await rateLimit?.(caller.user)) ?? null;
    if (wait !== null) return tooMany(c, wait);
    return handleAsk(c, caller, { assistant, conversations, log });
  });

  app.post('/api/feedback', atMost(MAX_FEEDBACK_BYTES, 'Say it in fewer words.'), (c) =>
    handleFeedback(c, c.get('caller'), assistant),
  );

  app.get('/api/dashboard', (c) => handleDashboard(c, c.get('caller'), assistant));
  app.get('/api/keys', (c) => handleKeys(c, c.get('caller'), assistant));
  app.get('/api/keys/:arn', (c) => handleKey(c, c.get('caller'), assistant));
  app.get('/api/audit', (c) => handleAudit(c, c.get('caller'), assistant));

  /** An answer that the caller may see. Where it has rows, that it is given out is recorded before. */
  const givenOut = async (id: string, as: ExportKind, { user, accountScope }: Caller) => {
    const answer = await assistant.answers.load(id, accountScope);
    if (answer?.status === 'answered') {
      const dependencies = await assistant.dependencies(accountScope);
      await recordExport(answer, as, { user, face: 'http' }, dependencies);
    }
    return answer;
  };

  app.get('/api/answers/:file', async (c) => {
    const file = c.req.param('file');
    const asCsv = file.endsWith('.csv');
    const id = asCsv ? file.slice(0, -'.csv'.length) : file;
    const answer = await givenOut(id, asCsv ? 'csv' : 'answer', c.get('caller'));
    if (!answer) return notFound(c);
    if (!asCsv) return c.json(answerBody(answer));
    if (answer.status !== 'answered') return notFound(c);
    return c.body(toCsv(answer), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="kms-insights-${answer.id}.csv"`,
    });
  });

  app.get('/api/answers/:id/evidence', async (c) => {
    const answer = await givenOut(c.req.param('id'), 'evidence', c.get('caller'));
    if (answer?.status !== 'answered') return notFound(c);
    const { columns, rows } = answer;
    c.header(
      'content-disposition',
      `attachment; filename="kms-insights-evidence-${answer.id}.json"`,
    );
    const body: EvidenceBody = {
      ...answer.evidence,
      summary: answer.summary,
      narrativeText: answer.narrative,
      notes: answer.notes,
      columns,
      rows,
    };
    return c.json(body);
  });

  app.get('/api/status', async (c) => {
    const dependencies = await assistant.dependencies(c.get('caller').accountScope);
    const status: StatusBody = {
      ...(await readStatus(dependencies)),
      quickSight: quickSight !== undefined && dependencies.accountScope === null,
    };
    return c.json(status);
  });

  app.get('/api/embed-url', (c) =>
    handleEmbedUrl(c, c.get('caller').accountScope, quickSight, log),
  );

  app.get('/api/openapi.json', (c) => c.json(openapi));

  app.get('/healthz', async (c) => {
    const { engine } = await assistant.dependencies();
    const body: HealthBody = { status: 'ok', snapshotId: engine.snapshot.snapshotId };
    return c.json(body);
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

/** Lets everyone in as the one who uses this machine. */
const openGateForAll: Gate = { identify: async () => localCaller, routes: null };

function tooMany(c: Context, seconds: number): Response {
  c.header('retry-after', String(seconds));
  return problem(
    c,
    429,
    'Too many questions',
    'You have asked as many questions as you may for now.',
    `Ask again in ${inWords(seconds)}.`,
    'RATE_LIMITED',
  );
}

/** Seconds as people say them, rounded up. */
function inWords(seconds: number): string {
  if (seconds <= 1) return 'a second';
  if (seconds < 120) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

function sameOrigin(origin: string, url: string): boolean {
  try {
    return new URL(origin).host === new URL(url).host;
  } catch {
    return false;
  }
}
