import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountScope } from '../../../assistant/assistant.ts';
import { localCaller } from '../../../assistant/auth/caller.ts';
import { createApp } from '../../../assistant/server/app.ts';
import type { QuickSight } from '../../../assistant/server/embed.ts';
import { openQuickSight } from '../../../assistant/server/quicksight.ts';
import { readQuickSightSettings } from '../../../assistant/server/quicksight-settings.ts';
import { fakeDependencies, keyList, noRecords } from '../fakes.ts';
import { type QuickSightServer, startQuickSight } from './quicksight-server.ts';

const user = 'arn:aws:quicksight:us-east-1:111122223333:user/default/kms-insights';
const given = {
  KMS_INSIGHTS_QUICKSIGHT_ACCOUNT_ID: '111122223333',
  KMS_INSIGHTS_QUICKSIGHT_REGION: 'eu-central-1',
  KMS_INSIGHTS_QUICKSIGHT_DASHBOARD_ID: 'keys',
};
const registered = { ...given, KMS_INSIGHTS_QUICKSIGHT_USER_ARN: user };
const anonymous = { ...given, KMS_INSIGHTS_QUICKSIGHT_NAMESPACE: 'default' };

function settingsOf(env: Readonly<Record<string, string>>) {
  const read = readQuickSightSettings(env);
  if (!read.ok || !read.settings) throw new Error('expected settings');
  return read.settings;
}

describe('the settings of QuickSight', () => {
  it('are none where none is given', () => {
    expect(readQuickSightSettings({ KMS_INSIGHTS_QUICKSIGHT_REGION: '' })).toEqual({
      ok: true,
      settings: null,
    });
  });

  it('name the host of the Region as the origin of the frame', () => {
    expect(settingsOf(registered)).toMatchObject({
      frameOrigin: 'https://eu-central-1.quicksight.aws.amazon.com',
      sessionMinutes: 60,
    });
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ KMS_INSIGHTS_QUICKSIGHT_REGION: 'eu-central-1' }, /ACCOUNT_ID: is missing/],
    [given, /USER_ARN: or NAMESPACE must be given/],
    [{ ...registered, ...anonymous }, /USER_ARN: or NAMESPACE must be given, and not both/],
    [{ ...registered, KMS_INSIGHTS_QUICKSIGHT_REGION: 'Frankfurt' }, /REGION: is not a Region/],
    [{ ...registered, KMS_INSIGHTS_QUICKSIGHT_SESSION_MINUTES: '5' }, /SESSION_MINUTES/],
    [{ ...registered, KMS_INSIGHTS_QUICKSIGHT_USER_ARN: 'ana' }, /USER_ARN: is not the ARN/],
    [{ ...registered, KMS_INSIGHTS_QUICKSIGHT_DASHBOARD_ID: 'a/b' }, /DASHBOARD_ID: is not/],
    [
      { ...registered, KMS_INSIGHTS_QUICKSIGHT_PAGE_ORIGIN: 'kms' },
      /PAGE_ORIGIN: is not an origin/,
    ],
    [
      { ...registered, KMS_INSIGHTS_QUICKSIGHT_FRAME_ORIGIN: "https://a.example; script-src '*'" },
      /FRAME_ORIGIN: is not an origin/,
    ],
  ])('that are wrong are named (%#)', (env, message) => {
    const read = readQuickSightSettings(env);
    expect(read.ok ? '' : read.message).toMatch(message);
  });
});

