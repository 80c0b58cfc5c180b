import { describe, expect, it } from 'vitest';
import { allow, analyze, deny, KEY_ARN, OWN, OWN_ORG, SIBLING, STRANGER } from './example.ts';

const ROLE = `arn:aws:iam::${OWN}:role/team/app`;
const USER = `arn:aws:iam::${OWN}:user/alice`;
const SESSION = `arn:aws:sts::${OWN}:assumed-role/app/deploy`;

/** Whether the first statement, an Allow, is still effective beside the others. */
function isEffective(statements: readonly unknown[]): boolean | undefined {
  return analyze({ statements }).permissions.find((p) => p.statement_index === 0)?.is_effective;
}

const not = (names: unknown, more = {}) => ({
  Effect: 'Deny',
  NotPrincipal: names,
  Action: 'kms:*',
  Resource: '*',
  ...more,
});

/** Pages are of the IAM User Guide. */
// biome-ignore format: one case per line
const neutralised: readonly (readonly [why: string, allowed: unknown, ...denied: unknown[]])[] = [
  ['a Deny of the same role', allow({ AWS: ROLE }), deny({ AWS: ROLE })],
  ['a Deny of everyone', allow({ AWS: ROLE }), deny('*')],
  ['a Deny of every AWS principal', allow({ AWS: ROLE }), deny({ AWS: '*' })],
  ['everyone denied to everyone', allow('*'), deny('*')],
  ['Principal: a Deny of an account holds for its roles', allow({ AWS: ROLE }), deny({ AWS: OWN })],
  ['Principal: the ARN and the number are the same account', allow({ AWS: OWN }), deny({ AWS: `arn:aws:iam::${OWN}:root` })],
  ['Principal: a Deny of an account holds for its users', allow({ AWS: USER }), deny({ AWS: OWN })],
  ['Principal: a Deny of a role holds for its sessions', allow({ AWS: SESSION }), deny({ AWS: ROLE })],
  ['a Deny of the same service', allow({ Service: 'logs.amazonaws.com' }), deny({ Service: 'logs.amazonaws.com' })],
  ['a service denied with everyone', allow({ Service: 'logs.amazonaws.com' }), deny('*')],
  ['a wider action', allow({ AWS: ROLE }), deny({ AWS: ROLE }, { Action: 'kms:*' })],
  ['an action in other letters', allow({ AWS: ROLE }), deny({ AWS: ROLE }, { Action: 'KMS:decrypt' })],
  ['NotAction that spares something else', allow({ AWS: ROLE }), { Effect: 'Deny', Principal: '*', NotAction: 'kms:DescribeKey', Resource: '*' }],
  ['two Denies together', allow({ AWS: ROLE }, { Action: ['kms:Decrypt', 'kms:Sign'] }), deny('*'), deny({ AWS: ROLE }, { Action: 'kms:Sign' })],
  ['an empty condition', allow({ AWS: ROLE }), deny('*', { Condition: {} })],
  ['the ARN of the key', allow({ AWS: ROLE }), deny('*', { Resource: KEY_ARN })],
  ['a pattern of the key', allow({ AWS: ROLE }), deny('*', { Resource: `arn:aws:kms:*:${OWN}:key/*` })],
  ['NotPrincipal: everyone but another account', allow({ AWS: STRANGER }), not({ AWS: OWN })],
  ['NotPrincipal: everyone but a service', allow({ AWS: ROLE }), not({ Service: 'logs.amazonaws.com' })],
  ['NotPrincipal that spares only a deleted role', allow({ AWS: ROLE }), not({ AWS: 'AROADBQP57FF2AEXAMPLE' })],
  ['a conditional Allow under an unconditional Deny', allow('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': OWN_ORG } } }), deny('*')],
];

