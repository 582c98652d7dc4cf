import { Command, Help, type Option } from 'commander';
import type { CliContext } from '../cli-context.ts';

/** Describes an option, but not the default of a flag that is off unless given, which goes without saying. */
function optionDescription(shown: Option): string {
  return shown.defaultValue === false ? shown.description : new Help().optionDescription(shown);
}

/** A command that throws instead of leaving the process, and writes where it is told to. */
export function makeCommand(
  name: string,
  { stdout, stderr }: Pick<CliContext, 'stdout' | 'stderr'>,
): Command {
  return new Command(name)
    .exitOverride()
    .configureOutput({ writeOut: stdout, writeErr: stderr, outputError: () => undefined })
    .showSuggestionAfterError(true)
    .helpOption('-h, --help', 'show this help')
    .configureHelp({
      helpWidth: 80,
      sortOptions: false,
      optionDescription,
      // The list names a verb alone, for its own help tells what it takes.
      subcommandTerm: (verb) => verb.name(),
    });
}
