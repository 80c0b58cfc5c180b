import type { Expr, Query } from '../ast.ts';
import type { Tools } from '../functions/spec.ts';
import { functions } from '../functions/table.ts';
import {
  asDecimal,
  commonType,
  duckdbTypeName,
  isInteger,
  isNumber,
  type SqlType,
} from '../sqltype.ts';
import type { Dialect } from './dialect.ts';
import { quoteName, quoteText } from './quote.ts';
import { type RendererOf, rendererOf } from './render.ts';

/** Checks of texts that Trino's CAST makes and DuckDB's does not. */
const textOfType: Readonly<Record<string, string>> = {
  integer: '[+-]?[0-9]+',
  bigint: '[+-]?[0-9]+',
  decimal: '[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)',
  double: '\\s*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*',
  boolean: '(?i)(t|true|f|false|1|0)',
  date: '\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\\s*',
  timestamp:
    '\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}( [0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?)?\\s*',
};

/** A query for DuckDB that gives what Trino would give. */
export function renderDuckdb(q: Query): string {
  let names = 0;
  /** Inside TRY, where what would stop the query is null. */
  let soft = 0;
  const fresh = (): string => `_v${++names}`;
  const fail = (message: string): string => (soft > 0 ? 'NULL' : `error(${quoteText(message)})`);
  const isSimple = (sql: string): boolean =>
    /^(?:[A-Za-z_]\w*|"(?:[^"]|"")*"(?:\."(?:[^"]|"")*")?|\d+(?:\.\d+)?|'(?:[^']|'')*')$/.test(sql);
  const bind = (value: string, use: (name: string) => string): string => {
    if (isSimple(value)) return use(value);
    const v = fresh();
    return `list_transform([${value}], lambda ${v}: ${use(v)})[1]`;
  };

  const cast = (sql: string, t: SqlType): string => `CAST(${sql} AS ${duckdbTypeName(t)})`;
  const nonZero = (sql: string): string =>
    /^\d*[1-9]\d*$/.test(sql)
      ? sql
      : bind(sql, (d) => `CASE WHEN ${d} = 0 THEN ${fail('Division by zero')} ELSE ${d} END`);

  /**
   * A number as the decimal that Trino would make of it; `least` digits wide, because DuckDB keeps
   * results within the 18 digits of its operands where it can, and stops when they overflow.
   */
  const widened = (e: Expr, r: (e: Expr) => string, least: number): string => {
    const d = asDecimal(e.type);
    if (e.type.kind === 'decimal' && d.precision >= least) return `(${r(e)})`;
    return cast(r(e), { kind: 'decimal', precision: Math.max(d.precision, least), scale: d.scale });
  };

  const arithmetic = (e: Extract<Expr, { kind: 'arithmetic' }>, r: (e: Expr) => string): string => {
    const { op, left, right, type } = e;
    const interval =
      right.kind === 'literal' && right.value.kind === 'interval' ? right.value : undefined;
    if (interval)
      return cast(
        `(${r(left)}) ${op} INTERVAL (${interval.amount}) ${interval.unit.toUpperCase()}`,
        type,
      );
    if (type.kind === 'double') {
      const [l, x] = [cast(r(left), type), cast(r(right), type)];
      return op === '%' ? `(${l} % ${x})` : `(${l} ${op} ${x})`;
    }
    if (type.kind !== 'decimal') {
      const [l, x] = [`(${r(left)})`, r(right)];
      if (op === '/' || op === '%') return `(${l} ${op === '/' ? '//' : '%'} ${nonZero(x)})`;
      // The wider of the two, so that a bigint result does not overflow an integer.
      return `(${l} ${op} (${x}))`;
    }
    const [l, x] = [widened(left, r, type.precision > 18 ? 19 : 1), widened(right, r, 1)];
    if (op === '/') return decimalDivision(left, right, l, x, type);
    if (op === '%') return cast(`${l} % ${nonZero(x)}`, type);
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
    const pair = fresh();
    const [p, q] = [`${pair}[1]`, `${pair}[2]`];
    const quotient = `CASE WHEN ${q} = 0 THEN ${fail('Division by zero')} ELSE (2 * abs(${p}) + abs(${q})) // (2 * abs(${q})) * (CASE WHEN (${p} < 0) <> (${q} < 0) THEN -1 ELSE 1 END) END`;
    const unscaled = `list_transform([[${n}, ${digits(x, b.scale)}]], lambda ${pair}: ${quotient})[1]`;
    return type.scale === 0
      ? cast(unscaled, type)
      : cast(
          `CAST(${unscaled} AS DECIMAL(38, 0)) * CAST(0.${'0'.repeat(type.scale - 1)}1 AS DECIMAL(${type.scale}, ${type.scale}))`,
          type,
        );
  };

  const castExpr = (e: Extract<Expr, { kind: 'cast' }>, r: (e: Expr) => string): string => {
    if (e.safe) soft++;
    const value = r(e.operand);
    const word = e.safe ? 'TRY_CAST' : 'CAST';
    const to = duckdbTypeName(e.to);
    const from = e.operand.type;
    const plain = (sql: string) => `${word}(${sql} AS ${to})`;
    const pattern = from.kind === 'varchar' ? textOfType[e.to.kind] : undefined;
    let out: string;
    if (pattern !== undefined)
      out = bind(
        value,
        (v) =>
          `CASE WHEN ${v} IS NULL OR regexp_full_match(${v}, ${quoteText(pattern)}) THEN ${plain(v)} ELSE ${fail(`Cannot cast to ${e.to.kind}`)} END`,
      );
    else if (from.kind === 'double' && isInteger(e.to)) out = plain(`round(${value})`);
    else if (from.kind === 'timestamp' && e.to.kind === 'varchar')
      out = `strftime(${value}, '%Y-%m-%d %H:%M:%S.%g')`;
    else out = plain(value);
    if (e.safe) soft--;
    return out;
  };

  const call = (e: Extract<Expr, { kind: 'call' }>, r: (e: Expr) => string): string | undefined => {
    const spec = functions.get(e.name);
    if (!spec) return undefined;
    if (e.name === 'try') soft++;
    const args = e.star ? ['*'] : e.args.map(r);
    if (e.name === 'try') soft--;
    const tools: Tools = { bind, fail, fresh, args: e.args, result: e.type };
    if (spec.kind === 'scalar') return spec.duckdb(args, tools);
    const renderer: RendererOf = rendererOf(duckdb);
    const name = spec.kind === 'window' ? e.name : spec.duckdb(args, tools);
    if (spec.ordered && args.length === 1) args.push("''");
    const sql = renderer.call(e, name, args, true, true);
    const needsCast = e.type.kind === 'decimal' || isInteger(e.type) || e.type.kind === 'double';
    return spec.around && needsCast ? spec.around(sql, e.type) : sql;
  };

  const duckdb: Dialect = {
    name: quoteName,
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
        case 'lambda':
          return `lambda ${e.parameters.map(quoteName).join(', ')}: ${r(e.body)}`;
        case 'concat': {
          const [l, x] = [`(${r(e.left)})`, `(${r(e.right)})`];
          if (e.type.kind !== 'array') return `${l} || ${x}`;
          const side = (sql: string, t: SqlType) => (t.kind === 'array' ? sql : `[${sql}]`);
          return `${side(l, e.left.type)} || ${side(x, e.right.type)}`;
        }
        case 'compare': {
          const common = commonType(e.left.type, e.right.type);
          // An integer against a decimal is compared as decimals in both; a decimal against a double as doubles.
          if (
            common?.kind === 'double' &&
            (e.left.type.kind !== 'double' || e.right.type.kind !== 'double') &&
            isNumber(e.left.type)
          )
            return `${cast(r(e.left), common)} ${e.op} ${cast(r(e.right), common)}`;
          return undefined;
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
    parenthesizeAll: true,
  };
  return rendererOf(duckdb).query(q);
}
