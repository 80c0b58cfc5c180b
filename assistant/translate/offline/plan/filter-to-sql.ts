import type { Column } from '../../../../collector/schema/types.ts';
import { columnOf, entityTables, qualifiedTable } from './entity-tables.ts';
import { type Moment, resolveMoment, timestampText, wholeDays } from './moment.ts';
import type {
  Comparison,
  Entity,
  Fact,
  Filter,
  Grantee,
  PermissionTest,
  UsageTest,
} from './plan.ts';
import { absenceIsCertain, isUnknownWhenNull, noneIsCertain } from './unknown.ts';

/** A plan that names something the contract does not have; only a forged plan can. */
export class PlanError extends Error {
  readonly code = 'INVALID_PLAN';
  constructor(message: string) {
    super(message);
    this.name = 'PlanError';
  }
}

/** A text as a SQL literal: the quote is the only character with a meaning inside one. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A moment as a SQL literal. */
export function timestampLiteral(date: Date): string {
  return `TIMESTAMP ${literal(timestampText(date))}`;
}

export const comparisonSigns: Readonly<Record<Comparison, string>> = {
  'at least': '>=',
  'more than': '>',
  'at most': '<=',
  'less than': '<',
  exactly: '=',
};

const opposites: Readonly<Record<Comparison, string>> = {
  'at least': '<',
  'more than': '<=',
  'at most': '>',
  'less than': '>=',
  exactly: '<>',
};

/** Where a condition stands: whose columns it may name, under which table alias. */
export interface Scope {
  readonly entity: Entity;
  readonly alias: string;
  readonly asOf: Date;
}

const letters: Readonly<Record<Entity, string>> = {
  keys: 'k',
  accounts: 'a',
  coverage: 's',
  permissions: 'p',
  concerns: 'c',
  usage: 'u',
};

export function outerScope(entity: Entity, asOf: Date): Scope {
  return { entity, alias: letters[entity], asOf };
}

/** A scope inside another one; its alias is new, so that nothing is shadowed. */
export function innerScope(entity: Entity, outer: Scope): Scope {
  const depth = Number(outer.alias.slice(1) || '1') + 1;
  return { entity, alias: `${letters[entity]}${depth}`, asOf: outer.asOf };
}

/** A column of the scope, qualified. Throws {@link PlanError} when the table has no such column. */
export function columnSql(name: string, scope: Scope): string {
  definition(name, scope);
  return `${scope.alias}.${name}`;
}

function definition(name: string, scope: Scope): Column {
  const column = columnOf(scope.entity, name);
  if (!column) {
    throw new PlanError(`${entityTables[scope.entity].table.name} has no column ${name}`);
  }
  return column;
}

const all = (parts: readonly string[]) =>
  parts.length === 0 ? 'true' : parts.map((p) => `(${p})`).join(' AND ');
const any = (parts: readonly string[]) =>
  parts.length === 0 ? 'false' : `(${parts.map((p) => `(${p})`).join(' OR ')})`;

/**
 * The condition that a filter certainly holds (`holds` true), or certainly does not (false). Rows of
 * which it is not known satisfy neither: a key whose policy could not be read neither has external
 * access nor is free of it.
 */
