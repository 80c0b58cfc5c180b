import { z } from 'zod';

/** The environment variables all begin with this; `KMS_INSIGHTS_QUICKSIGHT_ACCOUNT_ID` and so on. */
export const QUICKSIGHT_PREFIX = 'KMS_INSIGHTS_QUICKSIGHT_';

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;

const settingsSchema = z
  .object({
    /** The account of the QuickSight subscription. */
    accountId: z.string({ error: 'is missing' }).regex(/^\d{12}$/, 'is not an account id'),
    /** Where the dashboard is. */
    region: z
      .string({ error: 'is missing' })
      .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'is not a Region such as eu-central-1'),
    dashboardId: z
      .string({ error: 'is missing' })
      .regex(/^[\w-]{1,512}$/, 'is not the id of a dashboard'),
    /** The QuickSight user as whom everyone sees the dashboard. */
    userArn: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:quicksight:[a-z0-9-]+:\d{12}:user\/[^/\s]+\/\S+$/,
        'is not the ARN of a QuickSight user',
      )
      .optional(),
    /** In place of a user: the namespace for anonymous embedding, which needs capacity pricing. */
    namespace: z
      .string()
      .regex(/^[\w.-]{1,64}$/, 'is not a namespace such as default')
      .optional(),
    /** How long one may look at the dashboard before the page takes a new URL; 15 to 600, says QuickSight. */
    sessionMinutes: z.coerce.number().int().min(15).max(600).default(60),
    /** The origin of the page, allowed for each URL; by default what QuickSight's own list allows. */
    pageOrigin: z
      .string()
      .refine(isOrigin, 'is not an origin such as https://kms.example.com')
      .optional(),
    /** From where QuickSight serves the frame; by default its host of the Region. */
    frameOrigin: z
      .string()
      .refine(
        (text) => isOrigin(text) && text.startsWith('https://'),
        'is not an origin that begins with https://',
      )
      .optional(),
  })
  .refine((given) => (given.userArn === undefined) !== (given.namespace === undefined), {
    path: ['userArn'],
    message: 'or NAMESPACE must be given, and not both',
  })
  .transform(({ frameOrigin, ...given }) => ({
    ...given,
    frameOrigin: frameOrigin ?? `https://${given.region}.quicksight.aws.amazon.com`,
  }));

export type QuickSightSettings = z.infer<typeof settingsSchema>;

/** `dashboardId` is `DASHBOARD_ID`. */
const asVariable = (name: string) =>
  QUICKSIGHT_PREFIX + name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const names = [
  'accountId',
  'region',
  'dashboardId',
  'userArn',
  'namespace',
  'sessionMinutes',
  'pageOrigin',
  'frameOrigin',
] as const;

export type QuickSightSettingsOutcome =
  /** Null where there are none, and the page has its built-in dashboard only. */
  | { readonly ok: true; readonly settings: QuickSightSettings | null }
  /** `message` names the variable, and what is wrong. */
  | { readonly ok: false; readonly message: string };

/** The settings of the QuickSight dashboard, from environment variables with {@link QUICKSIGHT_PREFIX}. */
export function readQuickSightSettings(
  env: Readonly<Record<string, string | undefined>>,
): QuickSightSettingsOutcome {
  const given: Record<string, string> = {};
  for (const name of names) {
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
