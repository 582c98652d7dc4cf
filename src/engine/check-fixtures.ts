import type { LoadedFixture } from '../project/load-fixtures.ts';
import { BadDefinition } from '../table/bad-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { checkFixtureIn, type FixtureResult } from './check-fixture.ts';
import { withMemory } from './open-warehouse.ts';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';

/** A fixture of a file with what has come of it; or why nothing has. */
export type CheckedFixture =
  | {
      readonly kind: 'checked';
      readonly file: string;
      readonly name: string;
      readonly result: FixtureResult;
    }
  | { readonly kind: 'faulty'; readonly file: string; readonly error: string };

/** Computes fixtures one after the other, in memory. */
export function checkFixtures(
  context: Surroundings,
  tables: TableRegistry,
  fixtures: readonly LoadedFixture[],
): Promise<readonly CheckedFixture[]> {
  return withMemory(context, async (memory) => {
    const checked: CheckedFixture[] = [];
    for (const loaded of fixtures) {
      const { file } = loaded;
      if ('error' in loaded) {
        checked.push({ kind: 'faulty', file, error: loaded.error });
        continue;
      }
      const { name, fixture } = loaded;
      try {
        const at = { name, definedIn: file };
        const result = await checkFixtureIn(memory, tables, fixture, at);
        checked.push({ kind: 'checked', file, name, result });
      } catch (error) {
        const isTheirs = error instanceof BadDefinition || error instanceof UsageError;
        if (!isTheirs) throw error;
        const text =
          error instanceof UsageError ? `${file}: ${name}: ${error.message}` : error.message;
        checked.push({ kind: 'faulty', file, error: text });
      }
    }
    return checked;
  });
}
