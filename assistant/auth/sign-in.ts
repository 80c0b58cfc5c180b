import type { Assistant } from '../assistant.ts';
import type { SignIn } from '../server/serve.ts';
import type { Access } from './access.ts';
import { openGate } from './gate.ts';
import { openIssuer } from './issuer.ts';
import { placedAccounts } from './placed-accounts.ts';
import { type Counter, memoryCounter, rateLimit } from './rate-limit.ts';
import { openSessions } from './sessions.ts';
import type { AuthSettings } from './settings.ts';
import { memoryVault, type Vault } from './vault.ts';

export interface SignInOptions {
  readonly settings: AuthSettings;
  readonly access: Access;
  readonly assistant: Assistant;
  readonly log: (message: string, details: Record<string, unknown>) => void;
  readonly clock?: () => Date;
  /** Where sign-ins and sessions are kept, and questions counted; left out, in this process. */
  readonly vault?: Vault;
  readonly counter?: Counter;
}

/** Puts together what lets people in. */
export function openSignIn({
  settings,
  access,
  assistant,
  log,
  clock = () => new Date(),
  vault,
  counter = memoryCounter(clock),
}: SignInOptions): SignIn {
  const issuer = openIssuer(settings, clock);
  // Anyone may begin to sign in as often as they like: that must not push sessions out of memory.
  const attempts = vault ?? memoryVault(clock);
  const sessions = openSessions(vault ?? memoryVault(clock), issuer, settings, clock);
  const accounts = placedAccounts(assistant);
  return {
    gate: openGate({ settings, access, issuer, sessions, attempts, accounts, clock, log }),
    rateLimit: rateLimit(counter, settings, clock),
    publicUrl: settings.publicUrl,
  };
}
