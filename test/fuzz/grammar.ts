import { relations } from '../../collector/schema/relations.ts';
import type { Random } from './random.ts';

/**
 * Queries made from the contract's tables and from what Trino's documentation says a query can be.
 * The lists of functions are written by hand from there, whether the guard admits them or not: what
 * may be called is the guard's business, and this must not learn it from the guard.
 */

type Kind = 'text' | 'number' | 'boolean' | 'date' | 'moment' | 'array' | 'map';

interface Source {
  readonly alias: string;
  readonly columns: readonly (readonly [string, Kind])[];
}

interface Context {
  readonly r: Random;
  readonly sources: readonly Source[];
  readonly ctes: readonly Source[];
  readonly depth: number;
  /** Parameters of lambdas around, all of them text. */
  readonly lambda: readonly string[];
  readonly aggregates: boolean;
  readonly windows: boolean;
  /** Numbers the names that are made. */
  readonly counter: { n: number };
}

const kindOf = (type: string): Kind => {
  if (type.startsWith('array')) return 'array';
  if (type.startsWith('map')) return 'map';
  if (type === 'varchar') return 'text';
  if (type === 'timestamp') return 'moment';
  if (type === 'date' || type === 'boolean') return type;
  return 'number';
};

const tables: readonly (readonly [string, Source['columns']])[] = relations.map((t) => [
  t.name,
  Object.entries(t.columns).map(([name, c]) => [name, kindOf(c.type)] as const),
]);

/** Values that stand in the data of the fuzzer, and some that do not. */
const texts = [
  'us-east-1',
  'eu-west-1',
  'Enabled',
  'alias/a',
  'Owner',
  'prod',
  '',
  'x',
  "it''s",
  '%',
  '_',
  'ß',
  '日本',
  '/',
  'CRITICAL',
  '111111111111',
  '222222222222',
  'zz',
  '10',
  '2026-01-01',
];

/** Functions of other kinds of trouble: settings, files, clocks, chance, generators, other dialects. */
const foreign = [
  "read_text('/etc/passwd')",
  "getenv('SECRET')",
  "current_setting('custom_user_agent')",
  "getvariable('secret')",
  'version()',
  'random()',
  'rand()',
  'uuid()',
  'gen_random_uuid()',
  'current_user',
  'session_user',
  'current_catalog',
  'current_schema',
  'current_schemas(true)',
  'current_database()',
  'txid_current()',
  'pg_backend_pid()',
  "nextval('s')",
  'sequence(1, 5)',
  'range(5)',
  'generate_series(1, 5)',
  "repeat('x', 5)",
  'shuffle(array[1])',
  'now()',
  'current_time',
  'localtime',
  'today()',
  'current_localtimestamp()',
  "query('select 1')",
  "query_table('canary_t')",
  "error('x')",
  "fail('x')",
  'last_query_id()',
  'connection_id()',
  "hash('x')",
  "md5(to_utf8('x'))",
  "sha256('x')",
  "to_base64('x')",
  "from_hex('41')",
  "json_parse('{}')",
  "json_query('{}', 'lax $')",
  'from_unixtime(1)',
  'current_timezone()',
  'typeof(1)',
  'row(1, 2)',
  'map(array[1], array[2])',
  "date_parse('2026', '%Y')",
  "format('%s', 1)",
  "url_extract_host('http://x')",
  "write_log('x')",
  'pi()',
  'e()',
  'approx_distinct(1)',
  "parse_path('/x')",
  "md5('x')",
  'struct_pack(a := 1)',
  'list_value(1)',
  'unnest(array[1])',
  "columns('a')",
  'getenv(alias)',
  'seed()',
  'getvariable(alias)',
] as const;

const tableFunctions = [
  "read_csv('CANARY_FILE')",
  "read_text('CANARY_FILE')",
  "read_blob('CANARY_FILE')",
  "glob('/tmp/*')",
  'duckdb_settings()',
  'duckdb_secrets()',
  'duckdb_tables()',
  'duckdb_functions()',
  'pragma_database_list()',
  'range(10)',
  'generate_series(1, 3)',
  'repeat_row(1, num_rows := 3)',
  "query('select * from canary_t')",
  "query_table('canary_t')",
  'table(sequence(1, 5))',
  'table(exclude_columns(input => table(kms_keys)))',
  "sniff_csv('CANARY_FILE')",
  "parquet_metadata('x')",
  'unnest(generate_series(1, 3))',
  "sqlite_scan('x', 'y')",
] as const;

