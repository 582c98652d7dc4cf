import type { Answer } from '../warehouse/duckdb/ask.ts';
import type { Value } from '../warehouse/warehouse.ts';
import { alignColumns, plural } from './words/format.ts';

/**
 * The rows of a query as a table for people, and how many there are.
 * @param most rows that are shown; all unless given.
 */
export function answerLines(
  { columns, rows: all }: Answer,
  most = Number.POSITIVE_INFINITY,
): readonly string[] {
  const rows = all.slice(0, most);
  const numeric = columns.flatMap((_, index) => (isNumeric(rows, index) ? [index] : []));
  const cells = rows.map((row) =>
    row.map((cell) => (cell === null ? 'NULL' : oneLine(cellText(cell)))),
  );
  const left =
    all.length > rows.length
      ? `, the first ${rows.length} are shown: all with --csv or --json, or in a pipe`
      : '';
  return [
    ...alignColumns([columns.map(oneLine), ...cells], new Set(numeric)),
    `${countLine({ rows: all })}${left}`,
  ];
}

/** `16 rows` */
export function countLine({ rows }: Pick<Answer, 'rows'>): string {
  return plural(rows.length, 'row');
}

/** The rows as CSV, with a line of names; NULL is empty, a text without characters is `""`. */
export function answerCsv({ columns, rows }: Answer): readonly string[] {
  return [columns, ...rows].map((row) => row.map(csvField).join(','));
}

/** One object per row; the names are those of the query, as they are. */
export function answerJson({ columns, rows }: Answer): readonly string[] {
  return rows.map((row) =>
    JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null]))),
  );
}

function isNumeric(rows: Answer['rows'], index: number): boolean {
  const known = rows.flatMap((row) => row[index] ?? []);
  return known.length > 0 && known.every((cell) => /^-?\d+(\.\d+)?$/.test(String(cell)));
}

function cellText(cell: Exclude<Value, null>): string {
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** A line break within a cell would begin another row. */
function oneLine(text: string): string {
  return text.replace(/\r?\n/g, '\\n');
}

function csvField(cell: Value): string {
  if (cell === null) return '';
  const text = cellText(cell);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
