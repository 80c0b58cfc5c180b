import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denialsFor, isNeutralised } from '../../../collector/policy/deny.ts';
import { parsePolicy } from '../../../collector/policy/document.ts';
import { globCovers, globMatches, globsOverlap } from '../../../collector/policy/glob.ts';
import { judgePermissions } from '../../../collector/policy/permissions.ts';
import type { Analysis } from '../../../collector/policy/types.ts';
import { flatDeny, policy, statement } from './arbitrary.ts';
import {
  analyze,
  KEY_ARN,
  OTHER_ORG,
  OWN,
  OWN_ORG,
  organization,
  SIBLING,
  STRANGER,
} from './example.ts';

/** What was found, without the numbers of the statements. */
function verdicts({ permissions, concerns }: Analysis): string[] {
  return [
    ...permissions.map((p) => JSON.stringify({ ...p, statement_index: 0 })),
    ...concerns.map((c) => JSON.stringify({ ...c, statement_index: 0, detail: '' })),
  ].sort();
}

/** The access that really is, as far as it is told. */
function access(statements: readonly unknown[]): string[] {
  return analyze({ statements })
    .permissions.filter((p) => p.effect === 'Allow' && p.is_effective)
    .map((p) => JSON.stringify(p));
}

/** Every list as an array, every string as it is. */
function spelledOut(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) => [
      key,
      typeof value === 'string' && value !== 'Allow' && value !== 'Deny' && !isStar(key, value)
        ? [value]
        : spelledOut(value),
    ]),
  );
}

/** `"Principal": "*"` has no array form. */
function isStar(key: string, value: string): boolean {
  return value === '*' && key.endsWith('Principal');
}

