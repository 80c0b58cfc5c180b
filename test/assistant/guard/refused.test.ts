import { describe, expect, it } from 'vitest';
import { nearest } from '../../../assistant/guard/nearest.ts';
import { MAX_BYTES } from '../../../assistant/guard/scan.ts';
import { refused } from './database.ts';

/** A query, the code, and the words at which the position points (null: no place). */
const cases: readonly (readonly [string, string, string | null])[] = [
  ['', 'EMPTY', null],
  ['  -- nothing\n', 'EMPTY', null],
  [';', 'EMPTY', null],
  ['select 1; select 2', 'MULTIPLE_STATEMENTS', 'select 2'],
  ['select 1;\ndrop table kms_keys', 'MULTIPLE_STATEMENTS', 'drop'],
  ['insert into kms_keys values (1)', 'NOT_A_QUERY', 'insert'],
  ['delete from kms_keys', 'NOT_A_QUERY', 'delete'],
  ['update kms_keys set alias = null', 'NOT_A_QUERY', 'update'],
  ['merge into kms_keys using x on true', 'NOT_A_QUERY', 'merge'],
  ['create table x as select 1', 'NOT_A_QUERY', 'create'],
  ['explain select 1', 'NOT_A_QUERY', 'explain'],
  ['explain analyze select 1', 'NOT_A_QUERY', 'explain'],
  ['show tables', 'NOT_A_QUERY', 'show'],
  ['describe kms_keys', 'NOT_A_QUERY', 'describe'],
  ['set x = 1', 'NOT_A_QUERY', 'set'],
  ['call system.sync()', 'NOT_A_QUERY', 'call'],
  ["unload (select 1) to 's3://x'", 'NOT_A_QUERY', 'unload'],
  ['prepare p from select 1', 'NOT_A_QUERY', 'prepare'],
  ['execute p', 'NOT_A_QUERY', 'execute'],
  ["copy kms_keys to 'x'", 'NOT_A_QUERY', 'copy'],
  ["attach 'x' as y", 'NOT_A_QUERY', 'attach'],
  ['pragma version', 'NOT_A_QUERY', 'pragma'],
  ['install httpfs', 'NOT_A_QUERY', 'install'],
  ['load httpfs', 'NOT_A_QUERY', 'load'],
  ['summarize kms_keys', 'NOT_A_QUERY', 'summarize'],
  ['hello', 'NOT_A_QUERY', 'hello'],
  ['(drop table kms_keys)', 'NOT_A_QUERY', 'drop'],
  ['table kms_keys', 'UNSUPPORTED', 'table'],
  ['from kms_keys select alias', 'UNSUPPORTED', 'from'],
  ['with x as (delete from kms_keys) select 1', 'SYNTAX', null],
  ['select * from information_schema.tables', 'FORBIDDEN', 'tables'],
  ['select * from system.runtime.queries', 'FORBIDDEN', 'queries'],
  ['select * from awsdatacatalog.kms_insights.kms_keys', 'FORBIDDEN', 'kms_keys'],
  ['select * from other.kms_keys', 'UNKNOWN_TABLE', 'kms_keys'],
  ['select * from "kms_keys$partitions"', 'FORBIDDEN', '"kms_keys$partitions"'],
  ['select * from kms_keys$partitions', 'UNSUPPORTED', '$partitions'],
  ['select * from kms_keys for version as of 3', 'UNSUPPORTED', 'for'],
  [
    "select * from kms_keys for timestamp as of timestamp '2026-01-01 00:00:00'",
    'UNSUPPORTED',
    'for',
  ],
  ['select * from kms_keys tablesample bernoulli (10)', 'UNSUPPORTED', 'tablesample'],
  ['select * from kms_keys match_recognize (pattern (a))', 'UNSUPPORTED', 'match_recognize'],
  ['with recursive a as (select 1) select 1', 'UNSUPPORTED', 'recursive'],
  ['with a(n) as (select 1 union all select n + 1 from a) select * from a', 'UNKNOWN_TABLE', 'a)'],
  ['with kms_keys as (select 1 x) select * from kms_keys', 'FORBIDDEN', 'kms_keys'],
  ['with "KMS_KEYS" as (select 1 x) select 1', 'FORBIDDEN', '"KMS_KEYS"'],
  ['with kms_insights_view as (select 1 x) select 1', 'FORBIDDEN', 'kms_insights_view'],
  ['with a as (select 1 x), a as (select 2 x) select 1', 'FORBIDDEN', 'a as (select 2'],
  ["select * from read_csv('/etc/passwd')", 'FORBIDDEN', 'read_csv'],
  ["select * from kms_keys, read_csv('x')", 'UNKNOWN_FUNCTION', 'read_csv'],
  ['select * from table(exclude_columns(input => table(kms_keys)))', 'UNSUPPORTED', '=>'],
  ['select * from table(kms_keys)', 'FORBIDDEN', 'table'],
  ['select a.key_id from kms_keys a, lateral (select * from kms_keys a) b', 'TOO_COMPLEX', null],
  ["select * from '/etc/passwd'", 'SYNTAX', "'/etc"],
  ['select * from "/etc/passwd"', 'UNKNOWN_TABLE', '"/etc'],
  ['select * from duckdb_settings()', 'FORBIDDEN', 'duckdb_settings'],
  ['select * from "duckdb_settings"()', 'UNKNOWN_FUNCTION', '"duckdb'],
  ["select getenv('HOME')", 'UNKNOWN_FUNCTION', 'getenv'],
  ["select current_setting('x')", 'UNKNOWN_FUNCTION', 'current_setting'],
  ['select pg_sleep(10)', 'UNKNOWN_FUNCTION', 'pg_sleep'],
  ['select version()', 'UNKNOWN_FUNCTION', 'version'],
  ['select current_user', 'FORBIDDEN', 'current_user'],
  ['select uuid()', 'UNKNOWN_FUNCTION', 'uuid'],
  ['select random()', 'UNKNOWN_FUNCTION', 'random'],
  ['select kms_insights.lower(alias) from kms_keys', 'UNKNOWN_FUNCTION', 'lower'],
  ['select sequence(1, 1000000000)', 'TYPE_MISMATCH', 'sequence'],
  ['select * from unnest(sequence(1, 1000000000))', 'TYPE_MISMATCH', 'sequence'],
  ["select lpad('x', 1000000000, 'y')", 'WRONG_ARGUMENTS', null],
  ['select U&"a\\0041" from kms_keys', 'SYNTAX', '&'],
  ["select U&'\\0041'", 'SYNTAX', '&'],
  ["select E'a'", 'UNSUPPORTED', "E'"],
  ["select X'00'", 'UNSUPPORTED', "X'"],
  ['select ａlias from kms_keys', 'SYNTAX', 'ａ'],
  ['select аlias from kms_keys', 'SYNTAX', 'а'],
  ['select alias\u00a0from kms_keys', 'SYNTAX', '\u00a0'],
  ['select alias\u202e from kms_keys', 'FORBIDDEN', '\u202e'],
  ['select \u0000 1', 'FORBIDDEN', '\u0000'],
  ["select '\ud800'", 'FORBIDDEN', '\ud800'],
  ['select /*+ BROADCAST(a) */ 1', 'FORBIDDEN', '/*+'],
  ['select /* open', 'SYNTAX', '/*'],
  ["select 'open", 'SYNTAX', "'open"],
  ['select * exclude (alias) from kms_keys', 'UNSUPPORTED', 'exclude'],
  ['select * replace (1 as alias) from kms_keys', 'SYNTAX', null],
  ['select columns(*) from kms_keys', 'UNKNOWN_FUNCTION', 'columns'],
  ['select alias::varchar from kms_keys', 'UNSUPPORTED', '::'],
  ['select alias from kms_keys limit 10%', 'UNSUPPORTED', null],
  ["select alias from kms_keys limit 'x'", 'UNSUPPORTED', null],
  ['select alias from kms_keys limit (select 1)', 'UNSUPPORTED', null],
  ['select aliases[1:2] from kms_keys', 'UNSUPPORTED', ':2'],
  ["select {'a': 1}", 'UNSUPPORTED', '{'],
  ['select [1, 2]', 'UNSUPPORTED', null],
  ['select a == b from kms_keys', 'UNSUPPORTED', '=='],
  ['select `alias` from kms_keys', 'UNSUPPORTED', '`'],
  ['select * from kms_keys positional join accounts', 'UNSUPPORTED', 'positional'],
  ['select * from kms_keys asof join accounts on true', 'UNSUPPORTED', 'asof'],
  ['select * from kms_keys natural join accounts', 'UNSUPPORTED', 'natural'],
  ['select * from kms_keys pivot (sum(x) for y in (1))', 'UNSUPPORTED', 'pivot'],
  ['select distinct on (alias) alias from kms_keys', 'UNSUPPORTED', null],
  ['select alias from kms_keys qualify 1 = 1', 'UNSUPPORTED', 'qualify'],
  ['select alias into x from kms_keys', 'FORBIDDEN', 'into'],
  ['select alias from kms_keys for update', 'UNSUPPORTED', 'for'],
  ['select alias, from kms_keys', 'SYNTAX', ','],
  ['select max(region,) from kms_keys', 'SYNTAX', ','],
  ['select region from kms_keys group by distinct region', 'UNSUPPORTED', 'distinct'],
  ['select region from kms_keys group by all', 'UNSUPPORTED', null],
  ["select created_at at time zone 'Asia/Tokyo' from kms_keys", 'UNSUPPORTED', 'zone'],
  ['select alias from kms_kyes', 'UNKNOWN_TABLE', 'kms_kyes'],
  ['select aliass from kms_keys', 'UNKNOWN_COLUMN', 'aliass'],
  ['select k.aliass from kms_keys k', 'UNKNOWN_COLUMN', 'k.aliass'],
  ['select x.alias from kms_keys k', 'UNKNOWN_TABLE', 'x.alias'],
  ['select\n  alias,\n  nosuch\nfrom kms_keys', 'UNKNOWN_COLUMN', 'nosuch'],
  ['select "日本", nosuch from kms_keys', 'UNKNOWN_COLUMN', '"日本"'],
  ["select '日本語 👍', nosuch from kms_keys", 'UNKNOWN_COLUMN', 'nosuch'],
  [
    'select account_id from kms_keys k join accounts a on k.account_id = a.account_id',
    'AMBIGUOUS_COLUMN',
    'account_id',
  ],
  ['select * from kms_keys k join accounts k on true', 'AMBIGUOUS_COLUMN', 'accounts'],
  ['select t.a from (select 1 as a, 2 as a) t', 'AMBIGUOUS_COLUMN', 't.a'],
  ['select lenght(alias) from kms_keys', 'UNKNOWN_FUNCTION', 'lenght'],
  ["select ifnull(alias, 'x') from kms_keys", 'UNKNOWN_FUNCTION', 'ifnull'],
  ['select lower(alias, region) from kms_keys', 'WRONG_ARGUMENTS', 'lower'],
  ['select lower() from kms_keys', 'WRONG_ARGUMENTS', 'lower'],
  ['select lower(days_unused) from kms_keys', 'TYPE_MISMATCH', 'days_unused'],
  ["select key_id from kms_keys where created_at > '2026-01-01'", 'TYPE_MISMATCH', 'created_at'],
  ["select key_id from kms_keys where days_unused = '1'", 'TYPE_MISMATCH', 'days_unused'],
  ["select key_id from kms_keys where concern_codes = 'X'", 'TYPE_MISMATCH', 'concern_codes'],
  ['select key_id from kms_keys where alias', 'TYPE_MISMATCH', 'alias'],
  ['select last_used_at - created_at from kms_keys', 'TYPE_MISMATCH', null],
  ['select created_at + 1 from kms_keys', 'TYPE_MISMATCH', null],
  ['select alias from kms_keys union select days_unused from kms_keys', 'TYPE_MISMATCH', null],
  ['select alias, region from kms_keys union select alias from kms_keys', 'TYPE_MISMATCH', null],
  ['select distinct tags from kms_keys', 'TYPE_MISMATCH', null],
  ['select key_id from kms_keys order by tags', 'TYPE_MISMATCH', 'tags'],
  ['select alias, count(*) from kms_keys', 'NOT_GROUPED', 'alias'],
  [
    'select region from kms_keys group by region having max(alias) > key_id',
    'NOT_GROUPED',
    'key_id',
  ],
  ['select region from kms_keys group by region order by alias', 'NOT_GROUPED', 'alias'],
  ['select region from kms_keys where count(*) > 1', 'UNSUPPORTED', 'count'],
  ['select sum(max(days_unused)) from kms_keys', 'UNSUPPORTED', 'max'],
  [
    'select region from kms_keys where row_number() over (order by region) = 1',
    'UNSUPPORTED',
    'row_number',
  ],
  ['select rank() from kms_keys', 'WRONG_ARGUMENTS', 'rank'],
  ['select alias from kms_keys order by 2', 'WRONG_ARGUMENTS', null],
  ["select regexp_like(alias, '(a+)+') from kms_keys", 'UNSUPPORTED', "'(a+)+'"],
  ["select regexp_like(alias, '(a)\\1') from kms_keys", 'UNSUPPORTED', null],
  ["select regexp_like(alias, '(?<=a)b') from kms_keys", 'UNSUPPORTED', null],
  ['select regexp_like(alias, region) from kms_keys', 'WRONG_ARGUMENTS', 'region'],
  ['select a.key_id from kms_keys a, kms_keys b', 'TOO_COMPLEX', 'kms_keys b'],
  ['select a.key_id from kms_keys a cross join key_usage b', 'TOO_COMPLEX', 'key_usage'],
  ['select a.key_id from kms_keys a join kms_keys b on 1 = 1', 'TOO_COMPLEX', 'kms_keys b'],
  [
    'select a.key_id from kms_keys a join kms_keys b on a.key_id = b.key_id or true',
    'TOO_COMPLEX',
    'kms_keys b',
  ],
  [
    'select a.key_id from kms_keys a join kms_keys b on a.key_id = a.key_arn',
    'TOO_COMPLEX',
    'kms_keys b',
  ],
  ['select (1, 2)', 'UNSUPPORTED', null],
  ['select row(1, 2)', 'UNKNOWN_FUNCTION', 'row'],
  ['select cast(alias as char(3)) from kms_keys', 'UNSUPPORTED', 'char(3)'],
  ["select date '2026-02-30'", 'SYNTAX', "'2026-02-30'"],
  ["select interval '1' week", 'UNSUPPORTED', 'week'],
  ['select 99999999999999999999', 'UNSUPPORTED', null],
];

