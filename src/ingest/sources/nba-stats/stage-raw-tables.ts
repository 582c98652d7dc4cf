import type { Warehouse } from '../../../warehouse/warehouse.ts';
import type { ReadSource } from '../../files/source-content.ts';
import { playerLookup } from '../../names/player-lookup.ts';
import { restoredName } from '../../names/restored-name.ts';
import { textMap } from '../../names/text-map.ts';

/** Where rows to be written are found. */
type KeptRows = Pick<ReadSource, 'relation' | 'keep'>;

/**
 * SELECT of `player_box` rows in table order. Lookups are computed once per distinct name; of two
 * players who share one on a date, the larger id gets it with `_<id>`.
 */
export async function playerBoxSelect(warehouse: Warehouse, source: KeptRows): Promise<string> {
  const names = await warehouse.query(
    `SELECT DISTINCT player_name FROM ${source.relation} WHERE ${source.keep}`,
  );
  const written = names.map(({ player_name }) => String(player_name));
  const restored = written.map((name) => [name, restoredName(name)] as const);
  const lookups = restored.map(([name, mended]) => [name, playerLookup(mended)] as const);
  return `
WITH named AS (
  SELECT
    box.*,
    names.player_lookup AS lookup,
    DENSE_RANK() OVER (PARTITION BY game_date, names.player_lookup ORDER BY player_id) AS namesake
  FROM ${source.relation} AS box
  INNER JOIN ${textMap('names', ['player_name', 'player_lookup'], lookups)}
    ON names.player_name = box.player_name
  WHERE ${source.keep}
)
SELECT
  nba_game_id, game_date, season_year, game_type, team_abbr, player_id,
  coalesce(restored.name, named.player_name) AS player_name,
  CASE WHEN namesake = 1 THEN lookup ELSE concat(lookup, '_', player_id) END AS player_lookup,
  marks_home, seconds_played, fgm, fga, fg3m, fg3a, ftm, fta, oreb, dreb, ast, tov, stl, blk, pf,
  pts, plus_minus, starter
FROM named
LEFT JOIN ${textMap(
    'restored',
    ['written', 'name'],
    restored.filter(([name, mended]) => name !== mended),
  )}
  ON restored.written = named.player_name`;
}

/** SELECT of `shots` rows in table order. */
export function shotsSelect(source: KeptRows): string {
  return `
SELECT
  nba_game_id, event_id, game_date, player_id, team_abbr, home_team_abbr, shot_type, distance_ft,
  made, is_assisted
FROM ${source.relation}
WHERE ${source.keep}`;
}
