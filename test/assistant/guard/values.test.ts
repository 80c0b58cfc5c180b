import { beforeAll, describe, expect, it } from 'vitest';
import { accept, openDatabase } from './database.ts';

let run: Awaited<ReturnType<typeof openDatabase>>;
beforeAll(async () => {
  run = await openDatabase();
});

/** Expressions with the value that Trino documents. Bigints and decimals come as text. */
const expressions: readonly (readonly [string, unknown, string])[] = [
  ['7 / 2', 3, 'integer'],
  ['-7 / 2', -3, 'integer'],
  ['-7 % 3', -1, 'integer'],
  ['mod(10, 4)', 2, 'integer'],
  ['7.0 / 2', '3.5', 'decimal(2, 1)'],
  ['1.0 / 3', '0.3', 'decimal(2, 1)'],
  ['2.00 / 3', '0.67', 'decimal(3, 2)'],
  ['-2.00 / 3', '-0.67', 'decimal(3, 2)'],
  ['100.0 * 1 / 3', '33.3', 'decimal(14, 1)'],
  ['0.25 / 1', '0.25', 'decimal(2, 2)'],
  ['1e0 / 4', 0.25, 'double'],
  ['1.5 + 1', '2.5', 'decimal(12, 1)'],
  ['1 + 2 * 3 - 4', 3, 'integer'],
  ['(1 + 2) * 3', 9, 'integer'],
  ['2 - (3 - 4)', 3, 'integer'],
  ['- - 2', 2, 'integer'],
  ['2147483648', '2147483648', 'bigint'],
  ['not true or true and true', true, 'boolean'],
  ['cast(2.5e0 as integer)', 3, 'integer'],
  ['cast(3.5e0 as bigint)', '4', 'bigint'],
  ["cast('42' as integer)", 42, 'integer'],
  ["try_cast('4x' as integer)", null, 'integer'],
  ["try_cast('1.5' as integer)", null, 'integer'],
  ["try(cast('x' as integer))", null, 'integer'],
  ["try(1 / (length('') * 1))", null, 'bigint'],
  ["cast('2026-01-02' as date)", '2026-01-02', 'date'],
  ["cast(date '2026-01-02' as varchar)", '2026-01-02', 'varchar'],
  ["cast(timestamp '2026-01-02 03:04:05' as varchar)", '2026-01-02 03:04:05.000', 'varchar'],
  ["cast(1 as varchar) || 'x'", '1x', 'varchar'],
  ['round(2.5)', '3', 'decimal(2, 0)'],
  ['round(-2.5e0)', -3, 'double'],
  ['round(2.345, 2)', '2.350', 'decimal(5, 3)'],
  ['floor(-1.5e0)', -2, 'double'],
  ['ceil(1.2)', '2', 'decimal(2, 0)'],
  ['truncate(-1.7e0)', -1, 'double'],
  ['sign(-3)', -1, 'integer'],
  ['greatest(1, 2)', 2, 'integer'],
  ['greatest(1, null)', null, 'integer'],
  ["least('b', 'a')", 'a', 'varchar'],
  ['coalesce(null, 5)', 5, 'integer'],
  ['nullif(1, 1)', null, 'integer'],
  ['if(1 > 2, 1)', null, 'integer'],
  ["length('日本語')", '3', 'bigint'],
  ["substr('hello', 2, 3)", 'ell', 'varchar'],
  ["substr('hello', -3)", 'llo', 'varchar'],
  ["substr('hello', 0)", '', 'varchar'],
  ["substr('hello', -9)", '', 'varchar'],
  ["substr('hello', 2, length('ab'))", 'el', 'varchar'],
  ["substr('hello', 1 - 3, 0 - 1)", '', 'varchar'],
  ['12345678901234567.8 / 0.7', '17636684144620811.1', 'decimal(19, 1)'],
  ['123456789.12 * 987654321.98', '121932631352141440.8576', 'decimal(22, 4)'],
  ['999999999999999999 + 0.1', '999999999999999999.1', 'decimal(21, 1)'],
  ['sum(2.5) over ()', '2.5', 'decimal(38, 1)'],
  ["substring('hello', 2)", 'ello', 'varchar'],
  ["trim('  \t x ')", 'x', 'varchar'],
  ["trim(leading 'a' from 'aaba')", 'ba', 'varchar'],
  ["trim(both from ' a ')", 'a', 'varchar'],
  ["rtrim('a  ')", 'a', 'varchar'],
  ["position('l' in 'hello')", '3', 'bigint'],
  ["strpos('hello', 'z')", '0', 'bigint'],
  ["split_part('a/b', '/', 2)", 'b', 'varchar'],
  ["split_part('a/b', '/', 3)", null, 'varchar'],
  ["split('a,b', ',')", ['a', 'b'], 'array(varchar)'],
  ["concat('a', null)", null, 'varchar'],
  ["concat('a', 'b', 'c')", 'abc', 'varchar'],
  ["concat_ws('-', 'a', null, 'b')", 'a-b', 'varchar'],
  ["'a' || null", null, 'varchar'],
  ["replace('aXa', 'X')", 'aa', 'varchar'],
  ["reverse('abc')", 'cba', 'varchar'],
  ["lpad('7', 3, '0')", '007', 'varchar'],
  ["regexp_like('alias/x-1', '^alias/\\w+-\\d$')", true, 'boolean'],
  ["regexp_extract('abc', 'z')", null, 'varchar'],
  ["regexp_extract('ab12', '([a-z]+)(\\d+)', 2)", '12', 'varchar'],
  ["regexp_replace('abab', '(a)b', '$1-')", 'a-a-', 'varchar'],
  ["regexp_replace('abab', 'b')", 'aa', 'varchar'],
  ["'A' = 'a'", false, 'boolean'],
  ["'50%' like '50!%' escape '!'", true, 'boolean'],
  ["'x' not in ('a', 'b')", true, 'boolean'],
  ['null is distinct from 1', true, 'boolean'],
  ["date_add('month', 1, date '2026-01-31')", '2026-02-28', 'date'],
  ["date_add('week', 2, date '2026-01-01')", '2026-01-15', 'date'],
  ["date_add('quarter', -1, date '2026-05-31')", '2026-02-28', 'date'],
  ["date_diff('day', date '2026-01-01', date '2026-03-01')", '59', 'bigint'],
  [
    "date_diff('day', timestamp '2026-01-01 12:00:00', timestamp '2026-01-03 11:00:00')",
    '1',
    'bigint',
  ],
  ["date_diff('month', date '2026-01-15', date '2026-03-14')", '1', 'bigint'],
  ["date_diff('day', timestamp '2026-01-01 12:00:00', date '2026-01-02')", '0', 'bigint'],
  ["date_trunc('month', date '2026-03-14')", '2026-03-01', 'date'],
  ["date_trunc('week', date '2026-11-22')", '2026-11-16', 'date'],
  ["date_trunc('hour', timestamp '2026-03-14 15:09:26')", '2026-03-14 15:00:00', 'timestamp'],
  ["date '2026-01-31' + interval '1' month", '2026-02-28', 'date'],
  ["date '2026-01-31' - interval '1' day", '2026-01-30', 'date'],
  ["timestamp '2026-01-31 00:00:00' - interval '1' hour", '2026-01-30 23:00:00', 'timestamp'],
  ['current_date', '2026-11-23', 'date'],
  ['now()', '2026-11-23 10:30:00', 'timestamp'],
  ['localtimestamp = current_timestamp', true, 'boolean'],
  ["day_of_week(date '2026-11-22')", '7', 'bigint'],
  ["week(date '2026-01-01')", '1', 'bigint'],
  ["extract(quarter from date '2026-11-22')", '4', 'bigint'],
  [
    "date_format(timestamp '2026-03-04 15:06:07', '%Y-%m-%d %H:%i:%s %M %W')",
    '2026-03-04 15:06:07 March Wednesday',
    'varchar',
  ],
  ["date_parse('2026-03-04', '%Y-%m-%d')", '2026-03-04 00:00:00', 'timestamp'],
  ["to_unixtime(timestamp '1970-01-02 00:00:00')", 86400, 'double'],
  ["date '2026-01-01' < timestamp '2026-01-01 00:00:01'", true, 'boolean'],
  ["contains(array['a', null], 'b')", null, 'boolean'],
  ["contains(array['a', null], 'a')", true, 'boolean'],
  ["cardinality(array['a', 'b'])", '2', 'bigint'],
  ["array['a', 'b'][1]", 'a', 'varchar'],
  ["element_at(array['a', 'b'], -1)", 'b', 'varchar'],
  ["element_at(array['a'], 5)", null, 'varchar'],
  ["array_join(array['a', null, 'b'], ',')", 'a,b', 'varchar'],
  ["array_distinct(array['b', 'a', 'b'])", ['b', 'a'], 'array(varchar)'],
  ["array_sort(array['b', null, 'a'])", ['a', 'b', null], 'array(varchar)'],
  ['array_max(array[1, null, 3])', null, 'integer'],
  ['array_max(array[1, 3])', 3, 'integer'],
  ["array_position(array['a', 'b'], 'b')", '2', 'bigint'],
  ["array_position(array['a', 'b'], 'c')", '0', 'bigint'],
  ["array_union(array['a', 'b'], array['b', 'c'])", ['a', 'b', 'c'], 'array(varchar)'],
  ["array_intersect(array['a', 'b'], array['b', 'c'])", ['b'], 'array(varchar)'],
  ["array_except(array['a', 'b'], array['b', 'c'])", ['a'], 'array(varchar)'],
  ["arrays_overlap(array['a', 'b'], array['b', 'c'])", true, 'boolean'],
  ["arrays_overlap(array['a', null], array['b'])", null, 'boolean'],
  ["array['a'] || array['b'] || 'c'", ['a', 'b', 'c'], 'array(varchar)'],
  ['flatten(array[array[1], array[2, 3]])', [1, 2, 3], 'array(integer)'],
  ['filter(array[1, 2, 3], x -> x > 1)', [2, 3], 'array(integer)'],
  ['transform(array[1, 2], x -> x * 2)', [2, 4], 'array(integer)'],
  ['any_match(array[1, null], x -> x = 2)', null, 'boolean'],
  ['any_match(array[1, 2], x -> x = 2)', true, 'boolean'],
  ['all_match(array[1, 2], x -> x > 0)', true, 'boolean'],
  ['none_match(array[1, 2], x -> x = 2)', false, 'boolean'],
  ['1 in (select 1)', true, 'boolean'],
  ['2 > all (select 1)', true, 'boolean'],
  ['2 = any (values 1, 2)', true, 'boolean'],
  ['(select 3)', 3, 'integer'],
  ["case 2 when 1 then 'a' when 2 then 'b' end", 'b', 'varchar'],
];

