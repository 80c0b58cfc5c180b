import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { TranslateRequest, Translation } from '../../../assistant/translate/translator.ts';
import { keyList } from '../fakes.ts';
import { buttonsOf, messageSchema, type SentMessage, textsOf } from './block-kit.ts';
import { nowSeconds, sign, slackHeaders } from './signed.ts';
import { memoryAssistant, slackBefore } from './slack-side.ts';

/** The running server, as Slack meets it. */

const asked: TranslateRequest[] = [];
function translate(request: TranslateRequest): Translation {
  asked.push(request);
  const { question } = request;
  if (question === 'ambiguous') {
    const choices = ['all keys', 'unused keys'];
    return { kind: 'clarify', message: 'Which keys?', choices, unknownWords: [] };
  }
  if (question === 'break') throw new Error('out of order');
  return { ...keyList('SELECT key_id FROM kms_keys'), state: question } as Translation;
}

let open: Awaited<ReturnType<typeof slackBefore>> | undefined;
async function start(environment: Record<string, string> = {}, clock?: () => Date) {
  asked.length = 0;
  const fake = memoryAssistant({ translate });
  open = await slackBefore(fake.assistant, environment, clock);
  return { ...open, ...fake };
}
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const text = (message: unknown) => textsOf(message).join('\n');
const acknowledged = async (response: Response) =>
  text(messageSchema.parse(await response.json()).blocks);
const buttonOf = (message: SentMessage, label: string) => {
  const found = buttonsOf(message).find((b) => b.text.text === label);
  if (!found) throw new Error(`there is no button ${label}`);
  return { action_id: found.action_id, value: found.value };
};

describe('a command', () => {
  it('is acknowledged to the caller alone, and answered at its response_url', async () => {
    const slack = await start();
    const { at, response } = await slack.command('which keys are unused?');
    expect(response.status).toBe(200);
    expect(await acknowledged(response)).toContain('Looking for the answer');
    const message = await slack.hooks.at(at);
    expect(message.response_type).toBe('ephemeral');
    expect(message.replace_original).toBe(false);
    expect(text(message)).toContain('2 keys match.');
    expect(slack.audited).toMatchObject([
      { face: 'slack', user: 'T0TEAM/U0ANN', question: 'which keys are unused?' },
    ]);
  });

  it('is taken by whatever name the server is called, since it is signed; all else is not', async () => {
    const slack = await start();
    const body = new URLSearchParams({ ssl_check: '1', token: 'x' }).toString();
    const calling = (path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const headers = { ...slackHeaders(body), host: 'kms.example.com' };
        const options = { method: 'POST', headers };
        request(new URL(path, slack.url), options, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end(body);
      });
    expect(await calling('/slack/commands')).toBe(200);
    expect(await calling('/api/ask')).toBe(403);
  });

  it.each([
    ['help', /in your own words/],
    ['', /in your own words/],
    ['ヘルプ', /普段の言葉/],
  ])('"%s" is helped at once', async (words, help) => {
    const slack = await start();
    const { response } = await slack.command(words);
    expect(await acknowledged(response)).toMatch(help);
    expect(slack.audited).toEqual([]);
  });

  it('tells the status within the scope of the caller', async () => {
    const slack = await start();
    const form = { user_id: 'U0NARROW', channel_id: 'C0NARROW' };
    const { at } = await slack.command('status', form);
    expect(text(await slack.hooks.at(at))).toContain('9 of 10 account-Regions');
    expect(slack.scopes).toEqual([['111122223333']]);
  });

  it.each([
    ['top concerns', 'What are the top 5 concerns?'],
    ['Top  Concerns', 'What are the top 5 concerns?'],
    ['key alias/billing', 'show the key alias/billing'],
    ['キー alias/billing', 'alias/billing のキーを表示'],
    ['key alias/billing and its tags', 'key alias/billing and its tags'],
    ['keys with &lt; 3 tags &amp; more', 'keys with < 3 tags & more'],
  ])('"%s" asks "%s"', async (words, question) => {
    const slack = await start();
    const { at } = await slack.command(words);
    await slack.hooks.at(at);
    expect(asked.map((request) => request.question)).toEqual([question]);
  });

  it('goes on from the one before of the same user in the same channel, and of no other', async () => {
    const slack = await start();
    const ask = async (words: string, form: Record<string, string> = {}) => {
      const { at } = await slack.command(words, form);
      await slack.hooks.at(at);
      return asked.at(-1)?.conversation.map((turn) => turn.question);
    };
    expect(await ask('one')).toEqual([]);
    expect(await ask('two')).toEqual(['one']);
    expect(await ask('three', { user_id: 'U0BOB' })).toEqual([]);
    expect(await ask('four', { channel_id: 'C0NARROW' })).toEqual([]);
    expect(await ask('five')).toEqual(['one', 'two']);
  });

  it('says what is wrong where something breaks, and nothing of how it is built', async () => {
    const slack = await start();
    const { at } = await slack.command('break');
    const shown = text(await slack.hooks.at(at));
    expect(shown).toContain('could not be translated');
    expect(shown).not.toContain('.ts:');
  });
});

