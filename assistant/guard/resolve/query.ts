import { DATABASE_ALIASES, findRelation, relations } from '../../../collector/schema/relations.ts';
import type { Body, Expr, From, Grouping, Item, Query, Select, Sort, Window } from '../ast.ts';
import { functions } from '../functions/table.ts';
import { nearest } from '../nearest.ts';
import { plainCall } from '../nodes.ts';
import { refuse } from '../refusal.ts';
import {
  BIGINT,
  BOOLEAN,
  columnType,
  commonType,
  fits,
  isComparable,
  isOrderable,
  NULL_TYPE,
  type SqlType,
  typeName,
} from '../sqltype.ts';
import { children, some } from '../visit.ts';
import { type Context, type Place, resolveExpr } from './expression.ts';
import { type Output, type Scope, sameName, type Visible } from './scope.ts';

/** Most columns of one SELECT, after * has been written out. */
const MAX_COLUMNS = 300;

const inWhere: Place = { name: 'WHERE', aggregates: false, windows: false };
const inOn: Place = { name: 'ON', aggregates: false, windows: false };
const inGroupBy: Place = { name: 'GROUP BY', aggregates: false, windows: false };
const inValues: Place = { name: 'VALUES', aggregates: false, windows: false };
const inHaving: Place = { name: 'HAVING', aggregates: true, windows: false };
const inSelect: Place = { name: 'SELECT', aggregates: true, windows: true };

interface Resolved {
  readonly query: Query;
  readonly columns: readonly Output[];
}

/** Binds every name of a query. The result holds contract relations and CTEs instead of bare names. */
export function resolve(q: Query): Resolved {
  const done = resolveQuery(q, { columns: [], ctes: new Map(), outer: null, lambda: new Map() });
  const json = done.columns.findIndex((c) => holdsJson(c.type));
  if (json >= 0) {
    const item = done.query.body.kind === 'select' ? done.query.body.items[json] : undefined;
    const expr = item?.kind === 'expression' ? item.expr : undefined;
    refuse(
      'UNSUPPORTED',
      `The column ${done.columns[json]?.name} of the result is JSON, which the engines write differently.`,
      expr?.at ?? done.query.at,
      "Write json_extract_scalar(x, '$.name'), or SELECT the text as it is.",
    );
  }
  return done;
}

const holdsJson = (t: SqlType): boolean =>
  t.kind === 'json' ||
  (t.kind === 'array' && holdsJson(t.element)) ||
  (t.kind === 'map' && (holdsJson(t.key) || holdsJson(t.value)));

function resolveQuery(q: Query, outer: Scope): Resolved {
  const ctes = new Map(outer.ctes);
  const withs = q.ctes.map((c) => {
    const key = c.name.toLowerCase();
    if (findRelation(key))
      refuse(
        'FORBIDDEN',
        `A WITH query cannot be called ${c.name}: that is a table.`,
        c.at,
        'Choose another name.',
      );
    if (ctes.has(key))
      refuse(
        'FORBIDDEN',
        `There are two WITH queries called ${c.name}.`,
        c.at,
        'Choose another name.',
      );
    const { query, columns } = resolveQuery(c.query, {
      columns: [],
      ctes: new Map(ctes),
      outer: null,
      lambda: new Map(),
    });
    const names = c.columns ?? (namesItself(query.body) ? null : columns.map((x) => x.name));
    ctes.set(key, renamed(columns, names, c.at));
    return { ...c, name: key, query, columns: names };
  });
  const here: Scope = { ...outer, ctes };
  const { body, columns, sorting } = resolveBody(q.body, here);
  const orderBy = q.orderBy.map((s) => resolveOrder(s, columns, body, sorting));
  return { query: { ...q, ctes: withs, body, orderBy }, columns };
}

/** Whether the columns have names in both engines without being given any. */
function namesItself(b: Body): boolean {
  if (b.kind === 'select') return true;
  if (b.kind === 'setOperation') return namesItself(b.left);
  return b.kind === 'nested' && namesItself(b.query.body);
}

