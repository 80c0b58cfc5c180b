import { generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountScope } from '../../../assistant/assistant.ts';
import { readAccess } from '../../../assistant/auth/access.ts';
import { readAuthSettings } from '../../../assistant/auth/settings.ts';
import { openSignIn } from '../../../assistant/auth/sign-in.ts';
import { createApp } from '../../../assistant/server/app.ts';
import { fakeDependencies, keyList, noRecords } from '../fakes.ts';
import { startIssuer } from './oidc-issuer.ts';

/** Signing in at an issuer on this machine, by a browser that only keeps cookies and follows links. */

const CLIENT = 'kms-insights';
const SECRET = 'not-to-be-told';
const PUBLIC = 'http://localhost:8080';
const ACCESS = `
groups:
  auditors: {accounts: all}
  kms-admins: {role: admin, accounts: all}
  payments: {accounts: ["111122223333"]}
  sandbox: {ous: [Root/Sandbox]}
  nobody: {ous: [Root/Gone]}
`;

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let now: number;
let scopes: AccountScope[];
let logged: string[];
let app: ReturnType<typeof createApp>;
beforeEach(async () => {
  issuer = await startIssuer(CLIENT, SECRET);
  now = Date.now();
  scopes = [];
  logged = [];
  app = server();
});
afterEach(() => issuer.close());

const pass = (minutes: number) => {
  now += minutes * 60_000;
};

function server(more: Record<string, string> = {}, allowed = 'localhost') {
  const read = readAuthSettings({
    KMS_INSIGHTS_AUTH_ISSUER: issuer.url,
    KMS_INSIGHTS_AUTH_CLIENT_ID: CLIENT,
    KMS_INSIGHTS_AUTH_CLIENT_SECRET: SECRET,
    KMS_INSIGHTS_AUTH_PUBLIC_URL: PUBLIC,
    KMS_INSIGHTS_AUTH_ACCESS: 'access.yaml',
    ...more,
  });
  const access = readAccess(ACCESS);
  if (!read.ok || !read.settings || !access.ok) throw new Error(JSON.stringify([read, access]));
  const { dependencies } = fakeDependencies({
    translate: () => keyList('SELECT key_id FROM kms_keys'),
  });
  const assistant = {
    dependencies: async (scope: AccountScope = null) => {
      scopes.push(scope);
      return { ...dependencies, accountScope: scope };
    },
    answers: { save: async () => {}, load: async () => undefined },
    ...noRecords,
    close: async () => {},
  };
  const log = (message: string, details: Record<string, unknown>) => {
    logged.push(`${message} ${JSON.stringify(details)}`);
  };
  const signIn = openSignIn({
    settings: read.settings,
    access: access.access,
    assistant,
    log,
    clock: () => new Date(now),
  });
  return createApp({
    assistant,
    webFiles: new Map(),
    allowedHosts: new Set([allowed]),
    log,
    gate: signIn.gate,
    rateLimit: signIn.rateLimit,
  });
}

/** Keeps cookies as a browser does. */
function browser(site = PUBLIC) {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) {
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    }
    const response = await app.fetch(new Request(new URL(path, site), { ...init, headers }));
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/max-age=0/i.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  /** As far as the address to come back to. */
  const toCallback = async (returnTo?: string) => {
    const query = returnTo === undefined ? '' : `?return=${encodeURIComponent(returnTo)}`;
    const begun = await send(`/auth/sign-in${query}`);
    const at = begun.headers.get('location') ?? expect.fail(await begun.text());
    const back = await fetch(at, { redirect: 'manual' });
    return back.headers.get('location') ?? expect.fail(await back.text());
  };
  return {
    cookies,
    send,
    toCallback,
    signIn: async (returnTo?: string) => send(await toCallback(returnTo)),
    me: () => send('/api/me'),
    ask: () =>
      send('/api/ask', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ question: 'list the keys' }),
      }),
  };
}

const signedBy = (key: Parameters<SignJWT['sign']>[0], claims: JWTPayload, alg = 'RS256') =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(key);

const json = async (response: Response) => (await response.json()) as Record<string, unknown>;
const auditor = { 'cognito:groups': ['auditors'], email: 'ann@example.com', email_verified: true };

