import { conferences } from './conferences.ts';
import { type Random, shuffled } from './random.ts';

/** Two teams that meet, as indexes into `teams`; who is at home is decided later. */
export type Pairing = readonly [number, number];

/** Games of a team in a full season, and the most that can be asked for. */
export const FULL_SEASON_GAMES = 82;

const CONFERENCE_SIZE = 15;
const WITHIN_CONFERENCE_ROUNDS = 55;

/**
 * Who meets whom: `gamesPerTeam` rounds in each of which every team plays exactly once.
 * Over 82 rounds a team meets the 14 others of its conference three or four times and the 15 of the
 * other conference about twice, as in the NBA.
 */
export function pairingRounds(
  gamesPerTeam: number,
  random: Random,
): readonly (readonly Pairing[])[] {
  const east = shuffled(conferences[0], random);
  const west = shuffled(conferences[1], random);
  const rounds = Array.from({ length: FULL_SEASON_GAMES }, (_, round) =>
    round < WITHIN_CONFERENCE_ROUNDS
      ? withinConferences(east, west, round)
      : acrossConferences(east, west, round),
  );
  return shuffled(rounds, random).slice(0, gamesPerTeam);
}

/**
 * Places whose numbers add up to `round` (mod 15) meet. That leaves one team of each conference over;
 * they meet each other, and every 15 rounds the leftovers pair up differently.
 */
function withinConferences(
  east: readonly number[],
  west: readonly number[],
  round: number,
): readonly Pairing[] {
  const cycle = Math.floor(round / CONFERENCE_SIZE);
  const pairings: Pairing[] = [];
  for (let place = 0; place < CONFERENCE_SIZE; place += 1) {
    const other = (round - place + (cycle + 1) * CONFERENCE_SIZE) % CONFERENCE_SIZE;
    const partner = (place + 4 * cycle) % CONFERENCE_SIZE;
    if (other === place) pairings.push([at(east, place), at(west, partner)]);
    if (other <= place) continue;
    const turned = (other + 4 * cycle) % CONFERENCE_SIZE;
    pairings.push([at(east, place), at(east, other)], [at(west, partner), at(west, turned)]);
  }
  return pairings;
}

function acrossConferences(
  east: readonly number[],
  west: readonly number[],
  round: number,
): readonly Pairing[] {
  return east.map((team, place) => [team, at(west, (place + round) % CONFERENCE_SIZE)]);
}

function at(order: readonly number[], place: number): number {
  const team = order[place];
  if (team === undefined) throw new Error(`no team at place ${place}`);
  return team;
}
