import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Me } from '../../web/src/api/me.ts';

/** The built demo, and a real Chromium to look at it. */
export interface Demo {
  readonly url: string;
  readonly folder: string;
  readonly browser: Browser;
  /** A page on the demo. It must be closed: then any error or remote request it made is told. */
  readonly open: (options?: OpenOptions) => Promise<Page>;
  readonly stop: () => Promise<void>;
}

export interface OpenOptions {
  readonly dark?: true;
  readonly width?: number;
  readonly locale?: string;
  /** Query and fragment of the address. */
  readonly at?: string;
  /** Plays a server at which people sign in; by default it is the local one. */
  readonly me?: Me;
  /** What the console and requests may tell that would otherwise be an error. */
  readonly expected?: RegExp;
}

/** Where screenshots go when KMS_INSIGHTS_SCREENSHOTS names a folder. */
const screenshots = process.env.KMS_INSIGHTS_SCREENSHOTS;

const example = ['--seed', '7'] as const;

/** Starts a demo, with snapshots of earlier days where they are named, and with variables of the environment. */
export async function startDemo(
  earlierDays: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  port = 0,
): Promise<Demo> {
  const folder = await mkdtemp(join(tmpdir(), 'kms-insights-e2e-'));
  for (const day of earlierDays) {
    const collecting = run(['collect', '--simulate', '--data', folder, ...example, '--as-of', day]);
    collecting.stdout?.resume();
    await once(collecting, 'exit');
  }
  const serving = [
    'demo',
    '--data',
    folder,
    '--port',
    String(port),
    ...example,
    '--as-of',
    '2026-11-23',
  ];
  const server = run(serving, env);
  const url = await new Promise<string>((resolve, reject) => {
    let printed = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const address = /http:\/\/\S+/.exec(printed)?.[0];
      if (address) resolve(address);
    });
    server.once('exit', (code) =>
      reject(new Error(`the demo ended with exit code ${code}: ${printed}`)),
    );
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  return {
    url,
    folder,
    browser,
    open: (options = {}) => open(browser, url, options),
    stop: async () => {
      await browser.close();
      server.removeAllListeners('exit');
      server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, ['bin/kms-insights.js', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
}

async function open(browser: Browser, url: string, options: OpenOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
    locale: options.locale ?? 'en-US',
  });
  const page = await context.newPage();
  const { me } = options;
  if (me) await page.route('**/api/me', (route) => route.fulfill({ json: me }));
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const told = `${message.text()} ${message.location().url}`;
    if (!options.expected?.test(told)) problems.push(told);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !options.expected?.test(request.url()))
      problems.push(`remote request ${request.url()}`);
  });
  page.on('close', () => expect(problems.join('\n')).toBe(''));
  await page.goto(`${url}${options.at ?? ''}`);
  await page.locator('#question').waitFor({ state: 'attached' });
  return page;
}

/** Asks in the chat, and waits until that is settled. */
export async function askOn(page: Page, question: string): Promise<void> {
  const before = await page.locator('.turn').count();
  await page.getByRole('textbox').first().fill(question);
  await page.keyboard.press('Enter');
  await settled(page, before);
}

/** Waits until the turn after so many is settled. */
export async function settled(page: Page, before: number): Promise<void> {
  await page.locator('.turn').nth(before).waitFor();
  await page.locator('.stop-button').waitFor({ state: 'detached' });
}

export async function shot(page: Page, name: string, fullPage = false): Promise<void> {
  if (!screenshots) return;
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage });
}
