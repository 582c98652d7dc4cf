import { type GameDate, gameDate } from '../../calendar/game-date.ts';
import { partitionHash } from '../../table/partition-hash.ts';
import type { StoredTable } from '../../table/table-definition.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** Content of one date of a relation that has a table's columns. */
export interface PartitionContent {
  readonly date: GameDate;
  readonly rows: number;
  readonly dataHash: string;
}

/** Rows and hash of every date of `relation`, ascending. */
export async function partitionContents(
  warehouse: Warehouse,
  table: StoredTable,
  relation: string,
): Promise<readonly PartitionContent[]> {
  const { partition } = table;
  const rows = await warehouse.query(`
SELECT
  CAST(${partition} AS STRING) AS partition_date,
  COUNT(*) AS row_count,
  ${partitionHash(table, warehouse.dialect).data} AS data_hash
FROM ${relation} AS partition_rows
GROUP BY ${partition}
ORDER BY ${partition}`);
  return rows.map((row) => ({
    date: gameDate(String(row['partition_date'])),
    rows: Number(row['row_count']),
    dataHash: String(row['data_hash']),
  }));
}
