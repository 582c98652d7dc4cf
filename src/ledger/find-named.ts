import type { GameDate } from '../calendar/game-date.ts';
import { keyText } from '../table/partition-hash.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** A row of a player. */
export interface NamedRow {
  /** Its key without the date. */
  readonly key: string;
  readonly name: string;
}

/** The column that holds the name of a player in the form in which sources are joined. */
export const lookupColumn = 'player_lookup';

/**
 * Rows of a date by the name of their player, in order of the name: those of exactly this name, else all whose
 * name contains it.
 * @param lookup the name as `player_lookup` has it. @returns none for a table without names of players.
 */
export async function findNamed(
  warehouse: Warehouse,
  table: StoredTable,
  date: GameDate,
  lookup: string,
): Promise<readonly NamedRow[]> {
  const names = table.columns.map(({ name }) => name);
  if (lookup === '' || !names.includes(lookupColumn)) return [];
  const shown = ['player_full_name', 'player_name', lookupColumn].find((name) =>
    names.includes(name),
  );
  const sql = warehouse.dialect;
  const rows = await warehouse.query(`
SELECT ${keyText(table, sql)} AS row_key, MAX(${shown}) AS name, MAX(${lookupColumn}) AS lookup
FROM ${qualifiedName(table)}
WHERE ${table.partition} = ${sql.date(date)}
  AND strpos(${lookupColumn}, ${sql.string(lookup)}) > 0
GROUP BY row_key
ORDER BY name, row_key`);
  const exact = rows.filter((row) => row['lookup'] === lookup);
  return (exact.length > 0 ? exact : rows).map((row) => ({
    key: String(row['row_key']),
    name: String(row['name']),
  }));
}
