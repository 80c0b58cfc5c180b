import type { FeedbackBody } from '../../../assistant/server/api.ts';
import { answerPath } from './answers.ts';

/** Says whether an answer is right; false when that could not be kept. */
export async function sendFeedback(
  id: string,
  body: FeedbackBody,
  send: typeof fetch = fetch,
): Promise<boolean> {
  try {
    const response = await send(answerPath(id, 'feedback'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(body),
    });
    return response.ok;
  } catch {
    return false;
  }
}