describe('someone who signs in', () => {
  it('is sent back to where they were, and is known from then on', async () => {
    issuer.be('u1', { ...auditor, name: 'Ann' });
    const ann = browser();
    expect((await ann.me()).status).toBe(401);
    const back = await ann.signIn('/?answer=1#/dashboard');
    expect([back.status, back.headers.get('location')]).toEqual([303, '/?answer=1#/dashboard']);
    expect(await json(await ann.me())).toEqual({
      user: 'ann@example.com',
      name: 'Ann',
      role: 'viewer',
      signIn: true,
      signOutPath: '/auth/sign-out',
    });
    expect((await ann.ask()).status).toBe(200);
  });

  it('has a cookie that scripts and other sites do not get', async () => {
    issuer.be('u1', auditor);
    const back = await browser().signIn();
    const cookie = back.headers.getSetCookie().find((c) => c.startsWith('kms-insights='));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Path=\//i);
  });

  it('has over HTTPS a cookie for this very host, that never travels in the clear', async () => {
    const own = 'https://kms.example.com';
    app = server({ KMS_INSIGHTS_AUTH_PUBLIC_URL: own }, 'kms.example.com');
    issuer.be('u1', auditor);
    const ann = browser(own);
    const back = await ann.signIn();
    expect(back.status).toBe(303);
    for (const cookie of back.headers.getSetCookie()) {
      expect(cookie).toMatch(/^__Host-[^;]+; .*Path=\/; HttpOnly; Secure; SameSite=Lax/);
      expect(cookie).not.toMatch(/Domain/i);
    }
    expect((await ann.me()).status).toBe(200);
  });

  it.each([
    [['auditors'], 'viewer', null],
    [['kms-admins', 'payments'], 'admin', null],
    [['payments'], 'viewer', ['111122223333']],
    [['payments', 'unknown'], 'viewer', ['111122223333']],
  ])('in the groups %j is %s and sees %j', async (groups, role, scope) => {
    issuer.be('u1', { groups });
    const one = browser();
    await one.signIn();
    expect(await json(await one.me())).toMatchObject({ role });
    await one.ask();
    expect(scopes.at(-1)).toEqual(scope);
  });

  it('in no group, or in one without accounts, is refused and told why', async () => {
    for (const groups of [[], ['others'], ['__proto__'], ['nobody']]) {
      issuer.be('u1', { groups });
      const one = browser();
      await one.signIn();
      const response = await one.me();
      expect(response.status).toBe(403);
      expect(await json(response)).toMatchObject({ code: 'NOT_ALLOWED' });
    }
  });

  it('is not called by an e-mail address that is not verified', async () => {
    issuer.be('u2', { groups: ['auditors'], email: 'boss@example.com' });
    const one = browser();
    await one.signIn();
    expect(await json(await one.me())).toMatchObject({ user: 'u2' });
  });
});