function renamed(
  columns: readonly Output[],
  names: readonly string[] | null,
  at: number | null,
): readonly Output[] {
  if (names === null) return columns;
  if (names.length !== columns.length)
    refuse(
      'WRONG_ARGUMENTS',
      `${names.length} names for ${columns.length} columns.`,
      at,
      'Name every column.',
    );
  return columns.map((c, i) => ({ ...c, name: names[i] ?? c.name }));
}

interface ResolvedBody {
  readonly body: Body;
  readonly columns: readonly Output[];
  /** Where ORDER BY may look besides the output; null after a set operation. */
  readonly sorting: {
    readonly context: Context;
    readonly grouped: ((e: Expr) => void) | null;
  } | null;
}

function resolveBody(b: Body, outer: Scope): ResolvedBody {
  switch (b.kind) {
    case 'select':
      return resolveSelect(b, outer);
    case 'nested': {
      const { query, columns } = resolveQuery(b.query, outer);
      return { body: { ...b, query }, columns, sorting: null };
    }
    case 'values': {
      const c: Context = { scope: outer, place: inValues, windows: new Map(), resolveQuery };
      const rows = b.rows.map((r) => r.map((e) => resolveExpr(e, c)));
      const width = rows[0]?.length ?? 0;
      const columns = Array.from({ length: width }, (_, i): Output => {
        let type: SqlType = NULL_TYPE;
        for (const r of rows) {
          const next = r.length === width && r[i] ? commonType(type, r[i].type) : undefined;
          if (!next)
            return refuse(
              'TYPE_MISMATCH',
              'The rows of VALUES do not have the same columns.',
              b.at,
              'Give each row the same number and types of values.',
            );
          type = next;
        }
        return { name: `_col${i}`, type };
      });
      return { body: { ...b, rows }, columns, sorting: null };
    }
    case 'setOperation': {
      const left = resolveBody(b.left, outer);
      const right = resolveBody(b.right, outer);
      if (left.columns.length !== right.columns.length)
        refuse(
          'TYPE_MISMATCH',
          `${b.op} of ${left.columns.length} and ${right.columns.length} columns.`,
          b.at,
          'SELECT the same number of columns on both sides.',
        );
      const columns = left.columns.map((l, i) => {
        const r = right.columns[i] ?? l;
        const type = commonType(l.type, r.type);
        if (!type || (!isComparable(type) && !(b.op === 'UNION' && b.all)))
          return refuse(
            'TYPE_MISMATCH',
            `Column ${i + 1} of ${b.op} is ${typeName(l.type)} on one side and ${typeName(r.type)} on the other.`,
            b.at,
            'CAST one side.',
          );
        return { name: l.name, type };
      });
      return { body: { ...b, left: left.body, right: right.body }, columns, sorting: null };
    }
  }
}

