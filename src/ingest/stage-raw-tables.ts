import { duckdbDialect as sql } from '../warehouse/sql/duckdb-dialect.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { ReadSource } from './nba-stats/read-source.ts';
import { playerLookup } from './player-lookup.ts';

/**
 * SELECT of `player_box` rows in table order. Lookups are computed once per distinct name; of two
 * players who share one on a date, the larger id gets it with `_<id>`.
 */
export async function playerBoxSelect(warehouse: Warehouse, source: ReadSource): Promise<string> {
  const names = await warehouse.query(
    `SELECT DISTINCT player_name FROM ${source.relation} WHERE ${source.keep}`,
  );
  const lookups = names.map(({ player_name }) => [
    sql.string(String(player_name)),
    sql.string(playerLookup(String(player_name))),
  ]);
  const lookupRelation =
    lookups.length > 0
      ? sql.constants('names', ['player_name', 'player_lookup'], lookups)
      : "(SELECT '' AS player_name, '' AS player_lookup WHERE FALSE) AS names";
  return `
WITH named AS (
  SELECT
    box.*,
    names.player_lookup AS lookup,
    DENSE_RANK() OVER (PARTITION BY game_date, names.player_lookup ORDER BY player_id) AS namesake
  FROM ${source.relation} AS box
  INNER JOIN ${lookupRelation} ON names.player_name = box.player_name
  WHERE ${source.keep}
)
SELECT
  nba_game_id, game_date, season_year, game_type, team_abbr, player_id, player_name,
  CASE WHEN namesake = 1 THEN lookup ELSE concat(lookup, '_', player_id) END AS player_lookup,
  marks_home, seconds_played, fgm, fga, fg3m, fg3a, ftm, fta, oreb, dreb, ast, tov, stl, blk, pf,
  pts, plus_minus, starter
FROM named`;
}

/** SELECT of `shots` rows in table order. */
export function shotsSelect(source: ReadSource): string {
  return `
SELECT
  nba_game_id, event_id, game_date, player_id, team_abbr, home_team_abbr, shot_type, distance_ft,
  made, is_assisted
FROM ${source.relation}
WHERE ${source.keep}`;
}
