import { onDates } from '../../ledger/ledger-statements.ts';
import type { StoredTable } from '../../table/table-definition.ts';
import type { RefusedDate } from '../files/ingest-report.ts';
import type { ReadSource } from '../files/source-content.ts';
import { futureRows } from './future-rows.ts';
import { refusedByGames } from './refused-by-games.ts';
import { type RawReplacement, type RawWriter, rewrittenDates } from './replace-raw-dates.ts';

/**
 * Dates that the schedule, as it will stand, makes impossible: a team with two games, games of two
 * seasons, a game that stands on another date as well. Whatever the rows come from, a file or what
 * stands, this is asked of the outcome.
 */
export async function findDoubledGames(
  writer: RawWriter,
  schedule: StoredTable,
  sources: readonly ReadSource[],
  derived: readonly RawReplacement[],
): Promise<readonly RefusedDate[]> {
  const replacement = derived.find(({ table }) => table.name === schedule.name);
  const dates = replacement ? rewrittenDates(replacement) : [];
  if (dates.length === 0) return [];
  const { warehouse } = writer;
  const sql = warehouse.dialect;
  const rows = await warehouse.query(`
WITH future AS (
  SELECT nba_game_id, game_date, season_year, team_a_abbr, team_b_abbr
  FROM ${futureRows(sql, schedule, derived)} AS standing
),
rewritten AS (SELECT * FROM future WHERE ${onDates(sql, 'game_date', dates)}),
sides AS (
  SELECT nba_game_id, game_date, team_a_abbr AS team FROM rewritten
  UNION ALL
  SELECT nba_game_id, game_date, team_b_abbr AS team FROM rewritten
)
SELECT
  CAST(game_date AS STRING) AS refused_date,
  MIN(nba_game_id) AS game_a,
  MAX(nba_game_id) AS game_b,
  team || ' has two games on ' || game_date || ': ' || MIN(nba_game_id) || ' and ' || MAX(nba_game_id) AS broken_rule
FROM sides
GROUP BY game_date, team
HAVING COUNT(*) > 1
UNION ALL
SELECT
  CAST(game_date AS STRING),
  arg_min(nba_game_id, (season_year, nba_game_id)),
  arg_max(nba_game_id, (season_year, nba_game_id)),
  'games of two seasons on ' || game_date || ': ' || arg_min(nba_game_id, (season_year, nba_game_id))
    || ' and ' || arg_max(nba_game_id, (season_year, nba_game_id))
FROM rewritten
GROUP BY game_date
HAVING MIN(season_year) <> MAX(season_year)
UNION ALL
SELECT
  CAST(rewritten.game_date AS STRING),
  rewritten.nba_game_id,
  rewritten.nba_game_id,
  'game ' || rewritten.nba_game_id || ' stands on ' || MIN(future.game_date) || ' as well'
FROM rewritten
INNER JOIN future
  ON future.nba_game_id = rewritten.nba_game_id
WHERE future.game_date <> rewritten.game_date
GROUP BY rewritten.game_date, rewritten.nba_game_id
ORDER BY refused_date, broken_rule`);
  return refusedByGames(writer, sources, schedule.name, rows);
}
