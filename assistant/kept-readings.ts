import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { baseTables } from '../collector/schema/tables.ts';
import type { AccountScope, Readings } from './assistant.ts';

/** Of which snapshot, within which scope. */
export interface ReadingsOf {
  readonly snapshotId: string;
  readonly accountScope: AccountScope;
}

/**
 * Readings that were made before, by this or another process: they are some 30 queries, of which each
 * waits for an engine that is far away. A snapshot does not change, so neither do they.
 */
export interface KeptReadings {
  /** Undefined where there are none. */
  readonly load: (of: ReadingsOf) => Promise<Readings | undefined>;
  readonly save: (of: ReadingsOf, readings: Readings) => Promise<void>;
}

const count = z.number().int().nonnegative();
const schema = z.object({
  snapshotId: z.string(),
  accountScope: z.array(z.string()).nullable(),
  coverage: z.object({
    coverage: z.object({ ok: count, partial: count, failed: count, skipped: count }),
    text: z.object({ en: z.string(), ja: z.string() }),
  }),
  /** By table and column, with a dot between. */
  columns: z.record(z.string(), z.array(z.string())),
  tags: z.array(z.tuple([z.string(), z.string()])),
  accounts: z.array(z.tuple([z.string(), z.string()])),
  callerRoles: z.array(z.string()),
  usageTrackedSince: z.string().optional(),
});
type Kept = z.infer<typeof schema>;

interface Place {
  readonly bucket: string;
  readonly prefix?: string;
  /** Names the code that reads: what other code read is not taken for its own. */
  readonly codeId: string;
  readonly log: (message: string, details: Record<string, unknown>) => void;
}

/**
 * Keeps readings in a bucket, an object for each snapshot and scope. Where it cannot be read or written,
 * that is said in the log, and the snapshot is read instead: nobody's question fails for it.
 */
export function s3Readings(
  s3: S3Client,
  { bucket, prefix = 'readings/', codeId, log }: Place,
): KeptReadings {
  const keyOf = ({ snapshotId, accountScope }: ReadingsOf) => {
    const scope = JSON.stringify(sorted(accountScope));
    const id = createHash('sha256').update(`${codeId}\n${scope}`).digest('hex');
    return `${prefix}${snapshotId}/${id}.json.gz`;
  };
  return {
    load: async (of) => {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(of) }));
        if (!Body) return undefined;
        const text = await promisify(gunzip)(await Body.transformToByteArray());
        const kept = schema.parse(JSON.parse(text.toString()));
        const isOfIt = JSON.stringify(describe(kept)) === JSON.stringify(describe(of));
        return isOfIt ? readingsOf(kept) : undefined;
      } catch (error) {
        if (!(error instanceof NoSuchKey)) log('kept readings could not be read', told(error));
        return undefined;
      }
    },
    save: async (of, readings) => {
      try {
        await s3.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: keyOf(of),
            Body: await promisify(gzip)(JSON.stringify(keptOf(of, readings))),
          }),
        );
      } catch (error) {
        log('readings could not be kept', told(error));
      }
    },
  };
}

const sorted = (scope: AccountScope) => scope && [...scope].sort();
const describe = ({ snapshotId, accountScope }: ReadingsOf): ReadingsOf => ({
  snapshotId,
  accountScope: sorted(accountScope),
});
const told = (error: unknown) => ({ error: error instanceof Error ? error.message : `${error}` });

function keptOf(of: ReadingsOf, { coverage, values }: Readings): Kept {
  const columns = baseTables.flatMap((table) =>
    Object.keys(table.columns).map(
      (name) => [`${table.name}.${name}`, values.column(table.name, name)] as const,
    ),
  );
  return {
    snapshotId: of.snapshotId,
    accountScope: of.accountScope && [...of.accountScope],
    coverage: { coverage: coverage.coverage, text: coverage.text },
    columns: Object.fromEntries(
      columns.filter(([, all]) => all.length > 0).map(([name, all]) => [name, [...all]]),
    ),
    tags: values.tags.map(({ key, value }) => [key, value]),
    accounts: values.accounts.map(({ id, name }) => [id, name]),
    callerRoles: [...values.callerRoles],
    usageTrackedSince: values.usageTrackedSince,
  };
}

function readingsOf({
  coverage,
  columns,
  tags,
  accounts,
  callerRoles,
  usageTrackedSince,
}: Kept): Readings {
  const known = new Map(Object.entries(columns));
  return {
    coverage,
    values: {
      column: (table, column) => known.get(`${table}.${column}`) ?? [],
      tags: tags.map(([key, value]) => ({ key, value })),
      accounts: accounts.map(([id, name]) => ({ id, name })),
      callerRoles,
      usageTrackedSince,
    },
  };
}
