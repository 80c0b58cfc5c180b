import { describe, expect, it } from 'vitest';
import {
  condensed,
  describeFailures,
  type Failure,
  failureOf,
} from '../../../collector/read/failure.ts';
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

  it('are described the same when only those that are named are kept, batch by batch', () => {
    const all: Failure[] = [];
    let kept: readonly Failure[] = [];
    for (let batch = 0; batch < 30; batch++) {
      const met = Array.from({ length: 20 }, (_, n) => `k-${batch * 20 + n}`).flatMap((key) => [
        failureOf('DescribeKey', denied, key),
        failureOf('ListGrants', denied, key),
        failureOf('LookupEvents', denied, key),
        failureOf('LookupEvents', denied, key),
      ]);
      const ofAll = failureOf('ListAliases', awsError('Odd'));
      all.push(ofAll, ...met);
      kept = condensed([...kept, ofAll, ...met]);
      expect(describeFailures(kept)).toEqual(describeFailures(all));
      expect(kept.length).toBeLessThanOrEqual(100 + 5 + 5 + 1);
    }
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
