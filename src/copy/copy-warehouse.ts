import type { GameDate } from '../calendar/game-date.ts';
import type { ChangedBy } from '../ledger/change-statements.ts';
import { damagedDates } from '../ledger/damaged-dates.ts';
import { distrustStatements } from '../ledger/distrust-readers.ts';
import { onDates, rememberAbsence } from '../ledger/ledger-statements.ts';
import { changesTable, formerPartitionsTable } from '../ledger/ledger-tables.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import type { Reason } from '../plan/reason.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { hasRowProvenance } from '../table/provenance.ts';
import { qualifiedName, type TableDefinition } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Route } from './bring-rows.ts';
import { bringRuns } from './bring-runs.ts';
import type { CopyUnit } from './copy-plan.ts';
import { type AddedRows, movePartitions, type NotMoved } from './move-partitions.ts';
import type { MovedTable } from './move-statements.ts';

export interface CopySettings {
  /** All tables there are, by which the readers of a replaced one are found. */
  readonly tables: TableRegistry;
  readonly changedBy: ChangedBy;
  /** Most dates of a table that one file holds and one commit writes. */
  readonly batchDays: number;
  /** Aborted when the copy is to stop after the commit in hand. */
  readonly stop: AbortSignal;
}

/** What became of the dates of a table. */
export interface CopiedTable {
  readonly table: string;
  readonly copied: readonly PartitionRecord[];
  readonly equal: number;
  readonly refused: readonly { readonly date: PartitionRecord['date']; readonly reason: Reason }[];
  readonly notMoved: readonly NotMoved[];
  /** Dates that an interrupted copy has not come to. */
  readonly notReached: number;
}

/** Hears which dates are on their way. */
export type CopyObserver = (table: string, dates: number) => void;

/**
 * Copies what differs, in few commits: the raw tables of some dates together, for box scores are
 * nothing without their schedule, then table by table in dependency order. What was committed stays;
 * a second copy goes on where the first one stopped.
 * @throws WarehouseError for the surroundings of either warehouse.
 */
