/**
 * Keeps what a sign-in or a session needs, each under a key that only its owner knows, until it expires.
 * Values are JSON.
 */
export interface Vault {
  readonly get: (key: string) => Promise<unknown>;
  readonly put: (key: string, value: unknown, expiresAt: Date) => Promise<void>;
  /** Removes it; what it was, to one caller only. */
  readonly take: (key: string) => Promise<unknown>;
}

interface Kept {
  readonly value: unknown;
  readonly expiresAt: Date;
}

/** Keeps in memory: all sessions end with the process. */
export function memoryVault(clock: () => Date, most = 10_000): Vault {
  const kept = new Map<string, Kept>();
  const alive = (key: string) => {
    const found = kept.get(key);
    if (found && found.expiresAt > clock()) return found.value;
    kept.delete(key);
    return undefined;
  };
  return {
    get: async (key) => alive(key),
    put: async (key, value, expiresAt) => {
      kept.delete(key);
      kept.set(key, { value, expiresAt });
      const oldest = kept.keys().next().value;
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
    take: async (key) => {
      const value = alive(key);
      kept.delete(key);
      return value;
    },
  };
}
