import type { JudgedPermission } from '../permissions.ts';
import { days, where, whom } from './phrases.ts';
import type { Case, Finding } from './rule.ts';

/** Rules about grants: access that no review of the key policy shows. */

const MILLISECONDS_PER_DAY = 86_400_000;
/** A grant this old has probably outlived what it was made for. */
const OLD_GRANT_DAYS = 365;
/** The workshop's measure of an unused key. */
const UNUSED_DAYS = 90;
const SERVICE_LINKED = /:role\/aws-service-role\//;

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

/**
 * A grant lasts until it is retired or revoked. The retiring principal may retire it, the grantee too
 * where the grant holds RetireGrant, and the account always; where neither of the first two is named, it
 * lasts until somebody of the account thinks of it (KMS Developer Guide, "Retiring and revoking grants").
 * KMS does not tell when a grant was last used. Services see to their own grants.
 */
export function grantNeverRetired(permission: JudgedPermission, c: Case): Finding | null {
  const { row, grant } = permission;
  if (grant === null || row.trust === 'SERVICE' || SERVICE_LINKED.test(row.principal)) return null;
  if (grant.RetiringPrincipal || grant.RetiringServicePrincipal) return null;
  if (grant.Operations?.includes('RetireGrant')) return null;
  const created = grant.CreationDate?.getTime() ?? Number.NaN;
  const age = Math.floor((c.facts.asOf.getTime() - created) / MILLISECONDS_PER_DAY);
  if (!(age >= OLD_GRANT_DAYS)) return null;
  const detail = `${where(permission)} was made ${days(age)} ago for ${whom(permission)} and names nobody to retire it.`;
  const key = c.facts.key;
  const unused = key?.days_unused ?? null;
  return unused !== null && unused >= UNUSED_DAYS && key?.usage_status !== 'UNKNOWN'
    ? {
        severity: 'LOW',
        detail: `${detail} It is graver than usual because no use of the key is known for ${days(unused)}.`,
      }
    : { detail };
}