export function filterSql(filter: Filter, holds: boolean, scope: Scope): string {
  if ('is' in filter) return factSql(filter, holds, scope);
  if ('not' in filter) return filterSql(filter.not, !holds, scope);
  if ('and' in filter) {
    const parts = filter.and.map((f) => filterSql(f, holds, scope));
    return holds ? all(parts) : any(parts);
  }
  if ('or' in filter) {
    const parts = filter.or.map((f) => filterSql(f, holds, scope));
    return holds ? any(parts) : all(parts);
  }
  if ('key' in filter) {
    if (!entityTables[scope.entity].ofKey) throw new PlanError('a key condition on no key');
    const inner = innerScope('keys', scope);
    return `${columnSql('key_arn', scope)} IN (SELECT ${inner.alias}.key_arn FROM ${qualifiedTable('keys')} ${inner.alias} WHERE ${filterSql(filter.key, holds, inner)})`;
  }
  if ('account' in filter) {
    if (scope.entity !== 'keys') throw new PlanError('a condition on the account of no key');
    const inner = innerScope('accounts', scope);
    return `${columnSql('account_id', scope)} IN (SELECT ${inner.alias}.account_id FROM ${qualifiedTable('accounts')} ${inner.alias} WHERE ${filterSql(filter.account, holds, inner)})`;
  }
  if ('read' in filter) {
    if (scope.entity !== 'accounts') throw new PlanError('a collection run of no account');
    const inner = innerScope('coverage', scope);
    return `${columnSql('account_id', scope)} ${holds ? 'IN' : 'NOT IN'} (SELECT ${inner.alias}.account_id FROM ${qualifiedTable('coverage')} ${inner.alias} WHERE ${filterSql(filter.read, true, inner)})`;
  }
  return accountKeysSql(filter, holds, scope);
}

/**
 * Accounts by their keys. An account certainly lacks such keys only when each of its keys certainly
 * is none, and no Region of it was left unread: one that failed, and one that was skipped.
 */
function accountKeysSql(
  filter: { readonly keys: Filter; readonly op: Comparison; readonly count: number },
  holds: boolean,
  scope: Scope,
): string {
  if (scope.entity !== 'accounts') throw new PlanError('a condition on the keys of no account');
  const id = columnSql('account_id', scope);
  const inner = innerScope('keys', scope);
  const isRead = `${id} NOT IN (SELECT s.account_id FROM ${qualifiedTable('coverage')} s WHERE s.status IN ('FAILED', 'SKIPPED'))`;
  const owners = (where: string, having = '') =>
    `SELECT ${inner.alias}.account_id FROM ${qualifiedTable('keys')} ${inner.alias} WHERE ${where}${having}`;
  const such = filterSql(filter.keys, true, inner);
  if (filter.op === 'at least' && filter.count === 1) {
    if (holds) return `${id} IN (${owners(such)})`;
    const notNone = `NOT coalesce(${filterSql(filter.keys, false, inner)}, false)`;
    return `${id} NOT IN (${owners(notNone)}) AND ${isRead}`;
  }
  const sign = (holds ? comparisonSigns : opposites)[filter.op];
  const grouped = owners(
    such,
    ` GROUP BY ${inner.alias}.account_id HAVING count(*) ${sign} ${filter.count}`,
  );
  const withoutAny = compare(0, sign, filter.count);
  const found = withoutAny
    ? any([`${id} IN (${grouped})`, `${id} NOT IN (${owners(such)})`])
    : `${id} IN (${grouped})`;
  // "At least 5" stays true whatever was not read; "at most 5" may not.
  return sign === '>=' || sign === '>' ? found : `(${found}) AND ${isRead}`;
}

function compare(left: number, sign: string, right: number): boolean {
  if (sign === '>=') return left >= right;
  if (sign === '>') return left > right;
  if (sign === '<=') return left <= right;
  if (sign === '<') return left < right;
  return sign === '=' ? left === right : left !== right;
}

function oneOf(column: string, values: readonly string[], holds: boolean): string {
  const [first, ...rest] = values;
  if (first !== undefined && rest.length === 0) {
    return `${column} ${holds ? '=' : '<>'} ${literal(first)}`;
  }
  return `${column} ${holds ? 'IN' : 'NOT IN'} (${values.map(literal).join(', ')})`;
}

/** Conditions on plain columns of the scope's table, qualified. */
function qualified(condition: string, scope: Scope): string {
  const { columns } = entityTables[scope.entity].table;
  return condition.replace(/'[^']*'|[a-z_]+/g, (word) =>
    Object.hasOwn(columns, word) ? columnSql(word, scope) : word,
  );
}

