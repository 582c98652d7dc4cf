import type { Column } from '../sql/column.ts';
import type { StoredTable } from '../table/table-definition.ts';

/** A raw table of an older Backcourt, and the columns that it did not have yet. */
export interface NarrowTable {
  readonly table: StoredTable;
  readonly columns: readonly Column[];
}

/** Raw table → columns that it has got since a format of the ledger. They may be NULL, for old rows have none. */
const later: Readonly<
  Record<string, { readonly since: number; readonly columns: readonly string[] }>
> = { player_props: { since: 7, columns: ['over_price', 'under_price'] } };

/**
 * The columns of a table that a warehouse may lack because an older Backcourt made it, and not because something else has
 * taken them away.
 * @param version format of the ledger; `undefined` before the first ingest.
 */
export function laterColumns(
  { name, dataset, columns }: StoredTable,
  version: number | undefined,
): readonly Column[] {
  const entry = dataset === 'nba_raw' ? later[name] : undefined;
  if (!entry || (version !== undefined && version >= entry.since)) return [];
  return columns.filter((column) => entry.columns.includes(column.name));
}
