import { describe, expect, it } from 'vitest';
import { notice } from '../../../assistant/slack/answer-message.ts';
import { isResponseUrl, openResponseUrl } from '../../../assistant/slack/response-url.ts';

const SLACK = 'https://hooks.slack.com';
const ADDRESS = `${SLACK}/commands/T1/2/3`;
const RECEIVED = new Date('2026-11-23T00:00:00Z');

/** An address that is answered with these, and else with 200; and what was waited for. */
function opened(replies: (() => Response | Promise<never>)[], minutes = () => 0) {
  const waits: number[] = [];
  const called: (string | URL | Request)[] = [];
  const response = openResponseUrl(ADDRESS, RECEIVED, {
    origin: SLACK,
    fetch: async (url) => {
      called.push(url);
      return (replies.shift() ?? (() => new Response('ok')))();
    },
    clock: () => new Date(RECEIVED.getTime() + minutes() * 60_000),
    wait: async (ms) => {
      waits.push(ms);
    },
  });
  return { response, waits, called };
}

const reply =
  (status: number, body = '', headers: Record<string, string> = {}) =>
  () =>
    new Response(body, { status, headers });
const message = notice('x');

describe('a response_url', () => {
  it.each([
    [ADDRESS, true],
    ['https://hooks.slack.com:443/x', true],
    ['http://hooks.slack.com/x', false],
    ['https://hooks.slack.com:8443/x', false],
    ['https://hooks.slack.com.evil.example/x', false],
    ['https://hooks.slack.com@evil.example/x', false],
    ['https://user@hooks.slack.com/x', false],
    ['https://evil.example/hooks.slack.com', false],
    ['//hooks.slack.com/x', false],
    ['', false],
  ])('is one of Slack: %s is %s', (address, expected) => {
    expect(isResponseUrl(address, SLACK)).toBe(expected);
  });

  it('takes five messages', async () => {
    const { response, called } = opened([]);
    const deliveries = [];
    for (let i = 0; i < 6; i += 1) deliveries.push(await response.send(message));
    expect(deliveries).toEqual([...Array.from({ length: 5 }, () => 'delivered'), 'gone']);
    expect(called.length).toBe(5);
  });

  it('counts attempts that failed among the five', async () => {
    const { response, called } = opened(Array.from({ length: 9 }, () => reply(503)));
    expect(await response.send(message)).toBe('failed');
    expect(await response.send(message)).toBe('gone');
    expect(called.length).toBe(5);
  });

  it('takes messages for thirty minutes, less what they may take on their way', async () => {
    let now = 29.8;
    const { response, called } = opened([], () => now);
    expect(await response.send(message)).toBe('delivered');
    now = 29.9;
    expect(await response.send(message)).toBe('gone');
    expect(called.length).toBe(1);
  });

  it.each([
    ['a fault of Slack', [reply(500)], [500]],
    ['a network that fails', [() => Promise.reject(new Error('ECONNRESET'))], [500]],
    ['two faults, waiting longer', [reply(502), reply(503)], [500, 2_000]],
    ['a wait that Slack asks for', [reply(429, '', { 'retry-after': '3' })], [3_000]],
    ['no longer wait than half a minute', [reply(429, '', { 'retry-after': '900' })], [30_000]],
  ])('is tried again after %s', async (_, replies, expected) => {
    const { response, waits } = opened([...replies]);
    expect(await response.send(message)).toBe('delivered');
    expect(waits).toEqual(expected);
  });

  it.each([
    [reply(404, 'expired_url'), 'gone'],
    [reply(404, 'used_url'), 'gone'],
    [reply(200, '{"ok":false,"error":"expired_url"}'), 'gone'],
    [reply(400, 'invalid_blocks'), 'refused'],
    [reply(403, 'action_prohibited'), 'refused'],
    [reply(302, '', { location: 'https://evil.example/' }), 'failed'],
  ])('is not tried again where that is of no use', async (answer, expected) => {
    const { response, called } = opened([answer]);
    expect(await response.send(message)).toBe(expected);
    expect(called.length).toBe(1);
  });
});