function resolveSelect(s: Select, outer: Scope): ResolvedBody {
  const from = s.from
    ? resolveFrom(s.from, { ...outer, columns: [], outer: outer }, [])
    : { from: null, columns: [] };
  const scope: Scope = { columns: from.columns, ctes: outer.ctes, outer, lambda: new Map() };
  const windows = new Map<string, Window>();
  for (const w of s.windows) {
    if (windows.has(w.name.toLowerCase()))
      refuse('SYNTAX', `There are two windows called ${w.name}.`, s.at, 'Choose another name.');
    windows.set(w.name.toLowerCase(), w.window);
  }
  const at = (place: Place): Context => ({ scope, place, windows, resolveQuery });
  const boolean = (e: Expr | null, place: Place): Expr | null => {
    if (e === null) return null;
    const done = resolveExpr(e, at(place));
    if (!fits(done.type, BOOLEAN))
      refuse(
        'TYPE_MISMATCH',
        `${place.name} takes a boolean, not ${typeName(done.type)}.`,
        done.at,
        'Write a comparison.',
      );
    return done;
  };
  const items = s.items.flatMap((i) => resolveItem(i, at(inSelect)));
  if (items.length > MAX_COLUMNS)
    refuse(
      'TOO_COMPLEX',
      `SELECT gives ${items.length} columns; ${MAX_COLUMNS} are the most.`,
      s.at,
      'Name the columns you need.',
    );
  const named = items.map(
    (i, n): Extract<Item, { kind: 'expression' }> => ({
      ...i,
      alias: i.alias ?? (i.expr.kind === 'column' ? i.expr.name : `_col${n}`),
    }),
  );
  const groupBy = s.groupBy.map((g) => resolveGrouping(g, s.items, named, at(inGroupBy)));
  const done: Select = {
    ...s,
    items: named,
    from: from.from,
    where: boolean(s.where, inWhere),
    groupBy,
    having: boolean(s.having, inHaving),
    windows: [],
  };
  if (s.distinct && named.some((i) => !isComparable(i.expr.type)))
    refuse(
      'TYPE_MISMATCH',
      'SELECT DISTINCT over a map or JSON is not available.',
      s.at,
      "Leave the map out, or name the keys: tags['Owner'].",
    );
  const grouped = isGroupedSelect(done) ? groupCheck(groupBy, from.columns) : null;
  if (grouped) {
    for (const i of named) grouped(i.expr);
    if (done.having) grouped(done.having);
  }
  const inside = [
    ...named.map((i) => i.expr),
    ...(done.where ? [done.where] : []),
    ...(done.having ? [done.having] : []),
    ...(from.from ? conditionsOf(from.from) : []),
  ];
  for (const e of inside) checkOwnColumns(e, from.columns);
  return {
    body: done,
    columns: named.map((i) => ({ name: i.alias ?? '', type: i.expr.type })),
    sorting: { context: at(inSelect), grouped },
  };
}

/** Whether a SELECT makes one row of several. */
export const isGroupedSelect = (s: Select): boolean =>
  s.groupBy.length > 0 ||
  s.having !== null ||
  s.items.some((i) => i.kind === 'expression' && some(i.expr, isAggregate));

const isAggregate = (e: Expr): boolean =>
  e.kind === 'call' && e.over === null && functions.get(e.name)?.kind === 'aggregate';

const conditionsOf = (f: From): readonly Expr[] =>
  f.kind === 'join'
    ? [...conditionsOf(f.left), ...conditionsOf(f.right), ...(f.on ? [f.on] : [])]
    : [];

const isQuery = (e: Expr): boolean =>
  e.kind === 'scalarQuery' ||
  e.kind === 'exists' ||
  e.kind === 'inQuery' ||
  e.kind === 'quantified';

/** Functions that DuckDB computes with lambdas over the elements of arrays. */
const elementwise = new Set([
  'array_distinct',
  'array_except',
  'array_intersect',
  'array_remove',
  'array_union',
]);

/**
 * Refuses columns of a query around where DuckDB does not take them, in lambdas and windows, and
 * aggregates over nothing else: those it computes in the query around, as the standard has it, and
 * Trino does not.
 */
