import type { GameDate } from '../../calendar/game-date.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { UnitOptions } from '../../table/unit-options.ts';

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
  /**
   * Batches of the same dates that are staged and not committed yet: what this one reads of their tables
   * stands partly there.
   */
  readonly behind?: readonly BatchRequest[];
}

/** The temporary relation a table is staged in. */
export function stagedName(table: ComputedTable): string {
  return `staged_${table.name}`;
}
