import type { Expr } from '../ast.ts';
import { moved } from '../render/moments.ts';
import { quoteName, quoteText } from '../render/quote.ts';
import {
  arrayOf,
  asDecimal,
  BIGINT,
  BOOLEAN,
  commonType,
  DATE,
  DOUBLE,
  decimal,
  duckdbTypeName,
  fits,
  INTEGER,
  isInteger,
  isOrderable,
  type SqlType,
  TIMESTAMP,
  typeName,
  VARCHAR,
} from '../sqltype.ts';
import { jsonFunctions } from './json.ts';
import { macros } from './macros.ts';
import {
  dateFormatAsPattern,
  dateFormatForDuckdb,
  groupCount,
  hasOptionalGroups,
  type Regex,
  regexForDuckdb,
  replacementForDuckdb,
} from './patterns.ts';
import { sequence } from './sequence.ts';
import {
  aggregate,
  elementOf,
  type FunctionSpec,
  first,
  type Parameter,
  parameter as p,
  type Render,
  scalar,
  type Tools,
  textOf,
  wholeOf,
  windowFunction,
} from './spec.ts';

/** All the white space that Trino's trim takes off, as a DuckDB text. */
const WHITESPACE = quoteText(
  `\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000`,
);

const call =
  (name: string): Render =>
  (args) =>
    `${name}(${args.join(', ')})`;
const castTo = (sql: string, type: SqlType): string => `CAST(${sql} AS ${duckdbTypeName(type)})`;
const asResult =
  (name: string): Render =>
  (args, t) =>
    castTo(`${name}(${args.join(', ')})`, t.result);
const asBigint =
  (name: string): Render =>
  (args) =>
    `CAST(${name}(${args.join(', ')}) AS BIGINT)`;

const common = (types: readonly SqlType[]): SqlType | string => {
  let result: SqlType | undefined = types[0];
  for (const t of types.slice(1)) result = result && commonType(result, t);
  return result ?? `the values ${types.map(typeName).join(', ')} have no common type`;
};
const sameOrderable = (types: readonly SqlType[]): SqlType | string => {
  const type = common(types);
  return typeof type === 'string' || isOrderable(type) ? type : `${typeName(type)} has no order`;
};

/** Null when any of several values is: Trino's rule, where DuckDB skips the nulls. */
const nullIfAny = (list: string, t: Tools, otherwise: (list: string) => string): string =>
  t.bind([list], (l) => {
    const z = t.fresh();
    return `CASE WHEN ${l} IS NOT NULL AND len(list_filter(${l}, lambda ${z}: ${z} IS NULL)) = 0 THEN ${otherwise(l)} END`;
  });

const trim = (name: string): FunctionSpec =>
  scalar([p.text, p.text], VARCHAR, (args) => `${name}(${args[0]}, ${args[1] ?? WHITESPACE})`, {
    optional: 1,
  });

const pad = (name: string): FunctionSpec =>
  scalar([p.text, p.position, p.nonEmpty], VARCHAR, call(name));

const datePart = (name: string): FunctionSpec =>
  scalar([p.temporal], BIGINT, (args) => `CAST(${name}(${args[0]}) AS BIGINT)`);
const timePart = (name: string): FunctionSpec =>
  scalar(
    [{ wanted: 'timestamp', accepts: (t) => t.kind === 'timestamp' || t.kind === 'null' }],
    BIGINT,
    (args) => `CAST(${name}(${args[0]}) AS BIGINT)`,
  );

const dateUnits = ['day', 'week', 'month', 'quarter', 'year'];
const timeUnits = ['millisecond', 'second', 'minute', 'hour', ...dateUnits];

const unitOf = (t: Tools): string => (textOf(t.args[0]) ?? '').toLowerCase();
const checkUnit = (
  args: readonly { kind: string }[],
  unit: string | undefined,
  type: SqlType | undefined,
): string | undefined => {
  const allowed = type?.kind === 'date' ? dateUnits : timeUnits;
  if (unit !== undefined && allowed.includes(unit.toLowerCase())) return undefined;
  return `the unit ${unit ?? args[0]?.kind ?? ''} is not one of ${allowed.join(', ')}${type?.kind === 'date' ? ' for a date' : ''}`;
};

const dateAdd: Render = (args, t) => moved(args[2] ?? '', t.result, '+', args[1] ?? '', unitOf(t));

