import type { JudgedPermission } from '../permissions.ts';
import { deeds, listed, where, whom } from './phrases.ts';
import type { Case, Finding } from './rule.ts';

/** Rules about who a permission admits. */

/** The workshop's "Principal is account": the key policy leaves the choice to a whole account. */
export function accountPrincipal(permission: JudgedPermission): Finding | null {
  const { row } = permission;
  if (row.source !== 'POLICY' || row.principal_type !== 'ACCOUNT') return null;
  return {
    detail: `${where(permission)} names ${whom(permission)}, so the IAM policies of that account decide who in it may ${deeds(permission)}.`,
  };
}

export function iamUserPrincipal(permission: JudgedPermission): Finding | null {
  const { row } = permission;
  if (row.source !== 'POLICY' || row.principal_type !== 'USER') return null;
  return {
    detail: `${where(permission)} lets ${whom(permission)} ${deeds(permission)}.`,
  };
}

export function externalAccount(permission: JudgedPermission, c: Case): Finding | null {
  const { row, restrictions } = permission;
  if (row.source !== 'POLICY' || row.trust !== 'EXTERNAL') return null;
  const lets = `${where(permission)} lets ${whom(permission)} ${deeds(permission)}`;
  const byNetwork =
    permission.admitted.principal.anyone &&
    restrictions.every((r) => r.aspect === 'network' || r.reach === 'PUBLIC');
  if (byNetwork) {
    return {
      severity: 'MEDIUM',
      detail: `${lets} through the network that ${listed(row.restricted_by)} names; that keeps the key from being public but not inside the organization, because callers of any account may come that way.`,
    };
  }
  if (row.principal_type === 'ANYONE') {
    return {
      detail: `${lets} where ${listed(row.restricted_by)} holds, which admits callers outside ${ours(c)}.`,
    };
  }
  return {
    detail: `${where(permission)} lets ${whom(permission)}, which is outside ${ours(c)}, ${deeds(permission)}.`,
  };
}

export function crossAccountInOrganization(permission: JudgedPermission): Finding | null {
  const { row } = permission;
  if (row.trust !== 'ORGANIZATION') return null;
  return {
    detail:
      row.principal_type === 'ANYONE'
        ? `${where(permission)} lets ${whom(permission)} of the organization ${deeds(permission)}, restricted by ${listed(row.restricted_by)}.`
        : `${where(permission)} lets ${whom(permission)} (another account, same organization) ${deeds(permission)}.`,
  };
}

export function publicAccess(permission: JudgedPermission): Finding | null {
  const { row } = permission;
  if (row.source !== 'POLICY' || row.trust !== 'PUBLIC') return null;
  const why =
    row.condition_json === null
      ? 'and has no condition'
      : 'and its condition does not restrict who calls or through what';
  const detail = `${where(permission)} lets ${whom(permission)} ${deeds(permission)} ${why}.`;
  const readsOnly = row.access_levels.every((level) => level === 'READ');
  return readsOnly
    ? {
        severity: 'HIGH',
        detail: `${detail} It is less than critical because it gives away metadata only.`,
      }
    : { detail };
}

export function externalGrant(permission: JudgedPermission, c: Case): Finding | null {
  const { row } = permission;
  if (row.source !== 'GRANT' || (row.trust !== 'EXTERNAL' && row.trust !== 'PUBLIC')) return null;
  return {
    detail: `${where(permission)} lets ${whom(permission)}, which is outside ${ours(c)}, ${deeds(permission)}.`,
  };
}

/** Deleted users and roles are worth tidying up wherever they are named, in a Deny as well. */
export function deletedPrincipal(permission: JudgedPermission): Finding | null {
  const { row, admitted } = permission;
  const { principal, spared } = admitted;
  const dead =
    principal.type === 'DELETED' ||
    (spared ?? []).some((s) => s.type === 'DELETED' && `NOT ${s.text}` === row.principal);
  if (!dead) return null;
  return {
    detail: `${where(permission)} names ${whom(permission)}, the unique id that remains of a user or role that was deleted.`,
  };
}

/** A service that acts for anyone's resource can be led to use the key for somebody else's. */
export function confusedDeputy(permission: JudgedPermission): Finding | null {
  const { row, boundToSource } = permission;
  if (row.source !== 'POLICY' || row.trust !== 'SERVICE' || boundToSource) return null;
  const detail = `${where(permission)} lets ${whom(permission)} ${deeds(permission)} without saying for which account or resource.`;
  const readsOnly = row.access_levels.every((level) => level === 'READ');
  return readsOnly
    ? {
        severity: 'LOW',
        detail: `${detail} It is lighter than usual because it only reads metadata.`,
      }
    : { detail };
}

function ours(c: Case): string {
  return c.from.organization.id === null
    ? "the key's account (its organization is not known)"
    : 'the organization';
}
