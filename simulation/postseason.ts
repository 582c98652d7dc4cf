import { addDays, type GameDate } from '../src/calendar/game-date.ts';
import { conferences } from './conferences.ts';
import { playInGameId, playoffGameId } from './nba-game-id.ts';
import type { ScheduledGame } from './regular-season.ts';
import type { Standings } from './standings.ts';

/** Plays a game and tells which team won it. */
export type Play = (game: ScheduledGame) => number;

export interface PostseasonRequest {
  readonly seasonYear: number;
  /** Last day of the regular season. */
  readonly end: GameDate;
  readonly standings: Standings;
  /** Wins that decide a series before the finals; the finals always take four. */
  readonly winsNeeded: 2 | 4;
  readonly play: Play;
}

/** Whether the better team is at home in game 1, 2, …: 2-2-1-1-1 of seven games, 1-1-1 of three. */
const HOME_GAMES = {
  2: [true, false, true],
  4: [true, true, false, false, true, false, true],
} as const;

/** Days after the regular season on which a round begins, and the days between its games. */
const ROUNDS = [
  { begins: 6, gaps: [2, 2, 2, 2, 2, 2] },
  { begins: 21, gaps: [2, 2, 2, 2, 2, 2] },
  { begins: 35, gaps: [2, 2, 2, 2, 2, 2] },
  { begins: 49, gaps: [3, 2, 3, 2, 3, 2] },
] as const;

interface Seed {
  readonly team: number;
  /** Place among all teams: the better one has home advantage. */
  readonly rank: number;
}

/** Plays the play-in and the playoffs of 16 teams; the last game is the last of the finals. */
export function playPostseason(request: PostseasonRequest): void {
  const rankOf = (team: number): Seed => ({ team, rank: request.standings.indexOf(team) });
  const [east, west] = conferences.map((members) =>
    request.standings.filter((team) => members.includes(team)),
  );
  if (!east || !west) return;
  const seeds = playIn(request, [east, west]).map((conference) => conference.map(rankOf));
  // 1–8, 4–5, 3–6, 2–7: neighbours meet in the next round, so first and second meet last.
  let field = seeds.flatMap((conference) =>
    [0, 7, 3, 4, 2, 5, 1, 6].map((place) => conference[place] as Seed),
  );
  ROUNDS.forEach((_, round) => {
    field = pairs(field).map(([one, two], series) =>
      playSeries(request, round, series, one.rank < two.rank ? [one, two] : [two, one]),
    );
  });
}

/**
 * Plays seven against eight and nine against ten; the loser of the one and the winner of the other play for
 * the last place.
 */
function playIn(
  { seasonYear, end, play }: PostseasonRequest,
  standings: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  let number = 0;
  const meet = (home: number, away: number, day: number) => {
    number += 1;
    const gameId = playInGameId(seasonYear, number);
    return play({ gameId, date: addDays(end, day), seasonType: 'PlayIn', home, away });
  };
  const first = standings.map((conference, index) => {
    const [seven, eight, nine, ten] = conference.slice(6, 10) as [number, number, number, number];
    const winner = meet(seven, eight, 2 + index);
    const survivor = meet(nine, ten, 2 + index);
    return { winner, loser: winner === seven ? eight : seven, survivor };
  });
  return first.map(({ winner, loser, survivor }, index) => [
    ...(standings[index] ?? []).slice(0, 6),
    winner,
    meet(loser, survivor, 5),
  ]);
}

function playSeries(
  { seasonYear, end, winsNeeded, play }: PostseasonRequest,
  round: number,
  series: number,
  [better, worse]: readonly [Seed, Seed],
): Seed {
  const { begins, gaps } = ROUNDS[round] ?? ROUNDS[3];
  const needed = round === 3 ? 4 : winsNeeded;
  const wins = new Map([
    [better.team, 0],
    [worse.team, 0],
  ]);
  // Half of the series of a round begin a day later.
  let date = addDays(end, begins + (series % 2));
  for (const [index, isBetterHome] of HOME_GAMES[needed].entries()) {
    const [home, away] = isBetterHome ? [better.team, worse.team] : [worse.team, better.team];
    const gameId = playoffGameId(seasonYear, { round: round + 1, series, game: index + 1 });
    const winner = play({ gameId, date, seasonType: 'Playoffs', home, away });
    wins.set(winner, (wins.get(winner) ?? 0) + 1);
    if (wins.get(winner) === needed) return winner === better.team ? better : worse;
    date = addDays(date, gaps[index] ?? 2);
  }
  throw new Error(`series ${round + 1}/${series} was not decided`);
}

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((item, index) =>
    index % 2 === 0 ? [[item, items[index + 1] as T] as const] : [],
  );
}
