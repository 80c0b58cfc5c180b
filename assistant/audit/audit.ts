import { z } from 'zod';
import type { ModelUse, TranslatedBy } from '../translate/translator.ts';
import { appendRecord, readRecords } from './records.ts';

/** One line of the audit log: who asked what, what ran, and what came back. Never the rows themselves. */
export interface AuditEntry {
  readonly at: string;
  /** The id of the answer, to which feedback refers; null for SQL that a person wrote. */
  readonly answerId: string | null;
  readonly user: string;
  readonly face: 'cli' | 'http' | 'slack';
  /** The question in plain language; null for SQL that a person wrote. */
  readonly question: string | null;
  /** How many questions of the conversation came before, which this one may have gone on from. */
  readonly earlierTurns: number;
  readonly translator: TranslatedBy | null;
  /** The model that was asked, its prompt, tokens and cost; null when none was. */
  readonly model: ModelUse | null;
  readonly status: 'answered' | 'clarify' | 'declined' | 'error' | 'refused';
  /** The SQL that ran; null when none did. */
  readonly sql: string | null;
  readonly snapshotId: string;
  /** The moment the data speaks of (UTC, ISO 8601). */
  readonly asOf: string;
  /** The accounts that the caller may see; null for all. */
  readonly accountScope: readonly string[] | null;
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

const FILE = 'audit.jsonl';

/** Appends to `audit/audit.jsonl` of the data folder, one JSON object a line. */
export function fileAudit(dataFolder: string): Audit {
  return (entry) => appendRecord(dataFolder, FILE, entry);
}

/** Of a recorded question, what is needed to say which answer feedback is about. */
const answeredSchema = z.object({
  at: z.string(),
  answerId: z.uuid(),
  question: z.string(),
  earlierTurns: z.number(),
  translator: z.string(),
  status: z.string(),
  sql: z.string().nullable(),
  asOf: z.iso.datetime(),
  accountScope: z.array(z.string()).nullable(),
});

export type RecordedQuestion = z.infer<typeof answeredSchema>;

/** The questions of the audit log, by the id of their answer. SQL that people wrote is not among them. */
export async function readQuestions(
  dataFolder: string,
): Promise<ReadonlyMap<string, RecordedQuestion>> {
  const { records } = await readRecords(dataFolder, FILE, answeredSchema);
  return new Map(records.map((r) => [r.answerId, r]));
}
