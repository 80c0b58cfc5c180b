import { AxeBuilder } from '@axe-core/playwright';
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditedQuestion } from '../../web/src/api/audit.ts';
import type { Me } from '../../web/src/api/me.ts';
import { askOn, type Demo, type OpenOptions, shot, startDemo } from './demo.ts';

/** The page at a server where people sign in: that part of the API is played here. */

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo?.stop());

const viewer: Me = {
  user: 'ana@example.com',
  name: 'Ana Müller',
  role: 'viewer',
  signIn: true,
  signOutPath: '/auth/sign-out',
};
const admin: Me = { ...viewer, role: 'admin' };

const signInWanted = (route: Route) =>
  route.fulfill({
    status: 401,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({
      status: 401,
      code: 'SIGN_IN',
      title: 'Not signed in',
      detail: 'Nobody is signed in.',
      hint: 'Sign in.',
      signInPath: '/auth/sign-in',
    }),
  });

/** The page of an issuer that signs in at once, and the way back. */
async function playIssuer(page: Page): Promise<URL[]> {
  const asked: URL[] = [];
  await page.route('**/auth/sign-in*', (route) => {
    const url = new URL(route.request().url());
    asked.push(url);
    return route.fulfill({
      status: 303,
      headers: { location: url.searchParams.get('return') ?? '/' },
    });
  });
  return asked;
}

const overflow = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html}`,
  );

describe('who is signed in', () => {
  it('is told in the header, and may sign out, which forgets the questions', async () => {
    const page = await demo.open({ me: viewer });
    await page.getByText('Ana Müller').waitFor();
    expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
    await askOn(page, 'How many keys are there?');
    let method = '';
    await page.route('**/auth/sign-out', (route) => {
      method = route.request().method();
      return route.fulfill({ json: { location: '/?signed-out' } });
    });
    await shot(page, 'signed-in');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/?signed-out');
    expect(method).toBe('POST');
    expect(await page.evaluate('localStorage.getItem("kms-insights.history")')).toBeNull();
    await page.close();
  });

  it('does not see the questions of another user of the browser', async () => {
    const page = await demo.open({ me: viewer });
    await askOn(page, 'How many keys are there per region?');
    await page.route('**/api/me', (route) =>
      route.fulfill({ json: { ...viewer, user: 'ben@example.com', name: 'Ben' } }),
    );
    await page.reload();
    await page.getByText('Ben', { exact: true }).waitFor();
    await expect.poll(() => page.locator('.turn').count()).toBe(0);
    await page.close();
  });
});

describe('when the sign-in has ended', () => {
  it('in the middle of work, the question is kept over signing in again', async () => {
    const page = await demo.open({ me: viewer, expected: /401/ });
    const asked = await playIssuer(page);
    await page.route('**/api/ask', signInWanted, { times: 1 });
    await askOn(page, 'How many keys are there per region?');
    const again = page.getByRole('link', { name: 'Sign in again' });
    await again.waitFor();
    await shot(page, 'signed-out');
    expect(await violations(page)).toEqual([]);
    await again.click();
    await page.locator('#question').waitFor();
    expect(asked.map((url) => url.searchParams.get('return'))).toEqual(['/']);
    const box = page.locator('#question');
    await expect.poll(() => box.inputValue()).toBe('How many keys are there per region?');
    await box.press('Enter');
    await page.locator('.turn .headline').waitFor();
    expect(await box.inputValue()).toBe('');
    await page.close();
  });

  it('in another view, one comes back to it, with what was half typed', async () => {
    const page = await demo.open({ me: viewer, width: 1440, expected: /401/ });
    await playIssuer(page);
    await page.locator('#question').fill('Which keys half');
    await page.route('**/api/dashboard?*', signInWanted, { times: 1 });
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await page.getByRole('link', { name: 'Sign in again' }).click();
    await page.locator('.tiles').waitFor();
    expect(page.url()).toContain('#/dashboard');
    expect(await page.locator('#question').inputValue()).toBe('Which keys half');
    await page.close();
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 7])(
    'no other site is offered to sign in at (%s)',
    async (signInPath) => {
      const page = await demo.open({ me: viewer, expected: /401/ });
      await page.route('**/api/ask', (route) =>
        route.fulfill({ status: 401, json: { code: 'SIGN_IN', signInPath } }),
      );
      await askOn(page, 'How many keys are there?');
      const href = await page.getByRole('link', { name: 'Sign in again' }).getAttribute('href');
      expect(href).toBe('/auth/sign-in?return=%2F');
      await page.close();
    },
  );

  it('before anything was shown, a link to an answer is kept over signing in', async () => {
    const page = await demo.open({ me: viewer, expected: /401/ });
    await askOn(page, 'How many keys are there per region?');
    const id = await page.evaluate('JSON.parse(localStorage["kms-insights.history"])[0].id');
    await page.evaluate('localStorage.clear()');
    const asked = await playIssuer(page);
    await page.route('**/api/**', signInWanted);
    await page.goto(`${demo.url}?answer=${id}`);
    const signIn = page.getByRole('link', { name: 'Sign in', exact: true });
    await signIn.waitFor();
    await page.unroute('**/api/**', signInWanted);
    await signIn.click();
    await page.locator('.turn table').first().waitFor();
    expect(asked[0]?.searchParams.get('return')).toBe(`/?answer=${id}`);
    await page.close();
  });
});

const entry = (at: number): AuditedQuestion => ({
  at: new Date(Date.UTC(2026, 10, 23, 12) - at * 60_000).toISOString(),
  answerId: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
  user: at % 2 === 0 ? 'ana@example.com' : 'slack:T1:U2',
  face: at % 2 === 0 ? 'http' : 'slack',
  question: at === 1 ? '<img src=x onerror="document.title=1">\u202Egpj' : `Question ${at}?`,
  status: at === 2 ? 'declined' : 'answered',
  sql: at === 2 ? null : 'SELECT key_id FROM kms_insights.kms_keys',
  rowCount: at === 2 ? null : 1234,
  costUsd: at === 2 ? null : 0.05,
  model: at === 0 ? { costUsd: 0.02 } : null,
  errorCode: null,
  feedback: at === 0 ? { rating: 'down', comment: 'A key is missing.' } : null,
});

/** Sixty questions, of which the API gives fifty and then ten. */
async function playAudit(page: Page): Promise<URL[]> {
  const asked: URL[] = [];
  await page.route('**/api/audit?*', (route) => {
    const url = new URL(route.request().url());
    asked.push(url);
    const older = url.searchParams.get('cursor') === 'older';
    const entries = Array.from({ length: older ? 10 : 50 }, (_, at) => entry(older ? 50 + at : at));
    return route.fulfill({ json: { entries, next: older ? null : 'older' } });
  });
  return asked;
}

async function openAudit(options: OpenOptions = {}): Promise<{ page: Page; asked: URL[] }> {
  const page = await demo.open({ width: 1440, me: admin, ...options });
  const asked = await playAudit(page);
  await page.goto(`${demo.url}#/audit`);
  await page.locator('.audit tbody tr').first().waitFor();
  return { page, asked };
}

