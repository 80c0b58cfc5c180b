import { describe, expect, it } from 'vitest';
import { answerLink, fetchAnswer, linkedAnswer } from '../../web/src/api/answers.ts';
import { fetchAudit } from '../../web/src/api/audit.ts';
import { fetchMe, signOut } from '../../web/src/api/me.ts';
import { problemIn, secondsToWait } from '../../web/src/api/problem.ts';
import { signedOutPath, signInAddress, tellSignedOut } from '../../web/src/session/signedOut.ts';
import { waitText } from '../../web/src/text/instant.ts';

const now = Date.UTC(2026, 10, 23, 12);
const sends =
  (body: unknown, status = 200, headers: Record<string, string> = {}): typeof fetch =>
  async () =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });

describe('the time to wait', () => {
  it.each<[string | null, number | null]>([
    ['0', 0],
    ['120', 120],
    [' 7 ', 7],
    ['Mon, 23 Nov 2026 12:01:00 GMT', 60],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
    ['-1', null],
    ['1.5', null],
    ['soon', null],
    ['99999999', null],
    ['', null],
    [null, null],
  ])('of Retry-After %j is %j', (header, seconds) => {
    expect(secondsToWait(header, now)).toBe(seconds);
  });

  it('is a moment in the problem, beside its code', async () => {
    const body = { code: 'RATE_LIMITED', detail: 'Too many.', hint: 'Wait.' };
    const response = await sends(body, 429, { 'retry-after': '30' })('');
    expect(await problemIn(response, now)).toEqual({
      code: 'RATE_LIMITED',
      message: 'Too many.',
      hint: 'Wait.',
      retryAt: now + 30_000,
    });
  });

  it.each([
    [40, '40 s'],
    [121, '3 min'],
    [7_200, '2 h 0 min'],
    [11_100, '3 h 5 min'],
  ])('of %i seconds is told as %s', (seconds, text) => {
    expect(waitText(seconds)).toBe(text);
  });
});

describe('signing in', () => {
  it.each<[unknown, string]>([
    ['/auth/sign-in', '/auth/sign-in'],
    ['/login', '/login'],
    ['//evil.example/', '/auth/sign-in'],
    ['/\\evil.example', '/auth/sign-in'],
    ['https://evil.example/', '/auth/sign-in'],
    ['javascript:alert(1)', '/auth/sign-in'],
    [undefined, '/auth/sign-in'],
  ])('is at a path of this site: %j', (told, path) => {
    tellSignedOut(told);
    expect(signedOutPath()).toBe(path);
  });

  it('comes back to where one was', () => {
    expect(signInAddress('/auth/sign-in', '/?answer=a&b')).toBe(
      '/auth/sign-in?return=%2F%3Fanswer%3Da%26b',
    );
  });

  it('is not asked for by a server without it', async () => {
    expect(await fetchMe(sends('', 404))).toMatchObject({ signIn: false, role: 'viewer' });
    expect(await fetchMe(sends({ user: 'a', name: 'A', role: 'owner' }))).toBeNull();
  });

  it.each<[unknown, string]>([
    [{ location: 'https://issuer.example/logout?x=1' }, 'https://issuer.example/logout?x=1'],
    [{ location: '/bye' }, '/bye'],
    [{ location: 'javascript:alert(1)' }, '/'],
    [{ location: '//evil.example' }, '/'],
    ['', '/'],
  ])('out leads where the server says: %j', async (body, to) => {
    expect(await signOut('/auth/sign-out', sends(body))).toBe(to);
  });
});

describe('the link to an answer', () => {
  it('is read as it was written', () => {
    const link = answerLink('a&b', 'https://kms.example.com');
    expect(linkedAnswer(new URL(link).search)).toBe('a&b');
    expect(linkedAnswer('?answer=')).toBeNull();
  });

  it.each([
    [403, 'gone'],
    [404, 'gone'],
    [503, 'failed'],
  ])('leads nowhere with status %i: %s', async (status, outcome) => {
    expect(await fetchAnswer('a', sends({}, status))).toBe(outcome);
  });
});

describe('the audit log', () => {
  it('is not shown where it is not what the API promises', async () => {
    const given = globalThis.fetch;
    globalThis.fetch = sends({ entries: [{ at: 'now' }], next: null });
    try {
      const read = await fetchAudit({}, null, new AbortController().signal);
      expect(read).toMatchObject({ ok: false, problem: { code: 'UNREADABLE' } });
    } finally {
      globalThis.fetch = given;
    }
  });
});
