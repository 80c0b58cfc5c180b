import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askOn, type Demo, shot, startDemo } from './demo.ts';

/** The built demo in a real Chromium, as a newcomer would meet it. */

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo?.stop());

const open = (options: Parameters<Demo['open']>[0] = {}) => demo.open(options);

const body = (page: Page) => page.locator('body').innerText();

const MISSION = 'Which keys have external access and were unused for 90 days?';

describe('the page', () => {
  it('answers the question of the mission with table, SQL, coverage and exports', async () => {
    const page = await open();
    await askOn(page, MISSION);
    const turn = page.locator('.turn').first();
    await turn.locator('table').first().waitFor();
    await shot(page, 'page');
    const text = await turn.innerText();
    const headline = /([\d,]+) keys match/.exec(text)?.[1];
    expect(Number(headline?.replaceAll(',', ''))).toBeGreaterThan(0);
    expect(text).toMatch(/could not be read/);
    await turn.getByText('How was this answered').click();
    expect(await turn.innerText()).toMatch(/SELECT[\s\S]*kms_insights/);
    await shot(page, 'answer');
    await turn.getByRole('button', { name: 'No', exact: true }).click();
    await turn.getByText('Noted, thank you.').waitFor();
    await turn.getByRole('textbox', { name: /what is right or wrong/i }).fill('A key is missing.');
    await turn.getByRole('button', { name: 'Send comment' }).click();
    await turn.getByText('Noted with your comment').waitFor();
    expect(await readFile(join(demo.folder, 'audit', 'feedback.jsonl'), 'utf8')).toContain(
      '"rating":"down","comment":"A key is missing."',
    );
    await shot(page, 'feedback');
    const csv = await turn.getByRole('link', { name: /csv/i }).getAttribute('href');
    const response = await page.request.get(new URL(csv ?? '', demo.url).href);
    const lines = (await response.text()).trim().split('\r\n');
    expect(lines.length - 1).toBeGreaterThanOrEqual(Number(headline?.replaceAll(',', '')));
    const axe = await new AxeBuilder({ page }).analyze();
    expect(axe.violations.map((v) => v.id)).toEqual([]);
    await page.close();
  });

  it('draws a chart of groups, in the dark and on a phone too', async () => {
    for (const [name, options] of [
      ['chart', {}],
      ['chart-dark', { dark: true }],
      ['chart-phone', { width: 360 }],
    ] as const) {
      const page = await open(options);
      await askOn(page, 'How many keys are there per region?');
      await page.locator('.turn svg').first().waitFor();
      await shot(page, name);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
      await page.close();
    }
  });

  it('declines what it cannot know, and offers what it can', async () => {
    const page = await open();
    await askOn(page, 'What is the weather in Zurich?');
    const turn = page.locator('.turn').first();
    expect(await turn.locator('table').count()).toBe(0);
    expect(await turn.innerText()).toMatch(/weather/i);
    await shot(page, 'declined');
    await page.close();
  });

  it('asks back when a question has several meanings, and answers the one that is chosen', async () => {
    const page = await open();
    await askOn(page, 'show unused keys');
    const first = page.locator('.turn').first();
    expect(await first.locator('table').count()).toBe(0);
    await shot(page, 'clarify');
    await first.getByRole('button', { name: /90 days/ }).click();
    await page.locator('.turn').nth(1).locator('table').first().waitFor();
    await page.close();
  });

  it('goes on from an answer', async () => {
    const page = await open();
    await askOn(page, 'How many keys are there per region?');
    await askOn(page, 'only customer managed');
    const second = page.locator('.turn').nth(1);
    await second.locator('table').first().waitFor();
    expect(await second.textContent()).toMatch(/customer managed/i);
    await page.close();
  });

  it('says so when the server cannot be reached, and asks again on Retry', async () => {
    const context = await demo.browser.newContext();
    const page = await context.newPage();
    await page.goto(demo.url);
    await page.route('**/api/ask', (route) => route.abort());
    await askOn(page, 'How many keys are there?');
    const turn = page.locator('.turn').first();
    await turn.getByRole('button', { name: 'Retry' }).waitFor();
    expect(await turn.locator('table').count()).toBe(0);
    await shot(page, 'unreachable');
    await page.unroute('**/api/ask');
    await turn.getByRole('button', { name: 'Retry' }).click();
    await turn
      .getByText(/[\d,]+ keys/)
      .first()
      .waitFor();
    await context.close();
  });

  it('shows hostile text from the data as text', async () => {
    const page = await open();
    await askOn(page, 'list all accounts');
    await page.locator('.turn table').first().waitFor();
    expect(await page.locator('.turn table img, .turn table a, .turn table script').count()).toBe(
      0,
    );
    await page.close();
  });

  it('keeps its history over a reload', async () => {
    const page = await open();
    await askOn(page, 'How many keys are there per region?');
    await page.reload();
    await page.getByText('How many keys are there per region?').first().waitFor();
    expect(await body(page)).toContain('How many keys are there per region?');
    await page.close();
  });
});
