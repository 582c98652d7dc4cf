import { endRunStatement } from '../ledger/run-record.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanSettings } from '../plan/saved-plan.ts';
import { provenText } from '../report/words/proven-text.ts';
import type { ChangedTable } from '../run/changed-tables.ts';
import { exitCodes } from '../run/exit-codes.ts';
import type { RunObserver } from '../run/run-observer.ts';
import { runPlan } from '../run/run-plan.ts';
import type { RunSummary } from '../run/run-summary.ts';
import type { DefinitionProofs } from '../run/work/run-settings.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { newRun } from './new-run.ts';
import type { Surroundings } from './surroundings.ts';
import { tellChangedTable } from './tell-changed-tables.ts';

/** A plan with what is kept of its run and how it is worked. */
export interface PlanOrder {
  readonly verb: 'run' | 'retry';
  readonly plan: Plan;
  readonly settings: PlanSettings;
  /** What was asked for, as the ledger keeps it with the run. */
  readonly asked: object;
  readonly reason: string | undefined;
  /** The run ends after so many failed dates; no number of them ends it unless given. */
  readonly maxFailures?: number | undefined;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
}

/** Works a plan and records it as a run; a definition that has to be proven is, before its first row. */
export function carryOutPlan(
  context: Surroundings,
  engine: RunEngine,
  { verb, plan, settings, asked, reason, maxFailures, startedAt }: PlanOrder,
  observer: RunObserver,
): Promise<RunSummary> {
  const run = newRun(context, { verb, asked, reason, startedAt });
  const runSettings = {
    batchDays: settings.batchDays,
    maxFailures: maxFailures ?? Number.POSITIVE_INFINITY,
    allowShrink: settings.allowShrink,
    stop: context.stop,
    proofs: proofsOf(engine),
  };
  const tableChanged = (changed: ChangedTable) => tellChangedTable(context, engine, changed);
  const heard = { ...observer, tableChanged };
  return runPlan(engine, plan, run, runSettings, heard).catch(async (error: unknown) => {
    // What the disk, the memory or the network has ended is not still running; where even that cannot be said, it is.
    await recordBreak(engine, run.runId, error).catch(() => undefined);
    throw error;
  });
}

async function recordBreak(
  { warehouse, clock }: RunEngine,
  runId: string,
  error: unknown,
): Promise<void> {
  const exitCode = error instanceof WarehouseError ? exitCodes.surroundings : exitCodes.bug;
  await warehouse.write(
    endRunStatement(warehouse.dialect, runId, {
      finishedAt: clock.now(),
      exitCode,
      summary: undefined,
    }),
  );
}

/** Proofs are loaded where there is something to prove. */
function proofsOf(engine: RunEngine): DefinitionProofs {
  const load = () => import('../verify/prove-definition.ts');
  return {
    ahead: async (table, dates) => {
      const leak = await (await load()).proveDefinition(engine, table, dates);
      return leak && provenText(table, leak);
    },
    mixed: async (batch) => {
      const mixed = await (await load()).proveStaged(engine, batch);
      return mixed && provenText(batch.table, mixed);
    },
  };
}
