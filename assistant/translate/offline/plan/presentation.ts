import type { Presentation } from '../../translator.ts';
import { columnOf, entityTables } from './entity-tables.ts';
import { columnLabel } from './filter-to-words.ts';
import { baseColumn, costBeside } from './measured.ts';
import {
  type Aggregate,
  type Entity,
  factsOf,
  isAggregate,
  isEverything,
  type Plan,
} from './plan.ts';
import { groupColumns, valueColumn } from './plan-to-sql.ts';

type Noun = Presentation['noun'];

/** What things are called in a presentation, in one language. */
export interface Names {
  readonly rows: (entity: Entity) => Noun;
  readonly grants: Noun;
  /** What one group is. */
  readonly group: (plan: Plan) => Noun;
  /** "Total monthly cost", "Average age". */
  readonly measure: (entity: Entity, measure: Aggregate) => string;
  /** "Number of different principals". */
  readonly different: (entity: Entity, column: string) => string;
  /** "Average number of keys per account". */
  readonly mean: (entity: Entity, per: string) => string;
  /** "Average total monthly cost per account". */
  readonly meanCost: (entity: Entity, per: string) => string;
  readonly dataCollected: string;
}

/** How the result of a plan is shown. `share` is what a percentage is of, in words. */
export function presentationOf(
  plan: Plan,
  share: string | null,
  names: Names = inEnglish,
): Presentation {
  const { measure } = plan;
  const noun = nounOf(plan, names);
  if (measure.kind === 'list') return { shape: 'list', noun };
  const unit = unitOf(plan);
  const label = share ?? labelOf(plan, names);
  const shown = {
    noun,
    value: valueColumn(plan),
    ...(unit ? { unit } : {}),
    ...(label ? { label } : {}),
    ...alsoOf(plan, names),
  };
  if (plan.groupBy.length === 0) return { shape: 'number', ...shown };
  const ranked = rankedOf(plan);
  const counted = measure.kind === 'count' && !isEverything(plan.filter);
  return {
    shape: 'group',
    groupBy: groupColumns(plan),
    groups: names.group(plan),
    ...(ranked ? { ranked } : {}),
    ...(counted ? { narrowed: true } : {}),
    ...shown,
  };
}

/** The cost beside a number of keys. */
function alsoOf(plan: Plan, names: Names): Pick<Presentation, 'also'> {
  const cost = costBeside(plan);
  const label = cost && labelOf(cost, names);
  return cost && label ? { also: { value: valueColumn(cost), unit: 'USD', label } } : {};
}

function nounOf(plan: Plan, names: Names): Noun {
  if (plan.measure.kind === 'count' && plan.measure.keys) return names.rows('keys');
  if (plan.measure.kind === 'part' && plan.measure.amount === 'keys') return names.rows('keys');
  const onlyGrants =
    plan.entity === 'permissions' &&
    factsOf(plan.filter).some((f) => f.is === 'access' && f.test.source?.join() === 'GRANT');
  return onlyGrants ? names.grants : names.rows(plan.entity);
}

function unitOf({ entity, measure }: Plan): Presentation['unit'] {
  if (measure.kind === 'share' || measure.kind === 'part') return 'percent';
  if (measure.kind === 'mean' && measure.weight) return 'USD';
  if (!isAggregate(measure)) return undefined;
  if (measure.column === 'age_days') return 'days';
  const role = columnOf(entity, baseColumn(measure.column))?.role;
  if (role === 'money') return 'USD';
  return role === 'days' || measure.column === 'rotation_period_days' ? 'days' : undefined;
}

function labelOf({ entity, measure }: Plan, names: Names): string | undefined {
  if (measure.kind === 'distinct') return names.different(entity, measure.column);
  if (measure.kind === 'mean') {
    return measure.weight ? names.meanCost(entity, measure.per) : names.mean(entity, measure.per);
  }
  if (!isAggregate(measure)) return undefined;
  if (entity === 'coverage' && measure.column === 'finished_at') {
    return measure.kind === 'max' ? names.dataCollected : undefined;
  }
  return names.measure(entity, measure);
}

function rankedOf({ orderBy, limit }: Plan): Presentation['ranked'] {
  if (orderBy?.by !== 'value') return undefined;
  return { end: orderBy.direction === 'desc' ? 'highest' : 'lowest', cut: limit !== null };
}

const aggregates = { sum: 'Total', avg: 'Average', min: 'Lowest', max: 'Highest' } as const;

const groupNouns: Readonly<Record<string, Noun>> = {
  region: { one: 'Region', many: 'Regions' },
  account_id: { one: 'account', many: 'accounts' },
  ou_path: { one: 'OU', many: 'OUs' },
  label: { one: 'kind of concern', many: 'kinds of concern' },
  severity: { one: 'severity', many: 'severities' },
  key_arn: { one: 'key', many: 'keys' },
  grant_id: { one: 'grant', many: 'grants' },
  via_service: { one: 'service', many: 'services' },
  caller_account: { one: 'calling account', many: 'calling accounts' },
};

function groupNoun({ entity, groupBy }: Plan): Noun {
  const [only, ...more] = groupBy;
  if (!only || more.length > 0) return { one: 'group', many: 'groups' };
  if ('tag' in only) {
    return { one: `value of tag ${only.tag}`, many: `values of tag ${only.tag}` };
  }
  if ('by' in only) return { one: only.by, many: `${only.by}s` };
  return { one: oneOf(entity, only.column), many: manyOf(entity, only.column) };
}

/** What one value of a column is called. */
export const oneOf = (entity: Entity, column: string): string =>
  groupNouns[column]?.one ?? columnLabel(entity, column);

/** What the values of a column are called, many of them. */
export const manyOf = (entity: Entity, column: string): string =>
  groupNouns[column]?.many ?? plural(columnLabel(entity, column));

const plural = (one: string) => one.replace(/y$/, 'ie').replace(/$/, 's');

const inEnglish: Names = {
  rows: (entity) => entityTables[entity].noun,
  grants: { one: 'grant', many: 'grants' },
  group: groupNoun,
  measure: (entity, { kind, column }) => `${aggregates[kind]} ${columnLabel(entity, column)}`,
  different: (entity, column) => `Number of different ${manyOf(entity, column)}`,
  mean: (entity, per) =>
    `Average number of ${entityTables[entity].noun.many} per ${columnLabel(entity, per)}`,
  meanCost: (entity, per) => `Average total monthly cost per ${columnLabel(entity, per)}`,
  dataCollected: 'Data collected',
};