function checkOwnColumns(e: Expr, own: readonly Visible[]): void {
  const sources = new Set(own.map((v) => v.source?.toLowerCase()));
  const columnsOf = (x: Expr): readonly Expr[] =>
    x.kind === 'column' && x.qualifier !== null ? [x] : children(x).flatMap(columnsOf);
  const isOwn = (c: Expr): boolean =>
    c.kind === 'column' && sources.has(c.qualifier?.toLowerCase());
  const visit = (x: Expr): void => {
    const what =
      x.kind === 'call' && x.args.some((a) => a.kind === 'lambda' && columnsOf(a).length > 0)
        ? 'A lambda'
        : x.kind === 'call' && x.over !== null
          ? 'A window function'
          : isAggregate(x)
            ? 'An aggregate'
            : x.kind === 'call' && elementwise.has(x.name)
              ? x.name
              : null;
    const columns = what === null ? [] : columnsOf(x);
    const hasOuter = isAggregate(x)
      ? columns.length > 0 && !columns.some(isOwn)
      : !columns.every(isOwn);
    if (what !== null && hasOuter)
      refuse(
        'UNSUPPORTED',
        `${what} over columns of the query around is not available.`,
        x.at,
        'Write it there, or join the tables in this FROM and use their columns.',
      );
    const window = x.kind === 'call' && x.over ? x.over : null;
    const sorted = window ? [...window.partitionBy, ...window.orderBy.map((o) => o.expr)] : [];
    const asking = sorted.find((y) => some(y, isQuery));
    if (asking)
      refuse(
        'UNSUPPORTED',
        'A subquery inside OVER (…) is not available.',
        asking.at,
        'Compute it in a subquery in FROM and use its column.',
      );
    if (x.kind === 'call' && x.orderBy.some((o) => o.expr.kind === 'literal'))
      refuse('WRONG_ARGUMENTS', `${x.name} is ordered by a constant.`, x.at, 'Order by a column.');
    if (
      x.kind === 'call' &&
      x.distinct &&
      x.orderBy.some((o) => keyOf(o.expr) !== keyOf(x.args[0]))
    )
      refuse(
        'WRONG_ARGUMENTS',
        `${x.name}(DISTINCT …) is ordered by something else than its values.`,
        x.at,
        'Order by the value itself.',
      );
    children(x).forEach(visit);
  };
  visit(e);
}

/** A text that two expressions share exactly when they are the same, wherever they stand. */
export const keyOf = (e: unknown): string =>
  JSON.stringify(e, (k, v: unknown) =>
    k === 'at' ? undefined : k === 'relation' ? (v as { name: string }).name : v,
  );

/** Refuses columns that are neither grouped by nor inside an aggregate. */
function groupCheck(groupBy: readonly Grouping[], columns: readonly Visible[]): (e: Expr) => void {
  const keys = new Set(
    groupBy
      .flatMap((g) =>
        g.kind === 'expression' ? [g.expr] : g.kind === 'sets' ? g.sets.flat() : g.exprs,
      )
      .map(keyOf),
  );
  const sources = new Set(columns.map((c) => c.source?.toLowerCase()));
  const check = (e: Expr): void => {
    if (e.kind === 'call' && e.name === 'grouping' && !e.args.every((a) => keys.has(keyOf(a))))
      refuse(
        'NOT_GROUPED',
        'grouping takes what stands in GROUP BY.',
        e.at,
        'Write grouping(x) with GROUP BY ROLLUP (x).',
      );
    if (isAggregate(e) || keys.has(keyOf(e))) return;
    if (e.kind === 'column' && e.qualifier !== null && sources.has(e.qualifier.toLowerCase()))
      refuse(
        'NOT_GROUPED',
        `The column ${e.qualifier}.${e.name} is neither in GROUP BY nor in an aggregate.`,
        e.at,
        `Add it to GROUP BY, or write max(${e.name}).`,
      );
    children(e).forEach(check);
  };
  return check;
}

function resolveItem(i: Item, c: Context): readonly Extract<Item, { kind: 'expression' }>[] {
  if (i.kind === 'expression') {
    const expr = resolveExpr(i.expr, c);
    if (expr.type.kind === 'interval')
      refuse(
        'UNSUPPORTED',
        'An interval cannot be a column of the result.',
        i.at,
        "Write date_diff('day', from, to).",
      );
    return [{ ...i, expr }];
  }
  const { qualifier } = i;
  const columns = c.scope.columns.filter((v) =>
    qualifier === null ? !v.hidden : v.source !== null && sameName(v.source, qualifier),
  );
  if (columns.length === 0)
    refuse(
      'UNKNOWN_TABLE',
      qualifier === null ? 'SELECT * without FROM.' : `Nothing in FROM is called ${qualifier}.`,
      i.at,
      'Name what is in FROM.',
    );
  return columns.map((v) => {
    const twin = columns.find((o) => o !== v && sameName(o.name, v.name) && o.source === v.source);
    if (twin)
      refuse(
        'AMBIGUOUS_COLUMN',
        `Two columns of ${v.source ?? 'the subquery'} are called ${v.name}.`,
        i.at,
        'Give each column of the subquery its own name.',
      );
    return { kind: 'expression', expr: { ...v.expr, at: i.at }, alias: v.name, at: i.at };
  });
}

