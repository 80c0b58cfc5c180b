import type { Answered } from '../answer/answer.ts';
import type { AskDependencies } from '../ask.ts';
import type { AuditEntry, ExportKind } from './audit.ts';

/**
 * Records that someone is given an answer that was made before. To be awaited before it is given: nothing
 * leaves without a record.
 */
export async function recordExport(
  { id, question, translator, status, sql, rowCount, evidence }: Answered,
  exported: ExportKind,
  by: Pick<AuditEntry, 'user' | 'face'>,
  { audit, accountScope, clock }: Pick<AskDependencies, 'audit' | 'accountScope' | 'clock'>,
): Promise<void> {
  await audit({
    at: clock().toISOString(),
    exported,
    answerId: id,
    ...by,
    question,
    earlierTurns: 0,
    translator,
    // Asked and paid for once, when the answer was made.
    model: null,
    status,
    sql,
    snapshotId: evidence.snapshotId,
    asOf: evidence.asOf,
    accountScope,
    queryId: evidence.queryId,
    rowCount,
    resultHash: evidence.resultHash,
    scannedBytes: null,
    costUsd: null,
    elapsedMs: 0,
    errorCode: null,
  });
}
