import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

/**
 * The configuration of a deployment: `infra/config.yaml` describes every setting. Stacks take what
 * is read here, and nothing else.
 */

const accountId = z
  .string({
    error: ({ input }) =>
      typeof input === 'number' ? 'is a number; put the account id between quotes' : undefined,
  })
  .regex(/^\d{12}$/, 'is not an account id of 12 digits');
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'is not a Region such as eu-central-1');
const email = z.email('is not an e-mail address');
const days = (byDefault: number) => z.int().min(1).max(3653).default(byDefault);
/** A setting that is off, or has settings of its own. YAML 1.1 readers take `off` for false. */
const orOff = <T extends z.ZodType>(on: T) =>
  z.union([z.literal('off'), z.literal(false).transform(() => 'off' as const), on], {
    error: 'is neither `off` nor what it should be',
  });
const allOr = <T extends z.ZodType>(item: T) =>
  z.union([z.literal('all'), z.array(item).min(1)], {
    error: 'is neither `all` nor a list',
  });

/** CloudWatch Logs keeps for these many days alone (PutRetentionPolicy, `retentionInDays`). */
const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

const deployment = z.strictObject({
  account: accountId,
  region,
  prefix: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/,
      'has 3 to 24 lower-case letters, digits and dashes, the first a letter',
    )
    .default('kms-insights'),
  tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}),
});

const memberRole = z.strictObject({
  targets: orOff(
    z
      .array(
        z
          .string()
          .regex(
            /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/,
            'is not the id of a root (r-…) or an organizational unit (ou-…)',
          ),
      )
      .min(1),
  ),
  name: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/, 'is not the name of a role')
    .default('KMSInsightsReadRole'),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'is not an external id')
    .optional(),
});

const organization = z.strictObject({
  id: z.string().regex(/^o-[a-z0-9]{10,32}$/, 'is not the id of an organization (o-…)'),
  administrator: z.enum(['delegated', 'management']).default('delegated'),
  memberRole,
});

const trail = z.strictObject({
  table: z.string().regex(/^[\w-]+\.[\w-]+$/, 'is not `database.table`'),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'is not the name of a bucket'),
  keyArn: z
    .string()
    .regex(/^arn:[^:]+:kms:[^:]+:\d{12}:key\/[\w-]+$/, 'is not the ARN of a key')
    .optional(),
  days: z.int().min(1).max(90).default(90),
  queryMegabytes: z.int().min(10).default(1_048_576),
});

const collection = z.strictObject({
  accounts: allOr(accountId).default('all'),
  regions: allOr(region).default('all'),
  schedule: z
    .string()
    .regex(
      /^(?:rate\(\d+ (?:minute|hour|day)s?\)|cron\((?:[^\s()]+ ){5}[^\s()]+\))$/,
      'is neither rate(1 day) nor cron(0 5 * * ? *)',
    )
    .default('cron(0 5 * * ? *)'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'is not a time zone such as Europe/Berlin')
    .default('Etc/UTC'),
  validActions: allOr(
    z.string().regex(/^[A-Z][A-Za-z]+$/, 'is not an operation such as Decrypt'),
  ).default('all'),
  processor: z.enum(['x64', 'arm64']).default('x64'),
  keepSnapshots: z.int().min(2).max(3653).default(400),
  trail: orOff(trail).default('off'),
});

const identity = z.discriminatedUnion('provider', [
  z.strictObject({ provider: z.literal('cognito') }),
  z.strictObject({ provider: z.literal('saml'), metadataUrl: z.url({ protocol: /^https$/ }) }),
  z.strictObject({
    provider: z.literal('oidc'),
    issuer: z.url({ protocol: /^https$/ }),
    clientId: z.string().min(1),
    clientSecretName: z.string().min(1),
  }),
]);

