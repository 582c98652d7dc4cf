import type { DuckDbWarehouse } from '../../../warehouse/duckdb/duckdb-warehouse.ts';
import { type RepeatedRows, takeOut } from '../../files/repeated-rows.ts';
import type { SourceFile } from '../../files/source-content.ts';

/**
 * Takes box rows of whole minutes out of a relation where another file has the same row with its seconds, as
 * LeagueGameLog and PlayerGameLogs do. Rows that differ in anything else stay, for whoever judges them.
 */
export async function removeRoundedRows(
  warehouse: DuckDbWarehouse,
  relation: string,
  files: readonly SourceFile[],
): Promise<RepeatedRows> {
  const rounded = `rounded_rows_of_${relation}`;
  await warehouse.stage(
    rounded,
    `
WITH doubled AS (
  SELECT
    given.rowid AS row_id,
    file_index,
    nba_game_id,
    player_id,
    seconds_played,
    hash(*COLUMNS(* EXCLUDE (file_index, file_row, seconds_played))) AS said,
    bool_and(seconds_played % 60 = 0) OVER (PARTITION BY file_index, nba_game_id) AS is_whole
  FROM ${relation} AS given
  WHERE (nba_game_id, player_id) IN (SELECT (nba_game_id, player_id) FROM ${relation} GROUP BY nba_game_id, player_id HAVING COUNT(*) > 1)
)
SELECT whole.row_id, whole.file_index, MIN(exact.file_index) AS first_file
FROM doubled AS whole
INNER JOIN doubled AS exact
  ON exact.nba_game_id = whole.nba_game_id
  AND exact.player_id = whole.player_id
  AND exact.said = whole.said
  AND abs(exact.seconds_played - whole.seconds_played) < 60
WHERE whole.is_whole AND NOT exact.is_whole
GROUP BY whole.row_id, whole.file_index`,
  );
  return takeOut(warehouse, 'player_box', 'rounded_row', relation, rounded, files);
}
