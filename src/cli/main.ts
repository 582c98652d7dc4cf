import { CommanderError } from 'commander';
import { loadTables } from '../table/table-registry.ts';
import type { CliContext } from './cli-context.ts';
import { makeCommand } from './options/make-command.ts';
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
} from './options/program.ts';
import type { RunFlags } from './options/run-flags.ts';
import { harmlessOutput } from './output/harmless-output.ts';
import { exitWith } from './process/exit-with.ts';
import { systemContext } from './process/system-context.ts';
import type { CopyFlags } from './verbs/copy.ts';
import type { DemoFlags } from './verbs/demo.ts';
import type { DiffFlags } from './verbs/diff.ts';
import type { ExplainFlags } from './verbs/explain.ts';
import type { ExportFlags } from './verbs/export.ts';
import type { IngestFlags } from './verbs/ingest.ts';
import type { PlanVerbFlags } from './verbs/plan.ts';
import type { RetryFlags } from './verbs/retry.ts';
import type { ServeFlags } from './verbs/serve.ts';
import type { StatusFlags } from './verbs/status.ts';
import type { VerifyFlags } from './verbs/verify.ts';

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
        const { demoVerb } = await import('./verbs/demo.ts');
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
        const { ingestVerb } = await import('./verbs/ingest.ts');
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
        const { planVerb } = await import('./verbs/plan.ts');
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
        const { runVerb } = await import('./verbs/run.ts');
        exitCode = await runVerb(context, await loadTables(), flags);
      }),
  );
  program.addCommand(
    addStatusOptions(make('status'))
      .description('the coverage grid, table × season, against the schedule')
      .addHelpText('after', '\nExample:\n  backcourt status --season 2023 --missing')
      .action(async (flags: StatusFlags) => {
        const { statusVerb } = await import('./verbs/status.ts');
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
        const { exportVerb } = await import('./verbs/export.ts');
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
        const { copyVerb } = await import('./verbs/copy.ts');
        exitCode = await copyVerb(context, await loadTables(), flags);
      }),
  );
  program.addCommand(
    addRetryOptions(make('retry'))
      .description('work the failed dates of a run again, with the options it had')
      .argument('[run]', 'id of the run (default: the latest run)')
      .addHelpText('after', '\nExample:\n  backcourt retry')
      .action(async (run: string | undefined, flags: RetryFlags) => {
        const { retryVerb } = await import('./verbs/retry.ts');
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
        const { verifyVerb } = await import('./verbs/verify.ts');
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
        const { explainVerb } = await import('./verbs/explain.ts');
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
        const { diffVerb } = await import('./verbs/diff.ts');
        exitCode = await diffVerb(context, await loadTables(), table, date, flags);
      }),
  );
  program.addCommand(
    addServeOptions(make('serve'))
      .description('show the warehouse in a browser, on this machine alone; write nothing')
      .addHelpText('after', '\nExample:\n  backcourt serve --warehouse demo.duckdb')
      .action(async (flags: ServeFlags) => {
        const { serveVerb } = await import('./verbs/serve.ts');
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
