import { CommanderError } from 'commander';
import { loadTables } from '../table/table-registry.ts';
import type { CliContext } from './cli-context.ts';
import { makeCommand } from './options/make-command.ts';
import { addRunOptions } from './options/program.ts';
import type { RunFlags } from './options/run-flags.ts';
import { harmlessOutput } from './output/harmless-output.ts';
import { exitWith } from './process/exit-with.ts';
import { systemContext } from './process/system-context.ts';
import { runVerb } from './verbs/run.ts';

/**
 * A backfill job: `backcourt run --backfill` for one table. Backfill mode is on, so that lookback
 * gaps are warnings and nothing downstream is triggered. Sets the process's exit code.
 */
export async function runBackfillJob(table: string, argv: readonly string[]): Promise<void> {
  process.exitCode = await backfillJob(systemContext(), table, argv);
}

/** The job of a table in given surroundings. @returns the exit code; errors are printed, never thrown. */
export async function backfillJob(
  given: CliContext,
  table: string,
  argv: readonly string[],
): Promise<number> {
  const context = harmlessOutput(given);
  let exitCode = 0;
  const command = addRunOptions(
    makeCommand(`${table} backfill`, context.stdout, context.stderr),
    true,
  )
    .description(`backfill of ${table}`)
    .action(async (flags: RunFlags) => {
      const job = { ...flags, tables: table, backfill: true };
      exitCode = await runVerb(context, await loadTables(), job);
    });
  try {
    await command.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return exitWith(context, error, argv.includes('--json'));
  }
}
