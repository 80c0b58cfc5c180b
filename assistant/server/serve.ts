import { setTimeout as delay } from 'node:timers/promises';
import { type ServerType, serve as serveNode } from '@hono/node-server';
import type { Assistant } from '../assistant.ts';
import type { Gate } from '../auth/gate.ts';
import type { RateLimit } from '../auth/rate-limit.ts';
import type { SlackFace } from '../slack/slack.ts';
import { createApp } from './app.ts';
import type { QuickSight } from './embed.ts';
import { readWebFiles } from './web-files.ts';

export interface ServeOptions {
  readonly assistant: Assistant;
  /** The folder of the built page. */
  readonly webFolder: string;
  /** A loopback address, unless people sign in. */
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly log: (message: string, details: Record<string, unknown>) => void;
  readonly quickSight?: QuickSight | undefined;
  readonly slack?: SlackFace | undefined;
  /** How people sign in; left out, nobody is asked who they are. */
  readonly signIn?: SignIn | undefined;
}

/** What a server is told of people that sign in. */
export interface SignIn {
  readonly gate: Gate;
  readonly rateLimit: RateLimit;
  readonly publicUrl: string;
}

export interface RunningServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** So long work for Slack may go on when the server is closed; what is left then is given up. */
const SETTLE_MS = 10_000;

/** Loopback addresses: the local server asks nobody who they are, so nobody else may reach it. */
export const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1']);

/** Starts the server. Rejects when the port is taken. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { host, port } = options;
  const { signIn } = options;
  if (!signIn && !loopbackHosts.has(host)) throw new Error(`${host} is not a loopback address`);
  const publicHost = signIn ? [new URL(signIn.publicUrl).hostname] : [];
  const app = createApp({
    assistant: options.assistant,
    webFiles: await readWebFiles(options.webFolder),
    allowedHosts: new Set([...loopbackHosts, '[::1]', ...publicHost]),
    gate: signIn?.gate,
    rateLimit: signIn?.rateLimit,
    log: options.log,
    quickSight: options.quickSight,
    slack: options.slack?.routes,
  });
  const { server, boundPort } = await new Promise<{ server: ServerType; boundPort: number }>(
    (resolve, reject) => {
      const starting = serveNode({ fetch: app.fetch, hostname: host, port }, (info) =>
        resolve({ server: starting, boundPort: info.port }),
      );
      starting.once('error', reject);
    },
  );
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}/`,
    close: async () => {
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
      });
      await Promise.race([options.slack?.settled(), delay(SETTLE_MS, null, { ref: false })]);
    },
  };
}
