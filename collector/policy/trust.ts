import type { Restriction } from './conditions.ts';
import type { Principal } from './principal.ts';
import { nearer, type Reach, reachOfAccount, type Standpoint } from './reach.ts';
import type { Permission } from './types.ts';

type Trust = Permission['trust'];

/**
 * How far the callers that a statement admits may stand from the key, after its conditions.
 *
 * A service stays SERVICE whatever its source conditions say. The unique id of a deleted user or role
 * is SAME_ACCOUNT: it admits nobody ever again (IAM User Guide, "AWS JSON policy elements: Principal"),
 * so it must not show up as access from outside; the permission is marked ineffective besides.
 * Canonical users and web identity providers tell no account and count as EXTERNAL.
 */
export function trustOf(
  principal: Principal,
  restrictions: readonly Restriction[],
  from: Standpoint,
): Trust {
  if (principal.type === 'SERVICE') return 'SERVICE';
  if (principal.type === 'DELETED') return 'SAME_ACCOUNT';
  let reach = reachOfPrincipal(principal, from);
  for (const restriction of restrictions) {
    if (restriction.aspect === 'service') {
      if (principal.anyone) return 'SERVICE';
    } else if (restriction.aspect === 'caller' || principal.anyone) {
      // Source keys are set for calls by services only, so they say nothing about a named principal.
      reach = nearer(reach, restriction.reach);
    }
  }
  return reach;
}

function reachOfPrincipal(principal: Principal, from: Standpoint): Reach {
  if (principal.anyone) return 'PUBLIC';
  return principal.account === null ? 'EXTERNAL' : reachOfAccount(principal.account, from);
}
