import type { PlanRequest } from '../../plan/plan.ts';

export interface RunSettings {
  /** `recorded`: each unit with the options that it was made with. */
  readonly options: PlanRequest['options'];
  /** Most dates of one table that one query computes. */
  readonly batchDays: number;
  /** Stop after so many failed units. */
  readonly maxFailures: number;
  readonly allowShrink: boolean;
  /** Rows are replaced even by equal ones. */
  readonly rewrite?: boolean | undefined;
  /** Asks to stop after the batch in hand. */
  readonly stop: AbortSignal;
}
