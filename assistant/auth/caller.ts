import type { AccountScope } from '../assistant.ts';

/** Who asks over HTTP, and what they may. */
export interface Caller {
  /** As the audit log names them: their verified e-mail address, else their name at the issuer. */
  readonly user: string;
  /** What the page calls them. */
  readonly name: string;
  /** An admin may read the audit log. */
  readonly role: Role;
  /** The accounts whose data they may see; null for all. */
  readonly accountScope: AccountScope;
}

export type Role = 'viewer' | 'admin';

/** Whoever reaches a server that asks nobody who they are: it listens on loopback only. */
export const localCaller: Caller = {
  user: 'local',
  name: 'local',
  role: 'admin',
  accountScope: null,
};
