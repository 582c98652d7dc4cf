import type { StoredTable } from '../../table/table-definition.ts';
import { collectRefusedDates } from '../files/collect-refused-dates.ts';
import type { RefusedDate } from '../files/ingest-report.ts';
import type { ReadSource } from '../files/source-content.ts';
import { futureRows } from './future-rows.ts';
import { type RawReplacement, type RawWriter, rewrittenDates } from './replace-raw-dates.ts';

/**
 * Dates on which a player would have played twice: he was traded, and a game of his old team stands on a
 * wrong day. No team plays twice there, so that only he tells it. (Of a team that does, each player would.)
 */
export async function findDoubledPlayers(
  { warehouse }: RawWriter,
  boxes: StoredTable,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
): Promise<readonly RefusedDate[]> {
  const replacement = loaded.find(({ table }) => table.name === boxes.name);
  const source = sources.find(({ table }) => table === boxes.name);
  const dates = replacement ? rewrittenDates(replacement) : [];
  if (!source || dates.length === 0) return [];
  const rows = await warehouse.query(`
WITH doubled AS (
  SELECT
    game_date,
    player_id,
    MIN(player_name) AS player_name,
    MIN(nba_game_id) AS game_a,
    MAX(nba_game_id) AS game_b
  FROM ${futureRows(warehouse.dialect, boxes, loaded, dates)} AS future
  GROUP BY game_date, player_id
  HAVING MIN(nba_game_id) <> MAX(nba_game_id)
    AND MIN(team_abbr) <> MAX(team_abbr)
)
SELECT
  CAST(doubled.game_date AS VARCHAR) AS refused_date,
  MIN(file_index) AS file_index,
  CAST(arg_min(file_row, (file_index, file_row)) AS BIGINT) AS file_row,
  doubled.player_name || ' (' || doubled.player_id || ') plays in two games on ' || doubled.game_date
    || ': ' || game_a || ' and ' || game_b AS broken_rule
FROM doubled
LEFT JOIN (SELECT * FROM ${source.relation} WHERE ${source.keep}) AS given
  ON given.player_id = doubled.player_id
  AND given.game_date = doubled.game_date
GROUP BY doubled.game_date, doubled.player_id, doubled.player_name, game_a, game_b
ORDER BY refused_date, broken_rule`);
  return collectRefusedDates(boxes.name, source.files, rows);
}
