import type { GameDate } from '../calendar/game-date.ts';
import type { World } from '../world/world.ts';

/** A date of which some games have a result and others, scheduled as well, have none. */
export interface IncompleteDate {
  readonly date: GameDate;
  readonly games: number;
  readonly withResult: number;
  /** Why its box scores were refused, where nothing else tells of its games; nobody knows how many they are. */
  readonly refused?: string;
}

/**
 * Past game dates of which only a part has been loaded. What is computed of them is right as far as it goes,
 * and less than there should be; a date without any result is simply not there and has a state that says so.
 */
export function incompleteDates(
  { calendar, today }: Pick<World, 'calendar' | 'today'>,
  dates: readonly GameDate[],
): readonly IncompleteDate[] {
  return pastDates({ calendar, today }, dates).filter(({ withResult }) => withResult > 0);
}

/**
 * Game dates that the windows of some dates look back on, and that lack games: those of their seasons before the last
 * of them. A date without any result counts here, for nobody asks what has become of it, and so does one that was
 * refused at ingest and that no schedule lists.
 */
export function shortDatesBehind(
  { calendar, today }: Pick<World, 'calendar' | 'today'>,
  dates: readonly GameDate[],
): readonly IncompleteDate[] {
  const asked = new Set(dates);
  const behind = calendar.seasons.flatMap((season) => {
    const last = season.dates.findLast((date) => asked.has(date));
    return last === undefined ? [] : season.dates.filter((date) => date < last && !asked.has(date));
  });
  return [...pastDates({ calendar, today }, behind), ...refusedBehind(calendar, asked)];
}

function refusedBehind(
  calendar: World['calendar'],
  asked: ReadonlySet<GameDate>,
): readonly IncompleteDate[] {
  return [...calendar.refused].flatMap(([date, refused]) => {
    const season = calendar.seasons.findLast(({ start }) => start <= date);
    const isBehind = season?.dates.some((day) => day > date && asked.has(day)) ?? false;
    return isBehind && !calendar.scheduled(date) && !asked.has(date)
      ? [{ date, games: 0, withResult: 0, refused }]
      : [];
  });
}

function pastDates(
  { calendar, today }: Pick<World, 'calendar' | 'today'>,
  dates: readonly GameDate[],
): readonly IncompleteDate[] {
  return dates.flatMap((date) => {
    const games = calendar.scheduled(date)?.games ?? 0;
    const withResult = games - openGames(calendar, date);
    return date < today && withResult < games ? [{ date, games, withResult }] : [];
  });
}

/** Scheduled games of a date without a result. */
export function openGames(calendar: World['calendar'], date: GameDate): number {
  const scheduled = calendar.scheduled(date);
  return scheduled ? scheduled.games - scheduled.finalTeams.length / 2 : 0;
}
