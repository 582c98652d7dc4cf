const MS_PER_DAY = 86_400_000;

/** Whole days from one date to another, both `YYYY-MM-DD`; negative when it lies behind. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / MS_PER_DAY;
}

/** The date a number of days earlier. */
export function daysBefore(date: string, days: number): string {
  return new Date(Date.parse(date) - days * MS_PER_DAY).toISOString().slice(0, 10);
}
