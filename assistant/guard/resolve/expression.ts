import type { CallExpr, Expr, Query, Sort, Window } from '../ast.ts';
import { macros, withoutCaseFlag, withoutTry } from '../functions/macros.ts';
import { functions } from '../functions/table.ts';
import { literal } from '../lower/literals.ts';
import { plainCall } from '../nodes.ts';
import { refuse } from '../refusal.ts';
import {
  arrayOf,
  asDecimal,
  BIGINT,
  BOOLEAN,
  commonType,
  DATE,
  DOUBLE,
  decimal,
  fits,
  INTEGER,
  isComparable,
  isInteger,
  isNumber,
  isOrderable,
  isTemporal,
  NULL_TYPE,
  type SqlType,
  sameType,
  typeName,
  VARCHAR,
} from '../sqltype.ts';
import { children, some } from '../visit.ts';
import { findColumn, type Output, type Scope } from './scope.ts';

/** What may stand in a place, besides plain expressions. */
export interface Place {
  readonly name: string;
  readonly aggregates: boolean;
  readonly windows: boolean;
}

export type ResolveQuery = (
  q: Query,
  outer: Scope,
) => { readonly query: Query; readonly columns: readonly Output[] };

export interface Context {
  readonly scope: Scope;
  readonly place: Place;
  readonly windows: ReadonlyMap<string, Window>;
  readonly resolveQuery: ResolveQuery;
}

const mismatch = (message: string, at: number | null, hint: string): never =>
  refuse('TYPE_MISMATCH', message, at, hint);

/** How to make two types meet, in words. */
function meetingHint(a: SqlType, b: SqlType): string {
  const kinds = [a.kind, b.kind];
  if (kinds.includes('varchar') && kinds.includes('date'))
    return "Write the date as DATE '2026-01-31'.";
  if (kinds.includes('varchar') && kinds.includes('timestamp'))
    return "Write the moment as TIMESTAMP '2026-01-31 00:00:00' or DATE '2026-01-31'.";
  if (kinds.includes('varchar') && kinds.includes('array'))
    return "Write contains(array, 'value').";
  if (kinds.includes('varchar') && kinds.includes('boolean'))
    return 'Write the column alone, or = true.';
  if (kinds.includes('varchar')) return 'Write the number without quotes, or CAST one side.';
  return 'CAST one side to the type of the other.';
}

function comparable(
  a: Expr,
  b: { readonly type: SqlType },
  at: number | null,
  ordered = false,
): void {
  const common = commonType(a.type, b.type);
  if (common?.kind === 'array')
    refuse(
      'UNSUPPORTED',
      'These arrays cannot be compared here: with nulls in them the engines differ.',
      at,
      "Write =, IS NOT DISTINCT FROM, contains(array, 'value') or cardinality(array).",
    );
  if (common === undefined || ['map', 'json', 'interval'].includes(common.kind))
    mismatch(
      `${typeName(a.type)} cannot be compared with ${typeName(b.type)}.`,
      at,
      meetingHint(a.type, b.type),
    );
  else if (ordered && !isOrderable(common))
    mismatch(`${typeName(common)} has no order.`, at, 'Compare with = or <>.');
}

const isAggregate = (e: Expr): boolean =>
  e.kind === 'call' && functions.get(e.name)?.kind === 'aggregate' && e.over === null;
const isWindow = (e: Expr): boolean => e.kind === 'call' && e.over !== null;

