import type { FeedbackBody } from '../../../assistant/server/api.ts';
import { problemIn } from './problem.ts';

/** Says whether an answer is right; false when that could not be kept. */
export async function sendFeedback(
  body: FeedbackBody,
  send: typeof fetch = fetch,
): Promise<boolean> {
  try {
    const response = await send('/api/feedback', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) await problemIn(response);
    return response.ok;
  } catch {
    return false;
  }
}
