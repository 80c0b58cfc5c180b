import { describe, expect, it } from 'vitest';
import { CollectError } from '../../collector/run/options.ts';
import { paths } from '../../collector/schema/snapshot.ts';
import { folderStore } from '../../collector/snapshot/folder-store.ts';
import type { SnapshotStore } from '../../collector/snapshot/store.ts';
import { step } from '../thorough.ts';
import { collectInto, newFolder, rowsOf } from './collecting.ts';
import { fakeAws } from './fake-aws.ts';

/** More keys than are staged at a time, so that a reading can end in the middle. */
const keys = Array.from({ length: 250 }, (_, n) => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  aliases: [`alias/${n}`],
  tags: [['n', String(n)]] as const,
}));
const accounts = [
  { id: '111122223333', regions: { 'eu-central-1': { keys }, 'us-east-1': { keys: [] } } },
  { id: '444455556666', regions: { 'eu-central-1': { keys: keys.slice(0, 3) } } },
];

/** Each step takes two collections; `npm test` tries one of so many. */
const EVERY = step(8);

/** A store of a process that dies with its n-th step: that one is not done, and none after it. */
function dying(store: SnapshotStore, step: number) {
  let steps = 0;
  const live = <A extends unknown[], R>(operation: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      steps += 1;
      if (steps >= step) throw new Error('The process is gone.');
      return operation(...args);
    };
  };
  return {
    steps: () => steps,
    store: {
      put: live(store.put),
      putFile: live(store.putFile),
      get: live(store.get),
      getRange: live(store.getRange),
      list: live(store.list),
      removeAll: live(store.removeAll),
    } satisfies SnapshotStore,
  };
}

describe('a process that dies', () => {
  it('at any step loses nothing: the run is resumed to the same snapshot', async () => {
    const whole = await newFolder();
    const counting = dying(folderStore(whole), Number.POSITIVE_INFINITY);
    const { manifest } = await collectInto(whole, {
      aws: fakeAws({ accounts }).api,
      store: counting.store,
    });
    const expected = await rowsOf(whole, manifest.snapshotId);
    expect(expected.kms_keys).toHaveLength(253);

    let resumed = 0;
    for (let at = 1; at <= counting.steps(); at += EVERY) {
      const folder = await newFolder();
      const store = folderStore(folder);
      const outcome = await collectInto(folder, {
        aws: fakeAws({ accounts }).api,
        store: dying(store, at).store,
      }).catch((error: unknown) => error);
      const current = await store.get(paths.current);
      if (!(outcome instanceof CollectError)) {
        // Died after the snapshot was in force, while tidying up.
        expect(current).not.toBeNull();
        continue;
      }
      expect(current).toBeNull();
      if (outcome.runId === null || (await store.list('runs')).length === 0) continue;
      const calls = fakeAws({ accounts });
      const again = await collectInto(folder, { aws: calls.api, resume: outcome.runId });
      expect(await rowsOf(folder, again.manifest.snapshotId)).toEqual(expected);
      resumed += 1;
    }
    expect(resumed).toBeGreaterThanOrEqual(15 / EVERY);
  });

  it('does not read again what was staged', async () => {
    const folder = await newFolder();
    let read = 0;
    const first = fakeAws({
      accounts,
      before: ({ api }) => {
        if (api === 'DescribeKey') read += 1;
        if (read > 210) throw Object.assign(new Error('gone'), { name: 'ExpiredToken' });
      },
    });
    const outcome: CollectError = await collectInto(folder, {
      aws: first.api,
      concurrency: { accountRegions: 1 },
    }).catch((error) => error);
    const second = fakeAws({ accounts });
    const { summary } = await collectInto(folder, {
      aws: second.api,
      resume: outcome.runId ?? '',
    });
    expect(summary).toMatchObject({ keys: 253, keysSeen: 253, failures: [] });
    // The first batch was staged before the third was begun; the second may have been.
    const again = second.calls.filter((c) => c.api === 'DescribeKey').length;
    expect([253 - 100, 253 - 200]).toContain(again);
  });
});
