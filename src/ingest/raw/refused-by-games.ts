import { type GameDate, gameDate } from '../../calendar/game-date.ts';
import { textOf } from '../../warehouse/text-of.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import type { RefusedDate } from '../files/ingest-report.ts';
import type { ReadSource } from '../files/source-content.ts';
import { quoteList } from '../files/source-values.ts';
import type { RawWriter } from './replace-raw-dates.ts';

/**
 * Dates that games make impossible as they will stand, each with the rows of the files that tell of these games.
 * @param table which is refused where no file tells of them.
 * @param rows with `refused_date`, `game_a`, `game_b` and `broken_rule`, in the order to show, and `player_id` where one is at fault.
 */
export async function refusedByGames(
  writer: RawWriter,
  sources: readonly ReadSource[],
  table: string,
  rows: readonly Row[],
): Promise<readonly RefusedDate[]> {
  const refused: RefusedDate[] = [];
  for (const [day, own] of Map.groupBy(rows, (row) => String(row['refused_date']))) {
    const date = gameDate(day);
    const violations = [];
    let told = table;
    for (const row of own) {
      const games = [String(row['game_a']), String(row['game_b'])];
      const place = await findPlace(writer, sources, date, games, textOf(row['player_id']));
      told = place?.table ?? told;
      const [file, line] = [place?.file ?? '?', place?.row ?? 0];
      violations.push({ file, row: line, rule: String(row['broken_rule']) });
    }
    refused.push({ table: told, date, violations });
  }
  return refused;
}

/** Where the files tell of games. */
interface Place {
  readonly table: string;
  readonly file: string;
  readonly row: number;
}

/**
 * Finds a row of the files that tells of one of some games, on the date itself and of the player if there is one; `undefined`
 * where no file tells of them.
 * @param games ids. @param player id.
 */
async function findPlace(
  { warehouse }: RawWriter,
  sources: readonly ReadSource[],
  date: GameDate,
  games: readonly string[],
  player: string | undefined,
): Promise<Place | undefined> {
  const sql = warehouse.dialect;
  for (const table of ['player_box', 'schedule_entries', 'shots']) {
    const source = sources.find((source) => source.table === table);
    if (!source) continue;
    const isHis =
      player === undefined || table === 'schedule_entries'
        ? []
        : [`player_id = ${sql.string(player)} DESC`];
    const order = [
      ...[`game_date = ${sql.date(date)} DESC`, ...isHis],
      ...['nba_game_id DESC', 'file_index', 'file_row'],
    ];
    const [row] = await warehouse.query(`
SELECT file_index, CAST(file_row AS BIGINT) AS file_row
FROM ${source.relation} AS source
WHERE nba_game_id IN (${quoteList(games)})
ORDER BY ${order.join(', ')}
LIMIT 1`);
    if (!row) continue;
    const file = source.files[Number(row['file_index'])]?.name ?? '?';
    return { table, file, row: Number(row['file_row']) };
  }
  return undefined;
}
