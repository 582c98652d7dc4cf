import { teams } from './teams.ts';

/** An arena in the seasons a team calls it home; both years are included. */
export interface ArenaOfTeam {
  /** Key of the venue in `schedule.venue`: the tricode, with the first season if the team has moved. */
  readonly venue: string;
  readonly team: string;
  readonly fromSeasonYear: number;
  readonly toSeasonYear: number;
  readonly lat: number;
  readonly lon: number;
  /** Hours from UTC outside daylight saving time. */
  readonly standardUtcOffset: number;
  readonly observesDst: boolean;
}

export interface Coordinates {
  /** Latitude and longitude in degrees; north and east are positive. */
  readonly lat: number;
  readonly lon: number;
}

/** Every arena of every team. */
export const arenas: readonly ArenaOfTeam[] = teams.flatMap((team) =>
  team.arenas.map(({ lat, lon, fromSeasonYear, toSeasonYear }) => ({
    venue: fromSeasonYear === undefined ? team.tricode : `${team.tricode}_${fromSeasonYear}`,
    team: team.tricode,
    fromSeasonYear: fromSeasonYear ?? 0,
    toSeasonYear: toSeasonYear ?? 9999,
    lat,
    lon,
    standardUtcOffset: team.standardUtcOffset,
    observesDst: team.observesDst,
  })),
);

const earthRadiusMiles = 3959;

/**
 * Great-circle distance by the haversine formula with earth radius 3,959 mi, not rounded. Distances
 * that SQL reads are made here, in whole miles: sines of two engines may differ in the last bit.
 */
export function milesBetween(a: Coordinates, b: Coordinates): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2;
  const haversine =
    half(b.lat - a.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(b.lon - a.lon);
  return 2 * earthRadiusMiles * Math.asin(Math.sqrt(haversine));
}
