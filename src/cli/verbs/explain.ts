import { type EntityFate, readEntityFate, readExclusions } from '../../ledger/read-exclusions.ts';
import { explainUnit } from '../../plan/explain-unit.ts';
import { planAsRecorded } from '../../plan/plan-as-recorded.ts';
import { explainJson, explainLines } from '../../report/explain-report.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { CliContext } from '../cli-context.ts';
import { findAnyTable } from '../options/choose-tables.ts';
import { readDay } from '../options/date-range.ts';
import type { WarehouseFlags } from '../options/run-flags.ts';
import { printReport } from '../output/print-report.ts';
import { pasteable } from '../output/retry-command.ts';
import { withEngine } from '../process/with-engine.ts';

export interface ExplainFlags extends WarehouseFlags {
  /** Key of a row without its date. */
  readonly key?: string | undefined;
}

/** Tells the state of one table and date, its first cause, and all that belongs to it. @returns the exit code. */
export async function explainVerb(
  context: CliContext,
  tables: TableRegistry,
  name: string,
  day: string,
  flags: ExplainFlags,
): Promise<number> {
  const table = findAnyTable(tables, name);
  const date = readDay('<date>', day);
  return withEngine(context, tables, flags, 'read', async (engine) => {
    const { facts, warehouse, definitionVersion } = engine;
    const dates = [...new Set([...facts.calendar.dates, date])].sort();
    const plan = planAsRecorded(facts, dates);
    const fate: EntityFate | undefined =
      flags.key === undefined ? undefined : await readEntityFate(warehouse, table, date, flags.key);
    const report = {
      explanation: explainUnit(facts, plan, table, date, definitionVersion),
      exclusions: await readExclusions(warehouse, name, date),
      entity: flags.key === undefined || fate === undefined ? undefined : { key: flags.key, fate },
    };
    const command = (text: string) => pasteable(context.invocation, text, flags.warehouse);
    printReport(context, flags.json, {
      lines: explainLines(report, { command }),
      json: explainJson(report),
    });
    return 0;
  });
}
