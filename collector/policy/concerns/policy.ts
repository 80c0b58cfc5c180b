import { actionSet, includesAction } from '../actions.ts';
import { shutsOutAdministration } from '../conditions.ts';
import { denialsFor, isNeutralised } from '../deny.ts';
import type { JudgedPermission } from '../permissions.ts';
import { day } from './phrases.ts';
import type { Case, Finding } from './rule.ts';

/** Rules about the key policy as a whole. */

const PUT_KEY_POLICY = 'PutKeyPolicy';
const CHANGING_THE_POLICY = actionSet([`kms:${PUT_KEY_POLICY}`], false);

export function unreadableKey(c: Case): Finding | null {
  if (c.policyProblem === null) return null;
  return { detail: `${c.policyProblem} Nothing is known of whom it lets use the key.` };
}

/**
 * Nobody can change the policy: no effective Allow of kms:PutKeyPolicy for the key's own account or for
 * anyone or anybody in it. PutKeyPolicy does not work across accounts, services do not call it, and a
 * grant cannot give it (KMS Developer Guide, "AWS KMS permissions"). A condition is taken to be one that
 * somebody can meet unless it demands what only cryptographic requests carry, so that the concern is raised only when it is certain.
 */
export function lockoutRisk(c: Case): Finding | null {
  if (c.policyProblem !== null) return null;
  if (c.permissions.judged.some((p) => canChangePolicy(p, c))) return null;
  return {
    detail:
      "The key policy gives kms:PutKeyPolicy to no principal of the key's own account that exists and is not denied it.",
  };
}

/** Shows in the CloudTrail event that set the policy, never in the key itself. */
export function policyLockoutBypass({ facts }: Case): Finding | null {
  const at = facts.lockoutCheckBypassedAt ?? null;
  if (at === null) return null;
  return {
    detail: `The policy in force was set on ${day(at)} with BypassPolicyLockoutSafetyCheck, so AWS KMS did not check that it can still be changed.`,
  };
}

function canChangePolicy(permission: JudgedPermission, c: Case): boolean {
  const { row, statement, admitted, actions } = permission;
  if (statement === null || row.effect !== 'Allow' || !row.is_effective) return false;
  if (!includesAction(actions, PUT_KEY_POLICY) || shutsOutAdministration(statement)) return false;
  const { principal } = admitted;
  const inAccount = principal.anyone || principal.account === c.facts.accountId;
  if (!inAccount) return false;
  const denials = denialsFor(admitted, c.permissions.denials.flat);
  return !isNeutralised(admitted, CHANGING_THE_POLICY, denials);
}