const otherTables = [
  'canary_t',
  'main.canary_t',
  'other.canary_t',
  'memory.main.canary_t',
  'attached.main.canary_t',
  'attached.canary_t',
  'kms_insights.canary_t',
  'information_schema.tables',
  'information_schema.columns',
  'pg_catalog.pg_tables',
  'system.runtime.queries',
  'duckdb_tables',
  'sqlite_master',
  "'CANARY_FILE'",
  '"CANARY_FILE"',
  '"kms_keys$partitions"',
  '"kms_keys$files"',
  'system.information_schema.tables',
  'temp.canary_temp',
  'canary_temp',
  'awsdatacatalog.kms_insights.kms_keys',
  '"main"."canary_t"',
  '"canary_t"',
  '"attached"."main"."canary_t"',
  'kms_insights."canary_t"',
  'kms_insights_database.canary_t',
  'canary_view',
] as const;

const quoted = (name: string, c: Context): string =>
  c.r.chance(0.05) ? `"${name}"` : c.r.chance(0.03) ? name.toUpperCase() : name;

function column(kind: Kind, c: Context): string | undefined {
  if (kind === 'text' && c.lambda.length > 0 && c.r.chance(0.6)) return c.r.pick(c.lambda);
  const found = c.sources.flatMap((s) =>
    s.columns.filter(([, k]) => k === kind).map(([name]) => [s.alias, name] as const),
  );
  if (found.length === 0) return undefined;
  const [alias, name] = c.r.pick(found);
  return c.sources.length === 1 && c.r.chance(0.5)
    ? quoted(name, c)
    : `${alias}.${quoted(name, c)}`;
}

const text = (c: Context): string => `'${c.r.pick(texts)}'`;
const whole = (c: Context): string =>
  c.r.pick(['0', '1', '2', '3', '10', '90', '-1', '2147483647', '9223372036854775807']);
const position = (c: Context): string => String(1 + c.r.below(5));

const pattern = (c: Context): string =>
  c.r.pick([
    "'^alias/'",
    "'[a-z]+'",
    "'(a|b)'",
    "'x$'",
    "'\\d{2,4}'",
    "'.*'",
    "'(a+)+'",
    "'(?i)x'",
    "'a|b'",
    "'(\\w+)-(\\w+)'",
    "'\\s*'",
    "'('",
  ]);

