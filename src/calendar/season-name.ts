/** Writes the season that begins in a year: `2023-24`, `1999-00`. */
export function seasonName(year: number): string {
  return `${year}-${String((year + 1) % 100).padStart(2, '0')}`;
}
