import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { SnapshotStore, StoredFile } from './store.ts';

/** Files under way end in this; they are not part of the store. */
const UNFINISHED = '.tmp';

/** A {@link SnapshotStore} in a folder of this machine, which is made when it is not there. */
export function folderStore(folder: string): SnapshotStore {
  const fileOf = (path: string) => join(folder, ...checkedSegments(path));

  /** Written beside its place, flushed to disk, and moved there in one step. */
  const replace = async (path: string, write: (unfinished: string) => Promise<void>) => {
    const file = fileOf(path);
    const unfinished = `${file}.${randomUUID()}${UNFINISHED}`;
    try {
      try {
        await write(unfinished);
      } catch (error) {
        if (!isMissing(error)) throw error;
        // The first file of its folder.
        await mkdir(dirname(file), { recursive: true });
        await write(unfinished);
      }
      await rename(unfinished, file);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  };

  return {
    put: (path, content) =>
      replace(path, async (unfinished) => {
        const handle = await open(unfinished, 'wx');
        try {
          await handle.writeFile(content);
          // Work in progress is checked when it is read and can be made again; the rest must last.
          if (!path.startsWith('runs/')) await handle.sync();
        } finally {
          await handle.close();
        }
      }),
    putFile: (path, localFile) =>
      replace(path, async (unfinished) => {
        await copyFile(localFile, unfinished);
        const handle = await open(unfinished, 'r+');
        try {
          await handle.sync();
        } finally {
          await handle.close();
        }
      }),
    get: async (path) => {
      try {
        return await readFile(fileOf(path));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    getRange: async (path, from, to) => {
      try {
        const handle = await open(fileOf(path), 'r');
        try {
          const { buffer, bytesRead } = await handle.read(
            Buffer.alloc(to - from),
            0,
            to - from,
            from,
          );
          return buffer.subarray(0, bytesRead);
        } finally {
          await handle.close();
        }
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    list: (path) => filesBelow(folder, fileOf(path)),
    removeAll: (path) => rm(fileOf(path), { recursive: true, force: true }),
  };
}

/** Account ids and Regions come from outside; none of them may lead out of the folder. */
function checkedSegments(path: string): readonly string[] {
  const segments = path.split('/');
  if (segments.some((segment) => !/^[A-Za-z0-9_-][A-Za-z0-9._=-]*$/.test(segment))) {
    throw new Error(`"${path}" is no path of a snapshot store.`);
  }
  return segments;
}

async function filesBelow(root: string, folder: string): Promise<readonly StoredFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith(UNFINISHED))
    .map((entry) => join(entry.parentPath, entry.name));
  const found = await Promise.all(
    files.map(async (file): Promise<StoredFile | null> => {
      try {
        const path = relative(root, file).split(sep).join('/');
        return { path, modifiedAt: (await stat(file)).mtime };
      } catch (error) {
        // Removed by another process since it was listed.
        if (isMissing(error)) return null;
        throw error;
      }
    }),
  );
  return found.filter((file) => file !== null).sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
