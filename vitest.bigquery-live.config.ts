import { defineConfig } from 'vitest/config';

/** What needs a project of BigQuery and credentials for it. */
export default defineConfig({
  test: {
    include: ['tests/bigquery/live/**/*.live.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
  },
});
