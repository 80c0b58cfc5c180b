import { type AuditFilter, auditFilterNames } from '../route/route.ts';
import { isFields } from './shape.ts';
import { type Read, readBody } from './views.ts';

/** A recorded question or export, as far as it is shown; GET /api/audit gives more of it. */
export interface AuditedQuestion {
  readonly at: string;
  readonly answerId: string | null;
  readonly user: string;
  readonly face: string;
  readonly question: string | null;
  readonly status: string;
  /** How an answer from before was given out; not for questions. */
  readonly exported?: string | null;
  readonly sql: string | null;
  readonly rowCount: number | null;
  readonly costUsd: number | null;
  readonly model: { readonly costUsd: number | null } | null;
  readonly errorCode: string | null;
  readonly feedback: { readonly rating: string; readonly comment: string | null } | null;
}

export interface AuditPage {
  readonly entries: readonly AuditedQuestion[];
  /** Where the older ones begin; null where these are the oldest. */
  readonly next: string | null;
}

const pageSize = 50;

/** Recorded questions, newest first. Only an admin may read them. */
export function fetchAudit(
  filter: AuditFilter,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Read<AuditPage>> {
  const query = new URLSearchParams({ limit: String(pageSize) });
  for (const name of auditFilterNames) {
    const value = filter[name];
    if (value !== undefined && value !== '') query.set(name, value);
  }
  if (cursor !== null) query.set('cursor', cursor);
  return readBody(
    `/api/audit?${query}`,
    ({ entries, next }) =>
      Array.isArray(entries) &&
      entries.every(isEntry) &&
      (next === null || typeof next === 'string'),
    signal,
  );
}

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

function isEntry(entry: unknown): boolean {
  return (
    isFields(entry) &&
    [entry.at, entry.user, entry.face, entry.status].every((one) => typeof one === 'string') &&
    [entry.question, entry.sql].every(isTextOrNull)
  );
}
