import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCurrent } from '../../../assistant/engine/duckdb/data-folder.ts';
import { openDuckdb } from '../../../assistant/engine/duckdb/duckdb.ts';
import { paths, SNAPSHOT_FORMAT } from '../../../collector/schema/snapshot.ts';

const snapshotId = '20261123T000000Z-0123abcd';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kms-insights-'));
});
afterEach(() => rm(folder, { recursive: true }));

const put = async (path: string, content: unknown) => {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
};

const manifest = (tables: object, format = SNAPSHOT_FORMAT) => ({
  format,
  snapshotId,
  asOf: '2026-11-23T00:00:00.000Z',
  createdAt: '2026-11-23T00:00:05.000Z',
  origin: 'simulated',
  organizationId: null,
  seed: 1,
  tables,
  coverage: { ok: 1, partial: 0, failed: 0, skipped: 0 },
});

const current = { format: SNAPSHOT_FORMAT, snapshotId };
const oneTable = { accounts: { rows: 1, bytes: 4, sha256: '0'.repeat(64) } };

describe('a data folder', () => {
  it.each<[string, string, () => Promise<void>, RegExp]>([
    [
      'that does not exist',
      'MISSING',
      () => rm(folder, { recursive: true }).then(() => mkdir(folder)),
      /no published snapshot/,
    ],
    [
      'whose pointer is no JSON',
      'DAMAGED',
      () => put(paths.current, '{"format":'),
      /not valid JSON/,
    ],
    [
      'whose pointer names a path',
      'DAMAGED',
      () => put(paths.current, { ...current, snapshotId: '../../etc' }),
      /does not name a snapshot/,
    ],
    [
      'without the manifest of its snapshot',
      'DAMAGED',
      () => put(paths.current, current),
      /half written.*manifests\/.*\.json is missing/,
    ],
    [
      'of an older version',
      'OTHER_VERSION',
      () => put(paths.current, { ...current, format: SNAPSHOT_FORMAT - 1 }),
      /older version/,
    ],
    [
      'of a newer version',
      'OTHER_VERSION',
      () => put(paths.current, { ...current, format: SNAPSHOT_FORMAT + 1 }),
      /newer version/,
    ],
    [
      'whose manifest lacks a field',
      'DAMAGED',
      async () => {
        await put(paths.current, current);
        await put(paths.manifest(snapshotId), { ...manifest({}), asOf: 'yesterday' });
      },
      /damaged at asOf/,
    ],
    [
      'with a missing table',
      'DAMAGED',
      async () => {
        await put(paths.current, current);
        await put(paths.manifest(snapshotId), manifest(oneTable));
      },
      /accounts.*\.parquet is missing/,
    ],
    [
      'with a table cut short',
      'DAMAGED',
      async () => {
        await put(paths.current, current);
        await put(paths.manifest(snapshotId), manifest(oneTable));
        await put(paths.table(snapshotId, 'accounts'), 'PA');
      },
      /has 2 bytes instead of 4/,
    ],
  ])('%s is refused as %s', async (_, code, prepare, message) => {
    await prepare();
    const attempt = readCurrent(folder);
    await expect(attempt).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    await expect(readCurrent(folder)).rejects.toHaveProperty(
      'hint',
      expect.stringMatching(/--data|permission/),
    );
  });

  it('whose table was altered in place is refused before any answer', async () => {
    await put(paths.current, current);
    await put(paths.manifest(snapshotId), manifest(oneTable));
    await put(paths.table(snapshotId, 'accounts'), 'XXXX');
    await expect(openDuckdb(folder)).rejects.toMatchObject({
      code: 'DAMAGED',
      message: expect.stringMatching(/does not match its manifest/),
    });
  });
});
