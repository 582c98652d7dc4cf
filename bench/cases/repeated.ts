import { type MeasuredSpread, type Measurement, measuredSpread } from '../measurement.ts';

/** Measures the same work several times. */
export async function repeated(
  runs: number,
  measure: () => Promise<Measurement>,
): Promise<MeasuredSpread> {
  const measured: Measurement[] = [];
  for (let run = 0; run < runs; run += 1) measured.push(await measure());
  return measuredSpread(measured);
}
