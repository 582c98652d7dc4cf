import { sumsSelect } from '../../../src/games/game-sums.ts';
import { gameWindows } from '../../../src/games/game-windows-sql.ts';
import { sumsOf } from '../../../src/games/games-measures.ts';
import { teamCompletenessCtes } from '../../../src/games/team-completeness-sql.ts';
import { latestBefore, scheduledGames, teamGamesSql } from '../../../src/games/team-games-sql.ts';
import { teams } from '../../../src/league/teams.ts';
import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { leagueAverageCtes, leagueCounts, seasonSums } from './league-average-sql.ts';
import { measures, versusLeague } from './measures.ts';

const sums = sumsOf(measures);

/** One row per team with enough games, whether or not it plays on the date. */
export function rowsSql(context: SqlContext): string {
  const { sql, input, option } = context;
  return `
WITH ${teamCompletenessCtes(context, 'team_defense_game_summary', 15)},
team_games AS (${teamGamesSql(context)}
),
rolled AS (
  SELECT
    scheduled.team_abbr,
    scheduled.season_year,
    scheduled.game_date,
    LEAD(scheduled.game_date) OVER season AS next_game_date,
    MIN(scheduled.game_date) OVER last_15 AS window_from,
    COUNT(summary.team_abbr) OVER last_15 AS games_in_sample,
    COUNT(summary.team_abbr) OVER to_date AS games_played,
    ${sumsSelect([...sums, ...seasonSums], sql)}
  FROM team_games AS scheduled
  LEFT JOIN ${input('team_defense_game_summary')} AS summary
    ON summary.game_date = scheduled.game_date
    AND summary.team_abbr = scheduled.team_abbr
  ${gameWindows(scheduledGames, [15])}
),
known AS (
  SELECT target_dates.analysis_date, rolled.*
  FROM target_dates
  INNER JOIN rolled
    ON ${latestBefore('rolled')}
),
${leagueAverageCtes(context)},
candidates AS (
  SELECT
    team.team_abbr,
    target_dates.analysis_date,
    target_dates.season_year,
    COALESCE(known.games_played, 0) AS games_played,
    COALESCE(known.games_in_sample, 0) AS games_in_sample,
    COALESCE(known.games_with_shot_zones_15, 0) AS games_with_shot_zones,
    known.games_with_shot_zones_15 > 0
      AND 2 * known.games_with_shot_zones_15 >= known.games_in_sample AS covered,
    team_known.expected_games,
    team_known.actual_games,
    known.window_from < target_dates.unbroken_since AS over_break,
    target_dates.unbroken_since > target_dates.season_start
      AND target_dates.unbroken_since > target_dates.analysis_date - 30 AS league_after_break,
    ${sums.map(({ name }) => `known.${name}`).join(',\n    ')},
    ${leagueCounts.map((name) => `league.${name} AS league_${name}`).join(',\n    ')},
    league.source AS league_avg_source,
    league.teams AS league_teams_in_sample
  FROM target_dates
  CROSS JOIN ${sql.constants(
    'team',
    ['team_abbr'],
    teams.map(({ tricode }) => [sql.string(tricode)]),
  )}
  INNER JOIN league
    ON league.analysis_date = target_dates.analysis_date
  LEFT JOIN known
    ON known.analysis_date = target_dates.analysis_date
    AND known.team_abbr = team.team_abbr
  LEFT JOIN team_known
    ON team_known.analysis_date = target_dates.analysis_date
    AND team_known.team_abbr = team.team_abbr
),
compared AS (
  SELECT
    *,
    ${selectList(versusLeague, sql, 4)}
  FROM candidates
)
SELECT
  ${selectList(measures, sql)},
  CASE
    WHEN games_played < ${option('min_games')} OR games_in_sample = 0 THEN 'INSUFFICIENT_DATA'
    WHEN 100 * games_in_sample < 15 * ${option('quality_threshold')} THEN 'BELOW_QUALITY_THRESHOLD'
  END AS exclusion_reason
FROM compared`;
}
