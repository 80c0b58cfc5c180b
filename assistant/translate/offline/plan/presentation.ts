import type { Presentation } from '../../translator.ts';
import { columnOf, entityTables } from './entity-tables.ts';
import type { Plan } from './plan.ts';
import { groupColumns, valueColumn } from './plan-to-sql.ts';

/** How the result of a plan is shown. */
export function presentationOf(plan: Plan): Presentation {
  const { measure } = plan;
  const countsKeys = measure.kind === 'count' && measure.keys;
  const noun = entityTables[countsKeys ? 'keys' : plan.entity].noun;
  if (measure.kind === 'list') return { shape: 'list', noun };
  const unit = unitOf(plan);
  const shown = { noun, value: valueColumn(plan), ...(unit ? { unit } : {}) };
  return plan.groupBy.length > 0
    ? { shape: 'group', groupBy: groupColumns(plan), ...shown }
    : { shape: 'number', ...shown };
}

function unitOf({ entity, measure }: Plan): Presentation['unit'] {
  if (measure.kind === 'share') return 'percent';
  if (measure.kind === 'list' || measure.kind === 'count') return undefined;
  if (measure.column === 'age_days') return 'days';
  const role = columnOf(entity, measure.column)?.role;
  if (role === 'money') return 'USD';
  return role === 'days' || measure.column === 'rotation_period_days' ? 'days' : undefined;
}