/** A condition that does not hold of a column, which it also does not where there certainly is no value. */
function orNone(column: string, sql: string, holds: boolean, scope: Scope): string {
  const certain = holds ? undefined : noneIsCertain(scope.entity, column);
  return certain === undefined
    ? sql
    : any([all([`${columnSql(column, scope)} IS NULL`, qualified(certain, scope)]), sql]);
}

/** Under which conditions no concern can have been missed. */
const everyConcernKnown = (scope: Scope) => [
  columnSql('policy_readable', scope),
  `${columnSql('key_state', scope)} IS NOT NULL`,
];

const not = (holds: boolean, sql: string) => (holds ? sql : `NOT (${sql})`);

function factSql(fact: Fact, holds: boolean, scope: Scope): string {
  const at = (moment: Moment) => timestampLiteral(resolveMoment(moment, scope.asOf));
  switch (fact.is) {
    case 'value': {
      const column = definition(fact.column, scope);
      const sql = columnSql(fact.column, scope);
      if (column.type === 'array(varchar)') {
        return not(holds, any(fact.values.map((v) => `contains(${sql}, ${literal(v)})`)));
      }
      return orNone(fact.column, oneOf(sql, fact.values, holds), holds, scope);
    }
    case 'flag':
      return `${columnSql(fact.column, scope)} = ${holds}`;
    case 'present': {
      // A key has a first alias where it has any; only `aliases` tells none from unknown.
      const name = fact.column === 'alias' ? 'aliases' : fact.column;
      const column = definition(name, scope);
      const sql = columnSql(name, scope);
      if (column.type.startsWith('array') || column.type.startsWith('map')) {
        const sized = `cardinality(${sql}) ${holds ? '>' : '='} 0`;
        return !holds && name === 'concern_codes' && scope.entity === 'keys'
          ? all([sized, ...everyConcernKnown(scope)])
          : sized;
      }
      if (column.nullable && !isUnknownWhenNull(scope.entity, name)) {
        if (holds) return `${sql} IS NOT NULL`;
        const certain = noneIsCertain(scope.entity, name);
        return all([`${sql} IS NULL`, ...(certain ? [qualified(certain, scope)] : [])]);
      }
      return `${sql} ${holds ? '<>' : '='} ''`;
    }
    case 'number': {
      const sign = (holds ? comparisonSigns : opposites)[fact.op];
      if (fact.column === 'age_days') return `${ageSql(scope)} ${sign} ${fact.value}`;
      const sql = columnSql(fact.column, scope);
      if (!/^(array|map)/.test(definition(fact.column, scope).type)) {
        return `${sql} ${sign} ${fact.value}`;
      }
      const counted = `cardinality(${sql}) ${sign} ${fact.value}`;
      // There may be more concerns than were found, never fewer.
      const bounded = fact.column === 'concern_codes' && !sign.startsWith('>');
      return bounded ? all([counted, ...everyConcernKnown(scope)]) : counted;
    }
    case 'time': {
      const sql = columnSql(fact.column, scope);
      const from = fact.from ? [`${sql} ${holds ? '>=' : '<'} ${at(fact.from)}`] : [];
      const to = fact.to ? [`${sql} ${holds ? '<' : '>='} ${at(fact.to)}`] : [];
      return holds
        ? all([...from, ...to])
        : orNone(fact.column, any([...from, ...to]), holds, scope);
    }
    case 'unused':
      return unusedSql(fact, holds, scope);
    case 'used': {
      const status = columnSql('usage_status', scope);
      const last = columnSql('last_used_at', scope);
      const from = at(fact.from);
      if (holds) {
        const until = fact.to ? [`${last} < ${at(fact.to)}`] : [];
        return [`${status} = 'USED'`, `${last} >= ${from}`, ...until].join(' AND ');
      }
      const tracked = columnSql('usage_tracked_since', scope);
      return `(${status} = 'USED' AND ${last} < ${from}) OR ${status} = 'NEVER_USED' OR (${status} = 'NO_RECORD' AND ${tracked} <= ${from})`;
    }
    case 'tag': {
      const tags = columnSql('tags', scope);
      const value = `element_at(${tags}, ${literal(fact.key)})`;
      if (holds) {
        return fact.value === null ? `${value} IS NOT NULL` : `${value} = ${literal(fact.value)}`;
      }
      const lacking = fact.value === null ? [] : [`${value} <> ${literal(fact.value)}`];
      return all([`${tags} IS NOT NULL`, any([`${value} IS NULL`, ...lacking])]);
    }
    case 'concern': {
      if (scope.entity === 'concerns') {
        return oneOf(columnSql('code', scope), fact.codes, holds);
      }
      const codes = columnSql('concern_codes', scope);
      const found = any(fact.codes.map((c) => `contains(${codes}, ${literal(c)})`));
      if (holds) return found;
      const certain = absenceIsCertain(fact.codes).map((c) => qualified(c, scope));
      return all([...certain, `NOT ${found}`]);
    }
    case 'severity': {
      if (scope.entity === 'concerns') {
        return oneOf(columnSql('severity', scope), fact.severities, holds);
      }
      const inner = innerScope('concerns', scope);
      const rows = `SELECT ${inner.alias}.key_arn FROM ${qualifiedTable('concerns')} ${inner.alias} WHERE ${all([oneOf(`${inner.alias}.severity`, fact.severities, true), ...(fact.codes ? [oneOf(`${inner.alias}.code`, fact.codes, true)] : [])])}`;
      return holds
        ? `${columnSql('key_arn', scope)} IN (${rows})`
        : `${columnSql('policy_readable', scope)} AND ${columnSql('key_state', scope)} IS NOT NULL AND ${columnSql('key_arn', scope)} NOT IN (${rows})`;
    }
    case 'grants': {
      const sign = (holds ? comparisonSigns : opposites)[fact.op];
      const inner = innerScope('permissions', scope);
      const counted = (having: string) =>
        `SELECT ${inner.alias}.key_arn FROM ${qualifiedTable('permissions')} ${inner.alias} WHERE ${inner.alias}.source = 'GRANT' GROUP BY ${inner.alias}.key_arn HAVING count(DISTINCT ${inner.alias}.grant_id) ${having}`;
      const arn = columnSql('key_arn', scope);
      if (!compare(0, sign, fact.value)) return `${arn} IN (${counted(`${sign} ${fact.value}`)})`;
      // A key without any is in no row, and where nothing could be read there is none to see.
      const against = (holds ? opposites : comparisonSigns)[fact.op];
      return `${columnSql('policy_readable', scope)} AND ${arn} NOT IN (${counted(`${against} ${fact.value}`)})`;
    }
    case 'access': {
      if (scope.entity === 'permissions') return not(holds, permissionSql(fact.test, scope));
      const inner = innerScope('permissions', scope);
      const rows = `SELECT ${inner.alias}.key_arn FROM ${qualifiedTable('permissions')} ${inner.alias} WHERE ${permissionSql(fact.test, inner)}`;
      return holds
        ? `${columnSql('key_arn', scope)} IN (${rows})`
        : `${columnSql('policy_readable', scope)} AND ${columnSql('key_arn', scope)} NOT IN (${rows})`;
    }
    case 'event': {
      if (scope.entity === 'usage') return not(holds, eventSql(fact.test, scope));
      const inner = innerScope('usage', scope);
      const rows = `SELECT ${inner.alias}.key_arn FROM ${qualifiedTable('usage')} ${inner.alias} WHERE ${eventSql(fact.test, inner, !holds)}`;
      return `${columnSql('key_arn', scope)} ${holds ? 'IN' : 'NOT IN'} (${rows})`;
    }
    case 'key': {
      if (fact.by !== 'alias') return oneOf(columnSql(fact.by, scope), fact.values, holds);
      if (scope.entity !== 'keys') return filterSql({ key: fact }, holds, scope);
      const aliases = columnSql('aliases', scope);
      return not(holds, any(fact.values.map((v) => `contains(${aliases}, ${literal(v)})`)));
    }
    case 'ou':
      return not(holds, underSql(columnSql('ou_path', scope), fact.paths));
    case 'contains': {
      return containsSql(fact, holds, scope);
    }
  }
}

