import type { GameDate } from '../calendar/game-date.ts';
import { keyText } from '../table/partition-hash.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { lookupColumn } from './find-named.ts';

/** The team of the latest row of a team or player before a date. */
export interface LatestTeam {
  readonly key: string;
  readonly team: string;
  readonly date: string;
}

/**
 * For which team the latest row before a date is, by its key without the date or the name of its player.
 * @returns `undefined` where there is none, and for tables whose rows are not of games.
 */
export async function readLatestTeam(
  warehouse: Warehouse,
  table: StoredTable,
  date: GameDate,
  { key, lookup }: { readonly key: string; readonly lookup: string },
): Promise<LatestTeam | undefined> {
  const has = (column: string) => table.columns.some(({ name }) => name === column);
  if (!has('team_abbr') || !has('game_id')) return undefined;
  const sql = warehouse.dialect;
  const isNamed =
    has(lookupColumn) && lookup !== '' ? ` OR ${lookupColumn} = ${sql.string(lookup)}` : '';
  const [row] = await warehouse.query(`
SELECT ${keyText(table, sql)} AS row_key, team_abbr, CAST(${table.partition} AS STRING) AS day
FROM ${qualifiedName(table)}
WHERE ${table.partition} < ${sql.date(date)}
  AND (${keyText(table, sql)} = ${sql.string(key)}${isNamed})
ORDER BY ${table.partition} DESC, row_key
LIMIT 1`);
  return (
    row && {
      key: String(row['row_key']),
      team: String(row['team_abbr']),
      date: String(row['day']),
    }
  );
}
