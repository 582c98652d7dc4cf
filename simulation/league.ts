import { teams } from '../src/league/teams.ts';
import { makePlayer, type Player } from './player.ts';
import { pick, type Random, randomOf, shuffled } from './random.ts';

/** Every team's players before the first game of a season, by index into `teams`. */
export interface League {
  readonly seed: number;
  readonly seasonYear: number;
  readonly rosters: readonly (readonly Player[])[];
  readonly nextPlayerId: number;
}

/** Ids of NBA.com end below 2,000,000; the simulated ones can never be taken for those of real people. */
export const FIRST_PLAYER_ID = 9_000_001;

const SMALLEST_ROSTER = 15;
const LARGEST_ROSTER = 17;
const FREE_AGENCY = 0.13;
const ROOKIE_AGE = 19;
const HIGHEST_SKILL = 3;

/** The league before its first season. */
export function foundLeague(seed: number, seasonYear: number): League {
  const random = randomOf(seed, 'founding');
  let nextPlayerId = FIRST_PLAYER_ID;
  const rosters = rosterSizes(random).map((size) =>
    Array.from({ length: size }, () => {
      const age = ROOKIE_AGE + random.integer(16);
      nextPlayerId += 1;
      return makePlayer(nextPlayerId - 1, age, random.normal(0, 1), random);
    }),
  );
  return {
    seed,
    seasonYear,
    rosters: withNamesakes(onLeagueScale(rosters), random),
    nextPlayerId,
  };
}

/** The league a year later: players age, some retire, some change teams, rookies fill the places, the weakest team first. */
export function nextSeason(league: League): League {
  const seasonYear = league.seasonYear + 1;
  const random = randomOf(league.seed, seasonYear, 'off-season');
  let nextPlayerId = league.nextPlayerId;
  const free: Player[] = [];
  const rosters = league.rosters.map((roster) => {
    const aged = roster.map((player) => aYearOlder(player, random));
    const active = aged.filter((player) => !retires(player, random));
    const staying = active.filter(() => !random.chance(FREE_AGENCY));
    free.push(...active.filter((player) => !staying.includes(player)));
    return staying;
  });
  const sizes = rosterSizes(random);
  for (const player of shuffled(free, random)) {
    const open = rosters.filter((roster, team) => roster.length < (sizes[team] ?? 0));
    if (open.length > 0) pick(open, random).push(player);
  }
  const places = rosters.flatMap((roster, team) =>
    Array.from({ length: Math.max(0, (sizes[team] ?? 0) - roster.length) }, () => roster),
  );
  const rookies = places
    .map(() => {
      nextPlayerId += 1;
      const age = ROOKIE_AGE + random.integer(4);
      return makePlayer(nextPlayerId - 1, age, random.normal(-0.5, 0.75), random);
    })
    .toSorted((a, b) => b.skill - a.skill);
  const weakestFirst = new Map(
    rosters.toSorted((a, b) => total(a) - total(b)).map((roster, order) => [roster, order]),
  );
  // A team picks again only after every other team with an open place has picked.
  const turns = new Map<Player[], number>();
  const picks = places
    .map((roster) => {
      const turn = turns.get(roster) ?? 0;
      turns.set(roster, turn + 1);
      return { roster, order: turn * teams.length + (weakestFirst.get(roster) ?? 0) };
    })
    .toSorted((a, b) => a.order - b.order);
  picks.forEach(({ roster }, order) => {
    roster.push(rookies[order] as Player);
  });
  return {
    seed: league.seed,
    seasonYear,
    rosters: withNamesakes(onLeagueScale(rosters), random),
    nextPlayerId,
  };
}

function rosterSizes(random: Random): readonly number[] {
  return teams.map(() => SMALLEST_ROSTER + random.integer(LARGEST_ROSTER - SMALLEST_ROSTER + 1));
}

function aYearOlder(player: Player, random: Random): Player {
  const growth = player.age < 24 ? 0.28 : player.age < 29 ? 0.04 : player.age < 33 ? -0.12 : -0.35;
  return {
    ...player,
    age: player.age + 1,
    skill: 0.97 * player.skill + growth + random.normal(0, 0.28),
    threeTouch: player.threeTouch * 0.9 + random.normal(0, 0.009),
  };
}

function retires(player: Player, random: Random): boolean {
  if (player.age >= 40) return true;
  const byAge = player.age < 32 ? 0 : (player.age - 31) * 0.07;
  const bySkill = player.skill < -1.1 ? 0.35 : player.skill < -0.6 ? 0.12 : 0;
  return random.chance(Math.min(1, byAge + bySkill));
}

/**
 * Brings skills back to mean 0 and deviation 1, or a league of many seasons would drift away from real
 * numbers.
 */
function onLeagueScale(rosters: readonly (readonly Player[])[]): readonly (readonly Player[])[] {
  const skills = rosters.flat().map((player) => player.skill);
  const mean = skills.reduce((sum, skill) => sum + skill, 0) / skills.length;
  const variance = skills.reduce((sum, skill) => sum + (skill - mean) ** 2, 0) / skills.length;
  const deviation = Math.sqrt(variance);
  return rosters.map((roster) =>
    roster.map((player) => ({
      ...player,
      skill: Math.min(HIGHEST_SKILL, (player.skill - mean) / deviation),
    })),
  );
}

/** Two players of one name exist in every season, because people joining tables by name must meet them. */
function withNamesakes(
  rosters: readonly (readonly Player[])[],
  random: Random,
): readonly (readonly Player[])[] {
  const names = rosters.flat().map((player) => player.name);
  if (new Set(names).size < names.length) return rosters;
  const [one, two] = shuffled(
    rosters.map((roster) => roster.toSorted((a, b) => b.skill - a.skill)[4]),
    random,
  );
  if (!one || !two) return rosters;
  return rosters.map((roster) =>
    roster.map((player) => (player.id === two.id ? { ...player, name: one.name } : player)),
  );
}

function total(roster: readonly Player[]): number {
  return roster.reduce((sum, player) => sum + player.skill, 0);
}
