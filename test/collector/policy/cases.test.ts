import { describe, expect, it } from 'vitest';
import { policyCases } from './cases.ts';
import { pageOf, unusedPages } from './pages.ts';
import { verdictOf } from './verdict.ts';

describe.each(Object.entries(policyCases))('a policy with %s', (_, cases) => {
  it.each(cases)('$what: $verdict ($why)', ({ policy, verdict }) => {
    expect(verdictOf(policy)).toBe(verdict);
  });
});

it('is specified by at least 150 cases, each of another policy and each with its page', () => {
  const cases = Object.values(policyCases).flat();
  expect(cases.length).toBeGreaterThanOrEqual(150);
  expect(new Set(cases.map((c) => JSON.stringify(c.policy))).size).toBe(cases.length);
  expect(cases.filter(({ why }) => pageOf(why) === null)).toEqual([]);
  expect(unusedPages(cases.map(({ why }) => why))).toEqual([]);
});
