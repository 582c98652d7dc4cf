import { defineConfig } from 'vitest/config';

/** What needs Google's GoogleSQL: `npm run test:bigquery` installs it first. */
export default defineConfig({
  test: {
    include: ['tests/bigquery/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Each has a server of its own, which keeps a core busy.
    maxWorkers: 2,
  },
});
