import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../collector/policy/document.ts';

const good = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
const policy = (statement: unknown) => ({ Version: '2012-10-17', Statement: statement });

describe('a policy document', () => {
  it('may hold one statement or an array of them', () => {
    const one = parsePolicy(policy(good));
    expect(one.ok && one.statements.length).toBe(1);
    expect(parsePolicy(policy([good]))).toEqual(one);
  });

  it('may spell every list as one value', () => {
    const arrays = { ...good, Principal: { AWS: ['1'] }, Action: ['a:b'], Resource: ['*'] };
    const values = { ...good, Principal: { AWS: '1' }, Action: 'a:b', Resource: '*' };
    expect(parsePolicy(policy(arrays))).toEqual(parsePolicy(policy(values)));
  });

  it('may name several kinds of principals in one statement, each once', () => {
    const principal = { AWS: ['1', '2', '1'], Service: 's.amazonaws.com', Federated: 'f' };
    const parsed = parsePolicy(policy({ ...good, Principal: principal }));
    expect(parsed.ok && parsed.statements[0]?.principals.map((p) => p.text)).toEqual([
      '1',
      '2',
      's.amazonaws.com',
      'f',
    ]);
  });
});

describe('what is no policy is refused with the place and the reason', () => {
  it.each<[json: unknown, path: string, message: RegExp]>([
    [null, '', /JSON object/],
    ['{}', '', /JSON object/],
    [[], '', /JSON object/],
    [42, '', /JSON object/],
    [{}, 'Statement', /no Statement/],
    [policy('x'), 'Statement', /JSON object/],
    [policy([good, 1]), 'Statement[1]', /JSON object/],
    [policy({ ...good, Effect: 'allow' }), 'Statement.Effect', /"Allow" or "Deny"/],
    [policy({ ...good, Sid: 1 }), 'Statement.Sid', /string/],
    [policy({ ...good, Principal: undefined }), 'Statement', /no Principal/],
    [policy({ ...good, NotPrincipal: '*' }), 'Statement', /both Principal and NotPrincipal/],
    [policy({ ...good, Principal: 'arn:aws:iam::1:root' }), 'Statement.Principal', /"\*"/],
    [policy({ ...good, Principal: { aws: '1' } }), 'Statement.Principal', /AWS, Service/],
    [
      policy([{ ...good, Principal: { AWS: ['1', 2] } }]),
      'Statement[0].Principal.AWS[1]',
      /string/,
    ],
    [policy({ ...good, Action: undefined }), 'Statement', /no Action/],
    [policy({ ...good, NotAction: 'a' }), 'Statement', /both Action and NotAction/],
    [policy({ ...good, Action: {} }), 'Statement.Action', /string/],
    [policy({ ...good, Resource: [null] }), 'Statement.Resource[0]', /string/],
    [policy({ ...good, Condition: [] }), 'Statement.Condition', /object/],
    [policy({ ...good, Condition: { Bool: 'x' } }), 'Statement.Condition.Bool', /object/],
    [
      policy({ ...good, Condition: { Bool: { k: {} } } }),
      'Statement.Condition.Bool.k',
      /condition value/,
    ],
    [
      policy({ ...good, Principal: undefined, NotPrincipal: { AWS: [] } }),
      'Statement.NotPrincipal',
      /nobody/,
    ],
    [policy({ ...good, Action: 'x'.repeat(200_000) }), 'Statement.Action', /longer than/],
    [policy(new Array(50_000).fill(good)), 'too long', /longer than/],
  ])('%#: at "%s"', (json, path, message) => {
    const parsed = parsePolicy(json);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.message).toMatch(message);
    if (path !== 'too long') expect(parsed.path).toBe(path);
  });

  it('does not take inherited properties for elements', () => {
    expect(parsePolicy(JSON.parse('{"__proto__": {"Statement": []}}')).ok).toBe(false);
  });
});
