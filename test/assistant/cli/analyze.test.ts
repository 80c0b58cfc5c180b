import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyzeCommand } from '../../../assistant/cli/commands/analyze.ts';
import { captureConsole } from '../captured-console.ts';

const folder = mkdtempSync(join(tmpdir(), 'kms-insights-analyze-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { out, err } = captureConsole();

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const own = '123456789012';
const policy = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: own }, Action: 'kms:*', Resource: '*' },
    {
      Sid: 'Partner\u001b[31m',
      Effect: 'Allow',
      Principal: { AWS: '999999999999' },
      Action: 'kms:Decrypt',
      Resource: '*',
    },
  ],
};
const analyze = (content: unknown, options: Partial<AnalyzeOptions> = {}) =>
  analyzeCommand(file('policy.json', content), { orgAccounts: [], ...options });
const json = () => JSON.parse(out.join('\n'));
const codes = () => json().concerns.map((c: { code: string }) => c.code);

describe('analyze --json', () => {
  it('prints permissions and concerns with the fields that are promised', async () => {
    expect(await analyze(policy, { account: own, json: true })).toBe(0);
    const { permissions, concerns } = json();
    expect(permissions).toHaveLength(2);
    expect(concerns.find((c: { code: string }) => c.code === 'EXTERNAL_ACCOUNT')).toMatchObject({
      label: 'External account',
      severity: 'HIGH',
      principal: '999999999999',
      detail: expect.stringMatching(/^Statement "Partner/),
    });
    expect(err).toEqual([]);
  });

  it('judges trust by the accounts of the organization', async () => {
    await analyze(policy, { account: own, orgAccounts: ['999999999999'], json: true });
    expect(codes()).toContain('CROSS_ACCOUNT_IN_ORG');
    expect(codes()).not.toContain('EXTERNAL_ACCOUNT');
  });

  it('takes the one account that may change the policy for the owner, and says so', async () => {
    await analyze(policy, { json: true });
    expect(codes()).toContain('EXTERNAL_ACCOUNT');
    expect(json().permissions[0]).toMatchObject({ principal: own, trust: 'SAME_ACCOUNT' });
    expect(err.join()).toContain(`account ${own}, the only one that may change it`);
  });

  it('assumes the account of the examples where the policy does not tell', async () => {
    await analyze({ ...policy, Statement: [policy.Statement[1]] }, { json: true });
    expect(err.join()).toContain('account 111122223333.');
  });

  it('reads the whole answer of get-key-policy', async () => {
    await analyze({ Policy: JSON.stringify(policy), PolicyName: 'default' }, { json: true });
    expect(json().permissions).toHaveLength(2);
  });

  it('reads grants as either version of the AWS CLI prints them', async () => {
    const grantee = `arn:aws:iam::${own}:role/a`;
    const grants = file('grants.json', {
      Grants: ['2020-01-01T00:00:00.123000+09:00', 1577836800.123].map((CreationDate, i) => ({
        GrantId: `g${i}`,
        CreationDate,
        GranteePrincipal: grantee,
        Operations: ['Encrypt'],
      })),
    });
    await analyze(policy, { account: own, grants, json: true });
    expect(codes().filter((c: string) => c === 'GRANT_NEVER_RETIRED')).toHaveLength(2);
  });
});

describe('analyze for people', () => {
  it('groups the concerns, gravest first, each with why and what to do', async () => {
    await analyze(policy, { account: own });
    const text = out.join('\n');
    expect(text.indexOf('HIGH · External account')).toBeGreaterThan(0);
    expect(text.indexOf('INFO · Principal is account')).toBeGreaterThan(
      text.indexOf('HIGH · External account'),
    );
    expect(text).toMatch(/HIGH · External account\n {4}- .*\n {4}Why: .*\n {4}Fix: /);
    expect(text).not.toContain('\u001b');
  });
});

describe('analyze refuses', () => {
  // biome-ignore format: one case per line
  it.each<[what: string, content: unknown, code: string, message: RegExp]>([
    ['what is no JSON', '{"Statement"', 'MALFORMED_JSON', /is not JSON/],
    ['what is no policy', [], 'MALFORMED_POLICY', /malformed: a policy document is/],
    ['a malformed statement, with its path', { Statement: [{ Effect: 'allow' }] }, 'MALFORMED_POLICY', /at Statement\[0\]\.Effect/],
    ['a name written twice, with its path', '{"Statement":[{"Effect":"Allow","Effect":"Deny"}]}', 'DUPLICATE_NAME', /Statement\[0\]\.Effect twice/],
  ])('%s', async (_, content, code, message) => {
    const outcome = analyze(content, { account: own });
    await expect(outcome).rejects.toMatchObject({ code, exit: 2 });
    await expect(outcome).rejects.toThrow(message);
  });

  it('an account id that is none', async () => {
    await expect(analyze(policy, { account: '1' })).rejects.toMatchObject({ code: 'BAD_OPTION' });
  });

  it('grants that are none, with the path', async () => {
    const grants = file('bad.json', { Grants: [{ GrantId: 'g' }] });
    await expect(analyze(policy, { account: own, grants })).rejects.toMatchObject({
      code: 'MALFORMED_GRANTS',
    });
  });
});
