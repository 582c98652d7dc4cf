import type { SqlContext } from '../../../src/table/sql-context.ts';

/**
 * CTEs that end in `team_injuries` (team_abbr, game_date, out_count, questionable_count): players by
 * their latest report before tip-off; and `injury_dates`, the dates for which any report is loaded.
 */
export function injuryCountCtes({ sql, input }: SqlContext): string {
  return `injury_dates AS (
  SELECT DISTINCT game_date
  FROM ${input('injuries')} AS report
),
team_reports AS (
  SELECT
    side.team_abbr,
    side.game_date,
    report.status,
    ROW_NUMBER() OVER (
      PARTITION BY side.team_abbr, side.game_date, report.player_lookup
      ORDER BY report.reported_at DESC NULLS LAST
    ) AS recency
  FROM slate AS side
  INNER JOIN ${input('injuries')} AS report
    ON report.game_date = side.game_date
    AND report.team_abbr = side.team_abbr
  WHERE report.reported_at <= COALESCE(side.tipoff_at, ${sql.dayBegins('side.game_date')})
),
team_injuries AS (
  SELECT
    team_abbr,
    game_date,
    ${sql.countIf("status = 'out'")} AS out_count,
    ${sql.countIf("status IN ('questionable', 'doubtful')")} AS questionable_count
  FROM team_reports
  WHERE recency = 1
  GROUP BY team_abbr, game_date
)`;
}
