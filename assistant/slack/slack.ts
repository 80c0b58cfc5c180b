import { setTimeout as delay } from 'node:timers/promises';
import type { Hono } from 'hono';
import type { Assistant } from '../assistant.ts';
import type { AccessRule } from './access.ts';
import { memoryConversations } from './conversations.ts';
import { memoryReplays } from './replays.ts';
import type { ResponseUrlOptions } from './response-url.ts';
import { slackRoutes } from './routes.ts';
import { runJob } from './run-job.ts';
import type { SlackSettings } from './settings.ts';
import { memoryUndelivered } from './undelivered.ts';
import { inPlace } from './work.ts';

/** Slack as a server serves it: routes, and the work behind them in the same process. */
export interface SlackFace {
  readonly routes: Hono;
  /** Resolves when no work is left. */
  readonly settled: () => Promise<void>;
}

export interface SlackOptions {
  readonly assistant: Assistant;
  readonly settings: SlackSettings;
  readonly rules: readonly AccessRule[];
  readonly log: (message: string, details: Record<string, unknown>) => void;
  readonly clock?: () => Date;
}

export function openSlack(options: SlackOptions): SlackFace {
  const { assistant, settings, rules, log, clock = () => new Date() } = options;
  const responses: ResponseUrlOptions = {
    origin: settings.responseOrigin,
    fetch: globalThis.fetch,
    clock,
    wait: (ms) => delay(ms),
  };
  const undelivered = memoryUndelivered();
  const workshop = {
    assistant,
    rules,
    conversations: memoryConversations(clock),
    undelivered,
    responses,
    webUrl: settings.webUrl ?? null,
    timeZone: settings.timeZone,
    log,
  };
  const { handOver, settled } = inPlace((job) => runJob(job, workshop), settings);
  const routes = slackRoutes({
    signingSecret: settings.signingSecret,
    rules,
    responses,
    replays: memoryReplays(clock),
    undelivered,
    handOver,
    clock,
    log,
  });
  return { routes, settled };
}
