import type { GameDate } from '../calendar/game-date.ts';
import { dayOfSeason } from '../calendar/season-calendar.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { bootstrapDays, type EffectiveOptions } from '../table/table-option.ts';
import type { World } from '../world/world.ts';

/** TRUE on the first days of a season, for which a table builds nothing. @param options that the table is made with. */
export function isInBootstrap(
  { calendar }: Pick<World, 'calendar'>,
  table: ComputedTable,
  date: GameDate,
  options: EffectiveOptions,
): boolean {
  const days = options[bootstrapDays.name] ?? bootstrapDays.fallback;
  return table.bootstrap && dayOfSeason(calendar, date) < days;
}
