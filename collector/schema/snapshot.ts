import { z } from 'zod';

/**
 * The layout of a data folder (or bucket prefix), shared by the collector that writes it and the
 * engines that read it.
 *
 *     current.json                              names the snapshot in force; replaced in one step
 *     snapshots/<snapshot id>/manifest.json     what the snapshot holds; written last
 *     snapshots/<snapshot id>/<table>.parquet   the rows
 *     runs/<run id>/…                           work in progress
 */

/** Raised when a reader of the previous format would misread the new one. */
export const SNAPSHOT_FORMAT = 1;

export const paths = {
  current: 'current.json',
  manifest: (snapshotId: string) => `snapshots/${snapshotId}/manifest.json`,
  table: (snapshotId: string, table: string) => `snapshots/${snapshotId}/${table}.parquet`,
  snapshot: (snapshotId: string) => `snapshots/${snapshotId}`,
  run: (runId: string) => `runs/${runId}`,
} as const;

/** Snapshot and run ids: sortable by time, safe as a file name. Example: 20261123T000000Z-1a2b3c4d. */
export const snapshotIdPattern = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/;

export const currentSchema = z.object({
  format: z.number().int(),
  snapshotId: z.string().regex(snapshotIdPattern),
});
export type Current = z.infer<typeof currentSchema>;

export const manifestSchema = z.object({
  format: z.number().int(),
  snapshotId: z.string().regex(snapshotIdPattern),
  /** The moment all data speaks of (UTC, ISO 8601): when the collection began. */
  asOf: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  /** `simulated` for Example Corp, `aws` for a real organization. */
  origin: z.enum(['simulated', 'aws']),
  organizationId: z.string().nullable(),
  seed: z.number().int().nullable(),
  tables: z.record(
    z.string(),
    z.object({
      rows: z.number().int().nonnegative(),
      bytes: z.number().int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  /** Account-Regions by collection status. */
  coverage: z.object({
    ok: z.number().int().nonnegative(),
    partial: z.number().int().nonnegative(),
    failed: z.number().int().nonnegative(),
    skipped: z.number().int().nonnegative(),
  }),
});
export type Manifest = z.infer<typeof manifestSchema>;
