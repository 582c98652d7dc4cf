import { findIn } from '../../engine/choose-tables.ts';
import { ledgerTables } from '../../ledger/ledger-tables.ts';
import { describeJson, describeLines } from '../../report/table-text.ts';
import { common } from '../options/common-inputs.ts';
import { offering, word } from '../options/input.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';

/** Tells what a table is by its definition; needs no warehouse. */
export const describeVerb = defineVerb({
  inputs: { table: offering('tables', word('any table')), json: common.json },
  example: ['backcourt describe team_defense_zone_analysis'],
  async run(context, tables, flags) {
    const table = findIn([...tables.all, ...ledgerTables], flags.table);
    printReport(context, flags.json, { lines: describeLines(table), json: describeJson(table) });
    return 0;
  },
});
