import type { SqlContext } from '../../../src/table/sql-context.ts';
import { dayWindow } from '../../shared/day-windows-sql.ts';
import { gameWindows } from '../../shared/game-windows-sql.ts';
import { homeArenas } from './travel-sql.ts';

/**
 * CTEs that end in `before`: for each row of `slate` what the team's final games of the season before
 * the date add up to. A team without one has zeros, and NULL where there is nothing to tell.
 */
export function seasonSoFarCtes({ sql, input }: SqlContext): string {
  const side = (team: string, ownPoints: string, opponentPoints: string) => `
  SELECT
    game.season_year,
    game.game_date,
    game.venue,
    game.${team} AS team_abbr,
    game.home_team_abbr,
    ${ownPoints} - ${opponentPoints} AS margin
  FROM final_games AS game`;
  const milesOf = (alias: string) =>
    `CASE WHEN ${alias}.from_venue = ${alias}.venue THEN 0 ELSE trip.miles END`;
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
  WHERE result.status = 'final'
),
played AS (${side('team_a_abbr', 'points_a', 'points_b')}
  UNION ALL${side('team_b_abbr', 'points_b', 'points_a')}
),
numbered AS (
  SELECT
    played.*,
    ROW_NUMBER() OVER season AS games_played,
    LEAD(played.game_date) OVER season AS next_game_date,
    CASE
      WHEN ROW_NUMBER() OVER season = 1 THEN arena.venue
      ELSE LAG(played.venue) OVER season
    END AS from_venue
  FROM played
  INNER JOIN ${homeArenas(sql, 'arena')}
    ON arena.team_abbr = played.team_abbr
    AND played.season_year BETWEEN arena.from_season AND arena.to_season
  WINDOW season AS (PARTITION BY played.team_abbr, played.season_year ORDER BY played.game_date)
),
streaks AS (
  SELECT
    numbered.*,
    ${milesOf('numbered')} AS travel_miles,
    games_played - COALESCE(MAX(CASE WHEN margin <= 0 THEN games_played END) OVER to_date, 0) AS win_streak,
    games_played - COALESCE(MAX(CASE WHEN margin >= 0 THEN games_played END) OVER to_date, 0) AS loss_streak,
    games_played - COALESCE(MAX(CASE WHEN COALESCE(home_team_abbr = team_abbr, TRUE) THEN games_played END) OVER to_date, 0) AS road_streak
  FROM numbered
  LEFT JOIN venue_miles AS trip
    ON trip.venue_a = numbered.from_venue
    AND trip.venue_b = numbered.venue
  ${gameWindows({ entity: 'team_abbr', seasonYear: 'season_year', gameDate: 'game_date' }, [])}
),
days AS (
  SELECT
    team_abbr,
    game_date,
    is_slate,
    ${sql.sumOver('game', 'week')} AS games_7,
    ${sql.sumOver('game', 'fortnight')} AS games_14,
    ${sql.sumOver('travel_miles', 'fortnight')} AS miles_14,
    ${sql.sumOver('unknown_trip', 'fortnight')} AS unknown_trips_14
  FROM (
    SELECT team_abbr, season_year, game_date, FALSE AS is_slate, 1 AS game, travel_miles,
      CASE WHEN travel_miles IS NULL THEN 1 ELSE 0 END AS unknown_trip
    FROM streaks
    UNION ALL
    SELECT team_abbr, season_year, game_date, TRUE AS is_slate, 0 AS game, 0 AS travel_miles, 0 AS unknown_trip
    FROM slate
  ) AS games_and_slate
  WINDOW
    week AS (${dayWindow(['team_abbr', 'season_year'], 'game_date', 7)}),
    fortnight AS (${dayWindow(['team_abbr', 'season_year'], 'game_date', 14)})
),
before AS (
  SELECT
    slate.team_abbr,
    slate.game_date,
    unix_date(slate.game_date) - unix_date(latest.game_date) AS days_since,
    COALESCE(latest.games_played, 0) AS games_played,
    COALESCE(days.games_7, 0) AS games_7,
    COALESCE(days.games_14, 0) AS games_14,
    COALESCE(latest.win_streak, 0) AS win_streak,
    COALESCE(latest.loss_streak, 0) AS loss_streak,
    COALESCE(latest.road_streak, 0) AS road_streak,
    latest.margin,
    latest.venue AS last_venue,
    CASE WHEN COALESCE(days.unknown_trips_14, 0) = 0 THEN COALESCE(days.miles_14, 0) END AS miles_14
  FROM slate
  INNER JOIN days
    ON days.is_slate
    AND days.team_abbr = slate.team_abbr
    AND days.game_date = slate.game_date
  LEFT JOIN streaks AS latest
    ON latest.team_abbr = slate.team_abbr
    AND latest.season_year = slate.season_year
    AND latest.game_date < slate.game_date
    AND COALESCE(latest.next_game_date, DATE '9999-12-31') >= slate.game_date
)`;
}
