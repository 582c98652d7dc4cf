import { pasteable } from '../../engine/pasteable.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { pastJson, pastLines } from '../../report/past-report.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import { parseBigQueryLocation } from '../../warehouse/bigquery/connect.ts';
import { leftLogs } from '../../warehouse/duckdb/left-log.ts';
import { warehouseInputs } from '../options/common-inputs.ts';
import { optionalWord, value } from '../options/input.ts';
import { warehousePlace, wholeNumber } from '../options/option-values.ts';
import { readPastTime } from '../options/read-time.ts';
import { printReport } from '../output/print-report.ts';
import { checkOutputFile, writeWhole } from '../process/output-file.ts';
import { defineVerb } from '../verb.ts';
import { makePast } from '../work/make-past.ts';

/**
 * Makes a DuckDB file with the inputs as they were known at a time, for every verb to work on. With `--before-tipoff` of
 * lines, props and reports those alone that were seen so long before the game.
 */
export const asKnownAtVerb = defineVerb({
  inputs: {
    time: optionalWord('YYYY-MM-DD[THH:MM[:SS]], UTC, today or yesterday (default: now)'),
    to: value('<file>', 'the DuckDB file to make', warehousePlace),
    beforeTipoff: value(
      '<minutes>',
      'only lines, props and reports seen so long before tip-off',
      wholeNumber(0, 100_000),
    ),
    ...warehouseInputs,
  },
  example: [
    'backcourt as-known-at 2025-01-21T15:00 --to past.duckdb',
    'backcourt as-known-at --before-tipoff 60 --to hour-before.duckdb',
  ],
  async run(context, tables, flags) {
    const { to, beforeTipoff: minutesBefore, warehouse: location, wait: waitSeconds } = flags;
    const now = context.clock.now();
    if (flags.time === undefined && minutesBefore === undefined) {
      throw new UsageError('as known when? give a time, or --before-tipoff <minutes>');
    }
    const time = flags.time === undefined ? now : readPastTime('<time>', flags.time, now);
    if (to === undefined)
      throw new UsageError('which file? give --to, for example --to past.duckdb');
    if (parseBigQueryLocation(to) !== undefined) {
      throw new UsageError(
        `--to "${to}": the past is made as a DuckDB file; copy brings it elsewhere`,
      );
    }
    checkOutputFile({ flag: '--to', path: to });
    const [log] = leftLogs(to);
    if (log !== undefined) {
      throw new UsageError(
        `--to "${to}": "${log}" lies there, the log of another file; delete it first`,
      );
    }
    const request = { location, waitSeconds, time, minutesBefore };
    const { restored, cut, units, hasFailed } = await writeWhole(to, (path) =>
      makePast(context, tables, request, path),
    );
    if (!units) throw new Error('outdated dates were to be removed');
    const report = { from: location, to, time, minutesBefore, restored, cut, units, hasFailed };
    const command = (text: string) => pasteable(context.invocation, text, to);
    printReport(context, flags.json, { lines: pastLines(report, command), json: pastJson(report) });
    return hasFailed ? exitCodes.failed : exitCodes.done;
  },
});
