import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { textRows } from '../files/file-values.ts';
import type { SourceFile } from '../files/source-file.ts';
import { playerAliases } from './player-aliases.ts';
import { playerLookup } from './player-lookup.ts';
import { textMap } from './text-map.ts';

/** The two columns of which one is enough to say who a row is about. */
export const playerColumns = ['player_lookup', 'player_name'] as const;

/** What a row says of its player: the lookup if it has one, else the name. */
export const givenPlayer = 'coalesce(player_lookup_text, player_name_text)';

/** Relation (given, player_lookup) of every player of some files, aliases applied. */
export async function nameLookups(
  warehouse: DuckDbWarehouse,
  files: readonly SourceFile[],
): Promise<string> {
  const rows = await warehouse.query(`
SELECT DISTINCT ${givenPlayer} AS given
FROM (${textRows(files, playerColumns)}
) AS source
WHERE ${givenPlayer} IS NOT NULL`);
  const entries = rows.map((row): readonly [string, string] => {
    const given = String(row['given']);
    return [given, knownLookup(given)];
  });
  return textMap('player', ['given', 'player_lookup'], entries);
}

/** A lookup, possibly with the id of a namesake, stays as it is; anything else is taken for a name. */
export function knownLookup(given: string): string {
  const lookup = /^[a-z0-9]+(_\d+)?$/.test(given) ? given : playerLookup(given);
  return playerAliases.get(lookup) ?? lookup;
}
