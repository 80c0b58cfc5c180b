import { describe, expect, it } from 'vitest';
import { notRead } from '../../../assistant/cli/commands/collect-report.ts';
import { CliError } from '../../../assistant/cli/exit-codes.ts';
import { selections, share } from '../../../assistant/cli/input.ts';
import { s3Location } from '../../../collector/snapshot/s3-store.ts';

describe('--only', () => {
  it('takes accounts and Regions of accounts', () => {
    expect(selections('111122223333, 444455556666/eu-west-1,777788889999/us-gov-west-1')).toEqual([
      { accountId: '111122223333' },
      { accountId: '444455556666', region: 'eu-west-1' },
      { accountId: '777788889999', region: 'us-gov-west-1' },
    ]);
  });

  it.each(['11112222333', 'payments', '111122223333/', '111122223333/europe', 'eu-west-1'])(
    'refuses %j and gives an example',
    (value) => {
      expect(() => selections(value)).toThrow(CliError);
    },
  );
});

describe('--share', () => {
  it.each([
    ['1', 1],
    ['0.5', 0.5],
    ['.25', 0.25],
  ])('takes %s', (value, expected) => expect(share(value)).toBe(expected));

  it.each(['0', '1.1', '-0.5', '50%', '', 'NaN'])('refuses %j', (value) => {
    expect(() => share(value)).toThrow(CliError);
  });
});

describe('--data in S3', () => {
  it.each([
    ['s3://my-bucket', { bucket: 'my-bucket', prefix: '' }],
    ['s3://my-bucket/', { bucket: 'my-bucket', prefix: '' }],
    ['s3://my.bucket/kms/data/', { bucket: 'my.bucket', prefix: 'kms/data' }],
  ])('%s is a place', (url, location) => expect(s3Location(url)).toEqual(location));

  it.each([
    's3:/x',
    's3://',
    's3://UPPER',
    's3://a',
    's3://bucket//x',
    's3://bucket/a//b',
    '/data',
  ])('%s is none', (url) => expect(s3Location(url)).toBeNull());
});

describe('the summary of a collection', () => {
  const failure = (accountId: string, region: string | null = null, code = 'AccessDenied') => ({
    accountId,
    region,
    status: 'FAILED' as const,
    code,
    message: `${code} was met.`,
  });

  it('is silent when everything was read', () => {
    expect(notRead({ ok: 5, partial: 0, failed: 0, skipped: 0 }, [])).toEqual([]);
  });

  it('tells each reason once, with some of the places where it was met', () => {
    const denied = Array.from({ length: 8 }, (_, n) => failure(`11112222333${n}`));
    const throttled = failure('999988887777', 'eu-west-1', 'ThrottlingException');
    const coverage = { ok: 5, partial: 0, failed: 9, skipped: 1 };
    expect(notRead(coverage, [...denied, throttled])).toEqual([
      'Left out on purpose: 1 account-Region.',
      'Could not be read: 9 account-Regions; only in part: 0 account-Regions. Every answer says so.',
      '  FAILED AccessDenied: 111122223330, 111122223331, 111122223332, 111122223333, 111122223334 and 3 more',
      '    AccessDenied was met.',
      '  FAILED ThrottlingException: 999988887777/eu-west-1',
      '    ThrottlingException was met.',
    ]);
  });
});
