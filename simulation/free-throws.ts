import type { OpenBoxLine } from './box-line.ts';
import { pickIndex, type Random } from './random.ts';
import { countSuccesses } from './share-out.ts';
import { type Side, shotAppetite } from './shoot.ts';

const TRIP_LENGTHS = [2, 1, 3] as const;
const TRIP_WEIGHTS = [84, 11, 5];

/** Shoots the free throws a team was planned to get, mostly two at a time. */
export function shootFreeThrows({ lines, plan }: Side, random: Random): void {
  const weights = lines.map((line) => line.seconds * drawsFouls(line));
  for (let left = plan.freeThrowAttempts; left > 0; ) {
    const trip = Math.min(left, TRIP_LENGTHS[pickIndex(TRIP_WEIGHTS, random)] ?? 2);
    const line = lines[pickIndex(weights, random)] as OpenBoxLine;
    const accuracy = Math.min(0.95, line.player.freeThrowAccuracy + 0.008 * line.player.skill);
    line.freeThrowAttempts += trip;
    line.freeThrows += countSuccesses(trip, accuracy, random);
    left -= trip;
  }
}

function drawsFouls(line: OpenBoxLine): number {
  return line.player.habits.freeThrows * shotAppetite(line) ** 1.3;
}
