import { onDates } from '../../ledger/ledger-statements.ts';
import type { StoredTable } from '../../table/table-definition.ts';
import { collectRefusedDates } from '../files/collect-refused-dates.ts';
import type { RefusedDate } from '../files/ingest-report.ts';
import type { ReadSource } from '../files/source-content.ts';
import { futureRows } from './future-rows.ts';
import type { RawReplacement, RawWriter } from './replace-raw-dates.ts';

/**
 * Dates of shot charts that no box score would ever find: of players of another team than in the box score, of games
 * whose box scores will stand on another date, or of games and players that the box scores of the date do not know
 * while they have others without shots. A game whose box score is merely late is none of them: then every other game has its shots.
 */
export async function findStrayShots(
  writer: RawWriter,
  boxes: StoredTable,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
): Promise<readonly RefusedDate[]> {
  const changed = loaded.find(({ table }) => table.name === 'shots')?.changed ?? [];
  const source = sources.find(({ table }) => table === 'shots');
  if (!source || changed.length === 0) return [];
  const sql = writer.warehouse.dialect;
  const dates = changed.map(({ date }) => date);
  const rows = await writer.warehouse.query(`
WITH given AS (
  SELECT
    nba_game_id,
    game_date,
    player_id,
    team_abbr,
    MIN(file_index) AS file_index,
    CAST(arg_min(file_row, (file_index, file_row)) AS BIGINT) AS file_row
  FROM ${source.relation} AS source
  WHERE ${source.keep} AND ${onDates(sql, 'game_date', dates)}
  GROUP BY nba_game_id, game_date, player_id, team_abbr
),
boxes AS (
  SELECT nba_game_id, game_date, player_id, team_abbr
  FROM ${futureRows(sql, boxes, loaded)} AS future
),
box_dates AS (SELECT nba_game_id, MIN(game_date) AS game_date FROM boxes GROUP BY nba_game_id),
games AS (
  SELECT
    given.nba_game_id,
    given.game_date,
    MIN(given.file_index) AS file_index,
    arg_min(given.file_row, (given.file_index, given.file_row)) AS file_row,
    COUNT(boxes.player_id) AS players_found,
    count_if(boxes.team_abbr <> given.team_abbr) AS strangers,
    arg_min(given.player_id || ' shoots for ' || given.team_abbr || ', and plays for ' || boxes.team_abbr, given.player_id)
      FILTER (boxes.team_abbr <> given.team_abbr) AS stranger
  FROM given
  LEFT JOIN boxes
    ON boxes.nba_game_id = given.nba_game_id
    AND boxes.game_date = given.game_date
    AND boxes.player_id = given.player_id
  GROUP BY given.nba_game_id, given.game_date
),
without_shots AS (
  SELECT boxes.game_date, MIN(boxes.nba_game_id) AS example
  FROM boxes
  LEFT JOIN games
    ON games.nba_game_id = boxes.nba_game_id
    AND games.game_date = boxes.game_date
    AND games.players_found > 0
  WHERE games.nba_game_id IS NULL
    AND ${onDates(sql, 'boxes.game_date', dates)}
  GROUP BY boxes.game_date
)
SELECT
  CAST(games.game_date AS VARCHAR) AS refused_date,
  file_index,
  file_row,
  CASE
    WHEN strangers > 0
      THEN 'game ' || games.nba_game_id || ': player ' || stranger || ' in the box score' || CASE WHEN strangers > 1 THEN ', and so for ' || strangers || ' players' ELSE '' END
    WHEN box_dates.game_date <> games.game_date
      THEN 'game ' || games.nba_game_id || ' has box scores on ' || box_dates.game_date
        || '; where that is wrong, load the player log of this date first, with --allow-shrink'
    ELSE 'no box score of ' || games.game_date || ' has a player of game ' || games.nba_game_id
      || ', and game ' || without_shots.example || ' has no shots: are the ids of another source?'
  END AS broken_rule
FROM games
LEFT JOIN box_dates
  ON box_dates.nba_game_id = games.nba_game_id
LEFT JOIN without_shots
  ON without_shots.game_date = games.game_date
WHERE strangers > 0
  OR players_found = 0 AND (box_dates.game_date <> games.game_date OR without_shots.example IS NOT NULL)
ORDER BY refused_date, broken_rule`);
  return collectRefusedDates('shots', source.files, rows);
}
