import { makeOptionsOf } from '../plan/options-of.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlannedTable } from '../plan/saved-plan.ts';
import { definitionVersion } from '../table/definition-version.ts';
import type { World } from '../world/world.ts';

/** What the tables of a plan are now: their definitions and the options they would be made with. */
export function plannedTables(
  { tables, options }: Pick<World, 'tables' | 'options'>,
  { request }: Plan,
): readonly PlannedTable[] {
  const optionsOf = makeOptionsOf({ options }, request);
  return tables.computed
    .filter(({ name }) => request.tables.includes(name))
    .map((table) => ({
      name: table.name,
      definitionVersion: definitionVersion(table),
      options: request.options === 'recorded' ? 'recorded' : optionsOf(table, undefined).text,
    }));
}
