import { gameDate } from '../../calendar/game-date.ts';
import { duckdbDialect as sql } from '../../sql/duckdb-dialect.ts';
import type { Reader, Row } from '../../warehouse/warehouse.ts';
import { undatedPartition } from '../../window/window.ts';
import { isLeagueDate } from './dates.ts';
import type { RefusedDate, RefusedRows } from './ingest-report.ts';
import type { SourceFile } from './source-content.ts';

/** TRUE for rows that stand for a whole date: others have none that can be read. */
export function isDated(refused: RefusedRows): refused is RefusedDate {
  return refused.date !== undefined;
}

/**
 * Groups rows at fault by their date.
 * @param rows with `refused_date`, `file_index`, `file_row` and `broken_rule`, in the order to show.
 */
export function collectRefusedDates(
  table: string,
  files: readonly SourceFile[],
  rows: readonly Row[],
): readonly RefusedDate[] {
  const byDate = Map.groupBy(rows, (row) => gameDate(String(row['refused_date'])));
  return [...byDate].map(([date, own]) => ({ table, date, violations: violationsOf(files, own) }));
}

function violationsOf(
  files: readonly SourceFile[],
  rows: readonly Row[],
): RefusedRows['violations'] {
  return rows.map((row) => ({
    file: files[Number(row['file_index'])]?.name ?? '?',
    row: Number(row['file_row']),
    rule: String(row['broken_rule']),
  }));
}

/** A date that rows at fault belong to; one on which no game can have been played says nothing. */
export function refusedDay(date: string): string {
  return `CASE WHEN ${isLeagueDate(date)} OR ${date} = ${sql.date(undatedPartition)} THEN ${date} END`;
}

/** So many rows at fault are held of a date; a file can have millions. */
const heldRows = 10;

/**
 * Groups any number of rows at fault by their date: they are counted where they are, and the first few of each date
 * come here.
 * @param broken SELECT of `refused_date`, `file_index`, `file_row` and `broken_rule`.
 */
export async function findRefused(
  reader: Reader,
  table: string,
  files: readonly SourceFile[],
  broken: string,
): Promise<readonly RefusedRows[]> {
  const rows = await reader.query(`
SELECT
  CAST(refused_date AS VARCHAR) AS refused_date,
  COUNT(*) AS row_count,
  to_json(arg_min([CAST(file_index AS VARCHAR), CAST(file_row AS VARCHAR), broken_rule], (file_index, file_row), ${heldRows})) AS first_rows
FROM (${broken}) AS broken
GROUP BY refused_date
ORDER BY refused_date`);
  return rows.map((row) => {
    const first = JSON.parse(String(row['first_rows'])) as readonly [string, string, string][];
    const violations = violationsOf(
      files,
      first.map(([file_index, file_row, broken_rule]) => ({ file_index, file_row, broken_rule })),
    );
    const day = row['refused_date'];
    const date = typeof day === 'string' ? gameDate(day) : undefined;
    const more = Number(row['row_count']) - first.length;
    return { table, date, violations, ...(more > 0 && { more }) };
  });
}
