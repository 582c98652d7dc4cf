import { teams } from '../src/league/teams.ts';

/** Teams from best to worst, as indexes into `teams`. */
export type Standings = readonly number[];

/** The score of one regular-season game. */
export interface Score {
  readonly home: number;
  readonly away: number;
  readonly homePoints: number;
  readonly awayPoints: number;
}

/** Ranks the teams by wins, then by point difference, then by their order in the list of teams. */
export function standingsOf(scores: readonly Score[]): Standings {
  const wins = teams.map(() => 0);
  const difference = teams.map(() => 0);
  for (const { home, away, homePoints, awayPoints } of scores) {
    const winner = homePoints > awayPoints ? home : away;
    wins[winner] = (wins[winner] ?? 0) + 1;
    difference[home] = (difference[home] ?? 0) + homePoints - awayPoints;
    difference[away] = (difference[away] ?? 0) + awayPoints - homePoints;
  }
  return teams
    .map((_, team) => team)
    .toSorted(
      (a, b) =>
        (wins[b] ?? 0) - (wins[a] ?? 0) || (difference[b] ?? 0) - (difference[a] ?? 0) || a - b,
    );
}
