import { withWarehouse } from '../../engine/open-warehouse.ts';
import { runsJson, runsLines } from '../../report/runs-report.ts';
import { readRuns } from '../../serve/read-runs.ts';
import { warehouseInputs } from '../options/common-inputs.ts';
import { valueOr } from '../options/input.ts';
import { wholeNumber } from '../options/option-values.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';

/** Lists the last runs of the ledger. */
export const runsVerb = defineVerb({
  inputs: {
    ...warehouseInputs,
    last: valueOr(20, '<n>', 'how many', wholeNumber(1, 100_000)),
  },
  example: ['backcourt runs --last 5'],
  run(context, tables, { warehouse: location, wait: waitSeconds, last, json }) {
    const open = { location, mode: 'read', create: false, waitSeconds } as const;
    return withWarehouse(context, tables, open, async (warehouse) => {
      const runs = await readRuns(warehouse, last);
      printReport(context, json, { lines: runsLines(runs), json: runsJson(runs) });
      return 0;
    });
  },
});
