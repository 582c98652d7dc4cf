import type { GameDate } from '../../calendar/game-date.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { BatchRequest } from './batch-request.ts';

export interface RunSettings {
  /** Most dates of one table that one query computes. */
  readonly batchDays: number;
  /** The run stops after so many failed units. */
  readonly maxFailures: number;
  readonly allowShrink: boolean;
  /** Aborted when the run is to stop after the batch in hand. */
  readonly stop: AbortSignal;
  readonly proofs?: DefinitionProofs;
}

/** What a definition of somebody's own is put to. Each tells what is wrong with it; `undefined` when nothing is. */
export interface DefinitionProofs {
  /** Whether it looks ahead, on dates of which what it reads stands. */
  readonly ahead: (table: ComputedTable, dates: readonly GameDate[]) => Promise<string | undefined>;
  /** Whether dates of a batch, which is staged, come out otherwise alone. */
  readonly mixed: (batch: BatchRequest) => Promise<string | undefined>;
}
