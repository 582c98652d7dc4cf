import type { GameDate } from '../calendar/game-date.ts';
import type { ChangedBy } from '../ledger/change-statements.ts';
import { confirmSql, requireConfirmed } from '../ledger/confirm-records.ts';
import { onDates } from '../ledger/ledger-statements.ts';
import { exclusionsTable, partitionsTable } from '../ledger/ledger-tables.ts';
import { differenceFromRecord, gatherEvidence } from '../ledger/partition-evidence.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import { removalStatements } from '../ledger/removal-statements.ts';
import { qualifiedName } from '../table/table-definition.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import {
  arrivedName,
  insertArrived,
  type Route,
  type RouteTable,
  stageRows,
} from './bring-rows.ts';
import {
  hasExclusions,
  type MovedTable,
  type RemovedDates,
  replaceStatements,
} from './move-statements.ts';

/** Rows of a ledger table that the target gets in addition. */
export interface AddedRows {
  readonly table: RouteTable;
  /** SQL of the source's dialect. */
  readonly condition: string;
  /** TRUE for rows of tables and dates, of which those are left out that do not move. */
  readonly ofMoved?: boolean;
}

/** What one commit does to the target. */
export interface Move {
  readonly changedBy: ChangedBy;
  readonly moved: readonly MovedTable[];
  readonly removed?: readonly RemovedDates[];
  readonly added?: readonly AddedRows[];
  /** Statements of the target's dialect that belong to the same commit. */
  readonly also?: readonly string[];
}

const isOfMoved = `EXISTS (
  SELECT 1
  FROM ${arrivedName(partitionsTable)} AS recorded
  WHERE recorded.table_name = arrived.table_name
    AND recorded.partition_date = arrived.partition_date
)`;

/** A date that was not moved, and why. */
export interface NotMoved {
  readonly table: string;
  readonly date: GameDate;
  /** The warehouse whose rows are not those of the record. */
  readonly where: 'source' | 'target';
  readonly difference: string;
}

/**
 * Moves dates from one warehouse to another: rows, exclusions and records, in one commit. The rows are
 * held against their records twice, where they stand and where they have arrived, by hashes that are
 * recomputed from the values; a date that differs is left as it is in the target.
 * @param otherwise what becomes of the other dates when one differs.
 * @returns the dates that were not moved.
 */
export async function movePartitions(
  route: Route,
  { changedBy, moved, removed = [], added = [], also = [] }: Move,
  otherwise: 'the others move' | 'all or nothing' = 'the others move',
): Promise<readonly NotMoved[]> {
  const { target } = route;
  const notMoved: NotMoved[] = [];
  const arrived: MovedTable[] = [];
  for (const given of moved) {
    const sound = await soundAtSource(route, given, notMoved);
    const whole = await arriveWhole(route, sound, notMoved);
    if (whole.records.length > 0) arrived.push(whole);
  }
  if (otherwise === 'all or nothing' && notMoved.length > 0) return notMoved;
  if (arrived.length > 0) {
    await stageLedgerRows(route, arrived);
    await refuseOvertaken(route, arrived);
  }
  for (const { table, condition } of added) await stageRows(route, table, condition);
  const recorded = arrived.map(({ table, records }) => ({
    table: table.name,
    dates: datesOf(records),
  }));
  const confirmed = await target.commit(
    [
      ...removed.flatMap(({ table, dates }) =>
        removalStatements(target.dialect, table, dates, changedBy),
      ),
      ...arrived.flatMap((table) => replaceStatements(target.dialect, table, changedBy)),
      ...added.map(({ table, ofMoved }) => insertArrived(table, ofMoved ? isOfMoved : undefined)),
      ...also,
    ],
    recorded.length > 0 ? confirmSql(target.dialect, recorded) : undefined,
  );
  requireConfirmed(confirmed, recorded);
  await target.dropStage(...stagedNames(arrived, added));
  return notMoved;
}

