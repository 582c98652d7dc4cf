import { writeFile } from 'node:fs/promises';
import { readDataKind } from '../../ledger/read-ledger.ts';
import { makeRunId, type RunRecord } from '../../ledger/run-record.ts';
import { estimatePlan, makeUnitEstimator } from '../../plan/estimate-plan.ts';
import { quote } from '../../plan/quote.ts';
import { makeSavedPlan } from '../../plan/saved-plan.ts';
import { planReportJson, planReportLines } from '../../report/plan-report.ts';
import { savedPlanText } from '../../report/saved-plan-json.ts';
import { statementJson, statementLines } from '../../report/statement-lines.ts';
import { planStatements } from '../../run/batch-statements.ts';
import { plannedTables } from '../../run/planned-tables.ts';
import { pricePlan } from '../../run/price/price-plan.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { CliContext } from '../cli-context.ts';
import type { PlanFlags } from '../options/run-flags.ts';
import { printReport } from '../output/print-report.ts';
import { pasteable } from '../output/retry-command.ts';
import { checkOutputFile, writeWhole } from '../process/output-file.ts';
import { withEngine } from '../process/with-engine.ts';
import { planExitCode } from '../work/carry-out.ts';
import { planSettings } from '../work/plan-settings.ts';
import { readPlanFile } from '../work/read-plan-file.ts';
import { planRequest, readRunRequest } from '../work/run-request.ts';

export interface PlanVerbFlags extends PlanFlags {
  /** File to keep the plan in. */
  readonly save?: string | undefined;
  /** Replace whatever file is there, and not only an earlier plan. */
  readonly overwrite: boolean;
  /** Print the statements instead of the plan. */
  readonly sql: boolean;
}

/** Tells what a run would do, why, and what it would take. Writes no warehouse. @returns the exit code. */
export async function planVerb(
  context: CliContext,
  tables: TableRegistry,
  flags: PlanVerbFlags,
): Promise<number> {
  const request = readRunRequest(tables, flags, false);
  const settings = planSettings(request, flags);
  const { save } = flags;
  if (save !== undefined) {
    const mayReplace = () => flags.overwrite || isSavedPlan(save);
    checkOutputFile({ flag: '--save', path: save, mayReplace });
  }
  return withEngine(context, tables, flags, 'read', async (engine) => {
    const plan = planRequest(engine, request, settings);
    const saved = makeSavedPlan(plan, settings, plannedTables(engine, plan));
    if (save !== undefined) await writePlan(save, savedPlanText(saved, plan.units));
    const run = plannedRun(context);
    const runSettings = {
      ...settings,
      options: plan.request.options,
      rewrite: plan.request.rewrite,
      maxFailures: Number.POSITIVE_INFINITY,
      stop: context.stop,
    };
    if (flags.sql) {
      const statements = planStatements(engine, plan.units, run, runSettings);
      printReport(context, flags.json, {
        lines: statementLines(statements),
        json: statementJson(statements),
      });
      return planExitCode(plan);
    }
    const estimate = makeUnitEstimator(engine.ledger);
    const report = {
      warehouse: flags.warehouse,
      dataKind: await readDataKind(engine.warehouse),
      plan,
      saved,
      estimates: new Map(
        plan.request.tables.map((table) => {
          const own = plan.units.filter((unit) => unit.table === table);
          return [table, estimatePlan(own, estimate)];
        }),
      ),
      total: estimatePlan(plan.units, estimate),
      price: await pricePlan(engine, plan.units, run, runSettings),
      savedTo: save === undefined ? undefined : quote(save),
    };
    const command = (text: string) => pasteable(context.invocation, text, flags.warehouse);
    printReport(context, flags.json, {
      lines: planReportLines(report, { command }),
      json: planReportJson(report),
    });
    return planExitCode(plan);
  });
}

/** The run that a plan would be. */
function plannedRun(context: CliContext): RunRecord {
  const startedAt = context.clock.now();
  return {
    runId: makeRunId(startedAt, '000000'),
    verb: 'run',
    request: '{}',
    codeVersion: context.packageVersion,
    who: context.who,
    reason: undefined,
    startedAt,
  };
}

/** An earlier plan is what a newer one is saved over; anything else is asked for. */
function isSavedPlan(path: string): boolean {
  try {
    readPlanFile(path);
    return true;
  } catch {
    return false;
  }
}

/** @throws WarehouseError `surroundings` when the file cannot be written. */
function writePlan(path: string, text: string): Promise<void> {
  return writeWhole(path, (partial) => writeFile(partial, text, { flush: true }));
}
