import type { Expr, From, Query, Select } from '../ast.ts';
import { functions } from '../functions/table.ts';
import { refuse } from '../refusal.ts';
import { children, mapQuery, some } from '../visit.ts';

/**
 * Refuses joins that multiply tables: everything large in a FROM must be linked to the rest by a
 * condition over columns of both. VALUES, UNNEST and aggregated subqueries may stand alone.
 */
export function checkJoins(s: Select): void {
  if (s.from === null) return;
  const large: { readonly alias: string; readonly at: number | null }[] = [];
  const links: Expr[] = s.where ? [s.where] : [];
  const known = new Set<string>();
  const walk = (f: From): void => {
    if (f.kind === 'join') {
      walk(f.left);
      walk(f.right);
      if (f.on) links.push(f.on);
      return;
    }
    const alias = f.alias?.toLowerCase() ?? '';
    known.add(alias);
    if (f.kind === 'unnest')
      links.push(
        ...f.args.map(
          (a): Expr => ({
            kind: 'concat',
            left: a,
            right: { kind: 'column', qualifier: alias, name: '', type: a.type, at: a.at },
            type: a.type,
            at: a.at,
          }),
        ),
      );
    if (f.kind === 'derived' && f.lateral) links.push(...outerReferences(f.query, alias));
    if (f.kind === 'relation' || f.kind === 'cte' || (f.kind === 'derived' && !isSmall(f.query)))
      large.push({ alias, at: f.at });
  };
  walk(s.from);
  if (large.length < 2) return;

  const group = new Map([...known].map((k) => [k, k]));
  const root = (k: string): string => {
    const up = group.get(k) ?? k;
    return up === k ? k : root(up);
  };
  const aliasesOf = (e: Expr): ReadonlySet<string> => {
    const found = new Set<string>();
    const visit = (x: Expr): void => {
      if (x.kind === 'column' && x.qualifier !== null && known.has(x.qualifier.toLowerCase()))
        found.add(x.qualifier.toLowerCase());
      children(x).forEach(visit);
    };
    visit(e);
    return found;
  };
  const connect = (e: Expr): void => {
    if (e.kind === 'logic' && e.op === 'AND') {
      for (const o of e.operands) connect(o);
      return;
    }
    // Of alternatives only what all of them link is linked.
    const sets = e.kind === 'logic' ? e.operands.map(aliasesOf) : [aliasesOf(e)];
    const [first, ...others] = [...(sets[0] ?? [])].filter((a) => sets.every((set) => set.has(a)));
    if (first === undefined) return;
    for (const o of others) group.set(root(o), root(first));
  };
  links.forEach(connect);
  const main = large[0] ? root(large[0].alias) : '';
  const apart = large.find((l) => root(l.alias) !== main);
  if (apart)
    refuse(
      'TOO_COMPLEX',
      `${apart.alias} is joined without a condition that links it to ${large[0]?.alias}.`,
      apart.at,
      'Write JOIN … ON a.key_arn = b.key_arn, or another condition over columns of both.',
    );
}

/** What a LATERAL subquery takes from its surroundings, as links between those and itself. */
function outerReferences(q: Query, alias: string): readonly Expr[] {
  const inner = new Set<string>();
  const columns: Extract<Expr, { kind: 'column' }>[] = [];
  mapQuery(q, {
    from: (f) => {
      if (f.kind !== 'join' && f.alias !== null) inner.add(f.alias.toLowerCase());
      return f;
    },
    expr: (e) => {
      if (e.kind === 'column' && e.qualifier !== null) columns.push(e);
      return e;
    },
  });
  return columns
    .filter((c) => !inner.has(c.qualifier?.toLowerCase() ?? ''))
    .map(
      (c): Expr => ({
        kind: 'concat',
        left: c,
        right: { ...c, qualifier: alias },
        type: c.type,
        at: c.at,
      }),
    );
}

/** At most a few rows: VALUES, an aggregate, or a small LIMIT. */
function isSmall(q: Query): boolean {
  if (q.limit !== null && q.limit <= 100) return true;
  const b = q.body;
  if (b.kind === 'values') return true;
  if (b.kind === 'nested') return isSmall(b.query);
  if (b.kind !== 'select') return false;
  const aggregates = b.items.some(
    (i) =>
      i.kind === 'expression' &&
      some(
        i.expr,
        (e) => e.kind === 'call' && e.over === null && functions.get(e.name)?.kind === 'aggregate',
      ),
  );
  return (b.from === null || aggregates) && b.groupBy.every((g) => g.kind === 'expression');
}
