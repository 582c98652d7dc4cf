import { seasonName } from '../../calendar/season-name.ts';

/** `12,345` */
export function formatCount(value: number): string {
  // A number without a comma is written without the locale's help, which is slow: nearly all of thousands of
  // lines have such numbers.
  return Number.isInteger(value) && value >= 0 && value < 1000
    ? String(value)
    : value.toLocaleString('en-US');
}

/** `0.02 s` below a minute, `1m 12s` above. */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.995) return `${seconds.toFixed(2)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m ${whole % 60}s`;
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}

/** `512 bytes`, `1.5 GB`: three digits, in powers of 1,000, as BigQuery's own pages tell them. */
export function formatBytes(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  if (bytes < 1000) return plural(bytes, 'byte');
  let [value, unit] = [bytes, ''];
  for (const next of units) {
    if (value < 999.5) break;
    value /= 1000;
    unit = next;
  }
  return `${value < 99.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/** `1 date`, `2 dates`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2023-11-15` for one date, `2023-11-15 to 2023-11-17, 3 dates` for several in order. */
export function formatDates(dates: readonly string[]): string {
  const [first] = dates;
  if (first === undefined) return 'no dates';
  return dates.length === 1
    ? first
    : `${first} to ${dates.at(-1)}, ${plural(dates.length, 'date')}`;
}

/** `2023-24` for the season that begins in 2023. */
export const formatSeason = seasonName;

/** `a, b or c` */
export function anyOf(words: readonly string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words);
}

/** Blanks between two columns. */
export const columnGap = 2;

/** Rows of cells as lines with aligned columns; `right` lists the columns aligned to the right. */
export function alignColumns(
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number> = new Set(),
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    }
  }
  return rows.map((row) =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return right.has(index) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join(' '.repeat(columnGap))
      .trimEnd(),
  );
}
