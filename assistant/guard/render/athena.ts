import type { Body, CallExpr, Expr, Item, Query, Select, Sort } from '../ast.ts';
import { plainCall } from '../nodes.ts';
import { keyOf } from '../resolve/query.ts';
import type { Output } from '../resolve/scope.ts';
import { BIGINT, isTemporal, type SqlType, VARCHAR } from '../sqltype.ts';
import type { Dialect } from './dialect.ts';
import { trinoName } from './quote.ts';
import { render } from './render.ts';
import { trino } from './trino.ts';

/**
 * The query as it is sent to Athena: Trino's text, with every array and map of the result as JSON.
 *
 * GetQueryResults gives values as text, and arrays and maps as `[a, b]` and `{k=v}` without any
 * escaping: `[a, b]` may hold one element or two. JSON says which.
 */
export function renderAthena(q: Query, columns: readonly Output[]): string {
  const isNested = columns.map((c) => isStructured(c.type));
  return render(isNested.includes(true) ? withJson(q, columns, isNested) : q, athena);
}

const isStructured = (t: SqlType): boolean => t.kind === 'array' || t.kind === 'map';

/** A name that no author's call can have, because the guard admits named functions only. */
const AS_JSON = '#json';

const athena: Dialect = {
  ...trino,
  // Unqualified, so that the database is whichever the query is started in.
  table: trinoName,
  expr: (e, r) => {
    const [value] = e.kind === 'call' && e.name === AS_JSON ? e.args : [];
    return value
      ? `json_format(CAST(${asTextKeys(r(value), value.type)} AS JSON))`
      : trino.expr(e, r);
  },
};

/** The keys of an object of JSON are text, and Trino makes none of days and moments by itself. */
function asTextKeys(sql: string, t: SqlType, depth = 1): string {
  const [k, v] = [`_k${depth}`, `_v${depth}`];
  if (t.kind === 'array' && hasTimeKeys(t.element))
    return `transform(${sql}, ${v} -> ${asTextKeys(v, t.element, depth + 1)})`;
  if (t.kind !== 'map') return sql;
  const inside = hasTimeKeys(t.value)
    ? `transform_values(${sql}, (${k}, ${v}) -> ${asTextKeys(v, t.value, depth + 1)})`
    : sql;
  return isTemporal(t.key)
    ? `transform_keys(${inside}, (${k}, ${v}) -> CAST(${k} AS varchar))`
    : inside;
}

const hasTimeKeys = (t: SqlType): boolean =>
  t.kind === 'array'
    ? hasTimeKeys(t.element)
    : t.kind === 'map' && (isTemporal(t.key) || hasTimeKeys(t.value));

const asJson = (value: Expr): CallExpr => plainCall(AS_JSON, [value], null, VARCHAR);

function withJson(q: Query, columns: readonly Output[], isNested: readonly boolean[]): Query {
  const { body } = q;
  // Sorting takes neither arrays nor maps, so ORDER BY means the same with and without.
  if (body.kind === 'nested')
    return { ...q, body: { ...body, query: withJson(body.query, columns, isNested) } };
  if (body.kind === 'select' && !body.distinct)
    return { ...q, body: { ...body, items: body.items.map((i, n) => itemAsJson(i, isNested[n])) } };
  return around(q, columns, isNested);
}

const itemAsJson = (i: Item, isNested: boolean | undefined): Item =>
  isNested && i.kind === 'expression' ? { ...i, expr: asJson(i.expr) } : i;

/**
 * A SELECT around the query, for where JSON inside could change which rows are the same. The order
 * is asked for again outside, because Trino keeps none of a subquery.
 */
function around(q: Query, columns: readonly Output[], isNested: readonly boolean[]): Query {
  const source = '_q';
  const name = (n: number): string => `c${n + 1}`;
  const outer: Select = {
    kind: 'select',
    distinct: false,
    items: columns.map((c, n) => {
      const value: Expr = {
        kind: 'column',
        qualifier: source,
        name: name(n),
        type: c.type,
        at: null,
      };
      return {
        kind: 'expression',
        expr: isNested[n] ? asJson(value) : value,
        alias: c.name,
        at: null,
      };
    }),
    from: {
      kind: 'derived',
      query: q,
      lateral: false,
      alias: source,
      columns: columns.map((_, n) => name(n)),
      at: null,
    },
    where: null,
    groupBy: [],
    having: null,
    windows: [],
    at: null,
  };
  return {
    ctes: [],
    body: outer,
    orderBy: q.orderBy.flatMap((s) => byNumber(s, q.body, columns)),
    offset: null,
    limit: q.limit,
    at: null,
  };
}

/** The same sorting by the number of the column; of DISTINCT, Trino sorts by what is selected only. */
function byNumber(s: Sort, body: Body, columns: readonly Output[]): readonly Sort[] {
  const { expr } = s;
  if (expr.kind === 'literal' && expr.value.kind === 'number') return [s];
  const byName =
    expr.kind === 'column' && expr.qualifier === null
      ? columns.findIndex((c) => c.name === expr.name)
      : -1;
  const n =
    byName >= 0 || body.kind !== 'select'
      ? byName
      : body.items.findIndex((i) => i.kind === 'expression' && keyOf(i.expr) === keyOf(expr));
  if (n < 0) return [];
  const number = { kind: 'number', text: String(n + 1) } as const;
  return [{ ...s, expr: { kind: 'literal', value: number, type: BIGINT, at: null } }];
}
