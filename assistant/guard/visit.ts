import type { Body, Expr, From, Grouping, Query, Select, Sort, Window } from './ast.ts';

/** What to put in place of a node; called after its children have been replaced. */
export interface Visitor {
  readonly expr?: (e: Expr) => Expr;
  readonly from?: (f: From) => From;
  /** Takes a query inside the one visited, which is then not looked into. */
  readonly query?: (q: Query) => Query;
}

const inner = (q: Query, v: Visitor): Query => (v.query ? v.query(q) : mapQuery(q, v));

/** A copy of a query with every expression and every FROM item passed through the visitor, at any depth. */
export function mapQuery(q: Query, v: Visitor): Query {
  return {
    ...q,
    ctes: q.ctes.map((c) => ({ ...c, query: inner(c.query, v) })),
    body: mapBody(q.body, v),
    orderBy: mapSorts(q.orderBy, v),
  };
}

function mapBody(b: Body, v: Visitor): Body {
  switch (b.kind) {
    case 'select':
      return mapSelect(b, v);
    case 'setOperation':
      return { ...b, left: mapBody(b.left, v), right: mapBody(b.right, v) };
    case 'values':
      return { ...b, rows: b.rows.map((r) => r.map((e) => mapExpr(e, v))) };
    case 'nested':
      return { ...b, query: inner(b.query, v) };
  }
}

function mapSelect(s: Select, v: Visitor): Select {
  return {
    ...s,
    items: s.items.map((i) => (i.kind === 'star' ? i : { ...i, expr: mapExpr(i.expr, v) })),
    from: s.from && mapFrom(s.from, v),
    where: s.where && mapExpr(s.where, v),
    groupBy: s.groupBy.map((g) => mapGrouping(g, v)),
    having: s.having && mapExpr(s.having, v),
    windows: s.windows.map((w) => ({ ...w, window: mapWindow(w.window, v) })),
  };
}

function mapGrouping(g: Grouping, v: Visitor): Grouping {
  if (g.kind === 'expression') return { ...g, expr: mapExpr(g.expr, v) };
  if (g.kind === 'sets') return { ...g, sets: g.sets.map((s) => s.map((e) => mapExpr(e, v))) };
  return { ...g, exprs: g.exprs.map((e) => mapExpr(e, v)) };
}

const mapSorts = (sorts: readonly Sort[], v: Visitor): readonly Sort[] =>
  sorts.map((s) => ({ ...s, expr: mapExpr(s.expr, v) }));

const mapWindow = (w: Window, v: Visitor): Window => ({
  ...w,
  partitionBy: w.partitionBy.map((e) => mapExpr(e, v)),
  orderBy: mapSorts(w.orderBy, v),
});

function mapFrom(f: From, v: Visitor): From {
  const own = (): From => {
    switch (f.kind) {
      case 'derived':
        return { ...f, query: inner(f.query, v) };
      case 'unnest':
        return { ...f, args: f.args.map((e) => mapExpr(e, v)) };
      case 'join':
        return {
          ...f,
          left: mapFrom(f.left, v),
          right: mapFrom(f.right, v),
          on: f.on && mapExpr(f.on, v),
        };
      default:
        return f;
    }
  };
  const mapped = own();
  return v.from ? v.from(mapped) : mapped;
}

export function mapExpr(e: Expr, v: Visitor): Expr {
  const m = (x: Expr) => mapExpr(x, v);
  const own = (): Expr => {
    switch (e.kind) {
      case 'literal':
      case 'column':
      case 'clock':
        return e;
      case 'lambda':
        return { ...e, body: m(e.body) };
      case 'call':
        return {
          ...e,
          args: e.args.map(m),
          orderBy: mapSorts(e.orderBy, v),
          filter: e.filter && m(e.filter),
          over: e.over && mapWindow(e.over, v),
        };
      case 'not':
      case 'negate':
      case 'isNull':
      case 'cast':
        return { ...e, operand: m(e.operand) };
      case 'arithmetic':
      case 'concat':
      case 'compare':
        return { ...e, left: m(e.left), right: m(e.right) };
      case 'logic':
        return { ...e, operands: e.operands.map(m) };
      case 'between':
        return { ...e, operand: m(e.operand), low: m(e.low), high: m(e.high) };
      case 'in':
        return { ...e, operand: m(e.operand), items: e.items.map(m) };
      case 'inQuery':
      case 'quantified':
        return { ...e, operand: m(e.operand), query: inner(e.query, v) };
      case 'exists':
      case 'scalarQuery':
        return { ...e, query: inner(e.query, v) };
      case 'like':
        return { ...e, operand: m(e.operand), pattern: m(e.pattern) };
      case 'case':
        return {
          ...e,
          operand: e.operand && m(e.operand),
          whens: e.whens.map((w) => ({ when: m(w.when), result: m(w.result) })),
          otherwise: e.otherwise && m(e.otherwise),
        };
      case 'array':
        return { ...e, items: e.items.map(m) };
      case 'subscript':
        return { ...e, base: m(e.base), index: m(e.index) };
    }
  };
  const mapped = own();
  return v.expr ? v.expr(mapped) : mapped;
}

/** The expressions right below one, queries inside it excepted. */
export function children(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'lambda':
      return [e.body];
    case 'call':
      return [
        ...e.args,
        ...e.orderBy.map((s) => s.expr),
        ...(e.filter ? [e.filter] : []),
        ...(e.over ? [...e.over.partitionBy, ...e.over.orderBy.map((s) => s.expr)] : []),
      ];
    case 'not':
    case 'negate':
    case 'isNull':
    case 'cast':
    case 'inQuery':
    case 'quantified':
      return [e.operand];
    case 'arithmetic':
    case 'concat':
    case 'compare':
      return [e.left, e.right];
    case 'logic':
      return e.operands;
    case 'between':
      return [e.operand, e.low, e.high];
    case 'in':
      return [e.operand, ...e.items];
    case 'like':
      return [e.operand, e.pattern];
    case 'case':
      return [
        ...(e.operand ? [e.operand] : []),
        ...e.whens.flatMap((w) => [w.when, w.result]),
        ...(e.otherwise ? [e.otherwise] : []),
      ];
    case 'array':
      return e.items;
    case 'subscript':
      return [e.base, e.index];
    default:
      return [];
  }
}

/** Whether an expression, or one below it, is as asked; queries inside it are not looked into. */
export const some = (e: Expr, is: (e: Expr) => boolean): boolean =>
  is(e) || children(e).some((c) => some(c, is));
