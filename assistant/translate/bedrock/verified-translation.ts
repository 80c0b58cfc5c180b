import type { LanguageCode } from '../language.ts';
import type { TranslateRequest, Translation } from '../translator.ts';
import { presentationOf } from './presentation.ts';
import { OWN_STATE, type ToolParts } from './tool-results.ts';
import { sqlAt } from './verified.ts';

/** SQL that cuts time by the calendar, which verified questions do in UTC. */
const byCalendar = /\b(?:date_trunc|date_format|year|quarter|month|week|day|date)\s*\(/i;

/**
 * The translation of a verified question that is asked word by word: people have checked its query, so
 * no model is asked. Null for any other question, for one that stands in a conversation, which may
 * give its words another meaning, and where the query does not pass the guard and the engine.
 */
export async function verifiedTranslation(
  request: TranslateRequest,
  language: LanguageCode,
  { prompt, trial }: Pick<ToolParts, 'prompt' | 'trial'>,
): Promise<Translation | null> {
  if (request.conversation.length > 0) return null;
  const verified = prompt.verified(request.question);
  if (verified === null) return null;
  if (request.timeZone !== 'UTC' && byCalendar.test(verified.sql)) return null;
  const sql = sqlAt(verified, request.asOf);
  const checked = trial.check(sql);
  if (!checked.ok) return null;
  const preview = await trial.preview(sql, request.signal);
  if (preview.kind !== 'rows') return null;
  return {
    kind: 'query',
    by: 'verified',
    interpretation: verified.explanation,
    sql,
    presentation: presentationOf(checked, preview.rows, language),
    state: OWN_STATE,
    followUps: [],
    notes: [],
  };
}