describe('a session', () => {
  it('ends with signing out, at the issuer too, and its cookie is worth nothing then', async () => {
    issuer.be('u1', auditor);
    const ann = browser();
    await ann.signIn();
    const stolen = new Map(ann.cookies);
    const out = await ann.send('/auth/sign-out', { method: 'POST' });
    expect(String((await json(out)).location)).toContain(`${issuer.url}/end?`);
    expect((await ann.me()).status).toBe(401);
    const thief = browser();
    for (const [name, value] of stolen) thief.cookies.set(name, value);
    expect((await thief.me()).status).toBe(401);
  });

  it('ends when it is not used for an hour, and after eight hours in any case', async () => {
    issuer.lasting(24 * 3_600);
    issuer.be('u1', auditor);
    const idle = browser();
    await idle.signIn();
    pass(59);
    expect((await idle.me()).status).toBe(200);
    pass(61);
    expect((await idle.me()).status).toBe(401);

    const busy = browser();
    await busy.signIn();
    for (let used = 0; used < 9; used += 1) {
      pass(50);
      expect((await busy.me()).status).toBe(200);
    }
    pass(31);
    expect((await busy.me()).status).toBe(401);
  });

  it('is vouched for anew by the issuer, once for all requests that come together', async () => {
    issuer.be('u1', auditor);
    const ann = browser();
    await ann.signIn();
    issuer.be('u1', { ...auditor, 'cognito:groups': ['kms-admins'] });
    pass(6);
    const seen = issuer.asked.length;
    const answers = await Promise.all([ann.me(), ann.me(), ann.me()]);
    expect(await Promise.all(answers.map(async (a) => (await json(a)).role))).toEqual([
      'admin',
      'admin',
      'admin',
    ]);
    expect(issuer.asked.slice(seen).filter((path) => path === '/token')).toHaveLength(1);
  });

  it('may do no more than the groups that the issuer names then', async () => {
    issuer.be('u1', auditor);
    const ann = browser();
    await ann.signIn();
    expect((await ann.ask()).status).toBe(200);
    issuer.be('u1', { ...auditor, 'cognito:groups': [] });
    pass(6);
    const refused = await ann.ask();
    expect([refused.status, (await json(refused)).code]).toEqual([403, 'NOT_ALLOWED']);
  });

  it('is not pushed out by strangers who begin to sign in, however often', async () => {
    issuer.be('u1', auditor);
    const ann = browser();
    await ann.signIn();
    for (let sent = 0; sent < 101; sent += 1) {
      await Promise.all(Array.from({ length: 100 }, () => browser().send('/auth/sign-in')));
    }
    expect((await ann.me()).status).toBe(200);
  }, 60_000);

  it('ends when the issuer vouches no more, or for somebody else', async () => {
    issuer.be('u1', auditor);
    const ann = browser();
    await ann.signIn();
    issuer.disable();
    pass(6);
    expect((await ann.me()).status).toBe(401);
    issuer.disable(false);
    expect((await ann.me()).status).toBe(401);

    const bob = browser();
    await bob.signIn();
    issuer.twistNext((claims) => ({ ...claims, sub: 'u9' }));
    pass(6);
    expect((await bob.me()).status).toBe(401);
  });

  it('waits when the issuer cannot be asked, and goes on after', async () => {
    issuer.be('u1', auditor);
    const ann = browser();
    await ann.signIn();
    pass(6);
    issuer.down();
    const response = await ann.me();
    expect([response.status, (await json(response)).code]).toEqual([503, 'ISSUER_UNREACHABLE']);
    issuer.down(false);
    expect((await ann.me()).status).toBe(200);
  });
});

describe('a forged sign-in', () => {
  const refused = async (response: Response) => {
    expect(response.status).toBe(400);
    expect(await json(response)).toMatchObject({ code: 'SIGN_IN_FAILED' });
  };

  it('with another state is refused', async () => {
    issuer.be('u1', auditor);
    const ann = browser();
    const at = new URL(await ann.toCallback());
    at.searchParams.set('state', 'forged');
    await refused(await ann.send(at.href));
    expect((await ann.me()).status).toBe(401);
  });

  it('begun in another browser is refused: nobody is signed in as somebody else', async () => {
    issuer.be('mallory', auditor);
    const at = await browser().toCallback();
    issuer.be('u1', auditor);
    const victim = browser();
    await victim.toCallback();
    await refused(await victim.send(at));
  });

  it('with a code that came before is refused', async () => {
    issuer.be('u1', auditor);
    const ann = browser();
    const at = await ann.toCallback();
    const cookies = new Map(ann.cookies);
    expect((await ann.send(at)).status).toBe(303);
    const again = browser();
    for (const [name, value] of cookies) again.cookies.set(name, value);
    await refused(await again.send(at));
  });

  it.each([
    ['another nonce', (c: object) => ({ ...c, nonce: 'other' })],
    ['another audience', (c: object) => ({ ...c, aud: 'other-client' })],
    ['another issuer', (c: object) => ({ ...c, iss: 'https://issuer.example.com' })],
    ['a time that is over', (c: object) => ({ ...c, exp: Math.floor(Date.now() / 1_000) - 60 })],
    ['no subject', (c: object) => ({ ...c, sub: undefined })],
  ])('with %s in the token is refused', async (_, twist) => {
    issuer.be('u1', auditor);
    const ann = browser();
    const at = await ann.toCallback();
    issuer.twistNext(twist as never);
    await refused(await ann.send(at));
    expect((await ann.me()).status).toBe(401);
  });

  it.each([
    ['nobody', async (c: JWTPayload) => new UnsecuredJWT(c).encode()],
    [
      'somebody else',
      async (c: JWTPayload) => signedBy((await generateKeyPair('RS256')).privateKey, c),
    ],
    [
      'a secret',
      (c: JWTPayload) => signedBy(new TextEncoder().encode(SECRET.repeat(4)), c, 'HS256'),
    ],
  ])('with a token signed by %s is refused', async (_, forge) => {
    issuer.be('u1', auditor);
    const ann = browser();
    const at = await ann.toCallback();
    issuer.forgeNext(forge);
    await refused(await ann.send(at));
    expect((await ann.me()).status).toBe(401);
  });

  it('takes too long, and counts no more', async () => {
    issuer.be('u1', auditor);
    const ann = browser();
    const at = await ann.toCallback();
    pass(11);
    await refused(await ann.send(at));
  });

  it('keeps no session that was planted before', async () => {
    issuer.be('mallory', auditor);
    const mallory = browser();
    await mallory.signIn();
    issuer.be('u1', auditor);
    const victim = browser();
    for (const [name, value] of mallory.cookies) victim.cookies.set(name, value);
    await victim.signIn();
    expect(victim.cookies.get('kms-insights')).not.toBe(mallory.cookies.get('kms-insights'));
    expect((await mallory.me()).status).toBe(401);
  });

  it.each([
    '//evil.example.com',
    '/\\evil.example.com',
    'https://evil.example.com/',
    'javascript:alert(1)',
    '/a\r\nset-cookie: x=y',
    '/\t/evil.example.com',
  ])('leads to no other site: %j', async (returnTo) => {
    issuer.be('u1', auditor);
    const back = await browser().signIn(returnTo);
    expect([back.status, back.headers.get('location')]).toEqual([303, '/']);
  });

  it('is told to a person in words, with the way to begin again', async () => {
    const ann = browser();
    const asPerson = { headers: { accept: 'text/html,application/xhtml+xml' } };
    const response = await ann.send('/auth/callback?error=access_denied&state=s', asPerson);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toContain('<a href="/auth/sign-in">');
    issuer.down();
    const silent = await browser().send('/auth/sign-in', asPerson);
    expect([silent.status, await silent.text()]).toEqual([
      503,
      expect.stringContaining('does not answer'),
    ]);
  });

  it('tells nobody the secret, nor any token', async () => {
    issuer.be('u1', auditor);
    const ann = browser();
    await refused(await ann.send('/auth/callback?code=c&state=s'));
    const at = new URL(await ann.toCallback());
    at.searchParams.set('code', 'wrong');
    const response = await ann.send(at.href);
    const told = (await response.text()) + logged.join();
    expect(told).not.toContain(SECRET);
  });
});

