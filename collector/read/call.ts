import { setTimeout as delay } from 'node:timers/promises';
import { isThrottling, isTransient } from './errors.ts';

/** The AWS operations that a collection uses, as AWS names them. */
export type ApiName =
  | 'DescribeOrganization'
  | 'ListAccounts'
  | 'ListParents'
  | 'DescribeOrganizationalUnit'
  | 'ListTagsForResource'
  | 'ListRegions'
  | 'AssumeRole'
  | 'ListKeys'
  | 'ListAliases'
  | 'DescribeKey'
  | 'GetKeyPolicy'
  | 'ListResourceTags'
  | 'ListGrants'
  | 'GetKeyRotationStatus'
  | 'GetKeyLastUsage'
  | 'LookupEvents'
  | 'StartQueryExecution'
  | 'GetQueryExecution'
  | 'GetQueryResults'
  | 'StopQueryExecution';

/**
 * The one door through which every AWS request goes. It may hold a request back and make it again;
 * what it throws is final. A rate budget per API is another implementation of this type.
 */
export type Call = <T>(api: ApiName, request: () => Promise<T>) => Promise<T>;

export interface RetryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Waits so many milliseconds; rejects when the signal is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** From 0 to 1, as `Math.random`. */
  readonly random?: () => number;
  /** How often a throttled request is made at most. Default 14, about three minutes. */
  readonly throttledAttempts?: number;
  /** How often a request that met a passing fault is made at most. Default 5. */
  readonly transientAttempts?: number;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 20_000;

const sleepOn = (ms: number, signal: AbortSignal | undefined) =>
  delay(ms, undefined, signal ? { signal } : {});

/**
 * A {@link Call} that makes throttled requests and requests that met a passing fault again, after a
 * wait that doubles and is drawn at random up to its length ("full jitter"), so that many readers
 * which were throttled together do not come back together.
 */
export function retrying(options: RetryOptions = {}): Call {
  const { signal, sleep = sleepOn, random = Math.random } = options;
  const { throttledAttempts = 14, transientAttempts = 5 } = options;
  return async (_api, request) => {
    for (let attempt = 1; ; attempt++) {
      signal?.throwIfAborted();
      try {
        return await request();
      } catch (error) {
        const attempts = isThrottling(error)
          ? throttledAttempts
          : isTransient(error)
            ? transientAttempts
            : 1;
        if (attempt >= attempts) throw error;
        const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
        await sleep(random() * longest, signal);
      }
    }
  };
}
