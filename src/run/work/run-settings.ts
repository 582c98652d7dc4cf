export interface RunSettings {
  /** Most dates of one table that one query computes. */
  readonly batchDays: number;
  /** Stop after so many failed units. */
  readonly maxFailures: number;
  readonly allowShrink: boolean;
  /** Asks to stop after the batch in hand. */
  readonly stop: AbortSignal;
}
