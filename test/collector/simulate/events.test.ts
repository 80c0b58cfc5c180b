import type { Event } from '@aws-sdk/client-cloudtrail';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AccountRegionApi } from '../../../collector/aws/api.ts';
import { answer, asOf, pages, type Walk, type WalkedKey, walk } from './walk.ts';

const DAY = 86_400_000;

interface Body {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventTime: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly recipientAccountId: string;
  readonly readOnly: boolean;
  readonly managementEvent: boolean;
  readonly errorCode?: string;
  readonly sourceIPAddress: string;
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly requestParameters: Readonly<Record<string, unknown>> | null;
  readonly resources: readonly { readonly ARN: string; readonly accountId: string }[];
}

const bodyOf = (event: Event): Body => JSON.parse(event.CloudTrailEvent ?? '');

const lookUp = (
  api: AccountRegionApi,
  AttributeKey: 'EventId' | 'EventName' | 'ResourceName',
  AttributeValue: string,
): Promise<Event[]> =>
  pages(async (NextToken) => {
    const page = await api.cloudTrail.lookupEvents({
      LookupAttributes: [{ AttributeKey, AttributeValue }],
      NextToken,
    });
    return { items: page.Events, next: page.NextToken };
  });

describe('the event history', () => {
  let walked: Walk;
  const byKey = new Map<WalkedKey, Event[]>();
  let all: Event[];
  let crowded: AccountRegionApi;

  beforeAll(async () => {
    walked = await walk(11, 40);
    for (const key of walked.keys) {
      const api = await walked.corp.api.enter(key.accountId, key.region);
      const events = await answer(lookUp(api, 'ResourceName', key.arn));
      if ('value' in events) byKey.set(key, events.value);
    }
    all = [...byKey.values()].flat();
    const sizes = [...walked.keysPerRegion].sort(([, a], [, b]) => b - a);
    const [accountId = '', region = ''] = (sizes[0]?.[0] ?? '').split('/');
    crowded = await walked.corp.api.enter(accountId, region);
  }, 30_000);

  it('has the last use of each key used within 90 days, under its event id', () => {
    let seen = 0;
    for (const [key, events] of byKey) {
      const last = 'value' in key.usage ? key.usage.value.KeyLastUsage : undefined;
      if (!last?.Timestamp) continue;
      const event = events.find(({ EventId }) => EventId === last.CloudTrailEventId);
      if (asOf.getTime() - last.Timestamp.getTime() > 90 * DAY) {
        expect(event).toBeUndefined();
        continue;
      }
      seen++;
      expect(event).toMatchObject({ EventName: last.Operation, EventTime: last.Timestamp });
    }
    expect(seen).toBeGreaterThan(300);
  });

  it('has no successful use after the last one', () => {
    const operations = /^(Decrypt|Encrypt|ReEncrypt|GenerateDataKey|Sign|Verify|Generate|Derive)/;
    const later = [...byKey].flatMap(([key, events]) => {
      if ('error' in key.usage) return [];
      const last = key.usage.value.KeyLastUsage?.Timestamp;
      return events.filter(
        (event) =>
          operations.test(event.EventName ?? '') &&
          bodyOf(event).errorCode === undefined &&
          (event.EventTime?.getTime() ?? 0) > (last?.getTime() ?? 0),
      );
    });
    expect(later).toEqual([]);
  });

  it('lists the newest first, within 90 days and not before the key', () => {
    for (const [key, events] of byKey) {
      const times = events.map(({ EventTime }) => EventTime?.getTime() ?? 0);
      expect(times).toEqual([...times].sort((a, b) => b - a));
      const earliest = Math.max(
        asOf.getTime() - 90 * DAY,
        key.metadata.CreationDate?.getTime() ?? 0,
      );
      expect(times.filter((time) => time < earliest || time > asOf.getTime())).toEqual([]);
    }
  });

  it('agrees in its two tellings of an event', () => {
    const wrong = [...byKey].flatMap(([key, events]) =>
      events.filter((event) => {
        const body = bodyOf(event);
        return !(
          body.eventID === event.EventId &&
          body.eventName === event.EventName &&
          Date.parse(body.eventTime) === event.EventTime?.getTime() &&
          String(body.readOnly) === event.ReadOnly &&
          body.eventSource === 'kms.amazonaws.com' &&
          body.managementEvent &&
          body.awsRegion === key.region &&
          body.recipientAccountId === key.accountId &&
          body.resources[0]?.ARN === key.arn &&
          body.resources[0].accountId === key.accountId &&
          event.Resources?.[0]?.ResourceName === key.arn
        );
      }),
    );
    expect(wrong).toEqual([]);
    const ids = all.map(({ EventId }) => EventId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('knows callers of all kinds', () => {
    const types = new Set(all.map((event) => String(bodyOf(event).userIdentity.type)));
    expect([...types]).toEqual(
      expect.arrayContaining(['AssumedRole', 'IAMUser', 'AWSService', 'AWSAccount', 'Root']),
    );
    for (const event of all) {
      const { userIdentity } = bodyOf(event);
      const anonymous = userIdentity.type === 'AWSService' || userIdentity.type === 'AWSAccount';
      expect(event.Username === undefined).toBe(anonymous);
    }
    expect(all.some((event) => bodyOf(event).userIdentity.invokedBy === 's3.amazonaws.com')).toBe(
      true,
    );
  });

  it.each([
    'aws:s3:arn',
    'aws:ebs:id',
    'aws:rds:db-id',
    'aws:lambda:FunctionArn',
    'SecretARN',
    'PARAMETER_ARN',
    'aws:dynamodb:tableName',
    'aws:logs:arn',
    'application',
  ])('carries encryption contexts with %s', (name) => {
    const contexts = all.map((event) => bodyOf(event).requestParameters?.encryptionContext);
    expect(contexts.some((context) => Object.hasOwn(Object(context), name))).toBe(true);
  });

  it.each([
    'CreateKey',
    'CreateGrant',
    'PutKeyPolicy',
    'DisableKey',
    'ScheduleKeyDeletion',
    'EnableKeyRotation',
    'TagResource',
  ])('has %s events', (name) => {
    const events = all.filter(({ EventName }) => EventName === name);
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) expect(event.ReadOnly).toBe('false');
  });

  it('tells when the lockout check was bypassed', () => {
    const bypassed = all.filter(
      (event) => bodyOf(event).requestParameters?.bypassPolicyLockoutSafetyCheck === true,
    );
    expect(bypassed.length).toBeGreaterThan(0);
  });

  it('keeps failed calls and the collector’s own reads, which are no use of a key', () => {
    expect(all.some((event) => bodyOf(event).errorCode === 'DisabledException')).toBe(true);
    expect(
      all.some(
        (event) =>
          bodyOf(event).errorCode === undefined &&
          JSON.stringify(bodyOf(event).userIdentity).includes('KMSInsightsReadRole'),
      ),
    ).toBe(true);
  });

  it('is paged by 50', async () => {
    const first = await crowded.cloudTrail.lookupEvents({});
    expect(first.Events).toHaveLength(50);
    expect(first.NextToken).toBeDefined();
    const whole = await pages(async (NextToken) => {
      const page = await crowded.cloudTrail.lookupEvents({ NextToken, MaxResults: 50 });
      return { items: page.Events, next: page.NextToken };
    });
    expect(new Set(whole.map(({ EventId }) => EventId)).size).toBe(whole.length);
    expect(whole.length).toBeGreaterThan(1000);
    const one = whole[1];
    expect(await lookUp(crowded, 'EventId', one?.EventId ?? '')).toEqual([one]);
    const named = whole.filter(({ EventName }) => EventName === 'CreateKey');
    expect(await lookUp(crowded, 'EventName', 'CreateKey')).toEqual(named);
    const window = await crowded.cloudTrail.lookupEvents({
      StartTime: one?.EventTime,
      EndTime: one?.EventTime,
    });
    expect(window.Events).toContainEqual(one);
  });

  it('refuses what LookupEvents refuses', async () => {
    const attribute = { AttributeKey: 'EventName', AttributeValue: 'Decrypt' } as const;
    const { cloudTrail } = crowded;
    await expect(
      cloudTrail.lookupEvents({ LookupAttributes: [attribute, attribute] }),
    ).rejects.toMatchObject({ name: 'InvalidLookupAttributesException' });
    await expect(cloudTrail.lookupEvents({ MaxResults: 51 })).rejects.toMatchObject({
      name: 'InvalidMaxResultsException',
    });
    await expect(
      cloudTrail.lookupEvents({ StartTime: asOf, EndTime: new Date(0) }),
    ).rejects.toMatchObject({ name: 'InvalidTimeRangeException' });
  });

  it('finds nothing for what it does not know', async () => {
    expect(await lookUp(crowded, 'EventId', 'no-such-event')).toEqual([]);
    expect(await lookUp(crowded, 'ResourceName', 'arn:aws:kms:us-east-1:1:key/x')).toEqual([]);
  });
});
