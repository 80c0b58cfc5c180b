/**
 * Keeps what a sign-in or a session needs, each under a key that only its owner knows, until it expires.
 * Values are JSON.
 */
export interface Vault {
  readonly get: (key: string) => Promise<unknown>;
  readonly put: (key: string, value: unknown, expiresAt: Date) => Promise<void>;
  /** Puts `value` where what is there is `before`, as it was got; false, and nothing is changed, elsewhere. */
  readonly replace: (
    key: string,
    before: unknown,
    value: unknown,
    expiresAt: Date,
  ) => Promise<boolean>;
  /** Removes it; what it was, to one caller only. */
  readonly take: (key: string) => Promise<unknown>;
}

interface Kept {
  readonly json: string;
  readonly expiresAt: Date;
}

/** Keeps in memory: all sessions end with the process. */
export function memoryVault(clock: () => Date, most = 10_000): Vault {
  const kept = new Map<string, Kept>();
  const alive = (key: string) => {
    const found = kept.get(key);
    if (found && found.expiresAt > clock()) return found.json;
    kept.delete(key);
    return undefined;
  };
  const parsed = (json: string | undefined): unknown =>
    json === undefined ? undefined : JSON.parse(json);
  const put = (key: string, value: unknown, expiresAt: Date) => {
    kept.delete(key);
    kept.set(key, { json: JSON.stringify(value), expiresAt });
    const oldest = kept.keys().next().value;
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  };
  return {
    get: async (key) => parsed(alive(key)),
    put: async (key, value, expiresAt) => put(key, value, expiresAt),
    replace: async (key, before, value, expiresAt) => {
      if (alive(key) !== JSON.stringify(before)) return false;
      put(key, value, expiresAt);
      return true;
    },
    take: async (key) => {
      const json = alive(key);
      kept.delete(key);
      return parsed(json);
    },
  };
}
