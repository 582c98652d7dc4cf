import { arenas, type Coordinates, milesBetween } from '../../league/arenas.ts';
import { otherVenues } from '../../league/other-venues.ts';

/**
 * Within so many miles of a known venue a game counts as played in it: feeds round their coordinates, and point at
 * the block or the roof.
 */
const venueRadiusMiles = 1;

/**
 * The key of the venue at some coordinates: of an arena of the season if one is there, the home
 * team's own before one that it shares; else of another known venue; else the coordinates themselves,
 * `55.6250,12.5797`.
 */
export function venueAt(coordinates: Coordinates, seasonYear: number, homeTeam: string): string {
  const [arena] = arenas
    .filter(
      ({ fromSeasonYear, toSeasonYear }) =>
        fromSeasonYear <= seasonYear && seasonYear <= toSeasonYear,
    )
    .map((candidate) => ({ ...candidate, miles: milesBetween(candidate, coordinates) }))
    .filter(({ miles }) => miles <= venueRadiusMiles)
    .toSorted(
      (a, b) =>
        Number(b.team === homeTeam) - Number(a.team === homeTeam) ||
        a.miles - b.miles ||
        (a.venue < b.venue ? -1 : 1),
    );
  const other = Object.values(otherVenues).find(
    (candidate) => milesBetween(candidate, coordinates) <= venueRadiusMiles,
  );
  return (
    arena?.venue ??
    other?.venue ??
    `${fourDecimals(coordinates.lat)},${fourDecimals(coordinates.lon)}`
  );
}

/** The coordinates in a key that {@link venueAt} made; `undefined` for an arena. */
export function coordinatesOf(venue: string): Coordinates | undefined {
  const [lat, lon] = venue.split(',').map(Number);
  return lat === undefined || lon === undefined ? undefined : { lat, lon };
}

function fourDecimals(degrees: number): string {
  // Adding 0 makes 0 of the -0 that rounding may leave.
  return (Number(degrees.toFixed(4)) + 0).toFixed(4);
}
