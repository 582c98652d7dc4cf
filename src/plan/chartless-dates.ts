import type { GameDate } from '../calendar/game-date.ts';
import type { World } from '../world/world.ts';

/** The dates of a season that have box scores and no shot chart. */
export interface ChartlessDates {
  readonly seasonYear: number;
  readonly count: number;
  /** How many dates have box scores. */
  readonly of: number;
  readonly first: GameDate;
}

/** Seasons of which dates have box scores and no shot chart: their zones are unknown. None where no chart is loaded at all. */
export function chartlessDates(
  { calendar, ledger }: Pick<World, 'calendar' | 'ledger'>,
  seasonYears: readonly number[],
): readonly ChartlessDates[] {
  const has = (table: string, date: GameDate) => (ledger.get(table, date)?.rows ?? 0) > 0;
  if (![...ledger.of('shots').values()].some(({ rows }) => rows > 0)) return [];
  return seasonYears.flatMap((seasonYear) => {
    const played = (calendar.season(seasonYear)?.dates ?? []).filter((date) =>
      has('player_box', date),
    );
    const without = played.filter((date) => !has('shots', date));
    const [first] = without;
    return first === undefined
      ? []
      : [{ seasonYear, count: without.length, of: played.length, first }];
  });
}