const dateDiff: Render = (args, t) => {
  const stamp = t.args.slice(1).some((a) => a.type.kind === 'timestamp');
  const [from, to] = [args[1] ?? '', args[2] ?? ''].map((a) =>
    stamp ? `CAST(${a} AS TIMESTAMP)` : a,
  );
  return `date_sub('${unitOf(t)}', ${from}, ${to})`;
};

/** The first of each, nulls included. `list` is a name, as bind gives it. */
const firstSeen = (list: string, t: Tools, keep: (x: string) => string = () => 'TRUE'): string => {
  const [x, i, y] = [t.fresh(), t.fresh(), t.fresh()];
  return `list_filter(${list}, lambda ${x}, ${i}: len(list_filter(${list}[1:${i} - 1], lambda ${y}: ${y} IS NOT DISTINCT FROM ${x})) = 0 AND ${keep(x)})`;
};
const holds = (list: string, x: string, t: Tools): string => {
  const y = t.fresh();
  return `len(list_filter(${list}, lambda ${y}: ${y} IS NOT DISTINCT FROM ${x})) > 0`;
};
/** NaN, the second argument, is in no array. */
const unlessNaN = (found: string, x: string, t: Tools): string =>
  t.args[1]?.type.kind === 'double' ? `(${found} AND NOT isnan(${x}))` : found;
const hasNull = (list: string): string => `list_count(${list}) < len(${list})`;
const twoArrays = (types: readonly SqlType[]): SqlType | string => common(types);

const elementMatches = (types: readonly SqlType[], result: SqlType): SqlType | string =>
  elementOf(types).kind === 'array'
    ? 'arrays inside an array cannot be compared'
    : commonType(elementOf(types), types[1] ?? VARCHAR) === undefined
      ? `an ${typeName(first(types))} cannot hold ${typeName(types[1] ?? VARCHAR)}`
      : result;

const predicate = (types: readonly SqlType[]): string | undefined => {
  const l = types[1];
  return l?.kind === 'function' && l.result.kind === 'boolean'
    ? undefined
    : 'the lambda must give a boolean';
};

/** any_match and kin know three values: a null in the answers is a null in the result unless it is decided. */
const match = (decides: string, decided: string, otherwise: string): FunctionSpec =>
  scalar(
    [p.array, p.lambda],
    (types) => predicate(types) ?? BOOLEAN,
    (args, t) =>
      t.bind([`list_transform(${args[0]}, ${args[1]})`], (r) => {
        const z = t.fresh();
        return `CASE WHEN ${r} IS NULL THEN NULL WHEN list_contains(${r}, ${decides}) THEN ${decided} WHEN len(list_filter(${r}, lambda ${z}: ${z} IS NULL)) > 0 THEN NULL ELSE ${otherwise} END`;
      }),
    { lambda: (types) => [elementOf(types)] },
  );

/** Why the group that is asked for cannot be taken out. */
const groupProblem = (args: readonly Expr[]): string | undefined => {
  const pattern = textOf(args[1]) ?? '';
  if (args[2] === undefined) return undefined;
  if ((wholeOf(args[2]) ?? 0) > groupCount(pattern))
    return `the pattern has no group ${wholeOf(args[2])}`;
  return hasOptionalGroups(pattern)
    ? 'a group of a pattern with alternatives or optional groups cannot be taken out'
    : undefined;
};

const keyAndValue = (types: readonly SqlType[]): readonly SqlType[] =>
  types[0]?.kind === 'map' ? [types[0].key, types[0].value] : [];

/** For a lambda of key and value: its body over one entry of a map. */
const entries = (t: Tools, use: (entry: string, body: string) => string): string => {
  const lambda = t.args[1];
  const [k = 'k', v = 'v'] = lambda?.kind === 'lambda' ? lambda.parameters : [];
  return t.bind([], () => {
    const e = t.fresh();
    return use(
      e,
      `list_transform([${e}['key']], lambda ${quoteName(k)}: list_transform([${e}['value']], lambda ${quoteName(v)}: ${t.body(1)})[1])[1]`,
    );
  });
};

const isDouble = (e: Expr | undefined): boolean => e?.type.kind === 'double';

const regex = (t: Tools): Regex => regexForDuckdb(textOf(t.args[1]) ?? '', t.args[1]?.at ?? null);

const rounded = (types: readonly SqlType[], args: readonly unknown[]): SqlType => {
  const t = first(types);
  if (t.kind !== 'decimal') return t;
  return args.length === 2
    ? decimal(t.precision + 1, t.scale)
    : decimal(t.precision - t.scale + Math.min(1, t.scale), 0);
};