function ordinal(e: Expr): number | undefined {
  return e.kind === 'literal' && e.value.kind === 'number' && /^\d{1,6}$/.test(e.value.text)
    ? Number(e.value.text)
    : undefined;
}

function resolveGrouping(
  g: Grouping,
  written: readonly Item[],
  items: readonly Extract<Item, { kind: 'expression' }>[],
  c: Context,
): Grouping {
  const one = (e: Expr): Expr => {
    const n = ordinal(e);
    const byNumber = n === undefined ? undefined : items[n - 1]?.expr;
    if (n !== undefined && !byNumber)
      refuse(
        'WRONG_ARGUMENTS',
        `GROUP BY ${n}: there are ${items.length} columns.`,
        e.at,
        'Write the number of a column of SELECT.',
      );
    const byAlias =
      e.kind === 'column' &&
      e.qualifier === null &&
      !c.scope.columns.some((v) => sameName(v.name, e.name))
        ? written.find(
            (i) => i.kind === 'expression' && i.alias !== null && sameName(i.alias, e.name),
          )
        : undefined;
    const chosen = byAlias?.kind === 'expression' ? resolveExpr(byAlias.expr, c) : byNumber;
    if (chosen && some(chosen, (x) => isAggregate(x) || (x.kind === 'call' && x.over !== null)))
      refuse(
        'WRONG_ARGUMENTS',
        'An aggregate cannot be grouped by.',
        e.at,
        'Group by the other columns.',
      );
    const done = chosen ?? resolveExpr(e, c);
    if (!isOrderable(done.type))
      refuse(
        'TYPE_MISMATCH',
        `${typeName(done.type)} cannot be grouped by.`,
        e.at,
        "Group by one key of it, such as tags['Owner'].",
      );
    return done;
  };
  if (g.kind === 'expression') return { ...g, expr: one(g.expr) };
  const column = (e: Expr): Expr => {
    const done = one(e);
    if (done.kind !== 'column')
      refuse(
        'UNSUPPORTED',
        'GROUPING SETS, ROLLUP and CUBE take columns only.',
        e.at,
        'Compute the value in a subquery and group by its column.',
      );
    return done;
  };
  if (g.kind === 'sets') return { ...g, sets: g.sets.map((s) => s.map(column)) };
  return { ...g, exprs: g.exprs.map(column) };
}

const isConstant = (e: Expr): boolean =>
  e.kind === 'literal' || (e.kind === 'negate' && isConstant(e.operand));

