import type { Context } from 'hono';
import { z } from 'zod';
import type { Assistant } from '../assistant.ts';
import { BadCursor } from '../audit/audit.ts';
import type { Caller } from '../auth/caller.ts';
import type { AuditBody } from './api.ts';
import { problem } from './problem.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A day (UTC) stands for its beginning as `from`, and for its end as `to`. */
const moment = (ofDay: number) =>
  z
    .union([z.iso.datetime(), z.iso.date()], {
      error: 'is neither a date nor a moment of ISO 8601',
    })
    .transform((text) => {
      const at = new Date(text).getTime() + (text.length > 10 ? 0 : ofDay * DAY_MS);
      return new Date(at).toISOString();
    })
    .optional();

export const auditQuery = z.strictObject({
  from: moment(0),
  to: moment(1),
  user: z.string().min(1).max(200).optional(),
  status: z.enum(['answered', 'clarify', 'declined', 'error', 'refused']).optional(),
  face: z.enum(['cli', 'http', 'slack']).optional(),
  kind: z.enum(['question', 'export']).optional(),
  cursor: z.string().min(1).max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/**
 * GET /api/audit: what was asked, by whom, and what came of it; and to whom answers were given out. For
 * admins; one who may see some accounts reads what was asked by those who may see no others.
 */
export async function handleAudit(
  c: Context,
  { role, accountScope }: Caller,
  { auditLog, feedback }: Assistant,
): Promise<Response> {
  if (role !== 'admin') {
    return problem(
      c,
      403,
      'Not allowed',
      'Only admins may read the audit log.',
      'Ask whoever runs KMS Insights to make you one.',
      'NOT_ALLOWED',
    );
  }
  const parsed = auditQuery.safeParse(c.req.query());
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const detail = `${issue?.path.join('.') || 'the query'}: ${issue?.message}`;
    return malformed(c, detail);
  }
  const { cursor = null, ...query } = parsed.data;
  const page = await auditLog
    .read({ ...query, cursor, within: accountScope })
    .catch((error: unknown) => {
      if (error instanceof BadCursor) return malformed(c, error.message);
      throw error;
    });
  if (page instanceof Response) return page;
  const { entries, next } = page;
  const given = await feedback.of(entries.flatMap(({ answerId }) => answerId ?? []));
  const body: AuditBody = {
    entries: entries.map((entry) => {
      const said = given.get(entry.answerId ?? '');
      return { ...entry, feedback: said ? { rating: said.rating, comment: said.comment } : null };
    }),
    next,
  };
  return c.json(body);
}

const malformed = (c: Context, detail: string): Response =>
  problem(
    c,
    400,
    'Bad request',
    detail,
    'The parameters are from, to, user, status, face, kind, cursor and limit.',
  );
