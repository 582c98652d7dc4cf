export interface RunSettings {
  /** Most dates of one table that one query computes. */
  readonly batchDays: number;
  /** The run stops after so many failed units. */
  readonly maxFailures: number;
  readonly allowShrink: boolean;
  /** Aborted when the run is to stop after the batch in hand. */
  readonly stop: AbortSignal;
}