export async function copyWarehouse(
  route: Route,
  units: readonly CopyUnit[],
  settings: CopySettings,
  observe: CopyObserver,
): Promise<readonly CopiedTable[]> {
  const { changedBy } = settings;
  const tables = [...new Set(units.map(({ table }) => table))];
  const work = units.filter(({ action }) => action === 'copy');
  const notMoved: NotMoved[] = [];
  const reached = new Set<PartitionRecord>();
  if (work.length > 0) await bringRuns(route, await runIdsOf(route.source, work));
  const remembers = work.length > 0 && (await remembersAny(route.source));
  const gone = work.length > 0 ? await goneDates(route.target) : new Set<string>();
  const isNew = newRecords(work);
  const cameBack = (record: PartitionRecord) =>
    isNew.has(record) && gone.has(`${record.table} ${record.date}`);
  const hasNoPast = (record: PartitionRecord) => isNew.has(record) && !cameBack(record);
  for (const moved of commitsOf(tables, work, settings.batchDays)) {
    if (settings.stop.aborted) break;
    for (const { table, records } of moved) observe(table.name, records.length);
    const also = [
      ...(await distrustOf(route.target, settings.tables, moved, work)),
      ...moved.flatMap(({ table, records }) => {
        const dates = records.filter(cameBack).map(({ date }) => date);
        return dates.length > 0
          ? [rememberAbsence(route.target.dialect, table.name, dates, changedBy)]
          : [];
      }),
    ];
    const added = remembers ? historyOf(route.source, moved, hasNoPast) : [];
    notMoved.push(...(await movePartitions(route, { changedBy, moved, added, also })));
    for (const { records } of moved) for (const record of records) reached.add(record);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return tables.map(({ name }) => {
    const own = units.filter(({ table }) => table.name === name);
    const due = own.filter(({ action }) => action === 'copy').map(({ record }) => record);
    const left = notMoved.filter(({ table }) => table === name);
    const leftDates = new Set(left.map(({ date }) => date));
    return {
      table: name,
      copied: due.filter((record) => reached.has(record) && !leftDates.has(record.date)),
      equal: own.filter(({ action }) => action === 'equal').length,
      refused: own.flatMap((unit) =>
        unit.action === 'refuse' ? [{ date: unit.record.date, reason: unit.reason }] : [],
      ),
      notMoved: left,
      notReached: due.filter((record) => !reached.has(record)).length,
    };
  });
}

async function remembersAny({ queryEach }: Warehouse): Promise<boolean> {
  const counts = await queryEach(
    [changesTable, formerPartitionsTable].map(
      (table) => `SELECT COUNT(*) AS row_count FROM ${qualifiedName(table)}`,
    ),
  );
  return counts.some((row) => Number(row['row_count']) > 0);
}

/** `table date` of which the target once had a record. */
async function goneDates({ query }: Warehouse): Promise<ReadonlySet<string>> {
  const rows = await query(
    'SELECT DISTINCT table_name, CAST(partition_date AS STRING) AS day FROM backcourt.former_partitions',
  );
  return new Set(rows.map((row) => `${row['table_name']} ${row['day']}`));
}

/** The records of dates of which the target has none. */
function newRecords(work: readonly CopyUnit[]): ReadonlySet<PartitionRecord> {
  return new Set(
    work.flatMap((unit) => (unit.action === 'copy' && !unit.replaces ? [unit.record] : [])),
  );
}

/** What the source remembers of dates goes along where the target has no past of them. */
function historyOf(
  { dialect: sql }: Warehouse,
  moved: readonly MovedTable[],
  hasNoPast: (record: PartitionRecord) => boolean,
): readonly AddedRows[] {
  const conditions = moved.flatMap(({ table, records }) => {
    const dates = records.filter(hasNoPast).map(({ date }) => date);
    return dates.length === 0 ? [] : [isOf(sql, table, dates)];
  });
  if (conditions.length === 0) return [];
  const condition = conditions.join('\n  OR ');
  return [changesTable, formerPartitionsTable].map((table) => ({
    table,
    condition,
    ofMoved: true,
  }));
}

/** SQL condition on what is remembered: it is of these dates of a table. */
function isOf(sql: SqlDialect, { name }: TableDefinition, dates: readonly GameDate[]): string {
  return `(table_name = ${sql.string(name)} AND ${onDates(sql, 'partition_date', dates)})`;
}

/** The statements by which what may have been made of damaged rows of the target is made again. */
async function distrustOf(
  target: Warehouse,
  tables: TableRegistry,
  moved: readonly MovedTable[],
  work: readonly CopyUnit[],
): Promise<readonly string[]> {
  const statements: string[] = [];
  for (const { table, records } of moved) {
    const replaced = work.flatMap((unit) =>
      unit.table === table &&
      unit.action === 'copy' &&
      unit.replaced &&
      records.includes(unit.record)
        ? [unit.replaced]
        : [],
    );
    const mended = { table: table.name, dates: await damagedDates(target, table, replaced) };
    statements.push(...distrustStatements(target.dialect, tables, mended));
  }
  return statements;
}

/**
 * Runs that records name, those of now and those of before, or rows: a row that came out equal again keeps the run that
 * first wrote it.
 */
async function runIdsOf(source: Warehouse, units: readonly CopyUnit[]): Promise<readonly string[]> {
  const { dialect: sql } = source;
  const byTable = [...Map.groupBy(units, ({ table }) => table)].map(([table, own]) => ({
    table,
    dates: own.map(({ record }) => record.date),
  }));
  const remembered = byTable.map(({ table, dates }) => isOf(sql, table, dates)).join('\n  OR ');
  const named = await source.queryEach([
    ...byTable
      .filter(({ table }) => hasRowProvenance(table))
      .map(
        ({ table, dates }) =>
          `SELECT DISTINCT run_id FROM ${qualifiedName(table)} WHERE ${onDates(sql, table.partition, dates)}`,
      ),
    ...[changesTable, formerPartitionsTable].map(
      (table) => `SELECT DISTINCT run_id FROM ${qualifiedName(table)} WHERE ${remembered}`,
    ),
  ]);
  const ofRows = named.map((row) => String(row['run_id']));
  return [...new Set([...units.map(({ record }) => record.runId), ...ofRows])].sort();
}

function commitsOf(
  tables: readonly TableDefinition[],
  work: readonly CopyUnit[],
  batchDays: number,
): readonly (readonly MovedTable[])[] {
  const isRaw = ({ dataset }: TableDefinition) => dataset === 'nba_raw';
  const groups = [tables.filter(isRaw), ...tables.filter((table) => !isRaw(table)).map((t) => [t])];
  return groups.flatMap((group) => {
    const own = work.filter(({ table }) => group.includes(table));
    const dates = [...new Set(own.map(({ record }) => record.date))].sort();
    const chunks: MovedTable[][] = [];
    for (let first = 0; first < dates.length; first += batchDays) {
      const chunk = new Set(dates.slice(first, first + batchDays));
      const inChunk = own.filter(({ record }) => chunk.has(record.date));
      chunks.push(
        group.flatMap((table) => {
          const units = inChunk.filter((unit) => unit.table === table);
          const records = units.map(({ record }) => record);
          const replaces = units.some((unit) => unit.action === 'copy' && unit.replaces);
          return records.length === 0 ? [] : [{ table, records, replaces }];
        }),
      );
    }
    return chunks;
  });
}
