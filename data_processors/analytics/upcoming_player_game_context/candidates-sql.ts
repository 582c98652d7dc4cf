import { dayWindow } from '../../../src/games/day-windows-sql.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { lookupOnDate } from '../../shared/roster/lookup-on-date-sql.ts';
import { rosterDays } from './expected-rows.ts';

/**
 * CTEs that end in `candidates`, the point-in-time roster: for each team of a date the players whose
 * latest active game of the last 30 days was for that team; and `workload`, their last days.
 */
export function candidateCtes({ sql, input }: SqlContext): string {
  const player = ['universal_player_id', 'season_year'];
  return `slate AS (
  SELECT team.*, target_dates.unbroken_since
  FROM ${input('upcoming_team_game_context')} AS team
  INNER JOIN target_dates
    ON target_dates.analysis_date = team.game_date
),
candidates AS (
  SELECT
    form.universal_player_id,
    ${lookupOnDate('form', 'slate.game_date')} AS player_lookup,
    form.player_full_name,
    slate.game_id,
    slate.nba_game_id,
    slate.game_date,
    slate.season_year,
    slate.game_type,
    slate.season_phase,
    slate.team_abbr,
    slate.opponent_team_abbr,
    slate.home_game,
    slate.game_spread,
    slate.game_total,
    slate.data_quality_issues AS team_issues,
    form.games_played,
    form.game_date AS last_game_date,
    unix_date(slate.game_date) - unix_date(form.game_date) AS days_rest,
    form.days_rest_before,
    unix_date(slate.game_date) - unix_date(form.last_rested_game_date) AS days_since_rested,
    form.points_5,
    form.points_games_5,
    form.points_10,
    form.points_games_10,
    form.window_from < slate.unbroken_since AS over_break,
    form.points_season,
    form.seconds_season,
    form.usage_games,
    form.recent_usage_tenths_3,
    form.recent_usage_tenths_7
  FROM slate
  INNER JOIN form
    ON form.team_abbr = slate.team_abbr
    AND form.season_year = slate.season_year
    AND form.game_date < slate.game_date
    AND unix_date(form.game_date) >= unix_date(slate.game_date) - ${rosterDays}
    AND COALESCE(form.next_game_date, DATE '9999-12-31') >= slate.game_date
),
workload AS (
  SELECT
    universal_player_id,
    game_date,
    is_candidate,
    ${sql.sumOver('game', 'week')} AS games_7,
    ${sql.sumOver('game', 'fortnight')} AS games_14,
    ${sql.sumOver('seconds_played', 'week')} AS seconds_7,
    ${sql.sumOver('seconds_played', 'fortnight')} AS seconds_14,
    ${sql.sumOver('second_of_pair', 'pair_fortnight')} AS back_to_backs_14
  FROM (
    SELECT universal_player_id, season_year, game_date, FALSE AS is_candidate, 1 AS game, seconds_played,
      CASE WHEN days_rest_before = 1 THEN 1 ELSE 0 END AS second_of_pair
    FROM form
    UNION ALL
    SELECT universal_player_id, season_year, game_date, TRUE AS is_candidate, 0 AS game, 0 AS seconds_played,
      0 AS second_of_pair
    FROM candidates
  ) AS games_and_candidates
  WINDOW
    week AS (${dayWindow(player, 'game_date', 7)}),
    fortnight AS (${dayWindow(player, 'game_date', 14)}),
    pair_fortnight AS (${dayWindow(player, 'game_date', 13)})
)`;
}