describe('a program with a token', () => {
  const withToken = (token: string) =>
    browser().send('/api/me', { headers: { authorization: `Bearer ${token}` } });

  it('is let in as the one it is of', async () => {
    issuer.be('u1', { groups: ['kms-admins'] });
    expect(await json(await withToken(await issuer.token()))).toMatchObject({ role: 'admin' });
  });

  it('is let in by a token that was signed with a newer key', async () => {
    issuer.be('u1', { groups: ['auditors'] });
    expect((await withToken(await issuer.token())).status).toBe(200);
    const old = await issuer.token();
    await issuer.rotate();
    app = server();
    expect((await withToken(await issuer.token())).status).toBe(200);
    expect((await withToken(old)).status).toBe(401);
  });

  it.each([
    ['is over', { exp: Math.floor(Date.now() / 1_000) - 600 }],
    ['is of another client', { aud: 'other' }],
    ['is of another issuer', { iss: 'https://issuer.example.com' }],
    ['never ends', { exp: undefined }],
    ['is for later', { nbf: Math.floor(Date.now() / 1_000) + 600 }],
    ['names nobody', { sub: undefined }],
    [
      'is an access token for other resources',
      { aud: 'https://api.example.com', client_id: CLIENT },
    ],
  ])('is refused when it %s', async (_, claims) => {
    issuer.be('u1', { groups: ['kms-admins'] });
    expect((await withToken(await issuer.token(claims))).status).toBe(401);
  });

  it('is refused when the token is of another kind, signed by the issuer as it may be', async () => {
    issuer.be('u1', { groups: ['kms-admins'] });
    expect((await withToken(await issuer.token({}, 'logout+jwt'))).status).toBe(401);
    for (const typ of ['JWT', 'at+jwt']) {
      expect((await withToken(await issuer.token({}, typ))).status).toBe(200);
    }
  });

  it('is told to wait where the keys of the issuer cannot be had', async () => {
    issuer.be('u1', auditor);
    const token = await issuer.token();
    // The issuer is known by signing in; its keys were not asked for yet.
    await browser().toCallback();
    issuer.down();
    const response = await withToken(token);
    expect([response.status, (await json(response)).code]).toEqual([503, 'ISSUER_UNREACHABLE']);
  });

  it('is refused when nobody, or somebody else, has signed it', async () => {
    const claims = { iss: issuer.url, aud: CLIENT, sub: 'u1', groups: ['kms-admins'] };
    const unsigned = new UnsecuredJWT(claims).setExpirationTime('5m').encode();
    expect((await withToken(unsigned)).status).toBe(401);
    const { privateKey } = await generateKeyPair('RS256');
    const foreign = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256' })
      .setExpirationTime('5m')
      .sign(privateKey);
    expect((await withToken(foreign)).status).toBe(401);
    const secret = new TextEncoder().encode('k'.repeat(64));
    const symmetric = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('5m')
      .sign(secret);
    expect((await withToken(symmetric)).status).toBe(401);
  });
});

