import { describe, expect, it } from 'vitest';
import {
  auditPath,
  dashboardPath,
  isKeyArn,
  keyPath,
  reportPath,
  routeOf,
} from '../../web/src/route/route.ts';

const arn = 'arn:aws:kms:eu-central-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef';

describe('a route', () => {
  it.each(['', '#', '#/', '#/no-such-view'])('is the chat at %j', (fragment) => {
    expect(routeOf(fragment)).toEqual({ view: 'chat' });
  });

  it('is none at a place in the page', () => {
    expect(routeOf('#question')).toBeNull();
  });

  it('comes back as it was', () => {
    for (const filter of [
      {},
      { region: 'eu-west-1' },
      { account: '111122223333', ou: 'Root/A & B/東京?=#%', manager: 'AWS', concern: 'UNUSED_KEY' },
    ])
      expect(routeOf(dashboardPath(filter))).toEqual({ view: 'dashboard', filter });
    expect(routeOf(keyPath(arn))).toEqual({ view: 'key', arn });
    expect(routeOf(reportPath('a-1'))).toEqual({ view: 'report', id: 'a-1' });
    for (const filter of [
      {},
      { user: 'ana+x@example.com', status: 'declined', from: '2026-11-01' },
    ])
      expect(routeOf(auditPath(filter))).toEqual({ view: 'audit', filter });
  });

  it('takes what it knows of a query, and what has a value', () => {
    expect(routeOf('#/dashboard?region=&severity=HIGH&other=1')).toEqual({
      view: 'dashboard',
      filter: { severity: 'HIGH' },
    });
  });

  it.each(['#/key/', '#/key/%', '#/key/javascript%3Aalert(1)', `#/key/${arn}%20x`])(
    'is no key at %s',
    (fragment) => {
      expect(routeOf(fragment)).toEqual({ view: 'chat' });
    },
  );
});

describe('a report', () => {
  it.each(['#/report/', '#/report/../x', '#/report/a%20b', `#/report/${'a'.repeat(65)}`])(
    'is none at %s',
    (fragment) => {
      expect(routeOf(fragment)).toEqual({ view: 'chat' });
    },
  );
});

describe('the ARN of a key', () => {
  it.each<[string, boolean]>([
    [arn, true],
    [arn.replace('arn:aws', 'arn:aws-us-gov'), true],
    [`${arn}\n`, false],
    [arn.replace(':key/', ':alias/'), false],
    [`https://evil.example/${arn}`, false],
  ])('%j: %s', (text, is) => {
    expect(isKeyArn(text)).toBe(is);
  });
});
