import { type Filter, isEverything } from '../plan/plan.ts';
import { all } from './groups.ts';
import type { Piece } from './piece.ts';

/** What the nouns of a question say of keys themselves: "CMKs" are customer managed. */
export const nounFilters = (pieces: readonly Piece[]): readonly Filter[] =>
  [...all(pieces, 'noun'), ...all(pieces, 'average'), ...all(pieces, 'by')].flatMap((n) =>
    n.filter ? [n.filter] : [],
  );

/** Whether a condition says only where a key is. */
export const isPlace = (f: Filter) =>
  'is' in f &&
  (f.is === 'ou' || (f.is === 'value' && (f.column === 'region' || f.column === 'account_id')));

/** As {@link isPlace}; "in the organization" is everywhere. */
export const isWhere = (f: Filter) => isEverything(f) || isPlace(f);
