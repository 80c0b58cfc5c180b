import { severities } from '../../../../collector/schema/enums.ts';
import { columnOf, entityTables, isSeverity, qualifiedTable } from './entity-tables.ts';
import {
  columnSql,
  comparisonSigns,
  filterSql,
  innerScope,
  literal,
  measuredSql,
  outerScope,
  PlanError,
  type Scope,
  underSql,
} from './filter-to-sql.ts';
import { baseColumn, costBeside } from './measured.ts';
import {
  type CalendarUnit,
  conditionsOf,
  type Dimension,
  type Entity,
  everything,
  type Fact,
  type Filter,
  factsOf,
  type Measure,
  type Plan,
} from './plan.ts';

/** The column that holds the value of a group or the one number, by measure. */
export function valueColumn(plan: Plan): string {
  const { measure } = plan;
  switch (measure.kind) {
    case 'list':
      throw new PlanError('a list has no value');
    case 'count':
      return measure.keys || plan.entity === 'keys' ? 'key_count' : `${plan.entity}_count`;
    case 'share':
    case 'part':
      return 'percentage';
    case 'distinct':
      return `different_${measure.column}`;
    case 'mean':
      if (measure.weight) return `average_total_${measure.weight}`;
      return plan.entity === 'keys' ? 'average_key_count' : `average_${plan.entity}_count`;
    case 'sum':
      return `total_${measure.column}`;
    case 'avg':
      return `average_${measure.column}`;
    case 'min':
      return `lowest_${measure.column}`;
    case 'max':
      return `highest_${measure.column}`;
  }
}

/** The result columns that name a group. */
export function groupColumns(plan: Plan): readonly string[] {
  const scope = outerScope(plan.entity, new Date(0));
  return plan.groupBy.flatMap((d) => dimensionParts(d, scope, plan.filter)).map((p) => p.name);
}

/** The SQL of a plan, for Trino. Throws {@link PlanError} on a plan the contract does not allow. */
export function planToSql(plan: Plan, asOf: Date): string {
  const scope = outerScope(plan.entity, asOf);
  if (costBeside(plan) && plan.entity !== 'keys') throw new PlanError('only keys have a cost');
  return plan.measure.kind === 'list' ? listSql(plan, scope) : valueSql(plan, scope);
}

function whereClause(filter: Filter, scope: Scope): string {
  const sql = filterSql(filter, true, scope);
  return sql === 'true' ? '' : `\nWHERE ${sql}`;
}

const fromClause = (scope: Scope) => `FROM ${qualifiedTable(scope.entity)} ${scope.alias}`;

/** The alias of the table from which the names of a row are borrowed. */
const NAMES = 'n';

/** A column of the rows, or one of the names borrowed for them. */
const listedSql = (column: string, scope: Scope): string =>
  entityTables[scope.entity].borrowed?.columns.includes(column)
    ? `${NAMES}.${column}`
    : columnSql(column, scope);

/** Joins the table that has these columns, where the rows have them not themselves. */
function borrowing(columns: readonly string[], scope: Scope): string {
  const { borrowed } = entityTables[scope.entity];
  return borrowed &&
    [...borrowed.columns, ...(borrowed.from === 'keys' ? ['tags'] : [])].some((c) =>
      columns.includes(c),
    )
    ? ` LEFT JOIN ${qualifiedTable(borrowed.from)} ${NAMES} ON ${NAMES}.${borrowed.on} = ${scope.alias}.${borrowed.on}`
    : '';
}

/** The columns that let a reader check the conditions of a list. */
export function columnsFor(fact: Fact): readonly string[] {
  switch (fact.is) {
    case 'value':
    case 'flag':
    case 'present':
    case 'time':
    case 'contains':
      return [fact.column];
    case 'number':
      return [fact.column === 'age_days' ? 'created_at' : fact.column];
    case 'unused':
      return ['last_used_at', 'usage_status', 'days_unused'];
    case 'used':
      return ['last_used_at', 'usage_status'];
    case 'tag':
      return ['tags'];
    case 'concern':
      return ['concern_codes'];
    case 'severity':
      return ['max_severity', 'concern_codes'];
    case 'ou':
      return ['ou_path'];
    case 'event':
      return ['last_used_at', 'usage_status'];
    case 'grants':
      return ['policy_readable'];
    case 'access':
      return fact.test.source?.join() === 'GRANT' ? ['grant_id'] : [];
    case 'key':
      return [];
  }
}

