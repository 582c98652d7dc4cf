import { onDates } from '../../ledger/ledger-statements.ts';
import type { StoredTable } from '../../table/table-definition.ts';
import type { MovedGame } from '../files/ingest-report.ts';
import { futureRows } from '../raw/future-rows.ts';
import {
  planRawReplacement,
  type RawReplacement,
  type RawWriter,
} from '../raw/replace-raw-dates.ts';

/**
 * Takes the rows of moved games off the dates that they leave. They arrive on the new date unless
 * rows of the game will stand there anyway; those of a game without a new date are removed.
 * @param table keyed by game, with `game_date`.
 * @returns the replacements with that of the table replaced.
 */
export async function moveRows(
  writer: RawWriter,
  table: StoredTable,
  replacements: readonly RawReplacement[],
  moves: readonly MovedGame[],
): Promise<readonly RawReplacement[]> {
  const dates = [...new Set(moves.flatMap(({ from, to }) => [from, to ?? from]))].sort();
  if (dates.length === 0) return replacements;
  const { warehouse } = writer;
  const sql = warehouse.dialect;
  await writer.bringStored?.(dates);
  const columns = table.columns.map(({ name }) => name);
  const moved = sql.constants(
    'moved',
    ['nba_game_id', 'from_date', 'to_date'],
    moves.map(({ nbaGameId, from, to }) => [
      sql.string(nbaGameId),
      sql.date(from),
      to === undefined ? 'CAST(NULL AS DATE)' : sql.date(to),
    ]),
  );
  const staged = `moved_${table.name}`;
  await warehouse.stage(
    staged,
    `WITH standing AS (SELECT * FROM ${futureRows(sql, table, replacements, dates)} AS future)
SELECT ${columns.map((name) => `standing.${name}`).join(', ')}
FROM standing
LEFT JOIN ${moved}
  ON moved.nba_game_id = standing.nba_game_id
  AND moved.from_date = standing.game_date
WHERE moved.nba_game_id IS NULL
UNION ALL
SELECT ${columns.map((name) => (name === 'game_date' ? 'moved.to_date AS game_date' : `standing.${name}`)).join(', ')}
FROM standing
INNER JOIN ${moved}
  ON moved.nba_game_id = standing.nba_game_id
  AND moved.from_date = standing.game_date
LEFT JOIN (SELECT DISTINCT nba_game_id, game_date FROM standing) AS there
  ON there.nba_game_id = moved.nba_game_id
  AND there.game_date = moved.to_date
WHERE moved.to_date IS NOT NULL AND there.nba_game_id IS NULL`,
  );
  // A shrinking date is allowed here, for whether it may lose its games was decided before, game by game.
  const planned = await planRawReplacement({ ...writer, allowShrink: true }, table, staged, {
    dates,
  });
  const file = replacements.find((replacement) => replacement.table.name === table.name);
  if (!file) return [...replacements, planned];
  const touched = new Set(dates);
  const list = columns.join(', ');
  const merged: RawReplacement = {
    ...file,
    relation: `(
    SELECT ${list} FROM ${file.relation} AS given WHERE NOT (${onDates(sql, 'game_date', dates)})
    UNION ALL
    SELECT ${list} FROM ${staged})`,
    changed: [...file.changed.filter(({ date }) => !touched.has(date)), ...planned.changed],
    emptied: [...file.emptied.filter((date) => !touched.has(date)), ...planned.emptied],
  };
  return replacements.map((replacement) => (replacement === file ? merged : replacement));
}
