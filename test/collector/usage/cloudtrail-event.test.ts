import type { Event } from '@aws-sdk/client-cloudtrail';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../collector/usage/cloudtrail-event.ts';
import { protectedResource } from '../../../collector/usage/protected-resource.ts';

const account = '111122223333';
const arn = `arn:aws:kms:eu-central-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const at = new Date('2026-11-01T10:00:00Z');

const eventOf = (record: object, envelope: Partial<Event> = {}): Event => ({
  EventId: 'e-1',
  EventName: 'Decrypt',
  EventTime: at,
  EventSource: 'kms.amazonaws.com',
  CloudTrailEvent: JSON.stringify({
    eventSource: 'kms.amazonaws.com',
    eventName: 'Decrypt',
    resources: [{ ARN: arn, accountId: account, type: 'AWS::KMS::Key' }],
    ...record,
  }),
  ...envelope,
});

const read = (record: object, envelope?: Partial<Event>) => {
  const outcome = readEvent(eventOf(record, envelope));
  if (outcome.kind !== 'read') throw new Error(`${outcome.kind}`);
  return outcome;
};

describe('an event of CloudTrail', () => {
  it('tells who used a key, from where, through what and for what', () => {
    const { event, keys } = read(
      {
        userIdentity: {
          type: 'AssumedRole',
          arn: `arn:aws:sts::${account}:assumed-role/app/i-0abc`,
          accountId: account,
          sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${account}:role/app` } },
          invokedBy: 's3.amazonaws.com',
        },
        sourceIPAddress: 's3.amazonaws.com',
        requestParameters: { encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::bucket/object' } },
      },
      { Username: 'i-0abc' },
    );
    expect(keys).toEqual([arn]);
    expect(event).toEqual({
      caller: `${account} role app`,
      operation: 'Decrypt',
      category: 'CRYPTO',
      last_event_at: at,
      username: 'i-0abc',
      user_identity_type: 'AssumedRole',
      principal_arn: `arn:aws:sts::${account}:assumed-role/app/i-0abc`,
      caller_account: account,
      source_ip: 's3.amazonaws.com',
      via_service: 's3.amazonaws.com',
      encryption_context: { 'aws:s3:arn': 'arn:aws:s3:::bucket/object' },
      resource_arn: 'arn:aws:s3:::bucket/object',
      event_id: 'e-1',
      source: 'CLOUDTRAIL',
    });
  });

  const user = `arn:aws:iam::${account}:user/Alice`;
  it.each<[string, object, object]>([
    [
      'an IAM user calling directly',
      {
        userIdentity: { type: 'IAMUser', arn: user, userName: 'Alice' },
        sourceIPAddress: '192.0.2.1',
      },
      {
        username: 'Alice',
        caller: user,
        caller_account: account,
        source_ip: '192.0.2.1',
        via_service: null,
      },
    ],
    [
      'a session without a session issuer',
      {
        userIdentity: {
          type: 'AssumedRole',
          arn: `arn:aws:sts::${account}:assumed-role/r/me@x.org`,
        },
      },
      { username: 'me@x.org', caller_account: account },
    ],
    [
      'a service on its own behalf',
      { userIdentity: { type: 'AWSService', invokedBy: 'logs.eu-central-1.amazonaws.com' } },
      {
        username: null,
        principal_arn: null,
        caller_account: null,
        caller: 'logs.eu-central-1.amazonaws.com',
        via_service: 'logs.eu-central-1.amazonaws.com',
      },
    ],
    [
      'an account outside',
      {
        userIdentity: { type: 'AWSAccount', accountId: '999988887777', principalId: 'AROAEXAMPLE' },
      },
      { caller_account: '999988887777', caller: '999988887777', principal_arn: null },
    ],
    [
      'AWS itself',
      {
        userIdentity: {
          type: 'Root',
          arn: `arn:aws:iam::${account}:root`,
          invokedBy: 'AWS Internal',
        },
        sourceIPAddress: 'AWS Internal',
      },
      { via_service: null, source_ip: 'AWS Internal' },
    ],
  ])('names %s', (_, record, expected) => {
    expect(read(record).event).toMatchObject(expected);
  });

  it.each<[string, object, Partial<Event>]>([
    ['a request that was refused', { errorCode: 'AccessDenied' }, {}],
    ['a request to another service', { eventSource: 's3.amazonaws.com' }, {}],
    ['a request that read settings', { eventName: 'DescribeKey', readOnly: true }, {}],
    ['a request that read settings, in an old record', { eventName: 'GetKeyPolicy' }, {}],
  ])('that is %s is neither use nor change', (_, record, envelope) => {
    expect(readEvent(eventOf(record, envelope)).kind).toBe('other');
  });

  it.each<[string, string | undefined]>([
    ['no record', undefined],
    ['half a record', '{"eventSource":"kms.amaz'],
    ['a record that is a list', '[]'],
    ['a record that is null', 'null'],
  ])('with %s is malformed', (_, CloudTrailEvent) => {
    const { EventId, EventTime } = eventOf({});
    const event: Event = {
      EventId,
      EventTime,
      ...(CloudTrailEvent === undefined ? {} : { CloudTrailEvent }),
    };
    expect(readEvent(event).kind).toBe('malformed');
  });

  it('without a time is malformed', () => {
    expect(readEvent(eventOf({}, { EventTime: new Date(Number.NaN) })).kind).toBe('malformed');
  });

  it('survives fields of an unexpected form', () => {
    const { event } = read({
      userIdentity: 'root',
      sourceIPAddress: 7,
      requestParameters: { encryptionContext: ['x'], keyId: 5 },
      resources: 'all',
    });
    expect(event).toMatchObject({ username: null, source_ip: null, encryption_context: {} });
  });

  it('keeps encryption contexts whatever they are named, and values that are no text as JSON', () => {
    const context = JSON.parse('{"b":1,"__proto__":"x","a":{"c":null}}');
    expect(
      Object.entries(
        read({ requestParameters: { encryptionContext: context } }).event.encryption_context,
      ),
    ).toEqual([
      ['__proto__', 'x'],
      ['a', '{"c":null}'],
      ['b', '1'],
    ]);
  });

  it('names the keys of requests that name them in other places', () => {
    const target = { requestParameters: { targetKeyId: 'k-1', keyId: arn }, resources: null };
    expect(read({ eventName: 'UpdateAlias', ...target }).keys).toEqual([arn, 'k-1']);
    expect(read({ resources: [] }, { Resources: [{ ResourceName: arn }] }).keys).toEqual([arn]);
  });

  it('is read without a throw, whatever JSON it holds', () => {
    fc.assert(
      fc.property(fc.json(), fc.jsonValue(), (text, inner) => {
        readEvent(eventOf({}, { CloudTrailEvent: text }));
        readEvent(eventOf({ userIdentity: inner, requestParameters: inner, resources: inner }));
      }),
    );
  });
});

describe('the protected resource', () => {
  it.each<[string, Record<string, string>, string | null]>([
    ['an object of S3', { 'aws:s3:arn': 'arn:aws:s3:::b' }, 'arn:aws:s3:::b'],
    ['a volume, by its id', { 'aws:ebs:id': 'vol-1' }, 'vol-1'],
    [
      'a secret',
      { SecretVersionId: 'v', SecretARN: 'arn:aws:secretsmanager:x' },
      'arn:aws:secretsmanager:x',
    ],
    [
      'any other ARN',
      { z: 'no', 'aws:new:thing': 'arn:aws:new:eu-west-1:1:thing/1' },
      'arn:aws:new:eu-west-1:1:thing/1',
    ],
    ['nothing that is named', { team: 'payments' }, null],
    ['nothing at all', {}, null],
  ])('is %s', (_, context, expected) => {
    expect(protectedResource(context)).toBe(expected);
  });
});
