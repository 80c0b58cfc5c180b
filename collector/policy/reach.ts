import type { Organization } from './types.ts';

/** How far from the key a caller may stand; the order of {@link REACHES} is from near to far. */
export type Reach = 'SAME_ACCOUNT' | 'ORGANIZATION' | 'EXTERNAL' | 'PUBLIC';

const REACHES: readonly Reach[] = ['SAME_ACCOUNT', 'ORGANIZATION', 'EXTERNAL', 'PUBLIC'];

/** Where the key stands: the fixed point from which every distance is measured. */
export interface Standpoint {
  readonly accountId: string;
  readonly organization: Organization;
}

export function reachOfAccount(accountId: string, from: Standpoint): Reach {
  if (accountId === from.accountId) return 'SAME_ACCOUNT';
  return from.organization.accountIds.has(accountId) ? 'ORGANIZATION' : 'EXTERNAL';
}

/** Alternatives: whoever meets one of them is admitted, so the farther one counts. */
export function farther(a: Reach, b: Reach): Reach {
  return REACHES.indexOf(a) >= REACHES.indexOf(b) ? a : b;
}

/** Requirements: a caller must meet both, so the nearer one counts. */
export function nearer(a: Reach, b: Reach): Reach {
  return REACHES.indexOf(a) <= REACHES.indexOf(b) ? a : b;
}
