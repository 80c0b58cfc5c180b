import { describe, expect, it } from 'vitest';
import { monthlyCostUsd } from '../../../collector/rows/monthly-cost.ts';

const asOf = new Date('2026-11-23T00:00:00Z');
const daysOld = (days: number) => new Date(asOf.getTime() - days * 86_400_000);

describe('the monthly cost of a key in US dollars', () => {
  const customer = {
    key_manager: 'CUSTOMER',
    key_state: 'Enabled',
    rotation_enabled: false,
    rotation_period_days: null,
    created_at: daysOld(5000),
  } as const;
  it.each<[string, Partial<Parameters<typeof monthlyCostUsd>[0]>, number]>([
    ['a customer managed key', {}, 1],
    ['one whose rotation is not possible or unknown', { rotation_enabled: null }, 1],
    ['a disabled one', { key_state: 'Disabled' }, 1],
    ['an AWS managed key, though it rotates', { key_manager: 'AWS', rotation_enabled: true }, 0],
    [
      'one that waits for its deletion',
      { key_state: 'PendingDeletion', rotation_enabled: true },
      0,
    ],
    ['one that waits for its replicas', { key_state: 'PendingReplicaDeletion' }, 0],
    ['one not yet rotated', { rotation_enabled: true, created_at: daysOld(364) }, 1],
    ['one rotated once', { rotation_enabled: true, created_at: daysOld(365) }, 2],
    ['one rotated twice', { rotation_enabled: true, created_at: daysOld(730) }, 3],
    ['one rotated many times', { rotation_enabled: true }, 3],
    [
      'one that rotates every 90 days',
      { rotation_enabled: true, rotation_period_days: 90, created_at: daysOld(100) },
      2,
    ],
    [
      'one that rotates every 7 years',
      { rotation_enabled: true, rotation_period_days: 2560, created_at: daysOld(2559) },
      1,
    ],
    ['one created during the run', { rotation_enabled: true, created_at: daysOld(-1) }, 1],
  ])('of %s', (_, key, usd) => {
    expect(monthlyCostUsd({ ...customer, ...key }, asOf)).toBe(usd);
  });
});
