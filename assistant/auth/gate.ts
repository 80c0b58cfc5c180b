import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { SignedOutBody } from '../server/api.ts';
import { problem } from '../server/problem.ts';
import { type Access, type PlacedAccount, rightsOf, scopeOf } from './access.ts';
import type { Caller } from './caller.ts';
import {
  callbackPath,
  type Issuer,
  IssuerUnreachable,
  NotVouchedFor,
  type Person,
} from './issuer.ts';
import type { Sessions } from './sessions.ts';
import type { AuthSettings } from './settings.ts';
import type { Vault } from './vault.ts';

/** Tells who asks, and lets nobody else in. */
export interface Gate {
  /** Who asks; the response to give where nobody may. */
  readonly identify: (c: Context) => Promise<Caller | Response>;
  /** Signing in and out; none where nobody is asked who they are. */
  readonly routes: Hono | null;
}

/** What a gate is made of. */
export interface GateParts {
  readonly settings: AuthSettings;
  readonly access: Access;
  readonly issuer: Issuer;
  readonly sessions: Sessions;
  /** Sign-ins that were begun. */
  readonly attempts: Vault;
  /** The accounts of the snapshot in force, for those whom units decide what they see. */
  readonly accounts: () => Promise<readonly PlacedAccount[]>;
  readonly clock: () => Date;
  readonly log: (message: string, details: Record<string, unknown>) => void;
}

export const signInPath = '/auth/sign-in';
export const signOutPath = '/auth/sign-out';

/** To sign in takes no longer. */
const ATTEMPT_MS = 10 * 60_000;
const attemptSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
});

/** A gate for people who sign in at an issuer, and for programs that bring its tokens. */
export function openGate(parts: GateParts): Gate {
  const { settings, access, sessions, accounts, log } = parts;
  const cookies = cookiesOf(settings);

  const personOf = async (c: Context): Promise<Person | null> => {
    const header = c.req.header('authorization');
    if (header !== undefined) {
      const token = /^Bearer ([\w.~+/=-]{1,8192})$/i.exec(header)?.[1];
      if (token === undefined) throw new NotVouchedFor('the header is no bearer token');
      return parts.issuer.bearer(token);
    }
    const secret = getCookie(c, cookies.session);
    return secret === undefined ? null : sessions.find(secret);
  };

  const identify = async (c: Context): Promise<Caller | Response> => {
    let person: Person | null;
    try {
      person = await personOf(c);
    } catch (error) {
      if (error instanceof IssuerUnreachable) return unreachable(c, error, log);
      if (!(error instanceof NotVouchedFor)) throw error;
      log('a token was refused', { path: c.req.path, reason: error.message });
      return signInFirst(c);
    }
    if (!person) return signInFirst(c);
    const rights = rightsOf(access, person.groups);
    if (!rights) {
      log('someone without a group was refused', { user: person.user });
      return notInAGroup(c, person);
    }
    const placed = rights.sees === 'all' ? [] : await accounts();
    const accountScope = scopeOf(rights, placed);
    if (accountScope?.length === 0) return withoutAccounts(c, person);
    const { user, name } = person;
    return { user, name, role: rights.role, accountScope };
  };
  return { identify, routes: signInRoutes(parts) };
}

