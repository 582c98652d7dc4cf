/** What the digits of an NBA game id say about a game. */
export interface GameIdFacts {
  readonly nba_game_id: string;
  readonly season_year: number;
  readonly game_type: string;
}

const GAME_TYPES: Readonly<Record<string, string>> = {
  '002': 'regular_season',
  '004': 'playoffs',
  '005': 'play_in',
  '006': 'cup_final',
};
const GAME_ID_LENGTH = 10;
const FIRST_YEAR_OF_1900S = 46;

/** Reads a game id, leading zeros restored; null for games that are dropped (preseason, all-star). */
export function gameIdFacts(id: string): GameIdFacts | null {
  const full = id.padStart(GAME_ID_LENGTH, '0');
  const gameType = GAME_TYPES[full.slice(0, 3)];
  if (gameType === undefined) return null;
  const year = Number(full.slice(3, 5));
  const season = year >= FIRST_YEAR_OF_1900S ? 1900 + year : 2000 + year;
  return { nba_game_id: full, season_year: season, game_type: gameType };
}

/** A name as the key other sources are matched on. */
export function playerLookup(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
}

/** Seconds from `m:ss`, or from a plain number of minutes; null when unreadable. */
export function parseSeconds(minSec: string): number | null {
  const clock = /^(\d+):(\d{1,2})$/.exec(minSec);
  if (clock) {
    const seconds = Number(clock[2]);
    return seconds > 60 ? null : 60 * Number(clock[1]) + seconds;
  }
  return /^\d+(\.\d+)?$/.test(minSec) ? secondsOfMinutes(Number(minSec)) : null;
}

/** Whole seconds of decimal minutes. */
export function secondsOfMinutes(minutes: number): number {
  return Math.floor(minutes * 60 + 0.5);
}

/** A plus/minus with or without its plus sign; null when there is none. */
export function parsePlusMinus(written: string): number | null {
  return /^[+-]?\d+$/.test(written) ? Number(written) : null;
}
