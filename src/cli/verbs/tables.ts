import { tableListJson, tableListLines } from '../../report/table-text.ts';
import { common } from '../options/common-inputs.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';

/** Lists all tables; needs no warehouse. */
export const tablesVerb = defineVerb({
  inputs: { json: common.json },
  example: ['backcourt tables'],
  async run(context, { all }, { json }) {
    printReport(context, json, { lines: tableListLines(all), json: tableListJson(all) });
    return 0;
  },
});
