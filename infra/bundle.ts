import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { scratchFolder } from './scratch-folder.ts';

/**
 * Makes a folder that AWS Lambda can run: the entry, a file that exports `handler`, and all that it imports
 * in one file `index.mjs`. Paths are from the root of the repository; what is `external` must be put
 * beside it.
 */
export function bundleFunction(entry: string, external: readonly string[] = []): string {
  const folder = scratchFolder();
  buildSync({
    entryPoints: [entry],
    outfile: join(folder, 'index.mjs'),
    bundle: true,
    minify: true,
    keepNames: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: [...external],
    // What is written in CommonJS asks for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'warning',
  });
  return folder;
}
