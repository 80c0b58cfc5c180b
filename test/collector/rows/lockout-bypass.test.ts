import { describe, expect, it } from 'vitest';
import { analyzeKey } from '../../../collector/policy/analyze.ts';
import { type KeyRows, keyRows } from '../../../collector/rows/key-rows.ts';
import { readEvent } from '../../../collector/usage/cloudtrail-event.ts';
import type { UsageEvent } from '../../../collector/usage/source.ts';

const account = '111122223333';
const arn = `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const policy = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' },
};

function event(name: string, at: string, parameters: object): UsageEvent {
  const outcome = readEvent({
    EventName: name,
    EventTime: new Date(at),
    EventId: at,
    CloudTrailEvent: JSON.stringify({
      eventSource: 'kms.amazonaws.com',
      eventName: name,
      readOnly: false,
      resources: [{ ARN: arn }],
      requestParameters: parameters,
    }),
  });
  if (outcome.kind !== 'read') throw new Error(outcome.kind);
  return outcome.event;
}

function rowsOf(events: readonly UsageEvent[]): KeyRows {
  return keyRows({
    account: {
      account_id: account,
      account_name: 'a',
      ou_path: 'Root',
      email_domain: null,
      state: 'ACTIVE',
      is_management: false,
      tags: {},
    },
    region: 'eu-west-1',
    organization: { id: null, accountIds: new Set([account]) },
    reading: {
      key: { id: arn.split('/')[1] ?? '', arn },
      metadata: null,
      policy: { text: JSON.stringify(policy), document: policy },
      tags: {},
      grants: [],
      rotation: null,
      lastUsage: { status: 'UNKNOWN', lastUse: null, trackedSince: null },
    },
    aliases: ['alias/a'],
    usage: { lastUsage: { status: 'UNKNOWN', lastUse: null, trackedSince: null }, events },
    asOf: new Date('2026-11-01T00:00:00Z'),
    collectedAt: new Date('2026-11-01T00:00:00Z'),
    analyze: analyzeKey,
  });
}

const bypass = { bypassPolicyLockoutSafetyCheck: true };
const checked = { bypassPolicyLockoutSafetyCheck: false };

describe('a policy set with the lockout safety check bypassed', () => {
  it.each<[why: string, found: boolean, events: readonly UsageEvent[]]>([
    ['no event', false, []],
    ['PutKeyPolicy with the bypass', true, [event('PutKeyPolicy', '2026-10-02', bypass)]],
    ['CreateKey with the bypass', true, [event('CreateKey', '2026-10-02', bypass)]],
    ['PutKeyPolicy without', false, [event('PutKeyPolicy', '2026-10-02', checked)]],
    ['another request', false, [event('TagResource', '2026-10-02', bypass)]],
    [
      'mended later',
      false,
      [event('PutKeyPolicy', '2026-10-03', {}), event('CreateKey', '2026-10-02', bypass)],
    ],
    [
      'bypassed later',
      true,
      [event('CreateKey', '2026-10-02', checked), event('PutKeyPolicy', '2026-10-03', bypass)],
    ],
  ])('%s: %s', (_, found, events) => {
    const rows = rowsOf(events);
    expect(rows.key.concern_codes.includes('POLICY_LOCKOUT_BYPASS')).toBe(found);
  });

  it('is told with its day, and leaves no column behind', () => {
    const rows = rowsOf([event('PutKeyPolicy', '2026-10-02', bypass)]);
    expect(rows.concerns.find((c) => c.code === 'POLICY_LOCKOUT_BYPASS')?.detail).toContain(
      'set on 2026-10-02',
    );
    expect(rows.usage.map((row) => 'bypassesLockoutCheck' in row)).toEqual([false]);
  });
});
