import type { Query } from './ast.ts';
import { literal } from './lower/literals.ts';
import { refuse } from './refusal.ts';
import { mapQuery } from './visit.ts';

/** The farthest that OFFSET may reach. */
const MAX_OFFSET = 1_000_000;

/** Puts the moment that the data speaks of in place of every clock. */
export function pinClocks(q: Query, asOf: Date): Query {
  const iso = asOf.toISOString();
  const day = iso.slice(0, 10);
  const moment = `${day} ${iso.slice(11, 23)}`;
  return mapQuery(q, {
    expr: (e) =>
      e.kind !== 'clock'
        ? e
        : literal(
            e.name === 'current_date'
              ? { kind: 'date', text: day }
              : { kind: 'timestamp', text: moment },
            e.at,
          ),
  });
}

/** Adds a LIMIT at the top, or lowers it. */
export function limitRows(
  q: Query,
  defaultLimit: number,
  maxLimit: number,
): {
  readonly query: Query;
  readonly limit: { readonly rows: number; readonly setByGuard: boolean };
} {
  if (q.offset !== null && q.offset > MAX_OFFSET)
    refuse(
      'TOO_COMPLEX',
      `OFFSET is larger than ${MAX_OFFSET.toLocaleString('en-US')}.`,
      q.at,
      'Add a condition instead.',
    );
  const wanted = q.limit ?? defaultLimit;
  const rows = Math.min(wanted, maxLimit);
  return {
    query: { ...q, limit: rows },
    limit: { rows, setByGuard: q.limit === null || rows < q.limit },
  };
}
