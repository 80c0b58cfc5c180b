import { z } from 'zod';

/** The environment variables all begin with this; `KMS_INSIGHTS_AUTH_ISSUER` and so on. */
export const AUTH_PREFIX = 'KMS_INSIGHTS_AUTH_';

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** HTTPS, or plain HTTP on this machine, where nobody else listens. */
const safeUrl = z
  .string()
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url?.username !== '' || url.hash !== '' || url.search !== '') return false;
    return url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname));
  }, 'is not an address that begins with https://')
  .transform((text) => text.replace(/\/+$/, ''));

const minutes = (byDefault: number) =>
  z.coerce.number().int().min(1).max(10_080).default(byDefault);
const count = (byDefault: number) =>
  z.coerce.number().int().min(1).max(1_000_000).default(byDefault);

const settingsSchema = z.object({
  /** The issuer of OpenID Connect; for Cognito https://cognito-idp.REGION.amazonaws.com/POOL. */
  issuer: safeUrl,
  clientId: z.string({ error: 'is missing' }).min(1).max(200),
  /** It has no flag: flags are seen by everyone on a machine. A public client has none. */
  clientSecret: z.string().min(1).optional(),
  /** The address under which people open the page. */
  publicUrl: safeUrl,
  /** The file that says which groups may see what. */
  access: z.string({ error: 'is missing: the file that says who may see what' }),
  scopes: z.string().default('openid email profile'),
  /** The claims of the ID token that may hold a person's groups. */
  groupClaims: z
    .string()
    .default('cognito:groups groups')
    .transform((text) => text.split(/[\s,]+/).filter((claim) => claim !== '')),
  /** The domain of Cognito's pages, which has a way of its own of signing out. */
  cognitoDomain: safeUrl.optional(),
  /** A session ends this long after signing in, and this long after it was last used. */
  sessionMinutes: minutes(8 * 60),
  idleMinutes: minutes(60),
  /** The most questions of one person. */
  perMinute: count(20),
  perDay: count(500),
});

export type AuthSettings = z.infer<typeof settingsSchema>;

/** `clientId` is `CLIENT_ID`. */
const asVariable = (name: string) =>
  AUTH_PREFIX + name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

export type AuthSettingsOutcome =
  /** Null where there are none, and nobody is asked who they are. */
  | { readonly ok: true; readonly settings: AuthSettings | null }
  /** `message` names the variable, and what is wrong; never the secret. */
  | { readonly ok: false; readonly message: string };

/** How people sign in, from environment variables with {@link AUTH_PREFIX}. */
export function readAuthSettings(
  env: Readonly<Record<string, string | undefined>>,
): AuthSettingsOutcome {
  const given: Record<string, string> = {};
  for (const name of Object.keys(settingsSchema.shape)) {
    const value = env[asVariable(name)];
    if (value !== undefined && value !== '') given[name] = value;
  }
  if (Object.keys(given).length === 0) return { ok: true, settings: null };
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return { ok: true, settings: parsed.data };
  const issue = parsed.error.issues[0];
  const name = asVariable(String(issue?.path[0] ?? ''));
  const missing = issue?.code === 'invalid_type' && !(String(issue.path[0]) in given);
  return { ok: false, message: `${name}: ${missing ? 'is missing' : issue?.message}.` };
}
