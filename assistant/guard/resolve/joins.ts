import type { Expr, From, Query, Select } from '../ast.ts';
import { functions } from '../functions/table.ts';
import { refuse } from '../refusal.ts';
import { children, mapQuery, some } from '../visit.ts';

/**
 * Refuses joins that multiply tables: everything large in a FROM must be linked to the rest by a
 * condition over columns of both. VALUES, UNNEST and subqueries of few rows may stand alone.
 */
export function checkJoins(s: Select, isSmallCte: (name: string) => boolean): void {
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
    const isLarge =
      f.kind === 'relation' ||
      (f.kind === 'cte' && !isSmallCte(f.name)) ||
      (f.kind === 'derived' && !isSmall(f.query, isSmallCte));
    if (isLarge) large.push({ alias, at: f.at });
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

/** At most this many rows make a query small. */
export const FEW_ROWS = 100;

/** Few rows, whatever the data: VALUES, one row of aggregates, a small LIMIT, or a choice of those. */
export function isSmall(q: Query, isSmallCte: (name: string) => boolean): boolean {
  if (q.limit !== null && q.limit <= FEW_ROWS) return true;
  const own = new Map<string, boolean>();
  const known = (name: string): boolean => own.get(name) ?? isSmallCte(name);
  for (const c of q.ctes) own.set(c.name, isSmall(c.query, known));
  const b = q.body;
  if (b.kind === 'values') return true;
  if (b.kind === 'nested') return isSmall(b.query, known);
  if (b.kind !== 'select') return false;
  if (b.from === null) return true;
  if (b.groupBy.length > 0) return false;
  if (b.from.kind === 'cte') return known(b.from.name) || aggregates(b);
  if (b.from.kind === 'derived') return isSmall(b.from.query, known) || aggregates(b);
  return aggregates(b);
}

const aggregates = (s: Select): boolean =>
  s.having !== null ||
  s.items.some(
    (i) =>
      i.kind === 'expression' &&
      some(
        i.expr,
        (e) => e.kind === 'call' && e.over === null && functions.get(e.name)?.kind === 'aggregate',
      ),
  );
