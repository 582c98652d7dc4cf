import type { ColumnType } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { HistoryColumn } from './history.ts';
import type { Whose } from './measure-words.ts';
import type { Source } from './source-column.ts';

/** What a measure is selected by, and what has to be joined for it. */
export interface CompiledMeasure {
  readonly type: ColumnType;
  /** Over the joined relations. */
  readonly from: (sql: SqlDialect) => string;
  readonly source: Source;
  readonly whose: Whose;
  /** Of {@link source}: its games over so many days or the season; `undefined`: its row of the date. */
  readonly history:
    | { readonly days: number | undefined; readonly columns: readonly HistoryColumn[] }
    | undefined;
  /** Columns of the source that are read. */
  readonly reads: readonly string[];
  readonly unit: string | undefined;
  readonly meaning: string;
  readonly nullWhen: string | undefined;
}
