import type { Coordinates } from './arenas.ts';

/** A venue that is no team's arena, and in which games of a season were played. */
export interface OtherVenue extends Coordinates {
  /** Key of the venue in `schedule.venue`: its coordinates, as a schedule file's would be written. */
  readonly venue: string;
  readonly name: string;
  /** Hours from UTC outside daylight saving time. */
  readonly standardUtcOffset: number;
  /**
   * TRUE where the clocks change on the days of the United States. Mexico City and Europe change them on other
   * days; games were played there in winter only.
   */
  readonly observesDst: boolean;
}

const venues = {
  disneyWorld: place('ESPN Wide World of Sports, Orlando', '28.3373,-81.5556', -5, true),
  tampa: place('Amalie Arena, Tampa', '27.9427,-82.4518', -5, true),
  lasVegas: place('T-Mobile Arena, Las Vegas', '36.1029,-115.1783', -8, true),
  austin: place('Moody Center, Austin', '30.2823,-97.7323', -6, true),
  mexicoCity: place('Arena CDMX, Mexico City', '19.4967,-99.1745', -6, false),
  london: place('The O2, London', '51.5030,0.0032', 0, false),
  paris: place('Accor Arena, Paris', '48.8386,2.3785', 1, false),
  berlin: place('Uber Arena, Berlin', '52.5051,13.4434', 1, false),
};

/** The venues that are no team's arena, by a short name. */
export const otherVenues: Readonly<Record<keyof typeof venues, OtherVenue>> = venues;

function place(
  name: string,
  venue: string,
  standardUtcOffset: number,
  observesDst: boolean,
): OtherVenue {
  const [lat = Number.NaN, lon = Number.NaN] = venue.split(',').map(Number);
  return { venue, name, lat, lon, standardUtcOffset, observesDst };
}
