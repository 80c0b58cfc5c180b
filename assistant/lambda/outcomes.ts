import type { Audit, AuditEntry } from '../audit/audit.ts';

/** What became of a question, as it is counted in a deployment. */
export type Outcome = 'answered' | 'asked back' | 'declined' | 'failed';

/** Errors of the question, or of nobody: that someone went away is no fault. */
const askersOwn: ReadonlySet<string> = new Set([
  'EMPTY_QUESTION',
  'QUESTION_TOO_LONG',
  'CANCELLED',
]);

function outcomeOf({ status, errorCode }: AuditEntry): Outcome {
  if (status === 'clarify') return 'asked back';
  if (status === 'error') return askersOwn.has(errorCode ?? '') ? 'declined' : 'failed';
  return status === 'refused' ? 'declined' : status;
}

/**
 * An audit log that also says in the log of the function what became of each question, for the alarms of
 * the deployment (`infra/assistant/alarms.ts`). Nothing of who asked or what, which is in the audit log.
 */
export const tellingOutcomes =
  (audit: Audit, log: (message: string, details: Record<string, unknown>) => void): Audit =>
  async (entry) => {
    await audit(entry);
    if (entry.exported !== null) return;
    const modelFailure = entry.model?.failure;
    log('a question was asked', {
      outcome: outcomeOf(entry),
      errorCode: entry.errorCode,
      ...(modelFailure ? { modelFailure } : {}),
      elapsedMs: entry.elapsedMs,
    });
  };
