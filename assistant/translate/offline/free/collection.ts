import { allOf, type Filter, isEverything, listOf, type Measure, type Plan } from '../plan/plan.ts';
import { all } from './groups.ts';
import type { Piece } from './piece.ts';
import { isPlace } from './said-of-keys.ts';

/** Questions about the data itself: what could be read, and how fresh it is. */

const rows: Measure = { kind: 'count', keys: false };

/** "How fresh is the data?" */
export function freshness(pieces: readonly Piece[]): readonly Plan[] {
  const asks = pieces.some((p) => p.is === 'fresh' || (p.is === 'want' && p.want === 'when'));
  const kinds: ReadonlySet<Piece['is']> = new Set([
    'fresh',
    'collection',
    'want',
    'last',
    'mark',
    'them',
    'joint',
  ]);
  const about = pieces.some((p) => p.is === 'collection');
  return asks && about && pieces.every((p) => kinds.has(p.is))
    ? [{ ...listOf('coverage'), measure: { kind: 'max', column: 'finished_at' } }]
    : [];
}

/** "Did the collection fail (status FAILED)" says the same twice. */
const differing = <T extends { readonly statuses: readonly string[] }>(readings: readonly T[]) => [
  ...new Map(readings.map((r) => [r.statuses.join(), r])).values(),
];

/** How the collection went, of which accounts and Regions. */
export function ofReading(pieces: readonly Piece[]): readonly Plan[] {
  const [reading, ...more] = differing(all(pieces, 'reading'));
  const allowed = new Set([
    'reading',
    'collection',
    'errors',
    'want',
    'dimension',
    'mark',
    'all',
    'only',
    'condition',
    'by',
    'joint',
    'them',
    'may',
  ]);
  // What "may" be done is asked of keys, "could not be read" of accounts.
  if (pieces.some((p) => p.is === 'may' && !p.modal)) return [];
  if (!reading || more.length > 0 || !pieces.every((p) => allowed.has(p.is))) return [];
  const places = all(pieces, 'condition').map((c) => c.condition.filter);
  const isOwn = (f: Filter) => 'is' in f && f.is === 'value' && isPlace(f);
  if (!places.every((f) => isOwn(f) || isEverything(f))) return [];
  const status: Filter = { is: 'value', column: 'status', values: [...reading.statuses] };
  // A row without a Region stands for the account: its Regions did not even become known.
  const whole: Filter = reading.whole ? { not: { is: 'present', column: 'region' } } : { and: [] };
  const filter = allOf(status, whole, ...places);
  const columns = all(pieces, 'dimension').flatMap(({ dimension: d }) =>
    'column' in d ? [d.column] : [''],
  );
  const counted = all(pieces, 'want').some((w) => w.want === 'count');
  const by = all(pieces, 'by').flatMap((p) => p.dimensions);
  if (by.some((d) => !('column' in d) || !['account_id', 'region'].includes(d.column))) return [];
  if (by.length > 0) return [{ ...listOf('coverage', filter), measure: rows, groupBy: [...by] }];
  if (!counted) return [listOf('coverage', filter)];
  if (columns.length === 0) return [];
  const accountsOnly = columns.every((c) => c === 'account_id');
  return accountsOnly
    ? [{ ...listOf('accounts', { read: filter }), measure: rows }]
    : [{ ...listOf('coverage', filter), measure: rows }];
}
