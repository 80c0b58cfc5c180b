import { defineConfig } from 'vitest/config';

/** These replace timers of the process, so they have one to themselves. */
const apart = ['test/assistant/engine/athena/execute.test.ts'];

/**
 * What needs only Node. Files share what they import (`isolate: false`): loading the parser, the database
 * and the schema anew for each file would take longer than the tests.
 */
export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['test/properties-setup.ts'],
    // By default one core is left idle, which on two cores doubles the time.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/conformance/**', ...apart],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'apart', include: apart } },
    ],
  },
});
