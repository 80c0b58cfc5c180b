import { describe, expect, it } from 'vitest';
import { accept } from './database.ts';

/** What is sent to Athena: Trino's text, with the arrays and maps of the result as JSON. */
const sent = (sql: string) => accept(sql).athena;
/** The database is that in which the query is started, which is configuration. */
const unqualified = (sql: string) => sql.replaceAll('kms_insights.', '');
const json = (value: string) => `json_format(CAST(${value} AS JSON))`;

describe('the text for Athena', () => {
  it.each([
    'SELECT region, count(*) AS n FROM kms_keys GROUP BY region ORDER BY n DESC',
    "SELECT cardinality(aliases) AS n FROM kms_keys WHERE tags['Owner'] = 'ada'",
    'SELECT DISTINCT region FROM kms_keys UNION SELECT region FROM key_usage',
  ])('is that for Trino where the result has neither arrays nor maps: %s', (sql) => {
    expect(sent(sql)).toBe(unqualified(accept(sql).trino));
  });

  it('has arrays and maps of the result as JSON, under the names they had', () => {
    expect(sent('SELECT key_id, tags, aliases AS a FROM kms_keys')).toBe(
      `SELECT kms_keys.key_id, ${json('kms_keys.tags')} AS tags, ${json('kms_keys.aliases')} AS a FROM kms_keys LIMIT 1000`,
    );
  });

  it('leaves what people read and run again as it was', () => {
    expect(accept('SELECT tags FROM kms_keys').trino).not.toContain('json');
  });

  it('keeps the order, also by what is not selected', () => {
    expect(
      sent('SELECT tags FROM kms_keys k ORDER BY days_unused DESC, cardinality(aliases) LIMIT 5'),
    ).toBe(
      `SELECT ${json('k.tags')} AS tags FROM kms_keys AS k ORDER BY k.days_unused DESC, cardinality(k.aliases) LIMIT 5`,
    );
  });

  it('does not change inside subqueries, conditions and groups what only the result needs', () => {
    expect(
      sent(
        'WITH w AS (SELECT key_id, aliases FROM kms_keys) SELECT array_agg(key_id) AS ids FROM w WHERE cardinality(aliases) > 1 GROUP BY cardinality(aliases)',
      ),
    ).toBe(
      `WITH w AS (SELECT kms_keys.key_id, kms_keys.aliases FROM kms_keys) SELECT ${json('array_agg(w.key_id)')} AS ids FROM w WHERE cardinality(w.aliases) > 1 GROUP BY cardinality(w.aliases) LIMIT 1000`,
    );
  });

  it.each([
    [
      'DISTINCT',
      'SELECT DISTINCT k.region, k.aliases FROM kms_keys k ORDER BY k.region DESC NULLS FIRST OFFSET 2 LIMIT 5',
      'ORDER BY 1 DESC NULLS FIRST',
    ],
    [
      'a set operation',
      'SELECT aliases, key_id FROM kms_keys UNION SELECT concern_codes, region FROM kms_keys ORDER BY key_id',
      'ORDER BY 2',
    ],
  ])(
    'puts %s inside, where rows are told apart by the arrays themselves, and orders again outside',
    (_, sql, order) => {
      const { athena, trino, columns, limit } = accept(sql);
      expect(athena).toContain(`FROM (${unqualified(trino)}) AS _q (`);
      expect(athena.endsWith(`${order} LIMIT ${limit.rows}`)).toBe(true);
      for (const c of columns) expect(athena).toContain(` AS ${c.name}`);
    },
  );

  it('makes texts of the days and moments that are keys of a map, which JSON does not have', () => {
    expect(sent('SELECT histogram(created_at) AS h, histogram(region) AS r FROM kms_keys')).toBe(
      `SELECT ${json('transform_keys(histogram(kms_keys.created_at), (_k1, _v1) -> CAST(_k1 AS varchar))')} AS h, ${json('histogram(kms_keys.region)')} AS r FROM kms_keys LIMIT 1000`,
    );
  });

  it('keeps names that occur twice, and names that need quotes', () => {
    expect(sent('SELECT aliases AS "a ""b", aliases AS "a ""b" FROM kms_keys')).toBe(
      `SELECT ${json('kms_keys.aliases')} AS "a ""b", ${json('kms_keys.aliases')} AS "a ""b" FROM kms_keys LIMIT 1000`,
    );
  });

  it('limits accounts inside', () => {
    expect(
      accept('SELECT tags FROM kms_keys', { accountScope: ['111111111111'] }).athena,
    ).toContain("WHERE account_id IN ('111111111111')");
  });
});
