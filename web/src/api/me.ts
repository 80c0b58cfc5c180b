import { problemIn } from './problem.ts';
import { type Fields, hasText, isFields } from './shape.ts';

/** GET /api/me: who is asking. */
export interface Me {
  readonly user: string;
  readonly name: string;
  readonly role: 'viewer' | 'admin';
  /** Whether people sign in at this server. */
  readonly signIn: boolean;
  readonly signOutPath: string | null;
}

/** A server without this part of the API asks nobody who they are, and has no audit view. */
const local: Me = {
  user: 'local',
  name: 'local',
  role: 'viewer',
  signIn: false,
  signOutPath: null,
};

/** Who is asking; null when that cannot be read, and while nobody is signed in. */
export async function fetchMe(send: typeof fetch = fetch): Promise<Me | null> {
  try {
    const response = await send('/api/me', { headers: { Accept: 'application/json' } });
    if (response.status === 404) return local;
    if (!response.ok) {
      await problemIn(response);
      return null;
    }
    const body: unknown = await response.json();
    return isFields(body) && isMe(body) ? (body as unknown as Me) : null;
  } catch {
    return null;
  }
}

const isMe = (body: Fields): boolean =>
  hasText(body, 'user', 'name') &&
  (body.role === 'viewer' || body.role === 'admin') &&
  typeof body.signIn === 'boolean' &&
  (body.signOutPath === null || typeof body.signOutPath === 'string');

/**
 * Ends the session at the server, and gives the address to go to then: the issuer's, where the
 * server names it as `location` so that the session there ends too; else the page.
 */
export async function signOut(path: string, send: typeof fetch = fetch): Promise<string> {
  const response = await send(path, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    redirect: 'manual',
  });
  const body: unknown = await response.json().catch(() => null);
  const to = isFields(body) && typeof body.location === 'string' ? body.location : '/';
  return /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/]|\/(?![/\\]))/.test(to) ? to : '/';
}
