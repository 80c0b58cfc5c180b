import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelUse } from '../translate/translator.ts';

/** One line of the audit log: who asked what, what ran, and what came back. Never the rows themselves. */
export interface AuditEntry {
  readonly at: string;
  readonly user: string;
  readonly face: 'cli' | 'http' | 'slack';
  /** The question in plain language; null for SQL that a person wrote. */
  readonly question: string | null;
  readonly translator: 'offline' | 'bedrock' | null;
  /** The model that was asked, its prompt, tokens and cost; null when none was. */
  readonly model: ModelUse | null;
  readonly status: 'answered' | 'clarify' | 'declined' | 'error' | 'refused';
  /** The SQL that ran; null when none did. */
  readonly sql: string | null;
  readonly snapshotId: string;
  readonly queryId: string | null;
  readonly rowCount: number | null;
  readonly resultHash: string | null;
  readonly scannedBytes: number | null;
  /** US dollars for the bytes scanned; null where the engine does not bill by them. */
  readonly costUsd: number | null;
  readonly elapsedMs: number;
  /** Code of the error or refusal, when there was one. */
  readonly errorCode: string | null;
}

/** Where audit entries go. A failure to record must reach the caller: no answer without a record. */
export type Audit = (entry: AuditEntry) => Promise<void>;

/** Appends to `audit/audit.jsonl` of the data folder, one JSON object a line. */
export function fileAudit(dataFolder: string): Audit {
  const folder = join(dataFolder, 'audit');
  return async (entry) => {
    await mkdir(folder, { recursive: true });
    // One write of one line: appends of several processes do not mix.
    await appendFile(join(folder, 'audit.jsonl'), `${JSON.stringify(entry)}\n`, 'utf8');
  };
}
