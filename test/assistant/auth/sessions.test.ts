import { beforeEach, describe, expect, it } from 'vitest';
import { type Granted, NotVouchedFor } from '../../../assistant/auth/issuer.ts';
import { openSessions } from '../../../assistant/auth/sessions.ts';
import { memoryVault, type Vault } from '../../../assistant/auth/vault.ts';

/** What happens to a session when several requests, or processes, do something with it at once. */

const limits = { sessionMinutes: 480, idleMinutes: 60 };
const person = { subject: 'u1', user: 'ann', name: 'Ann', groups: ['auditors'] };
let now: Date;
const clock = () => now;
const pass = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const granted = (refreshToken: string, minutes = 5): Granted => ({
  person,
  refreshToken,
  idToken: null,
  until: new Date(now.getTime() + minutes * 60_000),
});
const neverAsked = { refresh: () => Promise.reject(new Error('not to be asked')) };

beforeEach(() => {
  now = new Date('2026-11-23T08:00:00Z');
});

/** A promise, and how it is kept. */
function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** A vault that does something else after a value was read, before the reader goes on. */
function interrupted(vault: Vault, meanwhile: () => Promise<unknown>): Vault {
  let once = true;
  return {
    ...vault,
    get: async (key) => {
      const value = await vault.get(key);
      if (once) {
        once = false;
        await meanwhile();
      }
      return value;
    },
  };
}

describe('a session that is ended', () => {
  it('does not come back by a request that had read it before', async () => {
    const vault = memoryVault(clock);
    const sessions = openSessions(vault, neverAsked, limits, clock);
    const secret = await sessions.begin(granted('r1', 600));
    // So long that its use is written down.
    pass(2);
    const slow = openSessions(
      interrupted(vault, () => sessions.end(secret)),
      neverAsked,
      limits,
      clock,
    );
    await slow.find(secret);
    expect(await sessions.find(secret)).toBeNull();
  });

  it('does not come back by what the issuer grants after', async () => {
    const vault = memoryVault(clock);
    const asked = withResolvers<null>();
    const grant = withResolvers<Granted>();
    const refresh = () => {
      asked.resolve(null);
      return grant.promise;
    };
    const sessions = openSessions(vault, { refresh }, limits, clock);
    const secret = await sessions.begin(granted('r1'));
    pass(5);
    const finding = sessions.find(secret);
    await asked.promise;
    await sessions.end(secret);
    grant.resolve(granted('r2'));
    expect(await finding).toBeNull();
    expect(await sessions.find(secret)).toBeNull();
  });
});

describe('processes that share their sessions', () => {
  /** Takes each refresh token once, and gives another for it. */
  function rotating() {
    const used = new Set<string>();
    return {
      used,
      refresh: async (token: string) => {
        if (used.has(token)) throw new NotVouchedFor('the token was used before');
        used.add(token);
        return granted(`${token}+`);
      },
    };
  }

  it('go on with what the first of them was granted', async () => {
    const vault = memoryVault(clock);
    const issuer = rotating();
    const processes = [1, 2, 3].map(() => openSessions(vault, issuer, limits, clock));
    const secret = (await processes[0]?.begin(granted('r'))) ?? expect.fail();
    pass(5);
    const found = await Promise.all(processes.map((p) => p.find(secret)));
    expect(found).toEqual([person, person, person]);
    expect([...issuer.used]).toEqual(['r']);
    pass(5);
    expect(await processes[1]?.find(secret)).toEqual(person);
    expect([...issuer.used]).toEqual(['r', 'r+']);
  });

  it('do not lose what was granted when another notes that the session was used', async () => {
    const vault = memoryVault(clock);
    const issuer = rotating();
    const sessions = openSessions(vault, issuer, limits, clock);
    const secret = await sessions.begin(granted('r'));
    // Old enough for its use to be noted, and for the other, whose clock is ahead, to refresh it.
    pass(2);
    const ahead = () => new Date(now.getTime() + 3 * 60_000);
    const other = openSessions(vault, issuer, limits, ahead);
    const slow = openSessions(
      interrupted(vault, () => other.find(secret)),
      issuer,
      limits,
      clock,
    );
    expect(await slow.find(secret)).toEqual(person);
    expect([...issuer.used]).toEqual(['r']);
    pass(6);
    expect(await sessions.find(secret)).toEqual(person);
    expect([...issuer.used]).toEqual(['r', 'r+']);
  });

  it('end it where the issuer vouches no more', async () => {
    const vault = memoryVault(clock);
    const refresh = () => Promise.reject(new NotVouchedFor('disabled'));
    const processes = [1, 2].map(() => openSessions(vault, { refresh }, limits, clock));
    const secret = (await processes[0]?.begin(granted('r'))) ?? expect.fail();
    pass(5);
    expect(await Promise.all(processes.map((p) => p.find(secret)))).toEqual([null, null]);
    expect(await processes[0]?.find(secret)).toBeNull();
  });
});
