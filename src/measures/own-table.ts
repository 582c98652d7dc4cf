import type { OwnMeasure } from './measure-words.ts';

/** A table of one's own: a row for each player or team of the games of a date, known before the first of them. */
export interface OwnTable {
  readonly backcourt: 'table';
  /** Lower case, digits and `_`; the name of its file. */
  readonly name: string;
  /** One or two sentences for the documentation. */
  readonly purpose: string;
  /** Whom a row is of: each row of `upcoming_player_game_context` or `upcoming_team_game_context`. */
  readonly each: 'player' | 'team';
  readonly measures: readonly OwnMeasure[];
}

type Given = Pick<OwnTable, 'name' | 'purpose' | 'measures'>;

/**
 * A table with a row for each player of the teams of a date, by `universal_player_id` and `game_date`: whoever last played
 * for one of them within 30 days.
 */
export function playerTable(given: Given): OwnTable {
  return { ...given, backcourt: 'table', each: 'player' };
}

/** A table with a row for each team of a date, by `team_abbr` and `game_date`. */
export function teamTable(given: Given): OwnTable {
  return { ...given, backcourt: 'table', each: 'team' };
}
