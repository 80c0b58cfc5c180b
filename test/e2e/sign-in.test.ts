import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIssuer } from '../assistant/auth/oidc-issuer.ts';
import { freePort } from '../conformance/free-port.ts';
import { askOn, type Demo, shot, startDemo } from './demo.ts';

/** Signing in with a real browser, at a server that asks, and an issuer on this machine that answers. */

const CLIENT = 'kms-insights';
const SECRET = 'not-to-be-told';
const ann = {
  'cognito:groups': ['auditors'],
  name: 'Ann Example',
  email: 'ann@example.com',
  email_verified: true,
};

let issuer: Awaited<ReturnType<typeof startIssuer>>;
let demo: Demo;
let folder: string;
beforeAll(async () => {
  issuer = await startIssuer(CLIENT, SECRET);
  issuer.be('u1', ann);
  folder = await mkdtemp(join(tmpdir(), 'kms-insights-sign-in-'));
  const access = join(folder, 'access.yaml');
  await writeFile(
    access,
    'groups:\n  auditors: {accounts: all}\n  admins: {role: admin, accounts: all}\n  sandbox: {ous: [Root/Sandbox]}\n',
  );
  const port = await freePort();
  demo = await startDemo(
    [],
    {
      KMS_INSIGHTS_AUTH_ISSUER: issuer.url,
      KMS_INSIGHTS_AUTH_CLIENT_ID: CLIENT,
      KMS_INSIGHTS_AUTH_CLIENT_SECRET: SECRET,
      KMS_INSIGHTS_AUTH_PUBLIC_URL: `http://127.0.0.1:${port}`,
      KMS_INSIGHTS_AUTH_ACCESS: access,
      KMS_INSIGHTS_AUTH_PER_MINUTE: '100',
    },
    port,
  );
});
afterAll(async () => {
  await demo?.stop();
  await issuer?.close();
  await rm(folder, { recursive: true, force: true });
});

const expected = /401|403|\/auth\/|127\.0\.0\.1/;
const open = (at = '') => demo.open({ at, expected });

describe('someone who is not signed in', () => {
  it('is asked to, comes back, and asks', async () => {
    const page = await open();
    await page
      .getByRole('link', { name: /sign in/i })
      .or(page.getByRole('button', { name: /sign in/i }))
      .first()
      .click();
    await page.getByText('Ann Example').first().waitFor();
    await askOn(page, 'How many keys are there?');
    expect(await page.locator('.turn').last().innerText()).toMatch(/[\d,]+ keys/);
    await shot(page, 'signed-in');
    await page.close();
  });
});

describe('someone who is signed in', () => {
  const signedIn = async (groups: readonly string[]) => {
    issuer.be('u2', { ...ann, 'cognito:groups': groups });
    const page = await open();
    await page.goto(`${demo.url}auth/sign-in`);
    await page.locator('#question').waitFor({ state: 'attached' });
    return page;
  };

  it('sees what their groups may: a unit, and its accounts alone', async () => {
    const page = await signedIn(['sandbox']);
    const answer = await page.evaluate(`(async () => {
      const response = await fetch('/api/ask', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ question: 'keys per OU' }) });
      return response.json();
    })()`);
    const { rows } = answer as { rows: [string, number][] };
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(([path]) => path.startsWith('Root/Sandbox'))).toBe(true);
    await page.close();
  });

  it('reads the audit log as an admin, and what was asked stands in it', async () => {
    const page = await signedIn(['admins']);
    await page.goto(`${demo.url}#/audit`);
    await page.getByText('How many keys are there?').first().waitFor();
    expect(await page.getByText('ann@example.com').count()).toBeGreaterThan(0);
    await shot(page, 'audit-signed-in');
    await page.close();
  });

  it('is out after signing out', async () => {
    const page = await signedIn(['auditors']);
    const signOut = page.getByRole('button', { name: /sign out/i });
    if (!(await signOut.isVisible())) await page.getByText('Ann Example').first().click();
    // The issuer of the test has no page to end its session; that the own one ended is what counts.
    await page.route('**/end?*', (route) => route.fulfill({ body: 'ended' }));
    await signOut.click();
    await page.waitForURL(/\/end\?/);
    await page.goto(demo.url);
    const status = await page.evaluate(`fetch('/api/me').then((r) => r.status)`);
    expect(status).toBe(401);
    await page.close();
  });
});
