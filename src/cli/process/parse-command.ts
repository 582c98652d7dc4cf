import { type Command, CommanderError } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { exitWith } from './exit-with.ts';

/**
 * Lets a command read its line and do its work.
 * @param make the command, which tells its exit code to `done`.
 * @returns the exit code; errors are printed, never thrown.
 */
export async function parseCommand(
  context: CliContext,
  argv: readonly string[],
  make: (done: (exitCode: number) => void) => Command,
): Promise<number> {
  let exitCode = 0;
  const command = make((code) => {
    exitCode = code;
  });
  try {
    await command.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return exitWith(context, error, argv.includes('--json'));
  }
}
