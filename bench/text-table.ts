/** Rows as lines of a table: the first column and texts to the left, figures to the right. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  rightFrom: number,
  rightTo: number,
): readonly string[] {
  const widths = header.map((title, index) =>
    Math.max(title.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  return [header, ...rows].map((row) =>
    widths
      .map((width, index) => {
        const cell = row[index] ?? '';
        return index >= rightFrom && index <= rightTo ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
