import { gameWindows, playerGames } from '../../../src/games/game-windows-sql.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';

/**
 * CTEs that end in `form`: one row per active game of a player with what his games of the season up
 * to and including it add up to, and the date of his next one. A game without a usage rate shares its
 * count of usage games with the last one that has it, which alone of them carries the sums.
 */
export function playerFormCtes({ sql, input }: SqlContext): string {
  const daysRest = 'unix_date(game_date) - unix_date(previous_game_date)';
  const seasonOf = 'PARTITION BY universal_player_id, season_year';
  return `player_games AS (
  SELECT
    universal_player_id,
    player_lookup,
    player_full_name,
    season_year,
    team_abbr,
    game_date,
    points,
    seconds_played,
    ${sql.units('usage_rate', 1)} AS usage_tenths,
    CASE WHEN usage_rate IS NULL THEN 0 ELSE 1 END AS usage_game,
    LAG(game_date) OVER season AS previous_game_date,
    LEAD(game_date) OVER season AS next_game_date,
    ROW_NUMBER() OVER season AS games_played
  FROM ${input('player_game_summary')} AS game
  WHERE is_active
  ${gameWindows(playerGames, [])}
),
usage_so_far AS (
  SELECT
    *,
    ${daysRest} AS days_rest_before,
    MAX(CASE WHEN ${daysRest} >= 2 THEN game_date END) OVER to_date AS last_rested_game_date,
    COUNT(usage_tenths) OVER to_date AS usage_games,
    ${sql.sumOver('usage_tenths', 'usage_last_3')} AS usage_tenths_3,
    ${sql.sumOver('usage_tenths', 'usage_last_7')} AS usage_tenths_7,
    ${sql.sumOver('points', 'last_5')} AS points_5,
    COUNT(points) OVER last_5 AS points_games_5,
    ${sql.sumOver('points', 'last_10')} AS points_10,
    COUNT(points) OVER last_10 AS points_games_10,
    MIN(game_date) OVER last_10 AS window_from,
    ${sql.sumOver('points', 'to_date')} AS points_season,
    ${sql.sumOver('seconds_played', 'to_date')} AS seconds_season
  FROM player_games
  ${gameWindows(playerGames, [5, 10])},
    usage_last_3 AS (${seasonOf}, usage_game ORDER BY game_date ROWS BETWEEN 2 PRECEDING AND CURRENT ROW),
    usage_last_7 AS (${seasonOf}, usage_game ORDER BY game_date ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)
),
form AS (
  SELECT
    *,
    MAX(usage_tenths_3) OVER usage_group AS recent_usage_tenths_3,
    MAX(usage_tenths_7) OVER usage_group AS recent_usage_tenths_7
  FROM usage_so_far
  WINDOW usage_group AS (${seasonOf}, usage_games)
)`;
}