/** The dates whose rows are what their records say. */
async function soundAtSource(
  { source }: Route,
  moved: MovedTable,
  notMoved: NotMoved[],
): Promise<MovedTable> {
  const { table, records } = moved;
  const dates = onDates(source.dialect, table.partition, datesOf(records));
  const relation = `(SELECT * FROM ${qualifiedName(table)} WHERE ${dates})`;
  return withoutDifferences(
    moved,
    await gatherEvidence(source, table, relation),
    'source',
    notMoved,
  );
}

/** Brings the rows over and keeps the dates that came out as they are recorded. */
async function arriveWhole(
  route: Route,
  moved: MovedTable,
  notMoved: NotMoved[],
): Promise<MovedTable> {
  const { table, records } = moved;
  const written = records.filter(({ rows }) => rows > 0);
  if (written.length === 0) return moved;
  const { source, target } = route;
  await stageRows(route, table, onDates(source.dialect, table.partition, datesOf(written)));
  const evidence = await gatherEvidence(target, table, arrivedName(table));
  return withoutDifferences(moved, evidence, 'target', notMoved);
}

function withoutDifferences(
  moved: MovedTable,
  evidence: Awaited<ReturnType<typeof gatherEvidence>>,
  where: NotMoved['where'],
  notMoved: NotMoved[],
): MovedTable {
  const { table, records } = moved;
  return {
    ...moved,
    records: records.filter((record) => {
      const difference = differenceFromRecord(record, evidence.get(record.date));
      if (difference === undefined) return true;
      notMoved.push({ table: table.name, date: record.date, where, difference });
      return false;
    }),
  };
}

/**
 * Records and exclusions of what has arrived, of all tables together. The records come last: where they are
 * still the same, nobody has touched what was brought before them.
 */
async function stageLedgerRows(route: Route, arrived: readonly MovedTable[]): Promise<void> {
  const excluding = arrived.filter(({ table }) => hasExclusions(table));
  if (excluding.length > 0) await stageRows(route, exclusionsTable, conditionOf(route, excluding));
  await stageRows(route, partitionsTable, conditionOf(route, arrived));
}

/** @throws WarehouseError `locked` when a date has got another record in the source since it was read. */
async function refuseOvertaken(
  { source, target }: Route,
  arrived: readonly MovedTable[],
): Promise<void> {
  const rows = await target.query(`
SELECT table_name, CAST(partition_date AS STRING) AS partition_date, run_id, attempts, data_hash
FROM ${arrivedName(partitionsTable)} AS arrived`);
  const found = new Map(rows.map((row) => [`${row['table_name']} ${row['partition_date']}`, row]));
  for (const { table, records } of arrived) {
    for (const { date, runId, attempts, dataHash } of records) {
      const row = found.get(`${table.name} ${date}`);
      const isSame =
        row?.['run_id'] === runId &&
        Number(row['attempts']) === attempts &&
        (row['data_hash'] ?? undefined) === dataHash;
      if (isSame) continue;
      const by = row ? `written by run ${row['run_id']}` : 'removed';
      throw new WarehouseError(
        'locked',
        `"${source.location}": ${table.name} ${date} was ${by} while it was copied; nothing of this commit was written, what was committed before stays. Copy again when nobody writes there`,
      );
    }
  }
}

function conditionOf({ source: { dialect: sql } }: Route, tables: readonly MovedTable[]): string {
  return tables
    .map(({ table, records }) => {
      const dates = onDates(sql, 'partition_date', datesOf(records));
      return `(table_name = ${sql.string(table.name)} AND ${dates})`;
    })
    .join('\n  OR ');
}

function stagedNames(
  arrived: readonly MovedTable[],
  added: readonly AddedRows[],
): readonly string[] {
  return [
    ...arrived.filter(({ records }) => records.some(({ rows }) => rows > 0)),
    ...added,
    ...(arrived.length > 0 ? [{ table: partitionsTable }] : []),
    ...(arrived.some(({ table }) => hasExclusions(table)) ? [{ table: exclusionsTable }] : []),
  ].map(({ table }) => arrivedName(table));
}

function datesOf(records: readonly PartitionRecord[]): readonly GameDate[] {
  return records.map(({ date }) => date);
}
