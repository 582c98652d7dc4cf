import type { SqlContext } from '../../../src/table/sql-context.ts';

/**
 * CTEs that end in `informed`: the candidates, each with what the latest report before tip-off says of him
 * and how many stars among his team-mates are out; both NULL on dates for which no report is loaded. What is
 * numbered and summed are the reports, which are few, and not the candidates.
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
    candidate.team_abbr,
    report.status,
    CASE
      WHEN report.status = 'out'
        AND candidate.games_played >= 10
        AND (
          candidate.points_season >= 18 * candidate.games_played
          OR candidate.seconds_season >= 28 * 60 * candidate.games_played
          AND candidate.points_season >= 12 * candidate.games_played
        )
      THEN 1
      ELSE 0
    END AS star_out,
    ROW_NUMBER() OVER (
      PARTITION BY candidate.game_date, candidate.universal_player_id
      ORDER BY report.reported_at DESC NULLS LAST
    ) AS recency
  FROM ${input('injuries')} AS report
  INNER JOIN candidates AS candidate
    ON candidate.game_date = report.game_date
    AND candidate.player_lookup = report.player_lookup
  INNER JOIN ${input('schedule')} AS game
    ON game.nba_game_id = candidate.nba_game_id
    AND game.game_date = candidate.game_date
  WHERE report.reported_at <= COALESCE(game.tipoff_at, ${sql.dayBegins('candidate.game_date')})
),
latest_reports AS (
  SELECT *
  FROM reports
  WHERE recency = 1
),
stars AS (
  SELECT game_date, team_abbr, ${sql.sum('star_out')} AS stars_out
  FROM latest_reports
  GROUP BY game_date, team_abbr
),
informed AS (
  SELECT
    candidate.*,
    CASE
      WHEN injury_dates.game_date IS NOT NULL THEN COALESCE(report.status, 'available')
    END AS status,
    CASE
      WHEN injury_dates.game_date IS NOT NULL
      THEN COALESCE(stars.stars_out, 0) - COALESCE(report.star_out, 0)
    END AS star_teammates_out
  FROM candidates AS candidate
  LEFT JOIN injury_dates
    ON injury_dates.game_date = candidate.game_date
  LEFT JOIN latest_reports AS report
    ON report.game_date = candidate.game_date
    AND report.universal_player_id = candidate.universal_player_id
  LEFT JOIN stars
    ON stars.game_date = candidate.game_date
    AND stars.team_abbr = candidate.team_abbr
)`;
}
