import type { GrantListEntry } from '@aws-sdk/client-kms';
import { type AccessLevel, type ActionSet, accessLevels, actionSet } from './actions.ts';
import { contextNamesResource, type Restriction, restrictionsOf } from './conditions.ts';
import {
  type Admitted,
  type DenialIndex,
  type Denials,
  denialsFor,
  denialsOf,
  isNeutralised,
} from './deny.ts';
import type { Statement } from './document.ts';
import { classifyGrantee, classifyPrincipal, everyoneExcept, type Principal } from './principal.ts';
import type { Standpoint } from './reach.ts';
import { appliesToKey } from './resources.ts';
import { trustOf } from './trust.ts';
import type { Permission } from './types.ts';

/** A permission row together with what the rules need to judge it. */
export interface JudgedPermission {
  readonly row: Permission;
  /** Null for a grant. */
  readonly statement: Statement | null;
  /** Null for a policy statement. */
  readonly grant: GrantListEntry | null;
  readonly admitted: Admitted;
  readonly actions: ActionSet;
  readonly restrictions: readonly Restriction[];
  /** True when a condition says for which account or resource a service may act. */
  readonly boundToSource: boolean;
}

/** The permissions of a key and what its policy denies. */
export interface Permissions {
  readonly judged: readonly JudgedPermission[];
  readonly denials: Denials;
}

/**
 * One permission per statement and principal, then one per grant and grantee, in the order of the
 * table. An Allow is effective unless an unconditional Deny takes all of it back, it does not speak of
 * this key, it names no KMS action, or its principal was deleted.
 */
export function judgePermissions(
  statements: readonly Statement[],
  grants: readonly GrantListEntry[],
  keyArn: string,
  from: Standpoint,
): Permissions {
  const denials = denialsOf(statements, keyArn);
  const denies = denials.flat;
  const judged: JudgedPermission[] = [];
  for (const statement of statements) {
    judged.push(...judgeStatement(statement, denies, keyArn, from));
  }
  for (const grant of [...grants].sort(byGrantId)) judged.push(...judgeGrant(grant, denies, from));
  return { judged, denials };
}

function judgeStatement(
  statement: Statement,
  denies: DenialIndex,
  keyArn: string,
  from: Standpoint,
): JudgedPermission[] {
  const restrictions = restrictionsOf(statement, from);
  const restrictedBy = uniqueKeys(restrictions);
  const actions = actionSet(statement.actions, statement.exceptActions);
  const levels = accessLevels(actions);
  const spared = statement.exceptPrincipals ? statement.principals.map(classifyPrincipal) : null;
  const inForce =
    appliesToKey(statement, keyArn, 'possibly') && (actions.except || actions.patterns.length > 0);
  const written = statement.exceptActions
    ? statement.actions.map((a) => `NOT ${a}`)
    : statement.actions;
  const resources = statement.exceptResources
    ? statement.resources.map((r) => `NOT ${r}`)
    : statement.resources;
  // A caller key counts as well: a service's own calls either carry it or do not match at all.
  const boundToSource =
    restrictions.some((r) => r.aspect === 'source' || r.aspect === 'caller') ||
    contextNamesResource(statement, from);
  const judged: JudgedPermission[] = [];
  for (const one of statement.principals) {
    const principal = spared === null ? classifyPrincipal(one) : everyoneExcept(one.text);
    const admitted: Admitted = { principal, spared };
    judged.push({
      row: {
        source: 'POLICY',
        statement_index: statement.index,
        sid: statement.sid,
        grant_id: null,
        effect: statement.effect,
        principal_type: principal.type,
        principal: principal.text,
        principal_account: principal.account,
        trust: trustOf(principal, restrictions, from),
        actions: written,
        resources,
        access_levels: levels,
        condition_json: statement.conditionJson,
        restricted_by: restrictedBy,
        is_effective:
          statement.effect === 'Deny' ||
          (inForce &&
            principal.type !== 'DELETED' &&
            !isNeutralised(admitted, actions, denialsFor(admitted, denies))),
      },
      statement,
      grant: null,
      admitted,
      actions,
      restrictions,
      boundToSource,
    });
  }
  return judged.sort((a, b) => compareText(a.row.principal, b.row.principal));
}

function judgeGrant(
  grant: GrantListEntry,
  denies: DenialIndex,
  from: Standpoint,
): JudgedPermission[] {
  const operations: readonly string[] = grant.Operations ?? [];
  const actions = actionSet(
    operations.map((o) => `kms:${o}`),
    false,
  );
  const levels: AccessLevel[] = accessLevels(actions);
  const constraints = grant.Constraints ?? {};
  const sourceArn = constraints.SourceArn;
  return granteesOf(grant).map((principal) => {
    const admitted: Admitted = { principal, spared: null };
    return {
      row: {
        source: 'GRANT',
        statement_index: null,
        sid: null,
        grant_id: grant.GrantId ?? null,
        effect: 'Allow',
        principal_type: principal.type,
        principal: principal.text,
        principal_account: principal.account,
        trust: trustOf(principal, [], from),
        actions: operations,
        resources: ['*'],
        access_levels: levels,
        condition_json: Object.keys(constraints).length === 0 ? null : JSON.stringify(constraints),
        restricted_by: sourceArn === undefined ? [] : ['aws:SourceArn'],
        is_effective:
          principal.type !== 'DELETED' &&
          !isNeutralised(admitted, actions, denialsFor(admitted, denies)),
      },
      statement: null,
      grant,
      admitted,
      actions,
      restrictions: [],
      boundToSource: sourceArn !== undefined,
    };
  });
}

/** A grant names its grantee as a principal, as a service, or as both. */
function granteesOf(grant: GrantListEntry): Principal[] {
  const { GranteePrincipal: grantee, GranteeServicePrincipal: service } = grant;
  const found: Principal[] = [];
  if (grantee) found.push(classifyGrantee(grantee));
  if (service && service !== grantee) {
    found.push(classifyPrincipal({ kind: 'Service', text: service }));
  }
  return found.sort((a, b) => compareText(a.text, b.text));
}

function uniqueKeys(restrictions: readonly Restriction[]): readonly string[] {
  return [...new Set(restrictions.map((r) => r.key))].sort(compareText);
}

function byGrantId(a: GrantListEntry, b: GrantListEntry): number {
  return compareText(a.GrantId ?? '', b.GrantId ?? '');
}

/** By code unit, as the tables are sorted, and the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
