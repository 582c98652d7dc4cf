import type { GameDate } from '../calendar/game-date.ts';
import { dayOfSeason } from '../calendar/season-calendar.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { bootstrapDays, type EffectiveOptions } from '../table/table-option.ts';
import type { PlanFacts } from '../world/plan-facts.ts';

/** TRUE on the first days of a season, for which a table builds nothing. @param given options of a request. */
export function isInBootstrap(
  { calendar }: Pick<PlanFacts, 'calendar'>,
  table: ComputedTable,
  date: GameDate,
  given: EffectiveOptions,
): boolean {
  const days = given[bootstrapDays.name] ?? bootstrapDays.fallback;
  return table.bootstrap && dayOfSeason(calendar, date) < days;
}
