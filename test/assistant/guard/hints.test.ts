import { describe, expect, it } from 'vitest';
import { refused } from './database.ts';

/** What people write for Athena, or for other engines, that is not available, and what they are told. */
const cases: readonly (readonly [string, RegExp])[] = [
  ["select nvl(alias, '-') from kms_keys", /coalesce/],
  ['select char_length(alias) from kms_keys', /length\(x\)/],
  ['select median(days_unused) from kms_keys', /approx_percentile/],
  ['select map_entries(tags) from kms_keys', /CROSS JOIN UNNEST/],
  ['select multimap_agg(region, key_id) from kms_keys', /array_agg/],
  ['select reduce(array[1], 0, (s, x) -> s + x, s -> s)', /CROSS JOIN UNNEST/],
  ['select zip(array[1], array[2])', /UNNEST\(a, b\)/],
  ["select format('%s', alias) from kms_keys", /\|\|/],
  ['select json_format(json_parse(policy_json)) from kms_keys', /json_extract_scalar/],
  ["select json_extract(policy_json, '$.Statement') from kms_keys", /json_extract_scalar/],
  ["select cast('x' as json)", /json_parse/],
  ["select json_extract_scalar(policy_json, '$.Statement[*].Sid') from kms_keys", /\$\.name/],
  ['select * from kms_keys natural join accounts', /USING/],
  ["select created_at at time zone 'Asia/Tokyo' from kms_keys", /date_add/],
  ["select key_id from kms_keys where created_at > '2026-01-01'", /TIMESTAMP '/],
  ['select last_used_at - created_at from kms_keys', /date_diff/],
  ['select current_date - 30', /date_add/],
  ['select cast(monthly_cost_usd as varchar) from kms_keys', /decimal/],
  ['select cast(created_at as varchar(10)) from kms_keys', /substr/],
  ['select count(distinct (account_id, region)) from kms_keys', /count\(DISTINCT a \|\| b\)/],
  [
    'select 1 from kms_keys where (account_id, region) in (select account_id, region from kms_keys)',
    /EXISTS/,
  ],
  [
    "select key_id from kms_keys where exists (select 1 from unnest(aliases) as t(a) where a like 'x%')",
    /any_match/,
  ],
  ['select key_id from kms_keys group by rollup (year(created_at))', /subquery/],
  [
    "select sum(days_unused) over (order by created_at range between interval '30' day preceding and current row) from kms_keys",
    /ROWS/,
  ],
  [
    "select listagg(alias, ',' on overflow truncate '...' without count) within group (order by alias) from kms_keys",
    /ON OVERFLOW/,
  ],
  ["select try(cast(alias as date) + interval '1' day) from kms_keys", /TRY_CAST/],
  ["select regexp_like(alias, '(?i)日本') from kms_keys", /lower/],
  ["select regexp_like(alias, '(?=x)') from kms_keys", /plain groups/],
  ['select sequence(1, days_unused) from kms_keys', /arguments/],
  ['select approx_percentile(days_unused, 95) from kms_keys', /0\.95/],
  ["select format_datetime(created_at, 'ZZZ') from kms_keys", /yyyy/],
  ['select ln(days_unused) from kms_keys', /last digits/],
  ['select rand()', /same/],
];

describe('what is not available says what to write in its place', () => {
  it.each(cases)('%s', (sql, hint) => {
    expect(refused(sql).hint).toMatch(hint);
  });
});
