import { describe, expect, it } from 'vitest';
import { paths } from '../../../collector/schema/snapshot.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { publish } from '../../../collector/snapshot/publish.ts';
import { openStage, type Run, readRun, stageRun } from '../../../collector/snapshot/staging.ts';
import { getText } from '../../../collector/snapshot/store.ts';
import { newFolder, now, query } from '../collecting.ts';

const ids = ['111122223333', '444455556666'];
const run: Run = {
  id: '20261123T123456Z-0123abcd',
  asOf: now,
  origin: 'aws',
  seed: null,
  organization: { id: 'o-example', accountIds: new Set(ids) },
  accounts: ids.map((id) => ({
    account_id: id,
    account_name: id,
    ou_path: 'Root',
    email_domain: null,
    state: 'ACTIVE',
    is_management: false,
    tags: {},
  })),
  accountFailures: new Map([['111122223333', { code: 'Odd', message: 'It is odd.' }]]),
};
const status = (id: string) => ({
  account_id: id,
  region: null,
  status: 'FAILED' as const,
  keys_seen: 0,
  error_code: 'AccessDenied',
  error_message: null,
  started_at: now,
  finished_at: now,
});

describe('publishing a run', () => {
  it('needs a status of every account', async () => {
    const folder = await newFolder();
    const store = folderStore(folder);
    await stageRun(store, run);
    await openStage(store, run.id, '111122223333', null).finish(status('111122223333'));
    await expect(publish(store, run, now)).rejects.toMatchObject({
      name: 'PublishError',
      message: expect.stringContaining('444455556666 were not looked at'),
    });
    expect(await store.get(paths.current)).toBeNull();
    await openStage(store, run.id, '444455556666', null).finish(status('444455556666'));
    const { manifest } = await publish(store, run, now);
    expect(manifest.coverage.failed).toBe(2);
    expect(
      await query(folder, run.id, 'SELECT account_id, started_at FROM collection_status'),
    ).toEqual(ids.map((id) => ({ account_id: id, started_at: '2026-11-23 12:34:56.789' })));
  });

  it('leaves out rows of an account-Region that was not finished', async () => {
    const folder = await newFolder();
    const store = folderStore(folder);
    for (const id of ids) await openStage(store, run.id, id, null).finish(status(id));
    const unfinished = openStage(store, run.id, '111122223333', 'eu-west-1');
    unfinished.add({ collection_status: [status('111122223333')] });
    await unfinished.checkpoint({ lastKeyId: 'a', seen: 1, startedAt: now, failures: [] });
    const { manifest } = await publish(store, run, now);
    expect(manifest.tables.collection_status?.rows).toBe(2);
  });

  it('does not take the place of a snapshot of a later moment', async () => {
    const store = folderStore(await newFolder());
    const later: Run = { ...run, id: '20261123T123457Z-00000000' };
    for (const { id } of [run, later]) {
      for (const account of ids) await openStage(store, id, account, null).finish(status(account));
    }
    expect((await publish(store, later, now)).overtakenBy).toBeNull();
    expect((await publish(store, run, now)).overtakenBy).toBe(later.id);
    expect(await getText(store, paths.current)).toContain(later.id);
    expect(await store.get(paths.manifest(run.id))).not.toBeNull();
    // A simulation is for trying things out, also of an earlier day.
    await publish(store, { ...run, origin: 'simulated', seed: 1 }, now);
    expect(await getText(store, paths.current)).toContain(run.id);
  });

  it('is about what was staged, to the last field', async () => {
    const store = folderStore(await newFolder());
    for (const staged of [
      run,
      { ...run, organization: { ...run.organization, isPartial: true } } as const,
    ]) {
      await stageRun(store, staged);
      expect(await readRun(store, run.id)).toEqual(staged);
    }
  });
});
