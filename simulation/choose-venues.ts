import { type Arena, teams } from '../src/league/teams.ts';
import type { Random } from './random.ts';
import type { DatedPairing } from './spread-over-dates.ts';

/** A pairing with its day and its venue; teams are indexes into `teams`. */
export interface Fixture {
  readonly date: DatedPairing['date'];
  readonly home: number;
  readonly away: number;
}

const SWEEPS = 4;

/**
 * Decides who is at home: exactly half of the games of every team whose number of games is even, and
 * as even as possible between two teams. Then two meetings of a pair trade venues wherever that
 * saves both teams miles, which turns the to and fro into home stands and road trips.
 * @param pairings in order of date.
 */
export function chooseVenues(
  pairings: readonly DatedPairing[],
  seasonYear: number,
  random: Random,
): readonly Fixture[] {
  const homes = balancedHomes(pairings, random);
  const miles = milesBetweenArenas(seasonYear);
  const gamesOf = teams.map((_, team) =>
    pairings.flatMap(({ pairing }, index) => (pairing.includes(team) ? [index] : [])),
  );
  const travelled = (team: number): number => {
    let venue = team;
    let sum = 0;
    for (const game of gamesOf[team] ?? []) {
      const next = homes[game] ?? team;
      sum += miles[venue]?.[next] ?? 0;
      venue = next;
    }
    return sum;
  };
  const meetings = [...meetingsByPair(pairings)];
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const [, games] of meetings) {
      for (const [a, b] of pairsOf(games)) {
        if (homes[a] === homes[b]) continue;
        const [one, two] = pairings[a]?.pairing ?? [0, 0];
        const before = travelled(one) + travelled(two);
        swap(homes, a, b);
        if (travelled(one) + travelled(two) >= before) swap(homes, a, b);
      }
    }
  }
  return pairings.map(({ pairing: [one, two], date }, index) =>
    homes[index] === one ? { date, home: one, away: two } : { date, home: two, away: one },
  );
}

/** The home team of each pairing: meetings of a pair alternate, the odd ones out are walked in circles. */
function balancedHomes(pairings: readonly DatedPairing[], random: Random): number[] {
  const homes: number[] = [];
  const oddGames = teams.map((): number[] => []);
  for (const [, games] of meetingsByPair(pairings)) {
    const [one, two] = pairings[games[0] ?? 0]?.pairing ?? [0, 0];
    const even = games.length - (games.length % 2);
    const startsAt = random.integer(2);
    games.forEach((game, turn) => {
      if (turn < even) homes[game] = (turn + startsAt) % 2 === 0 ? one : two;
      else for (const team of [one, two]) oddGames[team]?.push(game);
    });
  }
  // A walk along unused games enters every team as often as it leaves it: half home, half away.
  for (let start = 0; start < teams.length; start += 1) {
    for (let team = start; ; ) {
      const game = oddGames[team]?.find((candidate) => homes[candidate] === undefined);
      if (game === undefined) {
        if (team === start) break;
        team = start;
        continue;
      }
      homes[game] = team;
      const [one, two] = pairings[game]?.pairing ?? [0, 0];
      team = team === one ? two : one;
    }
  }
  return homes;
}

function meetingsByPair(pairings: readonly DatedPairing[]): ReadonlyMap<number, readonly number[]> {
  const meetings = new Map<number, number[]>();
  pairings.forEach(({ pairing: [one, two] }, index) => {
    const key = Math.min(one, two) * teams.length + Math.max(one, two);
    const games = meetings.get(key);
    if (games) games.push(index);
    else meetings.set(key, [index]);
  });
  return meetings;
}

function pairsOf(games: readonly number[]): readonly (readonly [number, number])[] {
  return games.flatMap((a, place) => games.slice(place + 1).map((b) => [a, b] as const));
}

function swap(homes: number[], a: number, b: number): void {
  const kept = homes[a] as number;
  homes[a] = homes[b] as number;
  homes[b] = kept;
}

/** Measures roughly, from latitude and longitude on a plane: only the order of distances matters here. */
function milesBetweenArenas(seasonYear: number): readonly (readonly number[])[] {
  const arenas = teams.map(
    ({ arenas: all }) => all.find((arena) => isUsed(arena, seasonYear)) ?? (all[0] as Arena),
  );
  return arenas.map((from) =>
    arenas.map((to) => Math.hypot((from.lat - to.lat) * 69, (from.lon - to.lon) * 54)),
  );
}

function isUsed(arena: Arena, seasonYear: number): boolean {
  return (arena.fromSeasonYear ?? 0) <= seasonYear && seasonYear <= (arena.toSeasonYear ?? 9999);
}
