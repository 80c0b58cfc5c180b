import type { Answer } from '../../../assistant/server/api.ts';
import { problemIn } from './problem.ts';
import { readAnswer } from './readAnswer.ts';
import { type Read, readBody } from './views.ts';

/** Where the answer itself, its table as CSV, and its evidence are kept. */
export function answerPath(id: string, part: 'answer' | 'csv' | 'evidence' = 'answer'): string {
  const path = `/api/answers/${encodeURIComponent(id)}`;
  if (part === 'csv') return `${path}.csv`;
  return part === 'answer' ? path : `${path}/${part}`;
}

/** The address that opens the page with an answer on it. */
export function answerLink(id: string, origin: string): string {
  return `${origin}/?answer=${encodeURIComponent(id)}`;
}

/** The id of the answer that an address asks for; null where it asks for none. */
export function linkedAnswer(query: string): string | null {
  return new URLSearchParams(query).get('answer') || null;
}

/** An answer for a view of its own. */
export function readKept(id: string, signal: AbortSignal): Promise<Read<Answer>> {
  return readBody(answerPath(id), (body) => readAnswer(body) !== null, signal);
}

/**
 * An earlier answer; `'gone'` when the server keeps it no longer, or the reader may not see it,
 * `'failed'` when it cannot be read now.
 */
export async function fetchAnswer(
  id: string,
  send: typeof fetch = fetch,
): Promise<Answer | 'gone' | 'failed'> {
  try {
    const response = await send(answerPath(id), { headers: { Accept: 'application/json' } });
    if (!response.ok) {
      await problemIn(response);
      return [403, 404, 410].includes(response.status) ? 'gone' : 'failed';
    }
    return readAnswer(await response.json()) ?? 'failed';
  } catch {
    return 'failed';
  }
}
