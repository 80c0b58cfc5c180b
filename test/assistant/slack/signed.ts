import { createHmac } from 'node:crypto';

/** What Slack sends: forms, signed as its documentation says. */

export const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';

export const sign = (body: string, seconds: number | string, secret = SECRET): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`, 'utf8').digest('hex')}`;

export const nowSeconds = () => Math.floor(Date.now() / 1_000);

export const slackHeaders = (body: string, seconds: number = nowSeconds()) => ({
  'content-type': 'application/x-www-form-urlencoded',
  'x-slack-request-timestamp': String(seconds),
  'x-slack-signature': sign(body, seconds),
  'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
});
