import type { GameDate } from '../../calendar/game-date.ts';
import type { ReadSource } from '../files/source-content.ts';
import { quoteList } from '../files/source-values.ts';
import type { RawWriter } from './replace-raw-dates.ts';

/** Where the files tell of games. */
export interface Place {
  readonly table: string;
  readonly file: string;
  readonly row: number;
}

/**
 * Finds a row of the files that tells of one of some games, on the date itself and of the player if there is one; `undefined`
 * where no file tells of them.
 * @param games ids. @param player id.
 */
export async function findPlace(
  { warehouse }: RawWriter,
  sources: readonly ReadSource[],
  date: GameDate,
  games: readonly string[],
  player?: string,
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
