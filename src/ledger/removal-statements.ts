import type { GameDate } from '../calendar/game-date.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import { type ChangedBy, rememberRemoved } from './change-statements.ts';
import { onDates, rememberRecords } from './ledger-statements.ts';

/**
 * The statements of one commit that leaves neither rows nor exclusions nor a record of some dates of a table, and
 * remembers what there was.
 */
export function removalStatements(
  sql: SqlDialect,
  table: StoredTable,
  dates: readonly GameDate[],
  changedBy: ChangedBy,
): readonly string[] {
  const where = onDates(sql, table.partition, dates);
  const ofTable = `table_name = ${sql.string(table.name)}\n  AND ${onDates(sql, 'partition_date', dates)}`;
  return [
    rememberRemoved(sql, table, where, changedBy),
    rememberRecords(sql, ofTable, changedBy, 'removed'),
    `DELETE FROM ${qualifiedName(table)}\nWHERE ${where}`,
    `DELETE FROM backcourt.exclusions\nWHERE ${ofTable}`,
    `DELETE FROM backcourt.partitions\nWHERE ${ofTable}`,
  ];
}

/** The statements that leave nothing of a table in the ledger, what is remembered of it included. */
export function forgetTable(sql: SqlDialect, table: string): readonly string[] {
  return ['exclusions', 'partitions', 'changes', 'former_partitions'].map(
    (ledger) => `DELETE FROM backcourt.${ledger}\nWHERE table_name = ${sql.string(table)}`,
  );
}
