import type { StatusBody } from '../../../assistant/server/api.ts';
import { problemIn } from './problem.ts';
import { hasNumber, hasText, hasTexts, isCoverage, isFields } from './shape.ts';

/** What the data is: snapshot, as-of time, coverage; null when it cannot be read. */
export async function fetchStatus(send: typeof fetch = fetch): Promise<StatusBody | null> {
  try {
    const response = await send('/api/status', { headers: { Accept: 'application/json' } });
    if (!response.ok) {
      await problemIn(response);
      return null;
    }
    const body: unknown = await response.json();
    return isStatus(body) ? body : null;
  } catch {
    return null;
  }
}

function isStatus(body: unknown): body is StatusBody {
  return (
    isFields(body) &&
    hasText(body, 'snapshotId', 'asOf', 'origin', 'coverageText') &&
    hasNumber(body, 'keys', 'accounts') &&
    hasTexts(body, 'starterQuestions') &&
    isCoverage(body.coverage)
  );
}
