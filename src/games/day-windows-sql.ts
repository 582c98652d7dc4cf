/**
 * Window specification over the rows of an entity whose day is one of the `days` days before the
 * row's own: [d − days, d). Days are counted on the calendar, so rows need not be dense; a row of d
 * itself, like any other of that day, is outside.
 */
export function dayWindow(entity: readonly string[], gameDate: string, days: number): string {
  return `PARTITION BY ${entity.join(', ')} ORDER BY unix_date(${gameDate}) RANGE BETWEEN ${days} PRECEDING AND 1 PRECEDING`;
}
