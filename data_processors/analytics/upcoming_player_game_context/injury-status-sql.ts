import type { SqlContext } from '../../../src/table/sql-context.ts';

/**
 * CTEs that end in `informed`: the candidates, each with what the latest report before tip-off says of him
 * and how many stars among his team-mates are out; both NULL on dates for which no report is loaded.
 */
export function injuryStatusCtes({ sql, input }: SqlContext): string {
  return `injury_dates AS (
  SELECT DISTINCT game_date
  FROM ${input('injuries')} AS report
),
reports AS (
  SELECT
    candidate.*,
    injury_dates.game_date IS NOT NULL AS has_reports,
    report.status AS reported_status,
    ROW_NUMBER() OVER (
      PARTITION BY candidate.game_date, candidate.universal_player_id
      ORDER BY report.reported_at DESC NULLS LAST
    ) AS recency
  FROM candidates AS candidate
  INNER JOIN ${input('schedule')} AS game
    ON game.nba_game_id = candidate.nba_game_id
    AND game.game_date = candidate.game_date
  LEFT JOIN injury_dates
    ON injury_dates.game_date = candidate.game_date
  LEFT JOIN ${input('injuries')} AS report
    ON report.game_date = candidate.game_date
    AND report.player_lookup = candidate.player_lookup
    AND report.reported_at <= COALESCE(game.tipoff_at, ${sql.dayBegins('candidate.game_date')})
),
statuses AS (
  SELECT
    *,
    CASE
      WHEN reported_status = 'out'
        AND games_played >= 10
        AND (
          points_season >= 18 * games_played
          OR seconds_season >= 28 * 60 * games_played
          AND points_season >= 12 * games_played
        )
      THEN 1
      ELSE 0
    END AS star_out
  FROM reports
  WHERE recency = 1
),
informed AS (
  SELECT
    *,
    CASE WHEN has_reports THEN COALESCE(reported_status, 'available') END AS status,
    CASE WHEN has_reports THEN ${sql.sumOver('star_out', '(PARTITION BY game_date, team_abbr)')} - star_out END AS star_teammates_out
  FROM statuses
)`;
}
