import { z } from 'zod';

/**
 * The layout of a data folder (or bucket prefix), shared by the collector that writes it and the
 * engines that read it.
 *
 *     current/snapshot.json          names the snapshot in force; replaced in one step
 *     manifests/<snapshot id>.json   what the snapshot holds; written last
 *     tables/<table>/snapshot_date=<day>/<snapshot id>.parquet   the rows
 *     runs/<run id>/…                work in progress
 *
 * The pointer and the manifests are one line each, and a table has a folder of its own with one for each
 * day, so that a data catalog can be laid over them (decision 9). Snapshots of a day are told apart by
 * the names of their files.
 */

/** Raised when a reader of the previous format would misread the new one. */
export const SNAPSHOT_FORMAT = 2;

export const POINTER = 'current/snapshot.json';
export const MANIFESTS = 'manifests';
export const TABLES = 'tables';

/** The day that a snapshot speaks of (UTC), `YYYY-MM-DD`: its id begins with the moment. */
export const snapshotDay = (snapshotId: string) =>
  `${snapshotId.slice(0, 4)}-${snapshotId.slice(4, 6)}-${snapshotId.slice(6, 8)}`;

export const paths = {
  current: POINTER,
  manifest: (snapshotId: string) => `${MANIFESTS}/${snapshotId}.json`,
  table: (snapshotId: string, table: string) =>
    `${TABLES}/${table}/snapshot_date=${snapshotDay(snapshotId)}/${snapshotId}.parquet`,
  run: (runId: string) => `runs/${runId}`,
} as const;

/** The snapshot of a manifest or of a table's rows, by the name of the file; null for another file. */
export function snapshotOf(path: string): string | null {
  const id = path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:json|parquet)$/, '');
  return snapshotIdPattern.test(id) ? id : null;
}

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
