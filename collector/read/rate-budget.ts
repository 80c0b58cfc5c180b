import { setTimeout as delay } from 'node:timers/promises';
import { type ApiName, type Call, type RetryOptions, retrying } from './call.ts';
import { isThrottling } from './errors.ts';
import { defaultQuotas } from './quotas.ts';

export interface RateBudgetOptions {
  /** Requests per second by operation, where they differ from {@link defaultQuotas}. */
  readonly quotas?: Readonly<Partial<Record<ApiName, number>>>;
  /**
   * How much of each quota may be used, from 0 to 1. The quotas are shared with everyone else in the
   * account, services included. Default 0.95.
   */
  readonly share?: number;
  readonly retry?: Pick<RetryOptions, 'random' | 'throttledAttempts' | 'transientAttempts'>;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

const DEFAULT_SHARE = 0.95;

/** What is left of a rate after AWS said that it was too much, and of the lowest one. */
const SLOW_DOWN = 0.7;
const SLOWEST = 0.05;
/** How much of the full rate comes back with each second of requests that are let through. */
const RECOVERY = 0.05;

const sleepOn = (ms: number, signal: AbortSignal | undefined) =>
  delay(ms, undefined, signal ? { signal } : {});

/**
 * Makes the doors ({@link Call}) of a collection: all requests of one operation, account and Region
 * go through one budget, however many readers there are, spaced so that they stay within the quota.
 * A request that is throttled all the same is made again, and slows the budget down for a while:
 * somebody else is using the quota too. Throttling costs time, never data.
 *
 * A door is for one account and Region; null for requests that are about neither.
 */
export function rateBudgets(options: RateBudgetOptions = {}) {
  const { now = () => performance.now(), sleep = sleepOn, share = DEFAULT_SHARE } = options;
  if (!(share > 0 && share <= 1)) {
    throw new RangeError(`share must be above 0 and at most 1, not ${share}.`);
  }
  const quotas = { ...defaultQuotas, ...options.quotas };
  const budgets = new Map<string, Budget>();

  const budgetOf = (api: ApiName, accountId: string | null, region: string | null) => {
    const quota = quotas[api];
    if (quota === undefined) return null;
    const name = `${api} ${accountId ?? ''} ${region ?? ''}`;
    const known = budgets.get(name);
    if (known) return known;
    const budget = newBudget(quota * share, now);
    budgets.set(name, budget);
    return budget;
  };

  return (accountId: string | null, region: string | null, signal?: AbortSignal): Call => {
    const retry = retrying({ ...options.retry, signal, sleep });
    return (api, request) => {
      const budget = budgetOf(api, accountId, region);
      if (!budget) return retry(api, request);
      return retry(api, async () => {
        const wait = budget.reserve();
        if (wait > 0) await sleep(wait, signal);
        try {
          return await request();
        } catch (error) {
          if (isThrottling(error)) budget.slowDown();
          throw error;
        }
      });
    };
  };
}

interface Budget {
  /** Takes the next place in the queue; how many milliseconds to wait for it. */
  readonly reserve: () => number;
  readonly slowDown: () => void;
}

/** Evenly spaced places: a burst at the start of a second would use up what others need in it. */
function newBudget(fullRate: number, now: () => number): Budget {
  let rate = fullRate;
  /** The time of the next free place. */
  let next = Number.NEGATIVE_INFINITY;
  let slowedAt = Number.NEGATIVE_INFINITY;

  return {
    reserve: () => {
      const time = now();
      rate = Math.min(fullRate, rate + fullRate * RECOVERY * Math.min(1, 1 / rate));
      const place = Math.max(time, next);
      next = place + 1000 / rate;
      return place - time;
    },
    slowDown: () => {
      const time = now();
      // Requests that were on their way together are one sign, not many.
      if (time - slowedAt < 1000) return;
      slowedAt = time;
      rate = Math.max(fullRate * SLOWEST, rate * SLOW_DOWN);
    },
  };
}
