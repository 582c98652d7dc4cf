import { gameDate } from '../calendar/game-date.ts';
import { onDates } from '../ledger/ledger-statements.ts';
import type { RefusedDate } from './ingest-report.ts';
import type { ReadSource } from './read-source.ts';
import type { RawReplacement, RawWriter } from './replace-raw-dates.ts';

/**
 * Dates that would get a game whose box score stands on another date that is not replaced along
 * with them: it would be played twice.
 */
export async function findMovedGames(
  writer: RawWriter,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
): Promise<readonly RefusedDate[]> {
  const replacement = loaded.find(({ table }) => table.name === 'player_box');
  const source = sources.find(({ content }) => content.table === 'player_box');
  if (!replacement || !source || replacement.changed.length === 0) return [];
  const sql = writer.warehouse.dialect;
  const changed = replacement.changed.map(({ date }) => date);
  const rows = await writer.warehouse.query(`
SELECT
  CAST(given.game_date AS STRING) AS given_date,
  CAST(stored.game_date AS STRING) AS stored_date,
  given.nba_game_id,
  file_index,
  file_row
FROM (
  SELECT game_date, nba_game_id, MIN(file_index) AS file_index, MIN(file_row) AS file_row
  FROM ${source.relation} AS source
  WHERE ${source.keep} AND ${onDates(sql, 'game_date', changed)}
  GROUP BY game_date, nba_game_id
) AS given
INNER JOIN (SELECT DISTINCT nba_game_id, game_date FROM nba_raw.player_box) AS stored
  ON stored.nba_game_id = given.nba_game_id
WHERE stored.game_date <> given.game_date
  AND NOT (${onDates(sql, 'stored.game_date', changed)})
ORDER BY given_date, given.nba_game_id`);
  return rows.map((row) => ({
    table: 'player_box',
    date: gameDate(String(row['given_date'])),
    violations: [
      {
        file: source.files[Number(row['file_index'])]?.name ?? '?',
        row: Number(row['file_row']),
        rule: `game ${row['nba_game_id']} stands on ${row['stored_date']}; load that date without it as well, with --allow-shrink`,
      },
    ],
  }));
}
