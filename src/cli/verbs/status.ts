import { lookAtStatus } from '../../engine/look-at-status.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { withEngine } from '../../engine/with-engine.ts';
import { statesListedBy } from '../../plan/unit-state.ts';
import { statusJson, statusLines } from '../../report/status-report.ts';
import { anyOf } from '../../report/words/format.ts';
import type { VerbContext } from '../cli-context.ts';
import { warehouseInputs } from '../options/common-inputs.ts';
import { filesFolder, folderOf } from '../options/fetch-inputs.ts';
import { flag, value } from '../options/input.ts';
import { seasonYear } from '../options/option-values.ts';
import { keptAnswer } from '../output/kept-answer.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';

/** Flags that list dates. */
const lists = ['missing', 'failed'] as const;

type ListFlags = Readonly<Record<(typeof lists)[number], boolean>>;

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
    const kept = keptAnswer(context, tables, { verb: 'status', flags });
    const open = { ...flags, known: kept.known };
    return withEngine(context, tables, open, 'read', async (engine) => {
      const report = await lookAtStatus(engine, {
        location: flags.warehouse,
        season: flags.season,
        listed: lists.filter((list) => flags[list]),
      });
      printReport(kept.context, flags.json, {
        lines: statusLines(report, context, context.screenWidth?.()),
        json: statusJson(report),
      });
      return kept.keep(0);
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
