import fc from 'fast-check';
import { verifySlackRequest } from 'slack-edge';
import { describe, expect, it } from 'vitest';
import { memoryReplays } from '../../../assistant/slack/replays.ts';
import { verifySignature } from '../../../assistant/slack/signature.ts';
import { nowSeconds, SECRET, sign } from './signed.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** The example of Slack's documentation, "Verifying requests from Slack". */
const documented = {
  timestamp: '1531420618',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
};
const at = (seconds: number) => new Date(seconds * 1_000);
const verdict = (
  parts: Partial<{ timestamp: string; signature: string; body: string }>,
  seconds = 1_531_420_618,
  secret = SECRET,
) => {
  const { body, ...headers } = { ...documented, ...parts };
  return verifySignature(secret, { ...headers, body: bytes(body) }, at(seconds));
};

describe('the signature of a request', () => {
  it("is genuine in the example of Slack's documentation", () => {
    expect(verdict({})).toBe('genuine');
  });

  it.each([
    ['another body', { body: `${documented.body}&text=x` }, 'forged'],
    ['another time', { timestamp: '1531420619' }, 'forged'],
    ['another signature', { signature: documented.signature.replace('a2', 'a3') }, 'forged'],
    ['another version', { signature: documented.signature.replace('v0', 'v1') }, 'unsigned'],
    ['a short signature', { signature: documented.signature.slice(0, -2) }, 'unsigned'],
    ['a long signature', { signature: `${documented.signature}00` }, 'unsigned'],
    ['no number as the time', { timestamp: '1531420618 ' }, 'unsigned'],
    ['a negative time', { timestamp: '-1531420618' }, 'unsigned'],
  ])('is not with %s', (_, parts, expected) => {
    expect(verdict(parts)).toBe(expected);
  });

  it.each([
    [-301, 'outdated'],
    [-300, 'genuine'],
    [300, 'genuine'],
    [301, 'outdated'],
  ])('counts for five minutes: %i seconds after', (seconds, expected) => {
    expect(verdict({}, 1_531_420_618 + seconds)).toBe(expected);
  });

  it('is missing where a header is', () => {
    const { body, timestamp, signature } = documented;
    for (const headers of [
      { timestamp, signature: undefined },
      { timestamp: undefined, signature },
    ]) {
      const request = { ...headers, body: bytes(body) };
      expect(verifySignature(SECRET, request, at(1_531_420_618))).toBe('unsigned');
    }
  });

  it('is judged as slack-edge judges it, whatever was signed and whatever was sent', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.option(text, { nil: undefined }),
        fc.integer({ min: -400, max: 299 }),
        fc.constantFrom(SECRET, 'another secret'),
        async (signed, sent, age, secret) => {
          // Half a minute either side of the limit the two clocks may tell differently.
          fc.pre(Math.abs(age + 300) > 30);
          const seconds = nowSeconds() + age;
          const signature = sign(signed, seconds, secret);
          const body = sent ?? signed;
          const headers = new Headers({
            'x-slack-request-timestamp': String(seconds),
            'x-slack-signature': signature,
          });
          const theirs = await verifySlackRequest(SECRET, headers, body);
          const request = { timestamp: String(seconds), signature, body: bytes(body) };
          const ours = verifySignature(SECRET, request, new Date());
          expect(ours === 'genuine').toBe(theirs);
        },
      ),
    );
  });
});

describe('a request that comes again', () => {
  it('is known as long as its signature counts, and forgotten after', async () => {
    let now = new Date('2026-11-23T00:00:00Z');
    const replays = memoryReplays(() => now);
    expect(await replays.first('a')).toBe(true);
    expect(await replays.first('b')).toBe(true);
    expect(await replays.first('a')).toBe(false);
    now = new Date('2026-11-23T00:10:00Z');
    expect(await replays.first('a')).toBe(false);
    now = new Date('2026-11-23T00:10:01Z');
    expect(await replays.first('a')).toBe(true);
  });
});
