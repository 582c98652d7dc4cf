import { arenaOfTeam } from './arenas.ts';
import { correctedVenue } from './corrected-venue.ts';
import { groupBy } from './group-by.ts';
import type { GameResultRow, PlayerBoxRow, ScheduleRow, ShotRow } from './raw-rows.ts';

/** The schedule and results that box rows imply. */
export interface DerivedGames {
  readonly schedule: readonly ScheduleRow[];
  readonly game_results: readonly GameResultRow[];
  /** Games with box rows of one team only; they are rejected. */
  readonly oneSidedGames: readonly string[];
}

interface Sides {
  readonly home: string;
  readonly away: string;
}

/** Neutral-site games whose two rows both say `@`; the shot chart names the same home sides. */
const SIDE_CORRECTIONS: Readonly<Record<string, Sides>> = {
  '0022400147': { home: 'WAS', away: 'MIA' },
  '0022400621': { home: 'IND', away: 'SAS' },
  '0022400633': { home: 'SAS', away: 'IND' },
  '0022401229': { home: 'MIL', away: 'ATL' },
  '0022401230': { home: 'OKC', away: 'HOU' },
};

/** Derives one schedule row and one final result per game with box rows of two teams. */
export function deriveGames(box: readonly PlayerBoxRow[], shots: readonly ShotRow[]): DerivedGames {
  const homeByShots = new Map(shots.map((shot) => [shot.nba_game_id, shot.home_team_abbr]));
  const schedule: ScheduleRow[] = [];
  const results: GameResultRow[] = [];
  const oneSided: string[] = [];
  for (const [id, rows] of groupBy(box, (row) => row.nba_game_id)) {
    const [teamA, teamB, ...others] = [...new Set(rows.map((row) => row.team_abbr))].sort();
    const first = rows[0];
    if (!first || teamA === undefined || teamB === undefined || others.length > 0) {
      oneSided.push(id);
      continue;
    }
    const sides = sidesOf(id, teamA, teamB, rows, homeByShots.get(id) ?? null);
    const [firstName, secondName] = sides ? [sides.away, sides.home] : [teamA, teamB];
    const pointsOf = (team: string | undefined): number | null =>
      team === undefined
        ? null
        : rows.reduce((sum, row) => sum + (row.team_abbr === team ? (row.pts ?? 0) : 0), 0);
    const corrected = correctedVenue(first.game_date, [teamA, teamB], sides?.home ?? null);
    const neutral = corrected?.neutral || !rows.some((row) => row.marks_home) ? true : null;
    schedule.push({
      nba_game_id: id,
      game_id: `${first.game_date.replaceAll('-', '')}_${firstName}_${secondName}`,
      game_date: first.game_date,
      season_year: first.season_year,
      game_type: first.game_type,
      home_team_abbr: sides?.home ?? null,
      away_team_abbr: sides?.away ?? null,
      team_a_abbr: teamA,
      team_b_abbr: teamB,
      neutral_site: neutral,
      tipoff_at: null,
      venue_lat: null,
      venue_lon: null,
      venue:
        corrected?.venue ?? (neutral || !sides ? null : arenaOfTeam(sides.home, first.season_year)),
    });
    results.push({
      nba_game_id: id,
      game_date: first.game_date,
      status: 'final',
      home_points: pointsOf(sides?.home),
      away_points: pointsOf(sides?.away),
    });
  }
  return { schedule, game_results: results, oneSidedGames: oneSided };
}

function sidesOf(
  id: string,
  teamA: string,
  teamB: string,
  rows: readonly PlayerBoxRow[],
  homeByShots: string | null,
): Sides | null {
  const corrected = SIDE_CORRECTIONS[id];
  if (corrected) return corrected;
  const marked = new Set(rows.filter((row) => row.marks_home).map((row) => row.team_abbr));
  const home = marked.size === 1 ? [...marked][0] : homeByShots;
  if (home === teamA) return { home: teamA, away: teamB };
  return home === teamB ? { home: teamB, away: teamA } : null;
}
