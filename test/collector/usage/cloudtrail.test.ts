import type { Event } from '@aws-sdk/client-cloudtrail';
import { describe, expect, it } from 'vitest';
import {
  type CloudTrailOptions,
  cloudTrailUsage,
  type LookupStrategy,
} from '../../../collector/usage/cloudtrail.ts';
import { managementOperations } from '../../../collector/usage/operations.ts';
import type { RememberedEvents, TracedKey, UsageEvent } from '../../../collector/usage/source.ts';
import { impatient } from '../collecting.ts';
import { arnOf, awsError, type FakeCall, fakeAws } from '../fake-aws.ts';

const account = '111122223333';
const region = 'eu-central-1';
const asOf = new Date('2026-11-23T00:00:00Z');
const daysAgo = (days: number) => new Date(asOf.getTime() - days * 86_400_000);

const key = (id: string, lastUsage: Partial<TracedKey['lastUsage']> = {}): TracedKey => ({
  id,
  arn: arnOf(account, region, id),
  lastUsage: { status: 'NO_RECORD', trackedSince: null, lastUse: null, ...lastUsage },
});
const usedKey = (id: string, days: number, eventId: string | null) =>
  key(id, { status: 'USED', lastUse: { at: daysAgo(days), operation: 'Decrypt', eventId } });

const eventOn = (
  keyId: string,
  EventName: string,
  { days = 1, id = `${keyId}-${EventName}`, user = 'me', record = {} as object | string } = {},
): Event => ({
  EventId: id,
  EventName,
  EventTime: daysAgo(days),
  Resources: [{ ResourceName: arnOf(account, region, keyId) }],
  CloudTrailEvent:
    typeof record === 'string'
      ? record
      : JSON.stringify({
          eventSource: 'kms.amazonaws.com',
          eventName: EventName,
          userIdentity: { arn: `arn:aws:iam::${account}:user/${user}` },
          ...record,
        }),
});

async function open(
  events: readonly Event[],
  options: {
    strategy?: LookupStrategy;
    before?: (call: FakeCall) => void;
    remembered?: RememberedEvents;
  } & Pick<CloudTrailOptions, 'budgetMs' | 'now'> = {},
) {
  const { api, calls } = fakeAws({
    accounts: [{ id: account, regions: { [region]: { events } } }],
    ...(options.before ? { before: options.before } : {}),
  });
  const { cloudTrail } = await api.enter(account, region);
  const { before: _, remembered = new Map(), ...rest } = options;
  const opened = cloudTrailUsage({ cloudTrail, call: impatient(), asOf, ...rest });
  const source = { read: (keys: readonly TracedKey[]) => opened.read(keys, remembered) };
  const lookups = () =>
    calls
      .filter((call) => call.api === 'LookupEvents')
      .map(
        (call) =>
          (call.input.LookupAttributes as { AttributeKey: string; AttributeValue: string }[])[0],
      );
  return { source, lookups };
}