function offsetOf(sql: string, position: { line: number; column: number }): number {
  return (
    sql
      .split('\n')
      .slice(0, position.line - 1)
      .reduce((n, l) => n + l.length + 1, 0) +
    position.column -
    1
  );
}

describe('a query that is not understood to the last word is refused with its place', () => {
  it.each(cases)('%j is %s', (sql, code, place) => {
    const error = refused(sql);
    expect(error.code).toBe(code);
    expect(error.message).not.toMatch(/\bkf?\d/);
    expect(error.hint).not.toBe('');
    if (place === null) return;
    expect(error.position).not.toBeNull();
    expect(sql.slice(offsetOf(sql, error.position ?? { line: 1, column: 1 }))).toMatch(
      new RegExp(`^${place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`),
    );
  });
});

describe('a query that costs too much is refused quickly', () => {
  const repeat = (n: number, s: string, separator: string) => Array(n).fill(s).join(separator);
  it.each([
    ['long text', `select '${'x'.repeat(MAX_BYTES)}'`, 'TOO_LONG'],
    ['long text of wide characters', `select '${'日'.repeat(MAX_BYTES / 3)}'`, 'TOO_LONG'],
    ['nested parentheses', `select ${'('.repeat(5000)}1${')'.repeat(5000)}`, 'TOO_COMPLEX'],
    [
      'nested subqueries',
      `${'select * from ('.repeat(27)}select 1${')'.repeat(27)}`,
      'TOO_COMPLEX',
    ],
    ['a chain of NOT', `select ${'not '.repeat(4000)}true`, 'TOO_COMPLEX'],
    ['a chain of -', `select ${'- '.repeat(4900)}1`, 'TOO_COMPLEX'],
    ['a long IN list', `select 1 in (${repeat(2000, '1', ',')})`, 'TOO_COMPLEX'],
    ['many VALUES', `values ${repeat(1200, '1', ',')}`, 'TOO_COMPLEX'],
    ['a long concatenation', `select ${repeat(2000, "'a'", '||')}`, 'TOO_COMPLEX'],
    ['a thousand columns', `select ${repeat(600, '*', ',')} from kms_keys`, 'TOO_COMPLEX'],
    ['many reads', repeat(60, 'select region from kms_keys', ' union all '), 'TOO_COMPLEX'],
    [
      'WITH queries that double each other',
      `with a0 as (select key_id from kms_keys), ${Array.from({ length: 30 }, (_, i) => `a${i + 1} as (select x.key_id from a${i} x join a${i} y on x.key_id = y.key_id)`).join(', ')} select * from a30`,
      'TOO_COMPLEX',
    ],
  ])('%s', (_name, sql, code) => {
    expect(refused(sql).code).toBe(code);
  });
});

describe('a refusal names what was probably meant', () => {
  it.each([
    ['select alais from kms_keys', 'alias'],
    ['select alias from kms_key', 'kms_keys'],
    ['select coalese(alias) from kms_keys', 'coalesce'],
    ['select datediff(1, 2)', 'date_diff'],
  ])('%s', (sql, hint) => {
    expect(refused(sql).hint).toContain(hint);
  });

  it('says nothing when nothing is near', () => {
    expect(nearest('zzzzzz', ['alias', 'region'])).toEqual([]);
  });
});
