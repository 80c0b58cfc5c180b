import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DashboardBody, KeyBody, KeysBody } from '../../assistant/server/api.ts';
import { adviceJa } from '../../web/src/key/adviceJa.ts';
import { type Demo, type OpenOptions, settled, shot, startDemo } from './demo.ts';

/** Dashboard and key page of the built demo in a real Chromium. */

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo(['2026-11-12']);
}, 240_000);
afterAll(() => demo?.stop());

async function read<T>(path: string): Promise<T> {
  const response = await fetch(new URL(path, demo.url));
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

async function openDashboard(options: OpenOptions = {}): Promise<Page> {
  const page = await demo.open({ width: 1440, at: '#/dashboard', ...options });
  await page.locator('.tiles').waitFor();
  await page.locator('.panel .rows').waitFor();
  return page;
}

/** The key with most concerns, of those with a grant. */
async function gravest(): Promise<string> {
  const { rows, columns } = await read<KeysBody>('/api/keys?concern=EXTERNAL_GRANT');
  const at = (name: string) => columns.findIndex((column) => column.name === name);
  const weight = (row: KeysBody['rows'][number]) => (row[at('concern_codes')] as string[]).length;
  return String(rows.toSorted((a, b) => weight(b) - weight(a))[0]?.[at('key_arn')]);
}

async function openKey(options: OpenOptions = {}): Promise<Page> {
  const at = `#/key/${encodeURIComponent(await gravest())}`;
  const page = await demo.open({ width: 1440, at, ...options });
  await page.locator('.policy').waitFor();
  return page;
}

/** Presses a mark, and gives the headline of the answer. */
async function askedBy(page: Page, press: () => Promise<void>): Promise<string> {
  const before = await page.locator('.turn').count();
  await press();
  await settled(page, before);
  return page.locator('.turn').nth(before).locator('.headline').innerText();
}

const panel = (page: Page, title: string): Locator =>
  page.locator('.panel').filter({ has: page.getByRole('heading', { name: title, exact: true }) });

/** On the ring a little after the top, where the first slice begins. */
async function clickFirstSlice(page: Page): Promise<void> {
  const donut = page.locator('.donut');
  const { width = 0 } = (await donut.boundingBox()) ?? {};
  await donut.click({ position: { x: width * 0.55, y: width * 0.1 } });
}

const overflow = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html}`,
  );

const inWords = (keys: number) => keys.toLocaleString('en-US');

describe('the dashboard', () => {
  it('asks in the chat beside it for just the keys that a number counts', async () => {
    const page = await openDashboard();
    const shown = await read<DashboardBody>('/api/dashboard');
    await shot(page, 'dashboard', true);
    const region = shown.regions[1];
    const customer = region?.managers.find(({ value }) => value === 'CUSTOMER');
    const marks: [() => Promise<void>, number | undefined][] = [
      [() => page.locator('.tile').first().click(), shown.total.keys],
      [
        () =>
          panel(page, 'Keys per Region, by type')
            .getByRole('button', { name: `${region?.region}, Customer managed` })
            .click(),
        customer?.keys,
      ],
      [() => clickFirstSlice(page), shown.concerns[0]?.keys],
      [
        () => panel(page, 'Keys by highest severity').getByRole('button').first().press('Enter'),
        shown.severities[0]?.keys,
      ],
    ];
    for (const [press, keys] of marks) {
      expect(await askedBy(page, press)).toContain(`${inWords(keys ?? -1)} key`);
    }
    expect(page.url()).toContain('#/dashboard');
    await shot(page, 'dashboard-asked');
    await page.close();
  });

  it('is narrowed by filters that stay in the address', async () => {
    const page = await openDashboard();
    await page.getByLabel('Region', { exact: true }).selectOption('eu-west-1');
    await page.getByLabel('Type', { exact: true }).selectOption('CUSTOMER');
    const { total } = await read<DashboardBody>('/api/dashboard?region=eu-west-1&manager=CUSTOMER');
    const tile = page.locator('.tile-value').first();
    await expect.poll(() => tile.innerText()).toBe(inWords(total.keys));
    expect(page.url()).toContain('#/dashboard?region=eu-west-1&manager=CUSTOMER');
    await page.getByLabel('Concern', { exact: true }).focus();
    await page.keyboard.type('Unused');
    await expect.poll(() => page.url()).toContain('&concern=UNUSED_KEY');
    await expect.poll(() => page.locator('.stale').count()).toBe(0);
    const focused = page.getByLabel('Concern', { exact: true });
    expect(await focused.evaluate((choice) => choice.matches(':focus'))).toBe(true);
    await focused.selectOption('');
    await page.reload();
    await expect.poll(() => tile.innerText()).toBe(inWords(total.keys));
    expect(await askedBy(page, () => page.locator('.tile').first().click())).toContain(
      `${inWords(total.keys)} key`,
    );
    await page.getByRole('link', { name: 'Clear filters' }).click();
    await expect.poll(() => tile.innerText()).not.toBe(inWords(total.keys));
    await page.close();
  });

  it('lists every key without building every row, finds them by alias, and leads to them', async () => {
    const page = await openDashboard();
    const table = panel(page, 'All key data');
    const { total } = await read<KeysBody>('/api/keys');
    expect(await table.locator('.row-count').innerText()).toBe(`${inWords(total)} rows`);
    await table.locator('.rows').evaluate((frame) => {
      frame.scrollTop = frame.scrollHeight;
    });
    await table.getByRole('button', { name: `Row ${total}:` }).waitFor();
    expect(await table.locator('tbody tr').count()).toBeLessThan(100);
    await table.getByLabel('Alias contains').fill('payments');
    const found = await read<KeysBody>('/api/keys?alias=payments');
    expect(found.total).toBeGreaterThan(0);
    await expect
      .poll(() => table.locator('.row-count').innerText())
      .toBe(`${inWords(found.total)} rows`);
    await table.locator('tbody a').first().click();
    await page.locator('.policy, .warning').first().waitFor();
    expect(page.url()).toContain('#/key/arn');
    expect(await page.locator('h2').first().innerText()).toContain('payments');
    await page.close();
  });

  it('tells the trend over the snapshots as lines and as a table', async () => {
    const page = await openDashboard();
    const trend = panel(page, 'Trend');
    expect(await trend.locator('polyline').count()).toBe(5);
    await trend.getByText('As a table').click();
    expect(await trend.locator('tbody th').allInnerTexts()).toEqual(['2026-11-12', '2026-11-23']);
    await page.close();
  });

  it.each<[string, OpenOptions]>([
    ['wide', {}],
    ['dark', { dark: true }],
    ['phone', { width: 360 }],
    ['ja', { locale: 'ja' }],
    ['ja-dark-phone', { locale: 'ja', dark: true, width: 360 }],
  ])('fits and is accessible (%s)', async (name, options) => {
    const page = await openDashboard(options);
    await shot(page, `dashboard-${name}`, true);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('shows one view at a time on a phone, and goes to the chat with a question', async () => {
    const page = await openDashboard({ width: 360 });
    expect(await page.locator('#question').isVisible()).toBe(false);
    const { total } = await read<DashboardBody>('/api/dashboard');
    expect(await askedBy(page, () => page.locator('.tile').first().click())).toContain(
      inWords(total.keys),
    );
    expect(await page.locator('#question').isVisible()).toBe(true);
    expect(await page.locator('.tiles').count()).toBe(0);
    await page.getByRole('link', { name: 'Dashboard' }).click();
    await page.locator('.tiles').waitFor();
    await page.close();
  });

  it('lets a keyboard skip to the question box, from a dashboard on a phone too', async () => {
    for (const options of [{}, { width: 360 }]) {
      const page = await openDashboard(options);
      await page.locator('.skip').focus();
      await page.keyboard.press('Enter');
      const box = page.locator('#question');
      await expect.poll(() => box.evaluate((element) => element.matches(':focus'))).toBe(true);
      await page.close();
    }
  });

  it('asks in Japanese where the page is in Japanese', async () => {
    const page = await openDashboard({ locale: 'ja' });
    const { total } = await read<DashboardBody>('/api/dashboard');
    expect(await askedBy(page, () => page.locator('.tile').first().click())).toContain(
      `該当するキーは${inWords(total.keys)}件`,
    );
    await page.close();
  });

  it('says what is wrong with a filter, and what to do', async () => {
    const context = await demo.browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${demo.url}#/dashboard?region=xx-nowhere-1`);
    await page.getByText('There is no Region xx-nowhere-1').waitFor();
    await page.getByRole('link', { name: 'Clear filters' }).click();
    await page.locator('.tiles').waitFor();
    await context.close();
  });
});

