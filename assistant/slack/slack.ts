import { setTimeout as delay } from 'node:timers/promises';
import type { Hono } from 'hono';
import type { Assistant } from '../assistant.ts';
import type { AccessRule } from './access.ts';
import { memoryConversations, type SlackConversations } from './conversations.ts';
import { memoryReplays, type Replays } from './replays.ts';
import type { ResponseUrlOptions } from './response-url.ts';
import { slackRoutes } from './routes.ts';
import { runJob, type Workshop } from './run-job.ts';
import type { SlackSettings } from './settings.ts';
import { memoryUndelivered, type Undelivered } from './undelivered.ts';
import { type HandOver, inPlace } from './work.ts';

export interface SlackOptions {
  readonly settings: SlackSettings;
  readonly rules: readonly AccessRule[];
  readonly log: (message: string, details: Record<string, unknown>) => void;
  readonly clock: () => Date;
}

/** What is remembered between requests. */
export interface SlackState {
  readonly conversations: SlackConversations;
  readonly replays: Replays;
  readonly undelivered: Undelivered;
}

/** Remembers in this process, as long as it runs. */
export const memoryState = (clock: () => Date): SlackState => ({
  conversations: memoryConversations(clock),
  replays: memoryReplays(clock),
  undelivered: memoryUndelivered(),
});

/** What Slack calls, with the work behind it handed over. */
export function routesOf(options: SlackOptions, state: SlackState, handOver: HandOver): Hono {
  const { settings, rules, clock, log } = options;
  return slackRoutes({
    signingSecret: settings.signingSecret,
    rules,
    responses: responsesOf(options),
    replays: state.replays,
    undelivered: state.undelivered,
    handOver,
    clock,
    log,
  });
}

/** What the work is done with that was handed over. */
export function workshopOf(
  options: SlackOptions,
  state: SlackState,
  assistant: Assistant,
): Workshop {
  const { settings, rules, log } = options;
  return {
    assistant,
    rules,
    conversations: state.conversations,
    undelivered: state.undelivered,
    responses: responsesOf(options),
    webUrl: settings.webUrl ?? null,
    timeZone: settings.timeZone,
    log,
  };
}

const responsesOf = ({ settings, clock }: SlackOptions): ResponseUrlOptions => ({
  origin: settings.responseOrigin,
  fetch: globalThis.fetch,
  clock,
  wait: (ms) => delay(ms),
});

/** Slack as a server serves it: routes, and the work behind them in the same process. */
export interface SlackFace {
  readonly routes: Hono;
  /** Resolves when no work is left. */
  readonly settled: () => Promise<void>;
}

export function openSlack({
  assistant,
  clock = () => new Date(),
  ...given
}: Omit<SlackOptions, 'clock'> & {
  readonly assistant: Assistant;
  readonly clock?: () => Date;
}): SlackFace {
  const options = { ...given, clock };
  const state = memoryState(clock);
  const workshop = workshopOf(options, state, assistant);
  const { handOver, settled } = inPlace((job) => runJob(job, workshop), options.settings);
  return { routes: routesOf(options, state, handOver), settled };
}