describe('Amazon Cognito', () => {
  it('has an address of its own to sign out', async () => {
    app = server({ KMS_INSIGHTS_AUTH_COGNITO_DOMAIN: 'https://pool.auth.example.com' });
    issuer.be('u1', auditor);
    const ann = browser();
    await ann.signIn();
    const { location } = await json(await ann.send('/auth/sign-out', { method: 'POST' }));
    const at = new URL(String(location));
    expect(at.origin + at.pathname).toBe('https://pool.auth.example.com/logout');
    expect(Object.fromEntries(at.searchParams)).toEqual({
      client_id: CLIENT,
      logout_uri: `${PUBLIC}/`,
    });
    expect((await ann.me()).status).toBe(401);
  });

  it('names the client of an access token in a claim of its own, and the person by a username', async () => {
    const claims = {
      aud: undefined,
      client_id: CLIENT,
      token_use: 'access',
      username: 'ann',
      'cognito:groups': ['kms-admins'],
    };
    issuer.be('u1', claims);
    const me = async (token: string) =>
      browser().send('/api/me', { headers: { authorization: `Bearer ${token}` } });
    expect(await json(await me(await issuer.token()))).toMatchObject({
      user: 'ann',
      role: 'admin',
    });
    expect((await me(await issuer.token({ client_id: 'other' }))).status).toBe(401);
  });

  it('may hand on groups as SAML has them, as text', async () => {
    app = server({ KMS_INSIGHTS_AUTH_GROUP_CLAIMS: 'cognito:groups custom:groups' });
    issuer.be('u1', { 'custom:groups': '[others, kms-admins]' });
    const one = browser();
    await one.signIn();
    expect(await json(await one.me())).toMatchObject({ role: 'admin' });
  });
});

describe('questions', () => {
  it('are as many as one may ask in a minute, for each person', async () => {
    app = server({ KMS_INSIGHTS_AUTH_PER_MINUTE: '2' });
    issuer.be('u1', auditor);
    const ann = browser();
    await ann.signIn();
    const statuses = [await ann.ask(), await ann.ask(), await ann.ask()].map((r) => r.status);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await ann.ask();
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await json(refused)).toMatchObject({
      code: 'RATE_LIMITED',
      hint: expect.stringMatching(/^Ask again in (a second|\d+ seconds)\.$/),
    });
    issuer.be('u2', { groups: ['auditors'] });
    const bob = browser();
    await bob.signIn();
    expect((await bob.ask()).status).toBe(200);
    pass(1);
    expect((await ann.ask()).status).toBe(200);
  });

  it('are as many as one may ask in a day', async () => {
    app = server({ KMS_INSIGHTS_AUTH_PER_DAY: '2' });
    now = new Date('2026-11-23T20:00:00Z').getTime();
    issuer.lasting(24 * 3_600);
    issuer.be('u1', auditor);
    const token = await issuer.token({ exp: now / 1_000 + 24 * 3_600 });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const ask = () =>
      browser().send('/api/ask', {
        method: 'POST',
        headers,
        body: '{"question": "list the keys"}',
      });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    pass(1);
    const refused = await ask();
    expect([refused.status, (await json(refused)).hint]).toEqual([429, 'Ask again in 4 hours.']);
    pass(4 * 60);
    expect((await ask()).status).toBe(200);
  });

  it('of a conversation are those of the one who began it', async () => {
    issuer.be('u1', auditor);
    const ann = browser();
    await ann.signIn();
    const { conversationId } = await json(await ann.ask());
    issuer.be('u2', { groups: ['auditors'] });
    const bob = browser();
    await bob.signIn();
    const response = await bob.send('/api/ask', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question: 'and those?', conversationId }),
    });
    expect((await json(response)).conversationId).not.toBe(conversationId);
  });
});
