import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Audit, type AuditEntry, type AuditLog, BadCursor, isWanted } from '../audit/audit.ts';
import type { FeedbackEntry, FeedbackLog } from '../audit/feedback.ts';
import type { Table } from './table.ts';

/**
 * The audit log in a table of its own, a partition for each day (UTC). Nothing in it is written over: the
 * role of the function may add to it and read it, and nothing else.
 */

const DAY_MS = 24 * 60 * 60_000;
const dayOf = (at: string) => at.slice(0, 10);
const partitionOf = (day: string) => `audit#${day}`;

export function tableAudit(table: Table, retentionDays: number): Audit {
  return async (entry) => {
    const added = await table.putNew({
      partition: partitionOf(dayOf(entry.at)),
      sort: `${entry.at}#${randomUUID()}`,
      value: entry,
      expiresAt: new Date(new Date(entry.at).getTime() + retentionDays * DAY_MS),
    });
    if (!added) throw new Error('an entry of the audit log is there already');
  };
}

const PAGE = 200;
const cursorSchema = z.string().regex(/^\d{4}-\d\d-\d\dT[\d:.]+Z#[0-9a-f-]{36}$/);

/** Reads from the newest day back, as far as entries are kept. A cursor is the sort key of the last entry. */
export function tableAuditLog(table: Table, retentionDays: number, clock: () => Date): AuditLog {
  return {
    read: async ({ cursor, limit, ...wanted }) => {
      const entries: AuditEntry[] = [];
      if (cursor !== null && !cursorSchema.safeParse(cursor).success) throw new BadCursor();
      const last = cursor;
      const now = clock().toISOString();
      // Days to come have no entries.
      const newest = last ?? (wanted.to !== undefined && wanted.to < now ? wanted.to : now);
      const oldest = new Date(clock().getTime() - retentionDays * DAY_MS).toISOString();
      const end = wanted.from !== undefined && wanted.from > oldest ? wanted.from : oldest;
      let before = last;
      let at = last;
      for (
        let day = dayOf(newest);
        day >= dayOf(end);
        day = dayOf(new Date(new Date(`${day}T00:00:00Z`).getTime() - DAY_MS).toISOString())
      ) {
        for (;;) {
          const { items, more } = await table.query({
            partition: partitionOf(day),
            newestFirst: true,
            limit: PAGE,
            ...(before === null ? {} : { before }),
          });
          for (const { value, sort } of items) {
            const entry = value as AuditEntry;
            if (!isWanted(entry, wanted)) continue;
            // One more than asked for tells that there is another page.
            if (entries.length === limit) return { entries, next: at };
            entries.push(entry);
            at = sort;
          }
          before = items.at(-1)?.sort ?? null;
          if (!more || before === null) break;
        }
        before = null;
      }
      return { entries, next: null };
    },
  };
}

const feedbackSchema: z.ZodType<FeedbackEntry> = z.object({
  at: z.string(),
  user: z.string(),
  answerId: z.uuid(),
  rating: z.enum(['up', 'down']),
  comment: z.string().nullable(),
});

/** What people say of answers: one item for each person and answer, the last that they said. */
export function tableFeedback(table: Table, retentionDays: number): FeedbackLog {
  const partition = (answerId: string) => `feedback#${answerId}`;
  return {
    give: (entry) =>
      table.put({
        partition: partition(entry.answerId),
        sort: entry.user,
        value: entry,
        expiresAt: new Date(new Date(entry.at).getTime() + retentionDays * DAY_MS),
      }),
    of: async (answerIds) => {
      const said = await Promise.all(
        [...new Set(answerIds)].map(async (answerId) => {
          const { items } = await table.query({ partition: partition(answerId), limit: PAGE });
          return items
            .map(({ value }) => feedbackSchema.parse(value))
            .reduce<FeedbackEntry | undefined>((a, b) => (a && a.at >= b.at ? a : b), undefined);
        }),
      );
      return new Map(said.flatMap((entry) => (entry ? [[entry.answerId, entry] as const] : [])));
    },
  };
}
