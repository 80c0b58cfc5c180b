import { describe, expect, it } from 'vitest';
import { describeFailures, failureOf } from '../../../collector/read/failure.ts';
import { awsError } from '../fake-aws.ts';

const denied = awsError('AccessDeniedException', 'User: x is not\n authorized');

describe('the failures of an account-Region', () => {
  it('are null when there are none', () => {
    expect(describeFailures([])).toBeNull();
  });

  it('are one sentence each: what failed, for which keys, what is missing, how to mend it', () => {
    expect(describeFailures([failureOf('GetKeyPolicy', denied, 'k-1')])).toEqual({
      code: 'AccessDeniedException',
      message:
        'GetKeyPolicy failed for key k-1 with AccessDeniedException: User: x is not authorized. Their key policies are unknown. Let the read role call kms:GetKeyPolicy: an IAM policy must allow it, and the key policy must not deny it.',
    });
  });

  it('are gathered by operation and code, and stay short however many there are', () => {
    const keys = Array.from({ length: 5000 }, (_, n) => failureOf('ListGrants', denied, `k-${n}`));
    const described = describeFailures([
      ...keys,
      failureOf('ListAliases', awsError('Odd', 'z'.repeat(9000))),
    ]);
    expect(described?.message).toContain('for keys k-0, k-1, k-2, k-3, k-4 and 4995 more with');
    expect(described?.message).toContain(`ListAliases failed with Odd: ${'z'.repeat(200)}…`);
    expect(described?.message.length).toBeLessThan(1000);
  });

  it.each<[unknown, string]>([
    [awsError('AccessDenied'), 'AccessDenied'],
    [Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'ECONNRESET'],
    [new Error('x'), 'UnknownError'],
    ['text', 'UnknownError'],
    [null, 'UnknownError'],
  ])('have the code of %s', (error, code) => {
    expect(failureOf('ListKeys', error).code).toBe(code);
  });
});
