import { arenas } from '../../../src/league/arenas.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { homeSideCorrections } from './home-side-corrections.ts';

/** One row per game of the player logs. */
export function rowsSql({ sql, input }: SqlContext): string {
  const corrections = homeSideCorrections.map(({ nbaGameId, home }) => [
    sql.string(nbaGameId),
    sql.string(home),
  ]);
  const homeArenas = arenas.map(({ team, fromSeasonYear, toSeasonYear, venue }) => [
    sql.string(team),
    String(fromSeasonYear),
    String(toSeasonYear),
    sql.string(venue),
  ]);
  return `
WITH sides AS (
  SELECT
    nba_game_id,
    game_date,
    season_year,
    game_type,
    team_abbr,
    LOGICAL_OR(marks_home) AS marks_home
  FROM ${input('player_box')} AS box
  GROUP BY nba_game_id, game_date, season_year, game_type, team_abbr
),
games AS (
  SELECT
    nba_game_id,
    game_date,
    season_year,
    game_type,
    MIN(team_abbr) AS team_a_abbr,
    MAX(team_abbr) AS team_b_abbr,
    ${sql.countIf('marks_home')} AS home_marks,
    MAX(CASE WHEN marks_home THEN team_abbr END) AS marked_home
  FROM sides
  GROUP BY nba_game_id, game_date, season_year, game_type
),
shot_charts AS (
  SELECT nba_game_id, MAX(home_team_abbr) AS home_team_abbr
  FROM ${input('shots')} AS shot
  GROUP BY nba_game_id
  HAVING MIN(home_team_abbr) = MAX(home_team_abbr)
),
candidates AS (
  SELECT
    games.*,
    CASE
      WHEN correction.home_team_abbr IS NOT NULL THEN correction.home_team_abbr
      WHEN home_marks = 1 THEN marked_home
      ELSE shot_charts.home_team_abbr
    END AS home_candidate
  FROM games
  LEFT JOIN ${sql.constants('correction', ['nba_game_id', 'home_team_abbr'], corrections)}
    ON correction.nba_game_id = games.nba_game_id
  LEFT JOIN shot_charts
    ON shot_charts.nba_game_id = games.nba_game_id
),
located AS (
  SELECT
    *,
    CASE WHEN home_candidate IN (team_a_abbr, team_b_abbr) THEN home_candidate END AS home_team_abbr,
    CASE home_candidate
      WHEN team_a_abbr THEN team_b_abbr
      WHEN team_b_abbr THEN team_a_abbr
    END AS away_team_abbr
  FROM candidates
)
SELECT
  nba_game_id,
  REPLACE(CAST(game_date AS STRING), '-', '')
    || '_' || COALESCE(away_team_abbr, team_a_abbr)
    || '_' || COALESCE(home_team_abbr, team_b_abbr) AS game_id,
  game_date,
  located.season_year,
  game_type,
  home_team_abbr,
  away_team_abbr,
  team_a_abbr,
  team_b_abbr,
  CASE WHEN home_marks > 0 THEN arena.venue END AS venue,
  CASE WHEN home_marks = 0 THEN TRUE END AS neutral_site,
  CAST(NULL AS TIMESTAMP) AS tipoff_at,
  ${sql.nullFloat64()} AS venue_lat,
  ${sql.nullFloat64()} AS venue_lon
FROM located
INNER JOIN target_dates
  ON target_dates.analysis_date = located.game_date
LEFT JOIN ${sql.constants('arena', ['team_abbr', 'from_season', 'to_season', 'venue'], homeArenas)}
  ON arena.team_abbr = located.home_team_abbr
  AND located.season_year BETWEEN arena.from_season AND arena.to_season`;
}