/** Binds every name of an expression and tells every type. Refuses what Trino would refuse. */
export function resolveExpr(e: Expr, c: Context): Expr {
  const r = (x: Expr): Expr => resolveExpr(x, c);
  const boolean = (x: Expr, what: string): Expr => {
    const done = r(x);
    if (!fits(done.type, BOOLEAN))
      mismatch(
        `${what} takes a boolean, not ${typeName(done.type)}.`,
        done.at ?? e.at,
        'Write a comparison.',
      );
    return done;
  };
  switch (e.kind) {
    case 'literal':
    case 'clock':
      return e;
    case 'column':
      return findColumn(c.scope, e.qualifier, e.name, e.at);
    case 'lambda':
      return refuse(
        'UNSUPPORTED',
        'A lambda can only be given to a function.',
        e.at,
        'Write any_match(array, x -> …).',
      );
    case 'not':
      return { ...e, operand: boolean(e.operand, 'NOT'), type: BOOLEAN };
    case 'negate': {
      const operand = r(e.operand);
      if (operand.kind === 'literal' && operand.value.kind === 'interval')
        return { ...operand, value: { ...operand.value, amount: -operand.value.amount } };
      if (!isNumber(operand.type))
        mismatch(`- takes a number, not ${typeName(operand.type)}.`, e.at, 'Write a number.');
      // Trino reads a sign and digits as one literal.
      const isLeast =
        operand.kind === 'literal' &&
        operand.value.kind === 'number' &&
        operand.value.text === '2147483648';
      return { ...e, operand, type: isLeast ? INTEGER : operand.type };
    }
    case 'arithmetic':
      return arithmetic(e, r(e.left), r(e.right));
    case 'concat': {
      const [l, x] = [r(e.left), r(e.right)];
      const type = concatType(l, x, e.at);
      return { ...e, left: typedNull(l, type), right: typedNull(x, type), type };
    }
    case 'compare': {
      const [left, right] = [r(e.left), r(e.right)];
      const both = commonType(left.type, right.type);
      const isEquality = e.op === '=' || e.op === '<>';
      const mayBeArrays =
        both?.kind === 'array' &&
        (e.op.startsWith('IS ')
          ? isComparable(both)
          : isEquality && isOrderable(both.element) && both.element.kind !== 'double');
      if (!mayBeArrays)
        comparable(left, right, left.at ?? e.at, /[<>]/.test(e.op) && e.op !== '<>');
      return { ...e, left, right, type: BOOLEAN };
    }
    case 'logic':
      return { ...e, operands: e.operands.map((o) => boolean(o, e.op)), type: BOOLEAN };
    case 'between': {
      const [operand, low, high] = [r(e.operand), r(e.low), r(e.high)];
      comparable(operand, low, operand.at, true);
      comparable(operand, high, operand.at, true);
      return { ...e, operand, low, high, type: BOOLEAN };
    }
    case 'in': {
      const operand = r(e.operand);
      const items = e.items.map(r);
      for (const i of items) comparable(operand, i, i.at ?? e.at);
      return { ...e, operand, items, type: BOOLEAN };
    }
    case 'inQuery':
    case 'quantified': {
      const operand = r(e.operand);
      const query = oneColumn(e.query, c, e.at);
      comparable(
        operand,
        query,
        operand.at ?? e.at,
        e.kind === 'quantified' && e.op !== '=' && e.op !== '<>',
      );
      return { ...e, operand, query: query.query, type: BOOLEAN };
    }
    case 'exists':
      return { ...e, query: c.resolveQuery(e.query, c.scope).query, type: BOOLEAN };
    case 'scalarQuery': {
      const { query, type } = oneColumn(e.query, c, e.at);
      return { ...e, query, type };
    }
    case 'like': {
      const [operand, pattern] = [r(e.operand), r(e.pattern)];
      for (const x of [operand, pattern])
        if (!fits(x.type, VARCHAR))
          mismatch(
            `LIKE takes varchar, not ${typeName(x.type)}.`,
            x.at ?? e.at,
            x.type.kind === 'array'
              ? 'Write any_match(array, x -> x LIKE …).'
              : 'CAST it to varchar.',
          );
      if (e.escape !== null) checkEscapes(pattern, e.escape);
      return { ...e, operand, pattern, type: BOOLEAN };
    }
    case 'isNull':
      return { ...e, operand: r(e.operand), type: BOOLEAN };
    case 'case': {
      const operand = e.operand && r(e.operand);
      const whens = e.whens.map((w) => ({
        when: operand ? r(w.when) : boolean(w.when, 'WHEN'),
        result: r(w.result),
      }));
      if (operand) for (const w of whens) comparable(operand, w.when, w.when.at ?? e.at);
      const otherwise = e.otherwise && r(e.otherwise);
      const type = commonOf(
        [...whens.map((w) => w.result), ...(otherwise ? [otherwise] : [])],
        'The branches of CASE',
        e.at,
      );
      return { ...e, operand, whens, otherwise, type };
    }
    case 'cast': {
      const operand = r(e.operand);
      if (e.to.kind === 'varchar' && e.to.length !== undefined)
        return castToLength(e, operand.type, e.to.length, c);
      checkCast(operand.type, e.to, e.at);
      return { ...e, operand, type: e.to };
    }
    case 'array': {
      const items = e.items.map(r);
      return { ...e, items, type: arrayOf(commonOf(items, 'The values of an array', e.at)) };
    }
    case 'subscript':
      // A missing key or index would stop the query in Trino; element_at gives null instead.
      return resolveExpr(plainCall('element_at', [e.base, e.index], e.at), c);
    case 'call':
      return resolveCall(e, c);
  }
}