/** The columns of a list: the usual ones, those asked for, those of the conditions and the order. */
export function listedColumns(plan: Plan): readonly string[] {
  const own = (name: string) => columnOf(plan.entity, name) !== undefined;
  const show = plan.measure.kind === 'list' ? plan.measure.show : [];
  const order = plan.orderBy ? [baseColumn(plan.orderBy.by)] : [];
  const groups = plan.groupBy.flatMap((d) => ('column' in d ? [d.column] : []));
  const extra = [...groups, ...show, ...order, ...factsOf(plan.filter).flatMap(columnsFor)].filter(
    own,
  );
  return [...new Set([...entityTables[plan.entity].listed, ...extra])];
}

function listSql(plan: Plan, scope: Scope): string {
  const columns = listedColumns(plan);
  const filter = filterSql(plan.filter, true, scope);
  const { orderBy } = plan;
  const conditions = filter === 'true' ? [] : [filter];
  if (plan.groupBy.length > 0) conditions.push(firstOfEach(plan, scope));
  else if (plan.limit === 'ties' && orderBy) {
    const extreme = orderBy.direction === 'desc' ? 'max' : 'min';
    const column = orderBy.by === 'age_days' ? 'created_at' : orderBy.by;
    const turned = orderBy.by === 'age_days' ? (extreme === 'max' ? 'min' : 'max') : extreme;
    const value = rankSql(column, scope) ?? measuredSql(column, scope);
    conditions.push(
      `${value} = (SELECT ${turned}(${value}) ${fromClause(scope)}${whereClause(plan.filter, scope)})`,
    );
  }
  const where =
    conditions.length === 0
      ? ''
      : `\nWHERE ${conditions.length === 1 ? conditions[0] : conditions.map((c) => `(${c})`).join(' AND ')}`;
  return [
    `SELECT ${columns.map((c) => listedSql(c, scope)).join(', ')}`,
    `${fromClause(scope)}${borrowing(columns, scope)}${where}`,
    `ORDER BY ${listOrder(plan, scope).join(', ')}`,
    ...(typeof plan.limit === 'number' ? [`LIMIT ${plan.limit}`] : []),
  ].join('\n');
}

/**
 * That a key is the first in the order of its group, or shares that place. Throws {@link PlanError} for any
 * list by groups but that of keys, by where they are.
 */
function firstOfEach(plan: Plan, scope: Scope): string {
  const { entity, orderBy, groupBy, limit } = plan;
  const columns = groupBy.flatMap((d) => ('column' in d && !('by' in d) ? [d.column] : []));
  const placed = columns.every((c) => ['account_id', 'region', 'ou_path'].includes(c));
  if (
    entity !== 'keys' ||
    !orderBy ||
    limit !== 'ties' ||
    columns.length < groupBy.length ||
    !placed
  )
    throw new PlanError('a list by groups is of the first keys in each account, Region or unit');
  const inner = innerScope('keys', scope);
  const within = columns.map((c) => columnSql(c, inner)).join(', ');
  const value = rankSql(orderBy.by, inner) ?? measuredSql(orderBy.by, inner);
  const where = [filterSql(plan.filter, true, inner), `${value} IS NOT NULL`].filter(
    (w) => w !== 'true',
  );
  const ranked = `SELECT ${columnSql('key_arn', inner)}, rank() OVER (PARTITION BY ${within} ORDER BY ${value} ${orderBy.direction.toUpperCase()}) AS place FROM ${qualifiedTable('keys')} ${inner.alias} WHERE ${where.map((w) => `(${w})`).join(' AND ')}`;
  return `${columnSql('key_arn', scope)} IN (SELECT ranked.key_arn FROM (${ranked}) AS ranked WHERE ranked.place = 1)`;
}

/** The order asked for, or a sensible one, made total by the key of the table. */
function listOrder(plan: Plan, scope: Scope): readonly string[] {
  const asked = plan.orderBy ?? usualOrder(plan);
  const groups = plan.groupBy.flatMap((d) => ('column' in d ? [columnSql(d.column, scope)] : []));
  const total = entityTables[plan.entity].table.sortBy.filter((c) => c !== asked?.by);
  const ties = total.map((c) => {
    const nullable = columnOf(plan.entity, c)?.nullable;
    return `${columnSql(c, scope)}${nullable ? ' NULLS FIRST' : ''}`;
  });
  return asked ? [...groups, orderTerm(asked.by, asked.direction, scope), ...ties] : ties;
}

