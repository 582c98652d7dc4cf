import type { SeasonCalendar } from '../../calendar/season-calendar.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { readDataKind } from '../../ledger/read-ledger.ts';
import { isInBootstrap } from '../../plan/bootstrap.ts';
import { type CoverageCell, countCoverage, countMonths } from '../../plan/coverage.ts';
import type { PlannedUnit } from '../../plan/plan.ts';
import { planAsRecorded } from '../../plan/plan-as-recorded.ts';
import { stateRow } from '../../plan/unit-state.ts';
import { statusJson, statusLines } from '../../report/status-lines.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { undatedPartition } from '../../window/window.ts';
import type { CliContext } from '../cli-context.ts';
import type { WarehouseFlags } from '../options/run-flags.ts';
import { UsageError } from '../options/usage-error.ts';
import { printReport } from '../output/print-report.ts';
import { pasteable } from '../output/retry-command.ts';
import { withEngine } from '../process/with-engine.ts';

export interface StatusFlags extends WarehouseFlags {
  readonly season?: number | undefined;
  readonly missing: boolean;
  readonly failed: boolean;
}

/** Shows which (table, date) are right, against the schedule. Writes nothing. @returns the exit code. */
export async function statusVerb(
  context: CliContext,
  tables: TableRegistry,
  flags: StatusFlags,
): Promise<number> {
  return withEngine(context, tables, flags, 'read', async (engine) => {
    const { calendar, ledger, warehouse } = engine;
    const years = calendar.seasons.map(({ year }) => year);
    if (flags.season !== undefined && !years.includes(flags.season)) {
      throw new UsageError(`season ${flags.season} is not loaded (loaded: ${years.join(', ')})`);
    }
    const seasonYears = flags.season === undefined ? years : [flags.season];
    const dates = calendar.dates.filter((date) =>
      seasonYears.includes(calendar.scheduled(date)?.seasonYear ?? 0),
    );
    const plan = planAsRecorded(engine.facts, dates);
    const report = {
      warehouse: flags.warehouse,
      dataKind: await readDataKind(warehouse),
      gameDates: dates.length,
      seasonYears,
      raw: rawCoverage(tables, calendar, ledger, seasonYears),
      computed: countCoverage(plan, calendar),
      months: flags.season === undefined ? [] : countMonths(plan),
      early: plan.units.filter(({ table: name, date, rows }) => {
        const table = tables.computed.find((candidate) => candidate.name === name);
        return table && (rows ?? 0) > 0 && isInBootstrap(engine.facts, table, date, {});
      }).length,
      listed: plan.units.filter((unit) => isListed(unit, flags)),
      refused: [...calendar.refused].map(([date, reason]) => ({ date, reason })),
    };
    const command = (text: string) => pasteable(context.invocation, text, flags.warehouse);
    printReport(context, flags.json, {
      lines: statusLines(report, { command }),
      json: statusJson(report),
    });
    return 0;
  });
}

function isListed({ state }: PlannedUnit, flags: StatusFlags): boolean {
  return stateRow(state).listedBy.some((flag) => flags[flag]);
}

/** Raw tables have no units: what counts is which game dates are recorded. Optional ones that are empty, and those without dates, are left out. */
function rawCoverage(
  tables: TableRegistry,
  calendar: SeasonCalendar,
  ledger: LedgerSnapshot,
  seasonYears: readonly number[],
): readonly CoverageCell[] {
  return tables.all
    .filter(({ dataset }) => dataset === 'nba_raw')
    .filter(({ name }) => [...ledger.of(name).keys()].some((date) => date !== undatedPartition))
    .flatMap(({ name }) =>
      seasonYears.map((seasonYear) => {
        const dates = calendar.season(seasonYear)?.dates ?? [];
        const records = dates.flatMap((date) => ledger.get(name, date) ?? []);
        const done = records.filter(({ state }) => state === 'done').length;
        return {
          table: name,
          seasonYear,
          due: dates.length,
          covered: done,
          states: { done },
          rows: records.reduce((sum, { rows }) => sum + rows, 0),
        };
      }),
    );
}
