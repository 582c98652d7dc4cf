import type { SqlContext } from '../../../src/table/sql-context.ts';

/**
 * CTEs that end in `star_counts`: what the latest report before tip-off says of each candidate, and
 * how many stars among his team-mates are out; and `injury_dates`, the dates for which any report is loaded.
 */
export function injuryStatusCtes({ sql, input }: SqlContext): string {
  return `injury_dates AS (
  SELECT DISTINCT game_date
  FROM ${input('injuries')} AS report
),
reports AS (
  SELECT
    candidate.game_date,
    candidate.universal_player_id,
    report.status,
    ROW_NUMBER() OVER (
      PARTITION BY candidate.game_date, candidate.universal_player_id
      ORDER BY report.reported_at DESC NULLS LAST
    ) AS recency
  FROM candidates AS candidate
  INNER JOIN ${input('injuries')} AS report
    ON report.game_date = candidate.game_date
    AND report.player_lookup = candidate.player_lookup
  WHERE report.reported_at <= COALESCE(candidate.tipoff_at, ${sql.dayBegins('candidate.game_date')})
),
statuses AS (
  SELECT
    candidate.game_date,
    candidate.team_abbr,
    candidate.universal_player_id,
    COALESCE(reports.status, 'available') AS status,
    CASE
      WHEN reports.status = 'out'
        AND candidate.games_played >= 10
        AND (
          candidate.points_season >= 18 * candidate.games_played
          OR candidate.seconds_season >= 28 * 60 * candidate.games_played
          AND candidate.points_season >= 12 * candidate.games_played
        )
      THEN 1
      ELSE 0
    END AS star_out
  FROM candidates AS candidate
  INNER JOIN injury_dates
    ON injury_dates.game_date = candidate.game_date
  LEFT JOIN reports
    ON reports.game_date = candidate.game_date
    AND reports.universal_player_id = candidate.universal_player_id
    AND reports.recency = 1
),
star_counts AS (
  SELECT
    game_date,
    universal_player_id,
    status,
    ${sql.sumOver('star_out', '(PARTITION BY game_date, team_abbr)')} - star_out AS star_teammates_out
  FROM statuses
)`;
}
