import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** A file of the built page, held in memory. */
export interface WebFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  /** Vite puts a hash of the content into the names under assets/: those never change. */
  readonly immutable: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/**
 * Reads the built page, by URL path. It is read once: no request path ever touches the file system.
 * Empty when the page was not built.
 */
export async function readWebFiles(folder: string): Promise<ReadonlyMap<string, WebFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = join(entry.parentPath, entry.name);
        const path = `/${relative(folder, file).split(sep).join('/')}`;
        return [
          path,
          {
            body: new Uint8Array(await readFile(file)),
            contentType: contentTypes[extname(entry.name)] ?? 'application/octet-stream',
            immutable: path.startsWith('/assets/'),
          },
        ] as const;
      }),
  );
  return new Map(files);
}
