import { type Command, Option } from 'commander';
import {
  defaultSimulatedYear,
  firstSimulatedYear,
  lastSimulatedYear,
} from '../../../simulation/simulated-years.ts';
import { sourceContents } from '../../ingest/source-contents.ts';
import { statesListedBy } from '../../plan/unit-state.ts';
import { anyOf } from '../../report/format.ts';
import { sourcesHelp } from '../../report/input-page.ts';
import { defaultWarehouse } from './default-warehouse.ts';
import {
  collect,
  hostAddress,
  once,
  warehouseFile,
  warehousePlace,
  wholeNumber,
} from './option-values.ts';

/**
 * The default of `--batch-days`: about four seasons. Memory stays bounded however long the history,
 * and a batch is large enough to keep every core busy while its rows are written.
 */
export const defaultBatchDays = 850;

/** Simulated seasons unless another first one is given; game ids write the years 1946 to 2045. */
const mostSeasons = lastSimulatedYear - defaultSimulatedYear + 1;

const option = {
  warehouse: () =>
    new Option('--warehouse <place>', 'DuckDB file, or bigquery://project[/prefix]')
      .default(defaultWarehouse)
      .argParser(warehouseFile),
  json: () => new Option('--json', 'one JSON object per line on stdout').default(false),
  wait: () =>
    new Option(
      '--wait <seconds>',
      'wait for another process to let go of the file (default: 5)',
    ).argParser(wholeNumber(0)),
  tables: () =>
    new Option('--tables <list>', 'tables, separated by commas (default: all)').argParser(once),
  processor: () =>
    new Option('--option <name=value>', 'processor option, repeatable: min_games, …')
      .default([], 'none')
      .argParser(collect),
  dryRun: () =>
    new Option('--dry-run', 'tell what would run and why; write nothing').default(false),
  threads: () =>
    new Option('--threads <n>', 'threads of the engine (default: one per core)').argParser(
      wholeNumber(1, 1024),
    ),
  maxBytes: () =>
    new Option(
      '--max-bytes <n>',
      'most bytes that one job of BigQuery may be billed for',
    ).argParser(wholeNumber(1)),
  reason: () => new Option('--reason <text>', 'kept with the run'),
  allowShrink: () =>
    new Option('--allow-shrink', 'replace a date even if rows would be lost').default(false),
};

/** Adds what every verb takes. */
export function addCommonOptions(command: Command): Command {
  return command.addOption(option.warehouse()).addOption(option.json()).addOption(option.wait());
}

function addDateOptions(command: Command): Command {
  return command
    .option('--start-date <date>', 'first day, YYYY-MM-DD', once)
    .option('--end-date <date>', 'last day, included', once)
    .option('--dates <list>', 'days, separated by commas, instead of a range', once);
}

/** Adds what says which units are meant and how they are worked. */
function addUnitOptions(command: Command, isJob: boolean): Command {
  addDateOptions(addCommonOptions(command));
  if (!isJob) {
    command
      .addOption(option.tables())
      .option(
        '--backfill',
        'history: gaps are warnings, nothing else is triggered (else: daily mode)',
        false,
      );
  }
  return command
    .option('--stale', 'only what is stale; without dates, over the whole schedule', false)
    .option('--rewrite', 'also what is done: compute and replace it, equal or not', false)
    .addOption(option.processor())
    .addOption(
      new Option(
        '--batch-days <n>',
        `most game dates per query; 1 is day by day (default: ${defaultBatchDays})`,
      ).argParser(wholeNumber(1)),
    )
    .addOption(option.allowShrink());
}

/** Adds what `plan` takes. */
export function addPlanOptions(command: Command): Command {
  return addUnitOptions(command, false)
    .option('--save <file>', 'keep the plan in a file for run --plan', once)
    .option(
      '--overwrite',
      'replace the file of --save, whatever it is; an earlier plan always',
      false,
    )
    .option('--sql', 'print every statement that the run would send', false);
}

/** Adds what `run` and the backfill jobs take; a job knows its table and its mode. */
export function addRunOptions(command: Command, isJob: boolean): Command {
  addUnitOptions(command, isJob)
    .addOption(option.dryRun())
    .addOption(
      new Option('--max-failures <n>', 'stop after so many failed dates').argParser(wholeNumber(1)),
    )
    .addOption(option.maxBytes())
    .addOption(option.reason())
    .addOption(option.threads());
  if (!isJob) command.option('--plan <file>', 'carry out exactly this saved plan', once);
  return command.option(
    '--alert-url <url>',
    'daily mode: post what goes wrong there (or set BACKCOURT_ALERT_URL)',
    once,
  );
}

/** What `ingest --help` says of its sources. */
export const ingestSourcesHelp = `
Sources:
${sourcesHelp(sourceContents)}

Files of one command are one load: all games of a date belong in it. docs/inputs lists the columns of each source.

Examples:
  backcourt ingest nba-stats playergamelogs_*.parquet shotchartdetail_*.parquet
  backcourt ingest schedule schedule.csv`;