describe('a request that does not count', () => {
  const form = new URLSearchParams({
    team_id: 'T0TEAM',
    channel_id: 'C0OPEN',
    user_id: 'U0ANN',
    command: '/kms',
    text: 'x',
  }).toString();

  it.each<[string, () => Record<string, string>]>([
    ['without a signature', () => ({ 'content-type': 'application/x-www-form-urlencoded' })],
    [
      'with the signature of another secret',
      () => ({ ...slackHeaders(form), 'x-slack-signature': sign(form, nowSeconds(), 'another') }),
    ],
    ['signed over five minutes ago', () => slackHeaders(form, nowSeconds() - 310)],
    ['signed for another body', () => slackHeaders(`${form}&x=1`)],
  ])('%s is refused', async (_, headers) => {
    const slack = await start();
    for (const path of ['/slack/commands', '/slack/interactions']) {
      const response = await slack.send(path, form, headers());
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toContain('problem+json');
    }
    expect(asked).toEqual([]);
  });

  it('that comes again is refused', async () => {
    const slack = await start();
    const body = `${form}&response_url=${encodeURIComponent(`${slack.hooks.origin}/once`)}`;
    const headers = slackHeaders(body);
    expect((await slack.send('/slack/commands', body, headers)).status).toBe(200);
    await slack.hooks.at('/once');
    expect((await slack.send('/slack/commands', body, headers)).status).toBe(401);
    await slack.settled();
    expect(slack.hooks.received.length).toBe(1);
  });

  it.each([
    'https://evil.example/x',
    'https://hooks.slack.com.evil.example/x',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    '',
  ])('that wants its answer at %s is refused, though it is signed', async (address) => {
    const slack = await start();
    const { response } = await slack.command('x', { response_url: address });
    expect(response.status).toBe(400);
    await slack.settled();
    expect(asked).toEqual([]);
  });

  it('is too long', async () => {
    const slack = await start();
    const { response } = await slack.command('x'.repeat(600_000));
    expect(response.status).toBe(413);
  });
});

describe('who may ask', () => {
  it.each([
    ['another workspace', { team_id: 'T0NONE' }],
    ['another channel', { channel_id: 'C0ELSE' }],
    ['another user of a channel that is for some', { channel_id: 'C0CLOSED', user_id: 'U0BOB' }],
  ])('is not %s', async (_, form) => {
    const slack = await start();
    const { response } = await slack.command('list the keys', form);
    expect(response.status).toBe(200);
    expect(await acknowledged(response)).toContain('does not answer you here');
    await slack.settled();
    expect([asked, slack.hooks.received]).toEqual([[], []]);
  });

  it('asks about the accounts of the first rule that fits', async () => {
    const slack = await start();
    const form = { user_id: 'U0NARROW', channel_id: 'C0NARROW' };
    const { at } = await slack.command('list the keys', form);
    await slack.hooks.at(at);
    expect(slack.audited).toMatchObject([{ accountScope: ['111122223333'] }]);
  });
});

