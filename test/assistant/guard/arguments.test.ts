import { beforeAll, describe, expect, it } from 'vitest';
import { functions } from '../../../assistant/guard/functions/table.ts';
import { accept, openDatabase } from './database.ts';

let run: Awaited<ReturnType<typeof openDatabase>>;
beforeAll(async () => {
  run = await openDatabase();
});

/**
 * A call of every function that is no aggregate and no window function. What stands in {braces} may
 * be computed; the rest is text or a number that must be written out.
 */
const calls: readonly string[] = [
  'coalesce({null}, {1}, {2})',
  'nullif({1}, {2})',
  'nullif({1e0}, {2e0})',
  'if({true}, {1}, {2})',
  'try(1 / 0)',
  'greatest({1}, {2}, {3})',
  'greatest({1e0}, {2})',
  'least({1}, {2})',
  "lower({'A'})",
  "upper({'ß'})",
  "length({'abc'})",
  "trim({' a '})",
  "trim({'xax'}, {'x'})",
  "ltrim({' a'})",
  "rtrim({'a '})",
  "substr({'hello'}, {2}, {3})",
  "substr({'hello'}, 2, {3})",
  "substr({'hello'}, {-3})",
  "substring({'hello'}, {2}, 3)",
  "replace({'abc'}, 'b', {'x'})",
  "strpos({'abc'}, {'c'})",
  "split({'a,b'}, ',')",
  "split_part({'a,b'}, ',', 2)",
  "concat({'a'}, {'b'}, {'c'})",
  "concat_ws({','}, {'a'}, {'b'})",
  "reverse({'abc'})",
  "reverse({array['a', 'b']})",
  "lpad({'7'}, 3, '0')",
  "rpad({'7'}, 3, '0')",
  "starts_with({'abc'}, {'a'})",
  "ends_with({'abc'}, {'c'})",
  "regexp_like({'abc'}, 'b$|c$')",
  "regexp_extract({'abc'}, '(b)(c)', 2)",
  "regexp_extract_all({'a1b2'}, '\\d')",
  "regexp_count({'a1b2'}, '\\d')",
  "regexp_split({'a1b2'}, '\\d')",
  "regexp_replace({'abc'}, 'b', 'x')",
  "json_extract_scalar({'{\"a\":1}'}, '$.a')",
  "json_extract({'{\"a\":1}'}, '$.a') is null",
  "json_parse({'[1]'}) is null",
  "json_array_length({'[1,2]'})",
  "json_array_contains({'[\"a\"]'}, {'a'})",
  "json_size({'{\"a\":[1]}'}, '$.a')",
  'cast(json_parse({\'["a",null]\'}) as array(varchar))',
  'abs({-1})',
  'round({1.25}, 1)',
  'ceil({1.25})',
  'ceiling({1.25})',
  'floor({1.25})',
  'truncate({1.25})',
  'sign({-1.5})',
  'sign({-1.5e0})',
  'sqrt({4})',
  'power({2}, {3})',
  'pow({2}, {0.5})',
  "date_add('day', {1}, {date '2026-01-01'})",
  "date_diff('day', {date '2026-01-01'}, {timestamp '2026-01-03 00:00:00'})",
  "date_trunc('month', {date '2026-01-31'})",
  "date_format({date '2026-01-31'}, '%Y-%m')",
  "date_parse({'2026-01-31'}, '%Y-%m-%d')",
  "to_unixtime({timestamp '2026-01-03 00:00:00'})",
  "last_day_of_month({date '2026-01-03'})",
  ...['year', 'quarter', 'month', 'week', 'week_of_year', 'day', 'day_of_month', 'day_of_week'],
  ...['dow', 'day_of_year', 'doy', 'year_of_week', 'yow', 'hour', 'minute', 'second'],
  'millisecond',
  "cardinality({array['a']})",
  "contains({array['a', null]}, {'b'})",
  'contains({array[1e0]}, {0e0 / 0})',
  'element_at({array[1, 2]}, {2})',
  "array_join({array['a', 'b']}, ',')",
  "array_distinct({array['a', 'a']})",
  "array_sort({array['b', 'a']})",
  'array_max({array[1, 2]})',
  'array_max({array[1e0, 2e0]})',
  'array_min({array[1, 2]})',
  "array_position({array['b', 'a']}, {'a'})",
  "array_union({array['b']}, {array['a']})",
  "array_intersect({array['b', 'a']}, {array['a']})",
  "array_except({array['b', 'a']}, {array['a']})",
  "arrays_overlap({array['b', 'a']}, {array['a']})",
  "array_remove({array['b', 'a']}, {'a'})",
  "slice({array['b', 'a']}, 1, 1)",
  'flatten({array[array[1], array[2]]})',
  'filter({array[1, 2]}, x -> x / x = 1)',
  'transform({array[1, 2]}, x -> x / x)',
  'any_match({array[1, 2]}, x -> x > 1)',
  'all_match({array[1, 2]}, x -> x > 1)',
  'none_match({array[1, 2]}, x -> x > 1)',
  'sequence(1, 3)',
  '{7} / {2}',
  '{7} % {2}',
  '{7.5} / {2.5}',
  '{7.5} % {2.5}',
  '{7e0} / {2}',
  '{7e0} > {2e0}',
  '{7e0} = {2.5}',
  '{7e0} between {2} and {9e0}',
  '{7e0} in ({2}, {7e0})',
  'case {7e0} when {2} then {1} when {7e0} then {2} end',
  "{array['a']} = {array['a']}",
  "cast({'42'} as integer)",
  "try_cast({'2026-01-01'} as timestamp)",
  "cast({'1.5'} as decimal(5, 1))",
  'cast({2.5e0} as bigint)',
].map((c) =>
  c.includes('(') || c.includes('{') ? c : `${c}({timestamp '2026-01-03 04:05:06.007'})`,
);

