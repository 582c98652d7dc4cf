import { groupBy } from './group-by.ts';
import { oncePerInput } from './once-per-input.ts';

interface Dated {
  readonly game_date: string;
}

const byDate = oncePerInput((rows: readonly Dated[]) => groupBy(rows, (row) => row.game_date));

/** The rows of one date. */
export function rowsOnDate<R extends Dated>(rows: readonly R[], date: string): readonly R[] {
  // The index holds the very objects of `rows`, so they have its type.
  return (byDate(rows).get(date) ?? []) as readonly R[];
}
