import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifestSchema, paths } from '../../collector/schema/snapshot.ts';
import { collectInto, newFolder, query } from './collecting.ts';
import { type FakeKey, fakeAws } from './fake-aws.ts';

const account = '111122223333';
const region = 'eu-central-1';
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const oneRegion = (keys: readonly FakeKey[]) => [{ id: account, regions: { [region]: { keys } } }];

describe('a collection', () => {
  it('reads every key of a long list and publishes it', async () => {
    const folder = await newFolder();
    const keys = Array.from({ length: 2345 }, (_, n) => ({
      id: uuid(n),
      aliases: [`alias/key-${n}`],
      tags: Array.from({ length: n % 3 }, (_, t) => [`tag-${t}`, `${n}`] as const),
    }));
    const { api, calls } = fakeAws({ accounts: oneRegion(keys), pageSize: 100 });
    const { manifest, summary } = await collectInto(folder, { aws: api });

    expect(summary).toMatchObject({ keysSeen: 2345, keys: 2345, failures: [], warnings: [] });
    expect(manifest.coverage).toEqual({ ok: 1, partial: 0, failed: 0, skipped: 0 });
    const rows = await query(
      folder,
      manifest.snapshotId,
      'SELECT count(DISTINCT key_arn) n, count(DISTINCT alias) a, sum(cardinality(tags)) t FROM kms_keys',
    );
    expect(rows).toEqual([{ n: '2345', a: '2345', t: '2344' }]);
    expect(calls.filter((call) => call.api === 'ListAliases')).toHaveLength(24);
    const written = await readFile(join(folder, paths.manifest(manifest.snapshotId)), 'utf8');
    expect(manifestSchema.parse(JSON.parse(written))).toEqual(manifest);
  });
});
