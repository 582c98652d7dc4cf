import type { GameDate } from '../../calendar/game-date.ts';
import type { SeasonCalendar } from '../../calendar/season-calendar.ts';
import type { PlannedUnit } from '../../plan/plan.ts';
import type { World } from '../../world/world.ts';

/** Units of one table that are worked together. */
export interface Batch {
  readonly table: string;
  readonly first: GameDate;
  readonly last: GameDate;
  readonly units: readonly PlannedUnit[];
}

/**
 * What is staged is held in memory, all columns of all dates of a batch, so that a wide table is worked in fewer dates at
 * once: 220 columns of 850 dates, 160,000 rows, take more than the 640 MiB that DuckDB gets.
 */
const mostColumnDates = 60_000;

/** The batches of some days, a table after the other in the order of the plan. */
export type Chunk = readonly Batch[];

/**
 * Cuts a plan into chunks of at most `batchDays` game dates, and each chunk into one batch per
 * table, or several of a wide one. Days without games go along with the game dates around them.
 */
export function splitChunks(
  units: readonly PlannedUnit[],
  { calendar, tables }: Pick<World, 'calendar' | 'tables'>,
  batchDays: number,
): readonly Chunk[] {
  const dates = [...new Set(units.map(({ date }) => date))].sort();
  const byTable = new Map<string, Map<GameDate, PlannedUnit>>();
  for (const unit of units) {
    const byDate = byTable.get(unit.table);
    if (byDate) byDate.set(unit.date, unit);
    else byTable.set(unit.table, new Map([[unit.date, unit]]));
  }
  return chunksOfDates(dates, calendar, batchDays).map((chunk) =>
    [...byTable].flatMap(([table, byDate]) => {
      const columns = tables.get(table)?.columns.length ?? 1;
      const atOnce = Math.max(1, Math.floor(mostColumnDates / columns));
      return chunksOfDates(chunk, calendar, Math.min(batchDays, atOnce)).flatMap((part) => {
        const own = part.flatMap((date) => byDate.get(date) ?? []);
        const first = own[0];
        const last = own.at(-1);
        return first && last ? [{ table, first: first.date, last: last.date, units: own }] : [];
      });
    }),
  );
}

function chunksOfDates(
  dates: readonly GameDate[],
  calendar: SeasonCalendar,
  batchDays: number,
): readonly (readonly GameDate[])[] {
  const result: GameDate[][] = [];
  let current: GameDate[] = [];
  let gameDates = 0;
  for (const date of dates) {
    const isGameDate = calendar.scheduled(date) !== undefined;
    if (isGameDate && gameDates >= batchDays) {
      result.push(current);
      current = [];
      gameDates = 0;
    }
    if (isGameDate) gameDates += 1;
    current.push(date);
  }
  if (current.length > 0) result.push(current);
  return result;
}
