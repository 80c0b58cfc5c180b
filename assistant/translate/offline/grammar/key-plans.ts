import { type Filter, listOf, type Measure, type Plan } from '../plan/plan.ts';

/** How many keys. */
export const count: Measure = { kind: 'count', keys: true };
const detailColumns = [
  'key_arn',
  'key_manager',
  'key_state',
  'key_spec',
  'key_usage',
  'rotation_enabled',
  'created_at',
  'last_used_at',
  'usage_status',
  'concern_codes',
  'tags',
];

/** A list of keys; of particular keys with nothing else asked for, what is worth knowing of them. */
export function list(filter: Filter, show: readonly string[]): Plan {
  const particular = 'is' in filter && filter.is === 'key';
  const columns = particular && show.length === 0 ? detailColumns : show;
  return { ...listOf('keys', filter), measure: { kind: 'list', show: [...columns] } };
}
