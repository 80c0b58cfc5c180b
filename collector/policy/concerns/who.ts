import { limitsAddresses } from '../conditions.ts';
import { type Denial, denialsFor, isNeutralised } from '../deny.ts';
import { leftAlone } from '../perimeter.ts';
import type { JudgedPermission } from '../permissions.ts';
import { everyoneExcept } from '../principal.ts';
import { vendorOf } from '../vendors.ts';
import { deeds, deedsFromOutside, listed, quoted, statementName, where, whom } from './phrases.ts';
import type { Case, Finding } from './rule.ts';

/** Rules about who a permission admits. */

/** The workshop's "Principal is account": the key policy leaves the choice to a whole account. */
export function accountPrincipal(permission: JudgedPermission): Finding | null {
  const { row } = permission;
  if (row.source !== 'POLICY' || row.principal_type !== 'ACCOUNT') return null;
  const what = row.trust === 'SAME_ACCOUNT' ? deeds(permission) : deedsFromOutside(permission);
  return {
    detail: `${where(permission)} names ${whom(permission)}, so the IAM policies of that account decide who in it may ${what}.`,
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
  const lets = `${where(permission)} lets ${whom(permission)}`;
  const kept = keptInside(permission, c);
  const keys = listed(row.restricted_by);
  const byNetwork =
    row.principal_type === 'ANYONE' && restrictions.every((r) => r.aspect === 'network');
  if (byNetwork && kept === null) {
    return {
      severity: 'MEDIUM',
      detail: `${lets} ${deedsFromOutside(permission)} through the network that ${keys} names. It is lighter than usual because nobody else can, but callers of any account may come that way.${hedge(permission, c)}`,
    };
  }
  const detail =
    row.principal_type === 'ANYONE'
      ? `${lets} ${deedsFromOutside(permission)} where ${keys} holds, which does not keep out callers from outside ${ours(c)}.`
      : `${lets}, ${outside(permission, c)}, ${deedsFromOutside(permission)}.${vendor(permission)}`;
  if (kept !== null) return { severity: 'LOW', detail: `${detail} ${kept}` };
  return row.access_levels.length > 0 && row.access_levels.every((level) => level === 'ADMIN')
    ? {
        severity: 'LOW',
        detail: `${detail} It is lighter than usual because AWS KMS lets nobody administer a key of another account.`,
      }
    : { detail: `${detail}${hedge(permission, c)}` };
}

export function crossAccountInOrganization(permission: JudgedPermission): Finding | null {
  const { row } = permission;
  if (row.trust !== 'ORGANIZATION') return null;
  return {
    detail:
      row.principal_type === 'ANYONE'
        ? `${where(permission)} lets ${whom(permission)} ${deedsFromOutside(permission)} where ${listed(row.restricted_by)} holds, which admits other accounts of the organization.`
        : `${where(permission)} lets ${whom(permission)} (another account, same organization) ${deedsFromOutside(permission)}.`,
  };
}

export function publicAccess(permission: JudgedPermission, c: Case): Finding | null {
  const { row, statement } = permission;
  if (row.source !== 'POLICY' || row.trust !== 'PUBLIC') return null;
  const why =
    row.condition_json === null
      ? 'and has no condition'
      : 'and its condition does not restrict who calls or through what';
  const detail = `${where(permission)} lets ${whom(permission)} ${deeds(permission)} ${why}.`;
  const kept = keptInside(permission, c);
  if (kept !== null) return { severity: 'MEDIUM', detail: `${detail} ${kept}` };
  const lighter = readsOnly(permission)
    ? 'it gives away metadata only'
    : statement !== null && limitsAddresses(statement)
      ? 'aws:SourceIp admits a few addresses only'
      : null;
  if (lighter === null) return { detail: `${detail}${hedge(permission, c)}` };
  return {
    severity: 'HIGH',
    detail: `${detail} It is less than critical because ${lighter}.${hedge(permission, c)}`,
  };
}

export function externalGrant(permission: JudgedPermission, c: Case): Finding | null {
  const { row } = permission;
  if (row.source !== 'GRANT' || (row.trust !== 'EXTERNAL' && row.trust !== 'PUBLIC')) return null;
  const detail = `${where(permission)} lets ${whom(permission)}, ${outside(permission, c)}, ${deeds(permission)}.${vendor(permission)}`;
  const kept = keptInside(permission, c);
  return kept === null
    ? { detail: `${detail}${hedge(permission, c)}` }
    : { severity: 'LOW', detail: `${detail} ${kept}` };
}

/** Deleted users and roles are worth tidying up wherever they are named, in a Deny as well. */
export function deletedPrincipal(permission: JudgedPermission): Finding | null {
  const { row, admitted } = permission;
  const { principal, spared } = admitted;
  const dead =
    principal.type === 'DELETED'
      ? principal
      : spared?.find((s) => s.type === 'DELETED' && everyoneExcept(s.text).text === row.principal);
  if (dead === undefined) return null;
  return {
    detail: `${where(permission)} names ${quoted(dead.text)}, the unique id that remains of a user or role that was deleted.`,
  };
}

/** A service that acts for anyone's resource can be led to use the key for somebody else's. */
export function confusedDeputy(permission: JudgedPermission): Finding | null {
  const { row, boundToSource } = permission;
  if (row.source !== 'POLICY' || row.trust !== 'SERVICE' || boundToSource) return null;
  const detail = `${where(permission)} lets ${whom(permission)} ${deeds(permission)} without saying for which account or resource.`;
  return readsOnly(permission)
    ? {
        severity: 'LOW',
        detail: `${detail} It is lighter than usual because it only reads metadata.`,
      }
    : { detail };
}

/** An action of no known level may do more than read, so it does not count as reading. */
function readsOnly({ row }: JudgedPermission): boolean {
  return row.access_levels.length > 0 && row.access_levels.every((level) => level === 'READ');
}

/**
 * The sentence about a Deny that leaves nobody outside the organization ("deny unless the caller is
 * ours"), or null without one. The access is still reported, for it rests on that one statement.
 */
function keptInside(permission: JudgedPermission, c: Case): string | null {
  for (const denial of conditionalDenials(permission, c)) {
    if (!covers(permission, denial)) continue;
    const left = leftAlone(denial.statement, c.from);
    if (left === null || (left.reach !== 'SAME_ACCOUNT' && left.reach !== 'ORGANIZATION')) continue;
    const inside = left.reach === 'SAME_ACCOUNT' ? "the key's account" : 'the organization';
    const but = left.services ? ' except AWS services' : '';
    return `It is lighter than usual because ${lower(statementName(denial.sid, denial.index))} denies it to every caller outside ${inside}${but}; without that statement the access is there.`;
  }
  return null;
}

function conditionalDenials({ admitted }: JudgedPermission, c: Case): readonly Denial[] {
  return denialsFor(admitted, c.permissions.denials.conditional);
}

function covers({ admitted, actions }: JudgedPermission, denial: Denial): boolean {
  return isNeutralised(admitted, actions, [denial]);
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** Whose account it is where that is publicly known, which is no reason to let it in. */
function vendor({ row }: JudgedPermission): string {
  const known = vendorOf(row.principal_account);
  return known === null
    ? ''
    : ` The account is known as one of ${known.name}, by ${known.source}; that does not tell whether it should have this access.`;
}

/** A Deny under a condition may take some of it back; how much depends on requests not yet made. */
function hedge(permission: JudgedPermission, c: Case): string {
  const denial = conditionalDenials(permission, c).find((d) => covers(permission, d));
  if (denial === undefined) return '';
  return ` ${statementName(denial.sid, denial.index)} denies it under a condition, which may narrow it but is not counted on.`;
}

function outside({ row }: JudgedPermission, c: Case): string {
  return row.principal_account === null && row.principal_type !== 'ANYONE'
    ? `which tells no account and so cannot be placed inside ${ours(c)}`
    : `which is outside ${ours(c)}`;
}

function ours(c: Case): string {
  const { id, accountIds, isPartial } = c.from.organization;
  if (id === null) return "the key's account (its organization is not known)";
  return accountIds.size > 1 && !isPartial
    ? 'the organization'
    : 'the organization as far as its accounts are known';
}
