import type { Row } from './canonical-row.ts';
import { cell, NULL_TEXT, text, whole } from './canonical-row.ts';
import type { RowOptions, RowsOfDate } from './common-columns.ts';
import { commonColumns } from './common-columns.ts';
import { quotientText } from './exact.ts';
import { lastFinalGames } from './final-games.ts';
import { meanText } from './mean-column.ts';
import type { GameFigures } from './player-games.ts';
import { figuresBefore, meanPointsText, sumOfFigure } from './player-games.ts';
import type { PlayerTableInputs } from './player-rows-of-date.ts';
import { PLAYER_WINDOW, playerZonesOf, rowsOfCandidates, sampleOf } from './player-rows-of-date.ts';
import { rowsOfTeamGames } from './rows-by-game-and-team.ts';
import { sampleDeviationText } from './sample-deviation.ts';

const VERSION = 'v1';
const MEDIUM_FROM = 7;

/** What is known about the players of a date. */
export interface DailyCacheInputs extends PlayerTableInputs {
  /** `team_offense_game_summary` of any dates; only those before the date count. */
  readonly offenseRows: readonly Row[];
}

/** `player_daily_cache` of one date, in the order of the candidates. */
export function oraclePlayerDailyCache(inputs: DailyCacheInputs, options: RowOptions): RowsOfDate {
  return rowsOfCandidates(
    inputs.playerContexts,
    options,
    (row) => cell(row, 'quality_score'),
    (context) => cacheRow(inputs, context),
  );
}

function cacheRow(inputs: DailyCacheInputs, context: Row): Row {
  const team = cell(context, 'team_abbr');
  const season = whole(context, 'season_year');
  const date = cell(context, 'game_date');
  const player = cell(context, 'universal_player_id');
  const games = figuresBefore(inputs.playerRows, player, season, date);
  const lastTen = games.slice(0, PLAYER_WINDOW);
  const teamGames = lastFinalGames(inputs.games, team, season, date, PLAYER_WINDOW);
  const teamRows = rowsOfTeamGames(inputs.offenseRows, teamGames, team);
  const zones = playerZonesOf(inputs.playerZones, context);
  const issues = [...zones.issues];
  const shots = zones.row && cell(zones.row, 'total_shots_last_10');
  if (shots === NULL_TEXT) issues.push('no_shot_zones');
  if (shots === '0') issues.push('zero_attempts');
  if (teamGames.length === 0) issues.push('no_team_games');
  const sample = sampleOf(inputs, context, issues);
  return {
    universal_player_id: text(player),
    player_lookup: cell(context, 'player_lookup'),
    player_full_name: cell(context, 'player_full_name'),
    cache_date: text(date),
    season_year: cell(context, 'season_year'),
    game_id: cell(context, 'game_id'),
    team_abbr: text(team),
    opponent_team_abbr: cell(context, 'opponent_team_abbr'),
    points_avg_last_5: meanPointsText(games.slice(0, 5)),
    points_avg_last_10: meanPointsText(lastTen),
    points_avg_season: meanPointsText(games),
    points_std_last_10: sampleDeviationText(
      lastTen.map((game) => game.points),
      2,
    ),
    minutes_avg_last_10: minutesText(lastTen),
    minutes_avg_season: minutesText(games),
    usage_rate_last_10: usageText(lastTen),
    player_usage_rate_season: usageText(games),
    ts_pct_last_10: trueShootingText(lastTen),
    games_played_season: cell(context, 'games_played_season'),
    team_pace_last_10: meanText(teamRows, 'pace', 1),
    team_off_rating_last_10: meanText(teamRows, 'offensive_rating', 2),
    games_in_last_7_days: cell(context, 'games_in_last_7_days'),
    games_in_last_14_days: cell(context, 'games_in_last_14_days'),
    minutes_in_last_7_days: cell(context, 'minutes_in_last_7_days'),
    minutes_in_last_14_days: cell(context, 'minutes_in_last_14_days'),
    avg_minutes_per_game_last_7: cell(context, 'avg_minutes_per_game_last_7'),
    back_to_backs_last_14_days: cell(context, 'back_to_backs_last_14_days'),
    player_age: cell(context, 'player_age'),
    ...zoneColumns(zones.row),
    cache_version: text(VERSION),
    games_in_sample: text(sample.gamesInSample),
    ...commonColumns({ ...sample, mediumFrom: MEDIUM_FROM }),
  };
}

function minutesText(games: readonly GameFigures[]): string {
  if (games.length === 0) return NULL_TEXT;
  return quotientText(sumOfFigure(games, 'seconds'), 60 * games.length, 1);
}

function usageText(games: readonly GameFigures[]): string {
  const usages = games.map((game) => game.usageTenths).filter((tenths) => tenths !== null);
  if (usages.length === 0) return NULL_TEXT;
  const total = usages.reduce((sum, tenths) => sum + tenths, 0);
  return quotientText(total, 10 * usages.length, 2);
}

/** Points per two shooting attempts of all games together. */
function trueShootingText(games: readonly GameFigures[]): string {
  const attemptHundredths =
    100 * sumOfFigure(games, 'fieldGoalAttempts') + 44 * sumOfFigure(games, 'freeThrowAttempts');
  if (attemptHundredths === 0) return NULL_TEXT;
  return quotientText(100 * sumOfFigure(games, 'points'), 2 * attemptHundredths, 3);
}

function zoneColumns(zones: Row | undefined): Row {
  const copied = (column: string): string => (zones ? cell(zones, column) : NULL_TEXT);
  return {
    primary_scoring_zone: copied('primary_scoring_zone'),
    paint_rate_last_10: copied('paint_rate_last_10'),
    mid_range_rate_last_10: copied('mid_range_rate_last_10'),
    three_pt_rate_last_10: copied('three_pt_rate_last_10'),
    assisted_rate_last_10: copied('assisted_rate_last_10'),
  };
}
