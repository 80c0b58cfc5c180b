// Bundles the command line into dist/, one chunk per command; packages stay in node_modules.
import { build } from 'esbuild';

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
