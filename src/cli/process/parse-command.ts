import { type Command, CommanderError } from 'commander';
import { UsageError } from '../../engine/usage-error.ts';
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
    const isParsers = error instanceof CommanderError;
    const told = isParsers
      ? new UsageError(parserText(error, helpOf(context, command, argv)))
      : error;
    return exitWith(context, told, argv.includes('--json'));
  }
}

/** What the parser found, as all errors are written: on one line, with the nearest right name or where to look. */
function parserText({ message, code }: CommanderError, help: string): string {
  const text = message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*)\?\)$/, '; did you mean $1?');
  const isEnough = code === 'commander.invalidArgument' || text.endsWith('?');
  return isEnough ? text : `${text.replace(/\.$/, '')}; what it takes: ${help}`;
}

/** The command that shows what was to be typed: the help of the verb, where one was. */
function helpOf({ invocation }: CliContext, command: Command, [first]: readonly string[]): string {
  if (command.commands.length === 0) return `${invocation.self} --help`;
  const verb = command.commands.find((one) => one.name() === first);
  return `${invocation.command}${verb ? ` ${verb.name()}` : ''} --help`;
}