/** An expression of a kind. */
function expr(kind: Kind, outer: Context): string {
  const c = { ...outer, depth: outer.depth - 1 };
  const { r } = c;
  const simple = column(kind, c);
  if (c.depth <= 0 || (simple !== undefined && r.chance(0.35))) return simple ?? literal(kind, c);
  if (r.chance(0.01)) return r.pick(foreign);
  if (r.chance(0.04)) return `(${scalarQuery(kind, c)})`;
  if (r.chance(0.05))
    return `case when ${expr('boolean', c)} then ${expr(kind, c)}${r.chance(0.7) ? ` else ${expr(kind, c)}` : ''} end`;
  if (r.chance(0.04)) return `coalesce(${expr(kind, c)}, ${expr(kind, c)})`;
  if (r.chance(0.02)) return `if(${expr('boolean', c)}, ${expr(kind, c)}, ${expr(kind, c)})`;
  if (r.chance(0.02)) return `try(${expr(kind, { ...c, depth: 1 })})`;
  if (c.aggregates && r.chance(0.25)) return aggregate(kind, c);
  if (c.windows && r.chance(0.12)) return windowed(kind, c);
  const e = (k: Kind): string => expr(k, c);
  switch (kind) {
    case 'text':
      return r.pick([
        () => `${e('text')} || ${e('text')}`,
        () => `lower(${e('text')})`,
        () => `upper(${e('text')})`,
        () => `substr(${e('text')}, ${whole(c)}${r.chance(0.5) ? `, ${whole(c)}` : ''})`,
        () => `replace(${e('text')}, ${text(c)}, ${text(c)})`,
        () => `trim(${r.pick(['', "both 'x' from ", 'leading from '])}${e('text')})`,
        () => `concat(${e('text')}, ${e('text')}, ${e('text')})`,
        () => `concat_ws(${text(c)}, ${e('text')}, ${e('text')})`,
        () => `split_part(${e('text')}, ${text(c)}, ${position(c)})`,
        () => `reverse(${e('text')})`,
        () =>
          `${r.pick(['lpad', 'rpad'])}(${e('text')}, ${r.pick(['5', '20', '1000', '100000000'])}, ${text(c)})`,
        () => `regexp_extract(${e('text')}, ${pattern(c)}${r.chance(0.4) ? ', 1' : ''})`,
        () => `regexp_replace(${e('text')}, ${pattern(c)}, ${r.pick(["'y'", "'$1'", "''"])})`,
        () =>
          `json_extract_scalar(${e('text')}, ${r.pick(["'$.Version'", "'$.Statement[0].Effect'", "'$..x'", "'$'"])})`,
        () => `array_join(${e('array')}, ${text(c)})`,
        () => `element_at(${e('map')}, ${text(c)})`,
        () => `${e('map')}[${text(c)}]`,
        () => `element_at(${e('array')}, ${whole(c)})`,
        () => `cast(${e(r.pick(['number', 'boolean', 'date', 'moment', 'text']))} as varchar)`,
        () => `date_format(${e('moment')}, ${r.pick(["'%Y-%m'", "'%W'", "'%H:%i'", "'%x'"])})`,
        () => `nullif(${e('text')}, ${e('text')})`,
        () => `greatest(${e('text')}, ${e('text')})`,
        () => `array_${r.pick(['max', 'min'])}(${e('array')})`,
        () => `translate(${e('text')}, 'a', 'b')`,
        () => `normalize(${e('text')})`,
        () => `format_datetime(${e('moment')}, 'yyyy')`,
      ])();
    case 'number':
      return r.pick([
        () => `${e('number')} ${r.pick(['+', '-', '*', '/', '%'])} ${e('number')}`,
        () => `(${e('number')} ${r.pick(['+', '-', '*', '/', '%'])} ${e('number')})`,
        () => `-${e('number')}`,
        () =>
          `${r.pick(['abs', 'ceil', 'floor', 'round', 'sign', 'sqrt', 'truncate', 'ln', 'exp'])}(${e('number')})`,
        () => `round(${e('number')}, 2)`,
        () => `length(${e('text')})`,
        () => `strpos(${e('text')}, ${e('text')})`,
        () => `position(${text(c)} in ${e('text')})`,
        () => `cardinality(${e(r.pick(['array', 'map']))})`,
        () => `array_position(${e('array')}, ${e('text')})`,
        () =>
          `date_diff(${r.pick(["'day'", "'month'", "'second'", "'week'"])}, ${e('moment')}, ${e('moment')})`,
        () =>
          `${r.pick(['year', 'month', 'day', 'week', 'quarter', 'day_of_week', 'hour'])}(${e(r.pick(['date', 'moment']))})`,
        () =>
          `extract(${r.pick(['year', 'month', 'day', 'hour', 'dow', 'timezone_hour'])} from ${e('moment')})`,
        () =>
          `${r.pick(['cast', 'try_cast'])}(${e(r.pick(['text', 'number', 'boolean']))} as ${r.pick(['integer', 'bigint', 'double', 'decimal(10, 2)', 'varchar(3)', 'json'])})`,
        () => `nullif(${e('number')}, 0)`,
        () => `mod(${e('number')}, ${e('number')})`,
        () => `power(${e('number')}, 2)`,
        () => `to_unixtime(${e('moment')})`,
        () => `greatest(${e('number')}, ${e('number')})`,
        () => `levenshtein_distance(${e('text')}, ${e('text')})`,
        () => `bitwise_and(${e('number')}, 1)`,
      ])();
    case 'boolean':
      return condition(c);
    case 'date':
      return r.pick([
        () => 'current_date',
        () => `date_trunc('month', ${e('date')})`,
        () => `date_add('day', ${whole(c)}, ${e('date')})`,
        () => `cast(${e('moment')} as date)`,
        () => `date(${e('moment')})`,
        () => `last_day_of_month(${e('date')})`,
        () =>
          `${e('date')} ${r.pick(['+', '-'])} interval '${1 + r.below(90)}' ${r.pick(['day', 'month', 'year', 'hour', 'week'])}`,
      ])();
    case 'moment':
      return r.pick([
        () => r.pick(['current_timestamp', 'now()', 'localtimestamp', 'current_timestamp(3)']),
        () => `date_trunc(${r.pick(["'day'", "'hour'", "'year'"])}, ${e('moment')})`,
        () => `date_add(${r.pick(["'day'", "'hour'", "'month'"])}, ${whole(c)}, ${e('moment')})`,
        () =>
          `${e('moment')} - interval '${1 + r.below(90)}' ${r.pick(['day', 'month', 'hour', 'minute'])}`,
        () => `cast(${e('date')} as timestamp)`,
        () => `${e('moment')} at time zone 'UTC'`,
      ])();
    case 'array':
      return r.pick([
        () => `array[${e('text')}, ${e('text')}]`,
        () => `filter(${e('array')}, ${lambda('boolean', c)})`,
        () => `transform(${e('array')}, ${lambda('text', c)})`,
        () => `${r.pick(['array_distinct', 'array_sort', 'reverse'])}(${e('array')})`,
        () =>
          `${r.pick(['array_union', 'array_intersect', 'array_except'])}(${e('array')}, ${e('array')})`,
        () => `${e('array')} || ${e(r.pick(['array', 'text']))}`,
        () => `split(${e('text')}, ${text(c)})`,
        () => `${r.pick(['map_keys', 'map_values'])}(${e('map')})`,
        () => `slice(${e('array')}, 1, 2)`,
        () => `array_remove(${e('array')}, ${e('text')})`,
        () => `flatten(array[${e('array')}])`,
      ])();
    case 'map':
      return simple ?? literal(kind, c);
  }
}

