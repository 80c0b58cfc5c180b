import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import type { Turn } from '../../../../assistant/translate/translator.ts';
import { exampleValues, request } from './example-data.ts';

const translator = createOfflineTranslator(exampleValues);

async function conversation(...questions: readonly string[]) {
  const turns: Turn[] = [];
  let last = '';
  for (const question of questions) {
    const translation = await translator.translate(request(question, turns));
    if (translation.kind !== 'query')
      throw new Error(`${question}: ${JSON.stringify(translation)}`);
    // The state passes through clients as JSON.
    const state: unknown = JSON.parse(JSON.stringify(translation.state));
    turns.push({ question, sql: translation.sql, state });
    last = translation.sql;
  }
  return last;
}

describe('a follow-up continues from the answer before', () => {
  it.each<[questions: readonly string[], same: string]>([
    [['keys unused for 90 days', 'only in production'], 'keys unused for 90 days in production'],
    [['keys unused for 90 days', 'and per region?'], 'how many keys unused for 90 days per region'],
    [['critical findings', 'and the high ones too'], 'critical and high findings'],
    [['disabled keys', 'turn that into a chart by account'], 'disabled keys by account'],
    [['disabled keys', 'the ones in Tokyo only'], 'disabled keys in Tokyo'],
    [['keys with public access', 'how many is that?'], 'how many keys with public access'],
    [
      ['keys with public access', 'How many are disabled?'],
      'how many keys with public access that are disabled',
    ],
    [['disabled keys in Frankfurt', 'and in Tokyo?'], 'disabled keys in Tokyo'],
    [['disabled keys in Frankfurt', 'what about eu-west-1'], 'disabled keys in eu-west-1'],
    [['how many keys are disabled', 'list them'], 'keys that are disabled'],
    [['disabled keys', 'excluding AWS managed keys'], 'disabled keys except AWS managed keys'],
    [['disabled keys', 'oldest first'], 'disabled keys ordered by creation date ascending'],
    [['disabled keys', 'what do they cost?'], 'total monthly cost of disabled keys'],
    [
      ['disabled keys', 'which of them have no alias?', 'how many?'],
      'how many disabled keys have no alias',
    ],
    [['disabled keys', 'only customer managed ones'], 'customer managed disabled keys'],
    [['critical concerns', 'per account'], 'how many critical concerns per account'],
    [['who can decrypt keys in Frankfurt', 'and encrypt?'], 'who can encrypt keys in Frankfurt'],
    [
      ['who can decrypt with keys in Tokyo', 'what about signing'],
      'who can sign with keys in Tokyo',
    ],
    [['who can use alias/orders', 'only admins'], 'who can administer alias/orders'],
    [['who can decrypt keys in Tokyo', 'which keys'], 'keys in Tokyo with decrypt access'],
    [['keys with concerns', 'only high/critical'], 'keys with critical or high concerns'],
    [['critical concerns', 'and high?'], 'high concerns'],
    [['keys created this year', 'before June'], 'keys created between 2026-01-01 and 2026-05-31'],
    [['keys created in 2025', 'before 2020'], 'keys created before 2020'],
    [['disabled keys', 'show their policies'], 'disabled keys with their policy'],
    [['disabled keys', 'did anyone change their policy'], 'disabled keys whose policy was changed'],
    [
      ['disabled customer managed keys', 'as a percentage'],
      'percentage of customer managed keys that are disabled',
    ],
    [['keys created last month', 'and the month before'], 'keys created in September 2026'],
    [['who used keys yesterday', 'and the day before'], 'who used keys on 2026-11-21'],
    [['critical concerns', 'how many per account'], 'how many critical concerns per account'],
    [['top 3 accounts by cost', 'and the cheapest?'], 'account with the lowest cost'],
    [['disabled keys', 'sort by cost'], 'disabled keys ordered by monthly cost descending'],
    [['alias/orders', 'who can use it'], 'who can use alias/orders'],
    [['alias/orders', 'has it been used', 'any concerns?'], 'concerns of alias/orders'],
    [['disabled keys', 'who can use them', 'which of them are public'], 'public disabled keys'],
    [
      ['disabled keys', 'who can use them', 'only in Tokyo', 'what do they cost'],
      'total monthly cost of disabled keys in Tokyo',
    ],
    [
      ['disabled keys', 'who can use them', 'how many are they', 'list them'],
      'who can use disabled keys',
    ],
    [['10 newest keys', 'not the aws ones'], '10 newest keys except AWS managed keys'],
    [['oldest key', 'in Tokyo'], 'oldest key in Tokyo'],
    [['5 most expensive keys', 'and in Tokyo?'], '5 most expensive keys in Tokyo'],
    [['policy changes in october', 'september'], 'policy changes in september'],
    [['keys created in 2024', 'and 2025'], 'keys created in 2025'],
    [['who used keys yesterday', 'the day before that'], 'who used keys on 2026-11-21'],
    [['who used keys yesterday', 'not via s3'], 'who used keys yesterday but not through s3'],
    [['who used keys yesterday', 'except alice'], 'who used keys yesterday except alice'],
    [['how many keys are disabled', 'how many are not'], 'how many keys are not disabled'],
    [
      ['how many customer managed keys rotate', 'and how many do not'],
      'how many customer managed keys do not rotate',
    ],
    [['partial accounts', 'how many accounts'], 'how many accounts are partial'],
  ])('%s', async (questions, same) => {
    expect(await conversation(...questions)).toBe(await conversation(same));
  });

  it.each(['disabled keys', 'keys disabled since January', 'disabled keys per region'])(
    'offers continuations that are understood: %s',
    async (question) => {
      const first = await translator.translate(request(question));
      if (first.kind !== 'query') throw new Error('not understood');
      expect(first.followUps.length).toBeGreaterThan(0);
      for (const followUp of first.followUps) await conversation(question, followUp);
    },
  );

  it('a complete question starts anew', async () => {
    expect(await conversation('disabled keys', 'keys in Tokyo')).toBe(
      await conversation('keys in Tokyo'),
    );
  });
});

