import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Audit,
  type AuditEntry,
  type AuditLog,
  type AuditQuery,
  BadCursor,
  fileAudit,
  fileAuditLog,
} from '../../../assistant/audit/audit.ts';
import { type FeedbackLog, fileFeedback } from '../../../assistant/audit/feedback.ts';
import {
  tableAudit,
  tableAuditLog,
  tableFeedback,
} from '../../../assistant/dynamodb/audit-table.ts';
import { memoryTable } from './memory-table.ts';

/** The audit log in a folder and in a table keep to the same. */

const now = new Date('2026-11-23T12:00:00Z');
const entryAt = (at: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  at,
  exported: null,
  answerId: null,
  user: 'ann',
  face: 'http',
  question: `asked at ${at}`,
  earlierTurns: 0,
  translator: 'offline',
  model: null,
  status: 'answered',
  sql: null,
  snapshotId: 's',
  asOf: at,
  accountScope: null,
  queryId: null,
  rowCount: null,
  resultHash: null,
  scannedBytes: null,
  costUsd: null,
  elapsedMs: 1,
  errorCode: null,
  ...more,
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-insights-audit-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Logs {
  readonly audit: Audit;
  readonly log: AuditLog;
  readonly feedback: FeedbackLog;
}
const kinds: readonly (readonly [string, () => Logs])[] = [
  [
    'in a folder',
    () => ({ audit: fileAudit(folder), log: fileAuditLog(folder), feedback: fileFeedback(folder) }),
  ],
  [
    'in a table',
    () => {
      const table = memoryTable(() => now);
      return {
        audit: tableAudit(table, 400),
        log: tableAuditLog(table, 400, () => now),
        feedback: tableFeedback(table, 400),
      };
    },
  ],
];

describe.each(kinds)('the audit log %s', (_, open) => {
  const read = async (log: AuditLog, query: Partial<AuditQuery> = {}) => {
    const page = await log.read({ cursor: null, limit: 100, within: null, ...query });
    return page.entries.map(({ at }) => at);
  };

  it('is read from the newest entry back, over many days', async () => {
    const { audit, log } = open();
    const times = [
      '2026-08-01T00:00:00.000Z',
      '2026-11-22T23:59:59.999Z',
      '2026-11-23T00:00:00.000Z',
    ];
    for (const at of times) await audit(entryAt(at));
    expect(await read(log)).toEqual(times.toReversed());
    expect((await log.read({ cursor: null, limit: 1, within: null })).entries).toEqual([
      entryAt('2026-11-23T00:00:00.000Z'),
    ]);
  });

  it('is read page by page, without gaps and without the same twice', async () => {
    const { audit, log } = open();
    for (let i = 0; i < 23; i += 1) {
      const at = new Date(now.getTime() - (23 - i) * 3 * 3_600_000).toISOString();
      await audit(entryAt(at, { question: String(i), user: i % 2 ? 'ann' : 'bob' }));
    }
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page = await log.read({ cursor, limit: 5, within: null });
      seen.push(...page.entries.map(({ question }) => question));
      cursor = page.next;
      pages += 1;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: 23 }, (_u, i) => String(22 - i)));
    expect(pages).toBe(5);
  });

  it('gives the entries that are wanted, and says when there are no more of them', async () => {
    const { audit, log } = open();
    await audit(entryAt('2026-11-20T08:00:00.000Z', { user: 'bob', status: 'declined' }));
    await audit(entryAt('2026-11-21T08:00:00.000Z', { face: 'slack' }));
    await audit(entryAt('2026-11-22T08:00:00.000Z', { user: 'bob' }));
    expect(await read(log, { user: 'bob' })).toEqual([
      '2026-11-22T08:00:00.000Z',
      '2026-11-20T08:00:00.000Z',
    ]);
    expect(await read(log, { status: 'declined' })).toEqual(['2026-11-20T08:00:00.000Z']);
    expect(await read(log, { face: 'slack' })).toEqual(['2026-11-21T08:00:00.000Z']);
    expect(
      await read(log, { from: '2026-11-21T00:00:00.000Z', to: '2026-11-22T08:00:00.000Z' }),
    ).toEqual(['2026-11-21T08:00:00.000Z']);
    expect(
      (await log.read({ cursor: null, limit: 1, within: null, user: 'bob' })).next,
    ).not.toBeNull();
    expect((await log.read({ cursor: null, limit: 2, within: null, user: 'bob' })).next).toBeNull();
  });

  it('tells answers that were given out from questions', async () => {
    const { audit, log } = open();
    await audit(entryAt('2026-11-21T08:00:00.000Z'));
    await audit(entryAt('2026-11-22T08:00:00.000Z', { exported: 'csv' }));
    expect(await read(log, { kind: 'question' })).toEqual(['2026-11-21T08:00:00.000Z']);
    expect(await read(log, { kind: 'export' })).toEqual(['2026-11-22T08:00:00.000Z']);
    expect(await read(log)).toHaveLength(2);
  });

  it('is shown to those who may see some accounts as far as it is about no others', async () => {
    const { audit, log } = open();
    const [own, other] = ['111122223333', '444455556666'];
    await audit(entryAt('2026-11-20T08:00:00.000Z'));
    await audit(entryAt('2026-11-21T08:00:00.000Z', { accountScope: [own] }));
    await audit(entryAt('2026-11-22T08:00:00.000Z', { accountScope: [own, other] }));
    expect(await read(log, { within: [own] })).toEqual(['2026-11-21T08:00:00.000Z']);
    expect(await read(log, { within: [other, own] })).toHaveLength(2);
    expect(await read(log, { within: null })).toHaveLength(3);
  });

  it.each(['x', '-1', '1.5', 'NaN', '2026-11-22T08:00:00.000Z', ''])(
    'does not take %j for the end of a page',
    async (cursor) => {
      const { audit, log } = open();
      await audit(entryAt('2026-11-22T08:00:00.000Z'));
      await expect(read(log, { cursor })).rejects.toThrow(BadCursor);
    },
  );

  it('is read at once, however late the moment up to which it is wanted', async () => {
    const { audit, log } = open();
    await audit(entryAt('2026-11-22T08:00:00.000Z'));
    expect(await read(log, { to: '9999-12-31T00:00:00.000Z' })).toHaveLength(1);
  });

  it('has beside it the last that was said of an answer', async () => {
    const { feedback } = open();
    const answerId = '6f3b0f0e-6f3e-4b5c-9d0e-1a2b3c4d5e6f';
    const said = (user: string, rating: 'up' | 'down', minute: number) =>
      feedback.give({
        at: `2026-11-23T00:0${minute}:00.000Z`,
        user,
        answerId,
        rating,
        comment: null,
      });
    await said('ann', 'up', 1);
    await said('bob', 'down', 2);
    expect((await feedback.of([answerId])).get(answerId)).toMatchObject({ user: 'bob' });
    await said('ann', 'down', 3);
    expect((await feedback.of([answerId])).get(answerId)).toMatchObject({ user: 'ann' });
    expect((await feedback.of(['00000000-0000-4000-8000-000000000000'])).size).toBe(0);
  });
});
