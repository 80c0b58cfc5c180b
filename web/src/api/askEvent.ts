import type { AskEvent } from '../../../assistant/server/api.ts';
import type { ServerEvent } from './eventStream.ts';
import {
  type Fields,
  hasResult,
  hasText,
  hasTexts,
  isChart,
  isEvidence,
  isFields,
} from './shape.ts';

const checks: Readonly<Record<AskEvent['type'], (data: Fields) => boolean>> = {
  interpretation: (data) => hasText(data, 'text'),
  sql: (data) => hasText(data, 'sql', 'translator'),
  rows: hasResult,
  summary: (data) => hasText(data, 'text') && hasTexts(data, 'notes'),
  chart: isChart,
  narrative: (data) => hasText(data, 'text'),
  evidence: isEvidence,
  clarify: (data) => hasText(data, 'message') && hasTexts(data, 'choices', 'unknownWords'),
  declined: (data) => hasText(data, 'message') && hasTexts(data, 'nearest', 'unknownWords'),
  error: (data) => hasText(data, 'code', 'message', 'hint'),
  done: (data) => hasText(data, 'id', 'status', 'conversationId') && hasTexts(data, 'followUps'),
};

function isKnown(name: string): name is AskEvent['type'] {
  return Object.hasOwn(checks, name);
}

/**
 * The typed event, `null` for one to pass over (a name this page does not know, or no chart), or
 * `'unreadable'` when the data is not what the name promises.
 */
export function readAskEvent(event: ServerEvent): AskEvent | null | 'unreadable' {
  if (!isKnown(event.name)) return null;
  let data: unknown;
  try {
    data = JSON.parse(event.data);
  } catch {
    return 'unreadable';
  }
  if (event.name === 'chart' && data === null) return null;
  if (!isFields(data) || !checks[event.name](data)) return 'unreadable';
  return { type: event.name, data } as unknown as AskEvent;
}
