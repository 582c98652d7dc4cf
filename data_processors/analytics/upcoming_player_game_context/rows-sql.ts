import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { candidateCtes } from './candidates-sql.ts';
import { injuryStatusCtes } from './injury-status-sql.ts';
import { lineStreakCtes } from './line-streaks-sql.ts';
import { playerFormCtes } from './player-form-sql.ts';
import { teamFormCtes } from './team-form-sql.ts';

/** One row per player of the point-in-time roster of each team of the date. */
export function rowsSql(context: SqlContext): string {
  const { sql, input } = context;
  const enoughUsage = (sum: string, games: string) =>
    `CASE WHEN candidate.usage_games >= 3 THEN ${sql.ratio(`candidate.${sum}`, `10 * (${games})`, 1)} END`;
  const usageGames7 = 'CASE WHEN candidate.usage_games < 7 THEN candidate.usage_games ELSE 7 END';
  return `
WITH ${playerFormCtes(context)},
${candidateCtes(context)},
${teamFormCtes(context)},
${lineStreakCtes(context)},
${injuryStatusCtes(context)}
SELECT
  candidate.universal_player_id,
  candidate.player_lookup,
  candidate.player_full_name,
  candidate.game_id,
  candidate.nba_game_id,
  candidate.game_date,
  candidate.season_year,
  candidate.game_type,
  candidate.season_phase,
  candidate.team_abbr,
  candidate.opponent_team_abbr,
  candidate.home_game,
  candidate.games_played AS games_played_season,
  candidate.last_game_date,
  candidate.days_rest,
  candidate.days_rest = 1 AS back_to_back,
  candidate.days_rest_before AS days_rest_before_last_game,
  candidate.days_since_rested AS days_since_2_plus_days_rest,
  COALESCE(workload.games_7, 0) AS games_in_last_7_days,
  COALESCE(workload.games_14, 0) AS games_in_last_14_days,
  ${sql.ratio('COALESCE(workload.seconds_7, 0)', '60', 1)} AS minutes_in_last_7_days,
  ${sql.ratio('COALESCE(workload.seconds_14, 0)', '60', 1)} AS minutes_in_last_14_days,
  ${sql.ratio('workload.seconds_7', '60 * workload.games_7', 1)} AS avg_minutes_per_game_last_7,
  COALESCE(workload.back_to_backs_14, 0) AS back_to_backs_last_14_days,
  ${sql.ratio('candidate.points_5', 'candidate.points_games_5', 1)} AS points_avg_last_5,
  ${sql.ratio('candidate.points_10', 'candidate.points_games_10', 1)} AS points_avg_last_10,
  ${enoughUsage('recent_usage_tenths_7', usageGames7)} AS avg_usage_rate_last_7_games,
  ${enoughUsage('recent_usage_tenths_3', '3')} AS projected_usage_rate,
  ${sql.ratio('matchup.pace_tenths', '10 * matchup.paced_games', 1)} AS team_pace_last_10,
  ${sql.ratio('matchup.opponent_pace_tenths', '10 * matchup.opponent_paced_games', 1)} AS opponent_pace_last_10,
  ${sql.signedRatio(
    'matchup.opponent_pace_tenths * matchup.paced_games - matchup.pace_tenths * matchup.opponent_paced_games',
    '10 * matchup.opponent_paced_games * matchup.paced_games',
    1,
  )} AS pace_differential,
  ${sql.ratio('matchup.opponent_rating_hundredths', '100 * matchup.opponent_rated_games', 2)} AS opponent_def_rating_last_10,
  ${sql.ratio('100 * matchup.opponent_ft_attempts_allowed', 'matchup.opponent_fg_attempts_allowed', 1)} AS opponent_ft_rate_allowed,
  matchup.opponent_days_since AS opponent_days_rest,
  lined.line AS current_points_line,
  lined.bookmaker AS current_points_line_source,
  lined.over_streak AS prop_over_streak,
  lined.under_streak AS prop_under_streak,
  candidate.game_spread,
  candidate.game_total,
  candidate.status AS player_status,
  candidate.star_teammates_out,
  ${fullYears(sql, 'birth.birth_date', 'candidate.game_date')} AS player_age,
  CASE
    WHEN candidate.games_played >= 10 THEN 'high'
    WHEN candidate.games_played >= 5 THEN 'medium'
    ELSE 'low'
  END AS data_quality_tier,
  ${sql.issues([
    { code: 'few_usage_games', when: 'candidate.usage_games < 3' },
    { code: 'home_side_unknown', when: 'candidate.home_game IS NULL' },
    {
      code: 'line_implausible',
      when: sql.arrayContains('candidate.team_issues', sql.string('line_implausible')),
    },
    { code: 'no_opponent_history', when: 'matchup.opponent_has_form IS NOT TRUE' },
    { code: 'no_team_history', when: 'matchup.has_form IS NOT TRUE' },
  ])} AS data_quality_issues
FROM informed AS candidate
INNER JOIN workload
  ON workload.is_candidate
  AND workload.universal_player_id = candidate.universal_player_id
  AND workload.game_date = candidate.game_date
LEFT JOIN matchup
  ON matchup.game_date = candidate.game_date
  AND matchup.team_abbr = candidate.team_abbr
LEFT JOIN lined
  ON lined.game_date = candidate.game_date
  AND lined.universal_player_id = candidate.universal_player_id
LEFT JOIN ${input('players')} AS birth
  ON CAST(birth.player_id AS STRING) = candidate.universal_player_id`;
}

/** Whole years from one date to another. */
function fullYears(sql: SqlDialect, from: string, to: string): string {
  const year = (date: string) => sql.datePart('YEAR', date);
  const monthAndDay = (date: string) =>
    `100 * ${sql.datePart('MONTH', date)} + ${sql.datePart('DAY', date)}`;
  return `${year(to)} - ${year(from)}
    - CASE WHEN ${monthAndDay(to)} < ${monthAndDay(from)} THEN 1 ELSE 0 END`;
}
