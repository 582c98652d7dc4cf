import { dayWindow } from '../../../src/games/day-windows-sql.ts';
import { bothSides, scheduledGamesSql } from '../../../src/games/team-games-sql.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { homeArenas, venueMilesSql } from './travel-sql.ts';

/**
 * CTEs that end in `before`: for each row of `slate` what the team's games of the season before the date add up to,
 * of which the score is known, by box scores or by a schedule file alone, and whether one lacks it (`lacks_games`).
 * A team without one has zeros, and NULL where there is nothing to tell. Games and slate go through the windows together, the slate of a date before its games: so
 * each is read once.
 */
export function seasonSoFarCtes(context: SqlContext): string {
  const { sql, input } = context;
  const ofTeam = 'PARTITION BY team_abbr, season_year';
  // The number of the latest game up to a row for which something holds.
  const latestWhere = (condition: string) =>
    `COALESCE(MAX(CASE WHEN game = 1 AND ${condition} THEN games_played END) OVER to_date, 0)`;
  const ofLatest = (value: string) => `MAX(CASE WHEN game = 1 THEN ${value} END) OVER latest`;
  return `final_games AS (
  SELECT
    game.season_year,
    game.game_date,
    game.venue,
    game.team_a_abbr,
    game.team_b_abbr,
    game.home_team_abbr,
    CASE WHEN COALESCE(game.home_team_abbr, game.team_b_abbr) = game.team_a_abbr THEN result.home_points ELSE result.away_points END AS points_a,
    CASE WHEN COALESCE(game.home_team_abbr, game.team_b_abbr) = game.team_b_abbr THEN result.home_points ELSE result.away_points END AS points_b
  FROM ${input('schedule')} AS game
  INNER JOIN ${input('game_results')} AS result
    ON result.nba_game_id = game.nba_game_id
    AND result.game_date = game.game_date
  WHERE result.home_points IS NOT NULL
),
played AS (
  SELECT
    game.season_year,
    game.game_date,
    game.venue,
    game.home_team_abbr,
    CASE WHEN side.is_a THEN game.team_a_abbr ELSE game.team_b_abbr END AS team_abbr,
    CASE WHEN side.is_a THEN points_a - points_b ELSE points_b - points_a END AS margin
  FROM final_games AS game
  CROSS JOIN ${bothSides(sql, 'side')}
),
games_and_slate AS (
  SELECT team_abbr, season_year, game_date, venue, 1 AS game, margin,
    COALESCE(home_team_abbr = team_abbr, TRUE) AS not_away,
    LAG(venue) OVER (${ofTeam} ORDER BY game_date) AS venue_before
  FROM played
  UNION ALL
  SELECT team_abbr, season_year, game_date, venue, 0 AS game, 0 AS margin,
    FALSE AS not_away, venue AS venue_before
  FROM slate
),
numbered AS (
  SELECT
    entry.*,
    arena.venue AS home_venue,
    ${sql.sumOver('entry.game', 'to_date')} AS games_played
  FROM games_and_slate AS entry
  INNER JOIN ${homeArenas(sql, 'arena')}
    ON arena.team_abbr = entry.team_abbr
    AND entry.season_year BETWEEN arena.from_season AND arena.to_season
  WINDOW to_date AS (PARTITION BY entry.team_abbr, entry.season_year ORDER BY entry.game_date, entry.game ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
),
streaks AS (
  SELECT
    team_abbr,
    season_year,
    game_date,
    venue,
    game,
    games_played,
    CASE
      WHEN games_played = game THEN home_venue
      WHEN game = 1 THEN venue_before
      ELSE ${ofLatest('venue')}
    END AS from_venue,
    ${ofLatest('game_date')} AS last_game_date,
    ${ofLatest('margin')} AS last_margin,
    games_played - ${latestWhere('margin <= 0')} AS win_streak,
    games_played - ${latestWhere('margin >= 0')} AS loss_streak,
    games_played - ${latestWhere('not_away')} AS road_streak
  FROM numbered
  WINDOW
    to_date AS (${ofTeam} ORDER BY game_date, game ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
    latest AS (${ofTeam}, games_played)
),
trips AS (
  SELECT
    streaks.*,
    CASE WHEN streaks.from_venue = streaks.venue THEN 0 ELSE trip.miles END AS travel_miles
  FROM streaks
  LEFT JOIN (${venueMilesSql(context)}
  ) AS trip
    ON trip.venue_a = streaks.from_venue
    AND trip.venue_b = streaks.venue
),
days AS (
  SELECT
    *,
    ${sql.sumOver('game', 'week')} AS games_7,
    ${sql.sumOver('game', 'fortnight')} AS games_14,
    ${sql.sumOver('CASE WHEN game = 1 THEN travel_miles END', 'fortnight')} AS miles_14,
    ${sql.sumOver('CASE WHEN game = 1 AND travel_miles IS NULL THEN 1 ELSE 0 END', 'fortnight')} AS unknown_trips_14
  FROM trips
  WINDOW
    week AS (${dayWindow(['team_abbr', 'season_year'], 'game_date', 7)}),
    fortnight AS (${dayWindow(['team_abbr', 'season_year'], 'game_date', 14)})
),
first_missing AS (
  SELECT due.team_abbr, due.season_year, MIN(due.game_date) AS game_date
  FROM (${scheduledGamesSql(context)}
  ) AS due
  LEFT JOIN played
    ON played.team_abbr = due.team_abbr
    AND played.game_date = due.game_date
  WHERE played.team_abbr IS NULL
  GROUP BY due.team_abbr, due.season_year
),
before AS (
  SELECT
    days.team_abbr,
    days.game_date,
    first_missing.game_date < days.game_date AS lacks_games,
    unix_date(days.game_date) - unix_date(last_game_date) AS days_since,
    games_played,
    COALESCE(games_7, 0) AS games_7,
    COALESCE(games_14, 0) AS games_14,
    win_streak,
    loss_streak,
    road_streak,
    last_margin AS margin,
    from_venue,
    travel_miles,
    CASE WHEN COALESCE(unknown_trips_14, 0) = 0 THEN COALESCE(miles_14, 0) END AS miles_14
  FROM days
  LEFT JOIN first_missing
    ON first_missing.team_abbr = days.team_abbr
    AND first_missing.season_year = days.season_year
  WHERE game = 0
)`;
}
