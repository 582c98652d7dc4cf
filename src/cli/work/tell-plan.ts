import { tellChangedTables } from '../../engine/tell-changed-tables.ts';
import { readDataKind } from '../../ledger/read-ledger.ts';
import { makeRunId, type RunRecord } from '../../ledger/run-record.ts';
import { estimatePlan, makeUnitEstimator } from '../../plan/estimate-plan.ts';
import { makeSavedPlan } from '../../plan/saved-plan.ts';
import { planReportJson, planReportLines } from '../../report/plan-report.ts';
import { statementJson, statementLines } from '../../report/statement-report.ts';
import { plural } from '../../report/words/format.ts';
import { planStatements } from '../../run/batch-statements.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import { plannedTables } from '../../run/planned-tables.ts';
import { pricePlan } from '../../run/price/price-plan.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { VerbContext } from '../cli-context.ts';
import type { WarehouseFlags } from '../options/common-inputs.ts';
import { printReport } from '../output/print-report.ts';
import type { WorkOrder } from './work-order.ts';

export interface TellSettings {
  /** TRUE for a run with --dry-run: what it would do is told date by date. */
  readonly isDryRun?: boolean;
  /** The file that the plan was kept in, as a command names it. */
  readonly savedTo?: string | undefined;
}

/**
 * Tells what a run of an order would do, why, and what it would take. Writes nothing.
 * @returns the exit code: 5 when the plan has blocked units, else 0.
 */
export async function tellPlan(
  context: VerbContext,
  engine: RunEngine,
  { warehouse, json }: WarehouseFlags,
  { plan, settings }: WorkOrder,
  { isDryRun = false, savedTo }: TellSettings,
): Promise<number> {
  await tellChangedTables(context, engine, plan);
  const estimate = makeUnitEstimator(engine.world.ledger);
  const report = {
    isDryRun,
    warehouse,
    dataKind: await readDataKind(engine.warehouse),
    plan,
    saved: makeSavedPlan(plan, settings, plannedTables(engine.world, plan)),
    estimates: new Map(
      plan.request.tables.map((table) => {
        const own = plan.units.filter((unit) => unit.table === table);
        return [table, estimatePlan(own, estimate)];
      }),
    ),
    total: estimatePlan(plan.units, estimate),
    price: await pricePlan(engine, plan, ...plannedRun(context, { settings })),
    savedTo,
  };
  printReport(context, json, {
    lines: planReportLines(report, context),
    json: planReportJson(report),
  });
  return planExitCode(plan);
}

/** Prints every statement that a run of an order would send. @returns the exit code, as {@link tellPlan}. */
export function tellStatements(
  context: VerbContext,
  engine: RunEngine,
  { json }: WarehouseFlags,
  order: WorkOrder,
): number {
  const statements = planStatements(engine, order.plan, ...plannedRun(context, order));
  printReport(context, json, {
    // Nobody who asks for JSON wants megabytes of SQL in his terminal beside it.
    lines: json ? [plural(statements.length, 'statement')] : statementLines(statements),
    json: statementJson(statements),
    isVerbatim: true,
  });
  return planExitCode(order.plan);
}

function planExitCode({ units }: WorkOrder['plan']): number {
  return units.some(({ action }) => action === 'block') ? exitCodes.blocked : exitCodes.done;
}

/** The run that a plan would be, and how it would be worked. */
function plannedRun(
  { clock, packageVersion, who, stop }: VerbContext,
  { settings }: Pick<WorkOrder, 'settings'>,
) {
  const startedAt = clock.now();
  const run: RunRecord = {
    runId: makeRunId(startedAt, '000000'),
    verb: 'run',
    request: '{}',
    codeVersion: packageVersion,
    who,
    reason: undefined,
    startedAt,
  };
  return [run, { ...settings, maxFailures: Number.POSITIVE_INFINITY, stop }] as const;
}
