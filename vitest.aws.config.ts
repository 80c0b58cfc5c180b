import { defineConfig } from 'vitest/config';

/** The AWS SDK's real clients against servers on this machine that speak AWS's protocols; the templates. */
export default defineConfig({
  test: {
    include: ['test/conformance/{aws,templates}/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
