import { lookupColumn } from '../ledger/find-named.ts';
import { keyText } from '../table/partition-hash.ts';
import { type ComputedTable, qualifiedName } from '../table/table-definition.ts';
import type { Reader } from '../warehouse/warehouse.ts';

/**
 * The keys of rows without their dates that somebody means: the key itself where any row or remembered row has
 * it, and all that stand for the player of this name.
 * @param lookup the name as `player_lookup` has it. @returns none where nothing of the kind is known.
 */
export async function findKeys(
  { dialect: sql, query }: Reader,
  tables: readonly ComputedTable[],
  key: string,
  lookup: string,
): Promise<readonly string[]> {
  const given = sql.string(key);
  const standing = tables.map((table) => {
    const isNamed = lookup !== '' && table.columns.some(({ name }) => name === lookupColumn);
    const text = keyText(table, sql);
    return `SELECT ${text} AS row_key
FROM ${qualifiedName(table)}
WHERE ${text} = ${given}${isNamed ? ` OR ${lookupColumn} = ${sql.string(lookup)}` : ''}`;
  });
  const rows = await query(`
SELECT DISTINCT row_key
FROM (
${[...standing, `SELECT row_key FROM backcourt.changes WHERE row_key = ${given}`].join('\nUNION ALL\n')}
) AS meant
ORDER BY row_key`);
  return rows.map((row) => String(row['row_key']));
}
