import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/crash/long/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
