/** The kinds of game that are kept; preseason, all-star and exhibition games are not. */
export type GameType = 'regular_season' | 'playoffs' | 'play_in' | 'cup_final';

/** The kind of a game by the first three digits of its NBA id. Games with any other prefix are dropped. */
export const gameTypeByPrefix: Readonly<Record<string, GameType>> = {
  '002': 'regular_season',
  '004': 'playoffs',
  '005': 'play_in',
  '006': 'cup_final',
};

/**
 * Digits 4–5 of an NBA game id are the first year of its season: from these two on in the last
 * century, below them in this one. Never the month: 2019-20 ended in October, 2020-21 began in
 * December.
 */
export const firstYearDigitsOfLastCentury = '46';
