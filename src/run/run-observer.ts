import type { GameDate } from '../calendar/game-date.ts';
import type { ChangedTable } from './changed-tables.ts';
import type { TableFault } from './failed-tables.ts';
import type { UnitResult } from './work/unit-result.ts';

/** Hears what happens while it happens. */
export interface RunObserver {
  batchStarted(table: string, first: GameDate, last: GameDate): void;
  unitFinished(result: UnitResult): void;
  /** A table is not worked any more. */
  tableFailed(table: string, fault: TableFault): void;
  /** What becomes of rows that another definition of a table has made; it is told before they are touched. */
  tableChanged?(changed: ChangedTable): void;
}
