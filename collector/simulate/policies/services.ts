import { allow, iamDecides, type PolicyTemplate, policy } from './template.ts';

const service = (name: string) => ({ Service: `${name}.amazonaws.com` });
const dataKeys = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/** Policies for AWS services, with and without a condition on whose resource they act for. */
export const services = {
  'logs-scoped': policy('CloudWatch Logs, bound to log groups of the account.', [], (s) => [
    iamDecides(s),
    allow({ Service: `logs.${s.region}.amazonaws.com` }, [...dataKeys, 'kms:Encrypt*'], {
      Sid: 'CloudWatchLogs',
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${s.region}:${s.accountId}:log-group:*`,
        },
      },
    }),
  ]),
  'logs-unscoped': policy('CloudWatch Logs without any condition.', ['confused-deputy'], (s) => [
    iamDecides(s),
    allow(service('logs'), ['kms:Encrypt*', 'kms:Decrypt*', 'kms:GenerateDataKey*']),
  ]),
  'cloudtrail-scoped': policy('CloudTrail, bound to one trail by its ARN.', [], (s) => [
    iamDecides(s),
    allow(service('cloudtrail'), 'kms:GenerateDataKey*', {
      Sid: 'Allow CloudTrail to encrypt logs',
      Condition: {
        StringEquals: {
          'aws:SourceArn': `arn:aws:cloudtrail:${s.region}:${s.accountId}:trail/organization`,
        },
        StringLike: {
          'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${s.accountId}:trail/*`,
        },
      },
    }),
  ]),
  'cloudtrail-unscoped': policy('CloudTrail without a condition.', ['confused-deputy'], (s) => [
    iamDecides(s),
    allow(service('cloudtrail'), ['kms:GenerateDataKey*', 'kms:DescribeKey'], {
      Sid: 'Allow CloudTrail to encrypt logs',
    }),
  ]),
  'sns-scoped': policy('SNS, bound to the account.', [], (s) => [
    iamDecides(s),
    allow(service('sns'), dataKeys, {
      Sid: 'SnsTopics',
      Condition: { StringEquals: { 'aws:SourceAccount': s.accountId } },
    }),
  ]),
  'sns-unscoped': policy('SNS without a condition.', ['confused-deputy'], (s) => [
    iamDecides(s),
    allow(service('sns'), dataKeys, { Sid: 'SnsTopics' }),
  ]),
  's3-scoped': policy('S3 event notifications, bound to account and bucket.', [], (s) => [
    iamDecides(s),
    allow(service('s3'), dataKeys, {
      Sid: 'BucketEvents',
      Condition: {
        StringEquals: { 'aws:SourceAccount': s.accountId },
        ArnLike: { 'aws:SourceArn': `arn:aws:s3:::${s.system}-*` },
      },
    }),
  ]),
  's3-unscoped': policy('S3 without a condition.', ['confused-deputy'], (s) => [
    iamDecides(s),
    allow(service('s3'), dataKeys, { Sid: 'BucketEvents' }),
  ]),
  'events-scoped': policy('EventBridge, bound to the organization.', [], (s) => [
    iamDecides(s),
    allow(service('events'), dataKeys, {
      Sid: 'EventBus',
      Condition: { StringEquals: { 'aws:SourceOrgID': s.organizationId } },
    }),
  ]),
  'events-unscoped': policy('EventBridge without a condition.', ['confused-deputy'], (s) => [
    iamDecides(s),
    allow(service('events'), dataKeys, { Sid: 'EventBus' }),
  ]),
  'services-several': policy(
    'Several services in one statement, without a condition.',
    ['confused-deputy'],
    (s) => [
      iamDecides(s),
      allow(
        {
          Service: [
            'delivery.logs.amazonaws.com',
            's3.amazonaws.com',
            `logs.${s.region}.amazonaws.com`,
            'backup.amazonaws.com',
          ],
        },
        ['kms:*'],
        { Sid: 'AWS services' },
      ),
    ],
  ),
  'service-wildcard-source': policy(
    'A service whose source condition is a mere wildcard.',
    ['confused-deputy'],
    (s) => [
      iamDecides(s),
      allow(service('sqs'), dataKeys, {
        Sid: 'Queues',
        Condition: { ArnLike: { 'aws:SourceArn': '*' } },
      }),
    ],
  ),
} as const satisfies Record<string, PolicyTemplate>;
