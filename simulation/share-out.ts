import { pickIndex, type Random } from './random.ts';

/**
 * Hands out `count` single units, each to one place with the probability of its weight.
 * A place that has reached its limit gets no more; units nobody may take are dropped.
 * @returns units per place.
 */
export function shareOut(
  count: number,
  weights: readonly number[],
  random: Random,
  limits?: readonly number[],
): number[] {
  const units = weights.map(() => 0);
  const open = weights.map((weight, index) => ((limits?.[index] ?? 1) > 0 ? weight : 0));
  for (let unit = 0; unit < count; unit += 1) {
    if (!open.some((weight) => weight > 0)) break;
    const index = pickIndex(open, random);
    units[index] = (units[index] ?? 0) + 1;
    if (limits && (units[index] ?? 0) >= (limits[index] ?? 0)) open[index] = 0;
  }
  return units;
}

/** How often something with `probability` happens in `trials`. */
export function countSuccesses(trials: number, probability: number, random: Random): number {
  let count = 0;
  for (let trial = 0; trial < trials; trial += 1) if (random.chance(probability)) count += 1;
  return count;
}
