/** Flags of a verb that reads a warehouse, as typed. */
export interface WarehouseFlags {
  readonly warehouse: string;
  readonly json: boolean;
  readonly wait: number | undefined;
}

/** Flags that say which units are meant, and how they are worked. */
export interface PlanFlags extends WarehouseFlags {
  readonly backfill: boolean;
  readonly stale: boolean;
  readonly rewrite: boolean;
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
  readonly dates?: string | undefined;
  readonly tables?: string | undefined;
  readonly option: readonly string[];
  readonly batchDays: number | undefined;
  readonly allowShrink: boolean;
}

/** Flags of `run` and of the backfill jobs. */
export interface RunFlags extends PlanFlags {
  /** A file made by `plan --save`. */
  readonly plan?: string | undefined;
  readonly dryRun: boolean;
  readonly maxFailures: number | undefined;
  /** Most bytes that one job of BigQuery may be billed for. */
  readonly maxBytes?: number | undefined;
  readonly reason?: string | undefined;
  readonly threads: number | undefined;
  /** Webhook for what goes wrong in daily mode. */
  readonly alertUrl?: string | undefined;
}
