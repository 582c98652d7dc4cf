import type { Rebuilds } from '../../engine/damaged-tables.ts';
import type { Plan } from '../../plan/plan.ts';
import type { PlanSettings } from '../../plan/saved-plan.ts';
import type { FollowUps } from '../../report/follow-ups.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { WarehouseFlags } from '../options/common-inputs.ts';
import type { ReportEnd } from '../process/with-alerts.ts';

/** A plan with everything that is needed to carry it out. */
export interface WorkOrder {
  readonly verb: 'run' | 'retry';
  /** First words of the header, for example `backfill of`. */
  readonly title: string;
  readonly plan: Plan;
  readonly settings: PlanSettings;
  /** What the command asks for, as the ledger keeps it with the run and as an alert repeats it. */
  readonly asked: object;
  readonly followUps: FollowUps;
}

/** What is asked for before the warehouse is open, and how it becomes an order on what stands there. */
export interface Job {
  /** Whether the address for alerts is looked at: history needs nobody to look after it. */
  readonly isWatched: boolean;
  /** What an alert repeats of a job that could not even begin; `undefined` where only the ledger knows it. */
  readonly asked: object | undefined;
  /** All that is asked for, where nothing but it says what is to be done on what stands there. */
  readonly question?: object | undefined;
  /** Tables that the job fills again, whatever has become of them. */
  readonly rebuilds?: Rebuilds | undefined;
  /** Hears what has become of a run in daily mode, beside the webhook. */
  readonly onEnd?: ReportEnd;
  /** @returns the exit code where nothing is to be carried out, and that has been told. */
  order(engine: RunEngine): Promise<WorkOrder | number>;
}

/** Flags that say how a job is carried out, whatever it is. */
export interface WorkFlags extends WarehouseFlags {
  readonly dryRun: boolean;
  readonly reason: string | undefined;
  readonly threads: number | undefined;
  /** Tells a line per table and date also at a terminal. */
  readonly verbose: boolean;
  readonly maxFailures?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly alertUrl?: string | undefined;
  /** The folder of a snapshot that is brought up to date at the end. */
  readonly snapshot?: string | undefined;
}
