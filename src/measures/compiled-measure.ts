import type { At } from '../games/games-measures.ts';
import type { ColumnType } from '../sql/column.ts';
import type { Quotient, SqlText } from '../sql/sql-text.ts';
import type { Called } from './game-value.ts';
import { type HistoryNeeds, historyName } from './history.ts';
import type { Whose } from './measure-words.ts';
import type { Source } from './source-column.ts';

/** What a measure is selected by, and what has to be joined for it. */
export interface CompiledMeasure {
  readonly type: ColumnType;
  /** Over the joined relations. */
  readonly from: SqlText | Quotient;
  readonly source: Source;
  readonly whose: Whose;
  /** Of {@link source}: its games over so many days or the season; `undefined`: its row of the date. */
  readonly history: HistoryNeeds | undefined;
  /** Columns of the source that are read. */
  readonly reads: readonly string[];
  readonly unit: string | undefined;
  readonly meaning: string;
  readonly nullWhen: string | undefined;
}

/** The relation that a measure is selected from. */
export interface Relation {
  at(source: Source, whose: Whose, days: number | undefined): At;
  readonly called: Called;
  /** Whether the columns of a game are there together or not at all. */
  readonly together: boolean;
  /** Whether what is summed may be below 0. */
  readonly signed: boolean;
  /** Whether its rows all have a game. */
  readonly hasGames: boolean;
}

/** The row of an own table, to which the histories of sources are joined. */
export const ownRow: Relation = {
  at: (source, whose, days) => {
    const alias = aliasOf(historyName({ source, days }), whose);
    return (name) => `${alias}.${name}`;
  },
  called: (column) => column,
  together: false,
  signed: true,
  hasGames: false,
};

/** The alias under which a relation of a source is joined. */
export function aliasOf(relation: string, whose: Whose): string {
  return `${whose}_${relation}`;
}
