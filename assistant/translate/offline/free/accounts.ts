import {
  allOf,
  anyOf,
  everything,
  type Filter,
  factsOf,
  isEverything,
  listOf,
  type Plan,
  partsOf,
} from '../plan/plan.ts';
import { rows } from './counting.ts';
import { all, type Groups, keyFilters } from './groups.ts';
import type { Head } from './head.ts';
import type { Piece } from './piece.ts';
import type { Kind } from './placed.ts';
import type { Shape } from './shape.ts';

/** "How many accounts per OU?" Null where keys are asked about. */
export function accountsPerUnit(
  { dimension }: Extract<Head, { is: 'dimension' }>,
  pieces: readonly Piece[],
): readonly Plan[] | null {
  const own: ReadonlySet<Kind> = new Set(['want', 'dimension', 'by', 'mark', 'all']);
  const [by, ...more] = all(pieces, 'by');
  if (!('column' in dimension) || dimension.column !== 'account_id' || !by) return null;
  const units = by.dimensions.every((d) => 'column' in d && d.column === 'ou_path');
  if (!pieces.every((p) => own.has(p.is))) return null;
  return units && more.length === 0
    ? [{ ...listOf('accounts'), measure: rows, groupBy: [...by.dimensions] }]
    : [];
}

/** "Accounts created last month", "that cost more than $100": said of accounts, not of their keys. */
export function saysWhatAccountsAre(
  { dimension }: Extract<Head, { is: 'dimension' }>,
  pieces: readonly Piece[],
  { deeds }: Groups,
): boolean {
  const keys = pieces.some((p) => p.is === 'noun' && p.noun === 'keys');
  if (keys || all(pieces, 'measure').length > 0) return false;
  const inUse = deeds.some((d) => d.test?.category === 'CRYPTO' && !d.test.operations);
  const isAccount = 'column' in dimension && dimension.column === 'account_id';
  if (isAccount && inUse && deeds.every((d) => d.by.length === 0)) return true;
  return all(pieces, 'condition')
    .flatMap((c) => factsOf(c.condition.filter))
    .some(
      (f) =>
        f.is === 'time' ||
        f.is === 'number' ||
        (f.is === 'value' && (f.column === 'key_state' || f.column === 'usage_status')),
    );
}

/** The conditions beside what accounts are themselves. */
export const unitsOf = (pieces: readonly Piece[]) =>
  keyFilters(
    pieces.filter((p) => p.is !== 'ofAccounts' && p.is !== 'joint'),
    { deeds: [], permit: null },
  );

/** Accounts by what they are themselves: suspended, in a unit. */
export function ofAccounts(
  pieces: readonly Piece[],
  counted: boolean,
  filters: readonly Filter[] | null,
): readonly Plan[] {
  const allowed = new Set([
    'want',
    'dimension',
    'condition',
    'ofAccounts',
    'all',
    'mark',
    'may',
    'joint',
  ]);
  if (!pieces.every((p) => allowed.has(p.is)) || pieces.some((p) => p.is === 'may' && !p.modal))
    return [];
  const said = all(pieces, 'ofAccounts').map((p) => p.filter);
  const either = pieces.some((p) => p.is === 'joint' && p.by === 'or');
  const own = said.length > 1 && either ? [anyOf(...said)] : said;
  return (filters ?? []).flatMap((f) => {
    const units = partsOf(f).every((p) => isEverything(p) || ('is' in p && p.is === 'ou'));
    const list = listOf('accounts', allOf(...own, f));
    return units ? [counted ? { ...list, measure: rows } : list] : [];
  });
}

/** How many accounts have such keys; with nothing said of keys, how many there are. */
export function accountsCounted(
  shape: Shape,
  own: readonly Filter[],
  filters: readonly Filter[] | null,
): readonly Plan[] {
  if (shape.measure || shape.rank || shape.order || shape.limit !== null) return [];
  if (shape.groupBy.length > 0) return [];
  return (filters ?? []).map((f) => {
    const keys = allOf(...own, f);
    const { op, value } = shape.compare ?? { op: 'at least' as const, value: 1 };
    const filter: Filter =
      isEverything(keys) && !shape.compare ? everything : { keys, op, count: value };
    return { ...listOf('accounts', filter), measure: rows };
  });
}
