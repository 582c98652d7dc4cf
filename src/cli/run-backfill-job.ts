import type { CliContext } from './cli-context.ts';
import { makeCommand } from './options/make-command.ts';
import { harmlessOutput } from './output/harmless-output.ts';
import { leaveOwnCode } from './process/leave-own-code.ts';
import { parseCommand } from './process/parse-command.ts';
import { systemContext } from './process/system-context.ts';
import { defineVerb, equip } from './verb.ts';
import { runVerb } from './verbs/run.ts';
import { carryOut } from './work/carry-out.ts';
import { freshJob } from './work/fresh-job.ts';

/**
 * A backfill job: `backcourt run --backfill` for one table. Backfill mode is on, so that lookback
 * gaps are warnings and nothing downstream is triggered. Sets the process's exit code.
 */
export async function runBackfillJob(table: string, argv: readonly string[]): Promise<void> {
  process.exitCode = await backfillJob(systemContext(), table, argv);
  await leaveOwnCode();
}

/** The job of a table in given surroundings. @returns the exit code; errors are printed, never thrown. */
export function backfillJob(
  given: CliContext,
  table: string,
  argv: readonly string[],
): Promise<number> {
  const context = harmlessOutput(given);
  return parseCommand(context, argv, (done) => {
    const command = makeCommand(`${table} backfill`, context).description(`backfill of ${table}`);
    // A job knows its table and its mode, which a saved plan would say too, and has a line per date anywhere.
    const {
      tables: _tables,
      backfill: _backfill,
      plan: _plan,
      verbose: _verbose,
      ...inputs
    } = runVerb.inputs;
    const job = defineVerb({
      inputs,
      example: [],
      run: (inContext, definitions, asked) => {
        const ofTable = { ...asked, tables: table, backfill: true };
        return carryOut(
          inContext,
          definitions,
          { ...asked, verbose: true },
          freshJob(inContext, definitions, ofTable, true),
        );
      },
    });
    return equip(command, context, job, done);
  });
}
