import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderStore } from '../../../collector/snapshot/folder-store.ts';
import { getText } from '../../../collector/snapshot/store.ts';
import { newFolder } from '../collecting.ts';

describe('a folder of snapshots', () => {
  it('gives back what was put, and nothing where nothing was', async () => {
    const store = folderStore(join(await newFolder(), 'not', 'there', 'yet'));
    expect(await store.get('current.json')).toBeNull();
    expect(await store.list('runs')).toEqual([]);
    await store.put('runs/a/b.json', 'é');
    await store.put('runs/a/b.json', 'è');
    expect(await getText(store, 'runs/a/b.json')).toBe('è');
    expect((await store.list('runs')).map((file) => file.path)).toEqual(['runs/a/b.json']);
    await store.removeAll('runs/a');
    await store.removeAll('runs/a');
    expect(await store.get('runs/a/b.json')).toBeNull();
  });

  it('replaces a file whole: a reader never sees a part of it', async () => {
    const store = folderStore(await newFolder());
    const text = (n: number) => String(n).repeat(200_000);
    await store.put('current.json', text(0));
    let isWriting = true;
    const writing = (async () => {
      for (let n = 1; n < 10; n++) await store.put('current.json', text(n));
      isWriting = false;
    })();
    while (isWriting) {
      const seen = await getText(store, 'current.json');
      expect(new Set(seen).size).toBe(1);
      expect(seen).toHaveLength(200_000);
    }
    await writing;
  });

  it('leaves nothing behind when a file cannot be written', async () => {
    const folder = await newFolder();
    const store = folderStore(folder);
    await expect(store.putFile('a.parquet', join(folder, 'missing'))).rejects.toThrow('ENOENT');
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not list files under way', async () => {
    const folder = await newFolder();
    const store = folderStore(folder);
    await store.put('runs/a/b.json', '{}');
    await writeFile(join(folder, 'runs', 'a', 'c.json.1.tmp'), '{');
    expect((await store.list('runs')).map((file) => file.path)).toEqual(['runs/a/b.json']);
  });

  it.each(['../x', 'a/../../x', '/etc/passwd', 'a//b', '', '.', 'a/.hidden', 'a\\b', 'a/b\u0000'])(
    'refuses the path %j',
    async (path) => {
      const store = folderStore(await newFolder());
      for (const attempt of [
        () => store.put(path, 'x'),
        () => store.get(path),
        () => store.list(path),
        () => store.removeAll(path),
      ]) {
        await expect((async () => attempt())()).rejects.toThrow('no path of a snapshot store');
      }
    },
  );
});
