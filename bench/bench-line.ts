import type { MeasuredSpread, RatioSpread } from './measurement.ts';

/** A goal, as it was when it was measured. */
export interface Target {
  /** For example `≤ 10 s` or `≤ 1.5 × bare`. */
  readonly text: string;
  readonly reached: boolean;
}

/** One line of the bench: what was measured, against what, and whether that is enough. */
export interface BenchLine {
  /** The letter for `--only`. */
  readonly id: string;
  readonly what: string;
  readonly product: MeasuredSpread;
  readonly bare?: MeasuredSpread;
  readonly ratio?: RatioSpread;
  readonly targets: readonly Target[];
  /** Size of the work, in words: dates, rows, what was found equal. */
  readonly note?: string;
}

export function atMostSeconds(product: MeasuredSpread, seconds: number): Target {
  return { text: `≤ ${seconds} s`, reached: product.wallSeconds.median <= seconds };
}

export function atMostTimesBare(ratio: RatioSpread, times: number): Target {
  return { text: `≤ ${times} × bare`, reached: ratio.wall.median <= times };
}
