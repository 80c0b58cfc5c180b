import { isEveryAction } from '../actions.ts';
import type { JudgedPermission } from '../permissions.ts';
import { under, where, whom } from './phrases.ts';
import type { Finding } from './rule.ts';

/** Rules about how a permission is written: what it allows and to how many. */

/** The workshop's "Key policy overly permissive". */
export function wildcardActions(permission: JudgedPermission): Finding | null {
  const { row, actions } = permission;
  if (row.source !== 'POLICY' || !isEveryAction(actions)) return null;
  const detail = `${where(permission)} lets ${whom(permission)} call every KMS action on the key${under(permission)}.`;
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
    detail: `${where(permission)} lets ${whom(permission)} call every KMS action except those it lists${under(permission)}.`,
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