/** Maps cannot be written down, so theirs come from a table. */
const overMaps: readonly string[] = [
  "element_at({tags}, {'Owner'})",
  'map_keys({tags})',
  'map_values({tags})',
  'cardinality({tags})',
  'map_filter({tags}, (k, v) -> length(v) / length(k) >= 0)',
  'transform_values({tags}, (k, v) -> length(v) / length(k))',
];

const fill = (call: string, put: (value: string) => string): string =>
  call.replace(/\{((?:'[^']*'|[^{}'])*)\}/g, (_, value: string) => put(value));

describe('an argument that is computed gives what a literal gives', () => {
  it.each(calls)('%s', async (call) => {
    const value = async (sql: string) => run(accept(sql).duckdb);
    const plain = await value(`select ${fill(call, (v) => v)} as v`);
    expect(await value(`select ${fill(call, (v) => `(select ${v})`)} as v`)).toEqual(plain);
    expect(
      await value(`select ${fill(call, (v) => `max_by(${v}, x)`)} as v from (values 1) t(x)`),
    ).toEqual(plain);
    expect(
      await value(
        `select ${fill(call, (v) => `first_value(${v}) over (order by x)`)} as v from (values 1) t(x)`,
      ),
    ).toEqual(plain);
  });

  it.each(overMaps)('%s', async (call) => {
    const value = async (sql: string) =>
      run(accept(`select ${sql} as v from kms_keys where key_id = 'k1'`).duckdb);
    const plain = await value(fill(call, (v) => v));
    expect(
      await value(
        fill(
          call,
          (v) =>
            `(select max_by(${v === 'tags' ? 'i.tags' : v}, 1) from kms_keys i where key_id = 'k1')`,
        ),
      ),
    ).toEqual(plain);
    expect(await value(fill(call, (v) => `max_by(${v}, key_id)`))).toEqual(plain);
  });

  it('is tried for every function', () => {
    const tried = new Set([...calls, ...overMaps].map((c) => c.split('(')[0]));
    const missing = [...functions].filter(([name, f]) => f.kind === 'scalar' && !tried.has(name));
    expect(missing.map(([name]) => name)).toEqual([]);
  });
});

describe('an expression with computed operands can be grouped, filtered and sorted by', () => {
  it.each([
    'select x / (y - 1) v from (values (6, 3), (8, 3)) t(x, y) group by x / (y - 1) order by 1',
    'select x / (y - 1) v from (values (6, 3), (8, 3)) t(x, y) group by 1 order by x / (y - 1)',
    'select x / (y - 1) + 0 v from (values (6, 3), (8, 3)) t(x, y) group by x / (y - 1) order by 1',
    'select min(x) / (count(*) + 0) v from (values (3, 3), (8, 4)) t(x, y) group by y having max(x) / (count(*) * 1) > 2 and avg(x) < 4 union all select 4 order by 1',
    'select distinct x / (y - 1) v from (values (6, 3), (8, 3)) t(x, y) order by x / (y - 1)',
  ])('%s', async (sql) => {
    expect((await run(accept(sql).duckdb)).map(([v]) => Number(v))).toEqual([3, 4]);
  });
});
