import { CommanderError } from 'commander';
import { loadTables } from '../table/table-registry.ts';
import type { CliContext } from './cli-context.ts';
import type { CopyFlags } from './copy-verb.ts';
import type { DemoFlags } from './demo-verb.ts';
import type { DiffFlags } from './diff-verb.ts';
import { exitWith } from './exit-with.ts';
import type { ExplainFlags } from './explain-verb.ts';
import type { ExportFlags } from './export-verb.ts';
import { harmlessOutput } from './harmless-output.ts';
import type { IngestFlags } from './ingest-verb.ts';
import { makeCommand } from './make-command.ts';
import type { PlanVerbFlags } from './plan-verb.ts';
import {
  addCopyOptions,
  addDemoOptions,
  addDiffOptions,
  addExplainOptions,
  addExportOptions,
  addIngestOptions,
  addPlanOptions,
  addRetryOptions,
  addRunOptions,
  addServeOptions,
  addStatusOptions,
  addVerifyOptions,
  ingestSourcesHelp,
} from './program.ts';
import type { RetryFlags } from './retry-verb.ts';
import type { RunFlags } from './run-flags.ts';
import type { ServeFlags } from './serve-verb.ts';
import type { StatusFlags } from './status-verb.ts';
import { systemContext } from './system-context.ts';
import type { VerifyFlags } from './verify-verb.ts';

const description = `NBA analytics and feature tables for every game date in history,
with proof that what was written is right.`;

/**
 * Runs one command line. A verb is loaded when it is asked for: "nothing to do" must not wait for the
 * web server. @returns the exit code; errors are printed, never thrown.
 */