/** ORDER BY looks among the output names first, then in FROM, as Trino does. */
function resolveOrder(
  s: Sort,
  columns: readonly Output[],
  body: Body,
  sorting: ResolvedBody['sorting'],
): Sort {
  const n = ordinal(s.expr);
  const check = (type: SqlType): void => {
    if (!isOrderable(type))
      refuse(
        'TYPE_MISMATCH',
        `${typeName(type)} has no order.`,
        s.expr.at,
        'Order by something else.',
      );
  };
  if (n !== undefined) {
    const column = columns[n - 1];
    if (!column)
      refuse(
        'WRONG_ARGUMENTS',
        `ORDER BY ${n}: there are ${columns.length} columns.`,
        s.expr.at,
        'Write the number of a column of SELECT.',
      );
    check(column.type);
    return s;
  }
  const output = (e: Expr): Output | undefined => {
    if (e.kind !== 'column' || e.qualifier !== null) return undefined;
    const found = columns.filter((c) => sameName(c.name, e.name));
    if (found.length > 1 && !(body.kind === 'select' && sameSource(body, e.name)))
      refuse(
        'AMBIGUOUS_COLUMN',
        `Two columns of the result are called ${e.name}.`,
        e.at,
        'Order by the number of the column.',
      );
    return found[0];
  };
  const named = output(s.expr);
  if (named && s.expr.kind === 'column') {
    check(named.type);
    if (columns.filter((c) => sameName(c.name, named.name)).length === 1)
      return { ...s, expr: { ...s.expr, name: named.name, type: named.type } };
    return {
      ...s,
      expr: {
        kind: 'literal',
        value: { kind: 'number', text: String(columns.indexOf(named) + 1) },
        type: BIGINT,
        at: s.expr.at,
      },
    };
  }
  if (isConstant(s.expr))
    refuse(
      'WRONG_ARGUMENTS',
      'ORDER BY a constant orders nothing.',
      s.expr.at,
      'Write the name or the whole number of a column.',
    );
  if (!sorting)
    return refuse(
      'UNSUPPORTED',
      'ORDER BY here takes a name or number of a column of the result.',
      s.expr.at,
      'Write ORDER BY 1, or put the query into a subquery.',
    );
  // A name inside an expression means the output column too: the expression behind it is put there.
  const substituted = substitute(
    s.expr,
    (e) => {
      const found = output(e);
      const item = found && body.kind === 'select' ? body.items[columns.indexOf(found)] : undefined;
      return item?.kind === 'expression' ? item.expr : undefined;
    },
    sorting.context,
  );
  checkOwnColumns(substituted, sorting.context.scope.columns);
  if (sorting.grouped) sorting.grouped(substituted);
  else if (some(substituted, isAggregate))
    refuse(
      'NOT_GROUPED',
      'ORDER BY has an aggregate, and the query is not grouped.',
      s.expr.at,
      'Write GROUP BY, or an aggregate in SELECT and order by its name.',
    );
  check(substituted.type);
  return { ...s, expr: substituted };
}

function sameSource(s: Select, name: string): boolean {
  const keys = new Set(
    s.items.flatMap((i) =>
      i.kind === 'expression' && i.alias !== null && sameName(i.alias, name) ? [keyOf(i.expr)] : [],
    ),
  );
  return keys.size === 1;
}

function substitute(e: Expr, find: (e: Expr) => Expr | undefined, c: Context): Expr {
  const names = new Map<string, Expr>();
  const collect = (x: Expr): void => {
    const found = x.kind === 'column' ? find(x) : undefined;
    if (found && x.kind === 'column') names.set(x.name.toLowerCase(), found);
    children(x).forEach(collect);
  };
  collect(e);
  const columns = [
    ...c.scope.columns.filter((v) => !names.has(v.name.toLowerCase())),
    ...c.scope.columns
      .filter((v) => names.has(v.name.toLowerCase()))
      .map((v) => ({ ...v, hidden: true })),
    ...[...names].map(([name, expr]): Visible => ({ source: null, name, expr, hidden: false })),
  ];
  return resolveExpr(e, { ...c, scope: { ...c.scope, columns } });
}

interface ResolvedFrom {
  readonly from: From;
  readonly columns: readonly Visible[];
}

const visible = (source: string, columns: readonly Output[]): readonly Visible[] =>
  columns.map((c) => ({
    source,
    name: c.name,
    hidden: false,
    expr: { kind: 'column', qualifier: source, name: c.name, type: c.type, at: null },
  }));