/** A bare NULL as the type it is used as: Trino would join it as an array, DuckDB as a number. */
const typedNull = (e: Expr, to: SqlType): Expr =>
  e.type.kind === 'null' && to.kind !== 'null'
    ? { kind: 'cast', operand: e, to, safe: false, type: to, at: e.at }
    : e;

function commonOf(items: readonly Expr[], what: string, at: number | null): SqlType {
  let type: SqlType = NULL_TYPE;
  for (const i of items) {
    const next = commonType(type, i.type);
    if (next === undefined)
      return mismatch(
        `${what} are ${typeName(type)} and ${typeName(i.type)}.`,
        i.at ?? at,
        'CAST them to one type.',
      );
    type = next;
  }
  return type;
}

function oneColumn(
  q: Query,
  c: Context,
  at: number | null,
): { readonly query: Query; readonly type: SqlType } {
  const { query, columns } = c.resolveQuery(q, c.scope);
  const [only, ...more] = columns;
  if (!only || more.length > 0)
    return refuse(
      'WRONG_ARGUMENTS',
      `This subquery gives ${columns.length} columns.`,
      q.at ?? at,
      'SELECT one column.',
    );
  return { query, type: only.type };
}

function checkEscapes(pattern: Expr, escapeWith: string): void {
  if (pattern.kind !== 'literal' || pattern.value.kind !== 'string') return;
  const text = pattern.value.value;
  for (let i = 0; i < text.length; i++)
    if (text[i] === escapeWith && !['%', '_', escapeWith].includes(text[++i] ?? ''))
      refuse(
        'WRONG_ARGUMENTS',
        `The escape character ${escapeWith} must stand before %, _ or itself.`,
        pattern.at,
        'Write it twice for the character itself.',
      );
}

function concatType(left: Expr, right: Expr, at: number | null): SqlType {
  const [l, r] = [left.type, right.type];
  if (fits(l, VARCHAR) && fits(r, VARCHAR)) return VARCHAR;
  if (l.kind === 'array' && r.kind === 'array') {
    const common = commonType(l, r);
    if (common) return common;
  } else if (l.kind === 'array' && fits(r, l.element)) return l;
  else if (r.kind === 'array' && fits(l, r.element)) return r;
  return mismatch(
    `|| cannot join ${typeName(l)} and ${typeName(r)}.`,
    at ?? left.at,
    'CAST each side to varchar.',
  );
}

/** Most decimals of a calculation, so that exact division stays within 38 digits. */
const MAX_SCALE = 16;

type Arithmetic = Extract<Expr, { kind: 'arithmetic' }>;

