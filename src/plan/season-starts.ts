import type { GameDate } from '../calendar/game-date.ts';
import type { World } from '../world/world.ts';

/** A season whose first loaded day is not, or may not be, its first one. */
export interface UncertainStart {
  readonly seasonYear: number;
  /** The first day that is loaded. */
  readonly first: GameDate;
  /** Where it is known: the day on which the season began. Else the first loaded one is taken for it, as a guess. */
  readonly began: GameDate | undefined;
}

/** Seasons of which the beginning is not loaded, or may not be: what looks back to it is short of games. */
export function uncertainStarts(
  { calendar }: Pick<World, 'calendar'>,
  seasonYears: readonly number[],
): readonly UncertainStart[] {
  return seasonYears.flatMap((seasonYear) => {
    const { start, startIsGuess, dates } = calendar.season(seasonYear) ?? {};
    const first = dates?.[0];
    if (first === undefined || (startIsGuess === false && start === first)) return [];
    return [{ seasonYear, first, began: startIsGuess ? undefined : start }];
  });
}

/** The day from which a season is counted, where it is a guess. */
export function guessedStart(
  { calendar }: Pick<World, 'calendar'>,
  date: GameDate,
): GameDate | undefined {
  const year = calendar.scheduled(date)?.seasonYear;
  const season = year === undefined ? undefined : calendar.season(year);
  return season?.startIsGuess ? season.start : undefined;
}
