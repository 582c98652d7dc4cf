import type { StrangerTable } from '../plan/stranger-tables.ts';
import { qualifiedName } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { tablesThere } from './damaged-tables.ts';
import { datasetsOf } from './datasets-of.ts';

/** An own table in a dataset in which nothing is computed any more: the records of its name are of another one. */
export interface LeftTable extends StrangerTable {
  readonly dataset: string;
}

/**
 * Own tables that were left where they stood when their project named another dataset.
 * @param strangers tables that the ledger has records of and that are none here: these are no left ones.
 * @throws WarehouseError
 */
export async function leftTables(
  warehouse: DuckDbWarehouse,
  tables: TableRegistry,
  strangers: readonly StrangerTable[],
): Promise<readonly LeftTable[]> {
  const there = await tablesThere(warehouse);
  const names = new Set([...there.keys()].map((qualified) => qualified.split('.')[1] ?? ''));
  const left = [...names].sort().flatMap((table) => {
    const here = tables.get(table);
    const isOther =
      strangers.some((stranger) => stranger.table === table) ||
      tables.broken.some(({ name }) => name === table);
    if (isOther) return [];
    return datasetsOf(there, table)
      .filter((dataset) => here === undefined || qualifiedName(here) !== `${dataset}.${table}`)
      .map((dataset) => ({ dataset, table }));
  });
  const counts = left.map(
    ({ dataset, table }, index) =>
      `SELECT ${index} AS place, COUNT(*) AS table_rows, COUNT(DISTINCT game_date) AS dates FROM ${dataset}.${table}`,
  );
  const counted = await warehouse.queryEach(counts);
  return left.map((entry, index) => {
    const row = counted.find((one) => Number(one['place']) === index);
    return { ...entry, dates: Number(row?.['dates']), rows: Number(row?.['table_rows']) };
  });
}
