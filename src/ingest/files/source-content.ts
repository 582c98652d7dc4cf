import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import type { DroppedGames, DroppedRows, RefusedRows, UnusedFile } from './ingest-report.ts';

/** Raw tables that files fill. */
export type LoadedTable =
  | 'player_box'
  | 'shots'
  | 'schedule_entries'
  | 'game_lines'
  | 'player_props'
  | 'injuries'
  | 'players';

/** A column that files of a content may have, for its page and for messages. */
export interface InputColumn {
  /** The name that our own files write, and that the code asks for. */
  readonly name: string;
  /** What a value is: `date`, `team`, `whole number` …; `required` where a file must have the column. */
  readonly type: string;
  readonly required?: true;
  /** What must hold of a value, or what becomes of it. */
  readonly rule?: string;
  /** A value of a row that is accepted; empty where a row may be silent. */
  readonly example: string;
}

/** SQL of the text that a file has in the first of these columns that it has, else of NULL. */
export type TheirText = (...columns: readonly string[]) => string;

/** What values of a file are made by, besides its columns. */
export interface ToldOfFile {
  readonly name: string;
  /** Its times that are called Eastern are moments by UTC: see {@link FileShape.easternTimes}. */
  readonly isUtc: boolean;
  /** Its dates of games have the day before the month. */
  readonly isDayFirst: boolean;
  /** Its dates of games are numbers: moments since 1970, or days of a spreadsheet. */
  readonly isNumbered: boolean;
  /** Its tip-offs are days, each written as midnight. */
  readonly isUntimed: boolean;
}

/** A value that is made of several of theirs, or of one that is written otherwise. */
export interface MadeValue {
  /** What it is made of, in words for the page of the source. */
  readonly of: string;
  /** Its text, as SQL. */
  readonly sql: (theirs: TheirText, file: ToldOfFile) => string;
}

/** A file whose rows are not ours: what they are made of, as SQL. */
export interface MadeRows {
  readonly columns: readonly string[];
  readonly relation: string;
}

/** One way in which files of a content are written: which columns they have, under which names. */
export interface FileShape {
  /** `a schedule file`, for messages. */
  readonly title: string;
  /** Who makes such files, for the message about a missing column. */
  readonly maker: string;
  /** A column that no other content of the same source has. */
  readonly telling?: string;
  /** Columns as the files write them, in any case; of several in one entry, one is enough. */
  readonly required: readonly (string | readonly string[])[];
  /** Columns that such a file does not have. */
  readonly without?: readonly string[];
  /** Our column → theirs, where they differ; of several, the first that a file has. */
  readonly names?: Readonly<Record<string, string | readonly string[]>>;
  /** Our column → how it is made, in a file that has no such column. */
  readonly made?: Readonly<Record<string, MadeValue>>;
  /**
   * Columns, of which the first that a file has is a time of the wall clock in the East, whatever its mark; unless by
   * that clock games of the file would be at night, and it is one of UTC.
   */
  readonly easternTimes?: readonly string[];
  /** Our columns of which a blank cell says what the one above it does, as a printed table has them. */
  readonly filledDown?: readonly string[];
  /** Rows that stand for one of ours together: how they become one. */
  readonly rows?: (relation: string, theirs: TheirText) => MadeRows;
  /** Date and home side of a game, where a row lacks them, are those of the schedule. */
  readonly gamesElsewhere?: true;
  /** A row that is accepted, by their names; that of the columns unless given. */
  readonly example?: Readonly<Record<string, string>>;
}

/** The columns that a file must have. */
export function requiredNames(columns: readonly InputColumn[]): readonly string[] {
  return columns.filter(({ required }) => required).map(({ name }) => name);
}

/** What judging the rows of some files found. */
export interface Judgement {
  /** SQL condition of the rows that are not dropped by rule. */
  readonly kept: string;
  /** SQL condition of the rows that say something; {@link kept} unless given. */
  readonly used?: string;
  readonly dropped: readonly DroppedGames[];
  readonly droppedRows: readonly DroppedRows[];
  readonly refused: readonly RefusedRows[];
  /** Place of a file → its rows that are left out because they stand elsewhere as well. */
  readonly repeated?: ReadonlyMap<number, number>;
}

/** What a file can hold: how to recognise, read and judge it, and the raw table it fills. */
export interface SourceContent {
  /** Its own name among all contents, in lower case with hyphens. */
  readonly id: string;
  /** The raw table that the content fills; several contents can fill one. */
  readonly table: LoadedTable;
  /** What `backcourt ingest <source>` calls it; contents that are loaded together share one. */
  readonly source: string;
  /** What its files hold, in a few words. */
  readonly says: string;
  /**
   * Columns in which rows of two files are of one thing, mostly a game; it is taken from one of them, the one that
   * has most rows of it that count.
   */
  readonly game: { readonly columns: readonly string[]; readonly counted?: string };
  /** Columns of the first shape. */
  readonly columns: readonly InputColumn[];
  /** In the order in which they count where files of several have a game. */
  readonly shapes: readonly FileShape[];
  /**
   * SELECT of all rows of the files, with `file_index`, `file_row` (from 1) and `broken_rule`: the
   * first rule that the row breaks, in words, else NULL.
   */
  read(warehouse: DuckDbWarehouse, files: readonly SourceFile[]): Promise<string>;
  /** Finds what must not be written in the relation that {@link read} made. */
  judge(
    warehouse: DuckDbWarehouse,
    relation: string,
    files: readonly SourceFile[],
  ): Promise<Judgement>;
  /** The rows to write are many and cheap to find: they are read where they are, not copied. */
  readonly inPlace?: true;
  /** SELECT of the rows to write, in table order. */
  rows(warehouse: DuckDbWarehouse, source: Pick<ReadSource, 'relation' | 'keep'>): Promise<string>;
}

/** Where the rows of a file are, as SQL. */
export interface FileRows {
  /** A table function or a SELECT in brackets. */
  readonly relation: string;
  /** The number of a row in its file, from 1, headings not counted. */
  readonly rowNumber: string;
}

/** A file of a source whose columns were found. */
export interface SourceFile extends FileRows, ToldOfFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: SourceContent;
  readonly shape: FileShape;
  /** Upper-case column name → its name and type in the file. */
  readonly columns: ReadonlyMap<string, SourceColumn>;
}

export interface SourceColumn {
  readonly name: string;
  readonly type: string;
}

/** What files have for one table, read and judged, before anything is written. */
export interface ReadSource extends Omit<Judgement, 'kept' | 'used' | 'repeated'> {
  readonly table: LoadedTable;
  /** The files that can be read to their end. */
  readonly files: readonly SourceFile[];
  /** Temporary relation of the rows as read. */
  readonly relation: string;
  /** SQL condition of the rows that may be written. */
  readonly keep: string;
  /** Relation of the rows to write, in the columns of the table. */
  readonly rows: string;
  readonly rowsByFile: ReadonlyMap<SourceFile, number>;
  readonly unused: readonly UnusedFile[];
}
