import type { AnswerBody } from '../server/api.ts';
import type { Answer } from './answer.ts';

/**
 * An answer as JSON for machines: the same keys whatever the status, so that a reader need not ask
 * which of them are there. Where there is no answer, `summary` holds what is said instead.
 */
export function answerBody(answer: Answer): AnswerBody {
  const message = answer.status === 'error' ? answer.error.message : null;
  return {
    interpretation: null,
    sql: null,
    columns: [],
    rows: [],
    rowCount: 0,
    summary: 'message' in answer ? answer.message : message,
    chart: null,
    evidence: null,
    ...answer,
  };
}
