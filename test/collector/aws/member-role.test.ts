import { describe, expect, it } from 'vitest';
import { CallerCredentialsError } from '../../../collector/aws/credentials-error.ts';
import { type AssumeRole, memberRole } from '../../../collector/aws/member-role.ts';
import { awsError } from '../fake-aws.ts';

const caller = { arn: 'arn:aws-us-gov:iam::999999999999:role/collector', partition: 'aws-us-gov' };
const HOUR = 3_600_000;

/** An STS that gives numbered credentials for an hour, at a time that the test moves. */
function sts(answer: (n: number) => unknown = () => undefined) {
  const state = { time: Date.parse('2026-11-24T00:00:00Z'), asked: [] as unknown[] };
  const assumeRole: AssumeRole = async (input) => {
    state.asked.push(input);
    const n = state.asked.length;
    const instead = answer(n);
    if (instead !== undefined) throw instead;
    return {
      Credentials: {
        AccessKeyId: `key ${n}`,
        SecretAccessKey: 'secret',
        SessionToken: 'token',
        Expiration: new Date(state.time + HOUR),
      },
    };
  };
  const role = { name: 'audit/KMSInsightsReadRole', sessionName: 'kms-insights' };
  const enter = memberRole(assumeRole, role, caller, () => state.time);
  return { state, assumeRole, role, enter };
}

describe('the member role', () => {
  it('is assumed in the partition of the caller, with the external id that is configured', async () => {
    const { state, assumeRole, role, enter } = sts();
    await enter('111111111111');
    await memberRole(assumeRole, { ...role, externalId: 'secret-id' }, caller)('222222222222');
    expect(state.asked).toEqual([
      {
        RoleArn: 'arn:aws-us-gov:iam::111111111111:role/audit/KMSInsightsReadRole',
        RoleSessionName: 'kms-insights',
        DurationSeconds: 3600,
      },
      {
        RoleArn: 'arn:aws-us-gov:iam::222222222222:role/audit/KMSInsightsReadRole',
        RoleSessionName: 'kms-insights',
        DurationSeconds: 3600,
        ExternalId: 'secret-id',
      },
    ]);
  });

  it('is assumed once for all that enter an account at the same time', async () => {
    const { state, enter } = sts();
    const all = await Promise.all(Array.from({ length: 20 }, () => enter('111111111111')));
    expect(state.asked).toHaveLength(1);
    expect(new Set(all.map((c) => c.accessKeyId))).toEqual(new Set(['key 1']));
  });

  it('is assumed again five minutes before the credentials expire, once', async () => {
    const { state, enter } = sts();
    await enter('111111111111');
    state.time += HOUR - 5 * 60_000 - 1;
    expect((await enter('111111111111')).accessKeyId).toBe('key 1');
    state.time += 1;
    const all = await Promise.all(Array.from({ length: 20 }, () => enter('111111111111')));
    expect(state.asked).toHaveLength(2);
    expect(new Set(all.map((c) => c.accessKeyId))).toEqual(new Set(['key 2']));
  });

  it('is tried again after it failed', async () => {
    const { enter } = sts((n) => (n === 1 ? awsError('ThrottlingException') : undefined));
    await expect(enter('111111111111')).rejects.toThrow('ThrottlingException');
    expect((await enter('111111111111')).accessKeyId).toBe('key 2');
  });

  it('names itself, the caller and whether an external id was sent, where access is denied', async () => {
    const { assumeRole, role, enter } = sts(() => awsError('AccessDenied', 'not authorized'));
    const denied = await enter('111111111111').catch((error: Error) => error);
    expect(denied).toMatchObject({
      name: 'AccessDenied',
      message:
        'not authorized (arn:aws-us-gov:iam::999999999999:role/collector asked for arn:aws-us-gov:iam::111111111111:role/audit/KMSInsightsReadRole with no external id)',
    });
    const withId = memberRole(assumeRole, { ...role, externalId: 'secret-id' }, caller);
    const message = await withId('111111111111').catch((error: Error) => error.message);
    expect(message).toContain('with the configured external id');
    expect(message).not.toContain('secret-id');
  });

  it.each([
    'ExpiredToken',
    'ExpiredTokenException',
    'InvalidClientTokenId',
    'CredentialsProviderError',
  ])('tells the own credentials apart from a role that cannot be assumed: %s', async (name) => {
    const { enter } = sts(() => awsError(name));
    await expect(enter('111111111111')).rejects.toBeInstanceOf(CallerCredentialsError);
  });

  it('is not entered with half of its credentials', async () => {
    const { role } = sts();
    const half: AssumeRole = async () => ({
      Credentials: {
        AccessKeyId: 'key',
        SecretAccessKey: undefined,
        SessionToken: 'token',
        Expiration: new Date(),
      },
    });
    await expect(memberRole(half, role, caller)('111111111111')).rejects.toThrow(
      'no complete credentials',
    );
  });
});
