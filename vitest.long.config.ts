import { defineConfig } from 'vitest/config';
import { slowTests } from './tests/slow-tests.ts';

export default defineConfig({
  test: {
    include: ['tests/long/**/*.test.ts', 'tests/oracle/real-data.test.ts', ...slowTests],
    env: { BACKCOURT_LONG_TESTS: '1' },
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 1,
  },
});
