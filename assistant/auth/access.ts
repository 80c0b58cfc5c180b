import { parse } from 'yaml';
import { z } from 'zod';
import type { AccountScope } from '../assistant.ts';
import type { Role } from './caller.ts';

/**
 * Who may see what: groups of the identity provider, each with a role and the accounts whose data its
 * members may see. Who is in none of them is refused; who is in several may do what any of them may.
 */

const group = z.strictObject({
  role: z.enum(['viewer', 'admin']).default('viewer'),
  accounts: z
    .union([z.literal('all'), z.array(z.string().regex(/^\d{12}$/)).min(1)], {
      error: 'is neither all nor a list of account ids, each of twelve digits in quotes',
    })
    .optional(),
  /** Paths of organizational units, such as Root/Workloads/Prod; those below them are meant too. */
  ous: z
    .array(
      z
        .string()
        .max(500)
        .transform((path) => path.replace(/\/+$/, ''))
        .refine((path) => path !== '', 'is not the path of an organizational unit'),
    )
    .min(1)
    .optional(),
});

const accessSchema = z
  .strictObject({ groups: z.record(z.string().min(1), group) })
  .refine(({ groups }) => Object.keys(groups).length > 0, {
    path: ['groups'],
    message: 'has no group, so nobody may sign in',
  })
  .superRefine(({ groups }, context) => {
    for (const [name, { accounts, ous }] of Object.entries(groups)) {
      if (accounts !== undefined || ous !== undefined) continue;
      context.addIssue({
        code: 'custom',
        path: ['groups', name],
        message: 'says neither accounts nor ous; write accounts: all for every account',
      });
    }
  });

export type Access = z.infer<typeof accessSchema>;

export type AccessOutcome =
  | { readonly ok: true; readonly access: Access }
  /** `message` names the place and what is wrong there. */
  | { readonly ok: false; readonly message: string };

/** Reads the access file: YAML, or JSON, which is YAML. */
export function readAccess(text: string): AccessOutcome {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  const parsed = accessSchema.safeParse(document);
  if (parsed.success) return { ok: true, access: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, message: `${issue?.path.join('.') || 'the file'}: ${issue?.message}` };
}

/** What the members of some groups may. */
export interface Rights {
  readonly role: Role;
  /** `all`, or the accounts and organizational units that are named. */
  readonly sees: 'all' | { readonly accounts: readonly string[]; readonly ous: readonly string[] };
}

/** What someone in these groups may; null where none of them is in the access file. */
export function rightsOf({ groups }: Access, memberOf: readonly string[]): Rights | null {
  const own = [...new Set(memberOf)].flatMap((name) =>
    Object.hasOwn(groups, name) && groups[name] ? [groups[name]] : [],
  );
  if (own.length === 0) return null;
  const role = own.some((g) => g.role === 'admin') ? 'admin' : 'viewer';
  if (own.some(({ accounts }) => accounts === 'all')) return { role, sees: 'all' };
  const listed = own.flatMap(({ accounts }) => (Array.isArray(accounts) ? accounts : []));
  return { role, sees: { accounts: listed, ous: own.flatMap(({ ous }) => ous ?? []) } };
}

/** An account, and the organizational unit it is in. */
export interface PlacedAccount {
  readonly id: string;
  readonly ouPath: string | null;
}

/** The accounts that rights come to in an organization as it is now, in order of their ids. */
export function scopeOf({ sees }: Rights, accounts: readonly PlacedAccount[]): AccountScope {
  if (sees === 'all') return null;
  const isIn = (path: string | null) =>
    path !== null && sees.ous.some((ou) => path === ou || path.startsWith(`${ou}/`));
  const within = accounts.filter(({ ouPath }) => isIn(ouPath)).map(({ id }) => id);
  return [...new Set([...sees.accounts, ...within])].sort();
}
