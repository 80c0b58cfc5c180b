import type { From, Query } from './ast.ts';
import { refuse } from './refusal.ts';
import { mapQuery } from './visit.ts';

/** Most reads of tables, counting a WITH query once for each use. */
export const MAX_READS = 24;

/** The relations that a query reads. Refuses a query that reads too many, however it is put together. */
export function relationsOf(q: Query): readonly string[] {
  const names = new Set<string>();
  mapQuery(q, {
    from: (f) => {
      if (f.kind === 'relation') names.add(f.relation.name);
      return f;
    },
  });
  const reads = countReads(q, new Map());
  if (reads > MAX_READS)
    refuse(
      'TOO_COMPLEX',
      `The query reads tables ${reads > 1e6 ? 'millions of' : reads} times; ${MAX_READS} are the most.`,
      null,
      'Read each table once and aggregate.',
    );
  return [...names].sort();
}

function countReads(q: Query, outer: ReadonlyMap<string, number>): number {
  const ctes = new Map(outer);
  for (const c of q.ctes) ctes.set(c.name, countReads(c.query, ctes));
  let reads = 0;
  const nested: Query[] = [];
  // One level at a time: queries inside are counted with the WITH queries they see.
  mapQuery(
    { ...q, ctes: [] },
    {
      from: (f: From) => {
        if (f.kind === 'relation') reads++;
        else if (f.kind === 'cte') reads += ctes.get(f.name) ?? 1;
        else if (f.kind === 'derived' && f.query.ctes.length > 0) nested.push(f.query);
        return f;
      },
    },
  );
  for (const n of nested) reads += countReads({ ...n }, ctes);
  return reads;
}
