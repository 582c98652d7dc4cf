import type { GameDate } from '../calendar/game-date.ts';
import { type ChangedBy, rememberRemoved, rememberReplaced } from '../ledger/change-statements.ts';
import { rememberRecords } from '../ledger/ledger-statements.ts';
import { exclusionsTable, partitionsTable } from '../ledger/ledger-tables.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { qualifiedName, type TableDefinition } from '../table/table-definition.ts';
import { isComputed } from '../table/table-registry.ts';
import { arrivedName, insertArrived } from './bring-rows.ts';

/** Dates of a table that move, each with its record in the source. */
export interface MovedTable {
  readonly table: TableDefinition;
  readonly records: readonly PartitionRecord[];
  /** TRUE when some of the dates are recorded in the target already: then what changes is remembered. */
  readonly replaces?: boolean;
}

/** Dates that are to have neither rows nor record in the target. */
export interface RemovedDates {
  readonly table: TableDefinition;
  readonly dates: readonly GameDate[];
}

/**
 * Statements that replace the dates of a table whose records have arrived: rows, exclusions and
 * records. Their text does not grow with the dates, for a script of BigQuery may have 1 MB. Rows keep the run and
 * the time that they have in the source.
 */
export function replaceStatements(
  sql: SqlDialect,
  { table, records, replaces }: MovedTable,
  changedBy: ChangedBy,
): readonly string[] {
  const dates = records.map(({ date }) => date);
  const own = `table_name = ${sql.string(table.name)}`;
  const recorded = `SELECT partition_date FROM ${arrivedName(partitionsTable)} AS recorded WHERE ${own}`;
  const among = (column: string) =>
    `${bounds(sql, column, dates)}\n  AND ${column} IN (${recorded})`;
  const hasRows = records.some(({ rows }) => rows > 0);
  const written = `SELECT partition_date FROM backcourt.partitions WHERE ${own} AND data_hash IS NOT NULL`;
  const where = `${among(table.partition)}\n  AND ${table.partition} IN (${written})`;
  const remembered = () =>
    hasRows
      ? rememberReplaced(sql, { table, where, by: arrivedName(table) }, changedBy)
      : rememberRemoved(sql, table, where, changedBy);
  return [
    ...(replaces ? [remembered()] : []),
    `DELETE FROM ${qualifiedName(table)}\nWHERE ${among(table.partition)}`,
    ...(hasRows ? [insertArrived(table, among(table.partition))] : []),
    ...(hasExclusions(table)
      ? [
          `DELETE FROM backcourt.exclusions\nWHERE ${own}\n  AND ${among('partition_date')}`,
          insertArrived(exclusionsTable, `${own}\n  AND ${among('partition_date')}`),
        ]
      : []),
    ...(replaces
      ? [rememberRecords(sql, `${own}\n  AND ${among('partition_date')}`, changedBy, 'replaced')]
      : []),
    `DELETE FROM backcourt.partitions\nWHERE ${own}\n  AND ${among('partition_date')}`,
    insertArrived(partitionsTable, own),
  ];
}

/** TRUE for a table that leaves entities out. */
export function hasExclusions(table: TableDefinition): boolean {
  return isComputed(table) && table.excludes;
}

/** First and last day as literals, by which an engine skips partitions. */
function bounds(sql: SqlDialect, column: string, dates: readonly GameDate[]): string {
  const sorted = [...dates].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a table that moves no date');
  return `${column} >= ${sql.date(first)}\n  AND ${column} <= ${sql.date(last)}`;
}
