import { defineConfig } from 'vitest/config';
import { slowTests } from './tests/slow-tests.ts';

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'simulation/**/*.test.ts',
      'data_processors/**/*.test.ts',
      'studies/**/*.test.ts',
      'bench/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    exclude: [
      ...slowTests,
      'tests/long/**',
      'tests/incidents/**',
      'tests/surroundings/**',
      'tests/crash/long/**',
      'tests/bigquery/**',
      'tests/pages/**',
      'tests/sequences/**',
      'node_modules/**',
      'dist/**',
    ],
    globalSetup: ['tests/support/shared-leagues.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