function literal(kind: Kind, c: Context): string {
  switch (kind) {
    case 'text':
      return text(c);
    case 'number':
      return c.r.pick(['0', '1', '2', '7', '90', '2.5', '1e1', '.5']);
    case 'boolean':
      return c.r.pick(['true', 'false', 'null']);
    case 'date':
      return c.r.pick(["date '2026-01-31'", 'current_date', "date '2025-06-01'"]);
    case 'moment':
      return c.r.pick([
        "timestamp '2026-01-31 12:00:00'",
        'now()',
        "timestamp '2025-06-01 00:00:00'",
      ]);
    case 'array':
      return c.r.pick(["array['a', 'b']", "array['x']", "array['a', null]"]);
    case 'map':
      return 'null';
  }
}

function lambda(kind: Kind, c: Context): string {
  const name = `p${++c.counter.n}`;
  const inside: Context = { ...c, lambda: [...c.lambda, name], aggregates: false, windows: false };
  return `${c.r.chance(0.2) ? `(${name})` : name} -> ${expr(kind, inside)}`;
}

function condition(c: Context): string {
  const { r } = c;
  const e = (k: Kind): string => expr(k, c);
  const kind = r.pick(['text', 'text', 'number', 'number', 'date', 'moment'] as const);
  return r.pick([
    () => `${e(kind)} ${r.pick(['=', '<>', '<', '<=', '>', '>=', '!='])} ${e(kind)}`,
    () => `${e(kind)} is ${r.pick(['', 'not '])}distinct from ${e(kind)}`,
    () => `${e(kind)} is ${r.pick(['', 'not '])}null`,
    () => `${e(kind)} ${r.pick(['', 'not '])}between ${e(kind)} and ${e(kind)}`,
    () => `${e('text')} ${r.pick(['', 'not '])}in (${text(c)}, ${text(c)}, ${e('text')})`,
    () =>
      `${e('text')} ${r.pick(['', 'not '])}like ${r.pick(["'%a%'", "'alias/_'", "'!%' escape '!'"])}`,
    () => `${e('boolean')} ${r.pick(['and', 'or'])} ${e('boolean')}`,
    () => `not ${e('boolean')}`,
    () => `(${e('boolean')})`,
    () => `contains(${e('array')}, ${e('text')})`,
    () =>
      `${r.pick(['any_match', 'all_match', 'none_match'])}(${e('array')}, ${lambda('boolean', c)})`,
    () => `regexp_like(${e('text')}, ${pattern(c)})`,
    () => `starts_with(${e('text')}, ${e('text')})`,
    () => `arrays_overlap(${e('array')}, ${e('array')})`,
    () => `${e(kind)} ${r.pick(['', 'not '])}in (${oneColumn(kind, c)})`,
    () => `${r.pick(['', 'not '])}exists (${correlated(c)})`,
    () =>
      `${e(kind)} ${r.pick(['=', '<', '>='])} ${r.pick(['any', 'all', 'some'])} (${oneColumn(kind, c)})`,
  ])();
}

