import { beforeAll, describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import { exampleValues, request } from './example-data.ts';
import { daysAgo, key, openExample } from './example-rows.ts';

const translator = createOfflineTranslator(exampleValues);

/** Nothing but its name could be read of the key. */
const nothing = {
  aliases: null,
  description: null,
  key_manager: null,
  key_state: null,
  key_spec: null,
  key_usage: null,
  origin: null,
  created_at: null,
  tags: null,
  monthly_cost_usd: null,
  rotation_enabled: null,
  policy_readable: false,
  concern_codes: ['UNREADABLE_KEY'],
  max_severity: 'MEDIUM',
};
let run: Awaited<ReturnType<typeof openExample>>;
beforeAll(async () => {
  run = await openExample({
    kms_keys: [
      key('undescribed', nothing),
      key('no-labels', { aliases: null, tags: null }),
      key('bare', { description: '' }),
      key('full', {
        key_manager: 'AWS',
        key_state: 'PendingDeletion',
        deletion_at: daysAgo(-10),
        alias: 'alias/orders',
        aliases: ['alias/orders'],
        tags: { owner: 'platform' },
        description: 'x',
        created_at: daysAgo(10),
        origin: 'EXTERNAL',
        key_spec: 'RSA_2048',
        key_usage: 'SIGN_VERIFY',
        monthly_cost_usd: 3,
        max_severity: 'HIGH',
        concern_codes: ['PENDING_DELETION'],
      }),
    ],
  });
});

async function answer(question: string) {
  const translation = await translator.translate(request(question));
  if (translation.kind !== 'query') throw new Error(JSON.stringify(translation));
  return { rows: await run(translation.sql), notes: translation.notes };
}

const described = ['bare', 'no-labels'];
describe('a key of which something could not be read meets neither a condition on it nor its opposite', () => {
  it.each<[question: string, holds: readonly string[], opposite: string, fails: readonly string[]]>(
    [
      ['AWS managed keys', ['full'], 'keys that are not AWS managed', described],
      ['keys pending deletion', ['full'], 'keys that are not pending deletion', described],
      ['keys with an alias', ['full'], 'keys with no alias', ['bare']],
      ['keys with tags', ['full'], 'untagged keys', ['bare']],
      ['keys tagged owner', ['full'], 'keys not tagged owner', ['bare']],
      ['keys tagged owner=platform', ['full'], 'keys not tagged owner=platform', ['bare']],
      ['keys with a description', ['full'], 'keys without a description', described],
      ['keys with a deletion date', ['full'], 'keys without a deletion date', described],
      ['imported keys', ['full'], 'keys that are not imported', described],
      ['signing keys', ['full'], 'keys except signing keys', described],
      ['RSA_2048 keys', ['full'], 'keys except RSA_2048 keys', described],
      ['keys older than 100 days', described, 'keys not older than 100 days', ['full']],
      [
        'keys that cost more than 2 dollars',
        ['full'],
        'keys that do not cost more than 2 dollars',
        described,
      ],
      ['key alias/orders', ['full'], 'keys except alias/orders', ['bare']],
      ['keys with concerns', ['full', 'undescribed'], 'keys without concerns', described],
    ],
  )('%s', async (question, holds, opposite, fails) => {
    const found = async (q: string) => (await answer(q)).rows.map((r) => r.key_id).sort();
    expect(await found(question)).toEqual([...holds].sort());
    expect(await found(opposite)).toEqual([...fails].sort());
  });

  it.each([
    ['AWS managed keys', /key manager could not be read/],
    ['keys with no alias', /aliases could not be read/],
    ['keys older than 100 days', /creation date could not be read/],
    ['disabled keys without tags', /key state or tag could not be read/],
    ['total monthly cost', /monthly cost could not be read are left out/],
    ['how many keys per state', /without a name holds the keys whose key state could not be read/],
  ])('and the answer says so: %s', async (question, note) => {
    expect((await answer(question)).notes.join('\n')).toMatch(note);
  });

  it.each(['keys in Frankfurt', 'how many keys per region', 'keys used since March'])(
    'where nothing of the kind is asked, nothing is said: %s',
    async (question) => {
      expect((await answer(question)).notes.join('\n')).not.toMatch(/could not be read/);
    },
  );

  it('stays in the total of a percentage, which says so', async () => {
    const { rows, notes } = await answer('What percentage of keys are AWS managed?');
    expect(rows).toEqual([{ percentage: 25, matching: '1', not_matching: '2', total: '4' }]);
    expect(notes.join('\n')).toMatch(/not known.*total minus matching and not_matching/);
  });
});