export function addIngestOptions(command: Command): Command {
  return addDateOptions(addCommonOptions(command))
    .option('--rewrite', 'replace what stands, equal or not; with dates, only these', false)
    .addOption(option.allowShrink())
    .addOption(option.reason())
    .addOption(
      new Option('--seasons <n>', 'simulated: seasons to play (default: 4)').argParser(
        wholeNumber(1, lastSimulatedYear - firstSimulatedYear + 1),
      ),
    )
    .addOption(
      new Option(
        '--first-season <year>',
        `simulated: year in which the first season begins (default: ${defaultSimulatedYear})`,
      ).argParser(wholeNumber(firstSimulatedYear, lastSimulatedYear)),
    )
    .addOption(
      new Option('--seed <n>', 'simulated: another seed, another league (default: 1)').argParser(
        wholeNumber(0),
      ),
    );
}

export function addStatusOptions(command: Command): Command {
  return addCommonOptions(command)
    .addOption(
      new Option('--season <year>', 'only the season that begins in this year').argParser(
        wholeNumber(firstSimulatedYear),
      ),
    )
    .option('--missing', `list every date that is ${anyOf(statesListedBy('missing'))}`, false)
    .option('--failed', 'list every failed date with its reason', false);
}

export function addExportOptions(command: Command): Command {
  return addCommonOptions(command)
    .option('--out <file>', 'where to; replaced only with --overwrite', once)
    .option('--format <name>', 'parquet or csv (default: by the ending of --out)', once)
    .option('--start-date <date>', 'first day, YYYY-MM-DD (default: all scheduled dates)', once)
    .option('--end-date <date>', 'last day, included', once)
    .option(
      '--with-labels',
      'ml_feature_store: add played, actual points and minutes, the line',
      false,
    )
    .option('--allow-missing', 'export although dates of the range are not there', false)
    .option('--allow-mixed', 'export although dates were made with different options', false)
    .option('--overwrite', 'replace the file', false);
}

/** Adds what `copy` takes. */
export function addCopyOptions(command: Command): Command {
  const place = (flags: string, text: string) => new Option(flags, text).argParser(warehousePlace);
  command
    .addOption(place('--from <warehouse>', 'a DuckDB file, or bigquery://project[/prefix]'))
    .addOption(place('--to <warehouse>', 'the same; made if it is not there'));
  return addDateOptions(command)
    .addOption(option.tables())
    .option('--rewrite', 'also what both ledgers call equal: replace what stands there', false)
    .addOption(option.allowShrink())
    .addOption(
      new Option(
        '--batch-days <n>',
        `most dates per file and commit (default: ${defaultBatchDays})`,
      ).argParser(wholeNumber(1)),
    )
    .addOption(option.maxBytes())
    .addOption(option.reason())
    .addOption(option.json())
    .addOption(option.wait());
}

/** Adds what `verify` takes. */
export function addVerifyOptions(command: Command): Command {
  return addDateOptions(addCommonOptions(command))
    .addOption(option.tables())
    .option('--hashes', 'rows, hashes and records agree', false)
    .option('--quality', 'the checks of the definitions hold for the stored rows', false)
    .option('--batch-equals-daily', 'a date computed alone gives what stands there', false)
    .option('--no-lookahead', 'nothing from the date on, gone or disturbed, moves a row')
    .addOption(
      new Option('--sample <n>', 'most dates per table; 0 for all')
        .default(5)
        .argParser(wholeNumber(0)),
    )
    .option('--seed <text>', 'draws the same sample again (default: another each time)', once);
}

/** Adds what `retry` takes. */
export function addRetryOptions(command: Command): Command {
  return addCommonOptions(command)
    .addOption(option.dryRun())
    .addOption(option.reason())
    .addOption(option.threads());
}

/** Adds what `diff` takes. */
export function addDiffOptions(command: Command): Command {
  return addCommonOptions(command).addOption(option.processor());
}

/** Adds what `explain` takes. */
export function addExplainOptions(command: Command): Command {
  return addCommonOptions(command).option(
    '--key <key>',
    'also tell what became of one team or player: the key without the date',
    once,
  );
}

/** Adds what `serve` takes. */
export function addServeOptions(command: Command): Command {
  return addCommonOptions(command)
    .addOption(
      new Option('--port <n>', 'port to listen on; 0 for a free one')
        .default(8475)
        .argParser(wholeNumber(0, 65_535)),
    )
    .addOption(
      new Option('--host <address>', 'address to listen on; beyond loopback others can read')
        .default('127.0.0.1')
        .argParser(hostAddress),
    );
}

export function addDemoOptions(command: Command): Command {
  return command
    .addOption(option.warehouse().default('./demo.duckdb'))
    .addOption(option.json())
    .addOption(
      new Option('--seasons <n>', 'seasons to play (default: 4)').argParser(
        wholeNumber(1, mostSeasons),
      ),
    )
    .option('--overwrite', 'replace a simulated warehouse that the demo has not made', false);
}