describe('a question that goes on from one that was not answered', () => {
  const unanswered: Turn = { question: 'frobnicate', sql: null, state: null };
  const choicesOf = async (question: string, turns: readonly Turn[]) => {
    const translation = await translator.translate(request(question, turns));
    return translation.kind === 'clarify' ? translation.choices : translation.kind;
  };
  const answered = async (question: string): Promise<Turn> => {
    const translation = await translator.translate(request(question));
    if (translation.kind !== 'query') throw new Error('not understood');
    return { question, sql: translation.sql, state: translation.state };
  };

  it.each(['who has access', 'who has decrypt', 'which accounts', 'how many keys is that'])(
    'is never answered for everything: %s',
    async (question) => {
      expect(await choicesOf(question, [unanswered])).toHaveLength(1);
    },
  );

  it.each(['in Tokyo', 'only those in Tokyo'])('is asked back: %s', async (question) => {
    expect(await choicesOf(question, [await answered('disabled keys'), unanswered])).toContain(
      'List keys that have key state Disabled and are in region ap-northeast-1',
    );
  });

  it.each(['only disabled', 'and the disabled ones?'])(
    'or where nothing was asked: %s',
    async (question) => {
      expect(await choicesOf(question, [])).not.toBe('query');
    },
  );

  it.each(['which keys are disabled', 'keys in Tokyo', 'top concerns'])(
    'is answered where it is whole: %s',
    async (question) => {
      expect(await choicesOf(question, [await answered('disabled keys'), unanswered])).toBe(
        'query',
      );
    },
  );

  it('goes on from the answer before when only something about that was told since', async () => {
    const turns = [await answered('disabled keys')];
    const told = await translator.translate(request('show the SQL', turns));
    expect(told).toMatchObject({ kind: 'declined', aside: true });
    expect(await choicesOf('show the SQL', [...turns, unanswered])).toBe('declined');
  });
});

