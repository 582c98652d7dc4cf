import { ledgerTables } from '../../ledger/ledger-tables.ts';
import { tableListJson, tableListLines } from '../../report/table-text.ts';
import { common } from '../options/common-inputs.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';

/** Lists all tables; needs no warehouse. */
export const tablesVerb = defineVerb({
  inputs: { json: common.json },
  example: ['backcourt tables'],
  async run(context, { all }, { json }) {
    const tables = [...all, ...ledgerTables];
    printReport(context, json, { lines: tableListLines(tables), json: tableListJson(tables) });
    return 0;
  },
});
