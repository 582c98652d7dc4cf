import type { SqlContext } from '../../../src/table/sql-context.ts';

/**
 * CTEs that end in `team_injuries` (team_abbr, game_date, out_count, questionable_count): players by
 * their latest report before tip-off, with the team that the latest report with a team names, as not every report
 * has one; and `injury_dates`, the dates for which any report is loaded.
 */
export function injuryCountCtes({ sql, input }: SqlContext): string {
  return `injury_dates AS (
  SELECT DISTINCT game_date
  FROM ${input('injuries')} AS report
),
named_players AS (
  SELECT DISTINCT game_date, team_abbr, player_lookup
  FROM ${input('injuries')} AS report
  WHERE team_abbr IS NOT NULL
),
team_reports AS (
  SELECT
    side.team_abbr,
    side.game_date,
    report.player_lookup,
    report.status,
    report.team_abbr AS reported_team,
    ROW_NUMBER() OVER (
      PARTITION BY side.team_abbr, side.game_date, report.player_lookup
      ORDER BY report.reported_at DESC NULLS LAST
    ) AS recency,
    ROW_NUMBER() OVER (
      PARTITION BY side.team_abbr, side.game_date, report.player_lookup
      ORDER BY CASE WHEN report.team_abbr IS NULL THEN 1 ELSE 0 END, report.reported_at DESC NULLS LAST
    ) AS team_recency
  FROM slate AS side
  INNER JOIN named_players
    ON named_players.game_date = side.game_date
    AND named_players.team_abbr = side.team_abbr
  INNER JOIN ${input('injuries')} AS report
    ON report.game_date = side.game_date
    AND report.player_lookup = named_players.player_lookup
  WHERE report.reported_at <= COALESCE(side.tipoff_at, ${sql.dayBegins('side.game_date')})
),
player_reports AS (
  SELECT
    team_abbr,
    game_date,
    MAX(CASE WHEN recency = 1 THEN status END) AS status,
    MAX(CASE WHEN team_recency = 1 THEN reported_team END) AS reported_team
  FROM team_reports
  GROUP BY team_abbr, game_date, player_lookup
),
team_injuries AS (
  SELECT
    team_abbr,
    game_date,
    ${sql.countIf("status = 'out'")} AS out_count,
    ${sql.countIf("status IN ('questionable', 'doubtful')")} AS questionable_count
  FROM player_reports
  WHERE reported_team = team_abbr
  GROUP BY team_abbr, game_date
)`;
}
