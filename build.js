// Bundles the command line into dist/, one chunk per command; packages stay in node_modules.
import { rm, symlink, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { main: 'assistant/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});

// The command is linked here and not by a `bin` entry of package.json: for a project's own `bin`, npx
// first makes an installation in its cache, which is slow and goes wrong when two run at once.
const link = 'node_modules/.bin/kms-insights';
await rm(link, { force: true });
if (process.platform === 'win32') {
  await writeFile(`${link}.cmd`, '@node "%~dp0\\..\\..\\bin\\kms-insights.js" %*\r\n');
} else {
  await symlink('../../bin/kms-insights.js', link);
}
