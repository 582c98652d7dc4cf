import type { Column } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';

/** Integers are numbers, NUMERIC and DATE are text. */
export type Value = string | number | boolean | null | readonly Value[];
/** A row: its values by the names of columns. */
export type Row = Readonly<Record<string, Value>>;

/** What a row file says of a column. */
export type RowFileColumn = Pick<Column, 'name' | 'type'>;

/** Asks a warehouse, and changes nothing. */
export interface Reader {
  readonly dialect: SqlDialect;
  query(sql: string): Promise<readonly Row[]>;
  /**
   * Where it takes neither time nor money: the columns that a SELECT would yield, or why it cannot be
   * carried out at all.
   */
  describe?(select: string): Promise<Described>;
  /** Where functions can stand beside the tables: the names of those that take the place of one of the engine's. */
  shadowedFunctions?(): Promise<readonly string[]>;
  /**
   * Where it takes next to no time: a text that is another one as soon as a row of these tables is, or a
   * column of any table. @param tables qualified names.
   */
  contentOf?(tables: readonly string[]): Promise<string>;
}

export type Described =
  | { readonly columns: readonly YieldedColumn[]; readonly error: undefined }
  | {
      readonly error: string;
      /** The line of the SELECT, from 1, where that is known. */
      readonly line?: number | undefined;
    };

/** A column of a SELECT; `type` is the kind of a column type, or the engine's word where it is none. */
export interface YieldedColumn {
  readonly name: string;
  readonly type: string;
}

/** A temporary relation to be. */
export interface Staging {
  readonly name: string;
  readonly select: string;
  /** Which of the relations that are staged with it, before it, it reads; all of them unless given. */
  readonly reads?: readonly string[];
}

/**
 * A place that stores tables and runs SQL. One caller at a time: a second call before the first
 * has ended is a bug and throws.
 */
export interface Warehouse extends Reader {
  /** The place, as it was given to `--warehouse`. */
  readonly location: string;
  /**
   * The rows of several SELECTs with the same columns, in any order; each is carried out by itself. Where a
   * query takes seconds however small it is, few jobs do it and some beside each other.
   */
  queryEach(selects: readonly string[]): Promise<readonly Row[]>;
  /** How many SELECTs it is worth while to hand to {@link queryEach} together. */
  readonly queriesAtOnce: number;
  /** Statements that a session begins with, before the functions of the dialect. */
  readonly sessionSql?: readonly string[];
  /** The statement of {@link stage}. */
  stageSql(name: string, select: string): string;
  /** Creates or replaces a temporary relation, seen by this process alone. */
  stage(name: string, select: string): Promise<void>;
  /**
   * {@link stage} of relations, each of which may read those before it, and a SELECT over them: one request, where
   * requests are dear; where they are not, what does not read each other is staged at the same time. @returns its rows.
   */
  stageAll(stagings: readonly Staging[], question: string): Promise<readonly Row[]>;
  dropStage(...names: readonly string[]): Promise<void>;
  /** Tells what the work to come belongs to, where it is billed by the job. */
  label?(labels: Readonly<Record<string, string>>): void;
  /** Tells the bytes that a query would read, for nothing, where queries are billed by them. */
  bytesOf?(sql: string): Promise<number>;
  /**
   * All statements take effect together, or none: any error rolls back and is thrown.
   * @param question a SELECT that is asked right after they took effect, in the same breath where each
   * request takes time: how a commit is confirmed. @returns its rows; none without it.
   */
  commit(statements: readonly string[], question?: string): Promise<readonly Row[]>;
  /** Where a commit cannot hold them: carries out statements about tables, for which there are no transactions. */
  define?(statements: readonly string[]): Promise<void>;
  /** TRUE when a commit is short enough, where it is sent as one text of limited length. */
  fits?(statements: readonly string[], question?: string): boolean;
  /** Carries out one INSERT, UPDATE or DELETE, for which no transaction is needed. */
  write(statement: string): Promise<void>;
  /**
   * Where an engine can write and be asked at the same time: {@link commit} of statements that are sent
   * while `rest` finds out from staged relations what else belongs to them, or, with `undefined`,
   * that they are to be taken back. @returns the rows of the question, or `undefined` when nothing was
   * committed.
   */
  commitWhile?(
    statements: readonly string[],
    rest: (reader: Reader) => Promise<readonly string[] | undefined>,
    question?: string,
  ): Promise<readonly Row[] | undefined>;
  /**
   * Writes the rows of a SELECT, which has these columns, to a local row file: lines of JSON,
   * compressed with gzip, which every engine reads and writes alike. @returns how many.
   */
  writeRowFile(select: string, columns: readonly RowFileColumn[], path: string): Promise<number>;
  /** {@link stage} of the rows of such a file. */
  stageRowFile(name: string, columns: readonly RowFileColumn[], path: string): Promise<void>;
  close(): Promise<void>;
}

/** What is at fault when a warehouse could not do what it was asked. */
export type WarehouseErrorKind =
  /** A statement failed on the data it met; another date may well succeed. */
  | 'statement'
  /** The SQL itself is wrong: no date can succeed. */
  | 'definition'
  /** Too much for one query or one commit; fewer dates may well do. */
  | 'oversized'
  /** Another process holds the warehouse. */
  | 'locked'
  /** There is no warehouse at this place. */
  | 'absent'
  /** Disk, permissions, a corrupt file, memory, network, credentials. */
  | 'surroundings';

/** An engine could not do what it was asked; the kind says whose fault it is, and so what can be done. */
export class WarehouseError extends Error {
  readonly kind: WarehouseErrorKind;
  readonly sql: string | undefined;
  /** The line of the statement, from 1, where that is known. */
  readonly line: number | undefined;

  constructor(kind: WarehouseErrorKind, message: string, sql?: string, line?: number) {
    super(message);
    this.name = 'WarehouseError';
    this.kind = kind;
    this.sql = sql;
    this.line = line;
  }
}

/** There is no warehouse where one is named. */
export class AbsentWarehouse extends WarehouseError {
  /** As it is given with `--warehouse`. */
  readonly location: string;

  constructor(location: string, message = `there is no warehouse at "${location}"`) {
    super('absent', message);
    this.name = 'AbsentWarehouse';
    this.location = location;
  }
}

/** Another process has the file open and will let go of it: the same can be done later, or waited for. */
export class HeldWarehouse extends WarehouseError {
  /** @param holder who has it, for example `process 4711 on host`. */
  constructor(location: string, holder: string) {
    super('locked', `"${location}" is held by ${holder}`);
    this.name = 'HeldWarehouse';
  }
}
