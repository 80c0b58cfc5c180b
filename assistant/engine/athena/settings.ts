import { z } from 'zod';
import { DATABASE } from '../../../collector/schema/relations.ts';

/** The environment variables all begin with this; `KMS_INSIGHTS_ATHENA_WORKGROUP` and so on. */
export const ATHENA_PREFIX = 'KMS_INSIGHTS_ATHENA_';

const count = (min: number, max: number, byDefault: number) =>
  z.coerce.number().int().min(min).max(max).default(byDefault);

const settingsSchema = z
  .object({
    /** Default: as the AWS SDK finds it (AWS_REGION, the profile). */
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'is not a Region such as eu-central-1')
      .optional(),
    workgroup: z
      .string()
      .regex(/^[\w.-]{1,128}$/, 'has 1 to 128 letters, digits, dots, dashes and underscores')
      .default('kms-insights'),
    /** The database of the data catalog that holds the tables. */
    database: z
      .string()
      .regex(/^[a-z0-9_]{1,255}$/, 'has lower-case letters, digits and underscores')
      .default(DATABASE),
    catalog: z.string().min(1).max(256).default('AwsDataCatalog'),
    /** The oldest result that Athena may reuse; 0 for none. At most a week, says Athena. */
    reuseMinutes: count(0, 10_080, 60),
    /** After this a query is stopped, the reading of its result included. */
    timeLimitSeconds: count(1, 1_800, 60),
    /** US dollars for a terabyte scanned: "Amazon Athena pricing", SQL queries, per query. */
    pricePerTbUsd: z.coerce.number().min(0).max(1_000).default(5),
    /** The first wait before asking how a query is doing; grows up to the longest. */
    pollFirstMs: count(10, 10_000, 100),
    pollLongestMs: count(10, 60_000, 1_500),
    /** The most rows, and the most bytes of text in them, that are read of one result. */
    maxRows: count(1, 1_000_000, 1_000_000),
    maxBytes: count(1_000, 1_000_000_000, 64_000_000),
    /** Whether the tables hold Example Corp, so that no answer is taken for one about real keys. */
    simulated: z
      .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
      .default(false),
  })
  .refine((s) => s.pollFirstMs <= s.pollLongestMs, {
    path: ['pollFirstMs'],
    message: 'is longer than the longest wait',
  });

export type AthenaSettings = z.infer<typeof settingsSchema>;

/** `reuseMinutes` is `REUSE_MINUTES`. */
const asVariable = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

export type SettingsOutcome =
  | { readonly ok: true; readonly settings: AthenaSettings }
  /** `message` names the setting, by its flag or its environment variable, and what is wrong. */
  | { readonly ok: false; readonly message: string };

/**
 * The settings of the Athena engine: what was given on the command line, then the environment
 * variables with {@link ATHENA_PREFIX}, then defaults.
 */
export function readAthenaSettings(
  env: Readonly<Record<string, string | undefined>>,
  flags: Partial<Pick<AthenaSettings, 'workgroup' | 'region' | 'database' | 'catalog'>> = {},
): SettingsOutcome {
  const given: Record<string, string> = {};
  for (const name of Object.keys(settingsSchema.shape)) {
    const value = env[ATHENA_PREFIX + asVariable(name)];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const parsed = settingsSchema.safeParse({ ...given, ...flags });
  if (parsed.success) return { ok: true, settings: parsed.data };
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  const place = name in flags ? `--${name}` : ATHENA_PREFIX + asVariable(name);
  return { ok: false, message: `${place}: ${issue?.message}.` };
}