let server: QuickSightServer;
const before = { ...process.env };
beforeAll(async () => {
  server = await startQuickSight();
  process.env.AWS_ENDPOINT_URL_QUICKSIGHT = server.url;
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
});
afterAll(async () => {
  for (const name of ['AWS_ENDPOINT_URL_QUICKSIGHT', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  await server.close();
});
beforeEach(() => server.failWith(null));

function app(quickSight: QuickSight | undefined, accountScope: AccountScope = null) {
  const { dependencies } = fakeDependencies({ translate: () => keyList('SELECT 1') });
  return createApp({
    assistant: {
      dependencies: async (scope = null) => ({ ...dependencies, accountScope: scope }),
      answers: { save: async () => {}, load: async () => undefined },
      ...noRecords,
      close: async () => {},
    },
    webFiles: new Map([
      [
        '/big.js',
        {
          body: new TextEncoder().encode('x'.repeat(10_000)),
          contentType: 'text/javascript; charset=utf-8',
          immutable: true,
        },
      ],
    ]),
    allowedHosts: new Set(['localhost']),
    gate: { identify: async () => ({ ...localCaller, accountScope }), routes: null },
    log: () => {},
    quickSight,
  });
}

const get = (path: string, headers: Record<string, string> = {}) =>
  new Request(`http://localhost${path}`, { headers });

async function embedUrl(env: Readonly<Record<string, string>>, accountScope: AccountScope = null) {
  const quickSight = openQuickSight(settingsOf(env));
  const response = await app(quickSight, accountScope).fetch(get('/api/embed-url'));
  quickSight.close();
  return { status: response.status, headers: response.headers, body: await response.json() };
}

describe('GET /api/embed-url', () => {
  it('gives a URL for the user of the settings', async () => {
    const { status, headers, body } = await embedUrl({
      ...registered,
      KMS_INSIGHTS_QUICKSIGHT_SESSION_MINUTES: '15',
      KMS_INSIGHTS_QUICKSIGHT_PAGE_ORIGIN: 'https://kms.example.com',
    });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      url: expect.stringMatching(
        /^https:\/\/eu-central-1\.quicksight\.aws\.amazon\.com\/embed\/e1\/dashboards\/keys\?code=\d+$/,
      ),
      sessionMinutes: 15,
    });
    expect(server.calls.at(-1)).toEqual({
      method: 'POST',
      path: '/accounts/111122223333/embed-url/registered-user',
      body: {
        UserArn: user,
        SessionLifetimeInMinutes: 15,
        ExperienceConfiguration: { Dashboard: { InitialDashboardId: 'keys' } },
        AllowedDomains: ['https://kms.example.com'],
      },
    });
  });

  it('gives a URL for anybody where a namespace is set, for that dashboard only', async () => {
    const { status } = await embedUrl(anonymous);
    expect(status).toBe(200);
    expect(server.calls.at(-1)).toMatchObject({
      path: '/accounts/111122223333/embed-url/anonymous-user',
      body: {
        Namespace: 'default',
        AuthorizedResourceArns: ['arn:aws:quicksight:eu-central-1:111122223333:dashboard/keys'],
      },
    });
  });

  it('is not there where nothing is configured', async () => {
    const response = await app(undefined).fetch(get('/api/embed-url'));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'NOT_CONFIGURED' });
  });

  it('is not for one who may see a part of the accounts, and QuickSight is not asked', async () => {
    const asked = server.calls.length;
    const { status, body } = await embedUrl(registered, ['111122223333']);
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'NOT_ALLOWED' });
    expect(server.calls.length).toBe(asked);
  });

  it.each([
    ['AccessDeniedException', 'QUICKSIGHT_ACCESS_DENIED', /GenerateEmbedUrlForRegisteredUser/],
    ['QuickSightUserNotFoundException', 'QUICKSIGHT_USER_NOT_FOUND', /USER_ARN/],
    ['ResourceNotFoundException', 'QUICKSIGHT_RESOURCE_NOT_FOUND', /DASHBOARD_ID/],
    ['UnsupportedPricingPlanException', 'QUICKSIGHT_UNSUPPORTED_PRICING_PLAN', /capacity pricing/],
    ['SomethingNewException', 'QUICKSIGHT_SOMETHING_NEW', /log/],
  ])('says what to do about %s', async (exception, code, hint) => {
    server.failWith(exception);
    const { status, body } = await embedUrl(registered);
    expect(status).toBe(503);
    expect(body).toMatchObject({ code, hint: expect.stringMatching(hint) });
    expect(JSON.stringify(body)).not.toContain('played');
  });

  it('gives no URL of another origin than the page lets in', async () => {
    const { status, body } = await embedUrl({
      ...registered,
      KMS_INSIGHTS_QUICKSIGHT_REGION: 'us-east-1',
    });
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: 'QUICKSIGHT_FOREIGN_FRAME' });
  });
});

describe('frames', () => {
  const policyOf = async (quickSight: QuickSight | undefined) =>
    (await app(quickSight).fetch(get('/big.js'))).headers.get('content-security-policy');

  it('are let in from the configured host only, and from nowhere where none is', async () => {
    const quickSight = openQuickSight(settingsOf(registered));
    expect(await policyOf(quickSight)).toContain(
      'frame-src https://eu-central-1.quicksight.aws.amazon.com;',
    );
    expect(await policyOf(undefined)).toContain("frame-src 'none';");
    quickSight.close();
  });

  it('are announced in the status to those who may see all', async () => {
    const quickSight = openQuickSight(settingsOf(registered));
    const announced = async (...parts: Parameters<typeof app>) =>
      ((await (await app(...parts).fetch(get('/api/status'))).json()) as Record<string, unknown>)
        .quickSight;
    expect(await announced(quickSight)).toBe(true);
    expect(await announced(quickSight, ['111122223333'])).toBe(false);
    expect(await announced(undefined)).toBe(false);
    quickSight.close();
  });
});

describe('compression', () => {
  it('is of text in one piece, and not of events', async () => {
    const packed = { 'accept-encoding': 'gzip' };
    const file = await app(undefined).fetch(get('/big.js', packed));
    expect(file.headers.get('content-encoding')).toBe('gzip');
    expect((await file.arrayBuffer()).byteLength).toBeLessThan(1_000);
    const plain = await app(undefined).fetch(get('/big.js'));
    expect(plain.headers.get('content-encoding')).toBeNull();
    const events = await app(undefined).fetch(
      new Request('http://localhost/api/ask', {
        method: 'POST',
        headers: { ...packed, accept: 'text/event-stream', 'content-type': 'application/json' },
        body: JSON.stringify({ question: 'list the keys' }),
      }),
    );
    expect(events.headers.get('content-encoding')).toBeNull();
    expect(await events.text()).toContain('event: done');
  });
});