function usualOrder(plan: Plan): Plan['orderBy'] {
  if (plan.entity === 'usage') return { by: 'last_event_at', direction: 'desc' };
  if (plan.entity === 'concerns') return { by: 'severity', direction: 'desc' };
  if (plan.entity !== 'keys') return null;
  const facts = factsOf(plan.filter);
  return facts.some((f) => f.is === 'unused') ? { by: 'days_unused', direction: 'desc' } : null;
}

/** Severities by their rank, the most severe the highest; null for any other column. */
function rankSql(column: string, scope: Scope): string | null {
  if (!isSeverity(scope.entity, column)) return null;
  const ranks = severities.map((s, i) => `WHEN ${literal(s.value)} THEN ${severities.length - i}`);
  return `CASE ${columnSql(column, scope)} ${ranks.join(' ')} ELSE 0 END`;
}

function orderTerm(by: string, direction: 'asc' | 'desc', scope: Scope): string {
  const rank = rankSql(by, scope);
  if (rank) return `${rank} ${direction.toUpperCase()}`;
  return `${measuredSql(by, scope)} ${direction.toUpperCase()} NULLS LAST`;
}

interface DimensionPart {
  readonly name: string;
  readonly sql: string;
}

function dimensionParts(
  dimension: Dimension,
  scope: Scope,
  filter: Filter,
): readonly DimensionPart[] {
  if ('named' in dimension) {
    const sql = listedSql(dimension.column, scope);
    const groups = [...namedUnits(filter)];
    const cases = groups.map(
      ([label, paths]) => `WHEN ${underSql(sql, paths)} THEN ${literal(label)}`,
    );
    return [
      { name: dimension.column, sql: groups.length > 1 ? `CASE ${cases.join(' ')} END` : sql },
    ];
  }
  if ('tag' in dimension) {
    // Rows about a key have its tags with its names.
    const tags = entityTables[scope.entity].ofKey ? `${NAMES}.tags` : columnSql('tags', scope);
    const values = [dimension.tag, ...(dimension.also ?? [])].map(
      (key) => `element_at(${tags}, ${literal(key)})`,
    );
    const sql = values.length > 1 ? `coalesce(${values.join(', ')})` : values.join('');
    const safe = dimension.tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
    return [{ name: `tag_${safe.slice(0, 40)}`, sql }];
  }
  const sql = listedSql(dimension.column, scope);
  if ('by' in dimension) {
    const base = dimension.column.replace(/_at$/, '');
    return [{ name: `${base}_${dimension.by}`, sql: calendarSql(dimension.by, sql) }];
  }
  const own = { name: dimension.column, sql };
  const names = namesOf(dimension.column, scope.entity);
  return [own, ...names.map((name) => ({ name, sql: listedSql(name, scope) }))];
}

/** The units that a filter names, by what they are called: their path, or the name that several have. */
function namedUnits(filter: Filter): ReadonlyMap<string, readonly string[]> {
  const paths = conditionsOf(filter).flatMap((f) => ('is' in f && f.is === 'ou' ? f.paths : []));
  // Of a unit and one in it, each account belongs to the lower one only.
  if (paths.some((a) => paths.some((b) => b.startsWith(`${a}/`)))) return new Map();
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const name = path.split('/').at(-1) ?? path;
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  // "Data platform/Prod against Workloads/Prod" tells them apart.
  if (byName.size < 2) return new Map(paths.map((path) => [path, [path]]));
  return new Map([...byName].map(([name, all]) => [all.length > 1 ? name : (all[0] ?? name), all]));
}

/** The names that go with an id. */
function namesOf(column: string, entity: Entity): readonly string[] {
  const borrowed = entityTables[entity].borrowed?.columns ?? [];
  const known = (name: string) => borrowed.includes(name) || columnOf(entity, name) !== undefined;
  if (column === 'key_arn') {
    return ['key_id', 'alias', 'account_id', 'account_name', 'region'].filter(known);
  }
  return column === 'account_id' ? ['account_name'].filter(known) : [];
}

