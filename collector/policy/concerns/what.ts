import { isEveryAction } from '../actions.ts';
import type { JudgedPermission } from '../permissions.ts';
import { where, whom } from './phrases.ts';
import type { Case, Finding } from './rule.ts';

/** Rules about how a permission is written: what it allows and to how many. */

/** The workshop's "Key policy overly permissive". */
export function wildcardActions(permission: JudgedPermission): Finding | null {
  const { row, actions } = permission;
  if (row.source !== 'POLICY' || !isEveryAction(actions)) return null;
  const detail = `${where(permission)} lets ${whom(permission)} call every KMS action on the key.`;
  return row.principal_type === 'ACCOUNT' && row.trust === 'SAME_ACCOUNT'
    ? {
        severity: 'INFO',
        detail: `${detail} It is only informational because this is the default key policy: it hands the decision to the IAM policies of the key's own account.`,
      }
    : { detail };
}

export function notActionAllow(permission: JudgedPermission): Finding | null {
  const { row, actions } = permission;
  if (row.source !== 'POLICY' || !actions.except) return null;
  return {
    detail: `${where(permission)} lets ${whom(permission)} call every KMS action except those it lists.`,
  };
}

export function broadNotPrincipal(permission: JudgedPermission): Finding | null {
  const { row, admitted } = permission;
  if (row.source !== 'POLICY' || admitted.spared === null) return null;
  const detail = `${where(permission)} allows everyone except those it lists: ${whom(permission)}.`;
  return row.trust === 'PUBLIC'
    ? { detail }
    : {
        severity: 'MEDIUM',
        detail: `${detail} It is lighter than usual because ${row.restricted_by.join(' and ')} restricts who that can be.`,
      };
}

/** Only symmetric encryption keys have an encryption context that a grant could be tied to. */
export function grantWithoutConstraints(permission: JudgedPermission, c: Case): Finding | null {
  const { row, grant } = permission;
  if (grant === null || !row.access_levels.includes('DECRYPT')) return null;
  const spec = c.facts.key?.key_spec ?? 'SYMMETRIC_DEFAULT';
  if (spec !== 'SYMMETRIC_DEFAULT') return null;
  const {
    EncryptionContextEquals: equals,
    EncryptionContextSubset: subset,
    SourceArn: source,
  } = grant.Constraints ?? {};
  if (Object.keys(equals ?? {}).length > 0 || Object.keys(subset ?? {}).length > 0) return null;
  if (source) return null;
  const detail = `${where(permission)} lets ${whom(permission)} decrypt whatever is encrypted under the key, for it has no encryption-context constraint.`;
  return row.trust === 'SERVICE'
    ? {
        severity: 'INFO',
        detail: `${detail} It is only informational because a service made the grant for itself.`,
      }
    : { detail };
}
