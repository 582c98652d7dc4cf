import type { MadeUpRow } from './computed-rows.ts';

/** Final games of a team by the schedule, one on each of the dates, against nobody in particular. */
export function finalGames(
  team: string,
  dates: readonly string[],
): { readonly schedule: readonly MadeUpRow[]; readonly game_results: readonly MadeUpRow[] } {
  const games = dates.map((date) => ({ nba_game_id: `${team}${date}`, game_date: date }));
  return {
    schedule: games.map((game) => ({
      ...game,
      season_year: 2023,
      team_a_abbr: team,
      team_b_abbr: 'ZZZ',
    })),
    game_results: games.map((game) => ({ ...game, status: 'final' })),
  };
}

/** The `count` dates before 2023-11-15, newest first. */
export function datesBefore(count: number): readonly string[] {
  const day = Date.UTC(2023, 10, 15);
  return Array.from({ length: count }, (_, index) =>
    new Date(day - (index + 1) * 86_400_000).toISOString().slice(0, 10),
  );
}
