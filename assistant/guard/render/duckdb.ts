import { DATABASE } from '../../../collector/schema/relations.ts';
import type { CallExpr, CompareOperator, Expr, Query } from '../ast.ts';
import { scalarText } from '../functions/json.ts';
import { isSafe } from '../functions/macros.ts';
import type { Tools } from '../functions/spec.ts';
import { functions } from '../functions/table.ts';
import { refuse } from '../refusal.ts';
import {
  asDecimal,
  BOOLEAN,
  commonType,
  DOUBLE,
  duckdbTypeName,
  isInteger,
  type SqlType,
} from '../sqltype.ts';
import type { Dialect } from './dialect.ts';
import { moved } from './moments.ts';
import { quoteName, quoteText } from './quote.ts';
import { type RendererOf, rendererOf } from './render.ts';

const DIGITS = '[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?';
const DAY = '[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}';
const TIME = '([01]?[0-9]|2[0-3]):[0-5]?[0-9](:[0-5]?[0-9](\\.[0-9]+)?)?';
/** White space that Trino drops around a text that it casts, as a class of RE2. */
const BLANK = '[\\x00-\\x20]*';

/**
 * Texts that Trino's CAST reads: the pattern around them, and in its first group what DuckDB's CAST
 * is given, which would read more and less.
 */
const textOfType: Readonly<Record<string, string>> = {
  integer: '([+-]?[0-9]+)',
  bigint: '([+-]?[0-9]+)',
  decimal: `(${DIGITS})`,
  double: `${BLANK}(${DIGITS}|[+-]?NaN|[+-]?Infinity)[fFdD]?${BLANK}`,
  boolean: '((?i)(?:t|true|f|false|1|0))',
  date: `${BLANK}(${DAY})${BLANK}`,
  timestamp: `${BLANK}([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}( ${TIME})?)${BLANK}`,
};

/** Texts that one release of Trino reads and another does not: they stop the query, TRY_CAST or not. */
const doubtful: Readonly<Record<string, string>> = {
  integer: `[\\x00-\\x20]+[+-]?[0-9]+${BLANK}|[+-]?[0-9]+[\\x00-\\x20]+`,
  bigint: `[\\x00-\\x20]+[+-]?[0-9]+${BLANK}|[+-]?[0-9]+[\\x00-\\x20]+`,
  date: `${BLANK}([+-]?[0-9]{5,}-[0-9].*|[+-][0-9]+-[0-9].*|${DAY}[TZ].*)`,
  timestamp: `${BLANK}([+-]?[0-9]{5,}-[0-9].*|[+-][0-9]+-[0-9].*|${DAY}(  .*|[TZ].*| ${TIME}.+)|[0-9]{1,3}-[0-9]{1,2}-[0-9]{1,2})`,
};

/** Whether an expression may be written several times: a name, a literal, or either cast. */
const isSimple = (sql: string): boolean => {
  const inner = /^CAST\((.*) AS [A-Z0-9(), [\]]+\)$/s.exec(sql)?.[1] ?? sql;
  return /^(?:[A-Za-z_]\w*(?:\['v\d+'\])?|"(?:[^"]|"")*"(?:\."(?:[^"]|"")*")?|\d+(?:\.\d+)?|(?:DATE |TIMESTAMP )?'(?:[^']|'')*')$/.test(
    inner,
  );
};

