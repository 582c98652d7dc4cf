import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/pages/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
  },
});
