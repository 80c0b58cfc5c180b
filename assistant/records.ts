import { type AnswerStore, folderAnswerStore } from './answer/store.ts';
import { type Audit, type AuditLog, fileAudit, fileAuditLog } from './audit/audit.ts';
import { type FeedbackLog, fileFeedback } from './audit/feedback.ts';

/** What is kept of questions and answers, wherever it is kept. */
export interface Records {
  readonly audit: Audit;
  readonly auditLog: AuditLog;
  readonly answers: AnswerStore;
  readonly feedback: FeedbackLog;
}

/** Kept in a data folder on this machine. */
export const folderRecords = (dataFolder: string): Records => ({
  audit: fileAudit(dataFolder),
  auditLog: fileAuditLog(dataFolder),
  answers: folderAnswerStore(dataFolder),
  feedback: fileFeedback(dataFolder),
});
