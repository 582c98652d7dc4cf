import { readDataKind } from '../../ledger/read-ledger.ts';
import { isInBootstrap } from '../../plan/bootstrap.ts';
import { chartlessDates } from '../../plan/chartless-dates.ts';
import { countCoverage, countMonths, countRawCoverage } from '../../plan/coverage.ts';
import { rawUnit } from '../../plan/explain-unit.ts';
import { incompleteDates } from '../../plan/incomplete-dates.ts';
import { groupOtherOptions } from '../../plan/other-options.ts';
import type { PlannedUnit } from '../../plan/plan.ts';
import { planAsRecorded } from '../../plan/plan-as-recorded.ts';
import { planRemedies } from '../../plan/plan-remedies.ts';
import { mergeRemedies } from '../../plan/remedy.ts';
import { uncertainStarts } from '../../plan/season-starts.ts';
import { stateRow, statesListedBy } from '../../plan/unit-state.ts';
import { statusJson, statusLines } from '../../report/status-report.ts';
import { anyOf } from '../../report/words/format.ts';
import type { VerbContext } from '../cli-context.ts';
import { warehouseInputs } from '../options/common-inputs.ts';
import { datesOfSeason } from '../options/date-range.ts';
import { filesFolder, folderOf } from '../options/fetch-inputs.ts';
import { flag, value } from '../options/input.ts';
import { seasonYear } from '../options/option-values.ts';
import { UsageError } from '../options/usage-error.ts';
import { printReport } from '../output/print-report.ts';
import { withEngine } from '../process/with-engine.ts';
import { defineVerb } from '../verb.ts';

/** Shows which (table, date) are right, against the schedule. Writes nothing. */
export const statusVerb = defineVerb({
  inputs: {
    ...warehouseInputs,
    season: value('<season>', 'only this season, 2024-25 or 2024', seasonYear),
    missing: flag(`list every date that is ${anyOf(statesListedBy('missing'))}`),
    failed: flag('list every failed date with its reason'),
    files: flag('instead: what of which game was fetched, waits, lacks'),
    into: filesFolder,
  },
  example: ['backcourt status --season 2023 --missing', 'backcourt status --files'],
  run: async (context, tables, flags) => {
    if (flags.files) return tellFiles(context, flags);
    return withEngine(context, tables, flags, 'read', async (engine) => {
      const { warehouse, world } = engine;
      const { calendar } = world;
      const years = calendar.seasons.map(({ year }) => year);
      const { season } = flags;
      const seasonYears = season === undefined ? years : [season];
      const dates = season === undefined ? calendar.dates : datesOfSeason(calendar, season);
      const plan = planAsRecorded(world, dates);
      const raw = countRawCoverage(world, seasonYears);
      const rawTables = [...new Set(raw.map(({ table }) => table))];
      const listsAny = flags.missing || flags.failed;
      const rawUnits = listsAny
        ? rawTables.flatMap((table) => dates.map((date) => rawUnit(world, table, date)))
        : [];
      const listed = [...rawUnits, ...plan.units].filter((unit) => isListed(unit, flags));
      const report = {
        warehouse: flags.warehouse,
        dataKind: await readDataKind(warehouse),
        dates,
        seasonYears,
        raw,
        computed: countCoverage(plan, calendar),
        months: flags.season === undefined ? [] : countMonths(plan),
        otherOptions: groupOtherOptions(plan.units),
        incomplete: incompleteDates(world, dates),
        starts: uncertainStarts(world, seasonYears),
        chartless: chartlessDates(world, seasonYears),
        early: plan.units.filter(
          ({ table, date, rows }) =>
            (rows ?? 0) > 0 &&
            isInBootstrap(world, tables.computedTable(table), date, world.options),
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
      printReport(context, flags.json, {
        lines: statusLines(report, context, context.screenWidth?.()),
        json: statusJson(report),
      });
      return 0;
    });
  },
});

/** Shows the folder of fetched files. The warehouse is not looked at. */
async function tellFiles(
  context: VerbContext,
  flags: ListFlags & {
    readonly into: string | undefined;
    readonly season: number | undefined;
    readonly json: boolean;
  },
): Promise<number> {
  if (flags.missing || flags.failed) {
    throw new UsageError('--files is of files; --missing and --failed are of tables');
  }
  const { readFiles } = await import('../../fetch/read-files.ts');
  const { filesJson, filesLines } = await import('../../report/files-report.ts');
  const folder = folderOf(context, flags.into);
  const { season: asked } = flags;
  const seasons = readFiles(folder, context.clock.today()).filter(
    ({ season }) => asked === undefined || season === asked,
  );
  printReport(context, flags.json, {
    lines: filesLines(folder, seasons),
    json: filesJson(seasons),
  });
  return 0;
}

/** Flags that list dates. */
interface ListFlags {
  readonly missing: boolean;
  readonly failed: boolean;
}

function isListed({ state }: Pick<PlannedUnit, 'state'>, flags: ListFlags): boolean {
  return stateRow(state).listedBy.some((flag) => flags[flag]);
}