/** Whether a simple expression is a column, or the cast of one. */
const isColumn = (sql: string): boolean => /^(?:CAST\()?"/.test(sql);

/** The call over the rows alone whose first argument is not null. */
function skippingNulls(e: CallExpr): CallExpr {
  const [key] = e.args;
  if (!key) return e;
  const at = e.at;
  const isThere: Expr = { kind: 'isNull', operand: key, negated: true, type: BOOLEAN, at };
  const filter: Expr = e.filter
    ? { kind: 'logic', op: 'AND', operands: [e.filter, isThere], type: BOOLEAN, at }
    : isThere;
  return { ...e, filter };
}

/** A double in a comparison. */
interface Double {
  readonly sql: string;
  readonly maybeNaN: boolean;
}
const once = (sql: string): Double => ({ sql, maybeNaN: true });

/** A query for DuckDB that gives what Trino would give. */
export function renderDuckdb(q: Query): string {
  /** The highest number of a name in force. Equal expressions get equal names, as GROUP BY needs. */
  let names = 0;
  /** Inside TRY, where what would stop the query is null. */
  let soft = 0;
  /** Inside TRY itself, where DuckDB allows no error(). */
  let tries = 0;
  let tryAt: number | null = null;
  const fresh = (): string => `_v${++names}`;
  const fail = (message: string): string => (soft > 0 ? 'NULL' : `error(${quoteText(message)})`);
  const stop = (message: string): string =>
    tries > 0
      ? refuse(
          'UNSUPPORTED',
          'TRY around this is not available.',
          tryAt,
          'Write TRY_CAST(x AS type), or TRY around the one function that may fail.',
        )
      : `error(${quoteText(message)})`;
  const bind: Tools['bind'] = (values, use) => {
    // Columns go along when there is a lambda: inside one, DuckDB finds none of a query around.
    const isNeeded = values.some((v) => !isSimple(v));
    const isBound = (v: string): boolean => !isSimple(v) || (isNeeded && isColumn(v));
    const computed = values.filter(isBound);
    const around = names;
    const taken = values.flatMap((v) => [...v.matchAll(/\b_v(\d+)/g)].map((m) => Number(m[1])));
    names = Math.max(names, ...taken);
    const row = fresh();
    let next = 0;
    const own = values.map((v) =>
      !isBound(v) ? v : computed.length === 1 ? row : `${row}['v${++next}']`,
    );
    const used = use(...own);
    names = around;
    if (computed.length === 0) return used;
    // All values at once: what stands inside a lambda may hold no subquery, aggregate or window.
    const list =
      computed.length === 1
        ? computed[0]
        : `{${computed.map((v, i) => `v${i + 1}: ${v}`).join(', ')}}`;
    return `list_transform([${list}], lambda ${row}: ${used})[1]`;
  };

  const cast = (sql: string, t: SqlType): string => `CAST(${sql} AS ${duckdbTypeName(t)})`;
  /** A division that stops at zero, but not where there is nothing to divide. */
  const divided = (left: string, op: string, right: string): string =>
    /^\d*[1-9]\d*$/.test(right)
      ? `(${left} ${op} ${right})`
      : bind(
          [left, right],
          (l, d) =>
            `(${l} ${op} CASE WHEN ${d} = 0 AND ${l} IS NOT NULL THEN ${fail('Division by zero')} ELSE nullif(${d}, 0) END)`,
        );

  /**
   * A number as the decimal that Trino would make of it; `least` digits wide, because DuckDB keeps
   * results within the 18 digits of its operands where it can, and stops when they overflow.
   */
  const widened = (e: Expr, r: (e: Expr) => string, least: number): string => {
    const d = asDecimal(e.type);
    if (e.type.kind === 'decimal' && d.precision >= least) {
      const sql = r(e);
      return isSimple(sql) ? sql : `(${sql})`;
    }
    return cast(r(e), { kind: 'decimal', precision: Math.max(d.precision, least), scale: d.scale });
  };

  const arithmetic = (e: Extract<Expr, { kind: 'arithmetic' }>, r: (e: Expr) => string): string => {
    const { op, left, right, type } = e;
    const interval =
      right.kind === 'literal' && right.value.kind === 'interval' ? right.value : undefined;
    if (interval && op !== '*' && op !== '/' && op !== '%')
      return moved(r(left), type, op, String(interval.amount), interval.unit);
    if (type.kind === 'double') {
      const [l, x] = [cast(r(left), type), cast(r(right), type)];
      return op === '%' ? `(${l} % ${x})` : `(${l} ${op} ${x})`;
    }
    if (type.kind !== 'decimal') {
      // Each side is written once: twice would double the text with every level of nesting.
      const [l, x] = [r(left), r(right)];
      if (op === '/' || op === '%') return divided(l, op === '/' ? '//' : '%', x);
      // The wider of the two, so that a bigint result does not overflow an integer.
      return `((${l}) ${op} (${x}))`;
    }
    const [l, x] = [widened(left, r, type.precision > 18 ? 19 : 1), widened(right, r, 1)];
    if (op === '/') return decimalDivision(left, right, l, x, type);
    if (op === '%') return cast(divided(l, '%', x), type);
    return cast(`${l} ${op} ${x}`, type);
  };

  /** Exact, and rounded half up at the scale that Trino gives the quotient. */
  const decimalDivision = (
    left: Expr,
    right: Expr,
    l: string,
    x: string,
    type: Extract<SqlType, { kind: 'decimal' }>,
  ): string => {
    const [a, b] = [asDecimal(left.type), asDecimal(right.type)];
    const digits = (sql: string, scale: number) =>
      `CAST(CAST(${sql} AS DECIMAL(38, ${scale})) * CAST(1${'0'.repeat(scale)} AS DECIMAL(38, 0)) AS HUGEINT)`;
    const shift = type.scale - a.scale + b.scale;
    const n = `${digits(l, a.scale)} * 1${'0'.repeat(shift)}::HUGEINT`;
    const unscaled = bind(
      [n, digits(x, b.scale)],
      (p, q) =>
        `CASE WHEN ${p} IS NULL THEN NULL WHEN ${q} = 0 THEN ${fail('Division by zero')} ELSE (2 * abs(${p}) + abs(${q})) // (2 * abs(${q})) * (CASE WHEN (${p} < 0) <> (${q} < 0) THEN -1 ELSE 1 END) END`,
    );
    return type.scale === 0
      ? cast(unscaled, type)
      : cast(
          `CAST(${unscaled} AS DECIMAL(38, 0)) * CAST(0.${'0'.repeat(type.scale - 1)}1 AS DECIMAL(${type.scale}, ${type.scale}))`,
          type,
        );
  };

  const asDouble = (e: Expr, r: (e: Expr) => string): string =>
    e.type.kind === 'double' ? r(e) : cast(r(e), DOUBLE);

  /** NaN equals nothing and is neither less nor more than anything; DuckDB takes it for the largest. */
  const compareDoubles = (l: Double, op: CompareOperator, x: Double): string => {
    const plain = `${l.sql} ${op} ${x.sql}`;
    if (op.startsWith('IS ')) return `(${l.sql}) ${op} (${x.sql})`;
    // Only NaN can be taken for the largest, and two of them for the same.
    if (l.maybeNaN && x.maybeNaN)
      return `CASE WHEN ${l.sql} IS NULL OR ${x.sql} IS NULL THEN NULL WHEN isnan(${l.sql}) OR isnan(${x.sql}) THEN ${op === '<>' ? 'TRUE' : 'FALSE'} ELSE ${plain} END`;
    if (l.maybeNaN && op.startsWith('>'))
      return `CASE WHEN isnan(${l.sql}) THEN ${l.sql} < ${x.sql} ELSE ${plain} END`;
    if (x.maybeNaN && op.startsWith('<'))
      return `CASE WHEN isnan(${x.sql}) THEN ${l.sql} > ${x.sql} ELSE ${plain} END`;
    return plain;
  };
  /** A null in an array leaves open whether it is the same, unless others differ or are missing. */
  const compareArrays = (l: string, op: CompareOperator, x: string): string => {
    const [pair, same] = [fresh(), fresh()];
    const isSame = `CASE WHEN len(${l}) <> len(${x}) THEN FALSE ELSE list_transform([list_transform(list_zip(${l}, ${x}), lambda ${pair}: ${pair}[1] = ${pair}[2])], lambda ${same}: CASE WHEN list_contains(${same}, FALSE) THEN FALSE WHEN list_count(${same}) < len(${same}) THEN NULL ELSE TRUE END)[1] END`;
    const whole = `CASE WHEN ${l} IS NOT NULL AND ${x} IS NOT NULL THEN ${isSame} END`;
    return op === '<>' ? `NOT (${whole})` : whole;
  };
  /** Numbers to be compared as doubles, each computed once. */
  const withDoubles = (
    exprs: readonly Expr[],
    r: (e: Expr) => string,
    use: (...doubles: Double[]) => string,
  ): string =>
    bind(
      exprs.map((e) => asDouble(e, r)),
      (...names) =>
        use(
          ...names.map((sql, i) => {
            const e = exprs[i];
            return { sql, maybeNaN: e?.type.kind === 'double' && e.kind !== 'literal' };
          }),
        ),
    );

  const castExpr = (e: Extract<Expr, { kind: 'cast' }>, r: (e: Expr) => string): string => {
    // TRY_CAST forgives the cast, not what goes wrong in its operand.
    const value = r(e.operand);
    if (e.safe) soft++;
    const word = e.safe ? 'TRY_CAST' : 'CAST';
    const to = duckdbTypeName(e.to);
    const from = e.operand.type;
    const plain = (sql: string) => `${word}(${sql} AS ${to})`;
    // Trino keeps milliseconds and rounds; DuckDB would keep microseconds out of sight.
    const read = (sql: string) =>
      e.to.kind === 'timestamp'
        ? `date_trunc('millisecond', ${plain(sql)} + INTERVAL 500 MICROSECONDS)`
        : plain(sql);
    // A wrong answer would be worse than none, also in a TRY_CAST.
    const unclear = doubtful[e.to.kind];
    const beyond = (v: string) =>
      unclear === undefined
        ? ''
        : `WHEN regexp_full_match(${v}, ${quoteText(unclear)}) THEN ${stop(`Cannot tell the ${e.to.kind} of this text`)} `;
    const pattern = from.kind === 'varchar' ? textOfType[e.to.kind] : undefined;
    let out: string;
    if (pattern !== undefined)
      out = bind(
        [value],
        (v) =>
          `CASE WHEN ${v} IS NULL THEN NULL WHEN regexp_full_match(${v}, ${quoteText(pattern)}) THEN ${read(`regexp_extract(${v}, ${quoteText(pattern)}, 1)`)} ${beyond(v)}ELSE ${fail(`Cannot cast to ${e.to.kind}`)} END`,
      );
    else if (from.kind === 'json') out = bind([value], (j) => castJson(j, e.to));
    else if (from.kind === 'double' && isInteger(e.to)) out = plain(`round(${value})`);
    else if (from.kind === 'timestamp' && e.to.kind === 'varchar')
      out = `strftime(${value}, '%Y-%m-%d %H:%M:%S.%g')`;
    else out = plain(value);
    if (e.safe) soft--;
    return out;
  };

  /** DuckDB's TRY forgives every error, also those that say that there is no answer. */
  const tryExpr = (e: CallExpr, r: (e: Expr) => string): string => {
    const [inner] = e.args;
    if (!inner) return 'NULL';
    const forgivesItself =
      inner.kind === 'call' &&
      (inner.name === 'date_parse' || inner.name === 'json_parse') &&
      inner.args.every(isSafe);
    soft++;
    tryAt = e.at;
    if (!forgivesItself) tries++;
    const sql = r(inner);
    soft--;
    if (!forgivesItself) tries--;
    return forgivesItself ? sql : `TRY(${sql})`;
  };

  const castJson = (j: string, to: SqlType): string => {
    const wrong = fail('Cannot cast this JSON');
    const asText = (x: string) =>
      `CASE WHEN json_type(${x}) IN ('OBJECT', 'ARRAY') THEN ${wrong} ELSE ${scalarText(x, '$', { stop })} END`;
    if (to.kind !== 'array') return asText(j);
    const items = `json_extract(${j}, '$[*]')`;
    const x = fresh();
    const list =
      to.element.kind === 'json'
        ? items
        : `CASE WHEN len(list_filter(${items}, lambda ${x}: json_type(${x}) IN ('OBJECT', 'ARRAY'))) > 0 THEN ${wrong} ELSE list_transform(${items}, lambda ${x}: ${scalarText(x, '$', { stop })}) END`;
    return `CASE json_type(${j}) WHEN 'ARRAY' THEN ${list} WHEN 'NULL' THEN NULL ELSE CASE WHEN ${j} IS NOT NULL THEN ${wrong} END END`;
  };

  const call = (e: Extract<Expr, { kind: 'call' }>, r: (e: Expr) => string): string | undefined => {
    const spec = functions.get(e.name);
    if (!spec) return undefined;
    if (e.name === 'try') return tryExpr(e, r);
    const args = e.star ? ['*'] : e.args.map(r);
    const body = (i: number): string => {
      const lambda = e.args[i];
      return lambda?.kind === 'lambda' ? r(lambda.body) : '';
    };
    const tools: Tools = {
      bind,
      fail,
      stop,
      fresh,
      body,
      isSoft: soft > 0,
      args: e.args,
      result: e.type,
    };
    if (spec.kind === 'scalar') return spec.duckdb(args, tools);
    const renderer: RendererOf = rendererOf(duckdb);
    const name = spec.kind === 'window' ? e.name : spec.duckdb(args, tools);
    if (spec.ordered && args.length === 1) args.push("''");
    const given = spec.given ? spec.given(args, tools) : args;
    const sql = renderer.call(spec.skipsNulls ? skippingNulls(e) : e, name, given, true, true);
    const needsCast = ['decimal', 'double', 'map'].includes(e.type.kind) || isInteger(e.type);
    return spec.around && needsCast ? spec.around(sql, e.type) : sql;
  };

  const duckdb: Dialect = {
    name: quoteName,
    table: (name) => `${DATABASE}.${quoteName(name)}`,
    literal: ({ value: v }) => {
      switch (v.kind) {
        case 'null':
          return 'NULL';
        case 'boolean':
          return v.value ? 'TRUE' : 'FALSE';
        case 'string':
          return quoteText(v.value);
        case 'number':
          return v.text;
        case 'date':
          return `DATE ${quoteText(v.text)}`;
        case 'timestamp':
          return `TIMESTAMP ${quoteText(v.text)}`;
        case 'interval':
          return `INTERVAL (${v.amount}) ${v.unit.toUpperCase()}`;
      }
    },
    expr: (e, r) => {
      switch (e.kind) {
        case 'arithmetic':
          return arithmetic(e, r);
        case 'cast':
          return castExpr(e, r);
        case 'call':
          return call(e, r);
        case 'array':
          return `[${e.items.map(r).join(', ')}]`;
        case 'negate':
          // DuckDB takes the digits for a bigint before it sees the sign.
          return e.type.kind === 'integer' && e.operand.type.kind === 'bigint'
            ? cast(`-(${r(e.operand)})`, e.type)
            : undefined;
        case 'lambda':
          return `lambda ${e.parameters.map(quoteName).join(', ')}: ${r(e.body)}`;
        case 'concat': {
          const [l, x] = [`(${r(e.left)})`, `(${r(e.right)})`];
          if (e.type.kind !== 'array') {
            // A NULL makes DuckDB forget the type.
            const isNull = [e.left, e.right].some((o) => o.kind === 'cast');
            return isNull ? cast(`${l} || ${x}`, e.type) : `${l} || ${x}`;
          }
          const side = (sql: string, t: SqlType) => (t.kind === 'array' ? sql : `[${sql}]`);
          return `${side(l, e.left.type)} || ${side(x, e.right.type)}`;
        }
        case 'compare': {
          const both = commonType(e.left.type, e.right.type);
          if (both?.kind === 'array' && !e.op.startsWith('IS '))
            return bind([r(e.left), r(e.right)], (l, x) => compareArrays(l, e.op, x));
          if (both?.kind !== 'double') return undefined;
          if (e.op.startsWith('IS '))
            return compareDoubles(once(asDouble(e.left, r)), e.op, once(asDouble(e.right, r)));
          return withDoubles([e.left, e.right], r, (l, x) => compareDoubles(l, e.op, x));
        }
        case 'case': {
          if (e.operand?.type.kind !== 'double') return undefined;
          // NaN is no case of any, itself included.
          const operand = bind([r(e.operand)], (x) => `CASE WHEN NOT isnan(${x}) THEN ${x} END`);
          const whens = e.whens.map((w) => ` WHEN ${r(w.when)} THEN ${r(w.result)}`).join('');
          return `CASE ${operand}${whens}${e.otherwise ? ` ELSE ${r(e.otherwise)}` : ''} END`;
        }
        case 'between': {
          const isDouble = [e.low, e.high].some(
            (b) => commonType(e.operand.type, b.type)?.kind === 'double',
          );
          if (!isDouble) return undefined;
          const inside = withDoubles(
            [e.operand, e.low, e.high],
            r,
            (x, low, high) =>
              `(${compareDoubles(x, '>=', low)} AND ${compareDoubles(x, '<=', high)})`,
          );
          return e.negated ? `NOT ${inside}` : inside;
        }
        case 'in': {
          if (!e.items.some((i) => commonType(e.operand.type, i.type)?.kind === 'double'))
            return undefined;
          const inside = withDoubles([e.operand, ...e.items], r, (x, ...items) => {
            const list = `${x.sql} IN (${items.map((i) => i.sql).join(', ')})`;
            return x.maybeNaN && items.some((i) => i.maybeNaN)
              ? `CASE WHEN isnan(${x.sql}) THEN nullif(${items.map((i) => `${i.sql} IS NULL`).join(' OR ')}, TRUE) ELSE ${list} END`
              : `(${list})`;
          });
          return e.negated ? `NOT ${inside}` : inside;
        }
        default:
          return undefined;
      }
    },
    nulls: (s) => ` NULLS ${(s.nulls ?? 'last').toUpperCase()}`,
    typeName: duckdbTypeName,
    unnest: (f, r) => {
      const lists = f.args.flatMap((a) =>
        a.type.kind === 'map' ? [`map_keys(${r(a)})`, `map_values(${r(a)})`] : [r(a)],
      );
      const longest = `greatest(${f.args.map((a) => `len(${a.type.kind === 'map' ? `map_keys(${r(a)})` : r(a)})`).join(', ')})`;
      const columns = [...lists, ...(f.ordinality ? [`range(1, ${longest} + 1)`] : [])];
      return `LATERAL (SELECT ${columns.map((c) => `unnest(${c})`).join(', ')})`;
    },
    values: (sql, columns) =>
      `SELECT * FROM (${sql}) AS "_t" (${Array.from({ length: columns }, (_, i) => `"_col${i}"`).join(', ')})`,
    parenthesizeAll: true,
  };
  return rendererOf(duckdb).query(q);
}
