/**
 * The 31 arenas, the miles between them and their clocks. The key of an arena is the tricode of
 * its team; the one the Clippers moved to has a key of its own.
 */
interface Arena {
  readonly lat: number;
  readonly lon: number;
  /** Hours from UTC in winter. */
  readonly offset: number;
  readonly hasSummerTime?: false;
}

const ARENAS: Readonly<Record<string, Arena>> = {
  ATL: { lat: 33.7573, lon: -84.3963, offset: -5 },
  BOS: { lat: 42.3662, lon: -71.0621, offset: -5 },
  BKN: { lat: 40.6826, lon: -73.9754, offset: -5 },
  CHA: { lat: 35.2251, lon: -80.8392, offset: -5 },
  CHI: { lat: 41.8807, lon: -87.6742, offset: -6 },
  CLE: { lat: 41.4965, lon: -81.6882, offset: -5 },
  DAL: { lat: 32.7906, lon: -96.8103, offset: -6 },
  DEN: { lat: 39.7487, lon: -105.0077, offset: -7 },
  DET: { lat: 42.3411, lon: -83.0553, offset: -5 },
  GSW: { lat: 37.7679, lon: -122.3873, offset: -8 },
  HOU: { lat: 29.7508, lon: -95.3621, offset: -6 },
  IND: { lat: 39.764, lon: -86.1555, offset: -5 },
  LAC: { lat: 34.043, lon: -118.2673, offset: -8 },
  LAC_2024: { lat: 33.945, lon: -118.3431, offset: -8 },
  LAL: { lat: 34.043, lon: -118.2673, offset: -8 },
  MEM: { lat: 35.1382, lon: -90.0505, offset: -6 },
  MIA: { lat: 25.7814, lon: -80.187, offset: -5 },
  MIL: { lat: 43.0451, lon: -87.9173, offset: -6 },
  MIN: { lat: 44.9795, lon: -93.276, offset: -6 },
  NOP: { lat: 29.949, lon: -90.0821, offset: -6 },
  NYK: { lat: 40.7505, lon: -73.9934, offset: -5 },
  OKC: { lat: 35.4634, lon: -97.5151, offset: -6 },
  ORL: { lat: 28.5392, lon: -81.3839, offset: -5 },
  PHI: { lat: 39.9012, lon: -75.172, offset: -5 },
  PHX: { lat: 33.4457, lon: -112.0712, offset: -7, hasSummerTime: false },
  POR: { lat: 45.5316, lon: -122.6668, offset: -8 },
  SAC: { lat: 38.5816, lon: -121.4999, offset: -8 },
  SAS: { lat: 29.427, lon: -98.4375, offset: -6 },
  TOR: { lat: 43.6434, lon: -79.3791, offset: -5 },
  UTA: { lat: 40.7683, lon: -111.9011, offset: -7 },
  WAS: { lat: 38.8981, lon: -77.0209, offset: -5 },
};

/** Where games were played away from all arenas; their keys are their coordinates. */
const OTHER_VENUES: Readonly<Record<string, Arena>> = {
  // Disney World.
  '28.3373,-81.5556': { lat: 28.3373, lon: -81.5556, offset: -5 },
  // Tampa.
  '27.9427,-82.4518': { lat: 27.9427, lon: -82.4518, offset: -5 },
  // Las Vegas.
  '36.1029,-115.1783': { lat: 36.1029, lon: -115.1783, offset: -8 },
  // Austin.
  '30.2823,-97.7323': { lat: 30.2823, lon: -97.7323, offset: -6 },
  // Mexico City.
  '19.4967,-99.1745': { lat: 19.4967, lon: -99.1745, offset: -6, hasSummerTime: false },
  // London.
  '51.5030,0.0032': { lat: 51.503, lon: 0.0032, offset: 0, hasSummerTime: false },
  // Paris.
  '48.8386,2.3785': { lat: 48.8386, lon: 2.3785, offset: 1, hasSummerTime: false },
  // Berlin.
  '52.5051,13.4434': { lat: 52.5051, lon: 13.4434, offset: 1, hasSummerTime: false },
};

const PLACES: Readonly<Record<string, Arena>> = { ...ARENAS, ...OTHER_VENUES };

const EARTH_RADIUS_MILES = 3_959;
const CLIPPERS_MOVED_IN = 2024;

/** The keys of all arenas. */
export const ARENA_KEYS: readonly string[] = Object.keys(ARENAS);

/** The key of the arena a team has in a season. */
export function arenaOfTeam(team: string, season: number): string {
  return team === 'LAC' && season >= CLIPPERS_MOVED_IN ? 'LAC_2024' : team;
}

/**
 * Great-circle distance of two known places in whole miles; null when one of the venues is none. No
 * two of them are so near to half a mile that a floating-point sine could decide.
 */
export function arenaMiles(a: string, b: string): number | null {
  const from = PLACES[a];
  const to = PLACES[b];
  return from && to ? Math.round(greatCircleMiles(from, to)) : null;
}

function greatCircleMiles(from: Arena, to: Arena): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const halfLat = Math.sin(radians(to.lat - from.lat) / 2);
  const halfLon = Math.sin(radians(to.lon - from.lon) / 2);
  const chord =
    halfLat ** 2 + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * halfLon ** 2;
  return 2 * EARTH_RADIUS_MILES * Math.asin(Math.sqrt(chord));
}

/** Hours from UTC at a known place on a date, summer time included; null for any other venue. */
export function utcOffsetHours(venue: string, date: string): number | null {
  const arena = PLACES[venue];
  if (!arena) return null;
  return arena.offset + (arena.hasSummerTime !== false && isSummerTime(date) ? 1 : 0);
}

/** Summer time lasts from the second Sunday of March to the day before the first of November. */
function isSummerTime(date: string): boolean {
  const year = date.slice(0, 4);
  return date >= nthSunday(`${year}-03`, 2) && date < nthSunday(`${year}-11`, 1);
}

function nthSunday(month: string, nth: number): string {
  const weekday = new Date(`${month}-01T00:00:00Z`).getUTCDay();
  const day = 1 + ((7 - weekday) % 7) + 7 * (nth - 1);
  return `${month}-${String(day).padStart(2, '0')}`;
}
