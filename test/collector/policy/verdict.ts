import { duplicateName } from '../../../collector/policy/json.ts';
import type { Analysis, Concern } from '../../../collector/policy/types.ts';
import type { Verdict } from './cases.ts';
import { verdicts } from './cases.ts';
import { analyze } from './example.ts';

/** How far a policy of the example key reaches, given as a document or as its text. */
export function verdictOf(policy: unknown): Verdict {
  if (typeof policy === 'string') {
    if (duplicateName(policy) !== null) return 'malformed';
    return verdictOf(JSON.parse(policy));
  }
  const analysis = analyze({ policy, key: null });
  if (analysis.concerns.some((c) => c.code === 'UNREADABLE_KEY')) return 'malformed';
  let farthest: Verdict = 'nobody';
  for (const permission of analysis.permissions) {
    if (permission.effect !== 'Allow' || !permission.is_effective) continue;
    const one = verdictOfPermission(permission, analysis);
    if (verdicts.indexOf(one) > verdicts.indexOf(farthest)) farthest = one;
  }
  return farthest;
}

function verdictOfPermission(
  { trust, statement_index, principal }: Analysis['permissions'][number],
  { concerns }: Analysis,
): Verdict {
  const concern = (code: string) =>
    concerns.find(
      (c) => c.code === code && c.statement_index === statement_index && c.principal === principal,
    );
  switch (trust) {
    case 'PUBLIC':
      return isKeptInside(concern('PUBLIC_ACCESS')) ? 'public but kept inside' : 'public';
    case 'EXTERNAL':
      return isKeptInside(concern('EXTERNAL_ACCOUNT')) ? 'external but kept inside' : 'external';
    case 'ORGANIZATION':
      return 'organization';
    case 'SERVICE':
      return concern('CONFUSED_DEPUTY') ? 'any source' : 'service';
    case 'SAME_ACCOUNT':
      return 'own account';
  }
}

function isKeptInside(concern: Concern | undefined): boolean {
  return concern?.detail.includes('denies it to every caller outside') ?? false;
}
