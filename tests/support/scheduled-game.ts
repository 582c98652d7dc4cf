import type { LoggedGame, SourceRow } from './game-log.ts';

/** A row of a schedule file. */
export function scheduledGame(
  { id, date, away, home }: LoggedGame,
  more: SourceRow = {},
): SourceRow {
  return {
    nba_game_id: id,
    game_date: date,
    home_team_abbr: home,
    away_team_abbr: away,
    neutral_site: null,
    tipoff_at: null,
    venue_lat: null,
    venue_lon: null,
    status: null,
    home_points: null,
    away_points: null,
    ...more,
  };
}
