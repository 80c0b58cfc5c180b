import type { Presentation } from '../../translator.ts';
import { columnOf, entityTables } from './entity-tables.ts';
import { columnLabel } from './filter-to-words.ts';
import { factsOf, isEverything, type Plan } from './plan.ts';
import { groupColumns, valueColumn } from './plan-to-sql.ts';

type Noun = Presentation['noun'];

/** How the result of a plan is shown. `share` is what a percentage is of, in words. */
export function presentationOf(plan: Plan, share: string | null): Presentation {
  const { measure } = plan;
  const noun = nounOf(plan);
  if (measure.kind === 'list') return { shape: 'list', noun };
  const unit = unitOf(plan);
  const label = share ?? labelOf(plan);
  const shown = {
    noun,
    value: valueColumn(plan),
    ...(unit ? { unit } : {}),
    ...(label ? { label } : {}),
  };
  if (plan.groupBy.length === 0) return { shape: 'number', ...shown };
  const ranked = rankedOf(plan);
  const counted = measure.kind === 'count' && !isEverything(plan.filter);
  return {
    shape: 'group',
    groupBy: groupColumns(plan),
    groups: groupNoun(plan),
    ...(ranked ? { ranked } : {}),
    ...(counted ? { narrowed: true } : {}),
    ...shown,
  };
}

const grants: Noun = { one: 'grant', many: 'grants' };

function nounOf(plan: Plan): Noun {
  if (plan.measure.kind === 'count' && plan.measure.keys) return entityTables.keys.noun;
  const onlyGrants =
    plan.entity === 'permissions' &&
    factsOf(plan.filter).some((f) => f.is === 'access' && f.test.source?.join() === 'GRANT');
  return onlyGrants ? grants : entityTables[plan.entity].noun;
}

function unitOf({ entity, measure }: Plan): Presentation['unit'] {
  if (measure.kind === 'share') return 'percent';
  if (measure.kind === 'list' || measure.kind === 'count') return undefined;
  if (measure.column === 'age_days') return 'days';
  const role = columnOf(entity, measure.column)?.role;
  if (role === 'money') return 'USD';
  return role === 'days' || measure.column === 'rotation_period_days' ? 'days' : undefined;
}

const aggregates = { sum: 'Total', avg: 'Average', min: 'Lowest', max: 'Highest' } as const;

/** "Total monthly cost", "Average age", "Data collected". */
function labelOf({ entity, measure }: Plan): string | undefined {
  if (!('column' in measure)) return undefined;
  if (entity === 'coverage' && measure.column === 'finished_at') {
    return measure.kind === 'max' ? 'Data collected' : undefined;
  }
  return `${aggregates[measure.kind]} ${columnLabel(entity, measure.column)}`;
}

const groupNouns: Readonly<Record<string, Noun>> = {
  region: { one: 'Region', many: 'Regions' },
  account_id: { one: 'account', many: 'accounts' },
  ou_path: { one: 'OU', many: 'OUs' },
  label: { one: 'kind of concern', many: 'kinds of concern' },
  severity: { one: 'severity', many: 'severities' },
};

function groupNoun({ entity, groupBy }: Plan): Noun {
  const [only, ...more] = groupBy;
  if (!only || more.length > 0) return { one: 'group', many: 'groups' };
  if ('tag' in only) {
    return { one: `value of tag ${only.tag}`, many: `values of tag ${only.tag}` };
  }
  if ('by' in only) return { one: only.by, many: `${only.by}s` };
  const one = columnLabel(entity, only.column);
  return groupNouns[only.column] ?? { one, many: one.replace(/y$/, 'ie').replace(/$/, 's') };
}

function rankedOf({ orderBy, limit }: Plan): Presentation['ranked'] {
  if (orderBy?.by !== 'value') return undefined;
  return { end: orderBy.direction === 'desc' ? 'highest' : 'lowest', cut: limit !== null };
}