describe('an expression has in DuckDB the value and type that Trino gives', () => {
  it.each(expressions)('%s is %j', async (sql, value, type) => {
    const query = accept(`select ${sql} as v`);
    expect(query.columns).toEqual([{ name: 'v', type }]);
    expect(await run(query.duckdb)).toEqual([[value]]);
  });
});

const queries: readonly (readonly [string, readonly (readonly unknown[])[]])[] = [
  ['select key_id from kms_keys order by alias, key_id', [['canary'], ['k1'], ['k3'], ['k2']]],
  ['select key_id from kms_keys order by alias desc limit 2', [['k3'], ['k1']]],
  ['select key_id from kms_keys order by alias nulls first limit 1', [['k2']]],
  ["select key_id from kms_keys where tags['Owner'] = 'ada'", [['k1']]],
  [
    "select key_id from kms_keys where element_at(tags, 'Owner') is null order by 1",
    [['canary'], ['k3']],
  ],
  [
    "select t.k, t.v from kms_keys cross join unnest(tags) as t(k, v) where key_id = 'k1' order by 1",
    [
      ['Env', 'prod'],
      ['Owner', 'ada'],
    ],
  ],
  [
    "select a, n from kms_keys, unnest(aliases) with ordinality as u(a, n) where key_id = 'k1' and n > 1 order by n",
    [
      ['alias/b', '2'],
      ['alias/a', '3'],
    ],
  ],
  [
    "select k.key_id, c from kms_keys k left join unnest(k.concern_codes) as u(c) on true where account_id = '111111111111' order by 1, 2",
    [
      ['k1', 'EXTERNAL_ACCOUNT'],
      ['k1', 'WILDCARD_ACTIONS'],
      ['k2', null],
      ['k3', null],
    ],
  ],
  [
    'select region, count(*) n, round(100.0 * count(*) / sum(count(*)) over (), 1) pct from kms_keys group by region order by n desc',
    [
      ['us-east-1', '3', '75.0'],
      ['eu-west-1', '1', '25.0'],
    ],
  ],
  [
    'select sum(days_unused), avg(days_unused), max(days_unused), count(alias), count(distinct region) from kms_keys',
    [['210', 105, 200, '3', '2']],
  ],
  ["select sum(monthly_cost_usd) filter (where key_state = 'Enabled') from kms_keys", [[4.5]]],
  [
    "select sum(case when key_state = 'Enabled' then 1 else 0 end) * 1.0 / count(*) from kms_keys",
    [['0.8']],
  ],
  [
    "select listagg(key_id, ',') within group (order by key_id desc) from kms_keys",
    [['k3,k2,k1,canary']],
  ],
  [
    'select array_agg(distinct region order by region) from kms_keys',
    [[['eu-west-1', 'us-east-1']]],
  ],
  [
    'select max_by(alias, days_unused), min_by(key_id, days_unused), count_if(multi_region), every(policy_readable) from kms_keys',
    [[null, 'k1', '1', true]],
  ],
  ['select count(*), sum(days_unused), max(alias) from kms_keys where false', [['0', null, null]]],
  [
    'select region, key_state, grouping(region, key_state) g, count(*) from kms_keys group by grouping sets ((region), ()) , key_state order by g, 1, 2',
    [
      ['eu-west-1', 'Enabled', 0, '1'],
      ['us-east-1', 'Disabled', 0, '1'],
      ['us-east-1', 'Enabled', 0, '2'],
      [null, 'Disabled', 2, '1'],
      [null, 'Enabled', 2, '3'],
    ],
  ],
  [
    'select region, count(*) from kms_keys group by rollup(region) order by 1',
    [
      ['eu-west-1', '1'],
      ['us-east-1', '3'],
      [null, '4'],
    ],
  ],
  [
    'select key_id, row_number() over (partition by region order by key_id) from kms_keys order by 1',
    [
      ['canary', '1'],
      ['k1', '2'],
      ['k2', '1'],
      ['k3', '3'],
    ],
  ],
  [
    "select key_id, lag(key_id, 1, 'none') over w from kms_keys window w as (order by key_id) order by 1 limit 2",
    [
      ['canary', 'none'],
      ['k1', 'canary'],
    ],
  ],
  [
    'select first_value(alias) ignore nulls over (order by key_id desc rows between unbounded preceding and current row) from kms_keys order by key_id limit 1',
    [['alias/k3']],
  ],
  [
    'select sum(days_unused) over (order by key_id rows 1 preceding) from kms_keys order by key_id',
    [[null], ['10'], ['210'], ['200']],
  ],
  ['select 1 union select 2 intersect select 3', [[1]]],
  ['(select 1 union all select 1) intersect select 1', [[1]]],
  ['select 3 except select 3 union select 4', [[4]]],
  [
    'select key_id from kms_keys union all select username from key_usage order by key_id limit 2',
    [['ada'], ['bob']],
  ],
  [
    'select x from (values 3, 1, 2) t(x) where x in (select 1 union select 2) order by x',
    [[1], [2]],
  ],
  [
    'with a as (select region r, count(*) n from kms_keys group by region), b(m) as (select max(n) from a) select r from a cross join b where n = m',
    [['us-east-1']],
  ],
  [
    'select key_id from kms_keys k where not exists (select 1 from key_usage u where u.key_arn = k.key_arn)',
    [['k3']],
  ],
  [
    "select key_id, (select max(u.last_event_at) from key_usage u where u.key_arn = k.key_arn) m from kms_keys k where key_id = 'k2'",
    [['k2', '2026-05-07 10:00:00']],
  ],
  [
    "select k.key_id, t.n from kms_keys k, lateral (select count(*) n from key_usage u where u.key_arn = k.key_arn) t where k.key_id in ('k1', 'k3') order by 1",
    [
      ['k1', '1'],
      ['k3', '0'],
    ],
  ],
  [
    'select account_id, a.account_name, count(*) from accounts a join kms_keys k using (account_id) group by 1, 2 order by 1',
    [
      ['111111111111', 'name-1', '3'],
      ['222222222222', 'canary', '1'],
    ],
  ],
  [
    "select coalesce(key_id, '-') from (values 'k1', 'k9') t(key_id) full join (select key_id from kms_keys where key_id = 'k2') k using (key_id) order by key_id",
    [['k1'], ['k2'], ['k9']],
  ],
  [
    "select json_extract_scalar(policy_json, '$.Statement[0].Effect'), json_extract_scalar(policy_json, '$.Statement[0].Condition[\"x:y\"]'), json_extract_scalar(policy_json, '$.Statement'), json_extract_scalar(policy_json, '$.Statement[0].n') from kms_keys where key_id = 'k1'",
    [['Allow', 'z', null, null]],
  ],
  ['select distinct upper(region) u from kms_keys order by u', [['EU-WEST-1'], ['US-EAST-1']]],
  [
    'select key_id from kms_keys order by lower(region), key_id offset 1 rows fetch first 2 rows only',
    [['canary'], ['k1']],
  ],
  [
    'select days_unused / 7, days_unused % 7 from kms_keys where days_unused is not null order by 1',
    [
      [1, 3],
      [28, 4],
    ],
  ],
  [
    'select year(created_at) y, count(*) from kms_keys group by y order by y',
    [
      ['2025', '1'],
      ['2026', '3'],
    ],
  ],
  [
    "select date, keyid from kms_keys_table where concern like '%External account%' and accountnumber like '1%'",
    [['2026-11-23', 'k1']],
  ],
];

