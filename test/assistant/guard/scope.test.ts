import { beforeAll, describe, expect, it } from 'vitest';
import { relations } from '../../../collector/schema/relations.ts';
import { accept, openDatabase } from './database.ts';

let run: Awaited<ReturnType<typeof openDatabase>>;
beforeAll(async () => {
  run = await openDatabase();
});

/** Every way in which a query could reach rows; the canaries belong to account 222222222222. */
const ways = [
  'select * from kms_keys',
  'select * from kms_insights.kms_keys k',
  'select * from "KMS_KEYS" k',
  'select * from key_usage',
  'select * from kms_keys_table',
  'select * from kms_key_last_used_table',
  'select * from view_kms_insights_data',
  'select * from kms_insights_view',
  'with a as (select * from kms_keys) select * from a',
  'with a as (select * from kms_keys), b as (select * from a) select * from b x join a y on x.key_id = y.key_id',
  'select * from (select * from (select * from kms_keys))',
  'select k.key_id, u.username from accounts a left join kms_keys k on k.account_id = a.account_id left join key_usage u on u.key_arn = k.key_arn',
  'select a.account_name from accounts a where account_id in (select account_id from kms_keys)',
  'select (select max(username) from key_usage)',
  'select (select min(alias) from kms_keys)',
  'select array_agg(key_id) from kms_keys',
  "select listagg(account_name, ',') within group (order by account_name) from accounts",
  'select key_id from kms_keys union select username from key_usage',
  "select 'x' except select alias from kms_keys union all select key_id from kms_keys",
  'select k.key_id, t.username from kms_keys k, lateral (select username from key_usage u where u.key_arn = k.key_arn) t',
  'select k.key_id, c from kms_keys k cross join unnest(k.concern_codes) as t(c)',
  'select k.key_id, (select max(u.username) from key_usage u where u.key_id <> k.key_id) from kms_keys k',
  'select u.username from key_usage u where exists (select 1 from kms_keys k where k.account_id <> u.account_id or true)',
  'select max(alias) over () from kms_keys',
  "select alias from kms_keys where account_id = '222222222222' or true",
  'select key_id from kms_keys order by (select max(username) from key_usage u where u.key_id = kms_keys.key_id)',
  "values (1, (select max(key_id) from kms_keys where key_id > 'b'))",
];

describe('a caller with a scope sees nothing of other accounts', () => {
  it.each(ways)('%s', async (sql) => {
    const seen = JSON.stringify(await run(accept(sql).duckdb));
    expect(seen.length).toBeGreaterThan(2);
    const own = await run(accept(sql, { accountScope: ['111111111111'] }).duckdb);
    expect(JSON.stringify(own)).not.toMatch(/canary|222222222222/);
    const none = await run(accept(sql, { accountScope: [] }).duckdb);
    expect(JSON.stringify(none)).not.toMatch(/canary|222222222222|k1|k2|k3|ada|bob|name-1/);
  });

  it('and everything of his own', async () => {
    const rows = await run(
      accept('select key_id from kms_keys order by 1', { accountScope: ['111111111111'] }).duckdb,
    );
    expect(rows).toEqual([['k1'], ['k2'], ['k3']]);
    const both = await run(
      accept('select count(*) from kms_keys', { accountScope: ['111111111111', '222222222222'] })
        .duckdb,
    );
    expect(both).toEqual([['4']]);
  });

  it('an account id cannot break out of the text', async () => {
    const rows = await run(
      accept('select key_id from kms_keys', { accountScope: ["x') or ('a' = 'a"] }).duckdb,
    );
    expect(rows).toEqual([]);
  });

  it.each(relations.map((r) => [r.name]))('%s is narrowed in both dialects', (name) => {
    const query = accept(`select count(*) from ${name}`, { accountScope: ['111111111111'] });
    for (const sql of [query.trino, query.duckdb])
      expect(sql).toMatch(
        /FROM \(SELECT \* FROM kms_insights\.\S+ WHERE .*IN \(.*'111111111111'\)/,
      );
  });
});
