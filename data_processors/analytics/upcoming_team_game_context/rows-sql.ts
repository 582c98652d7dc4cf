import { bothSides } from '../../../src/games/team-games-sql.ts';
import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { seasonPhaseSql } from '../../shared/measures/season-phase-sql.ts';
import { gameLineCtes } from './game-line-sql.ts';
import { injuryCountCtes } from './injury-counts-sql.ts';
import { measures } from './measures.ts';
import { seasonSoFarCtes } from './season-so-far-sql.ts';
import { daylightSavingTime, timeZones } from './travel-sql.ts';

/** Two rows per scheduled game, final or not. */
export function rowsSql(context: SqlContext): string {
  const { sql, input } = context;
  return `
WITH slate_games AS (
  SELECT
    game.nba_game_id,
    game.game_id,
    game.game_date,
    game.season_year,
    game.game_type,
    game.home_team_abbr,
    game.team_a_abbr,
    game.team_b_abbr,
    game.neutral_site,
    game.tipoff_at,
    game.venue,
    ${seasonPhaseSql('game.game_type')} AS season_phase,
    CASE WHEN ${daylightSavingTime(sql, 'game.game_date')} THEN 1 ELSE 0 END AS summer_hours
  FROM ${input('schedule')} AS game
  INNER JOIN target_dates
    ON target_dates.analysis_date = game.game_date
),
slate AS (
  SELECT
    game.*,
    CASE WHEN side.is_a THEN game.team_a_abbr ELSE game.team_b_abbr END AS team_abbr,
    CASE WHEN side.is_a THEN game.team_b_abbr ELSE game.team_a_abbr END AS opponent_team_abbr
  FROM slate_games AS game
  CROSS JOIN ${bothSides(sql, 'side')}
),
${seasonSoFarCtes(context)},
${gameLineCtes(context)},
${injuryCountCtes(context)},
located AS (
  SELECT
    slate.*,
    before.lacks_games,
    before.days_since,
    before.games_played,
    before.games_7,
    before.games_14,
    before.win_streak,
    before.loss_streak,
    before.road_streak,
    before.margin,
    before.miles_14,
    before.from_venue,
    before.travel_miles
  FROM slate
  INNER JOIN before
    ON before.team_abbr = slate.team_abbr
    AND before.game_date = slate.game_date
)
SELECT
  ${selectList(measures, sql)}
FROM located
LEFT JOIN ${timeZones(sql, 'zone_here')}
  ON zone_here.venue = located.venue
LEFT JOIN ${timeZones(sql, 'zone_before')}
  ON zone_before.venue = located.from_venue
LEFT JOIN game_line
  ON game_line.nba_game_id = located.nba_game_id
  AND game_line.game_date = located.game_date
LEFT JOIN injury_dates
  ON injury_dates.game_date = located.game_date
LEFT JOIN team_injuries
  ON team_injuries.team_abbr = located.team_abbr
  AND team_injuries.game_date = located.game_date`;
}