function arithmetic(e: Arithmetic, left: Expr, right: Expr): Expr {
  const { op } = e;
  const at = e.at ?? left.at;
  const [l, r] = [left.type, right.type];
  const [moment, interval] =
    r.kind === 'interval'
      ? [left, right]
      : op === '+' && l.kind === 'interval'
        ? [right, left]
        : [undefined, undefined];
  if (moment && interval && (op === '+' || op === '-') && isTemporal(moment.type)) {
    if (interval.kind !== 'literal' || interval.value.kind !== 'interval')
      return mismatch('An interval must be written out here.', at, "Write INTERVAL '90' DAY.");
    if (moment.type.kind === 'date' && ['second', 'minute', 'hour'].includes(interval.value.unit))
      mismatch(
        'Hours, minutes and seconds cannot be added to a date.',
        at,
        'CAST the date to timestamp.',
      );
    return { ...e, left: moment, right: interval, type: moment.type };
  }
  if (isTemporal(l) && isTemporal(r))
    return mismatch('Two moments cannot be subtracted.', at, "Write date_diff('day', from, to).");
  if (isTemporal(l) && isInteger(r))
    return mismatch(
      'A number cannot be added to a date.',
      at,
      "Write date_add('day', n, x) or + INTERVAL '7' DAY.",
    );
  if (!(isNumber(l) || l.kind === 'null') || !(isNumber(r) || r.kind === 'null'))
    return mismatch(
      `${op} takes numbers, not ${typeName(l)} and ${typeName(r)}.`,
      at,
      l.kind === 'varchar' && r.kind === 'varchar' && op === '+'
        ? 'Write || to join text.'
        : 'CAST the text to a number.',
    );
  const [a, b] = [l.kind === 'null' ? r : l, r.kind === 'null' ? l : r];
  const type = numberResult(op, a, b);
  if (type.kind === 'decimal' && type.scale > MAX_SCALE)
    refuse(
      'UNSUPPORTED',
      `The result has ${type.scale} decimals; ${MAX_SCALE} are the most.`,
      at,
      'CAST one side to double.',
    );
  return { ...e, left, right, type };
}

/** The type of a calculation, as Trino defines it for decimals. */
function numberResult(op: Arithmetic['op'], l: SqlType, r: SqlType): SqlType {
  if (l.kind === 'null' && r.kind === 'null') return BIGINT;
  if (l.kind === 'double' || r.kind === 'double') return DOUBLE;
  if (l.kind !== 'decimal' && r.kind !== 'decimal') return commonType(l, r) ?? BIGINT;
  const [a, b] = [asDecimal(l), asDecimal(r)];
  const scale = Math.max(a.scale, b.scale);
  switch (op) {
    case '*':
      return decimal(a.precision + b.precision, a.scale + b.scale);
    case '/':
      return decimal(a.precision + b.scale + Math.max(b.scale - a.scale, 0), scale);
    case '%':
      return decimal(Math.min(a.precision - a.scale, b.precision - b.scale) + scale, scale);
    default:
      return decimal(Math.max(a.precision - a.scale, b.precision - b.scale) + scale + 1, scale);
  }
}

const castable: Readonly<Record<string, readonly string[]>> = {
  varchar: ['boolean', 'integer', 'bigint', 'double', 'decimal', 'date', 'timestamp'],
  boolean: ['varchar', 'integer', 'bigint', 'double', 'decimal'],
  integer: ['varchar', 'boolean', 'bigint', 'double', 'decimal'],
  bigint: ['varchar', 'boolean', 'integer', 'double', 'decimal'],
  decimal: ['varchar', 'integer', 'bigint', 'double', 'decimal'],
  double: ['integer', 'bigint', 'decimal'],
  date: ['varchar', 'timestamp'],
  timestamp: ['varchar', 'date'],
  json: ['varchar'],
};

/** A CAST to varchar(n) cuts text; of anything else Trino makes an error when it does not fit. */
function castToLength(
  e: Extract<Expr, { kind: 'cast' }>,
  from: SqlType,
  length: number,
  c: Context,
): Expr {
  if (from.kind === 'varchar') {
    const args = [
      e.operand,
      literal({ kind: 'number', text: '1' }, e.at),
      literal({ kind: 'number', text: String(length) }, e.at),
    ];
    return resolveCall({ ...substr, args, at: e.at }, c);
  }
  const longest: Readonly<Record<string, number>> = {
    boolean: 5,
    integer: 11,
    bigint: 20,
    date: 10,
    timestamp: 23,
    null: 0,
    decimal: from.kind === 'decimal' ? from.precision + 3 : 0,
  };
  if (length < (longest[from.kind] ?? Number.POSITIVE_INFINITY))
    refuse(
      'UNSUPPORTED',
      `CAST of ${typeName(from)} to varchar(${length}) is not available: it may not fit.`,
      e.at,
      `Write CAST(x AS varchar), or substr(CAST(x AS varchar), 1, ${length}).`,
    );
  return resolveExpr({ ...e, to: VARCHAR, type: VARCHAR }, c);
}

