import { tellSignedOut } from '../session/signedOut.ts';
import { isFields } from './shape.ts';

/** What is shown when something broke: a code for the log, a sentence, and what to do. */
export interface Problem {
  /** `UNREACHABLE`, `INTERRUPTED` and `UNREADABLE` arise here and are worded by the page. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** When it may be tried again, in milliseconds since 1970; at once where the server set no time. */
  readonly retryAt?: number;
}

/** No reply at all. */
export const unreachable: Problem = { code: 'UNREACHABLE', message: '', hint: '' };
/** The reply ended before it was complete. */
export const interrupted: Problem = { code: 'INTERRUPTED', message: '', hint: '' };
/** The reply is not what the API promises. */
export const unreadable: Problem = { code: 'UNREADABLE', message: '', hint: '' };

/**
 * The problem in a refused response, and the moment to try again where it names one. A refusal
 * because nobody is signed in is told to the page too.
 */
export async function problemIn(response: Response, now = Date.now()): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const problem = readProblem(response.status, body);
  if (problem.code === 'SIGN_IN') {
    tellSignedOut(isFields(body) ? body.signInPath : undefined);
  }
  const wait = secondsToWait(response.headers.get('Retry-After'), now);
  return wait === null ? problem : { ...problem, retryAt: now + wait * 1000 };
}

/** The problem in the body of a refusal: RFC 9457 details where they are given, else the status. */
export function readProblem(status: number, body: unknown): Problem {
  const fields = isFields(body) ? body : {};
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    code: text('code') || `HTTP ${status}`,
    message: text('detail') || text('title'),
    hint: text('hint'),
  };
}

/** Retry-After as RFC 9110 has it: a number of seconds or a date; null for neither. */
export function secondsToWait(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const moment = /GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? null : Math.max(0, Math.ceil((moment - now) / 1000));
}
