import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../assistant/server/api.ts';
import { askOn, type Demo, type OpenOptions, shot, startDemo } from './demo.ts';

/** Answers that are sent, printed, opened again and asked again, in a real Chromium. */

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo();
});
afterAll(() => demo?.stop());

type Answered = Extract<Answer, { status: 'answered' }>;

async function answerTo(question: string, more: object = {}): Promise<Answer> {
  const response = await fetch(new URL('/api/ask', demo.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ question, ...more }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Answer;
}

async function answered(question: string, more: object = {}): Promise<Answered> {
  const answer = await answerTo(question, more);
  if (answer.status !== 'answered') throw new Error(`${question} was not answered`);
  return answer;
}

const overflow = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html}`,
  );

const MISSION = 'Which keys have external access and were unused for 90 days?';

describe('the link to an answer', () => {
  it('is copied from it, and opens the whole answer as it was, with its time', async () => {
    const page = await demo.open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await askOn(page, MISSION);
    await page.locator('.turn').getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('Copied', { exact: true }).waitFor();
    const link = String(await page.evaluate('navigator.clipboard.readText()'));
    const text = await page.locator('.turn .answer').innerText();
    await page.close();

    const other = await demo.open({ at: new URL(link).search });
    const turn = other.locator('.turn');
    await turn.locator('table').first().waitFor();
    expect(link).toBe(`${demo.url}?answer=${new URL(link).searchParams.get('answer')}`);
    expect(await turn.locator('h2').innerText()).toContain(MISSION);
    expect(await turn.locator('.answer').innerText()).toBe(text.replace('Copied\n', ''));
    expect(await turn.innerText()).toMatch(/Earlier answer, of \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect(new URL(other.url()).search).toBe('');
    await shot(other, 'shared');
    await other.reload();
    await turn.locator('table').first().waitFor();
    expect(await turn.count()).toBe(1);
    await other.close();
  });

  it('lets one go on asking in a conversation of its own', async () => {
    const { id } = await answered('How many keys are there per region?');
    const page = await demo.open({ at: `?answer=${id}` });
    await page.locator('.turn table').first().waitFor();
    expect(await page.getByText('Ask next').count()).toBe(0);
    let conversationId: unknown;
    page.on('request', (request) => {
      if (request.url().endsWith('/api/ask')) ({ conversationId } = request.postDataJSON());
    });
    await page.getByRole('button', { name: 'Ask again, of the data of now' }).click();
    await page.locator('.turn').nth(1).locator('table').first().waitFor();
    expect(conversationId).toBeUndefined();
    await askOn(page, 'only customer managed');
    expect(await page.locator('.turn').nth(2).textContent()).toMatch(/customer managed/i);
    await page.close();
  });

  it.each(['00000000-0000-4000-8000-000000000000', '../../etc/passwd', '%3Cimg%20src%3Dx%3E'])(
    'that leads to nothing says so in plain words (%s)',
    async (id) => {
      const page = await demo.open({ at: `?answer=${id}`, expected: /404/ });
      await page.getByText('There is no answer at this link that you may see').waitFor();
      expect(new URL(page.url()).search).toBe('');
      await page.close();
    },
  );

  it('works in Japanese on a phone, for a question back too', async () => {
    const back = await answerTo('show unused keys', { language: 'ja' });
    expect(back.status).toBe('clarify');
    for (const [name, options] of [
      ['shared-ja-phone', { locale: 'ja', width: 360 }],
      ['shared-dark', { dark: true }],
    ] as const) {
      const page = await demo.open({ ...options, at: `?answer=${back.id}` });
      await page.locator('.card-ask').waitFor();
      const copy = options.width ? 'リンクをコピー' : 'Copy link';
      await page.getByRole('button', { name: copy }).waitFor();
      await shot(page, name);
      expect(await overflow(page)).toBe(0);
      expect(await violations(page)).toEqual([]);
      await page.close();
    }
  });

  it('is shown where it cannot be copied', async () => {
    const page = await demo.open();
    await page.addInitScript('Object.defineProperty(navigator, "clipboard", { value: undefined })');
    await page.reload();
    await askOn(page, 'How many keys are there?');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText(`Not copied. The link is ${demo.url}?answer=`).waitFor();
    await page.close();
  });
});

describe('the report of an answer', () => {
  const openReport = async (id: string, options: OpenOptions = {}) => {
    const page = await demo.open({ ...options, at: `#/report/${id}` });
    await page.locator('.report').waitFor();
    return page;
  };

  it('tells what is needed to defend the answer', async () => {
    const answer = await answered(MISSION);
    const page = await openReport(answer.id);
    const text = (await page.locator('.report').innerText()).replace(/\s+/g, ' ');
    const { evidence } = answer;
    for (const part of [
      answer.question,
      answer.interpretation,
      answer.summary,
      evidence.coverageText,
      evidence.snapshotId,
      evidence.queryId,
      evidence.resultHash,
      evidence.engine,
      evidence.askedBy,
      answer.sql.split('\n')[0] ?? '',
    ])
      expect(text).toContain(part.replace(/\s+/g, ' ').trim());
    expect(text).toContain(`${evidence.answeredAt.slice(0, 16).replace('T', ' ')} UTC`);
    expect(await page.locator('.report tbody tr').count()).toBe(answer.rows.length);
    expect(await violations(page)).toEqual([]);
    await shot(page, 'report', true);
    await page.close();
  });

  it('prints on white, with the headings of the table on each page and no row cut', async () => {
    const answer = await answered(MISSION);
    const page = await openReport(answer.id, { dark: true });
    await page.emulateMedia({ media: 'print' });
    const printed = (selector: string, property: string) =>
      page.evaluate(
        `getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${property}')`,
      );
    expect(await printed('.report thead', 'display')).toBe('table-header-group');
    expect(await printed('.report tbody tr', 'break-inside')).toBe('avoid');
    expect(await printed('body', 'background-color')).toBe('rgb(255, 255, 255)');
    expect(await printed('.report', 'color')).toBe('rgb(24, 33, 44)');
    expect(await page.locator('.header').isVisible()).toBe(false);
    expect(await page.locator('#question').isVisible()).toBe(false);
    const folder = process.env.KMS_INSIGHTS_SCREENSHOTS;
    const pdf = await page.pdf({
      preferCSSPageSize: true,
      printBackground: true,
      ...(folder ? { path: join(folder, 'report.pdf') } : {}),
    });
    const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(1);
    await page.close();
  });

  it('prints the first thousand rows, and says how many more there are', async () => {
    const answer = await answered('List all keys');
    expect(answer.rows.length).toBeGreaterThanOrEqual(1_000);
    const page = await openReport(answer.id, { width: 360 });
    expect(await page.locator('.report tbody tr').count()).toBe(1_000);
    const total = (answer.totalRows ?? 0).toLocaleString('en-US');
    expect(await page.locator('.report .warning').last().innerText()).toContain(
      `The first 1,000 of ${total} rows`,
    );
    expect(await overflow(page)).toBe(0);
    await page.close();
  });

  it('prints rows of more columns than a page is wide as lists, with every value', async () => {
    const answer = await answered('How many keys are there per region?');
    const page = await demo.open();
    const columns = Array.from({ length: 20 }, (_, at) => ({ name: `c_${at}`, type: 'varchar' }));
    const rows = answer.rows.map((_, row) => columns.map(({ name }) => `${name} of ${row}`));
    await page.route('**/api/answers/*', (route) =>
      route.fulfill({ json: { ...answer, columns, rows, chart: null } }),
    );
    await page.goto(`${demo.url}#/report/${answer.id}`);
    await page.locator('.report-list').waitFor();
    expect(await page.locator('.report-list > li').count()).toBe(rows.length);
    const text = await page.locator('.report-list').innerText();
    for (const value of rows.flat()) expect(text).toContain(value);
    await page.emulateMedia({ media: 'print' });
    await shot(page, 'report-list', true);
    await page.close();
  });

  it('is there in Japanese, and not for a question without an answer', async () => {
    const { id } = await answered('リージョンごとのキーの数は？', { language: 'ja' });
    const page = await openReport(id, { locale: 'ja', width: 360 });
    await page.getByRole('button', { name: '印刷 / PDF として保存' }).waitFor();
    await shot(page, 'report-ja-phone', true);
    expect(await overflow(page)).toBe(0);
    await page.close();
    const declined = await answerTo('What is the weather in Zurich?');
    const none = await demo.open({ at: `#/report/${declined.id}` });
    await none.getByText('There is no report of this').waitFor();
    await none.close();
  });
});

