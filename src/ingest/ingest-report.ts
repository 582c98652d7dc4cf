import type { GameDate } from '../calendar/game-date.ts';

export interface DroppedGames {
  readonly table: string;
  /** `game_type` (preseason, all-star …), `foreign_team` or `one_sided_game`. */
  readonly reason: string;
  readonly gameIds: readonly string[];
  readonly rows: number;
  /** Team codes of these games that are none of the 30. */
  readonly unknownTeams: readonly string[];
}

/** A date that was not written because a row of it is impossible. */
export interface RefusedDate {
  readonly table: string;
  readonly date: GameDate;
  readonly violations: readonly {
    readonly file: string;
    /** Data row in the file, from 1. */
    readonly row: number;
    readonly rule: string;
  }[];
}

/** A date that was not replaced because it would have lost rows. */
export interface ShrinkRefusal {
  readonly table: string;
  readonly date: GameDate;
  readonly storedRows: number;
  readonly newRows: number;
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
  readonly tables: readonly IngestedTable[];
  readonly dropped: readonly DroppedGames[];
  readonly rowsWithoutDistance: number;
  readonly refused: readonly RefusedDate[];
  readonly shrinkRefused: readonly ShrinkRefusal[];
  readonly seconds: number;
}