function aggregate(kind: Kind, outer: Context): string {
  const c: Context = {
    ...outer,
    aggregates: false,
    windows: false,
    depth: Math.min(outer.depth, 2),
  };
  const { r } = c;
  const e = (k: Kind): string => expr(k, c);
  const filter = r.chance(0.2) ? ` filter (where ${e('boolean')})` : '';
  const distinct = r.chance(0.2) ? 'distinct ' : '';
  switch (kind) {
    case 'number':
      return `${r.pick(['count(*)', `count(${distinct}${e('text')})`, `sum(${e('number')})`, `avg(${e('number')})`, `max(${e('number')})`, `count_if(${e('boolean')})`, `min(${e('number')})`, `stddev(${e('number')})`, `approx_distinct(${e('text')})`])}${filter}`;
    case 'boolean':
      return `${r.pick(['bool_and', 'bool_or', 'every'])}(${e('boolean')})${filter}`;
    case 'array':
      return `array_agg(${distinct}${e('text')})${filter}`;
    case 'text':
      return r.chance(0.3)
        ? `listagg(${distinct}${e('text')}, ',') within group (order by ${e('text')})${filter}`
        : `${r.pick([`max(${e('text')})`, `min(${e('text')})`, `max_by(${e('text')}, ${e('number')})`])}${filter}`;
    default:
      return kind === 'map' ? literal(kind, c) : `${r.pick(['max', 'min'])}(${e(kind)})${filter}`;
  }
}

function windowed(kind: Kind, outer: Context): string {
  const c: Context = { ...outer, windows: false, depth: Math.min(outer.depth, 2) };
  const { r } = c;
  const partition = r.chance(0.6) ? `partition by ${expr('text', c)} ` : '';
  const order = `order by ${expr('text', c)}, ${expr('number', c)}`;
  const frame = r.pick([
    '',
    '',
    ' rows between 1 preceding and current row',
    ' range unbounded preceding',
    ' rows between unbounded preceding and unbounded following',
    ' groups 1 preceding',
  ]);
  const call =
    kind === 'number'
      ? r.pick([
          'row_number()',
          'rank()',
          'dense_rank()',
          'ntile(3)',
          'count(*)',
          `sum(${expr('number', c)})`,
          'percent_rank()',
          'cume_dist()',
        ])
      : `${r.pick(['lag', 'lead', 'first_value', 'last_value', 'max', 'min'])}(${expr(kind, c)})`;
  return `${call} over (${partition}${order}${/^(?:sum|count|max|min|first|last)/.test(call) ? frame : ''})`;
}

const fresh = (c: Context): string => `t${++c.counter.n}`;

/** A table, WITH query, subquery, VALUES or something that is not to be had. */
function source(c: Context): readonly [string, Source] {
  const { r } = c;
  const alias = fresh(c);
  const named = (sql: string, columns: Source['columns']): readonly [string, Source] => [
    `${sql}${r.chance(0.5) ? ' as' : ''} ${alias}`,
    { alias, columns },
  ];
  if (r.chance(0.015)) return named(r.pick(otherTables), [['secret', 'text']]);
  if (r.chance(0.01)) return named(r.pick(tableFunctions), [['secret', 'text']]);
  if (c.ctes.length > 0 && r.chance(0.4)) {
    const cte = r.pick(c.ctes);
    return named(cte.alias, cte.columns);
  }
  if (c.depth > 1 && r.chance(0.18)) {
    const [sql, columns] = query({ ...c, sources: [], lambda: [], depth: c.depth - 1 });
    return named(`(${sql})`, columns);
  }
  if (r.chance(0.05))
    return [
      `(values (1, 'a'), (2, 'b')) as ${alias}(n, s)`,
      {
        alias,
        columns: [
          ['n', 'number'],
          ['s', 'text'],
        ],
      },
    ];
  const [name, columns] = r.pick(tables);
  const qualifier = r.pick(['', '', '', 'kms_insights.', 'kms_insights_database.']);
  return named(`${qualifier}${quoted(name, c)}`, columns);
}

