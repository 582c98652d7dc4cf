import type { Measurement, Pair } from '../measurement.ts';

/** Measures the product and the bare statements in turn. */
export async function measuredPairs(
  runs: number,
  product: () => Promise<Measurement>,
  bare: () => Promise<Measurement>,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let run = 0; run < runs; run += 1) {
    pairs.push({ product: await product(), bare: await bare() });
  }
  return pairs;
}