const substr = plainCall('substr', []);

function checkCast(from: SqlType, to: SqlType, at: number | null): void {
  if (from.kind === 'null' || sameType(from, to)) return;
  if (castable[from.kind]?.includes(to.kind)) return;
  if (from.kind === 'json' && to.kind === 'array' && /^(json|varchar)$/.test(to.element.kind))
    return;
  mismatch(
    `CAST from ${typeName(from)} to ${typeName(to)} is not available.`,
    at,
    from.kind === 'double' && to.kind === 'varchar'
      ? 'CAST it to decimal(18, 2) first, which prints alike everywhere.'
      : from.kind === 'array'
        ? "Write array_join(array, ',')."
        : to.kind === 'json'
          ? 'Write json_parse(x).'
          : from.kind === 'json'
            ? 'Write json_extract_scalar(x, path), and CAST that.'
            : 'Use the value as it is.',
  );
}

function resolveSorts(sorts: readonly Sort[], c: Context): readonly Sort[] {
  return sorts.map((s) => {
    const expr = resolveExpr(s.expr, c);
    if (!isOrderable(expr.type))
      mismatch(`${typeName(expr.type)} has no order.`, expr.at, 'Order by something else.');
    return { ...s, expr };
  });
}

function resolveWindow(w: Window, c: Context, depth = 0): Window {
  const base = w.base === null ? null : c.windows.get(w.base.toLowerCase());
  if (base === undefined || depth > 8)
    return refuse(
      'SYNTAX',
      `There is no window ${w.base ?? ''}.`,
      null,
      'Define it: WINDOW name AS (…).',
    );
  const inside: Context = {
    ...c,
    place: { name: 'a window', aggregates: c.place.aggregates, windows: false },
  };
  const own: Window = {
    base: null,
    partitionBy: w.partitionBy.map((e) => resolveExpr(e, inside)),
    orderBy: resolveSorts(w.orderBy, inside),
    frame: w.frame,
  };
  if (base === null) return own;
  const from = resolveWindow(base, c, depth + 1);
  if (
    own.partitionBy.length > 0 ||
    (own.orderBy.length > 0 && from.orderBy.length > 0) ||
    (from.frame !== null && (own.orderBy.length > 0 || own.frame !== null))
  )
    refuse(
      'SYNTAX',
      'A window cannot change the partition, order or frame of the window it names.',
      null,
      'Write the whole window.',
    );
  return {
    base: null,
    partitionBy: from.partitionBy,
    orderBy: own.orderBy.length > 0 ? own.orderBy : from.orderBy,
    frame: own.frame ?? from.frame,
  };
}