const assistant = z.strictObject({
  model: z
    .union([
      z.literal('offline'),
      z.strictObject({ id: z.string().min(1).max(2048), region: region.optional() }),
    ])
    .default('offline'),
  identity: identity.default({ provider: 'cognito' }),
  groups: z
    .record(
      z.string().regex(/^[\w+=,.@-]{1,128}$/, 'is not the name of a group'),
      z
        .strictObject({
          role: z.enum(['viewer', 'admin']).default('viewer'),
          accounts: allOr(accountId).optional(),
          ous: z.array(z.string().min(1).max(500)).min(1).optional(),
        })
        .refine(({ accounts, ous }) => accounts !== undefined || ous !== undefined, {
          error: 'says neither accounts nor ous; write `accounts: all` for every account',
        }),
    )
    .default({ 'kms-insights-admins': { role: 'admin', accounts: 'all' } }),
  domain: orOff(
    z.strictObject({
      name: z.string().regex(/^(?:[a-z0-9-]+\.)+[a-z]{2,}$/, 'is not a host name'),
      certificateArn: z
        .string()
        .regex(
          /^arn:[^:]+:acm:us-east-1:\d{12}:certificate\/.+$/,
          'is not the ARN of a certificate in us-east-1',
        ),
    }),
  ).default('off'),
  edgeWebAcl: orOff(
    z
      .string()
      .regex(
        /^arn:[^:]+:wafv2:us-east-1:\d{12}:global\/webacl\/[\w-]+\/[\w-]+$/,
        'is not the ARN of a web ACL for CloudFront, in us-east-1',
      ),
  ).default('off'),
  slack: orOff(
    z.strictObject({
      secretName: z.string().min(1),
      teams: z.array(z.string().regex(/^T[A-Z0-9]+$/, 'is not the id of a team (T…)')).min(1),
      channels: z.array(z.string().regex(/^[CGD][A-Z0-9]+$/, 'is not a channel id')).default([]),
    }),
  ).default('off'),
});

const schema = z.strictObject({
  deployment,
  organization,
  collection: collection.prefault({}),
  assistant: assistant.prefault({}),
  dashboard: z
    .strictObject({
      quickSight: orOff(
        z
          .string()
          .regex(
            /^arn:[^:]+:quicksight:[^:]+:\d{12}:(?:user|group)\/.+$/,
            'is not the ARN of a QuickSight user or group',
          ),
      ).default('off'),
    })
    .prefault({}),
  retention: z
    .strictObject({
      logDays: z
        .int()
        .refine((n) => LOG_DAYS.includes(n), `is none of ${LOG_DAYS.join(', ')}`)
        .default(90),
      resultDays: days(7),
      accessLogDays: days(365),
      auditDays: days(2557),
      answerDays: days(90),
    })
    .prefault({}),
  cost: z
    .strictObject({
      queryMegabytes: z.int().min(10).default(10_240),
      monthlyBudgetUsd: z.number().positive().default(200),
    })
    .prefault({}),
  alarms: z.strictObject({
    email,
    staleHours: z
      .int()
      .min(1)
      .max(24 * 7 - 1)
      .default(36),
    failedAccountRegions: z.int().nonnegative().default(0),
    blockedRequests: z.int().nonnegative().default(500),
  }),
});

export type Config = z.infer<typeof schema>;

/** The file cannot be used. The message names it, every place at fault, and what is wrong there. */
export class ConfigError extends Error {
  constructor(file: string, faults: readonly string[]) {
    super([`${file} cannot be used:`, ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads a configuration file. Throws {@link ConfigError}. */
export function readConfig(file: string): Config {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(file, [
      `it cannot be read (${(error as NodeJS.ErrnoException).code}); copy infra/config.yaml`,
    ]);
  }
  return parseConfig(text, file);
}

/** Checks the text of a configuration file. Throws {@link ConfigError}. */
export function parseConfig(text: string, file: string): Config {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new ConfigError(file, [error instanceof YAMLParseError ? error.message : String(error)]);
  }
  const parsed = schema.safeParse(withoutNulls(value), { error: said });
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    file,
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`),
  );
}

/** A setting without a value, such as a section whose settings are all commented out, is not set. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, v]) => (v === null ? [] : [[name, withoutNulls(v)]])),
  );
}

/** What is said where a setting has no words of its own. */
function said(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'is missing';
  if (issue.code !== 'unrecognized_keys') return undefined;
  return `has no setting ${issue.keys.map((key) => `\`${key}\``).join(', ')}; see infra/config.yaml`;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
