import { withWarehouse } from '../../engine/open-warehouse.ts';
import { UsageError } from '../../engine/usage-error.ts';
import {
  countFormerRecords,
  forgetStatements,
  sizeOfChanges,
} from '../../ledger/remembered-changes.ts';
import { pruneJson, pruneLines } from '../../report/prune-report.ts';
import { warehouseInputs } from '../options/common-inputs.ts';
import { flag, value } from '../options/input.ts';
import { once } from '../options/option-values.ts';
import { readPastTime } from '../options/read-time.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';

/** Forgets what was changed before a time: nothing else ever does. Without `--yes` it only tells how much that is. */
export const pruneVerb = defineVerb({
  inputs: {
    before: value('<time>', 'YYYY-MM-DD[THH:MM[:SS]], UTC, today or yesterday', once),
    yes: flag('do it; without this it only tells what would go'),
    ...warehouseInputs,
  },
  example: ['backcourt prune --before 2024-07-01', 'backcourt prune --before 2024-07-01 --yes'],
  async run(context, tables, flags) {
    if (flags.before === undefined) throw new UsageError('before when? give --before <time>');
    const before = readPastTime('--before', flags.before, context.clock.now());
    const open = {
      location: flags.warehouse,
      mode: flags.yes ? 'write' : 'read',
      create: false,
      waitSeconds: flags.wait,
    } as const;
    return withWarehouse(context, tables, open, async (warehouse) => {
      const size = await sizeOfChanges(warehouse, before);
      const records = size === undefined ? 0 : await countFormerRecords(warehouse, before);
      if (flags.yes) await warehouse.commit(forgetStatements(warehouse.dialect, before));
      const report = {
        before,
        size: size ?? { rows: 0, characters: 0 },
        records,
        isDone: flags.yes,
      };
      printReport(context, flags.json, {
        lines: pruneLines(report, context.command),
        json: pruneJson(report),
      });
      return 0;
    });
  },
});
