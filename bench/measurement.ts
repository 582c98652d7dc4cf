import { type Spread, spreadOf } from './spread.ts';

/** What one piece of work has taken: of one process, or of several one after the other. */
export interface Measurement {
  readonly wallSeconds: number;
  /** User and system time of all threads. */
  readonly cpuSeconds: number;
  /** Largest resident set, of several processes that of the largest. */
  readonly peakMiB: number;
}

/** Processes that ran one after the other, as one. */
export function together(parts: readonly Measurement[]): Measurement {
  return {
    wallSeconds: parts.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0),
    cpuSeconds: parts.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    peakMiB: Math.max(...parts.map(({ peakMiB }) => peakMiB)),
  };
}

/** Repeated measurements of the same work. */
export interface MeasuredSpread {
  readonly wallSeconds: Spread;
  readonly cpuSeconds: Spread;
  readonly peakMiB: Spread;
}

export function measuredSpread(runs: readonly Measurement[]): MeasuredSpread {
  return {
    wallSeconds: spreadOf(runs.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: spreadOf(runs.map(({ cpuSeconds }) => cpuSeconds)),
    peakMiB: spreadOf(runs.map(({ peakMiB }) => peakMiB)),
  };
}

/** The product and the bare statements, measured one right after the other. */
export interface Pair {
  readonly product: Measurement;
  readonly bare: Measurement;
}

/** Product to bare, pair by pair: what slows a machine down for a while slows both of a pair down. */
export interface RatioSpread {
  readonly wall: Spread;
  readonly cpu: Spread;
}

export function ratioSpread(pairs: readonly Pair[]): RatioSpread {
  return {
    wall: spreadOf(pairs.map(({ product, bare }) => product.wallSeconds / bare.wallSeconds)),
    cpu: spreadOf(pairs.map(({ product, bare }) => product.cpuSeconds / bare.cpuSeconds)),
  };
}