function signInRoutes({ settings, issuer, sessions, attempts, clock, log }: GateParts): Hono {
  const app = new Hono();
  const cookies = cookiesOf(settings);

  app.get(signInPath, async (c) => {
    const attempt = issuer.newAttempt();
    const returnTo = ownPath(c.req.query('return'), settings.publicUrl);
    try {
      const url = await issuer.signInUrl(attempt);
      // The state names the attempt; that it is this browser's is told by the cookie beside it.
      const expiresAt = new Date(clock().getTime() + ATTEMPT_MS);
      await attempts.put(`attempt#${attempt.state}`, { ...attempt, returnTo }, expiresAt);
      setCookie(c, cookies.attempt, attempt.state, {
        ...cookies.options,
        maxAge: ATTEMPT_MS / 1_000,
      });
      return c.redirect(url.href, 302);
    } catch (error) {
      if (error instanceof IssuerUnreachable) return unreachable(c, error, log);
      throw error;
    }
  });

  app.get(callbackPath, async (c) => {
    const state = getCookie(c, cookies.attempt);
    deleteCookie(c, cookies.attempt, cookies.options);
    // Taken, so that no code is redeemed twice.
    const kept = state === undefined ? undefined : await attempts.take(`attempt#${state}`);
    const parsed = attemptSchema.safeParse(kept);
    if (!parsed.success || c.req.query('state') !== state) return failed(c, 'no such attempt', log);
    const { returnTo, ...attempt } = parsed.data;
    const callback = new URL(`${settings.publicUrl}${callbackPath}`);
    callback.search = new URL(c.req.url).search;
    try {
      const granted = await issuer.redeem(callback, attempt);
      // A session from before ends: the one who signs in now gets a secret that nobody has seen.
      const old = getCookie(c, cookies.session);
      if (old !== undefined) await sessions.end(old);
      const secret = await sessions.begin(granted);
      setCookie(c, cookies.session, secret, {
        ...cookies.options,
        maxAge: settings.sessionMinutes * 60,
      });
      return c.redirect(returnTo, 303);
    } catch (error) {
      if (error instanceof IssuerUnreachable) return unreachable(c, error, log);
      if (error instanceof NotVouchedFor) return failed(c, error.message, log);
      throw error;
    }
  });

  app.post(signOutPath, async (c) => {
    const secret = getCookie(c, cookies.session);
    const idToken = secret === undefined ? null : await sessions.end(secret);
    deleteCookie(c, cookies.session, cookies.options);
    // Signed out here in any case; the issuer's own session ends where it can be reached.
    const at = await issuer.signOutUrl(idToken).catch((error: unknown) => {
      log('the issuer gave no address to sign out', { error: String(error) });
      return null;
    });
    const body: SignedOutBody = { location: at?.href ?? '/' };
    return c.json(body);
  });
  return app;
}

/** `__Host-` has browsers take a cookie over HTTPS only, from this very host, for the whole of it. */
function cookiesOf({ publicUrl }: AuthSettings) {
  const secure = publicUrl.startsWith('https:');
  const prefix = secure ? '__Host-' : '';
  return {
    session: `${prefix}kms-insights`,
    attempt: `${prefix}kms-insights-sign-in`,
    // Lax: the browser comes back from the issuer by following a link.
    options: { httpOnly: true, secure, sameSite: 'Lax', path: '/' } as const,
  };
}

/** A path of this site to go back to; the page where another was asked for. */
function ownPath(asked: string | undefined, publicUrl: string): string {
  if (asked === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked)) return '/';
  const own = new URL(publicUrl).origin;
  const url = URL.canParse(asked, own) ? new URL(asked, own) : undefined;
  return url?.origin === own ? `${url.pathname}${url.search}${url.hash}` : '/';
}

const signInFirst = (c: Context): Response =>
  problem(
    c,
    401,
    'Not signed in',
    'You are not signed in, or not any more.',
    'Sign in, and try again.',
    'SIGN_IN',
    { signInPath },
  );

const notInAGroup = (c: Context, { user }: Person): Response =>
  problem(
    c,
    403,
    'Not allowed',
    `${user} is in no group that may use KMS Insights.`,
    'Ask whoever runs it to add you to one of the groups in its access file.',
    'NOT_ALLOWED',
  );

const withoutAccounts = (c: Context, { user }: Person): Response =>
  problem(
    c,
    403,
    'Not allowed',
    `The organizational units that ${user} may see have no accounts in the data.`,
    'Ask whoever runs KMS Insights to look at the units in its access file.',
    'NOT_ALLOWED',
  );

function failed(c: Context, reason: string, log: GateParts['log']): Response {
  log('a sign-in was refused', { reason });
  const title = 'Sign-in failed';
  const text =
    'The sign-in could not be completed: it took too long, was begun in another browser, or was refused.';
  return (
    page(c, 400, title, text) ??
    problem(c, 400, title, text, `Begin again at ${signInPath}.`, 'SIGN_IN_FAILED', { signInPath })
  );
}

function unreachable(c: Context, error: Error, log: GateParts['log']): Response {
  log('the issuer could not be asked', { error: String(error.cause ?? error) });
  const title = 'No sign-in';
  const text = 'The service that signs people in does not answer.';
  const hint = 'Try again in a minute.';
  return (
    page(c, 503, title, `${text} ${hint}`) ??
    problem(c, 503, title, text, hint, 'ISSUER_UNREACHABLE')
  );
}

/** For people who look at it in their browser, and programs get a problem: null. Texts are of this file. */
function page(c: Context, status: 400 | 503, title: string, text: string): Response | null {
  if (!(c.req.header('accept') ?? '').includes('text/html')) return null;
  return c.html(
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} – KMS Insights</title>
<h1>${title}</h1>
<p>${text}</p>
<p><a href="${signInPath}">Sign in again</a></p>
</html>
`,
    status,
  );
}
