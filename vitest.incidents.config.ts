import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/incidents/**/*.test.ts', 'tests/surroundings/**/*.test.ts'],
    globalSetup: ['tests/support/shared-leagues.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