describe('a query gives in DuckDB the rows that Trino gives', () => {
  it.each(queries)('%s', async (sql, expected) => {
    expect(await run(accept(sql).duckdb)).toEqual(expected);
  });
});

describe('what stops a query in Trino stops it in DuckDB', () => {
  it.each([
    ['select days_unused / (days_unused - days_unused) from kms_keys', /Division by zero/],
    ['select 1 / 0', /Division by zero/],
    ['select 1.0 / 0', /Division by zero/],
    ['select cast(alias as integer) from kms_keys where alias is not null', /Cannot cast/],
    ["select cast('1.5' as integer)", /Cannot cast/],
  ])('%s', async (sql, message) => {
    await expect(run(accept(sql).duckdb)).rejects.toThrow(message);
  });
});

describe('the four queries of the workshop', () => {
  const head = `SELECT
kms_keys.keyid, -- the key
kms_keys.alias, -- its "alias"
kms_keys.accountnumber, kms_keys.principal, kms_keys.action, kms_keys.concern, kms_keys.creationdate,
last_used.eventtime, -- when; last
last_used.username, last_used.eventname
FROM
kms_insights_database.kms_keys_table kms_keys
LEFT JOIN
kms_insights_database.kms_key_last_used_table last_used
ON (kms_keys.keyid = last_used.keyid)
WHERE `;
  it.each([
    ['last_used.eventtime IS NULL', ['k3']],
    ["concern LIKE '%External account%'", ['canary', 'k1']],
    ["concern LIKE '%overly permissive%'", ['k1']],
    ["last_used.eventtime < date_add('day', -90, current_date)", ['k2']],
  ])('WHERE %s', async (where, keys) => {
    for (const end of ['', ';', ' ;\n-- done\n']) {
      const query = accept(head + where + end);
      expect(query.columns.map((c) => c.name)).toEqual([
        'keyid',
        'alias',
        'accountnumber',
        'principal',
        'action',
        'concern',
        'creationdate',
        'eventtime',
        'username',
        'eventname',
      ]);
      expect((await run(query.duckdb)).map((r) => r[0]).sort()).toEqual(keys);
      expect(query.tables).toEqual(['kms_key_last_used_table', 'kms_keys_table']);
    }
  });
});
