import { Command } from 'commander';
import { UsageError } from '../../engine/usage-error.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { ListedVerb } from '../listed-verb.ts';
import type { Offers } from '../options/input.ts';
import { offering, word } from '../options/input.ts';
import { type CompletedVerb, completionScripts } from '../output/completion-scripts.ts';
import { defineVerb } from '../verb.ts';

const shells = Object.keys(completionScripts);

/** Prints what a shell needs to complete a command line with these verbs; needs no warehouse. */
export const completionVerb = (verbs: readonly ListedVerb[]) =>
  defineVerb({
    inputs: { shell: offering(shells, word(shells.join(', '))) },
    example: ['backcourt completion bash'],
    async run(context, tables, { shell }) {
      const script = Object.entries(completionScripts).find(([name]) => name === shell)?.[1];
      if (!script) throw new UsageError(`"${shell}" is none of ${shells.join(', ')}`);
      const completed = await Promise.all(verbs.map((listed) => completedVerb(listed, tables)));
      context.stdout(script(completed));
      return 0;
    },
  });

async function completedVerb(
  { name, says, load }: ListedVerb,
  tables: TableRegistry,
): Promise<CompletedVerb> {
  const inputs = Object.entries((await load()).inputs);
  const taken = inputs.map(([key, input]) => {
    const command = new Command();
    input.addTo(command, key);
    return { option: command.options[0], offers: namesOf(input.offers, tables) };
  });
  return {
    name,
    says,
    firstWords: taken.flatMap(({ option, offers }) => (option ? [] : offers)),
    flags: taken.flatMap(({ option, offers }) =>
      option === undefined
        ? []
        : [
            {
              name: option.name(),
              says: option.description,
              takesValue: option.required,
              values: offers,
            },
          ],
    ),
  };
}

function namesOf(offers: Offers | undefined, tables: TableRegistry): readonly string[] {
  if (offers === undefined) return [];
  if (typeof offers === 'object') return offers;
  return (offers === 'tables' ? tables.all : tables.computed).map(({ name }) => name);
}