export async function main(argv: readonly string[], given: CliContext): Promise<number> {
  const context = harmlessOutput(given);
  let exitCode = 0;
  const make = (name: string) => makeCommand(name, context.stdout, context.stderr);
  const program = make('backcourt').description(description).version(context.packageVersion);

  program.addCommand(
    addDemoOptions(make('demo'))
      .description('play a simulated league, ingest it, backfill it, show the grid')
      .action(async (flags: DemoFlags) => {
        const { demoVerb } = await import('./demo-verb.ts');
        exitCode = await demoVerb(context, await loadTables(), flags);
      }),
  );
  program.addCommand(
    addIngestOptions(make('ingest'))
      .description('load files; only dates whose content changed are rewritten')
      .argument('<source>', 'what the files are, see below')
      .argument('[files...]', '.parquet, .csv or .csv.gz')
      .addHelpText('after', ingestSourcesHelp)
      .action(async (source: string, files: readonly string[], flags: IngestFlags) => {
        const { ingestVerb } = await import('./ingest-verb.ts');
        exitCode = await ingestVerb(context, await loadTables(), source, files, flags);
      }),
  );
  program.addCommand(
    addPlanOptions(make('plan'))
      .description('tell what a run would do, why, and what it would take; write nothing')
      .addHelpText(
        'after',
        '\nExample:\n  backcourt plan --backfill --save tonight.json\n  backcourt run --plan tonight.json',
      )
      .action(async (flags: PlanVerbFlags) => {
        const { planVerb } = await import('./plan-verb.ts');
        exitCode = await planVerb(context, await loadTables(), flags);
      }),
  );
  program.addCommand(
    addRunOptions(make('run'), false)
      .description('compute tables for dates; what is done and unchanged is skipped')
      .addHelpText(
        'after',
        '\nExample:\n  backcourt run --backfill --start-date 2021-10-19 --end-date 2025-06-22\n  backcourt run --dates 2025-11-29',
      )
      .action(async (flags: RunFlags) => {
        const { runVerb } = await import('./run-verb.ts');
        exitCode = await runVerb(context, await loadTables(), flags);
      }),
  );
  program.addCommand(
    addStatusOptions(make('status'))
      .description('the coverage grid, table × season, against the schedule')
      .addHelpText('after', '\nExample:\n  backcourt status --season 2023 --missing')
      .action(async (flags: StatusFlags) => {
        const { statusVerb } = await import('./status-verb.ts');
        exitCode = await statusVerb(context, await loadTables(), flags);
      }),
  );
  program.addCommand(
    addExportOptions(make('export'))
      .description('write the rows of a table to a Parquet or CSV file')
      .argument('<table>', 'a computed table')
      .addHelpText(
        'after',
        '\nExample:\n  backcourt export ml_feature_store --with-labels --out training.parquet',
      )
      .action(async (table: string, flags: ExportFlags) => {
        const { exportVerb } = await import('./export-verb.ts');
        exitCode = await exportVerb(context, await loadTables(), table, flags);
      }),
  );
  program.addCommand(
    addCopyOptions(make('copy'))
      .description('copy dates and their ledger rows to another warehouse, verified by hash')
      .addHelpText(
        'after',
        `
Example:
  backcourt copy --from backcourt.duckdb --to bigquery://my-project/dev`,
      )
      .action(async (flags: CopyFlags) => {
        const { copyVerb } = await import('./copy-verb.ts');
        exitCode = await copyVerb(context, await loadTables(), flags);
      }),
  );
  program.addCommand(
    addRetryOptions(make('retry'))
      .description('work the failed dates of a run again, with the options it had')
      .argument('[run]', 'id of the run (default: the latest run)')
      .addHelpText('after', '\nExample:\n  backcourt retry')
      .action(async (run: string | undefined, flags: RetryFlags) => {
        const { retryVerb } = await import('./retry-verb.ts');
        exitCode = await retryVerb(context, await loadTables(), run, flags);
      }),
  );
  program.addCommand(
    addVerifyOptions(make('verify'))
      .description('prove what stands in the warehouse; all four proofs unless some are named')
      .addHelpText(
        'after',
        '\nExample:\n  backcourt verify --no-lookahead --sample 20 --tables player_daily_cache',
      )
      .action(async (flags: VerifyFlags) => {
        const { verifyVerb } = await import('./verify-verb.ts');
        exitCode = await verifyVerb(context, await loadTables(), flags);
      }),
  );
  program.addCommand(
    addExplainOptions(make('explain'))
      .description('why a table and date is what it is, what it read, what would follow')
      .argument('<table>', 'any table')
      .argument('<date>', 'YYYY-MM-DD')
      .addHelpText(
        'after',
        '\nExample:\n  backcourt explain team_defense_zone_analysis 2024-01-26 --key BOS',
      )
      .action(async (table: string, date: string, flags: ExplainFlags) => {
        const { explainVerb } = await import('./explain-verb.ts');
        exitCode = await explainVerb(context, await loadTables(), table, date, flags);
      }),
  );
  program.addCommand(
    addDiffOptions(make('diff'))
      .description('what a recomputation of one date would change, row by row; write nothing')
      .argument('<table>', 'a table that is computed')
      .argument('<date>', 'YYYY-MM-DD')
      .addHelpText('after', '\nExample:\n  backcourt diff player_game_summary 2023-12-01')
      .action(async (table: string, date: string, flags: DiffFlags) => {
        const { diffVerb } = await import('./diff-verb.ts');
        exitCode = await diffVerb(context, await loadTables(), table, date, flags);
      }),
  );
  program.addCommand(
    addServeOptions(make('serve'))
      .description('show the warehouse in a browser, on this machine alone; write nothing')
      .addHelpText('after', '\nExample:\n  backcourt serve --warehouse demo.duckdb')
      .action(async (flags: ServeFlags) => {
        const { serveVerb } = await import('./serve-verb.ts');
        exitCode = await serveVerb(context, await loadTables(), flags);
      }),
  );

  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return exitWith(context, error, argv.includes('--json'));
  }
}

/** The process: real streams, real clock, exit code set. */
export async function runMain(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), systemContext());
}
