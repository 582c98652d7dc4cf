import type { GameDate } from '../../calendar/game-date.ts';
import type { MendedDates } from '../../ledger/distrust-readers.ts';

export interface DroppedGames {
  readonly table: string;
  /** `game_type` (preseason, all-star …), `foreign_team` or `one_sided_game`. */
  readonly reason: string;
  readonly gameIds: readonly string[];
  readonly rows: number;
  /** Team codes of these games that are none of the 30. */
  readonly unknownTeams: readonly string[];
}

/** Rows that are left out by rule, one by one. */
export interface DroppedRows {
  readonly table: string;
  readonly reason: DropReason;
  readonly rows: number;
  /** What the rows say that made them dropped: names of teams, of markets. */
  readonly names: readonly string[];
}

export type DropReason =
  | 'no_distance'
  | 'after_tipoff'
  | 'no_line'
  | 'same_line'
  | 'repeated_row'
  | 'rounded_row'
  | 'foreign_team'
  | 'called_off'
  | 'undecided'
  | 'no_birth_date'
  | 'not_submitted'
  | 'other_file';

/** A game that leaves the date on which a schedule file had put it. */
export interface MovedGame {
  readonly nbaGameId: string;
  readonly from: GameDate;
  /** `undefined` when it was called off and no other date is known. */
  readonly to: GameDate | undefined;
  /** The file by which the game moves. */
  readonly because: 'schedule file' | 'player log';
}

/** A file of which no row was used, because it cannot be read or is here already. */
export interface DamagedFile {
  readonly name: string;
  /** What is wrong with it, as a clause: `it cannot be read to its end, …`. */
  readonly reason: string;
}

/** A file of which every row was dropped, or that has none. */
export interface UnusedFile {
  readonly name: string;
  readonly rows: number;
}

/** Rows of a date that were not written because one of them is impossible. */
export interface RefusedRows {
  readonly table: string;
  /** `undefined` for rows without a date that can be read. */
  readonly date: GameDate | undefined;
  /** Where and why, as far as it is held; see {@link RefusedRows.more}. */
  readonly violations: readonly {
    readonly file: string;
    /** Data row in the file, from 1. */
    readonly row: number;
    readonly rule: string;
  }[];
  /** How many further ones there are, which are only counted; none unless given. */
  readonly more?: number;
}

/** A date that was not written because a row of it is impossible. */
export interface RefusedDate extends RefusedRows {
  readonly date: GameDate;
}

/** What is accepted and may still not be what its owner believes. */
export interface IngestNotice {
  readonly kind: NoticeKind;
  readonly table: string;
  /** How many games, dates or rows it is true of. */
  readonly count: number;
  /** How many games, dates or rows there are of the kind. */
  readonly of?: number;
  /** Games, dates, names or causes, as the kind has them. */
  readonly examples: readonly string[];
}

export type NoticeKind =
  | 'odd_game'
  | 'repeated_box'
  | 'shots_disagree'
  | 'no_box'
  | 'no_result'
  | 'other_home'
  | 'other_score'
  | 'other_home_of_shots'
  | 'early_tipoffs'
  | 'few_evenings'
  | 'read_as_utc'
  | 'read_day_first'
  | 'read_as_numbers'
  | 'read_without_times'
  | 'late_start'
  | 'guessed_start'
  | 'long_break'
  | 'fewer_games'
  | 'no_play_in'
  | 'no_chart'
  | 'no_capture_time'
  | 'one_sign'
  | 'impossible_lines'
  | 'alternate_lines'
  | 'seen_too_late'
  | 'no_game'
  | 'beyond_schedule'
  | 'odd_prices'
  | 'other_tipoff'
  | 'restored_names'
  | 'broken_names'
  | 'unknown_player'
  | 'no_tipoff'
  | 'no_report_time';

/** A date that was not replaced because it would have lost rows. */
export interface ShrinkRefusal {
  readonly table: string;
  readonly date: GameDate;
  readonly storedRows: number;
  readonly newRows: number;
  /** What the date would lose: rows, unless said otherwise. */
  readonly unit?: 'final game';
}

export interface IngestedTable {
  readonly table: string;
  /** Dates in the files that may be written. */
  readonly dates: number;
  readonly rows: number;
  /** Dates whose content is new or differs; only these were rewritten. */
  readonly changedDates: readonly GameDate[];
}

export interface IngestReport {
  readonly runId: string;
  readonly dataKind: 'real' | 'simulated';
  readonly files: readonly {
    readonly name: string;
    readonly content: string;
    readonly rows: number;
  }[];
  readonly damaged: readonly DamagedFile[];
  readonly unused: readonly UnusedFile[];
  readonly tables: readonly IngestedTable[];
  readonly dropped: readonly DroppedGames[];
  readonly droppedRows: readonly DroppedRows[];
  readonly moved: readonly MovedGame[];
  /** Dates whose last game has moved: what was computed for them is gone too. */
  readonly vanishedDates: readonly GameDate[];
  /** Dates that came out as recorded, on which other rows stood: what may have been made of those is stale. */
  readonly mended: readonly MendedDates[];
  readonly refused: readonly RefusedRows[];
  readonly shrinkRefused: readonly ShrinkRefusal[];
  readonly notices: readonly IngestNotice[];
  readonly seconds: number;
}