describe('the page of a key', () => {
  it('tells everything about it, with the concerns at their statements', async () => {
    const page = await openKey();
    const arn = await gravest();
    const about = await read<KeyBody>(`/api/keys/${encodeURIComponent(arn)}`);
    const text = await page.locator('.side-pane').innerText();
    for (const { label, fix } of about.advice) {
      expect(text).toContain(label);
      expect(text).toContain(fix);
    }
    for (const { principal } of about.permissions) expect(text).toContain(String(principal));
    const policy = String(about.key.policy_json);
    const written = (await page.locator('.policy pre').allTextContents()).join('');
    expect(written.replace(/\s/g, '')).toBe(policy.replace(/\s/g, ''));
    const atStatements = about.concerns.filter((row) => row.statement_index !== null);
    expect(atStatements.length).toBeGreaterThan(0);
    expect(await page.locator('.policy-concerns li').count()).toBe(atStatements.length);
    for (const { statement_index: index, principal } of atStatements) {
      const part = page.locator('.policy-part').filter({
        has: page.getByRole('list', { name: `Concerns at statement ${Number(index) + 1}` }),
      });
      expect(await part.locator('pre').textContent()).toContain(String(principal));
    }
    await shot(page, 'key', true);
    expect(await page.title()).toContain('KMS Insights');
    await page.close();
  });

  it.each<[string, OpenOptions]>([
    ['wide', {}],
    ['dark', { dark: true }],
    ['phone', { width: 360 }],
    ['ja-dark-phone', { locale: 'ja', dark: true, width: 360 }],
  ])('fits and is accessible (%s)', async (name, options) => {
    const page = await openKey(options);
    await shot(page, `key-${name}`, true);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('gives its advice in Japanese where the page is in Japanese', async () => {
    const page = await openKey({ locale: 'ja' });
    const about = await read<KeyBody>(`/api/keys/${encodeURIComponent(await gravest())}`);
    const text = await page.locator('.advice').innerText();
    expect(about.advice.length).toBeGreaterThan(0);
    for (const { code, fix } of about.advice) {
      expect(text).toContain(adviceJa[code]?.fix);
      expect(text).not.toContain(fix);
    }
    await page.close();
  });

  it('puts questions about the key into the chat', async () => {
    const page = await openKey();
    const headline = await askedBy(page, () =>
      page.getByRole('button', { name: /Who can decrypt with key/ }).click(),
    );
    expect(headline).toMatch(/permission/);
    await page.close();
  });

  it('shows hostile text of the key as text', async () => {
    const page = await demo.open({ width: 1440 });
    const hostile =
      '<img src=x onerror="document.title=1"><a href="https://evil.example">x</a>\u202Egpj';
    await page.route('**/api/keys/*', async (route) => {
      const body = (await (await route.fetch()).json()) as KeyBody;
      const statement = { Sid: hostile, Effect: 'Allow', Principal: '*', Action: 'kms:*' };
      const rows = <T>(list: readonly T[]) =>
        list.map((row) => ({ ...row, sid: hostile, principal: hostile, detail: hostile }));
      await route.fulfill({
        json: {
          ...body,
          key: {
            ...body.key,
            alias: hostile,
            account_name: hostile,
            description: hostile,
            tags: { [hostile]: hostile },
            policy_json: JSON.stringify({ Statement: [statement] }),
          },
          concerns: rows(body.concerns),
          permissions: rows(body.permissions),
        },
      });
    });
    await page.goto(`${demo.url}#/key/${encodeURIComponent(await gravest())}`);
    await page.locator('.policy').waitFor();
    expect(await page.locator('.side-pane img').count()).toBe(0);
    expect(await page.locator('.side-pane a[href*="evil"]').count()).toBe(0);
    expect(await page.locator('.side-pane .hidden-character').first().innerText()).toBe('U+202E');
    expect(await page.title()).not.toBe('1');
    await page.close();
  });

  it('is reached from an answer by keyboard, and takes the focus', async () => {
    const page = await demo.open({ width: 1440 });
    await page.locator('#question').fill('List the keys that have concern "External grant"');
    await page.keyboard.press('Enter');
    await page.locator('.turn tbody a').first().waitFor();
    await page.locator('.turn tbody a').first().press('Enter');
    await page.locator('.policy').waitFor();
    expect(
      await page.locator('.view-head h2').evaluate((heading) => heading.matches(':focus')),
    ).toBe(true);
    await page.close();
  });
});

describe('the first load', () => {
  it('leaves dashboard and key page for later, and is below 300 kB compressed', async () => {
    const page = await demo.open();
    const fetched = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
    );
    expect(
      fetched.filter((path) => /Dashboard|KeyPage|Report|Audit|QuickSight|views/.test(path)),
    ).toEqual([]);
    const folder = 'dist/web/assets';
    const names = (await readdir(folder)).filter((name) => fetched.includes(`/assets/${name}`));
    const sizes = await Promise.all(
      names.map(async (name) => gzipSync(await readFile(join(folder, name))).length),
    );
    const size = sizes.reduce((sum, one) => sum + one, 0);
    expect(size).toBeGreaterThan(10_000);
    expect(size).toBeLessThan(300_000);
    await page.close();
  });
});
