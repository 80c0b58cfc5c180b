import { describe, expect, it } from 'vitest';
import { readAccess, rightsOf, scopeOf } from '../../../assistant/auth/access.ts';

/** The file that says which groups may see what. */

const accounts = [
  { id: '111111111111', ouPath: 'Root/Prod' },
  { id: '222222222222', ouPath: 'Root/Prod/EU' },
  { id: '333333333333', ouPath: 'Root/Production' },
  { id: '444444444444', ouPath: 'Root' },
  { id: '555555555555', ouPath: null },
];

function scope(yaml: string, groups: readonly string[]) {
  const read = readAccess(yaml);
  if (!read.ok) throw new Error(read.message);
  const rights = rightsOf(read.access, groups);
  return rights === null ? 'refused' : scopeOf(rights, accounts);
}

describe('an access file', () => {
  it.each([
    ['ous: [Root/Prod]', ['111111111111', '222222222222']],
    ['ous: [Root/Prod/]', ['111111111111', '222222222222']],
    ['ous: [Root]', ['111111111111', '222222222222', '333333333333', '444444444444']],
    ['ous: [root/prod]', []],
    ['accounts: ["555555555555"], ous: [Root/Prod/EU]', ['222222222222', '555555555555']],
    ['accounts: all', null],
  ])('with {%s} means %j', (group, expected) => {
    expect(scope(`groups: {g: {${group}}}`, ['g'])).toEqual(expected);
  });

  it('gives members of several groups what any of them may', () => {
    const yaml = `
groups:
  a: {accounts: ["555555555555"]}
  b: {ous: [Root/Production]}
  c: {accounts: all}
`;
    expect(scope(yaml, ['a', 'b', 'other'])).toEqual(['333333333333', '555555555555']);
    expect(scope(yaml, ['a', 'c'])).toBeNull();
    for (const none of [[], ['other'], ['__proto__'], ['toString']]) {
      expect(scope(yaml, none)).toBe('refused');
    }
  });

  it.each([
    ['', 'the file: '],
    ['groups: {}', 'groups: has no group'],
    ['groups: {g: {}}', 'groups.g: says neither accounts nor ous'],
    ['groups: {g: {accounts: []}}', 'groups.g.accounts: '],
    ['groups: {g: {accounts: [111122223333]}}', 'groups.g.accounts: is neither all nor a list'],
    ['groups: {g: {accounts: ["1111"]}}', 'groups.g.accounts'],
    ['groups: {g: {accounts: some}}', 'groups.g.accounts'],
    ['groups: {g: {ous: ["/"]}}', 'groups.g.ous.0: is not the path'],
    ['groups: {g: {accounts: all, role: boss}}', 'groups.g.role: '],
    ['groups: {g: {accounts: all, rolle: admin}}', 'groups.g: '],
    ['groups: {g: {accounts: all}}\nmore: 1', 'the file: '],
    ['groups: [', 'Flow sequence'],
  ])('%j is refused with the place', (yaml, message) => {
    const read = readAccess(yaml);
    expect(read.ok ? 'read' : read.message).toContain(message);
  });
});
