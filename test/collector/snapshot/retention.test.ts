import { describe, expect, it } from 'vitest';
import { MANIFESTS, paths, SNAPSHOT_FORMAT, TABLES } from '../../../collector/schema/snapshot.ts';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { removeOld } from '../../../collector/snapshot/retention.ts';
import { newFolder } from '../collecting.ts';

const id = (day: number) => `202611${String(day).padStart(2, '0')}T000000Z-0123abcd`;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const inDays = (days: number) => inMinutes(days * 24 * 60);

async function storeWith(options: {
  published?: readonly number[];
  unfinished?: readonly number[];
  runs?: readonly number[];
  current: number;
}) {
  const store = folderStore(await newFolder());
  for (const day of options.published ?? []) {
    await store.put(paths.table(id(day), 'accounts'), 'PAR1');
    await store.put(paths.manifest(id(day)), '{}');
  }
  for (const day of options.unfinished ?? []) await store.put(paths.table(id(day), 'accounts'), '');
  for (const day of options.runs ?? []) await store.put(`${paths.run(id(day))}/run.json`, '{}');
  await store.put(
    paths.current,
    JSON.stringify({ format: SNAPSHOT_FORMAT, snapshotId: id(options.current) }),
  );
  const days = async (folder: string) => {
    const files = await store.list(folder);
    const days = files.flatMap(({ path }) => /202611(\d\d)T000000Z/.exec(path)?.[1] ?? []);
    return [...new Set(days.map(Number))].sort((a, b) => a - b);
  };
  /** The days of manifests, and of tables with or without them. */
  const snapshots = async () => {
    const found = [await days(MANIFESTS), await days(TABLES)];
    return [...new Set(found.flat())].sort((a, b) => a - b);
  };
  return { store, days, snapshots };
}

describe('old snapshots', () => {
  it('go when there are more than are to be kept', async () => {
    const { store, snapshots } = await storeWith({ published: [1, 2, 3, 4, 5], current: 5 });
    await removeOld(store, 3, inDays(1));
    expect(await snapshots()).toEqual([3, 4, 5]);
  });

  it('stay when there are not', async () => {
    const { store, snapshots } = await storeWith({ published: [1, 2, 3], current: 3 });
    await removeOld(store, 30, inDays(400));
    expect(await snapshots()).toEqual([1, 2, 3]);
  });

  it('never include the one in force, whatever moment its data speaks of', async () => {
    const { store, snapshots } = await storeWith({ published: [1, 2, 3, 4], current: 1 });
    await removeOld(store, 2, inDays(1));
    expect(await snapshots()).toEqual([1, 4]);
    await removeOld(store, 1, inDays(1));
    expect(await snapshots()).toEqual([1]);
  });

  it('do not go while they may be about to be put in force', async () => {
    const { store, snapshots } = await storeWith({ published: [1, 2, 3], current: 3 });
    await removeOld(store, 1, inMinutes(9));
    expect(await snapshots()).toEqual([1, 2, 3]);
    await removeOld(store, 1, inMinutes(11));
    expect(await snapshots()).toEqual([3]);
  });
});

describe('the remains of runs', () => {
  it('stay as long as the run may be under way or be resumed, and go after a week', async () => {
    const { store, days, snapshots } = await storeWith({
      published: [9],
      unfinished: [2],
      runs: [2, 3],
      current: 9,
    });
    await removeOld(store, 30, inDays(6));
    expect([await snapshots(), await days('runs')]).toEqual([
      [2, 9],
      [2, 3],
    ]);
    await removeOld(store, 30, inDays(8));
    expect([await snapshots(), await days('runs')]).toEqual([[9], []]);
  });

  it('are told from folders of other people', async () => {
    const { store } = await storeWith({ published: [9], current: 9 });
    await store.put('tables/notes/readme.txt', 'mine');
    await store.put('runs/notes.txt', 'mine');
    await removeOld(store, 1, inDays(100));
    expect(await store.get('tables/notes/readme.txt')).not.toBeNull();
    expect(await store.get('runs/notes.txt')).not.toBeNull();
  });
});