/** `left` is what stands before it in the same FROM, for LATERAL and UNNEST. */
function resolveFrom(f: From, outer: Scope, left: readonly Visible[]): ResolvedFrom {
  const beside: Scope = { ...outer, columns: left };
  switch (f.kind) {
    case 'name':
      return resolveName(f, outer);
    case 'derived': {
      const { query, columns } = resolveQuery(
        f.query,
        f.lateral ? beside : (outer.outer ?? { ...outer, columns: [] }),
      );
      const alias = f.alias ?? freeAlias(left);
      const names = f.columns ?? (namesItself(query.body) ? null : columns.map((c) => c.name));
      return {
        from: { ...f, query, alias, columns: names },
        columns: visible(alias, renamed(columns, names, f.at)),
      };
    }
    case 'unnest': {
      const c: Context = {
        scope: beside,
        place: { name: 'UNNEST', aggregates: false, windows: false },
        windows: new Map(),
        resolveQuery,
      };
      const args = f.args.map((a) => resolveExpr(a, c));
      const sources = new Set(left.map((v) => v.source));
      if (
        args.some((a) =>
          some(a, (x) => x.kind === 'column' && x.qualifier !== null && !sources.has(x.qualifier)),
        )
      )
        refuse(
          'UNSUPPORTED',
          'UNNEST of a column of the query around is not available.',
          f.at,
          'Write any_match(array, x -> …) or cardinality(filter(array, x -> …)), or CROSS JOIN UNNEST there.',
        );
      const columns: Output[] = args.flatMap((a): Output[] => {
        if (a.type.kind === 'array') return [{ name: '', type: a.type.element }];
        if (a.type.kind === 'map')
          return [
            { name: '', type: a.type.key },
            { name: '', type: a.type.value },
          ];
        return refuse(
          'TYPE_MISMATCH',
          `UNNEST takes arrays and maps, not ${typeName(a.type)}.`,
          a.at ?? f.at,
          'Name an array, such as concern_codes.',
        );
      });
      if (f.ordinality) columns.push({ name: '', type: BIGINT });
      const alias = f.alias ?? freeAlias(left);
      const names = f.columns ?? columns.map((_, i) => `_col${i}`);
      return {
        from: { ...f, args, alias, columns: names },
        columns: visible(alias, renamed(columns, names, f.at)),
      };
    }
    case 'join': {
      const l = resolveFrom(f.left, outer, left);
      const r = resolveFrom(f.right, outer, [...left, ...l.columns]);
      for (const name of new Set(r.columns.map((c) => c.source)))
        if (name !== null && l.columns.some((c) => c.source !== null && sameName(c.source, name)))
          refuse(
            'AMBIGUOUS_COLUMN',
            `Two things in FROM are called ${name}.`,
            f.right.at,
            'Give one of them another alias.',
          );
      if ((f.join === 'RIGHT' || f.join === 'FULL') && mentionsLeft(f.right))
        refuse(
          'UNSUPPORTED',
          `A ${f.join} JOIN with UNNEST or LATERAL is not available.`,
          f.at,
          'Write CROSS JOIN or LEFT JOIN … ON true.',
        );
      if (f.using !== null) return joinUsing(f, f.using, l, r);
      const columns = [...l.columns, ...r.columns];
      const on =
        f.on &&
        resolveExpr(f.on, {
          scope: { ...outer, columns },
          place: inOn,
          windows: new Map(),
          resolveQuery,
        });
      if (on && !fits(on.type, BOOLEAN))
        refuse(
          'TYPE_MISMATCH',
          `ON takes a boolean, not ${typeName(on.type)}.`,
          on.at,
          'Write a comparison.',
        );
      return { from: { ...f, left: l.from, right: r.from, on }, columns };
    }
    default:
      return { from: f, columns: [] };
  }
}

const mentionsLeft = (f: From): boolean =>
  f.kind === 'unnest' || (f.kind === 'derived' && f.lateral);

const freeAlias = (taken: readonly Visible[]): string => {
  for (let n = 1; ; n++) if (!taken.some((c) => c.source === `_t${n}`)) return `_t${n}`;
};

