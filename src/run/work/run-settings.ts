import type { GameDate } from '../../calendar/game-date.ts';
import type { ComputedTable } from '../../table/table-definition.ts';

export interface RunSettings {
  /** Most dates of one table that one query computes. */
  readonly batchDays: number;
  /** The run stops after so many failed units. */
  readonly maxFailures: number;
  readonly allowShrink: boolean;
  /** Aborted when the run is to stop after the batch in hand. */
  readonly stop: AbortSignal;
  /**
   * Puts the new definition of a table that is proven first to the proof, on dates of which what it reads stands.
   * @returns what is wrong with it; `undefined` when nothing is.
   */
  readonly prove?: (
    table: ComputedTable,
    dates: readonly GameDate[],
  ) => Promise<string | undefined>;
}