describe('the event history of an account and Region', () => {
  it('finds last uses by event id and changes by name, and gives them to their keys', async () => {
    const { source } = await open([
      eventOn('a', 'Decrypt', { id: 'last' }),
      eventOn('a', 'Decrypt', { id: 'not asked for', user: 'you' }),
      eventOn('b', 'PutKeyPolicy'),
      eventOn('b', 'DisableKey', { record: { errorCode: 'AccessDenied' } }),
      eventOn('unlisted', 'PutKeyPolicy'),
    ]);
    const { events, failures } = await source.read([usedKey('a', 1, 'last'), key('b')]);
    expect(failures).toEqual([]);
    expect([...events].map(([arn, found]) => [arn, found.map((e) => e.event_id)])).toEqual([
      [arnOf(account, region, 'b'), ['b-PutKeyPolicy']],
      [arnOf(account, region, 'a'), ['last']],
    ]);
  });

  it('covers the 90 days before the run and nothing after it began', async () => {
    const { source } = await open([
      eventOn('a', 'DisableKey', { days: 89.9 }),
      eventOn('a', 'EnableKey', { days: 90.1 }),
      eventOn('a', 'PutKeyPolicy', { days: -0.1 }),
    ]);
    const { events } = await source.read([key('a')]);
    expect([...events.values()].flat().map((e) => e.operation)).toEqual(['DisableKey']);
  });

  it('recognises a key by its id, and counts an event that names it twice once', async () => {
    const { source } = await open([
      {
        ...eventOn('a', 'PutKeyPolicy', { record: { requestParameters: { keyId: 'a' } } }),
      },
      {
        ...eventOn('b', 'DisableKey', { record: { requestParameters: { keyId: 'b' } } }),
        Resources: [],
      },
    ]);
    const { events } = await source.read([key('a'), key('b')]);
    expect([...events].map(([arn, found]) => [arn, found.length])).toEqual([
      [arnOf(account, region, 'b'), 1],
      [arnOf(account, region, 'a'), 1],
    ]);
  });

  it('asks once per management operation, however many batches of keys there are', async () => {
    const { source, lookups } = await open([eventOn('b', 'PutKeyPolicy')]);
    await source.read([key('a')]);
    const { events } = await source.read([key('b'), usedKey('c', 1, 'e')]);
    expect(events.size).toBe(1);
    expect(lookups()).toHaveLength(managementOperations.length + 1);
  });

  it('does not ask for uses that are older than the history or have no event id', async () => {
    const { source, lookups } = await open([]);
    await source.read([usedKey('a', 91, 'old'), usedKey('b', 1, null), key('c')]);
    expect(lookups().filter((lookup) => lookup?.AttributeKey !== 'EventName')).toEqual([]);
  });

  it('looks at the history of a key of which KMS says nothing', async () => {
    const { source } = await open([
      eventOn('a', 'Decrypt', { days: 3 }),
      eventOn('a', 'DescribeKey', { days: 1 }),
    ]);
    const { events } = await source.read([key('a', { status: 'UNKNOWN' })]);
    expect(events.get(arnOf(account, region, 'a'))?.map((e) => e.operation)).toEqual(['Decrypt']);
  });

  it('counts the event of a last use as a use, also of an operation it does not know', async () => {
    const { source } = await open([
      eventOn('a', 'Transmogrify', { id: 'last', record: { readOnly: false } }),
    ]);
    const { events } = await source.read([usedKey('a', 1, 'last')]);
    expect([...events.values()].flat()).toMatchObject([
      { operation: 'Transmogrify', category: 'CRYPTO' },
    ]);
  });

  it('keeps the latest event of each caller, over many pages', async () => {
    const events = Array.from({ length: 500 }, (_, n) =>
      eventOn('a', 'CreateGrant', { id: `g-${n}`, days: 1 + n / 1000, user: `user-${n % 3}` }),
    );
    const { source } = await open(events);
    const { events: found } = await source.read([key('a')]);
    expect([...found.values()].flat().map((e) => e.event_id)).toEqual(['g-0', 'g-1', 'g-2']);
  });

  it('says when there were more events than it looked at', async () => {
    const events = Array.from({ length: 120 }, (_, n) =>
      eventOn('a', 'CreateGrant', { id: `g-${n}` }),
    );
    const strategy: LookupStrategy = {
      once: [{ attribute: 'EventName', value: 'CreateGrant', mostPages: 2, key: null }],
      perKey: () => [],
    };
    const { source } = await open(events, { strategy });
    const { failures } = await source.read([key('a')]);
    expect(failures).toMatchObject([{ code: 'TooManyEvents', api: 'LookupEvents', keyId: null }]);
  });

  it('does not say so when the last page it looked at was the last there is', async () => {
    const events = Array.from({ length: 100 }, (_, n) =>
      eventOn('a', 'CreateGrant', { id: `g-${n}` }),
    );
    const strategy: LookupStrategy = {
      once: [{ attribute: 'EventName', value: 'CreateGrant', mostPages: 2, key: null }],
      perKey: () => [],
    };
    const { source } = await open(events, { strategy });
    expect((await source.read([key('a')])).failures).toEqual([]);
  });

  it('reports a malformed event and reads the others', async () => {
    const { source } = await open([
      eventOn('a', 'PutKeyPolicy', { id: 'bad', record: '{"eventSource":' }),
      eventOn('a', 'PutKeyPolicy', { id: 'good' }),
    ]);
    const { events, failures } = await source.read([key('a')]);
    expect(failures).toMatchObject([{ api: 'LookupEvents', code: 'MalformedEvent' }]);
    expect([...events.values()].flat().map((e) => e.event_id)).toEqual(['good']);
  });

  it('asks no more once it was told that it may not', async () => {
    const { source, lookups } = await open([], {
      before: ({ api }) => {
        if (api === 'LookupEvents') throw awsError('AccessDeniedException');
      },
    });
    const first = await source.read(
      Array.from({ length: 50 }, (_, n) => usedKey(`${n}`, 1, `${n}`)),
    );
    expect(first.failures.length).toBeGreaterThan(0);
    expect(lookups().length).toBeLessThan(5);
    expect((await source.read([usedKey('x', 1, 'x')])).failures).toEqual([]);
  });

  it('takes throttling as a matter of time', async () => {
    let refusals = 30;
    const { source } = await open([eventOn('a', 'PutKeyPolicy')], {
      before: ({ api }) => {
        if (api === 'LookupEvents' && refusals-- > 0 && refusals % 2 === 0)
          throw awsError('ThrottlingException');
      },
    });
    const { events, failures } = await source.read([key('a')]);
    expect({ found: events.size, failures }).toEqual({ found: 1, failures: [] });
  });
});

