import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../assistant/audit/audit.ts';
import { tellingOutcomes } from '../../../assistant/lambda/outcomes.ts';

/** What a function says in its log of each question, which alarms count. */

const entry = (more: Partial<AuditEntry>): AuditEntry => ({
  at: '2026-11-23T00:00:00.000Z',
  exported: null,
  answerId: '00000000-0000-4000-8000-000000000000',
  user: 'ann@example.com',
  face: 'http',
  question: 'Which keys of Payroll are public?',
  earlierTurns: 0,
  translator: 'offline',
  model: null,
  status: 'answered',
  sql: "SELECT 'Payroll'",
  snapshotId: '20261123T000000Z-0123abcd',
  asOf: '2026-11-23T00:00:00Z',
  accountScope: ['111122223333'],
  queryId: 'q',
  rowCount: 1,
  resultHash: 'h',
  scannedBytes: 1,
  costUsd: 0,
  elapsedMs: 12,
  errorCode: null,
  ...more,
});

async function told(one: AuditEntry) {
  const lines: unknown[] = [];
  const recorded: AuditEntry[] = [];
  const audit = tellingOutcomes(
    async (e) => {
      recorded.push(e);
    },
    (message, details) => lines.push({ message, ...details }),
  );
  await audit(one);
  expect(recorded).toEqual([one]);
  return lines;
}

describe('the log of a function', () => {
  it.each([
    [{ status: 'answered' }, 'answered'],
    [{ status: 'clarify' }, 'asked back'],
    [{ status: 'declined' }, 'declined'],
    [{ status: 'refused' }, 'declined'],
    [{ status: 'error', errorCode: 'UNAVAILABLE' }, 'failed'],
    [{ status: 'error', errorCode: 'EMPTY_QUESTION' }, 'declined'],
    [{ status: 'error', errorCode: 'CANCELLED' }, 'declined'],
  ] as const)('says of %j: %s', async (more, outcome) => {
    expect(await told(entry(more))).toEqual([
      {
        message: 'a question was asked',
        outcome,
        errorCode: 'errorCode' in more ? more.errorCode : null,
        elapsedMs: 12,
      },
    ]);
  });

  it('says that the model failed, and nothing of it otherwise', async () => {
    const model = { failure: 'THROTTLED' } as AuditEntry['model'];
    expect(await told(entry({ model }))).toMatchObject([{ modelFailure: 'THROTTLED' }]);
    const [line] = await told(entry({ model: { failure: null } as AuditEntry['model'] }));
    expect(line).not.toHaveProperty('modelFailure');
  });

  it('says neither who asked nor what', async () => {
    const text = JSON.stringify(await told(entry({})));
    for (const secret of ['ann@', 'Payroll', '111122223333']) expect(text).not.toContain(secret);
  });

  it('says nothing of an answer that is given out again, nor of what could not be recorded', async () => {
    expect(await told(entry({ exported: 'csv' }))).toEqual([]);
    const lines: string[] = [];
    const failing = tellingOutcomes(
      () => Promise.reject(new Error('no table')),
      (message) => lines.push(message),
    );
    await expect(failing(entry({}))).rejects.toThrow('no table');
    expect(lines).toEqual([]);
  });
});
