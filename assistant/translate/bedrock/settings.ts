import { z } from 'zod';

/** The environment variables all begin with this; `KMS_INSIGHTS_BEDROCK_MODEL` and so on. */
export const BEDROCK_PREFIX = 'KMS_INSIGHTS_BEDROCK_';

const count = (min: number, max: number, byDefault: number) =>
  z.coerce.number().int().min(min).max(max).default(byDefault);

/** What has the form `ID:VERSION`; the id may be an ARN, which has colons of its own. */
const guardrailPattern = /^([a-z0-9]+|arn:aws[^:]*:bedrock:\S+):(DRAFT|[1-9]\d{0,7})$/;

const settingsSchema = z.object({
  /** Default: as the AWS SDK finds it (AWS_REGION, the profile). */
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'is not a Region such as eu-central-1')
    .optional(),
  /** The id or the ARN of a model, an inference profile or a provisioned model, as Converse takes it. */
  model: z
    .string({ error: 'names no model' })
    .min(1, 'names no model')
    .max(2_048)
    .regex(/^[\w.:/-]+$/, 'has letters, digits and . : / - _'),
  guardrail: z
    .string()
    .regex(guardrailPattern, 'has the form ID:VERSION, with DRAFT or a number as the version')
    .transform((text) => {
      const [, id = '', version = ''] = guardrailPattern.exec(text) ?? [];
      return { id, version };
    })
    .optional(),
  /** Null sends none, for models that take none. */
  temperature: z
    .union([
      z
        .literal('none')
        .transform(() => null)
        .or(z.null()),
      z.coerce.number().min(0).max(1),
    ])
    .default(0),
  /** The most tokens of one reply; a model that thinks first counts its thoughts too. */
  maxTokens: count(256, 64_000, 8_000),
  /** Whether the part of the prompt that is the same for every question is marked to be cached. */
  promptCache: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .default(true),
  /** So many rows of a result are shown to the model for its words; with 0 it is shown none. */
  rows: count(0, 200, 30),
  /** After this a request is broken off. */
  requestSeconds: count(1, 600, 60),
  /** After this the model is given up for the question, all requests and waits included. */
  totalSeconds: count(1, 1_800, 120),
  /** How often a request is sent at most, when it fails in a way that may pass. */
  attempts: count(1, 10, 3),
});

export type BedrockSettings = z.infer<typeof settingsSchema>;

/** `maxTokens` is `MAX_TOKENS`. */
const asVariable = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

export type BedrockSettingsOutcome =
  | { readonly ok: true; readonly settings: BedrockSettings }
  /** `message` names the setting, by its flag or its environment variable, and what is wrong. */
  | { readonly ok: false; readonly message: string };

/**
 * The settings of the Bedrock translator: what was given on the command line, then the environment
 * variables with {@link BEDROCK_PREFIX}, then defaults. There is no default model: which one may be
 * used, and where it runs, is for whoever owns the data to say.
 */
export function readBedrockSettings(
  env: Readonly<Record<string, string | undefined>>,
  flags: { readonly model?: string; readonly region?: string; readonly guardrail?: string } = {},
): BedrockSettingsOutcome {
  const given: Record<string, string> = {};
  for (const name of Object.keys(settingsSchema.shape)) {
    const value = env[BEDROCK_PREFIX + asVariable(name)];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const parsed = settingsSchema.safeParse({ ...given, ...flags });
  if (parsed.success) return { ok: true, settings: parsed.data };
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  const place =
    name in flags || (name === 'model' && !(name in given))
      ? `--${name}`
      : BEDROCK_PREFIX + asVariable(name);
  return { ok: false, message: `${place}: ${issue?.message}.` };
}
