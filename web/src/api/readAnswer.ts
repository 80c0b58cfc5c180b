import type { Answer } from '../../../assistant/server/api.ts';
import { hasResult, hasText, hasTexts, isChart, isEvidence, isFields } from './shape.ts';

/** The answer in the body of GET /api/answers/:id; null when it is not one. */
export function readAnswer(body: unknown): Answer | null {
  if (!isFields(body) || !hasText(body, 'id', 'question', 'status')) return null;
  const complete =
    body.status === 'answered'
      ? hasText(body, 'interpretation', 'sql', 'summary') &&
        hasResult(body) &&
        hasTexts(body, 'notes', 'followUps') &&
        (body.chart === null || isChart(body.chart)) &&
        isEvidence(body.evidence)
      : body.status === 'clarify'
        ? hasText(body, 'message') && hasTexts(body, 'choices', 'unknownWords')
        : body.status === 'declined'
          ? hasText(body, 'message') && hasTexts(body, 'nearest', 'unknownWords')
          : body.status === 'error'
            ? isFields(body.error) && hasText(body.error, 'code', 'message', 'hint')
            : false;
  return complete ? (body as unknown as Answer) : null;
}