describe('an analysis', () => {
  it('does not depend on the order of the statements', () => {
    fc.assert(
      fc.property(policy, (statements) => {
        expect(verdicts(analyze({ statements: [...statements].reverse() }))).toEqual(
          verdicts(analyze({ statements })),
        );
      }),
    );
  });

  it('does not depend on whether a list of one is written as an array', () => {
    const withoutSpelling = (a: Analysis) => ({
      ...a,
      permissions: a.permissions.map((p) => ({
        ...p,
        condition_json: p.condition_json?.replace(/[[\]]/g, ''),
      })),
    });
    fc.assert(
      fc.property(policy, (statements) => {
        const spelled = analyze({ statements: statements.map(spelledOut) });
        expect(withoutSpelling(spelled)).toEqual(withoutSpelling(analyze({ statements })));
      }),
    );
  });

  it('never finds more access after an unconditional Deny is added', () => {
    fc.assert(
      fc.property(policy, flatDeny, (statements, more) => {
        const before = new Set(access(statements));
        for (const permission of access([...statements, more]))
          expect(before).toContain(permission);
      }),
    );
  });

  it('finds nothing left after everything is denied to everyone', () => {
    fc.assert(
      fc.property(policy, (statements) => {
        const all = { Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*' };
        expect(access([...statements, all])).toEqual([]);
      }),
    );
  });

  it('never counts on a Deny with a condition', () => {
    fc.assert(
      fc.property(policy, flatDeny, (statements, more) => {
        const conditional = { ...more, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
        expect(access([...statements, conditional])).toEqual(access(statements));
      }),
    );
  });

  it('never calls a statement nearer when one more value is admitted', () => {
    const distance = ['SAME_ACCOUNT', 'ORGANIZATION', 'EXTERNAL', 'PUBLIC'];
    const value = fc.constantFrom(OWN, SIBLING, STRANGER, '1*', '*');
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), value, (values, more) => {
        const trust = (list: readonly string[]) =>
          distance.indexOf(
            analyze({
              statements: [
                {
                  Effect: 'Allow',
                  Principal: '*',
                  Action: 'kms:Decrypt',
                  Resource: '*',
                  Condition: { StringLike: { 'aws:PrincipalAccount': list } },
                },
              ],
            }).permissions[0]?.trust ?? '',
          );
        expect(trust([...values, more])).toBeGreaterThanOrEqual(trust(values));
      }),
    );
  });

  it('never calls a statement farther when one more condition must hold', () => {
    const distance = ['SAME_ACCOUNT', 'ORGANIZATION', 'EXTERNAL', 'PUBLIC'];
    const test = fc.tuple(
      fc.constantFrom('StringLike', 'StringEqualsIfExists', 'StringNotLike', 'ArnLike'),
      fc.constantFrom(
        'aws:PrincipalAccount',
        'aws:PrincipalOrgID',
        'kms:ViaService',
        'aws:SourceVpc',
      ),
      fc.constantFrom(OWN, SIBLING, STRANGER, OWN_ORG, OTHER_ORG, '*'),
    );
    const trust = (tests: readonly (readonly [string, string, string])[]) => {
      const block: Record<string, Record<string, string>> = {};
      for (const [operator, key, value] of tests)
        block[operator] = { ...block[operator], [key]: value };
      const { permissions } = analyze({
        statements: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 'kms:Decrypt',
            Resource: '*',
            Condition: block,
          },
        ],
      });
      return distance.indexOf(permissions[0]?.trust ?? '');
    };
    fc.assert(
      fc.property(test, test, (a, b) => {
        // The same key under the same operator is one condition with another value, not one more.
        fc.pre(a[0] !== b[0] || a[1] !== b[1]);
        expect(trust([a, b])).toBe(Math.min(trust([a]), trust([b])));
      }),
    );
  });

  it('is the same each time', () => {
    fc.assert(
      fc.property(policy, (statements) => {
        expect(analyze({ statements })).toEqual(analyze({ statements }));
      }),
    );
  });

  it('never crashes, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        analyze({ policy: json });
        analyze({ policy: { Statement: json } });
        analyze({ policy: { Statement: [json] } });
      }),
    );
  });

  it('never crashes on a statement with any JSON in one of its elements', () => {
    const element = fc.constantFrom(
      'Sid',
      'Effect',
      'Principal',
      'NotPrincipal',
      'Action',
      'NotAction',
      'Resource',
      'NotResource',
      'Condition',
    );
    fc.assert(
      fc.property(statement, element, fc.jsonValue(), (base, name, json) => {
        analyze({ statements: [{ ...base, [name]: json }] });
      }),
    );
  });

  it('never crashes on any text as principal, action, resource, key or value', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('${'));
    fc.assert(
      fc.property(text, text, text, text, text, (a, b, c, d, e) => {
        const { concerns } = analyze({
          statements: [
            {
              Sid: a,
              Effect: 'Allow',
              Principal: { AWS: [a, `arn:aws:iam::${b}:role/${c}`] },
              Action: [b, `kms:${b}`],
              Resource: ['*', c],
              Condition: { StringLike: { 'aws:PrincipalArn': [e, `arn:${d}`], [d]: e } },
            },
          ],
        });
        for (const concern of concerns) expect(concern.detail).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

// A policy that made the analysis hang would run into the time limit of the test.
describe('a hostile policy', { timeout: 5_000 }, () => {
  it.each([
    ['patterns of stars', `kms:*${'*a'.repeat(4_000)}`],
    ['patterns of question marks', `kms:${'?*'.repeat(4_000)}`],
  ])('made of %s is analysed at once', (_, pattern) => {
    const one = { Principal: '*', Action: [pattern, 'kms:*'], Resource: [pattern, '*'] };
    const { permissions } = analyze({
      statements: [
        { Effect: 'Allow', ...one },
        { Effect: 'Deny', ...one },
      ],
    });
    expect(permissions.map((p) => p.is_effective)).toEqual([false, true]);
  });

  it('made of patterns that nearly cover each other is analysed at once', () => {
    const patterns = (end: string) =>
      Array.from({ length: 80 }, (_, i) => `kms:${'*a'.repeat(50)}${end}${i}`);
    const roles = Array.from({ length: 400 }, (_, i) => `arn:aws:iam::${OWN}:role/r${i}`);
    for (const denied of [{ Action: patterns('b') }, { NotAction: patterns('') }]) {
      const { permissions } = analyze({
        statements: [
          { Effect: 'Allow', Principal: { AWS: roles }, Action: patterns(''), Resource: '*' },
          { Effect: 'Deny', Principal: '*', ...denied, Resource: '*' },
        ],
      });
      expect(permissions.filter((p) => p.is_effective)).toHaveLength(401);
    }
  });

  it('made of as many statements as fit is analysed at once', () => {
    const role = (i: number) => `arn:aws:iam::${OWN}:role/r${i}`;
    const statements = Array.from({ length: 400 }, (_, i) => ({
      Effect: i % 2 === 0 ? 'Allow' : 'Deny',
      Principal: { AWS: role(i) },
      Action: ['kms:Decrypt', 'kms:Sign'],
      Resource: '*',
    }));
    expect(analyze({ statements }).permissions).toHaveLength(400);
  });
});

describe('the Denies looked up for a permission', () => {
  it('are all that matter', () => {
    fc.assert(
      fc.property(policy, flatDeny, flatDeny, (statements, a, b) => {
        const parsed = parsePolicy({ Version: '2012-10-17', Statement: [...statements, a, b] });
        if (!parsed.ok) throw new Error(parsed.message);
        const from = { accountId: OWN, organization };
        const { judged, denials } = judgePermissions(parsed.statements, [], KEY_ARN, from);
        for (const index of [denials.flat, denials.conditional]) {
          const all = [...new Set([...index.broad, ...[...index.byName.values()].flat()])];
          for (const { admitted, actions } of judged) {
            expect(isNeutralised(admitted, actions, denialsFor(admitted, index))).toBe(
              isNeutralised(admitted, actions, all),
            );
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a document longer than KMS stores', () => {
  it('is refused, however its length comes about', () => {
    const long = 'x'.repeat(41_000);
    const ok = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
    for (const more of [
      { Sid: long },
      { Action: long },
      { Resource: [long] },
      { Principal: { AWS: new Array(20_000).fill('') } },
      { Condition: { [long]: { k: 'v' } } },
      { Condition: { Bool: { [long]: 'v' } } },
      { Condition: { Bool: { k: long } } },
    ]) {
      const codes = analyze({ statements: [{ ...ok, ...more }] }).concerns.map((c) => c.code);
      expect(codes).toEqual(['UNREADABLE_KEY']);
    }
  });
});

describe('patterns', () => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
  const plain = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });
  const asRegExp = (p: string) => new RegExp(`^${p.replace(/\*/g, '[^]*').replace(/\?/g, '[^]')}$`);

  it('match as regular expressions do', () => {
    fc.assert(
      fc.property(pattern, plain, (p, text) => {
        expect(globMatches(p, text)).toBe(asRegExp(p).test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('cover only what they match', () => {
    fc.assert(
      fc.property(pattern, pattern, plain, (wide, narrow, text) => {
        fc.pre(globCovers(wide, narrow) && globMatches(narrow, text));
        expect(globMatches(wide, text)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('cover themselves, and are covered by a star', () => {
    fc.assert(
      fc.property(pattern, (p) => {
        expect(globCovers('*', p)).toBe(true);
        expect(globCovers(p, p)).toBe(true);
      }),
    );
  });

  it('overlap where a text matches both', () => {
    fc.assert(
      fc.property(pattern, pattern, plain, (a, b, text) => {
        fc.pre(globMatches(a, text) && globMatches(b, text));
        expect(globsOverlap(a, b)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('do not overlap where plain texts differ', () => {
    expect(globsOverlap('ab*', 'ba*')).toBe(false);
    expect(globsOverlap('*crypt', 'de*')).toBe(true);
    expect(globsOverlap('?', '')).toBe(false);
  });
});
