/** Where a playoff game stands: round 1–4, series from 0, game from 1. */
export interface PlayoffPlace {
  readonly round: number;
  readonly series: number;
  readonly game: number;
}

/** `0022100001`: the `number`-th (from 1) regular-season game of the season that begins in `seasonYear`. */
export function regularSeasonGameId(seasonYear: number, number: number): string {
  return `002${yearDigits(seasonYear)}${String(number).padStart(5, '0')}`;
}

/** `0052100001`: the `number`-th play-in game of the season. */
export function playInGameId(seasonYear: number, number: number): string {
  return `005${yearDigits(seasonYear)}${String(number).padStart(5, '0')}`;
}

/** `0042100407`: seventh game of the finals. */
export function playoffGameId(seasonYear: number, { round, series, game }: PlayoffPlace): string {
  return `004${yearDigits(seasonYear)}00${round}${series}${game}`;
}

function yearDigits(seasonYear: number): string {
  return String(seasonYear % 100).padStart(2, '0');
}