/** A text in a column, or in one of the aliases, regardless of the case of letters. */
function containsSql(
  fact: Extract<Fact, { is: 'contains' }>,
  holds: boolean,
  scope: Scope,
): string {
  const text = literal(fact.text.toLowerCase());
  const test = (value: string) => {
    if (fact.at === 'start') return `starts_with(lower(${value}), ${text})`;
    // Trino counts characters where JavaScript counts units of UTF-16.
    if (fact.at === 'end')
      return `substr(lower(${value}), -${[...fact.text.toLowerCase()].length}) = ${text}`;
    return `strpos(lower(${value}), ${text}) > 0`;
  };
  const array = definition(fact.column, scope).type === 'array(varchar)';
  const sql = columnSql(fact.column, scope);
  return not(holds, array ? `any_match(${sql}, x -> ${test('x')})` : test(sql));
}

/** The age of a key in whole days at the as-of time. */
export function ageSql(scope: Scope): string {
  return `date_diff('day', ${columnSql('created_at', scope)}, ${timestampLiteral(scope.asOf)})`;
}

function unusedSql(fact: Extract<Fact, { is: 'unused' }>, holds: boolean, scope: Scope): string {
  const status = columnSql('usage_status', scope);
  const days = 'ago' in fact.since ? wholeDays(fact.since.ago) : null;
  if (days !== null) {
    const unused = columnSql('days_unused', scope);
    if (holds) return `${unused} ${fact.longer ? '>' : '>='} ${days}`;
    // Of a NO_RECORD key days_unused is only the least it can be, so it is never certainly fewer.
    return `${unused} ${fact.longer ? '<=' : '<'} ${days} AND ${status} IN ('USED', 'NEVER_USED')`;
  }
  const since = timestampLiteral(resolveMoment(fact.since, scope.asOf));
  const before = fact.longer ? '<' : '<=';
  const last = columnSql('last_used_at', scope);
  const created = columnSql('created_at', scope);
  if (!holds) {
    const after = fact.longer ? '>=' : '>';
    return `(${status} = 'USED' AND ${last} ${after} ${since}) OR (${status} = 'NEVER_USED' AND ${created} ${after} ${since})`;
  }
  const tracked = columnSql('usage_tracked_since', scope);
  return [
    `(${status} = 'USED' AND ${last} ${before} ${since})`,
    `(${status} = 'NEVER_USED' AND ${created} ${before} ${since})`,
    `(${status} = 'NO_RECORD' AND ${tracked} ${before} ${since})`,
  ].join(' OR ');
}

