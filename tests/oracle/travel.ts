import { arenaMiles, arenaOfTeam, utcOffsetHours } from './arenas.ts';
import { oncePerInput } from './once-per-input.ts';
import type { ScheduleRow, VenueDistanceRow } from './raw-rows.ts';

/** The way of a team to a game; null where a venue, its distance or its clock is unknown. */
export interface Trip {
  /** Whole miles. */
  readonly miles: number | null;
  /** Hours the clock is put forward; positive is eastward. */
  readonly clockHours: number | null;
}

const milesByPair = oncePerInput(
  (rows: readonly VenueDistanceRow[]) =>
    new Map(rows.map((row) => [`${row.venue_a} ${row.venue_b}`, row.miles])),
);

/** The way from the venue of a team's previous game, or from its own arena, to a game. */
export function tripTo(
  distances: readonly VenueDistanceRow[],
  team: string,
  game: ScheduleRow,
  previous: ScheduleRow | undefined,
): Trip {
  const to = game.venue;
  const from = previous ? previous.venue : arenaOfTeam(team, game.season_year);
  if (from === null || to === null) return { miles: null, clockHours: null };
  // Both clocks are read on the day of the game: a change of the clocks in between is no travel.
  const offsetTo = utcOffsetHours(to, game.game_date);
  const offsetFrom = utcOffsetHours(from, game.game_date);
  return {
    miles: milesBetween(distances, from, to),
    clockHours: from === to ? 0 : difference(offsetTo, offsetFrom),
  };
}

function difference(to: number | null, from: number | null): number | null {
  return to === null || from === null ? null : to - from;
}

function milesBetween(
  distances: readonly VenueDistanceRow[],
  from: string,
  to: string,
): number | null {
  if (from === to) return 0;
  return arenaMiles(from, to) ?? milesByPair(distances).get(`${from} ${to}`) ?? null;
}