/** The year as a number, quarter and month as text such as 2026-Q4 and 2026-11; all in the order of time. */
function calendarSql(by: CalendarUnit, sql: string): string {
  switch (by) {
    case 'year':
      return `year(${sql})`;
    case 'quarter':
      return `concat(CAST(year(${sql}) AS varchar), '-Q', CAST(quarter(${sql}) AS varchar))`;
    case 'month':
      return `substr(CAST(${sql} AS varchar), 1, 7)`;
  }
}

function valueSql(plan: Plan, scope: Scope): string {
  const dimensions = plan.groupBy.flatMap((d) => dimensionParts(d, scope, plan.filter));
  const value = valueColumn(plan);
  const grouped = groupedSql(plan, scope, dimensions, value);
  if (dimensions.length === 0) return grouped.select;
  const having = [...grouped.having];
  if (plan.limit === 'ties' && plan.orderBy) {
    const extreme = plan.orderBy.direction === 'desc' ? 'max' : 'min';
    const inner = [grouped.select, ...havingClause(having)].join('\n');
    having.push(
      `${grouped.value} = (SELECT ${extreme}(best.${value}) FROM (\n${inner}\n) AS best)`,
    );
  }
  return [
    grouped.select,
    ...havingClause(having),
    `ORDER BY ${groupOrder(plan, dimensions, value).join(', ')}`,
    ...(typeof plan.limit === 'number' ? [`LIMIT ${plan.limit}`] : []),
  ].join('\n');
}

const havingClause = (conditions: readonly string[]) =>
  conditions.length === 0 ? [] : [`HAVING ${conditions.join(' AND ')}`];

/** What the value of a group is compared with. */
const bound = ({ having }: Plan, value: string): readonly string[] =>
  having ? [`${value} ${comparisonSigns[having.op]} ${having.value}`] : [];

interface Grouped {
  readonly select: string;
  readonly value: string;
  readonly having: readonly string[];
}

function groupedSql(
  plan: Plan,
  scope: Scope,
  dimensions: readonly DimensionPart[],
  value: string,
): Grouped {
  const { measure } = plan;
  const shared = measure.kind === 'share';
  const names = dimensions.map((d) => (shared ? `judged.${d.name}` : `${d.sql} AS ${d.name}`));
  const groups = dimensions.map((d) => (shared ? `judged.${d.name}` : d.sql));
  const groupBy = groups.length > 0 ? `\nGROUP BY ${groups.join(', ')}` : '';
  const where = whereClause(plan.filter, scope);
  const tagged = plan.groupBy.some((d) => 'tag' in d);
  const borrowed = borrowing(
    [...dimensions.map((d) => d.name), ...(tagged ? ['tags'] : [])],
    scope,
  );
  const from = `${fromClause(scope)}${borrowed}`;
  if (measure.kind === 'part') return partsSql(plan, scope, names, `${from}${where}${groupBy}`);
  const exact = !shared
    ? aggregateSql(plan, scope)
    : measure.weight
      ? '100.0e0 * sum(CASE WHEN judged.matching = 1 THEN judged.weight ELSE 0.0e0 END) / nullif(sum(judged.weight), 0.0e0)'
      : 'avg(CASE WHEN judged.matching = 1 THEN 100.0e0 ELSE 0.0e0 END)';
  const sql = shared ? `round(${exact}, 1)` : exact;
  const beside = costBeside(plan);
  // A share that only rounds to 100 is not all.
  const having = bound(plan, exact);
  if (!shared) {
    const values = [
      `${sql} AS ${value}`,
      ...(beside ? [`${aggregateSql(beside, scope)} AS ${valueColumn(beside)}`] : []),
    ];
    const select = `SELECT ${[...names, ...values].join(', ')}\n${from}${where}${groupBy}`;
    return { select, value: sql, having };
  }
  const holds = filterSql(measure.of, true, scope);
  const fails = filterSql(measure.of, false, scope);
  const judged = [
    ...dimensions.map((d) => `${d.sql} AS ${d.name}`),
    `CASE WHEN ${holds} THEN 1 ELSE 0 END AS matching`,
    `CASE WHEN ${fails} THEN 1 ELSE 0 END AS failing`,
    ...(measure.weight ? [`${columnSql(measure.weight, scope)} AS weight`] : []),
  ];
  const counts = [
    `${sql} AS ${value}`,
    'coalesce(sum(judged.matching), 0) AS matching',
    'coalesce(sum(judged.failing), 0) AS not_matching',
    'count(*) AS total',
  ];
  const select = `SELECT ${[...names, ...counts].join(', ')}\nFROM (\nSELECT ${judged.join(', ')}\n${from}${where}\n) AS judged${groupBy}`;
  return { select, value: sql, having };
}