describe('what earlier collections found', () => {
  const seen = (id: string, eventId: string): UsageEvent => ({
    operation: 'Decrypt',
    category: 'CRYPTO',
    last_event_at: daysAgo(1),
    username: 'me',
    user_identity_type: 'IAMUser',
    principal_arn: `arn:aws:iam::${account}:user/me`,
    caller_account: account,
    source_ip: null,
    via_service: null,
    encryption_context: {},
    resource_arn: null,
    event_id: eventId,
    source: 'CLOUDTRAIL',
    caller: id,
  });
  const byEventId = (
    lookups: readonly ({ AttributeKey: string; AttributeValue: string } | undefined)[],
  ) => lookups.flatMap((l) => (l?.AttributeKey === 'EventId' ? [l.AttributeValue] : []));

  it('is not looked up again', async () => {
    const { source, lookups } = await open([eventOn('b', 'Decrypt', { id: 'new' })], {
      remembered: new Map([[arnOf(account, region, 'a'), [seen('a', 'known')]]]),
    });
    const { events } = await source.read([usedKey('a', 1, 'known'), usedKey('b', 1, 'new')]);
    expect(byEventId(lookups())).toEqual(['new']);
    expect([...events].map(([arn, found]) => [arn, found.map((e) => e.event_id)]).sort()).toEqual([
      [arnOf(account, region, 'a'), ['known']],
      [arnOf(account, region, 'b'), ['new']],
    ]);
  });

  it('lets the time go to the keys of which least is known; what is left over is reported', async () => {
    let time = 0;
    const remembered = new Map([[arnOf(account, region, 'a'), [seen('a', 'old')]]]);
    const { source, lookups } = await open([], {
      remembered,
      budgetMs: 1_000,
      now: () => time,
      before: (call) => {
        const [attribute] = (call.input.LookupAttributes ?? []) as { AttributeKey: string }[];
        if (attribute?.AttributeKey !== 'EventName') time += 500;
      },
    });
    const keys = [
      usedKey('a', 1, 'e1'),
      usedKey('b', 1, 'e2'),
      usedKey('c', 1, 'e3'),
      key('d', { status: 'UNKNOWN' }),
    ];
    const { failures } = await source.read(keys);
    expect(lookups().filter((l) => l?.AttributeKey === 'ResourceName')).toHaveLength(1);
    expect(byEventId(lookups())).toEqual(['e2', 'e3']);
    expect(failures).toEqual([
      {
        api: 'LookupEvents',
        code: 'TimeBudgetSpent',
        message: expect.stringContaining('the next collection goes on'),
        keyId: 'a',
      },
    ]);
  });
});
