import { expect, it } from 'vitest';
import { openDuckDb } from '../../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { qualityHundredths, sourceWeights } from './quality-score.ts';

it('is the mean weight, capped where anything is a default', async () => {
  const vectors: readonly (readonly [number, number, number, number, number])[] = [
    [25, 0, 0, 0, 100],
    [0, 25, 0, 0, 87],
    [0, 0, 0, 25, 40],
    [10, 10, 5, 0, 94.8],
    [10, 10, 0, 5, 49],
    [16, 3, 6, 0, 98.44],
    [16, 3, 5, 1, 69],
    [13, 3, 6, 3, 69],
    [12, 3, 6, 4, 69],
    [0, 7, 5, 13, 49],
    [0, 0, 1, 24, 42.4],
    [0, 0, 4, 21, 49],
  ];
  const warehouse = await openDuckDb({
    path: ':memory:',
    mode: 'write',
    waitSeconds: 0,
    threads: 1,
    writer: { pid: process.pid, host: 'test', startedAt: '2026-01-01T00:00:00Z' },
  });
  try {
    const cases = vectors.map(([phase4, phase3, calculated, defaults]) => {
      const weights =
        phase4 * sourceWeights.phase4 +
        phase3 * sourceWeights.phase3 +
        calculated * sourceWeights.calculated +
        defaults * sourceWeights.default;
      return qualityHundredths(String(weights), String(defaults));
    });
    const select = cases.map((score, index) => `${score} AS case_${index}`).join(', ');
    const [row] = await warehouse.query(`SELECT ${select}`);
    expect(Object.values(row ?? {})).toEqual(vectors.map(([, , , , score]) => 100 * score));
  } finally {
    await warehouse.close();
  }
});