describe('the audit view', () => {
  it('tells who asked what, when, and what came of it; the SQL on demand; the older on demand', async () => {
    const { page } = await openAudit();
    const first = page.locator('.audit tbody tr').first();
    const text = await first.innerText();
    for (const part of ['2026-11-23 12:00:00', 'ana@example.com', 'http', 'Question 0?'])
      expect(text).toContain(part);
    for (const part of ['Answered', '1,234', 'US$ 0.07', 'Wrong', 'A key is missing.'])
      expect(text).toContain(part);
    expect(await first.locator('.sql').isVisible()).toBe(false);
    await first.getByText('SQL', { exact: true }).click();
    expect(await first.locator('.sql').innerText()).toContain('SELECT key_id');
    await shot(page, 'audit');
    expect(await page.locator('.audit tbody tr').count()).toBe(50);
    await page.getByRole('button', { name: 'Show older' }).click();
    await expect.poll(() => page.locator('.audit tbody tr').count()).toBe(60);
    await page.getByText('60 questions, the oldest included.').waitFor();
    await page.close();
  });

  it('is narrowed by filters that stay in the address', async () => {
    const { page, asked } = await openAudit();
    await page.getByLabel('Who').fill('ana@example.com');
    await page.getByLabel('Outcome').selectOption('declined');
    await page.getByLabel('From', { exact: true }).fill('2026-11-01');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect.poll(() => asked.at(-1)?.searchParams.get('status')).toBe('declined');
    expect(asked.at(-1)?.searchParams.get('user')).toBe('ana@example.com');
    expect(asked.at(-1)?.searchParams.get('from')).toBe('2026-11-01');
    expect(page.url()).toContain('#/audit?user=ana%40example.com&status=declined&from=2026-11-01');
    await page.reload();
    expect(await page.getByLabel('Who').inputValue()).toBe('ana@example.com');
    await page.close();
  });

  it('shows hostile text as text', async () => {
    const { page } = await openAudit();
    const row = page.locator('.audit tbody tr').nth(1);
    expect(await row.locator('.audit-question').innerText()).toContain('<img src=x');
    expect(await page.locator('.audit img').count()).toBe(0);
    expect(await row.locator('.hidden-character').innerText()).toBe('U+202E');
    await page.close();
  });

  it('is for admins only', async () => {
    const page = await demo.open({ me: viewer, at: '#/audit' });
    await page.getByText('Only an admin may read the audit log.').waitFor();
    await page.close();
  });

  it.each<[string, OpenOptions]>([
    ['dark', { dark: true }],
    ['phone', { width: 360 }],
    ['ja-dark-phone', { locale: 'ja', dark: true, width: 360 }],
  ])('fits and is accessible (%s)', async (name, options) => {
    const { page } = await openAudit(options);
    await shot(page, `audit-${name}`);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
});
