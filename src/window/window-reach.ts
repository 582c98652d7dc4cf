/**
 * The inverse of the windows: not what a unit reads, but who reads a partition.
 *
 * A window per team is a union over teams and has holes: when the slowest team's tenth last game is
 * two weeks old, a date after it on which only busier teams played may be in nobody's last ten. Seen
 * from the partition there are none: a game stays among the last n of its team from the day after it
 * to the day of the team's n-th next game, so the readers of a date are one span, and it ends when
 * the slowest of its teams has moved on.
 */
import { addDays, type GameDate } from '../calendar/game-date.ts';
import { lowerBound, type SeasonCalendar, seasonOf } from '../calendar/season-calendar.ts';
import { makeTeamGames } from './team-games.ts';
import { undatedPartition, type Window } from './window.ts';

/** Answers for one calendar; made once per plan. */
export interface WindowReach {
  /**
   * Game dates, ascending, whose units may read the partition `changed` through `window`: where a
   * correction of it can be felt. A day without games has no readers, for it has no partition.
   */
  readers(window: Window, changed: GameDate): readonly GameDate[];
  /** Whether a unit for `date` may read the partition `changed` through `window`. */
  reads(window: Window, date: GameDate, changed: GameDate): boolean;
}

/** Stands for the end of a span that has none: no game is as late. */
const never = '9999-12-31' as GameDate;

/** Makes the reach of windows over a calendar; what it finds out is kept for the next question. */
export function makeWindowReach(calendar: SeasonCalendar): WindowReach {
  const teamGames = makeTeamGames(calendar);
  const lastReaders = new Map<number, ReadonlyMap<GameDate, GameDate>>();

  /**
   * Finds for each game date of any season the last day on which it is among the last `games` of any team.
   */
  function lastTeamReaders(games: number): ReadonlyMap<GameDate, GameDate> {
    const known = lastReaders.get(games);
    if (known) return known;
    const last = new Map<GameDate, GameDate>();
    for (const dates of calendar.seasons.flatMap(({ year }) => [...teamGames(year).values()])) {
      for (const [index, date] of dates.entries()) {
        const movedOn = dates[index + games] ?? never;
        const others = last.get(date);
        if (others === undefined || others < movedOn) last.set(date, movedOn);
      }
    }
    lastReaders.set(games, last);
    return last;
  }

  /** Last day of a season on which a dated partition may be read; `undefined` when none does. */
  function lastReader(
    window: Exclude<Window, { readonly kind: 'undated' }>,
    changed: GameDate,
  ): GameDate | undefined {
    switch (window.kind) {
      case 'sameDay':
        return changed;
      case 'seasonToDate':
        return never;
      case 'lastDays':
        return addDays(changed, window.days);
      case 'lastGames':
        // Every later date of the season may read it, for a player may have been absent since the start.
        return window.per === 'player' ? never : lastTeamReaders(window.games).get(changed);
    }
  }

  return {
    readers(window, changed) {
      if (window.kind === 'undated') return changed === undatedPartition ? calendar.dates : [];
      const season = seasonOf(calendar, changed);
      const last = lastReader(window, changed);
      if (!season || last === undefined) return [];
      if (window.kind === 'sameDay') return [changed];
      const first = lowerBound(season.dates, changed) + 1;
      const end = last === never ? season.dates.length : lowerBound(season.dates, addDays(last, 1));
      return season.dates.slice(first, end);
    },
    reads(window, date, changed) {
      if (window.kind === 'undated') return changed === undatedPartition;
      if (window.kind === 'sameDay')
        return date === changed && calendar.scheduled(date) !== undefined;
      const seasonYear = calendar.scheduled(changed)?.seasonYear;
      if (seasonYear === undefined || calendar.scheduled(date)?.seasonYear !== seasonYear) {
        return false;
      }
      const last = lastReader(window, changed);
      return last !== undefined && changed < date && date <= last;
    },
  };
}
