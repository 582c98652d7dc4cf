import type { GameDate } from '../calendar/game-date.ts';
import type { Row } from '../warehouse/warehouse.ts';
import type { RefusedDate } from './ingest-report.ts';
import type { SourceFile } from './source-file.ts';

/** Stands for the date of rows none of which has a readable one. */
export const undated = 'undated';

/**
 * Groups rows at fault by their date.
 * @param rows with `refused_date`, `file_index`, `file_row` and `broken_rule`, in the order to show.
 */
export function collectRefusedDates(
  table: string,
  files: readonly SourceFile[],
  rows: readonly Row[],
): readonly RefusedDate[] {
  const byDate = Map.groupBy(rows, (row) => String(row['refused_date'] ?? undated));
  return [...byDate].map(([date, own]) => ({
    table,
    date: date as GameDate,
    violations: own.map((row) => ({
      file: files[Number(row['file_index'])]?.name ?? '?',
      row: Number(row['file_row']),
      rule: String(row['broken_rule']),
    })),
  }));
}