const sumType = (types: readonly SqlType[]): SqlType => {
  const t = first(types);
  return t.kind === 'decimal' ? decimal(38, t.scale) : isInteger(t) ? BIGINT : DOUBLE;
};
const avgType = (types: readonly SqlType[]): SqlType =>
  first(types).kind === 'decimal' ? first(types) : DOUBLE;
const around = (sql: string, type: SqlType): string => castTo(sql, type);
const doubleAggregate = (duckdb: string): FunctionSpec => aggregate([p.number], DOUBLE, duckdb);

/** A key of a map: numbers that are rounded would make two of one. */
const mapKey: Parameter = {
  wanted: 'varchar, an integer, boolean, a date or a timestamp, as the key of a map',
  accepts: (t) => ['varchar', 'integer', 'bigint', 'boolean', 'date', 'timestamp'].includes(t.kind),
};

const isDoubles = (t: SqlType | undefined): boolean =>
  t?.kind === 'double' || (t?.kind === 'array' && t.element.kind === 'double');

/** NaN is the largest for DuckDB; for Trino it is neither largest nor smallest unless it is alone. */
const max: FunctionSpec = {
  ...aggregate([p.orderable], first, 'max'),
  duckdb: (_args, t) => (isDoubles(t.result) ? 'min' : 'max'),
  given: (args, t) => (isDoubles(t.result) ? args.map((a) => `-(${a})`) : args),
  around: (sql, type) => (isDoubles(type) ? `-(${sql})` : sql),
};
const largest = (list: string, t: Tools): string => {
  const z = t.fresh();
  return isDoubles(t.result)
    ? `-list_min(list_transform(${list}, lambda ${z}: -${z}))`
    : `list_max(${list})`;
};

/** As Java has it: 1 to the power of what is no number, or has no end, is no number. */
const power = scalar([p.number, p.number], DOUBLE, (args, t) => {
  const [base, exponent] = args.map((a) => castTo(a, DOUBLE));
  if (wholeOf(t.args[1]) !== undefined) return `power(${base}, ${exponent})`;
  return t.bind(
    [base ?? '', exponent ?? ''],
    (x, y) =>
      `CASE WHEN abs(${x}) = 1 AND NOT isfinite(${y}) THEN CAST('NaN' AS DOUBLE) ELSE power(${x}, ${y}) END`,
  );
});

/**
 * Every function that a query may call. Only those stand here that DuckDB can be made to compute
 * as Trino does; adding one is adding one entry.
 */
