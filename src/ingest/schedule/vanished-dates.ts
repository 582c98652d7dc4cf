import type { GameDate } from '../../calendar/game-date.ts';
import { onDates } from '../../ledger/ledger-statements.ts';
import { qualifiedName } from '../../table/table-definition.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { forgetStatement, type RawReplacement, type RawWriter } from '../raw/replace-raw-dates.ts';

/** Dates that are no game dates any more: their last game has moved. */
export function vanishedDates(replacements: readonly RawReplacement[]): readonly GameDate[] {
  return replacements.find(({ table }) => table.name === 'schedule')?.emptied ?? [];
}

/**
 * Statements that remove what was computed for such dates. No run would ever look at them again, so
 * rows of a game that never took place there would stand for ever.
 */
export function vanishedStatements(
  writer: RawWriter,
  tables: TableRegistry,
  dates: readonly GameDate[],
): readonly string[] {
  if (dates.length === 0) return [];
  const sql = writer.warehouse.dialect;
  return tables.computed.flatMap((table) => [
    `DELETE FROM ${qualifiedName(table)} WHERE ${onDates(sql, table.partition, dates)}`,
    `DELETE FROM backcourt.exclusions
WHERE table_name = ${sql.string(table.name)}
  AND ${onDates(sql, 'partition_date', dates)}`,
    forgetStatement(writer, table.name, dates),
  ]);
}
