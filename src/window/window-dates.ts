import { addDays, type GameDate } from '../calendar/game-date.ts';
import { lowerBound, type SeasonCalendar } from '../calendar/season-calendar.ts';
import { undatedPartition, type Window } from './window.ts';

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
}

export function makeWindowResolver(calendar: SeasonCalendar): WindowResolver {
  const teamGamesBySeason = new Map<number, ReadonlyMap<string, readonly GameDate[]>>();

  const teamGames = (year: number): ReadonlyMap<string, readonly GameDate[]> => {
    const known = teamGamesBySeason.get(year);
    if (known) return known;
    const byTeam = new Map<string, GameDate[]>();
    for (const date of calendar.season(year)?.dates ?? []) {
      for (const team of calendar.scheduled(date)?.finalTeams ?? []) {
        const games = byTeam.get(team);
        if (games) games.push(date);
        else byTeam.set(team, [date]);
      }
    }
    teamGamesBySeason.set(year, byTeam);
    return byTeam;
  };

  return {
    span(window, date) {
      const scheduled = calendar.scheduled(date);
      const season = scheduled && calendar.season(scheduled.seasonYear);
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
    },
  };
}