function resolveCall(written: CallExpr, c: Context): Expr {
  const macro = macros.get(written.name);
  if (macro)
    return resolveExpr(
      macro(written, (x) => resolveExpr(x, c).type),
      c,
    );
  const forgiving = withoutTry(written);
  if (forgiving) return resolveExpr(forgiving, c);
  const e = withoutCaseFlag(written);
  const { at, name } = e;
  const plain =
    !e.star &&
    !e.distinct &&
    !e.withinGroup &&
    e.filter === null &&
    e.over === null &&
    e.nulls === null &&
    e.orderBy.length === 0;
  const [one, two] = e.args;
  if (name === 'mod' && plain && one && two && e.args.length === 2)
    return resolveExpr(
      { kind: 'arithmetic', op: '%', left: one, right: two, type: NULL_TYPE, at },
      c,
    );
  if (name === 'date' && plain && one && e.args.length === 1)
    return resolveExpr({ kind: 'cast', operand: one, to: DATE, safe: false, type: DATE, at }, c);
  const spec = functions.get(name);
  if (!spec)
    return refuse(
      'UNKNOWN_FUNCTION',
      `The function ${name} is not available.`,
      at,
      'Only functions that both engines compute alike are available.',
    );
  const over = e.over && resolveWindow(e.over, c);
  checkModifiers(e, spec.kind, c);

  const inner: Context =
    spec.kind === 'aggregate'
      ? {
          ...c,
          place: {
            name: over ? 'a window function' : `${name}(…)`,
            aggregates: over !== null && c.place.aggregates,
            windows: false,
          },
        }
      : c;
  const fixed = e.args.map((a) => (a.kind === 'lambda' ? undefined : resolveExpr(a, inner)));
  const known = fixed.map((a) => a?.type ?? NULL_TYPE);
  const args = e.args.map((a, i): Expr => {
    const done = fixed[i];
    if (done) return done;
    if (a.kind !== 'lambda' || !spec.lambda)
      return refuse('WRONG_ARGUMENTS', `${name} takes no lambda.`, at, 'Write a value.');
    const types = spec.lambda(known);
    if (a.parameters.length !== types.length)
      return refuse(
        'WRONG_ARGUMENTS',
        `The lambda of ${name} takes ${types.length} parameter${types.length === 1 ? '' : 's'}.`,
        a.at ?? at,
        'Write x -> ….',
      );
    // Names with an underscore in front are the renderer's own.
    const own = a.parameters.find((n) => n.startsWith('_'));
    if (own !== undefined)
      refuse(
        'UNSUPPORTED',
        `A parameter called ${own} is not available.`,
        a.at ?? at,
        'Write x -> ….',
      );
    const lambda = new Map(c.scope.lambda);
    a.parameters.forEach((p, n) => {
      lambda.set(p.toLowerCase(), types[n] ?? NULL_TYPE);
    });
    const body = resolveExpr(a.body, {
      ...inner,
      scope: { ...c.scope, lambda },
      place: { name: 'a lambda', aggregates: false, windows: false },
    });
    if (
      some(
        body,
        (x) =>
          x.kind === 'scalarQuery' ||
          x.kind === 'exists' ||
          x.kind === 'inQuery' ||
          x.kind === 'quantified',
      )
    )
      refuse(
        'UNSUPPORTED',
        'A subquery inside a lambda is not available.',
        a.at ?? at,
        'Put the condition outside.',
      );
    return {
      ...a,
      parameters: a.parameters.map((p) => p.toLowerCase()),
      body,
      type: { kind: 'function', result: body.type },
    };
  });

  if (!e.star)
    checkArity(
      name,
      args.length,
      spec.parameters.length - spec.optional,
      spec.variadic ? 100 : spec.parameters.length,
      at,
    );
  args.forEach((a, i) => {
    const wanted = spec.parameters[Math.min(i, spec.parameters.length - 1)];
    if (wanted && !wanted.accepts(a.type, a)) {
      const literal = /quotes|written out/.test(wanted.wanted);
      refuse(
        literal ? 'WRONG_ARGUMENTS' : 'TYPE_MISMATCH',
        `Argument ${i + 1} of ${name} must be ${wanted.wanted}${literal ? '' : `, not ${typeName(a.type)}`}.`,
        a.at ?? at,
        `Give ${wanted.wanted}.`,
      );
    }
  });
  const type = e.star
    ? BIGINT
    : spec.result(
        args.map((a) => a.type),
        args,
      );
  if (typeof type === 'string')
    return refuse('TYPE_MISMATCH', `${name}: ${type}.`, at, 'Change or CAST the arguments.');
  if (e.distinct && args[0] && !isComparable(args[0].type))
    refuse(
      'TYPE_MISMATCH',
      `DISTINCT over ${typeName(args[0].type)} is not available.`,
      at,
      'Count something else.',
    );
  if (name === 'try') checkTry(args[0], at);
  return {
    ...e,
    args: name === 'concat' ? args.map((a) => typedNull(a, type)) : args,
    over,
    type,
    orderBy: resolveSorts(e.orderBy, inner),
    filter: e.filter && resolveExpr(e.filter, inner),
  };
}

function checkArity(
  name: string,
  given: number,
  least: number,
  most: number,
  at: number | null,
): void {
  if (given >= least && given <= most) return;
  const wanted =
    least === most ? String(least) : most >= 100 ? `at least ${least}` : `${least} to ${most}`;
  refuse(
    'WRONG_ARGUMENTS',
    `${name} takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${given}.`,
    at,
    'Look the function up in the reference.',
  );
}

