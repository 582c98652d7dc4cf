import { setTimeout } from 'node:timers/promises';

/** How time passes between two attempts; a test makes it pass at once. */
export interface Timing {
  sleep(ms: number): Promise<void>;
  /** @returns a number from 0 to below 1, for jitter. */
  random(): number;
}

export const realTiming: Timing = {
  sleep: (ms) => setTimeout(ms),
  random: () => Math.random(),
};
