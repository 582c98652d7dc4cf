import type { GameDate } from '../../calendar/game-date.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { UnitOptions } from '../../table/unit-options.ts';

/** What a table needs before rows of its definition fit into it, once. */
export interface Reshape {
  /** Statements that give it the columns of the definition, and take away those that it has not. */
  readonly statements: readonly string[];
  /** Its rows are of somebody else: none of those that stand there can stay beside them. */
  readonly isOtherKey: boolean;
}

/** Some dates of one table that are worked together. */
export interface BatchRequest {
  readonly runId: string;
  readonly table: ComputedTable;
  /** Game dates, ascending. */
  readonly dates: readonly GameDate[];
  readonly options: UnitOptions;
  readonly allowShrink: boolean;
  /** TRUE when rows are replaced even by equal ones. */
  readonly rewrite?: boolean | undefined;
  /** By table, what goes with the first commit that writes rows; that one takes it out. */
  readonly reshapes?: Map<string, Reshape> | undefined;
  /** What is staged and not committed yet: what this one reads of their tables stands partly there. */
  readonly behind?: readonly StagedBatch[];
}

/** Dates of a table whose rows stand in its staged relation. */
export interface StagedBatch {
  readonly table: ComputedTable;
  /** Ascending. */
  readonly dates: readonly GameDate[];
  /**
   * Where some of the dates have rows in the table: all dates, ascending, of which what stands there is not to
   * be seen.
   */
  readonly gone?: readonly GameDate[] | undefined;
}

/** The temporary relation a table is staged in. */
export function stagedName(table: ComputedTable): string {
  return `staged_${table.name}`;
}
