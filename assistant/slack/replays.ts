import { TOLERANCE_SECONDS } from './signature.ts';

/** Remembers genuine requests, so that one that was recorded and is sent again does nothing. */
export interface Replays {
  /** True the first time that a request of this signature comes. */
  readonly first: (signature: string) => Promise<boolean>;
}

/** A request may come until its time is this long past, and may have been from as far ahead. */
export const KEEP_MS = 2 * TOLERANCE_SECONDS * 1_000;

/** Remembers in memory, as long as a signature counts. Only genuine signatures are to be told to it. */
export function memoryReplays(clock: () => Date): Replays {
  // In the order in which they came.
  const seen = new Map<string, number>();
  return {
    first: async (signature) => {
      const now = clock().getTime();
      for (const [old, at] of seen) {
        if (now - at <= KEEP_MS) break;
        seen.delete(old);
      }
      if (seen.has(signature)) return false;
      seen.set(signature, now);
      return true;
    },
  };
}
