import { describe, expect, it } from 'vitest';
import {
  policyTemplates,
  type TemplateName,
} from '../../../collector/simulate/policies/library.ts';
import type { Scene } from '../../../collector/simulate/policies/template.ts';
import { randomOf } from '../../../collector/simulate/random.ts';
import {
  grantShares,
  kindShares,
  policyShares,
  recencyShares,
  stateShares,
} from '../../../collector/simulate/shares.ts';

const own = '111122223333';
const sibling = '444455556666';

const scene = (name: string): Scene => ({
  accountId: own,
  region: 'eu-west-1',
  keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
  organizationId: 'o-exampleorg',
  rootId: 'r-abcd',
  system: 'payments',
  service: 's3',
  random: randomOf(name),
  sibling: () => sibling,
});

interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

function statementsOf(name: TemplateName): readonly Statement[] {
  const document = policyTemplates[name].document(scene(name));
  const { Statement } = JSON.parse(JSON.stringify(document)) as {
    Statement: Statement | readonly Statement[];
  };
  return Array.isArray(Statement) ? Statement : [Statement as Statement];
}

const names = Object.keys(policyTemplates) as TemplateName[];
const outsiders = (name: TemplateName): string[] =>
  [...JSON.stringify(statementsOf(name)).matchAll(/\d{12}/g)]
    .map(([id]) => id)
    .filter((id) => id !== own && id !== sibling);

describe.each(names)('the policy template %s', (name) => {
  it('is well-formed', () => {
    for (const statement of statementsOf(name)) {
      expect(['Allow', 'Deny']).toContain(statement.Effect);
      const has = (member: keyof Statement) => statement[member] !== undefined;
      expect(has('Principal') !== has('NotPrincipal')).toBe(true);
      expect(has('Action') !== has('NotAction')).toBe(true);
      expect(statement.Resource).toBe('*');
    }
  });

  it('says what it shows, and has a share', () => {
    expect(policyTemplates[name].shows).toMatch(/^\S.*\.$/s);
    expect(policyShares[name]).toBeGreaterThan(0);
  });

  it('lets the collector read the key, unless refusing that is its point', () => {
    const readable = statementsOf(name).some(
      ({ Effect, Principal, Action }) =>
        Effect === 'Allow' &&
        /:root|111122223333"|KMSInsightsReadRole/.test(JSON.stringify(Principal ?? '')) &&
        [Action].flat().some((action) => /^kms:(\*|get\*)$/i.test(action ?? '')),
    );
    expect(readable).toBe(name !== 'sealed' && name !== 'closed');
  });

  it('names accounts outside the organization only if it is about them', () => {
    if (outsiders(name).length > 0) expect(name).toMatch(/vendor|unknown|outside|other-|denied/);
  });

  it('names IAM users if and only if it is marked so', () => {
    const naming = /:user\//.test(JSON.stringify(statementsOf(name)));
    expect(policyTemplates[name].traits.includes('iam-user')).toBe(naming);
  });
});

describe('the table of shares', () => {
  it.each([
    ['policies', Object.values(policyShares)],
    ['kinds', kindShares.map(({ share }) => share)],
    ['states', stateShares.map(({ share }) => share)],
    ['last uses', recencyShares.map(({ share }) => share)],
    ['grants', grantShares.map(({ share }) => share)],
  ])('gives ten thousand parts of %s, the first entry the most', (_name, shares) => {
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(10_000);
    expect(Math.max(...shares)).toBe(shares[0]);
  });
});
