import type { Message } from './message.ts';

/**
 * Sends messages to the `response_url` of a command or of a pressed button. Slack takes five messages at
 * it within thirty minutes (Slack, "Handling user interaction").
 */

const USES = 5;
const LIFETIME_MS = 30 * 60_000;
/** So long before its end an address is taken for gone: what is sent has to arrive in time. */
const MARGIN_MS = 10_000;
const ATTEMPTS = 3;
const ATTEMPT_MS = 10_000;
/** The longest wait that Slack may ask for between two attempts. */
const LONGEST_WAIT_MS = 30_000;

/**
 * What became of a message. `refused`: Slack does not take this message, and may take another. `gone`: the
 * address takes no message any more. `failed`: Slack could not be reached, or did not say why.
 */
export type Delivery = 'delivered' | 'refused' | 'gone' | 'failed';

export interface ResponseUrlOptions {
  /** Where addresses must be; others are never called. */
  readonly origin: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: () => Date;
  readonly wait: (ms: number) => Promise<void>;
}

export interface ResponseUrl {
  readonly send: (message: Message) => Promise<Delivery>;
  /** Milliseconds until it takes no message any more. */
  readonly timeLeft: () => number;
}

/** Whether an address is one of Slack's, so that no request makes this machine call another. */
export function isResponseUrl(address: string, origin: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.origin === origin && url.username === '' && url.password === '';
}

/** The address of a command or press that came at a moment. Throws when it is not one of Slack's. */
export function openResponseUrl(
  address: string,
  receivedAt: Date,
  { origin, fetch, clock, wait }: ResponseUrlOptions,
): ResponseUrl {
  if (!isResponseUrl(address, origin)) throw new Error(`a response_url must be at ${origin}`);
  let uses = 0;
  const timeLeft = () => receivedAt.getTime() + LIFETIME_MS - MARGIN_MS - clock().getTime();

  const attempt = async (body: string): Promise<Attempted> => {
    try {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(ATTEMPT_MS),
      });
      return judge(response, await response.text());
    } catch {
      return { again: true, afterMs: null };
    }
  };

  return {
    timeLeft,
    send: async (message) => {
      const body = JSON.stringify({ replace_original: false, ...message });
      for (let tried = 1; ; tried += 1) {
        if (uses >= USES || timeLeft() <= 0) return 'gone';
        // An attempt that failed on the way back has been used too.
        uses += 1;
        const attempted = await attempt(body);
        if (!attempted.again) return attempted.delivery;
        if (tried >= ATTEMPTS) return 'failed';
        await wait(Math.min(attempted.afterMs ?? 500 * 4 ** (tried - 1), LONGEST_WAIT_MS));
      }
    },
  };
}

type Attempted =
  | { readonly again: false; readonly delivery: Delivery }
  | { readonly again: true; readonly afterMs: number | null };

/** Slack answers with plain words or with JSON, and with 200 also where it says that it failed. */
function judge(response: Response, text: string): Attempted {
  if (/(expired|used)_url|channel_not_found|no_service|is_archived/.test(text)) {
    return { again: false, delivery: 'gone' };
  }
  if (response.status === 429 || response.status >= 500) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { again: true, afterMs: Number.isFinite(seconds) ? seconds * 1_000 : null };
  }
  if (response.status === 404 || response.status === 410) return { again: false, delivery: 'gone' };
  if (response.ok && !/"ok"\s*:\s*false/.test(text)) return { again: false, delivery: 'delivered' };
  return { again: false, delivery: response.status < 400 && !response.ok ? 'failed' : 'refused' };
}
