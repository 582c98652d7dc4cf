import { describe, expect, it } from 'vitest';
import { type Backoff, retrying } from './retrying.ts';
import { conflictBackoff, firstContactBackoff, passingBackoff } from './settings.ts';

/** Waits between the attempts of something that always fails. */
async function waitsOf(backoff: Backoff | undefined, random = 0): Promise<readonly number[]> {
  const waits: number[] = [];
  const timing = {
    sleep: async (ms: number) => void waits.push(ms),
    random: () => random,
  };
  const work = async () => {
    throw new Error('again');
  };
  await expect(retrying(timing, work, () => backoff)).rejects.toThrow('again');
  return waits;
}

const sum = (waits: readonly number[]) => waits.reduce((total, ms) => total + ms, 0);

describe('retrying', () => {
  it('does not wait for what waiting does not help', async () => {
    expect(await waitsOf(undefined)).toEqual([]);
  });

  it.each([0, 0.5, 0.999])(
    'waits for minutes for what passes, longer each time (%d)',
    async (random) => {
      const waits = await waitsOf(passingBackoff, random);
      expect(waits[0]).toBeLessThanOrEqual(2000);
      expect(Math.max(...waits)).toBeLessThanOrEqual(32_000);
      expect(sum(waits)).toBeLessThanOrEqual(300_000);
      expect(sum(waits)).toBeGreaterThan(240_000);
    },
  );

  it('does not wait for minutes where nothing was ever answered', async () => {
    expect(sum(await waitsOf(firstContactBackoff, 0.5))).toBeLessThanOrEqual(20_000);
  });

  it.each([0, 0.999])('tries a conflict five times more, 3 to 30 s later (%d)', async (random) => {
    const waits = await waitsOf(conflictBackoff, random);
    expect(waits.length).toBe(5);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(3000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
  });

  it('spreads two that failed together', async () => {
    expect(await waitsOf(conflictBackoff, 0.1)).not.toEqual(await waitsOf(conflictBackoff, 0.9));
  });

  it('counts each kind of failure by itself, and ends with the first success', async () => {
    const failures = [passingBackoff, conflictBackoff, passingBackoff];
    const timing = { sleep: async () => {}, random: () => 0 };
    const work = async () => {
      if (failures.length > 0) throw new Error('again');
      return 'done';
    };
    expect(await retrying(timing, work, () => failures.shift())).toBe('done');
  });
});
