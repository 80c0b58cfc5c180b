import type { Answer } from '../../../assistant/server/api.ts';
import { readAnswer } from './readAnswer.ts';

/** Where the answer itself, its table as CSV, and its evidence are kept. */
export function answerPath(id: string, part: 'answer' | 'csv' | 'evidence' = 'answer'): string {
  const path = `/api/answers/${encodeURIComponent(id)}`;
  if (part === 'csv') return `${path}.csv`;
  return part === 'answer' ? path : `${path}/${part}`;
}

/** An earlier answer; `'gone'` when the server keeps it no longer, `'failed'` when it cannot be read now. */
export async function fetchAnswer(
  id: string,
  send: typeof fetch = fetch,
): Promise<Answer | 'gone' | 'failed'> {
  try {
    const response = await send(answerPath(id), { headers: { Accept: 'application/json' } });
    if (response.status === 404 || response.status === 410) return 'gone';
    if (!response.ok) return 'failed';
    return readAnswer(await response.json()) ?? 'failed';
  } catch {
    return 'failed';
  }
}