/** An effective Allow that meets the test. */
function permissionSql(test: PermissionTest, scope: Scope): string {
  const column = (name: string) => columnSql(name, scope);
  const parts = test.denied
    ? [`${column('effect')} = 'Deny'`]
    : [`${column('effect')} = 'Allow'`, column('is_effective')];
  if (test.trust) parts.push(oneOf(column('trust'), test.trust, true));
  if (test.types) parts.push(oneOf(column('principal_type'), test.types, true));
  if (test.source) parts.push(oneOf(column('source'), test.source, true));
  if (test.levels) {
    parts.push(any(test.levels.map((l) => `contains(${column('access_levels')}, ${literal(l)})`)));
  }
  if (test.otherAccount) {
    parts.push(
      `${column('principal_account')} <> ${column('account_id')}`,
      oneOf(column('trust'), ['ORGANIZATION', 'EXTERNAL'], true),
    );
  }
  if (test.actions) {
    parts.push(any(test.actions.map((a) => `contains(${column('actions')}, ${literal(a)})`)));
  }
  if (test.restrictedBy) {
    parts.push(
      any(test.restrictedBy.map((k) => `contains(${column('restricted_by')}, ${literal(k)})`)),
    );
  }
  if (test.unconditional) parts.push(`${column('condition_json')} IS NULL`);
  if (test.grantee) {
    parts.push(granteeSql(test.grantee, column));
  }
  if (test.unit) parts.push(inUnitsSql(column('principal_account'), test.unit, scope));
  if (test.beside) parts.push(besideSql(test.beside, scope));
  for (const other of test.butNot ?? []) {
    // Services and anyone have no account, and so are none of one.
    const of = granteeSql(other, column);
    parts.push('account' in other ? `NOT coalesce(${of}, false)` : `NOT ${of}`);
  }
  return parts.join(' AND ');
}

