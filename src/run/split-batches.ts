import type { GameDate } from '../calendar/game-date.ts';
import type { SeasonCalendar } from '../calendar/season-calendar.ts';
import type { PlannedUnit } from '../plan/plan.ts';

/** Units of one table that are worked together. */
export interface Batch {
  readonly table: string;
  readonly first: GameDate;
  readonly last: GameDate;
  readonly units: readonly PlannedUnit[];
}

/**
 * Cuts a plan into chunks of at most `batchDays` dates, never across seasons, and each chunk into
 * one batch per table in the order of the plan.
 */
export function splitBatches(
  units: readonly PlannedUnit[],
  calendar: SeasonCalendar,
  batchDays: number,
): readonly Batch[] {
  const dates = [...new Set(units.map(({ date }) => date))].sort();
  const tables = [...new Set(units.map(({ table }) => table))];
  const unitOf = new Map(units.map((unit) => [`${unit.table} ${unit.date}`, unit]));
  const batches: Batch[] = [];
  for (const chunk of chunks(dates, calendar, batchDays)) {
    for (const table of tables) {
      const own = chunk.flatMap((date) => unitOf.get(`${table} ${date}`) ?? []);
      const first = own[0];
      const last = own.at(-1);
      if (first && last) batches.push({ table, first: first.date, last: last.date, units: own });
    }
  }
  return batches;
}

function chunks(
  dates: readonly GameDate[],
  calendar: SeasonCalendar,
  batchDays: number,
): readonly (readonly GameDate[])[] {
  const result: GameDate[][] = [];
  let current: GameDate[] = [];
  let gameDates = 0;
  let season: number | undefined;
  for (const date of dates) {
    const seasonYear = calendar.scheduled(date)?.seasonYear;
    const nextSeason = seasonYear !== undefined && season !== undefined && seasonYear !== season;
    const full = seasonYear !== undefined && gameDates >= batchDays;
    if (current.length > 0 && (nextSeason || full)) {
      result.push(current);
      current = [];
      gameDates = 0;
    }
    if (seasonYear !== undefined) {
      season = seasonYear;
      gameDates += 1;
    }
    current.push(date);
  }
  if (current.length > 0) result.push(current);
  return result;
}
