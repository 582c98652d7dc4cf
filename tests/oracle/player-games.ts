import type { Row } from './canonical-row.ts';
import { cell, flag, NULL_TEXT, unitsOrNull, wholeOrNull } from './canonical-row.ts';
import { quotientText } from './exact.ts';
import { groupBy } from './group-by.ts';
import { oncePerInput } from './once-per-input.ts';

/** A game a player was on court in. */
export interface PlayerGame {
  readonly date: string;
  /** His row of `player_game_summary`. */
  readonly row: Row;
}

/** The games of each player of a season, by player id. */
export type GamesOfPlayers = ReadonlyMap<string, readonly PlayerGame[]>;

/** Active games by season and player, newest first, and the team games that have any row. */
const indexOfRows = oncePerInput((playerRows: readonly Row[]) => {
  const active = playerRows
    .filter((row) => flag(row, 'is_active'))
    .map((row) => ({ date: cell(row, 'game_date'), row }))
    .sort((a, b) => compareText(b.date, a.date));
  const seasons = groupBy(active, ({ row }) => cell(row, 'season_year'));
  return {
    teamGames: new Set(
      playerRows.map((row) => `${cell(row, 'nba_game_id')} ${cell(row, 'team_abbr')}`),
    ),
    seasons: new Map(
      [...seasons].map(([season, games]) => [
        season,
        new Map(
          [...groupBy(games, ({ row }) => cell(row, 'universal_player_id'))].sort(([a], [b]) =>
            compareText(a, b),
          ),
        ),
      ]),
    ),
  };
});

/** The active games of every player of a season, newest first; players ordered by id as text. */
export function gamesOfSeason(playerRows: readonly Row[], season: number): GamesOfPlayers {
  return indexOfRows(playerRows).seasons.get(String(season)) ?? new Map();
}

/** The games before a date, of games ordered newest first. */
export function gamesBefore(games: readonly PlayerGame[], date: string): readonly PlayerGame[] {
  const first = games.findIndex((game) => game.date < date);
  return first === -1 ? [] : games.slice(first);
}

/** Whether a player of the team, active or not, has a row for the game. */
export function hasPlayerRows(playerRows: readonly Row[], game: string, team: string): boolean {
  return indexOfRows(playerRows).teamGames.has(`${game} ${team}`);
}

/** Counts of a game that later tables add up; a count the source does not tell is 0. */
export const figuresOfGame = oncePerInput((row: Row) => {
  const usage = unitsOrNull(row, 'usage_rate', 1);
  return {
    points: wholeOrNull(row, 'points') ?? 0,
    seconds: wholeOrNull(row, 'seconds_played') ?? 0,
    fieldGoalAttempts: wholeOrNull(row, 'fg_attempts') ?? 0,
    freeThrowMakes: wholeOrNull(row, 'ft_makes') ?? 0,
    freeThrowAttempts: wholeOrNull(row, 'ft_attempts') ?? 0,
    /** Tenths of a percent. */
    usageTenths: usage === null ? null : Number(usage),
  };
});

/** The figures of one game. */
export type GameFigures = ReturnType<typeof figuresOfGame>;

/** Adds up one figure of some games. */
export function sumOfFigure(
  figures: readonly GameFigures[],
  name: Exclude<keyof GameFigures, 'usageTenths'>,
): number {
  return figures.reduce((total, game) => total + game[name], 0);
}

/** The figures of a player's games of the season before a date, newest first. */
export function figuresBefore(
  playerRows: readonly Row[],
  player: string,
  season: number,
  date: string,
): readonly GameFigures[] {
  const games = gamesOfSeason(playerRows, season).get(player) ?? [];
  return gamesBefore(games, date).map(({ row }) => figuresOfGame(row));
}

/** Mean points of some games, with one decimal; NULL without games. */
export function meanPointsText(games: readonly GameFigures[]): string {
  if (games.length === 0) return NULL_TEXT;
  return quotientText(sumOfFigure(games, 'points'), games.length, 1);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