describe('a button', () => {
  it('shows the SQL and the CSV to the caller alone', async () => {
    const slack = await start();
    const answer = await slack.hooks.at((await slack.command('list the keys')).at);
    const sql = await slack.press(buttonOf(answer, 'Show SQL'));
    expect(sql.response.status).toBe(200);
    expect(await sql.response.text()).toBe('');
    expect(text(await slack.hooks.at(sql.at))).toMatch(/SELECT[\s\S]+kms_keys/);
    const csv = await slack.hooks.at((await slack.press(buttonOf(answer, 'CSV'))).at);
    expect(csv.response_type).toBe('ephemeral');
    expect(text(csv)).toContain('key_id\nk1\nk2');
  });

  it('shares with the channel what everyone in it may see', async () => {
    const slack = await start();
    const answer = await slack.hooks.at((await slack.command('list the keys')).at);
    const { at } = await slack.press(buttonOf(answer, 'Share in channel'));
    const shared = await slack.hooks.at(at);
    expect(shared.response_type).toBe('in_channel');
    expect(text(shared)).toContain('2 keys match.');
  });

  it('that gives an answer out is recorded with who pressed it', async () => {
    const slack = await start();
    const answer = await slack.hooks.at((await slack.command('list the keys')).at);
    for (const label of ['Show SQL', 'CSV', 'Share in channel']) {
      await slack.hooks.at((await slack.press(buttonOf(answer, label), { user: 'U0BOB' })).at);
    }
    const [{ user, answerId } = expect.fail(), ...given] = slack.audited;
    expect(given.map(({ exported }) => exported)).toEqual(['sql', 'csv', 'shared']);
    for (const entry of given) {
      expect(entry).toMatchObject({ answerId, question: 'list the keys', rowCount: 2 });
      expect([entry.user, entry.face]).toEqual(['T0TEAM/U0BOB', 'slack']);
      expect(entry.user).not.toBe(user);
    }
  });

  it.each([
    ['someone may ask about fewer accounts', 'C0NARROW'],
    ['not everyone may ask', 'C0CLOSED'],
  ])('shares nothing with a channel in which %s', async (_, channel) => {
    const slack = await start();
    const { at } = await slack.command('list the keys', { channel_id: channel });
    const answer = await slack.hooks.at(at);
    expect(buttonsOf(answer).map((b) => b.text.text)).not.toContain('Share in channel');
    const { value } = buttonOf(answer, 'Show SQL');
    const forged = await slack.press({ action_id: 'share', value }, { channel });
    const message = await slack.hooks.at(forged.at);
    expect(message.response_type).toBe('ephemeral');
    expect(text(message)).toContain('not shared');
  });

  it('shows nothing of an answer to one who may not see all that it may hold', async () => {
    const slack = await start();
    const answer = await slack.hooks.at((await slack.command('list the keys')).at);
    const narrow = { user: 'U0NARROW', channel: 'C0NARROW' };
    for (const label of ['Show SQL', 'CSV', 'Share in channel']) {
      const { at } = await slack.press(buttonOf(answer, label), narrow);
      expect(text(await slack.hooks.at(at))).toContain('not kept any more');
    }
    expect(slack.audited.filter(({ exported }) => exported !== null)).toEqual([]);
  });

  it('asks a follow-up that goes on from the answer it stands below', async () => {
    const slack = await start();
    const first = await slack.hooks.at((await slack.command('one')).at);
    await slack.hooks.at((await slack.command('two')).at);
    const { at } = await slack.press(buttonOf(first, 'How many is that?'));
    await slack.hooks.at(at);
    expect(asked.at(-1)).toMatchObject({ question: 'How many is that?' });
    expect(asked.at(-1)?.conversation.map((turn) => turn.question)).toEqual(['one']);
  });

  it('asks nothing when what it goes on from is not known: that of another person', async () => {
    const slack = await start();
    const first = await slack.hooks.at((await slack.command('one')).at);
    const { at } = await slack.press(buttonOf(first, 'How many is that?'), { user: 'U0BOB' });
    expect(text(await slack.hooks.at(at))).toContain('not remembered any more');
    expect(asked.length).toBe(1);
  });

  it('asks a choice of a question back', async () => {
    const slack = await start();
    const back = await slack.hooks.at((await slack.command('ambiguous')).at);
    expect(text(back)).toContain('Which keys?');
    const { at } = await slack.press(buttonOf(back, 'unused keys'));
    expect(text(await slack.hooks.at(at))).toContain('2 keys match.');
  });

  it.each([
    { action_id: 'web', value: undefined },
    { action_id: 'sql', value: '../../etc/passwd' },
    { action_id: 'ask-0', value: '{"q":1}' },
    { action_id: 'ask-0', value: 'null' },
    { action_id: 'nothing', value: 'x' },
  ])('that asks for nothing is acknowledged: %j', async (pressed) => {
    const slack = await start();
    const { response } = await slack.press(pressed);
    expect(response.status).toBe(200);
    await slack.settled();
    expect([asked, slack.hooks.received]).toEqual([[], []]);
  });

  it.each(['{"type":"view_submission"}', 'no json', ''])(
    'of another kind is acknowledged: %s',
    async (payload) => {
      const slack = await start();
      const body = new URLSearchParams({ payload }).toString();
      expect((await slack.send('/slack/interactions', body)).status).toBe(200);
    },
  );
});

