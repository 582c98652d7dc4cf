import { addDays, type GameDate, gameDate } from '../../calendar/game-date.ts';
import { onDates } from '../../ledger/ledger-statements.ts';
import type { SqlDialect } from '../../sql/sql-dialect.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import { collectRefusedDates } from '../files/collect-refused-dates.ts';
import type { MovedGame, RefusedDate } from '../files/ingest-report.ts';
import type { ReadSource } from '../files/source-content.ts';
import type { RawReplacement, RawWriter } from '../raw/replace-raw-dates.ts';
import type { GameDates } from './move-entries.ts';
import { seasonReachDays } from './season-reach.ts';

/** Tables whose rows are of a game that stands on one date. */
const playedTables = ['player_box', 'shots'] as const;

type PlayedTable = (typeof playedTables)[number];

export interface FoundMoves {
  /** Games whose rows leave a date, for the one on which the files have them. */
  readonly moves: readonly MovedGame[];
  /** Dates that would get a game which stands on another date, and stays there. */
  readonly conflicts: readonly RefusedDate[];
}

/**
 * Looks for games of the files whose rows stand on another date. A date that the files replace has
 * lost the game already; any other one loses it only with `--allow-shrink`. Shots go where their box
 * score goes.
 * @param loaded what is about to change.
 * @param keeping dates that stay as they are, whatever happens.
 */
export async function findMovedGames(
  writer: RawWriter,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
  keeping: ReadonlySet<GameDate>,
): Promise<FoundMoves> {
  const sql = writer.warehouse.dialect;
  if (playedTables.every((table) => writer.ledger.of(table).size === 0)) return nothing;
  const given = playedTables.flatMap((table) => givenGames(sql, table, sources, loaded, keeping));
  const dates = given.flatMap((games) => games.dates).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return nothing;
  const near = `BETWEEN ${sql.date(addDays(first, -seasonReachDays))} AND ${sql.date(addDays(last, seasonReachDays))}`;
  const rows = await writer.warehouse.query(`
WITH given AS (${given.map((games) => games.select).join('\n  UNION ALL')}
),
stored AS (${playedTables
    .map(
      (table) => `
  SELECT DISTINCT '${table}' AS stored_table, nba_game_id, game_date
  FROM nba_raw.${table} AS stored_rows
  WHERE game_date ${near} AND nba_game_id IN (SELECT nba_game_id FROM given)`,
    )
    .join('\n  UNION ALL')}
)
SELECT
  given_table,
  stored_table,
  given.nba_game_id,
  CAST(given.game_date AS STRING) AS refused_date,
  CAST(stored.game_date AS STRING) AS stored_date,
  file_index,
  file_row
FROM given
INNER JOIN stored
  ON stored.nba_game_id = given.nba_game_id
WHERE stored.game_date <> given.game_date
  AND (given_table = 'player_box' OR (
    stored_table = 'shots'
    AND given.nba_game_id NOT IN (SELECT nba_game_id FROM given WHERE given_table = 'player_box')))
ORDER BY refused_date, given.nba_game_id, given_table, stored_table`);
  return judgeMoves(writer, sources, loaded, keeping, rows);
}

const nothing: FoundMoves = { moves: [], conflicts: [] };

function judgeMoves(
  { allowShrink }: RawWriter,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
  keeping: ReadonlySet<GameDate>,
  rows: readonly Row[],
): FoundMoves {
  const replaced = new Map(
    loaded.map(({ table, changed }) => [table.name, new Set(changed.map(({ date }) => date))]),
  );
  const moves = new Map<string, MovedGame>();
  const faults: Row[] = [];
  for (const row of rows) {
    const [nbaGameId, from] = [String(row['nba_game_id']), gameDate(String(row['stored_date']))];
    const storedTable = String(row['stored_table']);
    const followsBox = row['given_table'] === 'player_box' && storedTable === 'shots';
    const isReplaced = replaced.get(storedTable)?.has(from) ?? false;
    if (!keeping.has(from) && (allowShrink || followsBox || isReplaced)) {
      const to = gameDate(String(row['refused_date']));
      moves.set(`${nbaGameId} ${from}`, { nbaGameId, from, to, because: 'player log' });
    } else {
      const why = keeping.has(from)
        ? ' and stays there, for nothing of that date is written now'
        : '; with --allow-shrink it is moved here';
      const rule = `game ${nbaGameId} stands on ${from}${why}`;
      faults.push({ ...row, broken_rule: rule });
    }
  }
  return {
    moves: [...moves.values()],
    conflicts: playedTables.flatMap((table) =>
      collectRefusedDates(
        table,
        sources.find((source) => source.table === table)?.files ?? [],
        faults.filter((row) => row['given_table'] === table),
      ),
    ),
  };
}

/** The games that the files have on dates that they may write, or that stand as the files have them. */
function givenGames(
  sql: SqlDialect,
  table: PlayedTable,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
  keeping: ReadonlySet<GameDate>,
): readonly { readonly dates: readonly GameDate[]; readonly select: string }[] {
  const replacement = loaded.find((candidate) => candidate.table.name === table);
  const source = sources.find((source) => source.table === table);
  if (!replacement || !source) return [];
  const shrinking = new Set(replacement.shrinkRefused.map(({ date }) => date));
  const dates = replacement.contents
    .map(({ date }) => date)
    .filter((date) => !keeping.has(date) && !shrinking.has(date));
  if (dates.length === 0) return [];
  const select = `
  SELECT
    '${table}' AS given_table,
    nba_game_id,
    game_date,
    MIN(file_index) AS file_index,
    CAST(arg_min(file_row, (file_index, file_row)) AS BIGINT) AS file_row
  FROM ${source.relation} AS source
  WHERE ${source.keep} AND ${onDates(sql, 'game_date', dates)}
  GROUP BY nba_game_id, game_date`;
  return [{ dates, select }];
}

/**
 * Games that a schedule file calls off on a date where they have box scores or shots: they leave it,
 * if rows may be lost.
 */
export async function findWithdrawnGames(
  { warehouse, allowShrink }: RawWriter,
  calledOff: GameDates,
  keeping: ReadonlySet<GameDate>,
): Promise<readonly MovedGame[]> {
  const dates = [...new Set(calledOff.values())].filter((date) => !keeping.has(date));
  if (!allowShrink || dates.length === 0) return [];
  const selects = playedTables.map(
    (table) => `SELECT nba_game_id, game_date FROM nba_raw.${table} AS stored_rows
WHERE ${onDates(warehouse.dialect, 'game_date', dates)}`,
  );
  const rows = await warehouse.query(`
SELECT DISTINCT nba_game_id, CAST(game_date AS STRING) AS game_date
FROM (${selects.join('\nUNION ALL\n')}) AS played
ORDER BY game_date, nba_game_id`);
  return rows.flatMap((row) => {
    const [nbaGameId, from] = [String(row['nba_game_id']), gameDate(String(row['game_date']))];
    if (calledOff.get(nbaGameId) !== from) return [];
    return [{ nbaGameId, from, to: undefined, because: 'schedule file' as const }];
  });
}
