import { groupBy } from './group-by.ts';
import { oncePerInput } from './once-per-input.ts';
import type { GameResultRow, RawRows, ScheduleRow } from './raw-rows.ts';
import { rowsOnDate } from './rows-on-date.ts';

/** Who played whom, and which of these games are over. */
export type Games = Pick<RawRows, 'schedule' | 'game_results'>;

/** A game that is over. */
export interface FinalGame {
  readonly game: ScheduleRow;
  readonly result: GameResultRow;
}

const finalGamesOfTeam = oncePerInput((games: Games) => {
  const results = new Map(
    games.game_results
      .filter((row) => row.status === 'final')
      .map((row) => [row.nba_game_id, row] as const),
  );
  const sides = games.schedule
    .flatMap((game) => {
      const result = results.get(game.nba_game_id);
      if (!result) return [];
      return [game.team_a_abbr, game.team_b_abbr].map((team) => ({ game, result, team }));
    })
    .sort((a, b) => compareNewestFirst(a.game, b.game));
  return groupBy(sides, ({ game, team }) => `${game.season_year} ${team}`);
});

const scheduledGamesOfTeam = oncePerInput((schedule: Games['schedule']) => {
  const sides = schedule
    .toSorted(compareNewestFirst)
    .flatMap((game) => [game.team_a_abbr, game.team_b_abbr].map((team) => ({ game, team })));
  return groupBy(sides, ({ game, team }) => `${game.season_year} ${team}`);
});

/**
 * The season a game date belongs to, from its scheduled games.
 * @throws when no game is scheduled on the date: no table is built for such a date.
 */
export function seasonOfDate(games: Games, date: string): number {
  const game: ScheduleRow | undefined = rowsOnDate(games.schedule, date)[0];
  if (!game) throw new Error(`no game is scheduled on "${date}"`);
  return game.season_year;
}

function compareNewestFirst(a: ScheduleRow, b: ScheduleRow): number {
  return a.game_date < b.game_date ? 1 : a.game_date > b.game_date ? -1 : 0;
}

/** A team's final games of the season before the date, newest first. */
export function finalGamesBefore(
  games: Games,
  team: string,
  season: number,
  date: string,
): readonly FinalGame[] {
  const all = finalGamesOfTeam(games).get(`${season} ${team}`) ?? [];
  return all.filter(({ game }) => game.game_date < date);
}

/**
 * The ids of a team's most recent games of the schedule before the date, newest first, whatever is known of
 * how they ended.
 */
export function lastScheduledGames(
  games: Pick<Games, 'schedule'>,
  team: string,
  season: number,
  date: string,
  count: number,
): readonly string[] {
  return scheduledGamesBefore(games, team, season, date)
    .slice(0, count)
    .map((game) => game.nba_game_id);
}

/** The games of the season that the schedule has for a team before the date, newest first. */
export function scheduledGamesBefore(
  { schedule }: Pick<Games, 'schedule'>,
  team: string,
  season: number,
  date: string,
): readonly ScheduleRow[] {
  const all = scheduledGamesOfTeam(schedule).get(`${season} ${team}`) ?? [];
  return all.map(({ game }) => game).filter((game) => game.game_date < date);
}

/** The ids of a team's most recent final games of the season before the date, newest first. */
export function lastFinalGames(
  games: Games,
  team: string,
  season: number,
  date: string,
  count: number,
): readonly string[] {
  return finalGamesBefore(games, team, season, date)
    .slice(0, count)
    .map(({ game }) => game.nba_game_id);
}
