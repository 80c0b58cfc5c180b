import { describe, expect, it } from 'vitest';
import { paths, SNAPSHOT_FORMAT } from '../../../collector/schema/snapshot.ts';
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
    return [...new Set(files.map((file) => Number(file.path.split('/')[1]?.slice(6, 8))))];
  };
  return { store, days };
}

describe('old snapshots', () => {
  it('go when there are more than are to be kept', async () => {
    const { store, days } = await storeWith({ published: [1, 2, 3, 4, 5], current: 5 });
    await removeOld(store, 3, inDays(1));
    expect(await days('snapshots')).toEqual([3, 4, 5]);
  });

  it('stay when there are not', async () => {
    const { store, days } = await storeWith({ published: [1, 2, 3], current: 3 });
    await removeOld(store, 30, inDays(400));
    expect(await days('snapshots')).toEqual([1, 2, 3]);
  });

  it('never include the one in force, whatever moment its data speaks of', async () => {
    const { store, days } = await storeWith({ published: [1, 2, 3, 4], current: 1 });
    await removeOld(store, 2, inDays(1));
    expect(await days('snapshots')).toEqual([1, 4]);
    await removeOld(store, 1, inDays(1));
    expect(await days('snapshots')).toEqual([1]);
  });

  it('do not go while they may be about to be put in force', async () => {
    const { store, days } = await storeWith({ published: [1, 2, 3], current: 3 });
    await removeOld(store, 1, inMinutes(9));
    expect(await days('snapshots')).toEqual([1, 2, 3]);
    await removeOld(store, 1, inMinutes(11));
    expect(await days('snapshots')).toEqual([3]);
  });
});

describe('the remains of runs', () => {
  it('stay as long as the run may be under way or be resumed, and go after a week', async () => {
    const { store, days } = await storeWith({
      published: [9],
      unfinished: [2],
      runs: [2, 3],
      current: 9,
    });
    await removeOld(store, 30, inDays(6));
    expect([await days('snapshots'), await days('runs')]).toEqual([
      [2, 9],
      [2, 3],
    ]);
    await removeOld(store, 30, inDays(8));
    expect([await days('snapshots'), await days('runs')]).toEqual([[9], []]);
  });

  it('are told from folders of other people', async () => {
    const { store } = await storeWith({ published: [9], current: 9 });
    await store.put('snapshots/notes/readme.txt', 'mine');
    await store.put('runs/notes.txt', 'mine');
    await removeOld(store, 1, inDays(100));
    expect(await store.get('snapshots/notes/readme.txt')).not.toBeNull();
    expect(await store.get('runs/notes.txt')).not.toBeNull();
  });
});