describe('an answer that Slack does not take', () => {
  it('is sent again when Slack is out of order', async () => {
    const slack = await start();
    slack.hooks.reply([503, ''], [429, '', { 'retry-after': '0' }]);
    const { at } = await slack.command('list the keys');
    expect(text(await slack.hooks.at(at))).toContain('2 keys match.');
    expect(slack.hooks.attempts()).toBe(3);
  });

  it('is sent without the table when its blocks are refused', async () => {
    const slack = await start();
    slack.hooks.reply([400, 'invalid_blocks']);
    const { at } = await slack.command('list the keys');
    const message = await slack.hooks.at(at);
    expect(message.blocks.map((block) => block.type)).not.toContain('table');
    expect(text(message)).toContain('key_id: k1');
  });

  it('is also refused with status 200', async () => {
    const slack = await start();
    slack.hooks.reply([200, '{"ok":false,"error":"invalid_blocks"}']);
    const { at } = await slack.command('list the keys');
    expect(text(await slack.hooks.at(at))).toContain('key_id: k1');
  });

  it('is told in one sentence when it is refused without the table too', async () => {
    const slack = await start();
    slack.hooks.reply([400, 'invalid_blocks'], [400, 'invalid_blocks']);
    const { at } = await slack.command('list the keys');
    expect(text(await slack.hooks.at(at))).toContain('Slack does not take this answer');
  });

  it('is not sent elsewhere when Slack redirects', async () => {
    const slack = await start();
    slack.hooks.reply([302, '', { location: `${slack.url}healthz` }]);
    await slack.command('list the keys');
    await slack.settled();
    expect(slack.hooks.attempts()).toBe(1);
  });

  it.each([
    [404, 'expired_url'],
    [404, 'used_url'],
    [410, ''],
  ])('because its address is gone (%i %s), is told of with the next command', async (...reply) => {
    const slack = await start();
    slack.hooks.reply(reply);
    await slack.command('list the old keys');
    await slack.settled();
    expect(slack.hooks.attempts()).toBe(1);
    expect(slack.logged.map((l) => l.details.delivery)).toContain('gone');
    const next = await slack.command('list the keys');
    expect(await acknowledged(next.response)).toMatch(/did not take.*“list the old keys”/);
    const third = await slack.command('list the keys');
    expect(await acknowledged(third.response)).not.toContain('did not take');
  });
});

describe('an acknowledgement', () => {
  /** An assistant that answers when it is told to. */
  async function startSlow(environment: Record<string, string>) {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const fake = memoryAssistant({
      translate: async () => {
        await released;
        return keyList('SELECT key_id FROM kms_keys');
      },
    });
    open = await slackBefore(fake.assistant, environment);
    return { ...open, release };
  }

  it('does not wait for the answer', async () => {
    const slack = await startSlow({});
    const { at, response } = await slack.command('list the keys');
    expect(await acknowledged(response)).toContain('Looking for the answer');
    expect(slack.hooks.attempts()).toBe(0);
    slack.release();
    await slack.hooks.at(at);
  });

  it('says so when there is too much work, and what was taken is done', async () => {
    const slack = await startSlow({
      KMS_INSIGHTS_SLACK_AT_ONCE: '2',
      KMS_INSIGHTS_SLACK_WAITING: '1',
    });
    const taken = [];
    for (const words of ['one', 'two', 'three']) taken.push(await slack.command(words));
    const fourth = await slack.command('four');
    expect(await acknowledged(fourth.response)).toContain('was not taken');
    const pressed = await slack.press({ action_id: 'ask-0', value: '{"q":"five","a":null}' });
    expect(pressed.response.status).toBe(200);
    expect(text(await slack.hooks.at(pressed.at))).toContain('was not taken');
    slack.release();
    for (const { at } of taken) expect(text(await slack.hooks.at(at))).toContain('2 keys match.');
    await slack.settled();
    expect(slack.hooks.received.map((r) => r.path)).not.toContain(fourth.at);
  });
});
