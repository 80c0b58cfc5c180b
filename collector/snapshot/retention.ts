import {
  currentSchema,
  MANIFESTS,
  paths,
  snapshotIdPattern,
  snapshotOf,
  TABLES,
} from '../schema/snapshot.ts';
import { baseTables } from '../schema/tables.ts';
import { getText, type SnapshotStore, type StoredFile } from './store.ts';

const DAY_MS = 86_400_000;

/** A run that wrote nothing for so long is not under way any more. */
const ABANDONED_DAYS = 7;

/** A snapshot so young may be about to be put in force by a run beside this one. */
const SETTLED_MS = 10 * 60_000;

/**
 * Removes old snapshots beyond the newest `keep`, and the remains of runs that were given up. The
 * snapshot in force is always kept, and nothing of a run that may be under way is touched.
 *
 * @param now the time of this machine, by which the age of files is told
 */
export async function removeOld(store: SnapshotStore, keep: number, now: Date): Promise<void> {
  const current = currentSchema.parse(JSON.parse((await getText(store, paths.current)) ?? 'null'));
  const manifests = await store.list(MANIFESTS);
  const snapshots = byId([...manifests, ...(await store.list(TABLES))], snapshotOf);
  const runs = byId(await store.list('runs'), runOf);
  const published = [...byId(manifests, snapshotOf).keys()]
    .filter((id) => id !== current.snapshotId)
    .sort();
  const isSettled = (id: string) =>
    (snapshots.get(id) ?? []).every((f) => now.getTime() - f.modifiedAt.getTime() > SETTLED_MS);
  const excess = published.slice(0, Math.max(0, published.length - (keep - 1))).filter(isSettled);
  const isAbandoned = (id: string) =>
    [...(runs.get(id) ?? []), ...(snapshots.get(id) ?? [])].every(
      (file) => now.getTime() - file.modifiedAt.getTime() > ABANDONED_DAYS * DAY_MS,
    );
  const unpublished = [...snapshots.keys()].filter(
    (id) => !published.includes(id) && id !== current.snapshotId,
  );
  for (const id of [...excess, ...unpublished.filter(isAbandoned)]) {
    await removeSnapshot(store, id);
  }
  for (const id of [...runs.keys()].filter(isAbandoned)) await store.removeAll(paths.run(id));
}

/** Removes all files of a snapshot. */
export async function removeSnapshot(store: SnapshotStore, id: string): Promise<void> {
  // The manifest names the rest, so it goes first: no reader takes half a snapshot for a whole one.
  await store.removeAll(paths.manifest(id));
  for (const { name } of baseTables) await store.removeAll(paths.table(id, name));
}

/** A file of a run lies below a folder that is named after it. */
function runOf(path: string): string | null {
  const id = path.split('/')[1] ?? '';
  return snapshotIdPattern.test(id) ? id : null;
}

/** Files by the snapshot or run they belong to. Files of no such name are not ours. */
function byId(
  files: readonly StoredFile[],
  idOf: (path: string) => string | null,
): ReadonlyMap<string, readonly StoredFile[]> {
  const found = new Map<string, StoredFile[]>();
  for (const file of files) {
    const id = idOf(file.path);
    if (id === null) continue;
    const files = found.get(id);
    if (files) files.push(file);
    else found.set(id, [file]);
  }
  return found;
}
