import { describe, expect, it } from 'vitest';
import { classifyGrantee, classifyPrincipal } from '../../../collector/policy/principal.ts';

const A = '111122223333';

const partitions = [
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
];

describe('a principal under AWS', () => {
  // biome-ignore format: one case per line
  it.each([
    [A, 'ACCOUNT', A],
    [`arn:aws:iam::${A}:root`, 'ACCOUNT', A],
    [`arn:aws:iam::${A}:role/app`, 'ROLE', A],
    [`arn:aws:iam::${A}:role/team/sub/app`, 'ROLE', A],
    [`arn:aws:iam::${A}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`, 'ROLE', A],
    [`arn:aws:iam::${A}:role/root`, 'ROLE', A],
    [`arn:aws:iam::${A}:user/alice`, 'USER', A],
    [`arn:aws:iam::${A}:user/division/alice`, 'USER', A],
    [`arn:aws:sts::${A}:assumed-role/app/i-0123456789`, 'SESSION', A],
    [`arn:aws:sts::${A}:assumed-role/aws:ec2-infrastructure/i-0123`, 'SESSION', A],
    [`arn:aws:sts::${A}:federated-user/bob`, 'SESSION', A],
    [`arn:aws:iam::${A}:saml-provider/corp`, 'FEDERATED', A],
    ['AIDACKCEVSQ6C2EXAMPLE', 'DELETED', null],
    ['AROADBQP57FF2AEXAMPLE', 'DELETED', null],
    ['*', 'ANYONE', null],
    ['**', 'ANYONE', null],
    ['something else', 'CANONICAL', null],
    ['', 'CANONICAL', null],
  ])('%s is %s of account %s', (text, type, account) => {
    expect(classifyPrincipal({ kind: 'AWS', text })).toMatchObject({ type, account, text });
  });

  it.each(partitions)('is understood in partition %s', (partition) => {
    for (const [resource, type] of [
      ['root', 'ACCOUNT'],
      ['role/a/b', 'ROLE'],
      ['user/u', 'USER'],
    ] as const) {
      const text = `arn:${partition}:iam::${A}:${resource}`;
      expect(classifyPrincipal({ kind: 'AWS', text })).toMatchObject({ type, account: A });
    }
  });
});

describe('a principal under another key', () => {
  // biome-ignore format: one case per line
  it.each([
    ['*', '*', 'ANYONE', null],
    ['Service', 'logs.us-east-1.amazonaws.com', 'SERVICE', null],
    ['Service', 'ec2.amazonaws.com.cn', 'SERVICE', null],
    ['Federated', 'cognito-identity.amazonaws.com', 'FEDERATED', null],
    ['Federated', `arn:aws:iam::${A}:oidc-provider/token.actions.githubusercontent.com`, 'FEDERATED', A],
    ['CanonicalUser', '79a59df900b949e55d96a1e698fbaced', 'CANONICAL', null],
  ] as const)('%s %s is %s of account %s', (kind, text, type, account) => {
    expect(classifyPrincipal({ kind, text })).toMatchObject({ type, account });
  });
});

describe('the grantee of a grant', () => {
  // biome-ignore format: one case per line
  it.each([
    ['dynamodb.us-west-2.amazonaws.com', 'SERVICE'],
    ['rds.cn-north-1.amazonaws.com.cn', 'SERVICE'],
    [`arn:aws:iam::${A}:role/app`, 'ROLE'],
    [`arn:aws:iam::${A}:root`, 'ACCOUNT'],
    ['AROADBQP57FF2AEXAMPLE', 'DELETED'],
  ])('%s is %s', (text, type) => {
    expect(classifyGrantee(text).type).toBe(type);
  });
});
