import type { SqlContext } from '../../../src/table/sql-context.ts';
import { seasonPhaseSql } from '../../shared/measures/season-phase-sql.ts';
import { bothSides } from '../../shared/windows/team-games-sql.ts';
import { gameLineCtes } from './game-line-sql.ts';
import { injuryCountCtes } from './injury-counts-sql.ts';
import { seasonSoFarCtes } from './season-so-far-sql.ts';
import { arenaTimeZones, daylightSavingTime } from './travel-sql.ts';

/** Two rows per scheduled game, final or not. */
export function rowsSql(context: SqlContext): string {
  const { sql, input } = context;
  const offset = (zone: string) => `${zone}.standard_offset + ${zone}.dst_hours * summer_hours`;
  return `
WITH slate_games AS (
  SELECT
    game.nba_game_id,
    game.game_id,
    game.game_date,
    game.season_year,
    game.game_type,
    game.home_team_abbr,
    game.team_a_abbr,
    game.team_b_abbr,
    game.neutral_site,
    game.tipoff_at,
    game.venue,
    ${seasonPhaseSql('game.game_type')} AS season_phase,
    CASE WHEN ${daylightSavingTime(sql, 'game.game_date')} THEN 1 ELSE 0 END AS summer_hours
  FROM ${input('schedule')} AS game
  INNER JOIN target_dates
    ON target_dates.analysis_date = game.game_date
),
slate AS (
  SELECT
    game.*,
    CASE WHEN side.is_a THEN game.team_a_abbr ELSE game.team_b_abbr END AS team_abbr,
    CASE WHEN side.is_a THEN game.team_b_abbr ELSE game.team_a_abbr END AS opponent_team_abbr
  FROM slate_games AS game
  CROSS JOIN ${bothSides(sql, 'side')}
),
${seasonSoFarCtes(context)},
${gameLineCtes(context)},
${injuryCountCtes(context)},
located AS (
  SELECT
    slate.*,
    before.days_since,
    before.games_played,
    before.games_7,
    before.games_14,
    before.win_streak,
    before.loss_streak,
    before.road_streak,
    before.margin,
    before.miles_14,
    before.from_venue,
    before.travel_miles
  FROM slate
  INNER JOIN before
    ON before.team_abbr = slate.team_abbr
    AND before.game_date = slate.game_date
)
SELECT
  located.game_id,
  located.nba_game_id,
  located.game_date,
  located.season_year,
  located.game_type,
  located.season_phase,
  located.team_abbr,
  located.opponent_team_abbr,
  located.home_team_abbr = located.team_abbr AS home_game,
  located.neutral_site,
  located.days_since AS days_since_last_game,
  located.days_since - 1 AS team_days_rest,
  COALESCE(located.days_since = 1, FALSE) AS team_back_to_back,
  located.games_played + 1 AS game_number_in_season,
  located.games_7 AS games_in_last_7_days,
  located.games_14 AS games_in_last_14_days,
  located.win_streak AS team_win_streak_entering,
  located.loss_streak AS team_loss_streak_entering,
  located.margin AS last_game_margin,
  CASE WHEN located.margin > 0 THEN 'W' WHEN located.margin < 0 THEN 'L' END AS last_game_result,
  located.travel_miles,
  (${offset('zone_here')}) - (${offset('zone_before')}) AS time_zone_change_hours,
  located.miles_14 AS miles_traveled_last_14_days,
  located.road_streak AS consecutive_road_games,
  CASE WHEN located.team_abbr = game_line.line_home THEN game_line.home_spread ELSE -game_line.home_spread END AS game_spread,
  game_line.total AS game_total,
  CASE WHEN injury_dates.game_date IS NOT NULL THEN COALESCE(team_injuries.out_count, 0) END AS players_out_count,
  CASE WHEN injury_dates.game_date IS NOT NULL THEN COALESCE(team_injuries.questionable_count, 0) END AS questionable_players_count,
  ${sql.issues([
    { code: 'home_side_unknown', when: 'located.home_team_abbr IS NULL' },
    { code: 'line_implausible', when: 'game_line.implausible' },
    { code: 'venue_unknown', when: 'located.venue IS NULL' },
  ])} AS data_quality_issues
FROM located
LEFT JOIN ${arenaTimeZones(sql, 'zone_here')}
  ON zone_here.venue = located.venue
LEFT JOIN ${arenaTimeZones(sql, 'zone_before')}
  ON zone_before.venue = located.from_venue
LEFT JOIN game_line
  ON game_line.nba_game_id = located.nba_game_id
  AND game_line.game_date = located.game_date
LEFT JOIN injury_dates
  ON injury_dates.game_date = located.game_date
LEFT JOIN team_injuries
  ON team_injuries.team_abbr = located.team_abbr
  AND team_injuries.game_date = located.game_date`;
}