function joinUsing(
  f: Extract<From, { kind: 'join' }>,
  using: readonly string[],
  l: ResolvedFrom,
  r: ResolvedFrom,
): ResolvedFrom {
  const merged: Visible[] = [];
  const conditions: Expr[] = [];
  for (const name of using) {
    const pick = (side: ResolvedFrom): Expr => {
      const found = side.columns.filter((c) => !c.hidden && sameName(c.name, name));
      if (found.length > 1)
        return refuse(
          'AMBIGUOUS_COLUMN',
          `USING (${name}): several tables have it.`,
          f.at,
          'Write ON with aliases.',
        );
      return (
        found[0]?.expr ??
        refuse(
          'UNKNOWN_COLUMN',
          `USING (${name}): one side has no such column.`,
          f.at,
          'Write ON a.x = b.y.',
        )
      );
    };
    const [a, b] = [pick(l), pick(r)];
    if (!commonType(a.type, b.type))
      refuse(
        'TYPE_MISMATCH',
        `USING (${name}): ${typeName(a.type)} and ${typeName(b.type)}.`,
        f.at,
        'Write ON with a CAST.',
      );
    conditions.push({ kind: 'compare', op: '=', left: a, right: b, type: BOOLEAN, at: f.at });
    const both = plainCall('coalesce', [a, b], f.at, commonType(a.type, b.type) ?? a.type);
    merged.push({
      source: null,
      name,
      hidden: false,
      expr: f.join === 'FULL' ? both : f.join === 'RIGHT' ? b : a,
    });
  }
  const hide = (c: Visible): readonly Visible[] =>
    using.some((u) => sameName(u, c.name))
      ? c.source === null
        ? []
        : [{ ...c, hidden: true }]
      : [c];
  const [only, ...more] = conditions;
  const on: Expr | null = only
    ? more.length > 0
      ? { kind: 'logic', op: 'AND', operands: conditions, type: BOOLEAN, at: f.at }
      : only
    : null;
  return {
    from: { ...f, left: l.from, right: r.from, on, using: null },
    columns: [...merged, ...l.columns.flatMap(hide), ...r.columns.flatMap(hide)],
  };
}

function resolveName(f: Extract<From, { kind: 'name' }>, scope: Scope): ResolvedFrom {
  const key = f.name.toLowerCase();
  const cte = f.qualifier === null ? scope.ctes.get(key) : undefined;
  if (cte) {
    const alias = f.alias ?? key;
    return {
      from: { kind: 'cte', name: key, alias, columns: f.columns, at: f.at },
      columns: visible(alias, renamed(cte, f.columns, f.at)),
    };
  }
  const { qualifier } = f;
  if (qualifier !== null && !DATABASE_ALIASES.some((d) => sameName(d, qualifier)))
    refuse(
      /^(information_schema|system|pg_catalog|sys|main|temp)$/i.test(qualifier)
        ? 'FORBIDDEN'
        : 'UNKNOWN_TABLE',
      `The schema ${qualifier.slice(0, 60)} is not available.`,
      f.at,
      `Write the name of a table alone, or after ${DATABASE_ALIASES[0]}.`,
    );
  const relation = findRelation(key);
  if (!relation) {
    if (f.name.includes('$'))
      refuse(
        'FORBIDDEN',
        'Metadata tables are not available.',
        f.at,
        'Read the tables of the contract.',
      );
    const near = nearest(key, [...relations.map((r) => r.name), ...scope.ctes.keys()]);
    return refuse(
      'UNKNOWN_TABLE',
      `There is no table ${f.name.slice(0, 60)}.`,
      f.at,
      near.length > 0
        ? `Did you mean ${near.join(', ')}?`
        : `There are ${relations
            .filter((r) => r.kind === 'table')
            .map((r) => r.name)
            .join(', ')}.`,
    );
  }
  const alias = f.alias ?? key;
  const columns = Object.entries(relation.columns).map(([name, c]) => ({
    name,
    type: columnType(c.type),
  }));
  return {
    from: { kind: 'relation', relation, alias, columns: f.columns, at: f.at },
    columns: visible(alias, renamed(columns, f.columns, f.at)),
  };
}
