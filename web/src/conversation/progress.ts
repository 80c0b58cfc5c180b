import type { Answer, AskEvent, AskEvents } from '../../../assistant/server/api.ts';
import { interrupted, type Problem } from '../api/problem.ts';

type WithoutTranslator<A> = A extends unknown ? Omit<A, 'translator'> : never;

/** An answer as the page shows it, whether it was streamed or fetched again. */
export type ShownAnswer = WithoutTranslator<Answer>;

/** What has arrived so far. */
export type Progress = {
  readonly [Name in Exclude<AskEvent['type'], 'done'>]?: AskEvents[Name];
};

export type Stage = 'understanding' | 'checking' | 'running' | 'answering';

export const stages: readonly Stage[] = ['understanding', 'checking', 'running', 'answering'];

/** What the server is doing, told by what has arrived. */
export function stageOf(progress: Progress): Stage {
  if (progress.rows) return 'answering';
  if (progress.sql) return 'running';
  return progress.interpretation ? 'checking' : 'understanding';
}

/** Adds one event to what has arrived. */
export function advance(progress: Progress, event: Exclude<AskEvent, { type: 'done' }>): Progress {
  return { ...progress, [event.type]: event.data };
}

/**
 * The whole answer once `done` has come. An answer that lacks its rows, its interpretation or its
 * evidence is a failure: nothing is shown as an answer that could not be defended.
 */
export function complete(
  question: string,
  progress: Progress,
  done: AskEvents['done'],
): ShownAnswer | Problem {
  const asked = { id: done.id, question };
  switch (done.status) {
    case 'answered': {
      const { interpretation, sql, rows, summary, narrative, evidence, chart } = progress;
      if (!interpretation || !sql || !rows || !summary || !evidence) return interrupted;
      return {
        ...asked,
        ...rows,
        status: 'answered',
        interpretation: interpretation.text,
        sql: sql.sql,
        summary: summary.text,
        narrative: narrative?.text ?? null,
        notes: summary.notes,
        chart: chart ?? null,
        evidence,
        followUps: done.followUps,
      };
    }
    case 'clarify':
      return progress.clarify ? { ...asked, status: 'clarify', ...progress.clarify } : interrupted;
    case 'declined':
      return progress.declined
        ? { ...asked, status: 'declined', ...progress.declined }
        : interrupted;
    default:
      return progress.error ? { ...asked, status: 'error', error: progress.error } : interrupted;
  }
}
