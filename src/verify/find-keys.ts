import { lookupColumn } from '../ledger/find-named.ts';
import { keyText } from '../table/partition-hash.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Reader } from '../warehouse/warehouse.ts';

/** A key without its date, and the player it stands for. */
export interface MeantKey {
  readonly key: string;
  /** As `player_lookup` has it; `undefined` where it is not known. */
  readonly lookup: string | undefined;
}

/**
 * The keys of rows without their dates that somebody means: the key itself where any row or remembered row has
 * it, and all that stand for the player of this name; where there are none, those of players whose name contains it.
 * @param lookup the name as `player_lookup` has it. @returns none where nothing of the kind is known.
 */
export async function findKeys(
  { dialect: sql, query }: Reader,
  tables: readonly StoredTable[],
  key: string,
  lookup: string,
): Promise<{ readonly keys: readonly MeantKey[]; readonly isPart: boolean }> {
  const given = sql.string(key);
  const standing = tables.map((table) => {
    const isNamed = lookup !== '' && table.columns.some(({ name }) => name === lookupColumn);
    const text = keyText(table, sql);
    const name = isNamed ? lookupColumn : 'CAST(NULL AS STRING)';
    return `SELECT ${text} AS row_key, ${name} AS lookup
FROM ${qualifiedName(table)}
WHERE ${text} = ${given}${isNamed ? ` OR strpos(${lookupColumn}, ${sql.string(lookup)}) > 0` : ''}`;
  });
  const remembered = `SELECT row_key, CAST(NULL AS STRING) AS lookup
FROM backcourt.changes
WHERE row_key = ${given}`;
  const rows = await query(`
SELECT row_key, MIN(lookup) AS lookup, LOGICAL_OR(row_key = ${given} OR COALESCE(lookup = ${sql.string(lookup)}, FALSE)) AS is_meant
FROM (
${[...standing, remembered].join('\nUNION ALL\n')}
) AS named
GROUP BY row_key
ORDER BY row_key`);
  const exact = rows.filter((row) => row['is_meant'] === true);
  return {
    keys: (exact.length > 0 ? exact : rows).map((row) => ({
      key: String(row['row_key']),
      lookup: textOf(row['lookup']),
    })),
    isPart: exact.length === 0,
  };
}