/** What the parts are parts of, as a measure of its own. */
const amountOf = (amount: Extract<Measure, { kind: 'part' }>['amount']): Measure =>
  amount === 'monthly_cost_usd'
    ? { kind: 'sum', column: amount }
    : { kind: 'count', keys: amount === 'keys' };

/** The part of each group, in percent of the whole, beside the amount itself. */
function partsSql(plan: Plan, scope: Scope, names: readonly string[], from: string): Grouped {
  if (plan.measure.kind !== 'part' || plan.groupBy.length === 0)
    throw new PlanError('a part is that of a group');
  const of: Plan = { ...plan, measure: amountOf(plan.measure.amount) };
  const amount =
    of.measure.kind === 'sum'
      ? `sum(${columnSql(of.measure.column, scope)})`
      : aggregateSql(of, scope);
  const where = filterSql(plan.filter, true, scope);
  const whole = `(SELECT ${amount} ${fromClause(scope)}${where === 'true' ? '' : ` WHERE ${where}`})`;
  const exact = `100.0e0 * ${amount} / nullif(${whole}, 0)`;
  const value = `round(${exact}, 1)`;
  const columns = [
    ...names,
    `${value} AS ${valueColumn(plan)}`,
    `${aggregateSql(of, scope)} AS ${valueColumn(of)}`,
  ];
  const having = bound(plan, exact);
  return { select: `SELECT ${columns.join(', ')}\n${from}`, value, having };
}

function aggregateSql(plan: Plan, scope: Scope): string {
  const { measure } = plan;
  switch (measure.kind) {
    case 'count':
      return measure.keys && plan.entity !== 'keys'
        ? `count(DISTINCT ${columnSql('key_arn', scope)})`
        : 'count(*)';
    case 'distinct':
      return `count(DISTINCT ${columnSql(measure.column, scope)})`;
    case 'mean':
      if (measure.weight) {
        return `round(sum(${columnSql(measure.weight, scope)}) / nullif(count(DISTINCT ${columnSql(measure.per, scope)}), 0), 2)`;
      }
      return `round(1.0e0 * count(*) / nullif(count(DISTINCT ${columnSql(measure.per, scope)}), 0), 1)`;
    case 'sum':
      return `round(coalesce(sum(${measuredSql(measure.column, scope)}), 0), 2)`;
    case 'avg':
      return `round(avg(${measuredSql(measure.column, scope)}), ${columnOf(plan.entity, baseColumn(measure.column))?.role === 'money' ? 2 : 1})`;
    case 'min':
    case 'max':
      return `${measure.kind}(${measuredSql(measure.column, scope)})`;
    default:
      throw new PlanError(`${measure.kind} is no aggregate`);
  }
}

function groupOrder(
  plan: Plan,
  dimensions: readonly DimensionPart[],
  value: string,
): readonly string[] {
  const names = dimensions.map((d) => `${d.name} ASC NULLS LAST`);
  const chronological = plan.groupBy.some((d) => 'by' in d);
  if (!plan.orderBy) return chronological ? names : [`${value} DESC NULLS LAST`, ...names];
  const direction = plan.orderBy.direction.toUpperCase();
  if (plan.orderBy.by === 'value') return [`${value} ${direction} NULLS LAST`, ...names];
  const beside = costBeside(plan);
  if (beside && plan.orderBy.by === 'monthly_cost_usd') {
    return [`${valueColumn(beside)} ${direction} NULLS LAST`, ...names];
  }
  const column = dimensions.find((d) => d.name === plan.orderBy?.by);
  if (!column) throw new PlanError(`groups cannot be ordered by ${plan.orderBy.by}`);
  return [`${column.name} ${direction} NULLS LAST`, ...names];
}

/** The filter under which the rows of a plan can be listed, for follow-up questions. */
export function hasConditions(plan: Plan): boolean {
  return JSON.stringify(plan.filter) !== JSON.stringify(everything);
}
