import type { StoredTable } from '../../table/table-definition.ts';
import type { RefusedDate } from '../files/ingest-report.ts';
import type { ReadSource } from '../files/source-content.ts';
import { futureRows } from './future-rows.ts';
import { refusedByGames } from './refused-by-games.ts';
import { type RawReplacement, type RawWriter, rewrittenDates } from './replace-raw-dates.ts';

/**
 * Dates on which a player would have played twice: he was traded, and a game of his old team stands on a
 * wrong day. No team plays twice there, so that only he tells it. (Of a team that does, each player would.)
 * Whatever moves the game, a log, a shot chart or a schedule, this is asked of the box scores as they will stand.
 */
export async function findDoubledPlayers(
  writer: RawWriter,
  boxes: StoredTable,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
): Promise<readonly RefusedDate[]> {
  const replacement = loaded.find(({ table }) => table.name === boxes.name);
  const dates = replacement ? rewrittenDates(replacement) : [];
  if (dates.length === 0) return [];
  const { warehouse } = writer;
  const rows = await warehouse.query(`
SELECT
  CAST(game_date AS STRING) AS refused_date,
  player_id,
  MIN(nba_game_id) AS game_a,
  MAX(nba_game_id) AS game_b,
  MIN(player_name) || ' (' || player_id || ') plays in two games on ' || game_date
    || ': ' || MIN(nba_game_id) || ' and ' || MAX(nba_game_id) AS broken_rule
FROM ${futureRows(warehouse.dialect, boxes, loaded, dates)} AS future
GROUP BY game_date, player_id
HAVING MIN(nba_game_id) <> MAX(nba_game_id)
  AND MIN(team_abbr) <> MAX(team_abbr)
ORDER BY refused_date, broken_rule`);
  return refusedByGames(writer, sources, boxes.name, rows);
}
