/** How many questions one may ask in a span of time, counted by somebody who outlives a request. */
export interface Counter {
  /** Counts up by one; null, and nothing is counted, where it stands at `most` already. */
  readonly count: (key: string, most: number, expiresAt: Date) => Promise<number | null>;
}

export interface RateLimits {
  readonly perMinute: number;
  readonly perDay: number;
}

/** Seconds until another question may be asked; null when it may be now, which counts it. */
export type RateLimit = (user: string) => Promise<number | null>;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Limits by the minute and by the day (UTC), each beginning anew. */
export function rateLimit(counter: Counter, limits: RateLimits, clock: () => Date): RateLimit {
  const spans = [
    { name: 'minute', ms: MINUTE_MS, most: limits.perMinute },
    { name: 'day', ms: DAY_MS, most: limits.perDay },
  ];
  return async (user) => {
    const now = clock().getTime();
    for (const { name, ms, most } of spans) {
      const begun = Math.floor(now / ms) * ms;
      const key = `rate#${user}#${name}#${new Date(begun).toISOString()}`;
      const counted = await counter.count(key, most, new Date(begun + 2 * ms));
      if (counted === null) return Math.ceil((begun + ms - now) / 1_000);
    }
    return null;
  };
}

/** Counts in memory. */
export function memoryCounter(clock: () => Date): Counter {
  const counts = new Map<string, { count: number; expiresAt: Date }>();
  return {
    count: async (key, most, expiresAt) => {
      for (const [old, kept] of counts) {
        if (kept.expiresAt > clock()) break;
        counts.delete(old);
      }
      const count = counts.get(key)?.count ?? 0;
      if (count >= most) return null;
      counts.set(key, { count: count + 1, expiresAt });
      return count + 1;
    },
  };
}
