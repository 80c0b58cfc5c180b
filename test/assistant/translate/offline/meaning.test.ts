import { beforeAll, describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import { exampleValues, request } from './example-data.ts';
import { openExample } from './example-rows.ts';

const translator = createOfflineTranslator(exampleValues);
let run: Awaited<ReturnType<typeof openExample>>;
beforeAll(async () => {
  run = await openExample();
});

async function answer(question: string): Promise<Record<string, unknown>[]> {
  const translation = await translator.translate(request(question));
  if (translation.kind !== 'query') throw new Error(JSON.stringify(translation));
  return run(translation.sql);
}

const all = [
  'aws',
  'denied',
  'never-new',
  'never-old',
  'norecord-long',
  'norecord-short',
  'public',
  'unknown',
  'unreadable',
  'used-89',
  'used-90',
  'used-91',
];
const without = (...ids: string[]) => all.filter((id) => !ids.includes(id));

describe('lists of keys', () => {
  it.each<[question: string, ids: readonly string[]]>([
    [
      'Which keys have external access and were unused for 90 days?',
      ['never-old', 'norecord-long', 'used-90', 'used-91'],
    ],
    [
      'keys unused for more than 90 days',
      ['aws', 'denied', 'never-old', 'norecord-long', 'unreadable', 'used-91'],
    ],
    [
      'keys with external access not used since 2026-08-25',
      ['never-old', 'norecord-long', 'used-90', 'used-91'],
    ],
    ['keys with external access unused for 3 months', ['never-old', 'norecord-long']],
    ['keys used in the last 90 days', ['public', 'used-89', 'used-90']],
    ['never used keys', ['never-new', 'never-old']],
    ['keys without a record of use', ['norecord-long', 'norecord-short']],
    ['keys with no external access', ['aws', 'denied']],
    ['keys with external account access', without('aws', 'denied', 'public', 'unreadable')],
    ['public keys', ['public']],
    ['cross-account keys', without('denied', 'public', 'unreadable')],
    ['keys with rotation disabled', ['used-89']],
    ['keys with rotation', without('used-89', 'unreadable')],
    ['keys without alias', without('used-90', 'aws')],
    ['keys tagged owner=platform', ['used-91']],
    ['keys not tagged owner=platform', without('used-91')],
    ['keys in Ireland', ['used-91']],
    ['keys not in Frankfurt', ['used-91']],
    ['keys in production that are disabled', ['public']],
    ['keys in account payments-dev', ['aws']],
    ['keys with critical concerns', ['public']],
    ['keys without critical concerns', without('public', 'unreadable')],
    ['keys with an unreadable policy', ['unreadable']],
    ['keys created in the last 7 days', ['never-new']],
    ['AWS managed keys', ['aws']],
    ['all keys except AWS managed keys', without('aws')],
    ['keys with grants', ['aws']],
    ['Which keys can role deploy use?', ['denied']],
    ['Which keys can account 999999999999 use?', without('aws', 'denied', 'public', 'unreadable')],
    ['Which keys did alice use?', ['used-90']],
    ['key alias/orders', ['used-90']],
    ['keys used on 2026-08-25', ['used-90']],
    [
      'keys not used on 2026-08-25',
      ['aws', 'denied', 'never-new', 'never-old', 'norecord-long', 'unreadable', 'used-91'],
    ],
    ['keys unused for less than 91 days', ['never-new', 'public', 'used-89', 'used-90']],
    ['keys unused between 90 and 91 days', ['used-90', 'used-91']],
    ['keys with at least 1 concern', ['public', 'unreadable']],
    ['keys with fewer than 1 concerns', without('public', 'unreadable')],
    ['keys whose alias contains S3', ['aws']],
    ['keys with an alias starting with ord', ['used-90']],
    ['is alias/orders unused for 90 days', ['used-90']],
    ['is alias/orders public', []],
    ['RSA keys', []],
    ['keys that are disabled or tagged owner=platform', ['public', 'used-91']],
    ['keys with neither an alias nor external access', ['denied']],
  ])('%s', async (question, ids) => {
    const found = (await answer(question)).map((row) => row.key_id);
    expect([...found].sort()).toEqual([...ids].sort());
  });

  it('carry the identity of each key and the columns of the conditions', async () => {
    const [row] = await answer('keys unused for 90 days in account payments-prod');
    expect(Object.keys(row ?? {})).toEqual([
      'key_id',
      'account_id',
      'account_name',
      'region',
      'alias',
      'key_arn',
      'last_used_at',
      'usage_status',
      'days_unused',
    ]);
  });

  it('keep all that share the extreme, and cut only where a number is asked for', async () => {
    expect((await answer('the oldest key')).length).toBe(10);
    expect((await answer('the 3 oldest keys')).length).toBe(3);
    expect((await answer('the newest key')).map((r) => r.key_id)).toEqual(['never-new']);
  });
});

describe('numbers', () => {
  it.each<[question: string, value: Record<string, unknown>]>([
    ['How many keys are there?', { key_count: '12' }],
    ['How many keys have external access?', { key_count: '9' }],
    ['total monthly cost of all keys', { total_monthly_cost_usd: 11 }],
    ['What would we save if we deleted the keys unused for a year?', { total_monthly_cost_usd: 0 }],
    ['What would we save by deleting the keys unused for 200 days?', { total_monthly_cost_usd: 3 }],
    [
      'Parts of keys per key manager ordered by value ascending first 1',
      { key_manager: 'AWS', percentage: 8.3, key_count: '1' },
    ],
    [
      'What percentage of customer managed keys have rotation enabled?',
      { percentage: 81.8, matching: '9', not_matching: '1', total: '11' },
    ],
    ['How many accounts are there?', { accounts_count: '4' }],
    ['How many accounts could not be read?', { accounts_count: '1' }],
    ['average age of keys created in the last 30 days', { average_age_days: 1 }],
  ])('%s', async (question, value) => {
    expect(await answer(question)).toEqual([value]);
  });
});

describe('groups', () => {
  it.each<[question: string, rows: readonly Record<string, unknown>[]]>([
    [
      'How many keys per region?',
      [
        { region: 'eu-central-1', key_count: '11' },
        { region: 'eu-west-1', key_count: '1' },
      ],
    ],
    [
      'Which account has the most keys?',
      [{ account_id: '111111111111', account_name: 'payments-prod', key_count: '11' }],
    ],
    ['Which region has the fewest keys?', [{ region: 'eu-west-1', key_count: '1' }]],
    ['top 1 concerns', [{ label: 'Public access', key_count: '1' }]],
    [
      'How many keys per owner?',
      [
        { tag_owner: null, key_count: '11' },
        { tag_owner: 'platform', key_count: '1' },
      ],
    ],
  ])('%s', async (question, rows) => {
    expect(await answer(question)).toEqual(rows);
  });
});

describe('other rows', () => {
  it.each<[question: string, column: string, values: readonly unknown[]]>([
    ['Which accounts have keys with external access?', 'account_id', ['111111111111']],
    ['Which accounts have no keys?', 'account_id', ['333333333333']],
    ['accounts with more than 5 keys', 'account_id', ['111111111111']],
    ['accounts with fewer than 5 keys', 'account_id', ['222222222222', '333333333333']],
    ['Which accounts could not be read?', 'account_id', ['444444444444']],
    ['Who can decrypt with alias/orders?', 'principal', ['arn:aws:iam::999999999999:role/x']],
    ['Who used alias/orders?', 'username', ['alice']],
    ['Who changed the policy of alias/orders?', 'username', ['bob']],
    ['critical concerns in production', 'key_id', ['public']],
    ['list all grants', 'key_id', ['aws']],
  ])('%s', async (question, column, values) => {
    expect((await answer(question)).map((row) => row[column])).toEqual(values);
  });
});