// biome-ignore format: one case per line
const standing: readonly (readonly [why: string, allowed: unknown, ...denied: unknown[]])[] = [
  ['no Deny at all', allow({ AWS: ROLE })],
  ['a Deny of another role', allow({ AWS: ROLE }), deny({ AWS: `arn:aws:iam::${OWN}:role/other` })],
  ['a Deny of another account', allow({ AWS: ROLE }), deny({ AWS: SIBLING })],
  ['a Deny of one role of the account', allow({ AWS: OWN }), deny({ AWS: ROLE })],
  ['a Deny of one account among everyone', allow('*'), deny({ AWS: STRANGER })],
  ['a Deny of one session of the role', allow({ AWS: ROLE }), deny({ AWS: SESSION })],
  ['a Deny of another session', allow({ AWS: SESSION }), deny({ AWS: `arn:aws:sts::${OWN}:assumed-role/app/other` })],
  ['a Deny of a user with the name of the role', allow({ AWS: ROLE }), deny({ AWS: `arn:aws:iam::${OWN}:user/app` })],
  ['a role of the same name elsewhere', allow({ AWS: SESSION }), deny({ AWS: `arn:aws:iam::${SIBLING}:role/app` })],
  ['a Deny of AWS principals and a service', allow({ Service: 'logs.amazonaws.com' }), deny({ AWS: '*' })],
  ['a Deny of the service in one Region', allow({ Service: 'logs.amazonaws.com' }), deny({ Service: 'logs.us-east-1.amazonaws.com' })],
  ['a Deny of one of two actions', allow({ AWS: ROLE }, { Action: ['kms:Decrypt', 'kms:Sign'] }), deny({ AWS: ROLE })],
  ['a Deny of one action of kms:*', allow({ AWS: ROLE }, { Action: 'kms:*' }), deny({ AWS: ROLE })],
  ['a Deny with a condition', allow({ AWS: ROLE }), deny('*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
  ['a Deny about another key', allow({ AWS: ROLE }), deny('*', { Resource: KEY_ARN.replace('1234', 'ffff') })],
  ['a Deny without Resource', allow({ AWS: ROLE }), { Effect: 'Deny', Principal: '*', Action: 'kms:*' }],
  ['NotPrincipal that spares the role', allow({ AWS: ROLE }), not({ AWS: ROLE })],
  ['NotPrincipal that spares a role of the same account', allow({ AWS: ROLE }), not({ AWS: `arn:aws:iam::${OWN}:role/other` })],
  ['NotPrincipal that spares the account', allow({ AWS: ROLE }), not({ AWS: OWN })],
  ['NotPrincipal that spares everyone', allow({ AWS: ROLE }), not({ AWS: '*' })],
  ['NotPrincipal and everyone', allow('*'), not({ AWS: STRANGER })],
  ['NotAction that spares the action', allow({ AWS: ROLE }), { Effect: 'Deny', Principal: '*', NotAction: 'kms:De*', Resource: '*' }],
  ['a Deny of other services', allow({ AWS: ROLE }), deny('*', { Action: 's3:*' })],
];

describe('an Allow loses its effect by', () => {
  it.each(neutralised)('%s', (_, allowed, ...denied) => {
    expect(isEffective([allowed])).toBe(true);
    expect(isEffective([allowed, ...denied])).toBe(false);
  });
});

describe('an Allow keeps its effect beside', () => {
  it.each(standing)('%s', (_, allowed, ...denied) => {
    expect(isEffective([allowed, ...denied])).toBe(true);
  });
});

describe('an Allow of NotPrincipal', () => {
  const everyoneBut = (...names: string[]) => ({
    Effect: 'Allow',
    NotPrincipal: { AWS: names },
    Action: 'kms:*',
    Resource: '*',
  });

  it('loses its effect by a Deny of everyone', () => {
    expect(isEffective([everyoneBut(SIBLING), deny('*', { Action: 'kms:*' })])).toBe(false);
  });
  it('loses its effect by a Deny of everyone among others', () => {
    const everyone = deny({ AWS: [STRANGER, '*'] }, { Action: 'kms:*' });
    expect(isEffective([everyoneBut(SIBLING), everyone])).toBe(false);
    expect(isEffective([everyoneBut(SIBLING), deny({ AWS: STRANGER }, { Action: 'kms:*' })])).toBe(
      true,
    );
  });
  it('loses its effect by a Deny that spares no more', () => {
    expect(isEffective([everyoneBut(SIBLING, STRANGER), not({ AWS: SIBLING })])).toBe(false);
  });
  it('keeps its effect beside a Deny that spares more', () => {
    expect(isEffective([everyoneBut(SIBLING), not({ AWS: [SIBLING, STRANGER] })])).toBe(true);
  });
});

describe('a Deny', () => {
  it('is recorded as a permission, and always counts as effective', () => {
    const { permissions } = analyze({
      statements: [deny('*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
    });
    expect(permissions).toMatchObject([
      { effect: 'Deny', principal: '*', trust: 'PUBLIC', is_effective: true },
    ]);
  });

  it('takes back grants as well', () => {
    const grant = { GrantId: 'g', GranteePrincipal: ROLE, Operations: ['Decrypt' as const] };
    const effective = (statements: readonly unknown[]) =>
      analyze({ statements, grants: [grant] }).permissions.find((p) => p.source === 'GRANT')
        ?.is_effective;
    expect(effective([])).toBe(true);
    expect(effective([deny({ AWS: ROLE })])).toBe(false);
    expect(effective([deny({ AWS: ROLE }, { Action: 'kms:Sign' })])).toBe(true);
  });
});

describe('a deleted principal', () => {
  it('gives no access any more', () => {
    expect(isEffective([allow({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' })])).toBe(false);
  });
});
