import { setMaxListeners } from 'node:events';
import { isCallersFault } from '../read/errors.ts';
import { callFor } from './begin.ts';
import type { CollectOptions } from './options.ts';

/** Options under which everything of a run ends together. */
export interface Ending {
  readonly options: CollectOptions & { readonly signal: AbortSignal };
  /** Ends the requests that are under way. */
  readonly stop: (reason: unknown) => void;
}

/**
 * Makes a run end with the first request that shows that no other can succeed, because the collector's
 * own credentials are at fault: what is left would otherwise be recorded as refused.
 */
export function ending(options: CollectOptions): Ending {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  // Every waiting request listens; there is no leak.
  setMaxListeners(0, signal);
  const callForAll: NonNullable<CollectOptions['callFor']> = (accountId, region, one) => {
    const call = callFor({ ...options, signal: one }, accountId, region);
    return async (api, request) => {
      try {
        return await call(api, request);
      } catch (error) {
        if (isCallersFault(error)) stop.abort(error);
        throw error;
      }
    };
  };
  return {
    options: { ...options, signal, callFor: callForAll },
    stop: (reason) => stop.abort(reason),
  };
}