describe('a reply to what was asked back', () => {
  const never = 'List keys that have usage status NEVER_USED';
  const choices = [
    'List keys that are unused for at least 90 days',
    never,
    'List keys that have usage status NO_RECORD',
  ];
  const offered = (...offers: readonly string[]): Turn => ({
    question: 'unused keys',
    sql: null,
    state: null,
    choices: offers,
  });
  const reply = (question: string, turn = offered(...choices)) =>
    translator.translate(request(question, [turn]));
  const sqlOf = async (question: string) => {
    const translation = await translator.translate(request(question));
    return translation.kind === 'query' ? translation.sql : translation.kind;
  };

  it.each<[reply: string, same: string]>([
    ['the second one', never],
    ['2', never],
    ['Option 2, please', never],
    ['the last one', 'List keys that have usage status NO_RECORD'],
    ['never used', never],
    ['the never used ones', never],
    ['the NO_RECORD ones', 'List keys that have usage status NO_RECORD'],
    ['90 days', 'List keys that are unused for at least 90 days'],
    ['a year', 'List keys that are unused for at least 1 year'],
    ['in the last 30 days', 'List keys that are unused for at least 30 days'],
    [
      'all of them',
      'List keys that are unused for at least 90 days or have usage status NEVER_USED or NO_RECORD',
    ],
    ['keys in Tokyo', 'keys in Tokyo'],
  ])('is answered: %s', async (question, same) => {
    expect(await reply(question)).toMatchObject({ kind: 'query', sql: await sqlOf(same) });
  });

  it.each(['yes', 'both', 'the fourth'])(
    'asks again where it does not say which: %s',
    async (question) => {
      expect(await reply(question)).toMatchObject({ kind: 'clarify', choices });
    },
  );

  it('goes on from what was offered where it says more', async () => {
    expect(await reply('only customer managed')).toMatchObject({
      kind: 'clarify',
      choices: [
        expect.stringMatching(/unused for at least 90 days and .*CUSTOMER/),
        expect.stringMatching(/CUSTOMER and .*NEVER_USED/),
        expect.stringMatching(/CUSTOMER and .*NO_RECORD/),
      ],
    });
  });

  it.each(['yes', 'Yes, please.', 'that one', 'the first'])(
    'takes the only one there is: %s',
    async (question) => {
      const turn = offered(never);
      expect(await reply(question, turn)).toMatchObject({ kind: 'query', sql: await sqlOf(never) });
    },
  );

  it.each(['which keys', 'only disabled', 'how many'])(
    'asks again about a single guess, which may have left out a word: %s',
    async (question) => {
      expect((await reply(question, offered('List keys'))).kind).toBe('clarify');
    },
  );

  it('takes none where none is meant', async () => {
    expect(await reply('none of these')).toMatchObject({ kind: 'declined' });
  });

  it('does not answer what was offered and is no question', async () => {
    expect((await reply('yes', offered('frobnicate'))).kind).not.toBe('query');
  });
});

describe('a state that was not made here', () => {
  const turn = (state: unknown): Turn => ({ question: 'q', sql: 's', state });
  it.each([
    null,
    undefined,
    {},
    { plan: null },
    { plan: { entity: 'keys', filter: { is: 'value', column: 'x; drop', values: ['a'] } } },
    {
      plan: {
        entity: 'keys',
        filter: { is: 'value', column: 'no_such_column', values: ['a'] },
        measure: { kind: 'list', show: [] },
        groupBy: [],
        having: null,
        orderBy: null,
        limit: null,
      },
    },
  ])('is not continued from: %j', async (state) => {
    const translation = await translator.translate(request('how many is that?', [turn(state)]));
    expect(translation.kind).not.toBe('query');
  });
});
