import { isFields } from './shape.ts';

/** What is shown when something broke: a code for the log, a sentence, and what to do. */
export interface Problem {
  /** `UNREACHABLE`, `INTERRUPTED` and `UNREADABLE` arise here and are worded by the page. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** No reply at all. */
export const unreachable: Problem = { code: 'UNREACHABLE', message: '', hint: '' };
/** The reply ended before it was complete. */
export const interrupted: Problem = { code: 'INTERRUPTED', message: '', hint: '' };
/** The reply is not what the API promises. */
export const unreadable: Problem = { code: 'UNREADABLE', message: '', hint: '' };

/** The problem in a refused response: RFC 9457 details where they are given, else the status. */
export function readProblem(status: number, body: unknown): Problem {
  const fields = isFields(body) ? body : {};
  const text = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    code: `HTTP ${status}`,
    message: text('detail') || text('title'),
    hint: text('hint'),
  };
}
