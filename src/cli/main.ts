import { UsageError } from '../engine/usage-error.ts';
import { quote } from '../plan/quote.ts';
import { unknownName } from '../table/nearest-name.ts';
import type { CliContext } from './cli-context.ts';
import type { VerbGroup } from './listed-verb.ts';
import { makeCommand } from './options/make-command.ts';
import { harmlessOutput } from './output/harmless-output.ts';
import { leaveOwnCode } from './process/leave-own-code.ts';
import { parseCommand } from './process/parse-command.ts';
import { systemContext } from './process/system-context.ts';
import { equip } from './verb.ts';
import { verbList } from './verb-list.ts';

const description = `NBA analytics and feature tables for every game date in history,
with proof that what was written is right.`;

const groups: Readonly<Record<VerbGroup, string>> = {
  Look: 'Look, writing nothing:',
  Work: 'Work:',
  Prove: 'Prove, writing nothing:',
  Move: 'Move:',
};

/**
 * Runs one command line. A verb is loaded when it is asked for: "nothing to do" must not wait for the
 * web server. @returns the exit code; errors are printed, never thrown.
 */
export function main(argv: readonly string[], given: CliContext): Promise<number> {
  const context = harmlessOutput(given);
  const asked = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  return parseCommand(context, asked, (done) => {
    const program = makeCommand('backcourt', context)
      .usage('<verb> [flags]')
      .description(description)
      .version(context.packageVersion)
      .option('--project <folder>', 'folder with backcourt.config.ts (default: this one)')
      .helpCommand(false)
      .addHelpText('after', '\nWhat a verb takes, with an example: backcourt <verb> --help')
      .on('command:*', ([name = '']: readonly string[]) => {
        throw new UsageError(
          unknownName(
            'verb',
            name,
            verbList.map((verb) => verb.name),
          ),
        );
      });
    for (const { name, group, says } of verbList) {
      program.addCommand(makeCommand(name, context).description(says).helpGroup(groups[group]));
    }
    return program.hook('preSubcommand', async (_, command) => {
      const listed = verbList.find(({ name }) => name === command.name());
      if (listed) equip(command, inProject(context, program.opts()), await listed.load(), done);
    });
  });
}

/** The flag stands before the verb, in what is typed and in every command that is printed. */
function inProject(
  context: CliContext,
  { project = context.invocation.project }: { readonly project?: string },
): CliContext {
  if (project === undefined) return context;
  const { invocation } = context;
  const flag = ` --project ${quote(project)}`;
  const isJob = !invocation.self.endsWith(' run');
  return {
    ...context,
    invocation: {
      ...invocation,
      project,
      command: invocation.command + flag,
      self: isJob ? invocation.self : `${invocation.command}${flag} run`,
    },
  };
}

/** The process: real streams, real clock, exit code set. */
export async function runMain(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), systemContext());
  await leaveOwnCode();
}
