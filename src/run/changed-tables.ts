import type { GameDate } from '../calendar/game-date.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import type { Plan } from '../plan/plan.ts';
import type { Column } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { provenanceColumns } from '../table/provenance.ts';
import { type ComputedTable, qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { TableFault } from './failed-tables.ts';
import { isOfDefinition } from './stage/is-of-definition.ts';
import type { Reshape } from './work/batch-request.ts';

/** An own table whose definition is another than that of rows which stand in it. */
export interface ChangedTable {
  readonly table: ComputedTable;
  /** What gives it the columns of the definition; `undefined` where it has them. */
  readonly reshape: Reshape | undefined;
  /** Dates of such rows, ascending: those that the plan works, and all others. */
  readonly worked: readonly GameDate[];
  readonly left: readonly GameDate[];
}

/**
 * Own tables of a plan that have rows of another definition, or other columns. Rows stay as they are until others stand
 * in their place: date by date where the columns are the same; where they are not, with the first that are written,
 * so that all dates have to be worked.
 */
export async function changedTables(
  { warehouse, world }: RunEngine,
  { units }: Plan,
): Promise<readonly ChangedTable[]> {
  const worked = new Set(units.filter(({ action }) => action === 'run').map(({ table }) => table));
  const suspects = world.tables.computed.flatMap((table) => {
    if (table.phase !== 'own' || !worked.has(table.name)) return [];
    const records = [...world.ledger.of(table.name).values()].filter(({ rows }) => rows > 0);
    const others = records.filter((record) => !isOfDefinition(world, table, record));
    return others.length > 0 || records.length === 0 ? [{ table, others }] : [];
  });
  if (suspects.length === 0) return [];
  const there = await columnsThere(warehouse, suspects);
  const keys = new Set(world.tables.computed.flatMap(({ key }) => key));
  return suspects.map(({ table, others }) => {
    const planned = new Set(
      units.filter((unit) => unit.table === table.name).map(({ date }) => date),
    );
    const dates = others.map(({ date }: PartitionRecord) => date).sort();
    return {
      table,
      reshape: reshapeOf(warehouse.dialect, table, there.get(table.name) ?? [], keys),
      worked: dates.filter((date) => planned.has(date)),
      left: dates.filter((date) => !planned.has(date)),
    };
  });
}

/** Why a run must not work on a table: what it leaves would stand there without its columns. */
export function columnsFault({
  table,
  reshape,
  worked,
  left,
}: ChangedTable): Extract<TableFault, { readonly kind: 'columns' }> | undefined {
  const all = [...worked, ...left].sort();
  const [first, last] = [all[0], all.at(-1)];
  if (!reshape || left.length === 0 || !first || !last) return undefined;
  return { kind: 'columns', table: table.name, left: left.length, first, last };
}

/** Own tables of some in which the columns of their definition are not those that are there. */
export async function tablesOfOtherColumns(
  warehouse: Warehouse,
  tables: readonly StoredTable[],
): Promise<readonly ComputedTable[]> {
  const own = tables.filter(isOwn);
  if (own.length === 0) return [];
  const there = await columnsThere(
    warehouse,
    own.map((table) => ({ table })),
  );
  return own.filter((table) =>
    reshapeOf(warehouse.dialect, table, there.get(table.name) ?? [], new Set()),
  );
}

function isOwn(table: StoredTable | ComputedTable): table is ComputedTable {
  return 'phase' in table && table.phase === 'own';
}

interface ColumnThere {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly isClustered: boolean;
}

async function columnsThere(
  { dialect, query }: Warehouse,
  suspects: readonly { readonly table: ComputedTable }[],
): Promise<ReadonlyMap<string, readonly ColumnThere[]>> {
  const found = new Map<string, ColumnThere[]>();
  const tables = suspects.map(({ table }) => table);
  for (const [dataset, own] of Map.groupBy(tables, (table) => table.dataset)) {
    const rows = await query(`
SELECT table_name, column_name, data_type, is_nullable, clustering_ordinal_position AS clustered
FROM ${dialect.datasetColumns(dataset)} AS known
WHERE table_name IN (${own.map(({ name }) => dialect.string(name)).join(', ')})`);
    for (const row of rows) {
      const columns = found.get(String(row['table_name'])) ?? [];
      found.set(String(row['table_name']), columns);
      columns.push({
        name: String(row['column_name']),
        type: String(row['data_type']),
        isRequired: row['is_nullable'] === 'NO',
        isClustered: row['clustered'] !== null,
      });
    }
  }
  return found;
}

/**
 * What turns the columns which are there into those of a definition. A table that is not there has none.
 * @param keys columns that say whom a row of some table is of.
 */
function reshapeOf(
  sql: SqlDialect,
  table: ComputedTable,
  there: readonly ColumnThere[],
  keys: ReadonlySet<string>,
): Reshape | undefined {
  if (there.length === 0) return undefined;
  const known = new Map(there.map((column) => [column.name, column]));
  const plain = (type: string) => type.replace(/\s/g, '').toUpperCase();
  const isAs = ({ name, type }: Column) => {
    const found = known.get(name);
    return found && plain(found.type) === plain(sql.storedTypeName(type));
  };
  const names = new Set([...table.columns, ...provenanceColumns].map(({ name }) => name));
  const others = table.columns.filter((column) => !isAs(column));
  const gone = there.filter(
    ({ name }) => !names.has(name) || others.some((column) => column.name === name),
  );
  // BigQuery drops no column that it clusters by.
  const dropped = gone.filter(({ isClustered }) => !isClustered);
  const loosened = there.filter((column) => {
    const own = table.columns.find(({ name }) => name === column.name);
    const isFree = own ? own.nullWhen !== undefined : names.has(column.name) === false;
    return column.isRequired && isFree && !dropped.includes(column);
  });
  const changes = [
    ...loosened.map(({ name }) => `ALTER COLUMN ${name} DROP NOT NULL`),
    ...dropped.map(({ name }) => `DROP COLUMN ${name}`),
    ...others.map(({ name, type }) => `ADD COLUMN ${name} ${sql.storedTypeName(type)}`),
  ];
  if (changes.length === 0) return undefined;
  return {
    statements: sql.alterTable(qualifiedName(table), changes),
    isOtherKey: [...others, ...gone].some(({ name }) => keys.has(name)),
  };
}
