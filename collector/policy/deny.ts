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
  readonly flat: DenialIndex;
  readonly conditional: DenialIndex;
}

/**
 * Denies by whom they can hold for, so that a permission is compared with the few that concern it and
 * not with all: the cost of a policy grows with its statements, not with their square.
 */
export interface DenialIndex {
  /** Those for everyone, or for everyone but some. */
  readonly broad: readonly Denial[];
  readonly byName: ReadonlyMap<string, readonly Denial[]>;
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
  return { flat: indexed(flat), conditional: indexed(conditional) };
}

function indexed(denials: readonly Denial[]): DenialIndex {
  const broad: Denial[] = [];
  const byName = new Map<string, Denial[]>();
  for (const denial of denials) {
    if (denial.except || denial.principals.some((p) => p.principal.type === 'ANYONE')) {
      broad.push(denial);
      continue;
    }
    for (const name of new Set(denial.principals.flatMap((p) => namesDenied(p.principal)))) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [denial]);
      else list.push(denial);
    }
  }
  return { broad, byName };
}

/** The Denies that may hold for whom an Allow admits, in the order in which they are written. */
export function denialsFor({ principal, spared }: Admitted, index: DenialIndex): readonly Denial[] {
  if (index.byName.size === 0 || spared !== null || principal.anyone) return index.broad;
  const found = new Set(index.broad);
  for (const name of namesHeldBy(principal)) {
    for (const denial of index.byName.get(name) ?? []) found.add(denial);
  }
  return [...found].sort((a, b) => a.index - b.index);
}

/** The names under which a Deny of this principal is looked up. */
function namesDenied(denied: Principal): string[] {
  const names = [`text ${comparable(denied)}`];
  if (denied.account === null) return names;
  if (denied.type === 'ACCOUNT') names.push(`account ${denied.account}`);
  if (denied.type === 'ROLE') names.push(`role ${denied.account} ${denied.roleName}`);
  return names;
}

/** The names under which the Denies of this principal are found. */
function namesHeldBy(principal: Principal): string[] {
  return [
    `text ${comparable(principal)}`,
    `account ${principal.account}`,
    `role ${principal.account} ${principal.roleName}`,
  ];
}

/** The names of services are not case-sensitive; ARNs are. */
function comparable({ type, text }: Principal): string {
  return type === 'SERVICE' ? text.toLowerCase() : text;
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
 * elements: Principal"). The ARN of a session leaves out the role's path; the name alone decides, since
 * it is the account's only role of that name and a role that is gone stands in a key policy as an id.
 */
function includesPrincipal(kind: PrincipalKind, denied: Principal, principal: Principal): boolean {
  if (denied.type === 'ANYONE') {
    // `"*"` is everyone. `{"AWS": "*"}` is documented as its equal for users only, so a service
    // principal is not taken for denied by it.
    return kind === '*' || (kind === 'AWS' && principal.type !== 'SERVICE');
  }
  if (denied.anyone || principal.anyone) return false;
  if (principal.type === 'SERVICE') {
    return denied.type === 'SERVICE' && comparable(denied) === comparable(principal);
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
    return comparable(spared) !== comparable(principal);
  }
  return (
    spared.account !== null && principal.account !== null && spared.account !== principal.account
  );
}
