import { type ActionSet, actionSet, actionsCovered } from './actions.ts';
import type { PrincipalKind, Statement } from './document.ts';
import { classifyPrincipal, type Principal } from './principal.ts';
import { appliesToKey } from './resources.ts';

/** A Deny of this key, ready to be compared with what others allow. */
export interface Denial {
  readonly index: number;
  readonly sid: string | null;
  readonly principals: readonly { readonly kind: PrincipalKind; readonly principal: Principal }[];
  readonly except: boolean;
  readonly actions: ActionSet;
  readonly statement: Statement;
}

/**
 * The Denies of this key: those that hold for every request, and those that hold under a condition.
 * Only the former can be counted on; the latter are recorded but never assumed.
 */
export interface Denials {
  readonly flat: readonly Denial[];
  readonly conditional: readonly Denial[];
}

export function denialsOf(statements: readonly Statement[], keyArn: string): Denials {
  const flat: Denial[] = [];
  const conditional: Denial[] = [];
  for (const s of statements) {
    if (s.effect !== 'Deny' || !appliesToKey(s, keyArn, 'surely')) continue;
    const denial = {
      index: s.index,
      sid: s.sid,
      principals: s.principals.map((p) => ({ kind: p.kind, principal: classifyPrincipal(p) })),
      except: s.exceptPrincipals,
      actions: actionSet(s.actions, s.exceptActions),
      statement: s,
    };
    (s.tests.length === 0 ? flat : conditional).push(denial);
  }
  return { flat, conditional };
}

/** Whom an Allow admits: one principal, or with `spared` everyone but those. */
export interface Admitted {
  readonly principal: Principal;
  /** What NotPrincipal spares; null for an ordinary principal. */
  readonly spared: readonly Principal[] | null;
}

/** Whether the Denies take back every action from everyone admitted. */
export function isNeutralised(
  admitted: Admitted,
  actions: ActionSet,
  denies: readonly Denial[],
): boolean {
  if (denies.length === 0) return false;
  const relevant = denies.filter((d) => coversPrincipal(d, admitted));
  return (
    relevant.length > 0 &&
    actionsCovered(
      actions,
      relevant.map((d) => d.actions),
    )
  );
}

function coversPrincipal(deny: Denial, admitted: Admitted): boolean {
  const { principal, spared } = admitted;
  if (spared !== null) {
    // Everyone but A is covered by everyone but B when B is no larger than A.
    return deny.except
      ? deny.principals.every((d) => spared.some((s) => s.text === d.principal.text))
      : deny.principals.some((d) => includesPrincipal(d.kind, d.principal, principal));
  }
  if (deny.except) return deny.principals.every((d) => isSurelyApart(d.principal, principal));
  return deny.principals.some((d) => includesPrincipal(d.kind, d.principal, principal));
}

/**
 * Whether a Deny that names `denied` holds for `principal`. A Deny of an account holds for all its
 * users, roles and sessions, a Deny of a role for its sessions (IAM User Guide, "AWS JSON policy
 * elements: Principal").
 */
function includesPrincipal(kind: PrincipalKind, denied: Principal, principal: Principal): boolean {
  if (denied.type === 'ANYONE') {
    // `"*"` is everyone. `{"AWS": "*"}` is documented as its equal for users only, so a service
    // principal is not taken for denied by it.
    return kind === '*' || (kind === 'AWS' && principal.type !== 'SERVICE');
  }
  if (denied.anyone || principal.anyone) return false;
  if (principal.type === 'SERVICE') {
    return denied.type === 'SERVICE' && denied.text.toLowerCase() === principal.text.toLowerCase();
  }
  if (denied.text === principal.text) return denied.type === principal.type;
  if (denied.account === null || denied.account !== principal.account) return false;
  if (denied.type === 'ACCOUNT') return isIdentityOfAccount(principal);
  return (
    denied.type === 'ROLE' &&
    principal.type === 'SESSION' &&
    principal.roleName !== null &&
    denied.roleName === principal.roleName
  );
}

function isIdentityOfAccount(principal: Principal): boolean {
  return ['ACCOUNT', 'ROLE', 'USER', 'SESSION'].includes(principal.type);
}

/**
 * Whether a Deny that spares `spared` surely still holds for `principal`. Within one account AWS may
 * check the account before the user ("AWS JSON policy elements: NotPrincipal"), so nobody of the spared
 * one's account is taken for denied.
 */
function isSurelyApart(spared: Principal, principal: Principal): boolean {
  if (spared.anyone || principal.anyone) return false;
  if (spared.type === 'DELETED') return true;
  if (spared.type === 'SERVICE' || principal.type === 'SERVICE') {
    if (spared.type !== principal.type) return true;
    return spared.text.toLowerCase() !== principal.text.toLowerCase();
  }
  return (
    spared.account !== null && principal.account !== null && spared.account !== principal.account
  );
}
