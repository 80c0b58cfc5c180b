import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/conformance/policy/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 600_000,
  },
});
