import { readDataKind } from '../ledger/read-ledger.ts';
import { isInBootstrap } from '../plan/bootstrap.ts';
import { chartlessDates } from '../plan/chartless-dates.ts';
import { countCoverage, countMonths, countRawCoverage } from '../plan/coverage.ts';
import { rawUnit } from '../plan/explain-unit.ts';
import { incompleteDates } from '../plan/incomplete-dates.ts';
import { groupOtherOptions } from '../plan/other-options.ts';
import { planAsRecorded } from '../plan/plan-as-recorded.ts';
import { planRemedies } from '../plan/plan-remedies.ts';
import { mergeRemedies } from '../plan/remedy.ts';
import { uncertainStarts } from '../plan/season-starts.ts';
import { strangerTables } from '../plan/stranger-tables.ts';
import { statesListedBy } from '../plan/unit-state.ts';
import type { StatusReport } from '../report/status-report.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { datesOfSeason } from './asked-days.ts';

export interface StatusRequest {
  /** The warehouse as it was named. */
  readonly location: string;
  /** First year of the only season that is looked at; all of them unless given. */
  readonly season: number | undefined;
  /** Which dates are listed one by one. */
  readonly listed: readonly Parameters<typeof statesListedBy>[0][];
}

/**
 * Which tables and dates are right, against the schedule.
 * @throws UsageError for a season that is not loaded.
 */
export async function lookAtStatus(
  { warehouse, world }: RunEngine,
  { location, season, listed: lists }: StatusRequest,
): Promise<StatusReport> {
  const { calendar, tables } = world;
  const seasonYears = season === undefined ? calendar.seasons.map(({ year }) => year) : [season];
  const dates = season === undefined ? calendar.dates : datesOfSeason(calendar, season);
  const plan = planAsRecorded(world, dates);
  const raw = countRawCoverage(world, seasonYears);
  const rawTables = [...new Set(raw.map(({ table }) => table))];
  const rawUnits =
    lists.length > 0
      ? rawTables.flatMap((table) => dates.map((date) => rawUnit(world, table, date)))
      : [];
  const listedStates = lists.flatMap(statesListedBy);
  const listed = [...rawUnits, ...plan.units].filter(({ state }) => listedStates.includes(state));
  return {
    warehouse: location,
    dataKind: await readDataKind(warehouse),
    dates,
    seasonYears,
    raw,
    computed: countCoverage(plan, calendar),
    months: season === undefined ? [] : countMonths(plan),
    otherOptions: groupOtherOptions(plan.units),
    strangers: strangerTables(world),
    incomplete: incompleteDates(world, dates),
    starts: uncertainStarts(world, seasonYears),
    chartless: chartlessDates(world, seasonYears),
    early: plan.units.filter(
      ({ table, date, rows }) =>
        (rows ?? 0) > 0 && isInBootstrap(world, tables.computedTable(table), date, world.options),
    ).length,
    listed,
    remedies: mergeRemedies([
      ...listed.flatMap(({ table, remedy }) =>
        remedy && rawTables.includes(table) ? [remedy] : [],
      ),
      ...planRemedies(plan.units),
    ]),
    refused: [...calendar.refused].map(([date, reason]) => ({ date, reason })),
  };
}
