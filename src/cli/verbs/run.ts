import { common, unitInputs } from '../options/common-inputs.ts';
import { value } from '../options/input.ts';
import { once, wholeNumber } from '../options/option-values.ts';
import { defineVerb } from '../verb.ts';
import { carryOut } from '../work/carry-out.ts';
import { freshJob } from '../work/fresh-job.ts';

/** Computes tables for dates, or carries out a saved plan. */
export const runVerb = defineVerb({
  inputs: {
    ...unitInputs,
    dryRun: common.dryRun,
    maxFailures: value('<n>', 'stop after so many failed dates', wholeNumber(1)),
    maxBytes: common.maxBytes,
    reason: common.reason,
    threads: common.threads,
    verbose: common.verbose,
    plan: value('<file>', 'carry out exactly this saved plan', once),
    snapshot: value('<folder>', 'then write there, as Parquet, what changed', once),
    alertUrl: value(
      '<url>',
      'daily mode: post what goes wrong there (or set BACKCOURT_ALERT_URL)',
      once,
    ),
  },
  example: [
    'backcourt run --backfill --start-date 2021-10-19 --end-date 2025-06-22',
    'backcourt run --dates 2025-11-29',
  ],
  async run(context, tables, flags) {
    // What is rewritten is named: nobody means all of history by leaving something out.
    const datesRequired = !flags.backfill || flags.rewrite;
    const job =
      flags.plan === undefined
        ? freshJob(context, tables, flags, datesRequired)
        : (await import('../work/saved-job.ts')).savedJob(context, tables, flags, flags.plan);
    return carryOut(context, tables, flags, job);
  },
});
