import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type Granted, type Issuer, NotVouchedFor, type Person } from './issuer.ts';
import type { Vault } from './vault.ts';

const personSchema = z.object({
  subject: z.string(),
  user: z.string(),
  name: z.string(),
  groups: z.array(z.string()),
});

const sessionSchema = z.object({
  person: personSchema,
  refreshToken: z.string().nullable(),
  idToken: z.string().nullable(),
  /** From then on the issuer has to be asked again. */
  until: z.coerce.date(),
  begunAt: z.coerce.date(),
  usedAt: z.coerce.date(),
});
type Session = z.infer<typeof sessionSchema>;

/** A session, and the value of the vault that it was read from. */
interface Found {
  readonly kept: unknown;
  readonly session: Session;
}

export interface SessionLimits {
  readonly sessionMinutes: number;
  readonly idleMinutes: number;
}

/** People who are signed in. Each is known by a secret that their browser alone holds. */
export interface Sessions {
  /** Begins a session; the secret of it. */
  readonly begin: (granted: Granted) => Promise<string>;
  /**
   * Who this secret is of; null when there is no such session (any more), or when the issuer does not vouch
   * for them any more. Throws `IssuerUnreachable`.
   */
  readonly find: (secret: string) => Promise<Person | null>;
  /** Ends a session; the ID token with which the issuer's own may be ended too. */
  readonly end: (secret: string) => Promise<string | null>;
}

const MINUTE_MS = 60_000;
/** So long before its end what the issuer said is asked for again. */
const AHEAD_MS = 30_000;
/** That a session was used is written down this often. */
const NOTED_EVERY_MS = 60_000;
/** So often, and after so long, it is looked for what another process was granted. */
const LOOKS = 5;
const LOOK_AGAIN_MS = 200;

/** What is kept is found by a hash of the secret: whoever reads the vault signs in as nobody. */
const keyOf = (secret: string) =>
  `session#${createHash('sha256').update(secret).digest('base64url')}`;

export function openSessions(
  vault: Vault,
  issuer: Pick<Issuer, 'refresh'>,
  limits: SessionLimits,
  clock: () => Date,
): Sessions {
  const refreshing = new Map<string, Promise<Session | null>>();
  const endOf = ({ begunAt, usedAt }: Session) =>
    new Date(
      Math.min(
        begunAt.getTime() + limits.sessionMinutes * MINUTE_MS,
        usedAt.getTime() + limits.idleMinutes * MINUTE_MS,
      ),
    );
  const read = async (key: string): Promise<Found | null> => {
    const kept = await vault.get(key);
    const parsed = sessionSchema.safeParse(kept);
    return parsed.success && endOf(parsed.data) > clock() ? { kept, session: parsed.data } : null;
  };

  const refreshed = async (key: string, found: Found): Promise<Session | null> => {
    const { session } = found;
    if (session.refreshToken === null) {
      await vault.take(key);
      return null;
    }
    try {
      const granted = await issuer.refresh(session.refreshToken, session.person);
      const next: Session = {
        ...session,
        ...granted,
        person: { ...granted.person, groups: [...granted.person.groups] },
        idToken: granted.idToken ?? session.idToken,
        usedAt: clock(),
      };
      return await keepOver(key, found, next);
    } catch (error) {
      if (!(error instanceof NotVouchedFor)) throw error;
      return refreshedElsewhere(key, session);
    }
  };

  /** Keeps what the issuer granted, unless the session ended meanwhile: that does not come back. */
  const keepOver = async (key: string, found: Found, next: Session): Promise<Session | null> => {
    let over: Found | null = found;
    while (over !== null) {
      if (await vault.replace(key, over.kept, next, endOf(next))) return next;
      // It was used meanwhile, and that was written down.
      over = await read(key);
    }
    return null;
  };

  /**
   * A refresh token may count once. Where another process was first with it, which the issuer tells as a
   * refusal, what that one was granted stands in the vault shortly after; else the session ends.
   */
  const refreshedElsewhere = async (key: string, before: Session): Promise<Session | null> => {
    for (let look = 0; look < LOOKS; look += 1) {
      const found = await read(key);
      if (!found) return null;
      if (found.session.refreshToken !== before.refreshToken) return found.session;
      await delay(LOOK_AGAIN_MS);
    }
    await vault.take(key);
    return null;
  };

  return {
    begin: async (granted) => {
      const secret = randomBytes(32).toString('base64url');
      const now = clock();
      const person = { ...granted.person, groups: [...granted.person.groups] };
      const session: Session = { ...granted, person, begunAt: now, usedAt: now };
      await vault.put(keyOf(secret), session, endOf(session));
      return secret;
    },
    find: async (secret) => {
      const key = keyOf(secret);
      const found = await read(key);
      if (!found) return null;
      const { kept, session } = found;
      const now = clock();
      if (session.until.getTime() - AHEAD_MS <= now.getTime()) {
        // Requests that come together ask with the token together.
        const asking =
          refreshing.get(key) ?? refreshed(key, found).finally(() => refreshing.delete(key));
        refreshing.set(key, asking);
        return (await asking)?.person ?? null;
      }
      if (now.getTime() - session.usedAt.getTime() >= NOTED_EVERY_MS) {
        const used: Session = { ...session, usedAt: now };
        // Where it changed meanwhile, another request has written it down, or it has ended.
        await vault.replace(key, kept, used, endOf(used));
      }
      return session.person;
    },
    end: async (secret) => {
      const parsed = sessionSchema.safeParse(await vault.take(keyOf(secret)));
      return parsed.success ? parsed.data.idToken : null;
    },
  };
}
