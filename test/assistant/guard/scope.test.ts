import { beforeAll, describe, expect, it } from 'vitest';
import { relations } from '../../../collector/schema/relations.ts';
import { accept, openDatabase, usage } from './database.ts';

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

  it.each(relations.map((r) => [r.name]))('%s is narrowed in every dialect', (name) => {
    const query = accept(`select count(*) from ${name}`, { accountScope: ['111111111111'] });
    const names = relations.map((r) => r.name).join('|');
    const reads = new RegExp(`(?:FROM|JOIN) (?:kms_insights\\.)?"?(?:${names})"?(?![.\\w])`, 'g');
    for (const sql of [query.trino, query.athena, query.duckdb]) {
      const after = [...sql.matchAll(reads)].map((m) => sql.slice(m.index + m[0].length));
      expect(after.length).toBeGreaterThan(0);
      for (const rest of after)
        expect(rest).toMatch(/^ WHERE "?account_id"? IN \('111111111111'\)\)/);
    }
  });

  it('may ask again with the text that came out', async () => {
    const scope = { accountScope: ['111111111111'] };
    for (const sql of ways) {
      const once = accept(sql, scope);
      const again = accept(once.trino, scope);
      const rows = (x: readonly unknown[]) => x.map((r) => JSON.stringify(r)).sort();
      expect(rows(await run(again.duckdb))).toEqual(rows(await run(once.duckdb)));
    }
  });
});

describe('a key id that stands in two accounts', () => {
  it('gives each account its own last use', async () => {
    const both = await openDatabase([
      usage('111111111111', 'mrk-1', 'us-east-1', '2026-01-01 00:00:00', 'own'),
      usage('222222222222', 'mrk-1', 'us-east-1', '2026-02-02 00:00:00', 'canary'),
    ]);
    const last = (accountScope: readonly string[] | null) =>
      both(
        accept("select username from kms_key_last_used_table where keyid = 'mrk-1'", {
          accountScope,
        }).duckdb,
      );
    expect(await last(null)).toEqual([['canary']]);
    expect(await last(['111111111111'])).toEqual([['own']]);
    expect(await last(['222222222222'])).toEqual([['canary']]);
    expect(await last([])).toEqual([]);
  });
});

describe('a scope of organizational units', () => {
  const units = [
    ['100000000001', 'Root/prod'],
    ['100000000002', 'Root/prod/payments'],
    ['100000000003', 'Root/production'],
    ['100000000004', 'Root/Prod'],
    ['100000000005', "Root/it's 100%_x"],
    ['100000000006', "Root/it's 100%_x/below"],
    ['100000000007', "Root/it's 100 yx"],
    ['100000000008', 'Root/it'],
    ['100000000009', 'Root'],
    ['100000000010', 'Elsewhere/Root/prod'],
  ];
  let of: Awaited<ReturnType<typeof openDatabase>>;
  beforeAll(async () => {
    of = await openDatabase(
      units.map(
        ([id, path]) =>
          `INSERT INTO kms_insights.accounts VALUES ('${id}', 'x', '${path?.replaceAll("'", "''")}', NULL, 'ACTIVE', false, MAP {})`,
      ),
    );
  });
  const seen = async (accounts: readonly string[], organizationalUnits: readonly string[]) => {
    const sql = "select account_id from accounts where account_id like '1000%' order by 1";
    const rows = await of(accept(sql, { accountScope: { accounts, organizationalUnits } }).duckdb);
    return rows.map(([id]) => Number(String(id).slice(-3)));
  };

  it.each([
    ['a unit and all below it, to the letter', ['Root/prod'], [1, 2]],
    ['the root', ['Root'], [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['a slash at the end', ['Root/prod/'], [1, 2]],
    ['quotes and wildcards as they are', ["Root/it's 100%_x"], [5, 6]],
    ['a name that closes the text', ["Root/prod') or ('a' = 'a"], []],
    ['a wildcard', ['%'], []],
    ['a part of a path', ['prod'], []],
    ['another case', ['ROOT/PROD'], []],
    ['a unit that is not there', ['Root/nowhere'], []],
    ['no name', [''], []],
    ['slashes alone', ['/', '//'], []],
    ['none', [], []],
    ['several', ['Root/prod/payments', 'Root/production'], [2, 3]],
  ])('%s', async (_name, paths, expected) => {
    expect(await seen([], paths)).toEqual(expected);
  });

  it('adds to the accounts', async () => {
    expect(await seen(['100000000009', 'unknown'], ['Root/production'])).toEqual([3, 9]);
  });

  it.each(ways)('holds in %s', async (sql) => {
    // Account 2 and the rows of it stand in /Root as account 1 does; the unit is of neither.
    const none = { accounts: [], organizationalUnits: ['/Root/x'] };
    expect(JSON.stringify(await run(accept(sql, { accountScope: none }).duckdb))).not.toMatch(
      /canary|222222222222|k1|k2|k3|ada|bob|name-1/,
    );
    const one = { accounts: ['111111111111'], organizationalUnits: ['/Root/x'] };
    expect(JSON.stringify(await run(accept(sql, { accountScope: one }).duckdb))).not.toMatch(
      /canary|222222222222/,
    );
  });
});
