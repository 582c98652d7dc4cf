import type { GameDate } from '../calendar/game-date.ts';
import type { SeasonCalendar } from '../calendar/season-calendar.ts';

/** Dates of the final games of each team in a season, ascending. */
export type TeamGames = (seasonYear: number) => ReadonlyMap<string, readonly GameDate[]>;

/** Indexes each season once, when it is first asked for. */
export function makeTeamGames(calendar: SeasonCalendar): TeamGames {
  const bySeason = new Map<number, ReadonlyMap<string, readonly GameDate[]>>();
  return (year) => {
    const known = bySeason.get(year);
    if (known) return known;
    const byTeam = new Map<string, GameDate[]>();
    for (const date of calendar.season(year)?.dates ?? []) {
      for (const team of calendar.scheduled(date)?.finalTeams ?? []) {
        const games = byTeam.get(team);
        if (games) games.push(date);
        else byTeam.set(team, [date]);
      }
    }
    bySeason.set(year, byTeam);
    return byTeam;
  };
}
