import { addDays, type GameDate } from '../calendar/game-date.ts';
import { lowerBound, type SeasonCalendar, seasonOf } from '../calendar/season-calendar.ts';
import { makeTeamGames } from './team-games.ts';
import { undatedPartition, type Window } from './window.ts';
import { makeWindowReach } from './window-reach.ts';

/** Half-open range of days: `from ≤ date < before`. */
export interface DateSpan {
  readonly from: GameDate;
  readonly before: GameDate;
}

/** Resolves windows against one calendar; made once per plan because it indexes games by team. */
export interface WindowResolver {
  /**
   * The days a unit for game date `date` may read through `window`, as one span within its season.
   * `lastGames` per player spans the season so far: any player may have been absent since the start.
   * @throws when `date` is not a game date.
   */
  span(window: Window, date: GameDate): DateSpan;
  /**
   * The partitions that a unit for game date `date` may read through `window`, ascending: the game
   * dates of its span, and of `lastGames` per team only those that are among the last games of some
   * team. A change of any other partition cannot be felt.
   */
  dates(window: Window, date: GameDate): readonly GameDate[];
  /** Whether the partition `day` is one of {@link WindowResolver.dates}. */
  reads(window: Window, date: GameDate, day: GameDate): boolean;
}

/** Makes the resolver of a calendar. */
export function makeWindowResolver(calendar: SeasonCalendar): WindowResolver {
  const teamGames = makeTeamGames(calendar);
  const reach = makeWindowReach(calendar);

  function span(window: Window, date: GameDate): DateSpan {
    const season = seasonOf(calendar, date);
    if (!season) throw new Error(`${date} is not a game date`);
    switch (window.kind) {
      case 'undated':
        return { from: undatedPartition, before: addDays(undatedPartition, 1) };
      case 'sameDay':
        return { from: date, before: addDays(date, 1) };
      case 'seasonToDate':
        return { from: season.start, before: date };
      case 'lastDays': {
        const from = addDays(date, -window.days);
        return { from: from < season.start ? season.start : from, before: date };
      }
      case 'lastGames': {
        if (window.per === 'player') return { from: season.start, before: date };
        let from = date;
        for (const games of teamGames(season.year).values()) {
          const earlier = lowerBound(games, date);
          const first = games[Math.max(0, earlier - window.games)];
          if (earlier > 0 && first !== undefined && first < from) from = first;
        }
        return { from, before: date };
      }
    }
  }

  function dates(window: Window, date: GameDate): readonly GameDate[] {
    if (window.kind === 'undated') return [undatedPartition];
    const { from, before } = span(window, date);
    const within = calendar.gameDatesIn(calendar.scheduled(date)?.seasonYear ?? 0, from, before);
    return window.kind === 'lastGames' && window.per === 'team'
      ? within.filter((day) => reach.reads(window, date, day))
      : within;
  }

  // What was found is kept: half of the tables of the project look at the last ten games of a team.
  const ofTeams = new Map<number, Map<GameDate, readonly GameDate[]>>();

  return {
    span,
    dates(window, date) {
      if (window.kind !== 'lastGames' || window.per !== 'team') return dates(window, date);
      let byDate = ofTeams.get(window.games);
      if (!byDate) {
        byDate = new Map();
        ofTeams.set(window.games, byDate);
      }
      const known = byDate.get(date) ?? dates(window, date);
      byDate.set(date, known);
      return known;
    },
    reads: reach.reads,
  };
}
