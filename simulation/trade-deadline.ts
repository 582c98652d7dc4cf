import type { Player } from './player.ts';
import { pick, type Random, shuffled } from './random.ts';

const TRADES = 13;

/** The rosters after the deadline: players of similar skill have changed places, two for two now and then. */
export function tradeDeadline(
  rosters: readonly (readonly Player[])[],
  random: Random,
): readonly (readonly Player[])[] {
  const result = rosters.map((roster) => [...roster]);
  const traded = new Set<number>();
  for (let trade = 0; trade < TRADES; trade += 1) {
    const [one, two] = shuffled(result, random);
    if (!one || !two) continue;
    const pieces = random.chance(0.25) ? 2 : 1;
    for (let piece = 0; piece < pieces; piece += 1) exchange(one, two, traded, random);
  }
  return result;
}

function exchange(one: Player[], two: Player[], traded: Set<number>, random: Random): void {
  const eligible = one.filter((player) => !traded.has(player.id));
  if (eligible.length === 0) return;
  const given = pick(eligible, random);
  const [received] = two
    .filter((player) => !traded.has(player.id))
    .toSorted((a, b) => Math.abs(a.skill - given.skill) - Math.abs(b.skill - given.skill));
  if (received === undefined) return;
  one.splice(one.indexOf(given), 1, received);
  two.splice(two.indexOf(received), 1, given);
  traded.add(given.id).add(received.id);
}
