import { join } from 'node:path';
import { storedColumns } from '../table/provenance.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';

/** Two warehouses, and a local folder for what goes between them. */
export interface Route {
  readonly source: Warehouse;
  readonly target: Warehouse;
  /** A folder that is there, whose files are the route's own. */
  readonly folder: string;
}

/** Columns and name of a table of a definition or of the ledger. */
export type RouteTable = Pick<StoredTable, 'name' | 'dataset' | 'columns'>;

/** The relation in which rows of a table arrive. */
export function arrivedName({ name }: Pick<RouteTable, 'name'>): string {
  return `arrived_${name}`;
}

/**
 * Brings rows of a table into a temporary relation of the target, as they are; nothing is written.
 * @param condition SQL of the source's dialect.
 * @returns how many.
 */
export async function stageRows(
  { source, target, folder }: Route,
  table: RouteTable,
  condition: string,
): Promise<number> {
  const columns = storedColumns(table);
  const names = columns.map(({ name }) => name).join(', ');
  const path = join(folder, `${table.name}.json.gz`);
  const rows = await source.writeRowFile(
    `SELECT ${names}\nFROM ${qualifiedName(table)}\nWHERE ${condition}`,
    columns,
    path,
  );
  await target.stageRowFile(arrivedName(table), columns, path);
  return rows;
}

/** INSERT of the rows that have arrived. @param condition SQL of the target's dialect; all unless given. */
export function insertArrived(table: RouteTable, condition?: string): string {
  const names = storedColumns(table)
    .map(({ name }) => name)
    .join(', ');
  return `INSERT INTO ${qualifiedName(table)} (${names})
SELECT ${names}
FROM ${arrivedName(table)} AS arrived${condition === undefined ? '' : `\nWHERE ${condition}`}`;
}

/** Adds rows of a table to the target, which has none of them. */
export async function bringRows(route: Route, table: RouteTable, condition: string): Promise<void> {
  const rows = await stageRows(route, table, condition);
  if (rows > 0) await route.target.commit([insertArrived(table)]);
  await route.target.dropStage(arrivedName(table));
}
