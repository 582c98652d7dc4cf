import { NULL_TEXT } from './canonical-row.ts';
import { decimalText } from './exact.ts';

/** The sample deviation (n − 1) of whole numbers, rounded once; NULL for less than two values. */
export function sampleDeviationText(values: readonly number[], scale: number): string {
  const n = BigInt(values.length);
  if (n < 2n) return NULL_TEXT;
  const sum = values.reduce((total, value) => total + BigInt(value), 0n);
  const sumOfSquares = values.reduce((total, value) => total + BigInt(value) ** 2n, 0n);
  const num = n * sumOfSquares - sum ** 2n;
  const den = n * (n - 1n);
  // Twice the root in units, rounded down, tells on which side of the half it lies.
  const twice = integerRoot((4n * num * 100n ** BigInt(scale)) / den);
  return decimalText((twice + 1n) / 2n, scale);
}

/** The largest whole number whose square is not above the value. */
export function integerRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = value;
  let next = (value + 1n) / 2n;
  while (next < root) {
    root = next;
    next = (root + value / root) / 2n;
  }
  return root;
}