/** DISTINCT, ORDER BY, FILTER, OVER and IGNORE NULLS, where each makes sense. */
function checkModifiers(e: CallExpr, kind: 'scalar' | 'aggregate' | 'window', c: Context): void {
  const no = (message: string, hint: string): never => refuse('UNSUPPORTED', message, e.at, hint);
  const spec = functions.get(e.name);
  if (e.star && e.name !== 'count')
    refuse(
      'WRONG_ARGUMENTS',
      `${e.name}(*) is not a call.`,
      e.at,
      'Name the column; only count takes *.',
    );
  if (e.star && e.distinct)
    refuse('WRONG_ARGUMENTS', 'count(DISTINCT *) is not a call.', e.at, 'Name one column.');
  if (kind !== 'aggregate' && (e.distinct || e.filter !== null))
    no(`${e.name} takes no DISTINCT or FILTER.`, 'Only aggregates do.');
  if (e.orderBy.length > 0 && e.name !== 'array_agg' && !spec?.ordered)
    no(`${e.name} takes no ORDER BY.`, 'Only array_agg and listagg do.');
  if (spec?.ordered && e.orderBy.length === 0)
    refuse(
      'WRONG_ARGUMENTS',
      `${e.name} needs an order.`,
      e.at,
      `Write ${e.name}(x, ',') WITHIN GROUP (ORDER BY x).`,
    );
  if (
    e.nulls === 'ignore' &&
    !['first_value', 'last_value', 'nth_value', 'lag', 'lead'].includes(e.name)
  )
    no(`${e.name} takes no IGNORE NULLS.`, 'Filter the nulls out.');
  if (e.over !== null && e.filter !== null)
    no('FILTER over a window is not available.', 'Write CASE WHEN … THEN … END inside.');
  if (kind === 'scalar' && e.over !== null)
    no(`${e.name} is not a window function.`, 'Leave OVER out.');
  if (kind === 'window' && e.over === null)
    refuse(
      'WRONG_ARGUMENTS',
      `${e.name} needs OVER (…).`,
      e.at,
      `Write ${e.name}(…) OVER (ORDER BY …).`,
    );
  if (
    e.over !== null &&
    (e.distinct || spec?.ordered || e.orderBy.length > 0 || e.name === 'grouping')
  )
    no(
      `${e.name} over a window takes no DISTINCT or ORDER BY of its own.`,
      'Aggregate in a subquery.',
    );
  if (
    kind === 'window' &&
    e.over?.orderBy.length === 0 &&
    e.over.base === null &&
    e.name !== 'row_number'
  )
    no(
      `${e.name} needs an ORDER BY in its window.`,
      'Write OVER (ORDER BY …); without an order the result is chance.',
    );
  if (e.over !== null && !c.place.windows)
    no(`A window function in ${c.place.name} is not available.`, 'Compute it in a subquery.');
  if (kind === 'aggregate' && e.over === null && !c.place.aggregates)
    no(
      `An aggregate in ${c.place.name} is not available.`,
      c.place.name === 'WHERE'
        ? 'Write HAVING, or aggregate in a subquery.'
        : 'Aggregate in a subquery.',
    );
}

/** DuckDB computes TRY step by step, so nothing inside may turn a null into something else. */
function checkTry(e: Expr | undefined, at: number | null): void {
  const strict = (x: Expr): boolean =>
    ['literal', 'column', 'arithmetic', 'negate', 'cast', 'concat'].includes(x.kind) ||
    (x.kind === 'call' && functions.get(x.name)?.kind !== 'scalar'
      ? isAggregate(x) || isWindow(x)
      : x.kind === 'call' &&
        ![
          'coalesce',
          'if',
          'concat_ws',
          'any_match',
          'all_match',
          'none_match',
          'transform',
          'filter',
        ].includes(x.name));
  const all = (x: Expr): boolean => strict(x) && children(x).every(all);
  if (e && !all(e))
    refuse(
      'UNSUPPORTED',
      'TRY over conditions is not available.',
      at,
      'Write TRY around the calculation or the CAST only, or use nullif(x, 0) and TRY_CAST.',
    );
}