const table: Readonly<Record<string, FunctionSpec>> = {
  // Aggregates
  count: aggregate([p.any], BIGINT, 'count'),
  // DuckDB gives null where there is nothing to count.
  count_if: aggregate([p.boolean], BIGINT, 'count_if', (sql, type) =>
    castTo(`coalesce(${sql}, 0)`, type),
  ),
  sum: aggregate([p.number], sumType, 'sum', around),
  avg: aggregate([p.number], avgType, 'avg', around),
  min: aggregate([p.orderable], first, 'min'),
  max,
  min_by: aggregate([p.any, p.orderable], first, 'arg_min_null'),
  max_by: {
    ...aggregate([p.any, p.orderable], first, (_args, t) =>
      isDoubles(t.args[1]?.type) ? 'arg_min_null' : 'arg_max_null',
    ),
    given: (args, t) => (isDoubles(t.args[1]?.type) ? [args[0] ?? '', `-(${args[1]})`] : args),
  },
  histogram: {
    ...aggregate(
      [mapKey],
      (types) => ({ kind: 'map', key: first(types), value: BIGINT }),
      'histogram',
      around,
    ),
    skipsNulls: true,
  },
  map_agg: {
    ...aggregate(
      [mapKey, p.any],
      (types) => ({ kind: 'map', key: first(types), value: types[1] ?? VARCHAR }),
      'list',
      (sql) => `map_from_entries(${sql})`,
    ),
    given: (args) => [`{k: ${args[0]}, v: ${args[1]}}`],
    skipsNulls: true,
  },
  array_agg: aggregate([p.any], (types) => arrayOf(first(types)), 'list'),
  bool_and: aggregate([p.boolean], BOOLEAN, 'bool_and'),
  bool_or: aggregate([p.boolean], BOOLEAN, 'bool_or'),
  every: aggregate([p.boolean], BOOLEAN, 'bool_and'),
  listagg: { ...aggregate([p.text, p.literal], VARCHAR, 'string_agg'), optional: 1, ordered: true },
  stddev: doubleAggregate('stddev_samp'),
  stddev_samp: doubleAggregate('stddev_samp'),
  stddev_pop: doubleAggregate('stddev_pop'),
  variance: doubleAggregate('var_samp'),
  var_samp: doubleAggregate('var_samp'),
  var_pop: doubleAggregate('var_pop'),
  grouping: { ...aggregate([p.any], INTEGER, 'grouping', around), variadic: true },

  // Window functions
  row_number: windowFunction([], BIGINT),
  rank: windowFunction([], BIGINT),
  dense_rank: windowFunction([], BIGINT),
  percent_rank: windowFunction([], DOUBLE),
  cume_dist: windowFunction([], DOUBLE),
  ntile: windowFunction([p.position], BIGINT),
  lag: windowFunction(
    [p.any, p.position, p.any],
    (types) => (types[2] ? common([first(types), types[2]]) : first(types)),
    2,
  ),
  lead: windowFunction(
    [p.any, p.position, p.any],
    (types) => (types[2] ? common([first(types), types[2]]) : first(types)),
    2,
  ),
  first_value: windowFunction([p.any], first),
  last_value: windowFunction([p.any], first),
  nth_value: windowFunction([p.any, p.position], first),

  // Any type
  coalesce: scalar([p.any, p.any], common, 'coalesce', { variadic: true }),
  nullif: scalar(
    [p.any, p.any],
    (types) => {
      const t = common(types);
      return typeof t !== 'string' && ['array', 'map', 'json'].includes(t.kind)
        ? `${typeName(t)} cannot be compared here`
        : typeof t === 'string'
          ? t
          : first(types);
    },
    (args, t) =>
      t.args.some((a) => a.type.kind === 'double')
        ? t.bind(args, (a, b) => `CASE WHEN isnan(${a}) THEN ${a} ELSE nullif(${a}, ${b}) END`)
        : `nullif(${args.join(', ')})`,
  ),
  if: scalar(
    [p.boolean, p.any, p.any],
    (types) => common(types.slice(1)),
    (args) =>
      `CASE WHEN ${args[0]} THEN ${args[1]}${args[2] === undefined ? '' : ` ELSE ${args[2]}`} END`,
    { optional: 1 },
  ),
  try: scalar([p.any], first, (args) => `TRY(${args[0]})`),
  greatest: scalar(
    [p.orderable, p.orderable],
    sameOrderable,
    (args, t) => nullIfAny(`[${args.join(', ')}]`, t, (l) => largest(l, t)),
    { variadic: true, optional: 1 },
  ),
  least: scalar(
    [p.orderable, p.orderable],
    sameOrderable,
    (args, t) => nullIfAny(`[${args.join(', ')}]`, t, (l) => `list_min(${l})`),
    { variadic: true, optional: 1 },
  ),

  // Text
  lower: scalar([p.text], VARCHAR, 'lower'),
  // Trino leaves ß as it is; DuckDB makes it ẞ.
  upper: scalar([p.text], VARCHAR, (args, t) =>
    t.bind(
      args,
      (s) =>
        `CASE WHEN contains(${s}, 'ß') THEN replace(upper(replace(${s}, 'ß', chr(983040))), chr(983040), 'ß') ELSE upper(${s}) END`,
    ),
  ),
  length: scalar([p.text], BIGINT, asBigint('length')),
  trim: trim('trim'),
  ltrim: trim('ltrim'),
  rtrim: trim('rtrim'),
  substr: scalar([p.text, p.whole, p.whole], VARCHAR, substring, { optional: 1 }),
  substring: scalar([p.text, p.whole, p.whole], VARCHAR, substring, { optional: 1 }),
  replace: scalar(
    [p.text, p.nonEmpty, p.text],
    VARCHAR,
    (args) => `replace(${args[0]}, ${args[1]}, ${args[2] ?? "''"})`,
    { optional: 1 },
  ),
  strpos: scalar([p.text, p.text], BIGINT, asBigint('strpos')),
  split: scalar([p.text, p.nonEmpty], arrayOf(VARCHAR), 'string_split'),
  split_part: scalar(
    [p.text, p.nonEmpty, p.position],
    VARCHAR,
    (args) => `string_split(${args[0]}, ${args[1]})[${args[2]}]`,
  ),
  concat: scalar(
    [p.any, p.any],
    (types) => {
      const t = common(types);
      return typeof t === 'string' ||
        t.kind === 'varchar' ||
        t.kind === 'array' ||
        t.kind === 'null'
        ? t
        : `concat joins varchar or arrays, not ${typeName(t)}`;
    },
    (args, t) => castTo(`(${args.join(' || ')})`, t.result),
    { variadic: true },
  ),
  concat_ws: scalar([p.text, p.text], VARCHAR, 'concat_ws', { variadic: true }),
  reverse: scalar(
    [{ wanted: 'varchar or an array', accepts: (t) => t.kind === 'array' || fits(t, VARCHAR) }],
    first,
    // Trino turns code points round, DuckDB whole characters.
    (args, t) =>
      t.result.kind === 'array'
        ? `list_reverse(${args[0]})`
        : t.bind(args, (s) => {
            const i = t.fresh();
            return `CASE WHEN regexp_full_match(${s}, '[\\x00-\\x0c\\x0e-\\x7f]*') THEN reverse(${s}) WHEN ${s} IS NOT NULL THEN array_to_string(list_transform(range(length(${s}), 0, -1), lambda ${i}: substr(${s}, ${i}, 1)), '') END`;
          }),
  ),
  lpad: pad('lpad'),
  rpad: pad('rpad'),
  starts_with: scalar([p.text, p.text], BOOLEAN, 'starts_with'),
  regexp_like: scalar(
    [p.text, p.literal],
    BOOLEAN,
    (args, t) => `regexp_matches(${args[0]}, ${quoteText(regex(t).toFind)})`,
  ),
  regexp_extract: scalar(
    [p.text, p.literal, p.position],
    (_types, args) => groupProblem(args) ?? VARCHAR,
    (args, t) =>
      t.bind(args, (s) => {
        const { pattern, group } = regex(t).toExtract(wholeOf(t.args[2]) ?? 0);
        const quoted = quoteText(pattern);
        return `CASE WHEN regexp_matches(${s}, ${quoted}) THEN regexp_extract(${s}, ${quoted}, ${group}) END`;
      }),
    { optional: 1 },
  ),
  regexp_extract_all: scalar(
    [p.text, p.literal, p.position],
    (_types, args) => {
      const problem = groupProblem(args);
      return problem ?? arrayOf(VARCHAR);
    },
    (args, t) =>
      `regexp_extract_all(${args[0]}, ${quoteText(regex(t).toFindAll())}, ${wholeOf(t.args[2]) ?? 0})`,
    { optional: 1 },
  ),
  regexp_count: scalar(
    [p.text, p.literal],
    BIGINT,
    (args, t) =>
      `CAST(len(regexp_extract_all(${args[0]}, ${quoteText(regex(t).toFindAll())})) AS BIGINT)`,
  ),
  regexp_split: scalar(
    [p.text, p.literal],
    arrayOf(VARCHAR),
    (args, t) => `regexp_split_to_array(${args[0]}, ${quoteText(regex(t).toFindAll())})`,
  ),
  regexp_replace: scalar(
    [p.text, p.literal, p.literal],
    VARCHAR,
    (args, t) => {
      const { pattern, after } = regex(t).toReplace();
      const by = replacementForDuckdb(
        textOf(t.args[2]) ?? '',
        textOf(t.args[1]) ?? '',
        t.args[2]?.at ?? null,
      );
      return `regexp_replace(${args[0]}, ${quoteText(pattern)}, ${quoteText(by + after)}, 'g')`;
    },
    { optional: 1 },
  ),
  ...jsonFunctions,

  // Numbers
  abs: scalar([p.number], first, asResult('abs')),
  round: scalar(
    [
      p.number,
      {
        wanted: 'a number from 0 to 15, written out',
        accepts: (_t, e) => {
          const n = wholeOf(e);
          return n !== undefined && n >= 0 && n <= 15;
        },
      },
    ],
    rounded,
    asResult('round'),
    { optional: 1 },
  ),
  ceil: scalar([p.number], (types) => rounded(types, [1]), asResult('ceil')),
  ceiling: scalar([p.number], (types) => rounded(types, [1]), asResult('ceil')),
  floor: scalar([p.number], (types) => rounded(types, [1]), asResult('floor')),
  truncate: scalar(
    [p.number],
    (types) => {
      const t = first(types);
      if (t.kind === 'double') return t;
      const { precision, scale } = asDecimal(t);
      return decimal(Math.max(precision - scale, 1), 0);
    },
    asResult('trunc'),
  ),
  sign: scalar(
    [p.number],
    (types) => (first(types).kind === 'decimal' ? decimal(1, 0) : first(types)),
    (args, t) =>
      t.result.kind === 'double'
        ? t.bind(args, (x) => `CASE WHEN isnan(${x}) THEN ${x} ELSE CAST(sign(${x}) AS DOUBLE) END`)
        : castTo(`sign(${args[0]})`, t.result),
  ),
  sqrt: scalar([p.number], DOUBLE, (args, t) =>
    t.bind(args, (x) => `CASE WHEN ${x} < 0 THEN CAST('NaN' AS DOUBLE) ELSE sqrt(${x}) END`),
  ),
  power,
  pow: power,

  // Dates and times
  date_add: scalar(
    [p.literal, p.whole, p.temporal],
    (types, args) => checkUnit(args, textOf(args[0]), types[2]) ?? types[2] ?? TIMESTAMP,
    dateAdd,
  ),
  date_diff: scalar(
    [p.literal, p.temporal, p.temporal],
    (types, args) =>
      checkUnit(
        args,
        textOf(args[0]),
        types.slice(1).some((t) => t.kind === 'timestamp') ? TIMESTAMP : DATE,
      ) ?? BIGINT,
    dateDiff,
  ),
  date_trunc: scalar(
    [p.literal, p.temporal],
    (types, args) =>
      checkUnit(args, textOf(args[0]) === 'millisecond' ? undefined : textOf(args[0]), types[1]) ??
      types[1] ??
      TIMESTAMP,
    (args, t) => castTo(`date_trunc('${unitOf(t)}', ${args[1]})`, t.result),
  ),
  date_format: scalar(
    [p.timestamp, p.literal],
    VARCHAR,
    (args, t) =>
      `strftime(CAST(${args[0]} AS TIMESTAMP), ${quoteText(dateFormatForDuckdb(textOf(t.args[1]) ?? '', t.args[1]?.at ?? null, false))})`,
  ),
  date_parse: scalar([p.text, p.literal], TIMESTAMP, (args, t) => {
    const [format, at] = [textOf(t.args[1]) ?? '', t.args[1]?.at ?? null];
    return t.bind(
      args.slice(0, 1),
      (s) =>
        `CASE WHEN ${s} IS NULL OR regexp_full_match(${s}, ${quoteText(dateFormatAsPattern(format, '[0-9]{1,4}'))}) THEN ${t.isSoft ? 'try_strptime' : 'strptime'}(${s}, ${quoteText(dateFormatForDuckdb(format, at, true))}) WHEN regexp_full_match(${s}, ${quoteText(dateFormatAsPattern(format, '[+-][0-9]{1,9}'))}) THEN ${t.stop('Years beyond 9999 are not available')} ELSE ${t.fail('Not a date in the format')} END`,
    );
  }),
  to_unixtime: scalar([p.timestamp], DOUBLE, (args) => `epoch(CAST(${args[0]} AS TIMESTAMP))`),
  last_day_of_month: scalar([p.temporal], DATE, 'last_day'),
  year: datePart('year'),
  quarter: datePart('quarter'),
  month: datePart('month'),
  week: datePart('week'),
  week_of_year: datePart('week'),
  day: datePart('day'),
  day_of_month: datePart('day'),
  day_of_week: datePart('isodow'),
  dow: datePart('isodow'),
  day_of_year: datePart('dayofyear'),
  doy: datePart('dayofyear'),
  year_of_week: datePart('isoyear'),
  yow: datePart('isoyear'),
  hour: timePart('hour'),
  minute: timePart('minute'),
  second: timePart('second'),
  millisecond: {
    ...timePart('millisecond'),
    duckdb: (args) => `(CAST(millisecond(${args[0]}) AS BIGINT) % 1000)`,
  },

  // Arrays and maps
  cardinality: scalar(
    [{ wanted: 'an array or a map', accepts: (t) => t.kind === 'array' || t.kind === 'map' }],
    BIGINT,
    (args, t) =>
      `CAST(${t.args[0]?.type.kind === 'map' ? 'cardinality' : 'len'}(${args[0]}) AS BIGINT)`,
  ),
  contains: scalar(
    [p.comparableArray, p.any],
    (types) => elementMatches(types, BOOLEAN),
    (args, t) =>
      t.bind(
        args,
        (l, x) =>
          `(${unlessNaN(`list_contains(${l}, ${x})`, x, t)} OR nullif(${hasNull(l)}, TRUE))`,
      ),
  ),
  element_at: scalar(
    [
      { wanted: 'an array or a map', accepts: (t) => t.kind === 'array' || t.kind === 'map' },
      p.any,
    ],
    (types) => {
      const [base, key] = [first(types), types[1] ?? VARCHAR];
      if (base.kind === 'map')
        return commonType(base.key, key)
          ? base.value
          : `the keys are ${typeName(base.key)}, not ${typeName(key)}`;
      return isInteger(key) ? elementOf(types) : 'an array is read by a number from 1';
    },
    (args, t) => {
      const index = wholeOf(t.args[1]);
      if (t.args[0]?.type.kind === 'map' || (index !== undefined && index !== 0))
        return `(${args[0]})[${args[1]}]`;
      return t.bind(
        args,
        (l, i) =>
          `CASE WHEN ${i} = 0 THEN ${t.fail('Arrays are counted from 1')} ELSE ${l}[${i}] END`,
      );
    },
  ),
  array_join: scalar(
    [p.array, p.literal],
    (types) =>
      ['varchar', 'integer', 'bigint', 'date', 'null'].includes(elementOf(types).kind)
        ? VARCHAR
        : `array_join of ${typeName(first(types))} is not available`,
    // DuckDB gives null where there is nothing to join.
    (args, t) =>
      t.bind(
        args,
        (l, s) => `CASE WHEN ${l} IS NOT NULL THEN coalesce(array_to_string(${l}, ${s}), '') END`,
      ),
  ),
  array_distinct: scalar([p.comparableArray], first, (args, t) =>
    t.bind(args, (l) => firstSeen(l, t)),
  ),
  array_sort: scalar(
    [p.array],
    (types) => (isOrderable(elementOf(types)) ? first(types) : 'the elements have no order'),
    (args) => `list_sort(${args[0]}, 'ASC', 'NULLS LAST')`,
  ),
  array_max: scalar([p.comparableArray], elementOf, (args, t) =>
    nullIfAny(args[0] ?? '', t, (l) => largest(l, t)),
  ),
  array_min: scalar([p.comparableArray], elementOf, (args, t) =>
    nullIfAny(args[0] ?? '', t, (l) => `list_min(${l})`),
  ),
  array_position: scalar(
    [p.comparableArray, p.any],
    (types) => elementMatches(types, BIGINT),
    (args, t) =>
      t.bind(
        args,
        (l, x) =>
          `CASE WHEN ${l} IS NOT NULL AND ${x} IS NOT NULL THEN CASE WHEN ${unlessNaN('TRUE', x, t)} THEN CAST(coalesce(list_position(${l}, ${x}), 0) AS BIGINT) ELSE 0 END END`,
      ),
  ),
  array_union: scalar([p.comparableArray, p.comparableArray], twoArrays, (args, t) =>
    t.bind([`(${args[0]}) || (${args[1]})`], (l) => firstSeen(l, t)),
  ),
  // In the order of the longer one, of the first when they are equally long.
  array_intersect: scalar([p.comparableArray, p.comparableArray], twoArrays, (args, t) =>
    t.bind(
      args,
      (a, b) =>
        `CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN len(${b}) > len(${a}) THEN ${firstSeen(b, t, (x) => holds(a, x, t))} ELSE ${firstSeen(a, t, (x) => holds(b, x, t))} END`,
    ),
  ),
  array_except: scalar([p.comparableArray, p.comparableArray], twoArrays, (args, t) =>
    t.bind(
      args,
      (a, b) =>
        `CASE WHEN ${b} IS NOT NULL THEN ${firstSeen(a, t, (x) => `NOT (${holds(b, x, t)})`)} END`,
    ),
  ),
  arrays_overlap: scalar(
    [p.comparableArray, p.comparableArray],
    (types) => {
      const t = common(types);
      if (typeof t === 'string') return t;
      return ['array', 'double'].includes(elementOf([t]).kind)
        ? `the elements of ${typeName(t)} cannot be compared one by one`
        : BOOLEAN;
    },
    (args, t) =>
      t.bind(
        args,
        (a, b) =>
          `CASE WHEN ${a} IS NULL OR ${b} IS NULL THEN NULL WHEN list_has_any(${a}, ${b}) THEN TRUE WHEN len(${a}) > 0 AND len(${b}) > 0 AND (${hasNull(a)} OR ${hasNull(b)}) THEN NULL ELSE FALSE END`,
      ),
  ),
  flatten: scalar(
    [p.array],
    (types) =>
      elementOf(types).kind === 'array' ? elementOf(types) : 'flatten takes an array of arrays',
    'flatten',
  ),
  filter: scalar([p.array, p.lambda], (types) => predicate(types) ?? first(types), 'list_filter', {
    lambda: (types) => [elementOf(types)],
  }),
  transform: scalar(
    [p.array, p.lambda],
    (types) => arrayOf(types[1]?.kind === 'function' ? types[1].result : VARCHAR),
    'list_transform',
    { lambda: (types) => [elementOf(types)] },
  ),
  any_match: match('TRUE', 'TRUE', 'FALSE'),
  all_match: match('FALSE', 'FALSE', 'TRUE'),
  none_match: match('TRUE', 'FALSE', 'TRUE'),
  slice: scalar([p.array, p.position, p.position], first, (args, t) => {
    const [from, length] = [wholeOf(t.args[1]) ?? 1, wholeOf(t.args[2]) ?? 0];
    return `(${args[0]})[${from}:${from + length - 1}]`;
  }),
  array_remove: scalar(
    [p.comparableArray, p.any],
    (types) => elementMatches(types, first(types)),
    (args, t) =>
      t.bind(args, (l, x) => {
        const y = t.fresh();
        const isOther = isDouble(t.args[1])
          ? `isnan(${y}) OR ${y} IS DISTINCT FROM ${x}`
          : `${y} IS DISTINCT FROM ${x}`;
        return `CASE WHEN ${x} IS NOT NULL THEN list_filter(${l}, lambda ${y}: ${isOther}) END`;
      }),
  ),
  sequence,
  map_filter: scalar(
    [p.map, p.lambda],
    (types) => predicate(types) ?? first(types),
    (args, t) =>
      entries(
        t,
        (e, of) => `map_from_entries(list_filter(map_entries(${args[0]}), lambda ${e}: ${of}))`,
      ),
    { lambda: keyAndValue },
  ),
  transform_values: scalar(
    [p.map, p.lambda],
    (types) =>
      types[0]?.kind === 'map' && types[1]?.kind === 'function'
        ? { ...types[0], value: types[1].result }
        : VARCHAR,
    (args, t) =>
      entries(
        t,
        (e, of) =>
          `map_from_entries(list_transform(map_entries(${args[0]}), lambda ${e}: {k: ${e}['key'], v: ${of}}))`,
      ),
    { lambda: keyAndValue },
  ),
  map_keys: scalar(
    [p.map],
    (types) => (types[0]?.kind === 'map' ? arrayOf(types[0].key) : VARCHAR),
    'map_keys',
  ),
  map_values: scalar(
    [p.map],
    (types) => (types[0]?.kind === 'map' ? arrayOf(types[0].value) : VARCHAR),
    'map_values',
  ),
};

