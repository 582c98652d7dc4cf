/** The kinds of game that are kept; preseason, all-star and exhibition games are not. */
export type GameType = 'regular_season' | 'playoffs' | 'play_in' | 'cup_final';

/** First three digits of an NBA game id → kind of game. Every other prefix is dropped. */
export const gameTypeByPrefix: Readonly<Record<string, GameType>> = {
  '002': 'regular_season',
  '004': 'playoffs',
  '005': 'play_in',
  '006': 'cup_final',
};

/** The kind of game of a 10-character NBA id, or `undefined` when such games are not kept. */
export function gameTypeOf(nbaGameId: string): GameType | undefined {
  return gameTypeByPrefix[nbaGameId.slice(0, 3)];
}

/**
 * First calendar year of the season of a 10-character NBA id: digits 4–5, 46–99 → 19xx, 00–45 → 20xx.
 * Never the month: 2019-20 ended in October, 2020-21 began in December.
 */
export function seasonYearOf(nbaGameId: string): number {
  const digits = Number(nbaGameId.slice(3, 5));
  return digits >= 46 ? 1900 + digits : 2000 + digits;
}

/** A game id as NBA.com writes it: CSV copies lose the leading zeros (`22300634` → `0022300634`). */
export function restoreGameId(text: string): string {
  return text.padStart(10, '0');
}
