import type { GameDate } from '../../src/calendar/game-date.ts';
import { lookSql } from '../../src/run/stage/look-sql.ts';
import { type StagedDate, stagedDates } from '../../src/run/stage/staged-dates.ts';
import type { ComputedTable } from '../../src/table/table-definition.ts';
import type { Reader } from '../../src/warehouse/warehouse.ts';

/** Looks at a staged relation once for all its dates. */
export async function inspectStaged(
  reader: Reader,
  table: ComputedTable,
  relation: string,
): Promise<ReadonlyMap<GameDate, StagedDate>> {
  const found = await reader.query(lookSql(reader.dialect, [{ table, relation }]));
  return stagedDates(table, reader.dialect, found);
}
