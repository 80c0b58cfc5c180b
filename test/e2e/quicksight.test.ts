import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type QuickSightServer, startQuickSight } from '../assistant/server/quicksight-server.ts';
import { type Demo, type OpenOptions, shot, startDemo } from './demo.ts';

/**
 * The page with a QuickSight dashboard in it. QuickSight is played: its API by a server on this machine,
 * its frames by pages that speak with the embedding SDK as QuickSight's do. The SDK is the real one.
 */

const host = 'https://eu-central-1.quicksight.aws.amazon.com';

let quickSight: QuickSightServer;
let demo: Demo;
beforeAll(async () => {
  quickSight = await startQuickSight();
  demo = await startDemo([], {
    KMS_INSIGHTS_QUICKSIGHT_ACCOUNT_ID: '111122223333',
    KMS_INSIGHTS_QUICKSIGHT_REGION: 'eu-central-1',
    KMS_INSIGHTS_QUICKSIGHT_DASHBOARD_ID: 'keys',
    KMS_INSIGHTS_QUICKSIGHT_USER_ARN:
      'arn:aws:quicksight:us-east-1:111122223333:user/default/kms-insights',
    AWS_ENDPOINT_URL_QUICKSIGHT: quickSight.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
}, 120_000);
afterAll(async () => {
  await demo?.stop();
  await quickSight?.close();
});
beforeEach(() => quickSight.failWith(null));

/**
 * What the frame of a dashboard does: it takes from its address who it is in the SDK's context, and
 * tells of it by messages. `says` is JavaScript in which `send(eventName, message)` sends one.
 */
const framePage = (says: string) => `<!doctype html><html lang="en"><title>Keys</title>
<main><h1>Played dashboard</h1></main><script>
const query = new URLSearchParams(location.search);
const eventTarget = {
  experienceType: 'DASHBOARD',
  dashboardId: location.pathname.split('/').at(-1),
  contextId: query.get('contextId'),
  discriminator: Number(query.get('discriminator')),
};
const send = (eventName, message) => parent.postMessage(
  { eventName, eventTarget, message, eventId: crypto.randomUUID(), timestamp: Date.now() }, '*');
${says}
</script>`;

/** The frame for messages: it keeps what the SDK sends to it. */
const controlPage = `<!doctype html><title>Control</title><script>
window.received = [];
addEventListener('message', ({ data, origin }) => received.push({ ...data, origin }));
</script>`;

const shows = "send('EXPERIENCE_INITIALIZED', {}); send('CONTENT_LOADED', { title: 'Keys' });";

/**
 * Plays the host of the frames; gives the addresses of the dashboards that were embedded. `says` is what
 * each of them says, or what the first says and what all further ones do.
 */
async function playFrames(
  page: Page,
  says: string | readonly [string, string],
  headers = {},
): Promise<URL[]> {
  const embedded: URL[] = [];
  await page.route(`${host}/**`, (route) => {
    const url = new URL(route.request().url());
    const isControl = url.pathname.endsWith('/embedControl');
    if (!isControl) embedded.push(url);
    const [first, further] = typeof says === 'string' ? [says, says] : says;
    return route.fulfill({
      contentType: 'text/html',
      headers,
      body: isControl ? controlPage : framePage(embedded.length > 1 ? further : first),
    });
  });
  return embedded;
}

async function openDashboard(
  says: string | readonly [string, string],
  options: OpenOptions & { headers?: object } = {},
) {
  const { headers = {}, expected = /quicksight/, ...others } = options;
  const page = await demo.open({ width: 1440, expected, ...others });
  const embedded = await playFrames(page, says, headers);
  await page.goto(`${demo.url}#/dashboard`);
  return { page, embedded };
}

const played = (page: Page) =>
  page.frameLocator('.quicksight iframe').getByText('Played dashboard');

const builtInButton = (page: Page) =>
  page.getByRole('button', { name: 'Show the built-in dashboard' });

describe('the dashboard of QuickSight', () => {
  it('stands where it is configured, after the handshake of the SDK', async () => {
    const { page, embedded } = await openDashboard(shows);
    await played(page).waitFor();
    await expect.poll(() => page.getByText('QuickSight is loading').count()).toBe(0);
    expect(embedded.length).toBe(1);
    expect(embedded[0]?.pathname).toBe('/embed/e1/dashboards/keys');
    expect(embedded[0]?.searchParams.get('locale')).toBe('en-US');
    const control = page.frames().find((frame) => frame.url().includes('/embedControl'));
    await expect
      .poll(() => control?.evaluate('received.map(({ message }) => message?.eventName)'))
      .toContain('CONTENT_LOADED');
    expect(await control?.evaluate('received[0].eventName')).toBe('ACKNOWLEDGE');
    await shot(page, 'quicksight');
    const axe = await new AxeBuilder({ page }).exclude('iframe').analyze();
    expect(axe.violations.map(({ id }) => id)).toEqual([]);
    await page.close();
  });

  it('leads to the built-in one and back, and leaves no frame behind', async () => {
    const { page, embedded } = await openDashboard(shows, { width: 360 });
    await played(page).waitFor();
    await shot(page, 'quicksight-phone');
    await builtInButton(page).click();
    await page.locator('.tiles').waitFor();
    await expect.poll(() => page.locator('iframe').count(), { timeout: 10_000 }).toBe(0);
    await page.getByRole('button', { name: 'Show in QuickSight' }).click();
    await played(page).waitFor();
    expect(embedded.length).toBe(2);
    expect(embedded[1]?.searchParams.get('code')).not.toBe(embedded[0]?.searchParams.get('code'));
    await page.close();
  });

  it('gives way to filters of the built-in one in the address', async () => {
    const page = await demo.open({ width: 1440, at: '#/dashboard?region=eu-west-1' });
    await page.locator('.tiles').waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
    await page.close();
  });

  it('is in the language of the page', async () => {
    const { page, embedded } = await openDashboard(shows, { locale: 'ja' });
    await played(page).waitFor();
    expect(embedded[0]?.searchParams.get('locale')).toBe('ja-JP');
    await page.getByRole('button', { name: '組み込みのダッシュボードを表示' }).waitFor();
    await page.close();
  });

  it('is renewed before its session ends', async () => {
    const { page, embedded } = await openDashboard(shows);
    await played(page).waitFor();
    await page.route('**/api/embed-url', async (route) => {
      const response = await route.fetch();
      // A session of four seconds, which QuickSight does not have.
      await route.fulfill({ json: { ...(await response.json()), sessionMinutes: 4 / 60 } });
    });
    await page.reload();
    await expect.poll(() => embedded.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(3);
    const codes = embedded.map((url) => url.searchParams.get('code'));
    expect(new Set(codes).size).toBe(codes.length);
    await page.close();
  });

  it('is renewed when QuickSight says that the session has ended, and told so', async () => {
    const ends = `${shows} setTimeout(() => send('ERROR_OCCURRED', { errorCode: 'Unauthorized' }), 500);`;
    const { page, embedded } = await openDashboard([ends, shows]);
    await expect.poll(() => embedded.length, { timeout: 10_000 }).toBe(2);
    await page.getByText('The QuickSight session was renewed.').waitFor({ state: 'attached' });
    await played(page).waitFor();
    await page.close();
  });
});

describe('a dashboard of QuickSight that cannot be shown', () => {
  it.each([
    ['Forbidden', 'The QuickSight session has ended.'],
    ['InternalServerError', 'QuickSight could not show the dashboard.'],
  ])('is told with QuickSight’s own code, and tried again on Retry (%s)', async (code, told) => {
    const fails = `send('ERROR_OCCURRED', { errorCode: '${code}' });`;
    const { page, embedded } = await openDashboard(fails);
    await page.getByText(told).waitFor();
    await page.getByText(`QUICKSIGHT_${code}`).waitFor();
    expect(await page.locator('iframe').count()).toBeGreaterThan(0);
    await shot(page, `quicksight-${code}`);
    await page.unroute(`${host}/**`);
    const again = await playFrames(page, shows);
    await page.getByRole('button', { name: 'Retry' }).click();
    await played(page).waitFor();
    expect([embedded.length, again.length]).toEqual([1, 1]);
    await page.close();
  });

  it('because the server may not embed it, is told with what to do, and the way out works', async () => {
    quickSight.failWith('AccessDeniedException');
    const { page } = await openDashboard(shows, { expected: /503/ });
    await page.getByText('The server may not embed the QuickSight dashboard.').waitFor();
    await page.getByText('QUICKSIGHT_ACCESS_DENIED').waitFor();
    await builtInButton(page).click();
    await page.locator('.tiles').waitFor();
    await page.close();
  });

  it('because its domain is not allowed there, is told after a while', async () => {
    const page = await demo.open({ width: 1440, expected: /quicksight|frame-ancestors/i });
    await playFrames(page, shows, {
      'content-security-policy': "frame-ancestors 'none'",
    });
    await page.clock.install();
    await page.goto(`${demo.url}#/dashboard`);
    await page.locator('.quicksight iframe').waitFor();
    await page.clock.runFor(31_000);
    await page.getByText('QuickSight does not show the dashboard here.').waitFor();
    await page.getByText('must allow this page’s domain').waitFor();
    await shot(page, 'quicksight-silent');
    await builtInButton(page).click();
    await page.locator('.tiles').waitFor();
    await page.close();
  });

  it('because frames of its host are blocked, is told at once', async () => {
    const page = await demo.open({ width: 1440, expected: /quicksight|frame-src/i });
    await page.route('**/api/embed-url', async (route) => {
      const body = (await (await route.fetch()).json()) as { url: string };
      const url = body.url.replace('eu-central-1', 'us-east-1');
      await route.fulfill({ json: { ...body, url } });
    });
    await page.goto(`${demo.url}#/dashboard`);
    await page.getByText('blocks the QuickSight frame').waitFor();
    await page.close();
  });
});

describe('the first load', () => {
  it('has nothing of QuickSight in it', async () => {
    const page = await demo.open();
    const fetched = (await page.evaluate(
      'performance.getEntriesByType("resource").map(({ name }) => name)',
    )) as string[];
    expect(fetched.length).toBeGreaterThan(0);
    expect(fetched.filter((name) => /quicksight/i.test(name))).toEqual([]);
    await page.close();
  });
});
