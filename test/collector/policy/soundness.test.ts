import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policy } from './arbitrary.ts';
import { analyze, KEY_ARN, OTHER_ORG, OWN, OWN_ORG, SIBLING, STRANGER } from './example.ts';
import { isAllowed, requests } from './request.ts';

/** "Deny unless …" in the forms that people write, right and wrong ones. */
const perimeter = fc
  .record({
    operator: fc.constantFrom(
      'StringNotEquals',
      'StringNotLike',
      'StringNotEqualsIfExists',
      'ForAllValues:StringNotEquals',
      'StringEquals',
    ),
    key: fc.constantFrom('aws:PrincipalOrgID', 'kms:CallerAccount', 'kms:ViaService'),
    values: fc.uniqueArray(fc.constantFrom(OWN_ORG, OTHER_ORG, OWN, SIBLING, STRANGER, 'o-*'), {
      minLength: 1,
      maxLength: 2,
    }),
    action: fc.constantFrom('kms:*', 'kms:Decrypt'),
    besides: fc.constantFrom({}, {}, { 'kms:ViaService': OWN }, { 'aws:SourceVpce': OWN_ORG }),
  })
  .map(({ operator, key, values, action, besides }) => ({
    Effect: 'Deny',
    Principal: '*',
    Action: action,
    Resource: '*',
    Condition: { [operator]: { ...besides, [key]: values } },
  }));

const statements = fc
  .tuple(policy, fc.array(perimeter, { maxLength: 2 }))
  .map(([some, more]) => [...some, ...more]);

const isOutside = ({ account }: { readonly account: string | null }) =>
  account !== null && account !== OWN && account !== SIBLING;

/**
 * What the analysis says of all requests is compared with what an engine decides for each of many: it
 * may say that more is allowed than is, and never that less is.
 */
describe('whatever a policy allows, the analysis knows', () => {
  it.each<
    [
      what: string,
      seen: (
        allowed: readonly (typeof requests)[number][],
        p: readonly Record<string, unknown>[],
      ) => void,
    ]
  >([
    [
      'somebody outside is let in only by a permission called external or public',
      (allowed, p) => {
        const admits = analyze({ statements: p }).permissions.some(
          (x) => x.effect === 'Allow' && x.is_effective && ['EXTERNAL', 'PUBLIC'].includes(x.trust),
        );
        if (allowed.some(isOutside)) expect(admits).toBe(true);
      },
    ],
    [
      'somebody of another account of the organization only by one called at least so',
      (allowed, p) => {
        const admits = analyze({ statements: p }).permissions.some(
          (x) =>
            x.effect === 'Allow' &&
            x.is_effective &&
            ['ORGANIZATION', 'EXTERNAL', 'PUBLIC'].includes(x.trust),
        );
        if (allowed.some((r) => r.account === SIBLING)) expect(admits).toBe(true);
      },
    ],
    [
      'anybody only by an effective permission',
      (allowed, p) => {
        const effective = analyze({ statements: p }).permissions.some(
          (x) => x.effect === 'Allow' && x.is_effective,
        );
        if (allowed.length > 0) expect(effective).toBe(true);
      },
    ],
    [
      'nobody outside where a Deny is said to keep everybody outside out',
      (allowed, p) => {
        const reaching = analyze({ statements: p }).concerns.filter((c) =>
          ['PUBLIC_ACCESS', 'EXTERNAL_ACCOUNT'].includes(c.code),
        );
        if (reaching.every((c) => c.detail.includes('denies it to every caller outside'))) {
          expect(allowed.filter(isOutside)).toEqual([]);
        }
      },
    ],
    [
      'a lockout is reported only where nobody of the account may change the policy',
      (allowed, p) => {
        const locked = analyze({ statements: p }).concerns.some((c) => c.code === 'LOCKOUT_RISK');
        const can = allowed.some((r) => r.account === OWN && r.action === 'PutKeyPolicy');
        if (can) expect(locked).toBe(false);
      },
    ],
  ])('%s', (_, check) => {
    let reached = 0;
    fc.assert(
      fc.property(statements, (p) => {
        const allowed = requests.filter((r) => isAllowed(p, r, KEY_ARN));
        if (allowed.some(isOutside)) reached += 1;
        check(allowed, p);
      }),
      { numRuns: 300 },
    );
    expect(reached).toBeGreaterThan(30);
  });

  it('the engine itself decides as the IAM User Guide says', () => {
    const stranger = requests.find((r) => r.account === STRANGER && r.action === 'Decrypt');
    if (stranger === undefined) throw new Error('no such request');
    const allow = { Effect: 'Allow', Principal: '*', Action: 'kms:D*', Resource: '*' };
    const decide = (...p: readonly Record<string, unknown>[]) => isAllowed(p, stranger, KEY_ARN);
    const when = (c: unknown) => ({ ...allow, Condition: c });
    expect(decide()).toBe(false);
    expect(decide(allow)).toBe(true);
    expect(decide(allow, { ...allow, Effect: 'Deny' })).toBe(false);
    expect(decide({ ...allow, Principal: { AWS: OWN } })).toBe(false);
    expect(decide({ ...allow, Action: 'kms:E*' })).toBe(false);
    expect(decide({ ...allow, Resource: `${KEY_ARN}0` })).toBe(false);
    expect(decide(when({ StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } }))).toBe(false);
    expect(decide(when({ StringEquals: { 'aws:SourceVpce': 'x' } }))).toBe(false);
    expect(decide(when({ StringEqualsIfExists: { 'aws:SourceVpce': 'x' } }))).toBe(true);
    expect(decide(when({ StringNotEquals: { 'aws:SourceVpce': 'x' } }))).toBe(true);
  });
});
