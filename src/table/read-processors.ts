import { readdir } from 'node:fs/promises';
import type { TableDefinition } from './table-definition.ts';

const processorsFolder = new URL('../../data_processors/', import.meta.url);
/** The folders of the phases, in their order. */
export const phaseFolders = ['raw', 'analytics', 'precompute'] as const;

/**
 * The table of every `data_processors/<phase>/<table>/<table>_processor`: a new folder is a new table. In
 * the built command `scripts/build-command.ts` has put them in the place of this file.
 * @throws when a module does not export the table of its folder.
 */
export async function readProcessors(
  processors = processorsFolder,
): Promise<readonly TableDefinition[]> {
  const phases = await Promise.all(
    phaseFolders.map(async (phase) => {
      const folder = new URL(`${phase}/`, processors);
      const entries = await readdir(folder, { withFileTypes: true });
      const tables = entries.filter((entry) => entry.isDirectory());
      return Promise.all(tables.map(({ name }) => loadProcessor(folder, name)));
    }),
  );
  return phases.flat();
}

// The suffix of this very file tells whether sources or their compiled form are running.
async function loadProcessor(folder: URL, name: string): Promise<TableDefinition> {
  const suffix = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  const module: { readonly processor?: TableDefinition } = await import(
    new URL(`${name}/${name}_processor${suffix}`, folder).href
  );
  if (module.processor?.name !== name) {
    throw new Error(`data_processors/…/${name} does not export the processor of "${name}"`);
  }
  return module.processor;
}
