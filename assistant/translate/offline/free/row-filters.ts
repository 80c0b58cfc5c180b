import {
  allOf,
  type Dimension,
  everything,
  type Filter,
  isEverything,
  partsOf,
} from '../plan/plan.ts';
import { deedOnEvents, type Groups, keyFilters, permitFilter } from './groups.ts';
import type { Head } from './head.ts';
import type { Piece } from './piece.ts';
import { nounFilters } from './said-of-keys.ts';

export const present = (d: Dimension): Filter =>
  'column' in d ? { is: 'present', column: d.column } : everything;

/** Conditions on the keys of rows that are about keys. */
export function aboutKeys(pieces: readonly Piece[]): readonly Filter[] {
  const filters = keyFilters(pieces, { deeds: [], permit: null });
  const own = nounFilters(pieces);
  return (filters ?? []).map((f) => {
    const filter = allOf(...own, f);
    return isEverything(filter) ? everything : { key: filter };
  });
}

/** What was done, as rows: the deeds, of these keys. "Which of them" is not one deed. */
export function eventFilters(
  pieces: readonly Piece[],
  { deeds, permit }: Groups,
): readonly Filter[] {
  const [deed, ...more] = deeds;
  if (permit || more.length > 0) return [];
  const done = deed ? deedOnEvents(deed) : [everything];
  return done.flatMap((d) => aboutKeys(pieces).map((f) => allOf(d, f)));
}

/** Who may, as rows: the permissions, of these keys. */
export function permissionFilters(
  pieces: readonly Piece[],
  { deeds, permit }: Groups,
): readonly Filter[] {
  if (deeds.length > 0) return [];
  const own = givenThemselves(pieces, permit);
  if (own) return own;
  const may = permit ? permitFilter({ ...permit, joined: 'or' }) : [];
  return may.flatMap((m) => aboutKeys(pieces).map((f) => allOf(m, f)));
}

/**
 * "Permissions that are given to outsiders by a grant", where no keys are spoken of: what is said of access is
 * said of the permissions. Null where nothing is.
 */
function givenThemselves(
  pieces: readonly Piece[],
  permit: Groups['permit'],
): readonly Filter[] | null {
  const nouns = pieces.flatMap((p) => (p.is === 'noun' ? [p.noun] : []));
  if (!nouns.includes('permissions') || nouns.includes('keys')) return null;
  const [source, ...more] = permit?.tests ?? [{}];
  if (more.length > 0 || Object.keys(source ?? {}).some((k) => k !== 'source')) return null;
  const told = aboutKeys(pieces).map((f): Filter | null => {
    const parts = !('is' in f) && 'key' in f ? partsOf(f.key) : [];
    const [given, ...others] = parts.filter((p) => 'is' in p && p.is === 'access');
    if (!given || !('is' in given) || given.is !== 'access' || others.length > 0) return null;
    const rest = parts.filter((p) => p !== given);
    return allOf(
      { ...given, test: { ...given.test, ...source } },
      ...(rest.length > 0 ? [{ key: allOf(...rest) }] : []),
    );
  });
  const own = told.flatMap((f) => f ?? []);
  return own.length > 0 && own.length === told.length ? own : null;
}

/** "Critical", "confused deputy", of concerns: said of the concern and not of its key. */
export function onConcerns(filter: Filter): Filter {
  if ('is' in filter || !('key' in filter)) return filter;
  const parts = partsOf(filter.key);
  const isOwn = (p: Filter): boolean =>
    'is' in p ? p.is === 'concern' || p.is === 'severity' : 'not' in p && isOwn(p.not);
  const own = parts.filter(isOwn);
  const rest = parts.filter((p) => !isOwn(p));
  return allOf(...own, ...(rest.length > 0 ? [{ key: allOf(...rest) }] : []));
}

/** "Resources encrypted with a key" are those it protects, whichever operation shows it. */
export function ofResources(dimension: Dimension, groups: Groups): Groups {
  if (!('column' in dimension) || dimension.column !== 'resource_arn') return groups;
  const deeds = groups.deeds.map((d) => {
    const { operations, ...test } = d.test ?? {};
    const only = operations?.join() === 'Encrypt';
    return only && d.test ? { ...d, test: { ...test, category: d.test.category } } : d;
  });
  return { ...groups, deeds };
}

/** The rows that groups are made of. */
export function filtersFor(
  head: Extract<Head, { is: 'dimension' }>,
  pieces: readonly Piece[],
  groups: Groups,
): readonly Filter[] {
  switch (head.entity) {
    case 'keys':
      return (keyFilters(pieces, groups) ?? []).map((f) => allOf(...nounFilters(pieces), f));
    case 'concerns':
      if (groups.deeds.length > 0 || groups.permit) return [];
      return aboutKeys(pieces).map(onConcerns);
    case 'usage':
      return eventFilters(pieces, ofResources(head.dimension, groups)).map((f) =>
        allOf(f, present(head.dimension)),
      );
    case 'permissions':
      return permissionFilters(pieces, groups).map((f) => allOf(f, present(head.dimension)));
    default:
      return [];
  }
}
