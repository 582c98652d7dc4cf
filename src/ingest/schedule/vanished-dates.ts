import type { GameDate } from '../../calendar/game-date.ts';
import { removalStatements } from '../../ledger/removal-statements.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { RawReplacement, RawWriter } from '../raw/replace-raw-dates.ts';

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
  const { runId, now } = writer;
  return tables.computed.flatMap((table) =>
    removalStatements(writer.warehouse.dialect, table, dates, { runId, now }),
  );
}