const joinable = ['key_arn', 'key_id', 'account_id', 'keyid', 'accountnumber', 'region'];

/** FROM, and what can be named after it. */
function from(c: Context): readonly [string, readonly Source[]] {
  const { r } = c;
  const [first, source1] = source(c);
  let sql = first;
  const sources = [source1];
  while (sources.length < 4 && r.chance(0.4)) {
    const arrays = sources.flatMap((s) =>
      s.columns
        .filter(([, k]) => k === 'array' || k === 'map')
        .map(([n, k]) => [`${s.alias}.${n}`, k] as const),
    );
    if (arrays.length > 0 && r.chance(0.25)) {
      const [array, kind] = r.pick(arrays);
      const alias = fresh(c);
      const columns: Source['columns'] =
        kind === 'map'
          ? [
              ['k', 'text'],
              ['v', 'text'],
            ]
          : [['e', 'text']];
      const ordinality = r.chance(0.2);
      sql += ` ${r.chance(0.8) ? 'cross join' : ','} unnest(${array})${ordinality ? ' with ordinality' : ''} as ${alias}(${[...columns.map(([n]) => n), ...(ordinality ? ['o'] : [])].join(', ')})`;
      sources.push({ alias, columns });
      continue;
    }
    if (c.depth > 1 && r.chance(0.1)) {
      const alias = fresh(c);
      const [inner, innerColumns] = query({ ...c, sources, lambda: [], depth: c.depth - 1 });
      sql += ` ${r.pick(['cross join', 'left join'])} lateral (${inner}) ${alias}`;
      if (/left join lateral \((?:(?!left join lateral).)*$/s.test(sql)) sql += ' on true';
      sources.push({ alias, columns: innerColumns });
      continue;
    }
    const [next, other] = source(c);
    const shared = joinable.filter((n) => other.columns.some(([m]) => m === n));
    const left = r.pick(sources);
    const column = shared.find((n) => left.columns.some(([m]) => m === n));
    const join = r.pick([
      'join',
      'left join',
      'inner join',
      'right join',
      'full join',
      'full outer join',
    ]);
    if (column && r.chance(0.15)) sql += ` ${join} ${next} using (${column})`;
    else if (column)
      sql += ` ${join} ${next} on ${left.alias}.${column} = ${other.alias}.${column}${r.chance(0.2) ? ` and ${expr('boolean', { ...c, sources: [...sources, other], depth: 2, aggregates: false, windows: false })}` : ''}`;
    else
      sql += r.chance(0.3)
        ? ` cross join ${next}`
        : ` ${join} ${next} on ${expr('boolean', { ...c, sources: [...sources, other], depth: 2, aggregates: false, windows: false })}`;
    sources.push(other);
  }
  return [sql, sources];
}

const outputs = [
  'text',
  'text',
  'text',
  'number',
  'number',
  'boolean',
  'date',
  'moment',
  'array',
] as const;

function select(c: Context, wanted?: Kind): readonly [string, Source['columns']] {
  const { r } = c;
  const [fromSql, own] = from(c);
  const sources = [...own, ...(r.chance(0.5) ? c.sources : [])];
  const plain: Context = { ...c, sources, aggregates: false, windows: false };
  const grouped = r.chance(0.3);
  const where = r.chance(0.5) ? ` where ${expr('boolean', plain)}` : '';
  if (!wanted && !grouped && r.chance(0.08))
    return [`select * from ${fromSql}${where}`, own.length === 1 ? (own[0]?.columns ?? []) : []];
  const kinds: readonly Kind[] = wanted
    ? [wanted]
    : Array.from({ length: 1 + r.below(4) }, () => r.pick(outputs));
  if (grouped) {
    const keys = Array.from({ length: r.below(3) }, () =>
      column(r.pick(['text', 'number', 'boolean'] as const), {
        ...plain,
        lambda: [],
        sources: own,
      }),
    ).filter((k) => k !== undefined);
    const inside: Context = { ...plain, aggregates: true, sources: own };
    const items = kinds.map((k) => aggregate(k, inside));
    const columns = kinds.map((k, i) => [`c${i}`, k] as const);
    const sets =
      r.chance(0.25) && keys.length > 1
        ? r.pick([
            `rollup (${keys.join(', ')})`,
            `cube (${keys.join(', ')})`,
            `grouping sets ((${keys[0]}), (${keys[1]}), ())`,
          ])
        : keys.join(', ');
    const all = wanted
      ? items
      : [...keys.map((k, i) => `${k} as g${i}`), ...items.map((s, i) => `${s} as c${i}`)];
    const having = r.chance(0.2)
      ? ` having ${r.pick(['count(*) > 0', `${aggregate('number', inside)} >= 0`])}`
      : '';
    return [
      `select ${all.join(', ')} from ${fromSql}${where}${keys.length > 0 ? ` group by ${sets}` : ''}${having}`,
      columns,
    ];
  }
  const distinct = r.chance(0.12) ? 'distinct ' : '';
  const items = kinds.map(
    (k, i) => `${expr(k, { ...plain, windows: true })}${wanted ? '' : ` as c${i}`}`,
  );
  return [
    `select ${distinct}${items.join(', ')} from ${fromSql}${where}`,
    kinds.map((k, i) => [`c${i}`, k] as const),
  ];
}

const scalarQuery = (kind: Kind, c: Context): string =>
  c.r.chance(0.7)
    ? `select max(${expr(kind === 'array' || kind === 'map' || kind === 'boolean' ? 'text' : kind, { ...c, aggregates: false, windows: false, depth: 1 })}) from ${from({ ...c, depth: 1 })[0]}`
    : `${select({ ...c, depth: Math.min(2, c.depth) }, kind)[0]} limit 1`;
const oneColumn = (kind: Kind, c: Context): string =>
  select({ ...c, lambda: [], depth: Math.min(2, c.depth) }, kind)[0];
const correlated = (c: Context): string =>
  select({ ...c, lambda: [], depth: Math.min(2, c.depth) })[0];

function query(outer: Context): readonly [string, Source['columns']] {
  const { r } = outer;
  const ctes: Source[] = [...outer.ctes];
  const withs: string[] = [];
  while (outer.depth > 1 && withs.length < 3 && r.chance(0.15)) {
    const alias = r.chance(0.04)
      ? r.pick(['kms_keys', 'accounts', 'information_schema', 'kms_insights', 'KMS_KEYS'])
      : `w${++outer.counter.n}`;
    const [sql, columns] = query({
      ...outer,
      ctes,
      sources: [],
      lambda: [],
      depth: outer.depth - 1,
    });
    withs.push(`${alias} as (${sql})`);
    ctes.push({ alias, columns });
  }
  const c: Context = { ...outer, ctes };
  let [sql, columns] = select(c);
  if (r.chance(0.1) && columns.length > 0) {
    const kinds = columns.map(([, k]) => k);
    const [other, otherColumns] = select(c);
    if (otherColumns.length === columns.length && otherColumns.every(([, k], i) => k === kinds[i]))
      sql = `${sql} ${r.pick(['union', 'union all', 'intersect', 'except'])} ${other}`;
  }
  const withSql =
    withs.length > 0 ? `with ${r.chance(0.02) ? 'recursive ' : ''}${withs.join(', ')} ` : '';
  if (r.chance(0.4) && columns.length > 0)
    sql += ` order by ${columns.map((_, i) => `${i + 1}${r.pick(['', '', ' desc', ' nulls first'])}`).join(', ')}`;
  if (r.chance(0.05)) sql += ` offset ${r.below(5)}`;
  if (r.chance(0.15)) sql += ` limit ${r.pick(['1', '3', '100', '100000', 'all', '-1'])}`;
  return [withSql + sql, columns];
}

/** A query. */
export function generate(r: Random): string {
  const depth = 2 + r.below(3);
  return query({
    r,
    sources: [],
    ctes: [],
    depth,
    lambda: [],
    aggregates: false,
    windows: false,
    counter: { n: 0 },
  })[0];
}
