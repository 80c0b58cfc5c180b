import { createHash, randomBytes } from 'node:crypto';
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
  const keep = async (key: string, session: Session) => {
    await vault.put(key, session, endOf(session));
    return session;
  };

  const refreshed = async (key: string, session: Session): Promise<Session | null> => {
    if (session.refreshToken === null) {
      await vault.take(key);
      return null;
    }
    try {
      const granted = await issuer.refresh(session.refreshToken, session.person);
      // Ended meanwhile, it does not come back.
      if ((await vault.get(key)) === undefined) return null;
      const groups = [...granted.person.groups];
      return await keep(key, {
        ...session,
        ...granted,
        person: { ...granted.person, groups },
        idToken: granted.idToken ?? session.idToken,
        usedAt: clock(),
      });
    } catch (error) {
      if (!(error instanceof NotVouchedFor)) throw error;
      await vault.take(key);
      return null;
    }
  };

  return {
    begin: async (granted) => {
      const secret = randomBytes(32).toString('base64url');
      const now = clock();
      const person = { ...granted.person, groups: [...granted.person.groups] };
      await keep(keyOf(secret), { ...granted, person, begunAt: now, usedAt: now });
      return secret;
    },
    find: async (secret) => {
      const key = keyOf(secret);
      const parsed = sessionSchema.safeParse(await vault.get(key));
      if (!parsed.success) return null;
      const session = parsed.data;
      const now = clock();
      if (endOf(session) <= now) return null;
      if (session.until.getTime() - AHEAD_MS <= now.getTime()) {
        // A refresh token may count once: requests that come together ask with it together.
        const asking =
          refreshing.get(key) ?? refreshed(key, session).finally(() => refreshing.delete(key));
        refreshing.set(key, asking);
        return (await asking)?.person ?? null;
      }
      if (now.getTime() - session.usedAt.getTime() >= NOTED_EVERY_MS) {
        await keep(key, { ...session, usedAt: now });
      }
      return session.person;
    },
    end: async (secret) => {
      const parsed = sessionSchema.safeParse(await vault.take(keyOf(secret)));
      return parsed.success ? parsed.data.idToken : null;
    },
  };
}
