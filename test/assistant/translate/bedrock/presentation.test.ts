import { describe, expect, it } from 'vitest';
import { summarize } from '../../../../assistant/answer/summary.ts';
import type { QueryResult } from '../../../../assistant/engine/engine.ts';
import { dataBlock } from '../../../../assistant/translate/bedrock/data-block.ts';
import { presentationOf } from '../../../../assistant/translate/bedrock/presentation.ts';
import { trialBy } from '../../../../assistant/translate/bedrock/trial.ts';
import { fakeDependencies, oneColumn } from '../../fakes.ts';

const { engine } = fakeDependencies({ translate: () => Promise.reject() }).dependencies;

/** How the result of a query is shown, and the headline that is made of it. */
function shown(sql: string, rows: QueryResult['rows'], language: 'en' | 'ja' = 'en') {
  const checked = trialBy(engine, null).check(sql);
  if (!checked.ok) throw new Error(checked.error);
  const presentation = presentationOf(checked, rows.slice(0, 5), language);
  const result = { ...oneColumn(rows), columns: checked.columns };
  const counted = { result, truncated: false, totalRows: rows.length };
  return { ...presentation, headline: summarize(presentation, counted, language) };
}

const groups = [
  ['eu-west-1', 53],
  ['us-east-1', 12],
] as const;

describe('the headline of a model’s query', () => {
  it.each([
    ['SELECT count(*) AS number_of_keys FROM kms_keys', [[5]], 'Number of keys: 5.'],
    // What was counted is known by the name of the column alone.
    ['SELECT count(DISTINCT account_id) AS n FROM kms_keys', [[5]], 'Value: 5.'],
    ['SELECT count(*) FROM kms_keys', [[5]], 'Value: 5.'],
    [
      'SELECT sum(monthly_cost_usd) AS monthly_cost_usd FROM kms_keys',
      [[12.5]],
      'Monthly cost USD: $12.50.',
    ],
    ['SELECT max(days_unused) AS days_unused FROM kms_keys', [[900]], 'Days unused: 900 days.'],
    [
      'SELECT max(collected_at) AS collected FROM kms_keys',
      [['2026-11-23 01:02:03.000']],
      'Collected at 2026-11-23 01:02 UTC.',
    ],
    [
      'SELECT region, count(*) AS keys FROM kms_keys GROUP BY region',
      groups,
      'eu-west-1 has the highest keys, 53, of 2 groups.',
    ],
    // The largest of ten that were asked for need not be the largest of all.
    [
      'SELECT region, count(*) AS keys FROM kms_keys GROUP BY region LIMIT 10',
      groups,
      '2 rows match.',
    ],
    ['SELECT key_id, days_unused FROM kms_keys', groups, '2 keys match.'],
    ['SELECT key_arn FROM kms_keys', [['a'], ['b'], ['c']], '3 keys match.'],
    ['SELECT key_arn FROM kms_keys', [['a']], '1 key matches.'],
    // A row is no key where keys are joined, unnested, or may come twice.
    [
      'SELECT k.key_arn FROM kms_keys AS k JOIN key_concerns AS c ON c.key_arn = k.key_arn',
      [['a'], ['b']],
      '2 rows match.',
    ],
    [
      'SELECT key_arn FROM kms_keys CROSS JOIN UNNEST(aliases) AS u (a)',
      [['a'], ['b']],
      '2 rows match.',
    ],
    ['SELECT DISTINCT key_id FROM kms_keys', [['a'], ['b']], '2 rows match.'],
    ['SELECT region FROM kms_keys GROUP BY region', [['a'], ['b']], '2 rows match.'],
    ['SELECT key_id FROM (SELECT key_id FROM kms_keys) AS k', [['a'], ['b']], '2 rows match.'],
    // Conditions may ask other tables.
    [
      'SELECT alias FROM kms_keys WHERE key_arn IN (SELECT key_arn FROM key_concerns)',
      [['a'], ['b']],
      '2 keys match.',
    ],
    ['SELECT code FROM key_concerns', [['a'], ['b']], '2 concerns match.'],
    ['SELECT account_id FROM accounts', [['a']], '1 account matches.'],
    ['SELECT principal FROM key_permissions', [['a'], ['b']], '2 rows match.'],
  ] as const)('of %s', (sql, rows, headline) => {
    expect(shown(sql, rows).headline).toBe(headline);
  });

  it('is in Japanese where the question is', () => {
    expect(shown('SELECT key_arn FROM kms_keys', [['a']], 'ja').headline).toBe(
      '該当するキーは1件です。',
    );
    expect(shown('SELECT count(*) AS n FROM kms_keys', [[5]], 'ja').headline).toBe('値は5です。');
  });
});

describe('a block of data', () => {
  it('holds as many rows as its budget allows, and says how many it does not', () => {
    const text = dataBlock('x', ['aaaa', 'bbbb', 'cccc'], { block: 12, text: 100 });
    expect(text).toBe('<data kind="x" left_out="1">\n"aaaa"\n"bbbb"\n</data>');
  });

  it('cuts long texts, and cleans those within objects and lists', () => {
    const text = dataBlock('x', [{ 'k\n': ['a\u0000b', 'x'.repeat(400)] }]);
    expect(text).toBe(`<data kind="x">\n{"k":["a b","${'x'.repeat(300)}…"]}\n</data>`);
  });
});
