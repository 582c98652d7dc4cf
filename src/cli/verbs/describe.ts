import { findIn } from '../../engine/choose-tables.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { ledgerTables } from '../../ledger/ledger-tables.ts';
import { contractJson, contractLines, fits } from '../../report/contract-report.ts';
import { describeJson, describeLines } from '../../report/table-text.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import { compareFeatures } from '../../table/feature-contract.ts';
import { common } from '../options/common-inputs.ts';
import { offering, value, word } from '../options/input.ts';
import { once } from '../options/option-values.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';
import { readFeatureNames } from '../work/read-feature-names.ts';

/**
 * Tells what a table is by its definition; needs no warehouse. With `--fits` it holds the features of a file against
 * those that the table promises, and its exit code is 7 where they differ.
 */
export const describeVerb = defineVerb({
  inputs: {
    table: offering('tables', word('any table')),
    fits: value(
      '<file>',
      'whether a file of rows, or a list of names, has the features of the table',
      once,
    ),
    json: common.json,
  },
  example: [
    'backcourt describe team_defense_zone_analysis',
    'backcourt describe ml_feature_store_v2 --fits model-features.json',
  ],
  async run(context, tables, flags) {
    const table = findIn([...tables.all, ...ledgerTables], flags.table);
    const { fits: file, json } = flags;
    if (file === undefined) {
      printReport(context, json, { lines: describeLines(table), json: describeJson(table) });
      return exitCodes.done;
    }
    const contract = tables.computed.find(({ name }) => name === table.name)?.contract;
    if (contract === undefined) {
      const promising = tables.computed.filter((own) => own.contract).map(({ name }) => name);
      throw new UsageError(
        `--fits: ${table.name} promises no features; these do: ${promising.join(', ')}`,
      );
    }
    const difference = compareFeatures(contract, await readFeatureNames(context, file));
    const report = { table: table.name, file, contract, difference };
    printReport(context, json, { lines: contractLines(report), json: contractJson(report) });
    return fits(report) ? exitCodes.done : exitCodes.difference;
  },
});
