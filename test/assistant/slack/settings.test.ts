import { describe, expect, it } from 'vitest';
import { audienceScopes, readAccess, scopeOf } from '../../../assistant/slack/access.ts';
import { memoryConversations } from '../../../assistant/slack/conversations.ts';
import { readSlackSettings } from '../../../assistant/slack/settings.ts';
import { ACCESS } from './slack-side.ts';

describe('the settings of Slack', () => {
  const secret = { KMS_INSIGHTS_SLACK_SIGNING_SECRET: 'abcdef0123456789abcdef0123456789' };
  const both = { ...secret, KMS_INSIGHTS_SLACK_ACCESS: 'access.yaml' };

  it('are none where none is there, and then Slack is not served', () => {
    expect(readSlackSettings({ PATH: '/bin' })).toEqual({ ok: true, settings: null });
    expect(readSlackSettings({ KMS_INSIGHTS_SLACK_SIGNING_SECRET: '' })).toEqual({
      ok: true,
      settings: null,
    });
  });

  it('have defaults', () => {
    expect(readSlackSettings(both)).toMatchObject({
      ok: true,
      settings: { timeZone: 'UTC', atOnce: 4, responseOrigin: 'https://hooks.slack.com' },
    });
  });

  it.each([
    [{ KMS_INSIGHTS_SLACK_ACCESS: 'a' }, /SIGNING_SECRET: is missing/],
    [secret, /ACCESS: is missing/],
    [{ ...both, KMS_INSIGHTS_SLACK_SIGNING_SECRET: 'hunter2' }, /not a signing secret/],
    [{ ...both, KMS_INSIGHTS_SLACK_WEB_URL: 'http://kms.example.com' }, /WEB_URL.*https/],
    [{ ...both, KMS_INSIGHTS_SLACK_WEB_URL: 'javascript:alert(1)' }, /WEB_URL.*https/],
    [{ ...both, KMS_INSIGHTS_SLACK_RESPONSE_ORIGIN: 'https://evil.example' }, /for tests/],
    [{ ...both, KMS_INSIGHTS_SLACK_RESPONSE_ORIGIN: 'http://10.0.0.1:80' }, /for tests/],
    [{ ...both, KMS_INSIGHTS_SLACK_TIME_ZONE: 'Mars/Olympus' }, /TIME_ZONE/],
    [{ ...both, KMS_INSIGHTS_SLACK_AT_ONCE: '0' }, /AT_ONCE/],
  ])('are refused with their name, and without the secret: %j', (env, message) => {
    const read = readSlackSettings(env);
    if (read.ok) throw new Error('they were taken');
    expect(read.message).toMatch(message);
    expect(read.message).not.toContain('hunter2');
  });
});

describe('the rules of who may ask', () => {
  const access = readAccess(ACCESS);
  if (!access.ok) throw new Error(access.message);
  const { rules } = access;
  const at = (channel: string, user: string, team = 'T0TEAM') => ({ team, channel, user });

  it.each([
    [at('C0OPEN', 'U0ANN'), null],
    [at('C0NARROW', 'U0NARROW'), ['111122223333']],
    [at('C0NARROW', 'U0ANN'), null],
    [at('C0CLOSED', 'U0ANN'), null],
    [at('C0CLOSED', 'U0BOB'), undefined],
    [at('C0ELSE', 'U0ANN'), undefined],
    [at('C0ELSE', 'U0ANN', 'T0OTHER'), null],
    [at('C0OPEN', 'U0ANN', 'T0NONE'), undefined],
  ])('give %j the accounts %j', (caller, expected) => {
    expect(scopeOf(rules, caller)).toEqual(expected);
  });

  it.each([
    ['C0OPEN', [null]],
    ['C0NARROW', [['111122223333'], null]],
    ['C0CLOSED', undefined],
    ['C0ELSE', undefined],
  ])('give the people of %s the accounts %j', (channel, expected) => {
    expect(audienceScopes(rules, { team: 'T0TEAM', channel })).toEqual(expected);
  });

  it.each([
    ['', /the list/],
    ['[]', /nobody may ask/],
    ['- team: T0TEAM', /rule 1\.accounts/],
    ['- {team: T0TEAM, accounts: all, chanels: [C01]}', /rule 1.*chanels/],
    ['- {team: T0TEAM, accounts: []}', /rule 1\.accounts/],
    ['- {team: T0TEAM, accounts: all, channels: []}', /rule 1\.channels/],
    ['- {team: T0TEAM, accounts: all, channels: ["#kms"]}', /rule 1\.channels\.0/],
    ['- {team: T0TEAM, accounts: ["12"]}', /rule 1\.accounts/],
    ['- {team: T0TEAM, accounts: [111122223333]}', /rule 1\.accounts/],
    ['- team: [', /./],
  ])('are refused with the place: %s', (text, message) => {
    const read = readAccess(text);
    if (read.ok) throw new Error('they were taken');
    expect(read.message).toMatch(message);
  });
});

describe('conversations', () => {
  it('are forgotten after an hour, and older answers when there are many', async () => {
    let now = 0;
    const limits = { answers: 2, turns: 2, latestForMs: 1_000 };
    const kept = memoryConversations(() => new Date(now), limits);
    const caller = { team: 'T', channel: 'C', user: 'U' };
    const add = async (id: string) => {
      const from = await kept.find(caller, 'latest');
      if (!from) throw new Error('there is always one');
      await kept.add(caller, from, id, { question: id, sql: '', state: null });
    };
    for (const id of ['a', 'b', 'c']) await add(id);
    const questions = async (after: Parameters<typeof kept.find>[1]) =>
      (await kept.find(caller, after))?.turns.map((turn) => turn.question);
    expect(await questions('latest')).toEqual(['b', 'c']);
    expect(await questions('none')).toEqual([]);
    expect(await questions({ answerId: 'b' })).toEqual(['a', 'b']);
    expect(await questions({ answerId: 'a' })).toBeUndefined();
    now = 1_001;
    expect(await questions('latest')).toEqual([]);
    expect(await questions({ answerId: 'c' })).toEqual(['b', 'c']);
  });
});
