import { type GameDate, gameDate } from '../../calendar/game-date.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { ReadSource } from '../files/source-content.ts';

/**
 * Dates with games of the schedule that nobody has played, about which a schedule file is silent although
 * it reaches beyond them on both sides with games of the same type: its author knows of no game there. To call
 * one off is to know of no game either. A file with a row whose date cannot be read is silent about nothing.
 * @param boxes relation of the box scores as they will stand.
 */
export async function silentDates(
  warehouse: Warehouse,
  { relation }: ReadSource,
  boxes: string,
): Promise<readonly GameDate[]> {
  const rows = await warehouse.query(`
WITH told AS (SELECT file_index, game_type, game_date, drop_reason FROM ${relation} AS source),
reach AS (
  SELECT file_index, game_type, MIN(game_date) AS first_date, MAX(game_date) AS last_date
  FROM told
  GROUP BY file_index, game_type
  HAVING LOGICAL_AND(game_date IS NOT NULL)
),
entries AS (
  SELECT entry.game_date, LOGICAL_OR(reach.file_index IS NOT NULL) AS is_reached
  FROM nba_raw.schedule_entries AS entry
  LEFT JOIN reach
    ON reach.game_type = entry.game_type
    AND reach.first_date < entry.game_date
    AND entry.game_date < reach.last_date
  GROUP BY entry.game_date, entry.nba_game_id
)
SELECT CAST(game_date AS STRING) AS game_date
FROM entries
WHERE game_date NOT IN (
    SELECT game_date FROM told
    WHERE game_date IS NOT NULL AND COALESCE(drop_reason, '') <> 'called_off'
  )
  AND game_date NOT IN (SELECT game_date FROM ${boxes} AS box)
GROUP BY game_date
HAVING LOGICAL_AND(is_reached)
ORDER BY game_date`);
  return rows.map((row) => gameDate(String(row['game_date'])));
}