/** That the principal of a permission has another one of these levels on the same key, by whatever statement. */
function besideSql({ levels, holds }: NonNullable<PermissionTest['beside']>, scope: Scope): string {
  const { alias } = innerScope('permissions', scope);
  const both = (of: string) => `concat(${of}.principal, ' ', ${of}.key_arn)`;
  const such = any(levels.map((l) => `contains(${alias}.access_levels, ${literal(l)})`));
  const others = `SELECT ${both(alias)} FROM ${qualifiedTable('permissions')} ${alias} WHERE ${alias}.effect = 'Allow' AND ${alias}.is_effective AND ${such}`;
  return `${holds ? '' : 'NOT '}concat(${columnSql('principal', scope)}, ' ', ${columnSql('key_arn', scope)}) IN (${others})`;
}

/** That an account is in one of these organizational units or below it. */
function inUnitsSql(account: string, paths: readonly string[], scope: Scope): string {
  const { alias } = innerScope('accounts', scope);
  return `${account} IN (SELECT ${alias}.account_id FROM ${qualifiedTable('accounts')} ${alias} WHERE ${underSql(`${alias}.ou_path`, paths)})`;
}

export const underSql = (path: string, units: readonly string[]) =>
  any(units.map((u) => `${path} = ${literal(u)} OR starts_with(${path}, ${literal(`${u}/`)})`));

function granteeSql(grantee: Grantee, column: (name: string) => string): string {
  if ('account' in grantee) return oneOf(column('principal_account'), [grantee.account], true);
  if ('principals' in grantee) return oneOf(column('principal'), grantee.principals, true);
  const name = grantee.name.replaceAll(
    /[^\w]/g,
    (sign) => `[${sign === '^' || sign === '\\' || sign === ']' ? '\\' : ''}${sign}]`,
  );
  return `regexp_like(${column('principal')}, ${literal(`:${grantee.kind}/(.*/)?${name}$`)})`;
}

/**
 * The condition that an event is one of these; with `possibly`, that it may be one, or hide one: who did it
 * may not be recorded, and only the latest event of its kind is.
 */
