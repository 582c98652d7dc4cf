import type { Command } from 'commander';
import { pasteable } from '../engine/pasteable.ts';
import { loadTables, type TableRegistry } from '../table/table-registry.ts';
import type { CliContext, VerbContext } from './cli-context.ts';
import { common } from './options/common-inputs.ts';
import { type Asked, fallbacksOf, type Inputs, valuesOf } from './options/input.ts';
import { findProject } from './process/find-project.ts';
import { findWarehouse } from './process/find-warehouse.ts';

/** A verb: what it takes, how it is typed, and its work. */
export interface Verb<I extends Inputs = Inputs> {
  readonly inputs: I;
  /** Lines of its help between the flags and the example. */
  readonly notes?: string;
  /** Command lines that can be typed. */
  readonly example: readonly string[];
  /** @returns the exit code; throws what {@link exitWith} knows. */
  run(context: VerbContext, tables: TableRegistry, asked: Asked<I>): Promise<number>;
}

/** Gives the work of a verb the types of what it takes. */
export function defineVerb<const I extends Inputs>(verb: Verb<I>): Verb<I> {
  return verb;
}

/** Lets a command take what a verb takes and do its work. @param done hears the exit code. */
export function equip(
  command: Command,
  context: CliContext,
  verb: Verb,
  done: (exitCode: number) => void,
): Command {
  for (const [key, input] of Object.entries(verb.inputs)) input.addTo(command, key);
  const notes = verb.notes === undefined ? '' : `\n${verb.notes}\n`;
  const example = ['', 'Example:', ...verb.example.map((line) => `  ${line}`)].join('\n');
  return command
    .addHelpText('after', verb.example.length > 0 ? notes + example : notes)
    .action(async () => {
      const { project, tables } = await findTables(context);
      done(await callVerb(verb, { ...context, project }, tables, valuesOf(command)));
    });
}

/** The tables of Backcourt, and with a project its own; of each that is left out, and of files that are passed over, a line says why. */
async function findTables(context: CliContext) {
  const project = await findProject(context);
  const builtIn = await loadTables();
  if (!project) return { project, tables: builtIn };
  if (context.ownsProcess === true)
    (await import('./process/guard-own-code.ts')).guardOwnCode(context.stderr);
  const [{ addOwnTables }, { ownFiles }] = await Promise.all([
    import('../project/load-project.ts'),
    import('../project/own-files.ts'),
  ]);
  for (const note of ownFiles(project.tables).passedOver) context.stderr(`warning: ${note}\n`);
  const tables = await addOwnTables(builtIn, project);
  for (const { error } of tables.broken)
    context.stderr(`warning: ${error}; the table is left out\n`);
  return { project, tables };
}

/** Does the work of a verb. @param given what is asked; the rest is as when it is not typed. */
export function callVerb<I extends Inputs>(
  verb: Verb<I>,
  context: CliContext,
  tables: TableRegistry,
  given: Partial<Asked<I>>,
): Promise<number> {
  const isFound = verb.inputs['warehouse'] === common.warehouse && !('warehouse' in given);
  const found = isFound ? { warehouse: findWarehouse(context) } : {};
  const asked = { ...fallbacksOf(verb.inputs), ...given, ...found };
  const { warehouse }: { readonly warehouse?: string } = asked;
  const command = (text: string) => pasteable(context.invocation, text, warehouse);
  return verb.run({ ...context, command }, tables, asked);
}
