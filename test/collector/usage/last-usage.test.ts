import { describe, expect, it } from 'vitest';
import { retrying } from '../../../collector/read/call.ts';
import { readLastUsage } from '../../../collector/usage/kms-last-usage.ts';
import { daysUnused, type LastUsage } from '../../../collector/usage/last-usage.ts';
import { awsError, type FakeKey, fakeAws } from '../fake-aws.ts';

const day = (text: string) => new Date(`${text}T00:00:00Z`);

async function lastUsageOf(lastUsage: NonNullable<FakeKey['lastUsage']>, created = '2025-01-01') {
  const { api } = fakeAws({
    accounts: [{ id: '111122223333', regions: { r: { keys: [{ id: 'k', lastUsage }] } } }],
  });
  const { kms } = await api.enter('111122223333', 'r');
  return readLastUsage(kms, retrying(), 'k', day(created));
}

describe('the last use as KMS tells it', () => {
  const tracked = day('2026-04-22');
  it.each<[string, NonNullable<FakeKey['lastUsage']>, LastUsage['status']]>([
    [
      'an operation and a time are recorded',
      { KeyLastUsage: { Operation: 'Decrypt', Timestamp: day('2026-05-01') } },
      'USED',
    ],
    [
      'nothing is recorded since the key was created',
      { KeyLastUsage: {}, KeyCreationDate: tracked },
      'NEVER_USED',
    ],
    [
      'the answer has no usage element at all',
      { KeyCreationDate: day('2026-05-01') },
      'NEVER_USED',
    ],
    [
      'nothing is recorded, but the key is older than the tracking',
      { KeyLastUsage: {}, KeyCreationDate: new Date(tracked.getTime() - 1) },
      'NO_RECORD',
    ],
    [
      'a time without an operation is recorded',
      { KeyLastUsage: { Timestamp: tracked } },
      'UNKNOWN',
    ],
    ['an operation without a time is recorded', { KeyLastUsage: { Operation: 'Sign' } }, 'UNKNOWN'],
  ])('when %s', async (_, answer, status) => {
    const usage = await lastUsageOf({ TrackingStartDate: tracked, ...answer });
    expect(usage).toMatchObject({ status, trackedSince: tracked });
    expect(usage.lastUse !== null).toBe(status === 'USED');
  });

  it('is unknown when KMS does not say since when it tracks', async () => {
    const { api } = fakeAws({ accounts: [{ id: '111122223333', regions: { r: {} } }] });
    const { kms } = await api.enter('111122223333', 'r');
    const silent = { ...kms, getKeyLastUsage: async () => ({ KeyLastUsage: {} }) };
    expect(await readLastUsage(silent, retrying(), 'k', day('2025-01-01'))).toEqual({
      status: 'UNKNOWN',
      trackedSince: null,
      lastUse: null,
    });
  });

  it('goes by the creation date of DescribeKey when the answer has none', async () => {
    const { api } = fakeAws({ accounts: [{ id: '111122223333', regions: { r: {} } }] });
    const { kms } = await api.enter('111122223333', 'r');
    const without = { ...kms, getKeyLastUsage: async () => ({ TrackingStartDate: tracked }) };
    const statusOf = async (created: string) =>
      (await readLastUsage(without, retrying(), 'k', day(created))).status;
    expect(await statusOf('2026-04-21')).toBe('NO_RECORD');
    expect(await statusOf('2026-04-22')).toBe('NEVER_USED');
  });

  it('passes a denial on', async () => {
    const { api } = fakeAws({
      accounts: [{ id: '111122223333', regions: { r: {} } }],
      before: ({ api: name }) => {
        if (name === 'GetKeyLastUsage') throw awsError('AccessDeniedException');
      },
    });
    const { kms } = await api.enter('111122223333', 'r');
    await expect(readLastUsage(kms, retrying(), 'k', tracked)).rejects.toThrow('AccessDenied');
  });
});

describe('days unused', () => {
  const asOf = new Date('2026-11-23T12:00:00.000Z');
  const used = (at: string): LastUsage => ({
    status: 'USED',
    trackedSince: null,
    lastUse: { at: new Date(at), operation: 'Decrypt', eventId: null },
  });
  const unused = (status: LastUsage['status'], trackedSince: Date | null): LastUsage => ({
    status,
    trackedSince,
    lastUse: null,
  });
  const created = day('2026-11-01');
  it.each<[string, LastUsage, number | null]>([
    ['a full day ago to the millisecond', used('2026-11-22T12:00:00.000Z'), 1],
    ['a millisecond less than a day ago', used('2026-11-22T12:00:00.001Z'), 0],
    ['during the run', used('2026-11-23T12:00:01.000Z'), 0],
    ['never, counted from creation', unused('NEVER_USED', day('2026-11-10')), 22],
    [
      'not on record, counted from when tracking began',
      unused('NO_RECORD', day('2026-04-22')),
      215,
    ],
    ['not on record, and nobody knows since when', unused('NO_RECORD', null), null],
    ['unknown', unused('UNKNOWN', day('2026-04-22')), null],
  ])('when the last use was %s', (_, usage, days) => {
    expect(daysUnused(usage, created, asOf)).toBe(days);
  });
});