function eventSql(test: UsageTest, scope: Scope, possibly = false): string {
  const column = (name: string) => columnSql(name, scope);
  const parts = [oneOf(column('category'), [test.category], true)];
  if (test.operations) parts.push(oneOf(column('operation'), test.operations, true));
  if (test.callers) {
    const { named, roles } = callersByKind(test.callers);
    parts.push(
      any([
        ...(named.length > 0
          ? [oneOf(column('username'), named, true), oneOf(column('principal_arn'), named, true)]
          : []),
        ...roles.map((role) => `${sessionOf(role, column('principal_arn'))} > 0`),
      ]),
    );
  }
  if (test.callerAccount) parts.push(oneOf(column('caller_account'), [test.callerAccount], true));
  if (test.callerUnit) parts.push(inUnitsSql(column('caller_account'), test.callerUnit, scope));
  if (test.callerFrom === 'OTHER_ACCOUNT') {
    parts.push(`${column('caller_account')} <> ${column('account_id')}`);
  }
  if (test.callerFrom === 'EXTERNAL') {
    const { alias } = innerScope('accounts', scope);
    parts.push(
      `${column('caller_account')} NOT IN (SELECT ${alias}.account_id FROM ${qualifiedTable('accounts')} ${alias})`,
    );
  }
  if (test.identityTypes) {
    parts.push(oneOf(column('user_identity_type'), test.identityTypes, true));
  }
  if (test.addresses) parts.push(oneOf(column('source_ip'), test.addresses, true));
  if (test.resource) {
    parts.push(
      `strpos(lower(${column('resource_arn')}), ${literal(test.resource.toLowerCase())}) > 0`,
    );
  }
  if (test.eventIds) parts.push(oneOf(column('event_id'), test.eventIds, true));
  if (test.services) parts.push(oneOf(column('via_service'), test.services, true));
  if (test.direct) {
    parts.push(`${column('via_service')} IS NULL`);
    // A source that records no caller tells nothing of how it was called either.
    if (!possibly) {
      parts.push(`(${column('username')} IS NOT NULL OR ${column('principal_arn')} IS NOT NULL)`);
    }
  }
  if (test.butNot) parts.push(...othersSql(test.butNot, column, possibly));
  if (test.from) {
    const from = timestampLiteral(resolveMoment(test.from, scope.asOf));
    parts.push(`${column('last_event_at')} >= ${from}`);
  }
  if (test.to && !possibly) {
    const to = timestampLiteral(resolveMoment(test.to, scope.asOf));
    parts.push(`${column('last_event_at')} < ${to}`);
  }
  return parts.join(' AND ');
}

/** Callers by name or ARN, and roles by the names behind `role/`. */
function callersByKind(callers: readonly string[]) {
  const isRole = (caller: string) => caller.startsWith('role/');
  return {
    named: callers.filter((c) => !isRole(c)),
    roles: callers.filter(isRole).map((c) => c.slice('role/'.length)),
  };
}

/** Where the ARN of a caller says that it is a session of this role; 0 where it does not. */
const sessionOf = (role: string, arn: string) =>
  `strpos(${arn}, ${literal(`:assumed-role/${role}/`)})`;

/** That it was none of these. A source that records no caller tells nothing of who it was. */
function othersSql(
  { callers, callerAccount, services, addresses }: NonNullable<UsageTest['butNot']>,
  column: (name: string) => string,
  possibly: boolean,
): readonly string[] {
  const none = (name: string, values: readonly string[]) =>
    oneOf(`coalesce(${column(name)}, '')`, values, false);
  const noneOfCallers = (these: readonly string[]) => {
    const { named, roles } = callersByKind(these);
    return [
      ...(named.length > 0 ? [none('username', named), none('principal_arn', named)] : []),
      ...roles.map((role) => `coalesce(${sessionOf(role, column('principal_arn'))}, 0) = 0`),
    ];
  };
  const recorded = (...names: readonly string[]) =>
    possibly ? [] : [any(names.map((name) => `${column(name)} IS NOT NULL`))];
  return [
    ...(callers ? [...recorded('username', 'principal_arn'), ...noneOfCallers(callers)] : []),
    ...(callerAccount
      ? [...recorded('caller_account'), none('caller_account', [callerAccount])]
      : []),
    // A direct call names no service, but whoever called.
    ...(services
      ? [...recorded('via_service', 'username', 'principal_arn'), none('via_service', services)]
      : []),
    ...(addresses ? [...recorded('source_ip'), none('source_ip', addresses)] : []),
  ];
}

/** What is measured of each row: a column, or the age of the key. */
export function measuredSql(column: string, scope: Scope): string {
  if (column === 'yearly_cost_usd') return `12 * ${columnSql('monthly_cost_usd', scope)}`;
  if (column === 'age_years') return `${ageSql(scope)} / 365.25e0`;
  if (column === 'alias_count') return `cardinality(${columnSql('aliases', scope)})`;
  if (column === 'tag_count') return `cardinality(${columnSql('tags', scope)})`;
  return column === 'age_days' ? ageSql(scope) : columnSql(column, scope);
}
