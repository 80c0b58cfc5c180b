import { ModelFailure } from './failure.ts';

/** The first wait is at most so long; each further one at most twice that of the one before. */
const FIRST_MS = 500;
const LONGEST_MS = 8_000;

export interface RetryOptions {
  /** How often it is tried at most. */
  readonly attempts: number;
  /** Milliseconds until the whole is given up. */
  readonly remainingMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/**
 * Tries again what may pass by itself. The wait is random between nothing and a bound that doubles, so
 * that many who failed at once do not come back at once (AWS Architecture Blog, "Exponential Backoff And
 * Jitter", full jitter). Throws the last failure.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { attempts, remainingMs, sleep, random }: RetryOptions,
): Promise<T> {
  for (let failed = 0; ; failed += 1) {
    try {
      return await attempt();
    } catch (error) {
      const again = error instanceof ModelFailure && error.handling === 'retry';
      if (!again || failed + 1 >= attempts) throw error;
      const wait = random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** failed);
      if (wait >= remainingMs()) throw error;
      await sleep(wait);
    }
  }
}