describe('after an error', () => {
  const limited = (route: Route, seconds: number) =>
    route.fulfill({
      status: 429,
      headers: { 'content-type': 'application/problem+json', 'retry-after': String(seconds) },
      body: JSON.stringify({
        code: 'RATE_LIMITED',
        status: 429,
        detail: 'Too many.',
        hint: 'Wait.',
      }),
    });

  it('the time to wait is counted down, and then the question is asked again', async () => {
    const page = await demo.open({ expected: /429/ });
    await page.route('**/api/ask', (route) => limited(route, 3), { times: 1 });
    await askOn(page, 'How many keys are there?');
    const retry = page.getByRole('button', { name: /Retry in \d s/ });
    await retry.waitFor();
    expect(await retry.getAttribute('aria-disabled')).toBe('true');
    await shot(page, 'limited');
    await retry.click({ force: true });
    expect(await page.locator('.turn .headline').count()).toBe(0);
    await page.getByRole('button', { name: 'Retry', exact: true }).click({ timeout: 6_000 });
    await page.locator('.turn .headline').waitFor();
    expect(await page.locator('.turn').count()).toBe(1);
    await page.close();
  });

  it('a stream that is cut claims nothing, and can be asked again', async () => {
    const page = await demo.open();
    const events = 'event: interpretation\ndata: {"text":"Count of keys"}\n\n';
    await page.route(
      '**/api/ask',
      (route) => route.fulfill({ contentType: 'text/event-stream', body: events }),
      { times: 1 },
    );
    await askOn(page, 'How many keys are there?');
    await page
      .locator('.turn')
      .getByText('The connection ended before the answer was complete.')
      .waitFor();
    await page.getByRole('button', { name: 'Retry', exact: true }).click();
    await page.locator('.turn .headline').waitFor();
    await page.close();
  });

  it('a slow answer says how long it takes, and can be stopped and asked again', async () => {
    const page = await demo.open();
    await page.route('**/api/ask', () => {}, { times: 1 });
    await page.getByRole('textbox').first().fill('How many keys are there?');
    await page.keyboard.press('Enter');
    await page.getByText(/Still working after \d+ s/).waitFor({ timeout: 15_000 });
    await shot(page, 'slow');
    await page.keyboard.press('Escape');
    await page.getByText('Stopped before there was an answer.').waitFor();
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.locator('.turn .headline').waitFor();
    await page.close();
  });

  it('an earlier answer that cannot be read now is read when it is tried again', async () => {
    const page = await demo.open({ expected: /503/ });
    await askOn(page, 'How many keys are there per region?');
    await page.route('**/api/answers/*', (route) => route.fulfill({ status: 503, json: {} }));
    await page.reload();
    await page.getByText('The earlier answer cannot be read now.').waitFor();
    await page.unroute('**/api/answers/*');
    await page.getByRole('button', { name: 'Retry' }).click();
    await page.locator('.turn .headline').waitFor();
    await page.close();
  });
});
