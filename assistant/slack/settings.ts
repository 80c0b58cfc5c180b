import { z } from 'zod';
import { isTimeZone } from '../server/time-zone.ts';

/** The environment variables all begin with this; `KMS_INSIGHTS_SLACK_SIGNING_SECRET` and so on. */
export const SLACK_PREFIX = 'KMS_INSIGHTS_SLACK_';

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

const count = (min: number, max: number, byDefault: number) =>
  z.coerce.number().int().min(min).max(max).default(byDefault);

const settingsSchema = z.object({
  /** The app's signing secret. It has no flag: flags are seen by everyone on a machine. */
  signingSecret: z
    .string({ error: 'is missing' })
    .regex(
      /^\S{16,}$/,
      "is not a signing secret, as the app's page under Basic Information has it",
    ),
  /** The file that says who may ask, and about which accounts. */
  access: z.string({ error: 'is missing: the file that says who may ask' }),
  /** The address of the page, for links in answers; none where the page cannot be reached from Slack. */
  webUrl: z
    .string()
    .refine((text) => {
      const url = urlOf(text);
      const isSafe = url?.protocol === 'https:';
      return isSafe || (url?.protocol === 'http:' && loopback.has(url.hostname));
    }, 'is not an address that begins with https://')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  /** For "yesterday" and "since March": what Slack sends does not say where the caller is. */
  timeZone: z.string().refine(isTimeZone, 'is not an IANA time zone').default('UTC'),
  /** Questions that are answered at once, and that may wait for it. */
  atOnce: count(1, 100, 4),
  waiting: count(0, 10_000, 100),
  /** Where answers are sent. Another than Slack's may be set for tests, on this machine only. */
  responseOrigin: z
    .string()
    .refine((text) => {
      const url = urlOf(text);
      return url?.origin === text && url.protocol === 'http:' && loopback.has(url.hostname);
    }, 'is for tests, and has the form http://127.0.0.1:PORT')
    .default('https://hooks.slack.com'),
});

export type SlackSettings = z.infer<typeof settingsSchema>;

/** `atOnce` is `AT_ONCE`. */
const asVariable = (name: string) =>
  SLACK_PREFIX + name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

export type SlackSettingsOutcome =
  /** Null where there are none, and Slack is not served. */
  | { readonly ok: true; readonly settings: SlackSettings | null }
  /** `message` names the variable, and what is wrong; never the secret. */
  | { readonly ok: false; readonly message: string };

/** The settings of the Slack app, from environment variables with {@link SLACK_PREFIX}. */
export function readSlackSettings(
  env: Readonly<Record<string, string | undefined>>,
): SlackSettingsOutcome {
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
  return { ok: false, message: `${name}: ${issue?.message}.` };
}
