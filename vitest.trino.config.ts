import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/conformance/trino/**/*.test.ts'],
    globalSetup: ['test/conformance/trino/setup.ts'],
    // One Trino for all: the machine is better used by it than by several files at once.
    fileParallelism: false,
    maxConcurrency: 4,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
