/** Flags of `run` and of the backfill jobs, as typed. */
export interface RunFlags {
  readonly warehouse: string;
  readonly json: boolean;
  readonly backfill: boolean;
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
  readonly dates?: string | undefined;
  readonly tables?: string | undefined;
  readonly dryRun: boolean;
  readonly option: readonly string[];
  readonly batchDays: number;
  readonly maxFailures: number | undefined;
  readonly allowShrink: boolean;
  readonly wait: number | undefined;
  readonly reason?: string | undefined;
  readonly threads: number | undefined;
}
