import { z } from 'zod';
import { covers } from '../answer/store.ts';
import type { ModelUse, TranslatedBy } from '../translate/translator.ts';
import { appendRecord, readRecords } from './records.ts';

/**
 * How an answer was given out after it was made: opened by its link, downloaded as CSV or with its evidence,
 * its SQL shown, or shown to everyone in a channel.
 */
export const exportKinds = ['answer', 'csv', 'evidence', 'sql', 'shared'] as const;
export type ExportKind = (typeof exportKinds)[number];

/**
 * One line of the audit log: who asked what, what ran, and what came back; or, with `exported`, who was
 * given an answer that was made before. Never the rows themselves.
 */
export interface AuditEntry {
  readonly at: string;
  /** Null for a question, which ran; else nothing ran anew, and the rest tells of the answer given out. */
  readonly exported: ExportKind | null;
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

/** Which entries of the audit log are wanted. */
export interface AuditQuery {
  /** At or after, before (ISO 8601, UTC). */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly user?: string | undefined;
  readonly status?: AuditEntry['status'] | undefined;
  readonly face?: AuditEntry['face'] | undefined;
  /** Questions, or answers that were given out. */
  readonly kind?: 'question' | 'export' | undefined;
  /** The accounts that the reader may see: entries of those who may see others are left out. */
  readonly within: AuditEntry['accountScope'];
  /** Where a page before ended; null for the newest. */
  readonly cursor: string | null;
  readonly limit: number;
}

export interface AuditPage {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** Where the older ones begin; null where there are none. */
  readonly next: string | null;
}

/** The cursor is none that the log gave. */
export class BadCursor extends Error {
  constructor() {
    super('cursor: is not the `next` of an earlier page');
    this.name = 'BadCursor';
  }
}

/** Reads what was recorded. Throws {@link BadCursor}. */
export interface AuditLog {
  readonly read: (query: AuditQuery) => Promise<AuditPage>;
}

/** Whether an entry is among those that are wanted. */
export const isWanted = (
  entry: AuditEntry,
  { from, to, user, status, face, kind, within }: Omit<AuditQuery, 'cursor' | 'limit'>,
): boolean =>
  (from === undefined || entry.at >= from) &&
  (to === undefined || entry.at < to) &&
  (user === undefined || entry.user === user) &&
  (status === undefined || entry.status === status) &&
  (face === undefined || entry.face === face) &&
  (kind === undefined || (kind === 'export') === (entry.exported !== null)) &&
  covers(within, entry.accountScope);

const FILE = 'audit.jsonl';

/** Appends to `audit/audit.jsonl` of the data folder, one JSON object a line. */
export function fileAudit(dataFolder: string): Audit {
  return (entry) => appendRecord(dataFolder, FILE, entry);
}

/** What every entry has, of whatever version of the program. */
const entrySchema = z.looseObject({
  at: z.string(),
  user: z.string(),
  face: z.enum(['cli', 'http', 'slack']),
  question: z.string().nullable(),
  status: z.enum(['answered', 'clarify', 'declined', 'error', 'refused']),
  sql: z.string().nullable(),
  accountScope: z.array(z.string()).nullable(),
  exported: z.enum(exportKinds).nullable().default(null),
});

/** Reads `audit/audit.jsonl`. A cursor is the number of entries before it, which only grows. */
export function fileAuditLog(dataFolder: string): AuditLog {
  return {
    read: async ({ cursor, limit, ...wanted }) => {
      const { records } = await readRecords(dataFolder, FILE, entrySchema);
      if (cursor !== null && !/^\d{1,15}$/.test(cursor)) throw new BadCursor();
      const entries: AuditEntry[] = [];
      let at = Math.min(cursor === null ? records.length : Number(cursor), records.length);
      while (at > 0 && entries.length < limit) {
        at -= 1;
        const entry = records[at] as unknown as AuditEntry;
        if (isWanted(entry, wanted)) entries.push(entry);
      }
      const more = records.slice(0, at).some((r) => isWanted(r as unknown as AuditEntry, wanted));
      return { entries, next: more ? String(at) : null };
    },
  };
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
  /** That an answer was given out is no question. */
  exported: z.null().optional(),
});

export type RecordedQuestion = z.infer<typeof answeredSchema>;

/** The questions of the audit log, by the id of their answer. SQL that people wrote is not among them. */
export async function readQuestions(
  dataFolder: string,
): Promise<ReadonlyMap<string, RecordedQuestion>> {
  const { records } = await readRecords(dataFolder, FILE, answeredSchema);
  return new Map(records.map((r) => [r.answerId, r]));
}