/** Trino gives nothing for a start at 0 or before the beginning, and for a length below 1. */
function substring(args: readonly string[], t: Tools): string {
  const [from, length] = [wholeOf(t.args[1]), wholeOf(t.args[2])];
  const tail = length === undefined ? '' : `, ${Math.max(0, length)}`;
  if (from !== undefined && from > 0 && (args.length < 3 || length !== undefined))
    return `substr(${args[0]}, ${from}${tail})`;
  return t.bind(args, (s, f, l) => {
    const isNull = [s, f, l].filter((x) => x !== undefined && !/^\d+$/.test(x));
    const rest = l === undefined ? '' : tail === '' ? `, greatest(${l}, 0)` : tail;
    return `CASE WHEN ${isNull.map((x) => `${x} IS NULL`).join(' OR ')} THEN NULL WHEN ${f} = 0 OR ${f} < -length(${s}) THEN '' ELSE substr(${s}, ${f}${rest}) END`;
  });
}

export const functions: ReadonlyMap<string, FunctionSpec> = new Map(Object.entries(table));

/** Names that may be called, those with a syntax of their own included. */
export const functionNames: ReadonlySet<string> = new Set([
  ...functions.keys(),
  ...macros.keys(),
  'cast',
  'try_cast',
  'extract',
  'position',
  'now',
  'mod',
  'date',
]);
