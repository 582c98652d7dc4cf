import { onDates } from '../ledger/ledger-statements.ts';
import type { StoredTable } from '../table/table-definition.ts';
import { collectRefusedDates } from './collect-refused-dates.ts';
import { futureRows } from './future-rows.ts';
import type { RefusedDate } from './ingest-report.ts';
import type { ReadSource } from './read-source.ts';
import type { RawReplacement, RawWriter } from './replace-raw-dates.ts';

/** Dates of shot charts of games whose box scores will stand on another date: no box score would find them. */
export async function findStrayShots(
  { warehouse }: RawWriter,
  boxes: StoredTable,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
): Promise<readonly RefusedDate[]> {
  const changed = loaded.find(({ table }) => table.name === 'shots')?.changed ?? [];
  const source = sources.find(({ content }) => content.table === 'shots');
  if (!source || changed.length === 0) return [];
  const dates = changed.map(({ date }) => date);
  const rows = await warehouse.query(`
SELECT
  CAST(given.game_date AS VARCHAR) AS refused_date,
  MIN(file_index) AS file_index,
  MIN(file_row) AS file_row,
  'game ' || given.nba_game_id || ' has box scores on ' || MIN(box.game_date)
    || '; where that is wrong, load the player log of this date first, with --allow-shrink' AS broken_rule
FROM (
  SELECT
    nba_game_id,
    game_date,
    MIN(file_index) AS file_index,
    CAST(arg_min(file_row, (file_index, file_row)) AS BIGINT) AS file_row
  FROM ${source.relation} AS source
  WHERE ${source.keep} AND ${onDates(warehouse.dialect, 'game_date', dates)}
  GROUP BY nba_game_id, game_date
) AS given
INNER JOIN (
  SELECT DISTINCT nba_game_id, game_date
  FROM ${futureRows(warehouse.dialect, boxes, loaded)} AS future
) AS box
  ON box.nba_game_id = given.nba_game_id
GROUP BY given.nba_game_id, given.game_date
HAVING NOT bool_or(box.game_date = given.game_date)
ORDER BY refused_date, broken_rule`);
  return collectRefusedDates('shots', source.files, rows);
}
