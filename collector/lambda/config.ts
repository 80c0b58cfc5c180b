import { S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { athenaApi } from '../aws/athena.ts';
import { connect } from '../aws/sdk.ts';
import { analyzeKey } from '../policy/analyze.ts';
import { rateBudgets } from '../read/rate-budget.ts';
import type { CollectOptions } from '../run/options.ts';
import { s3Store } from '../snapshot/s3-store.ts';
import { MOST_TRAIL_DAYS } from '../usage/trail.ts';
import { tableName } from '../usage/trail-table.ts';

const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().min(1)));

/** The environment variables of the functions. */
const environment = z.object({
  KMS_INSIGHTS_BUCKET: z.string().min(3),
  KMS_INSIGHTS_PREFIX: z.string().default(''),
  KMS_INSIGHTS_ROLE_NAME: z.string().default('KMSInsightsReadRole'),
  KMS_INSIGHTS_EXTERNAL_ID: z.string().optional(),
  KMS_INSIGHTS_ACCOUNTS: list.optional(),
  KMS_INSIGHTS_REGIONS: list.optional(),
  KMS_INSIGHTS_VALID_ACTIONS: list.optional(),
  KMS_INSIGHTS_QUOTA_SHARE: z.coerce.number().gt(0).lte(1).default(0.95),
  KMS_INSIGHTS_LOOKUP_MINUTES: z.coerce.number().nonnegative().default(15),
  KMS_INSIGHTS_KEEP_SNAPSHOTS: z.coerce.number().int().positive().default(30),
  KMS_INSIGHTS_TRAIL_TABLE: z.string().regex(tableName, 'is no database.table').optional(),
  KMS_INSIGHTS_TRAIL_WORKGROUP: z.string().default('primary'),
  KMS_INSIGHTS_TRAIL_REGION: z.string().optional(),
  KMS_INSIGHTS_TRAIL_DAYS: z.coerce.number().int().min(1).max(MOST_TRAIL_DAYS).default(90),
  KMS_INSIGHTS_TRAIL_MINUTES: z.coerce.number().positive().default(10),
});

/** What a function collects, with what and into where. Throws with the name of a variable at fault. */
export async function optionsFrom(
  env: Readonly<Record<string, string | undefined>>,
): Promise<CollectOptions> {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    throw new Error(`The function is not configured: ${z.prettifyError(parsed.error)}`);
  }
  const v = parsed.data;
  const { api } = await connect({
    role: {
      name: v.KMS_INSIGHTS_ROLE_NAME,
      externalId: v.KMS_INSIGHTS_EXTERNAL_ID,
      sessionName: 'kms-insights',
    },
  });
  return {
    aws: api,
    store: s3Store(new S3Client({}), {
      bucket: v.KMS_INSIGHTS_BUCKET,
      prefix: v.KMS_INSIGHTS_PREFIX,
    }),
    clock: () => new Date(),
    origin: 'aws',
    seed: null,
    analyze: analyzeKey,
    callFor: rateBudgets({ share: v.KMS_INSIGHTS_QUOTA_SHARE }),
    lookupBudgetMs: v.KMS_INSIGHTS_LOOKUP_MINUTES * 60_000,
    keepSnapshots: v.KMS_INSIGHTS_KEEP_SNAPSHOTS,
    ...(v.KMS_INSIGHTS_TRAIL_TABLE === undefined
      ? {}
      : {
          trail: {
            athena: athenaApi({ region: v.KMS_INSIGHTS_TRAIL_REGION }),
            settings: {
              table: v.KMS_INSIGHTS_TRAIL_TABLE,
              workgroup: v.KMS_INSIGHTS_TRAIL_WORKGROUP,
              days: v.KMS_INSIGHTS_TRAIL_DAYS,
              timeLimitMs: v.KMS_INSIGHTS_TRAIL_MINUTES * 60_000,
            },
          },
        }),
    ...(v.KMS_INSIGHTS_ACCOUNTS
      ? { only: v.KMS_INSIGHTS_ACCOUNTS.map((accountId) => ({ accountId })) }
      : {}),
    ...(v.KMS_INSIGHTS_REGIONS ? { regions: v.KMS_INSIGHTS_REGIONS } : {}),
    ...(v.KMS_INSIGHTS_VALID_ACTIONS ? { validActions: v.KMS_INSIGHTS_VALID_ACTIONS } : {}),
  };
}
