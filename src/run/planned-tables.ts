import type { Plan } from '../plan/plan.ts';
import type { PlannedTable } from '../plan/saved-plan.ts';
import { unitOptionsText } from '../plan/unit-options.ts';
import type { RunEngine } from '../world/run-engine.ts';

/** What the tables of a plan are now: their definitions and the options they would be made with. */
export function plannedTables(
  { tables, definitionVersion }: Pick<RunEngine, 'tables' | 'definitionVersion'>,
  { request }: Plan,
): readonly PlannedTable[] {
  return tables.computed
    .filter(({ name }) => request.tables.includes(name))
    .map((table) => ({
      name: table.name,
      definitionVersion: definitionVersion(table.name),
      options:
        request.options === 'recorded' ? 'recorded' : unitOptionsText(table, request.options),
    }));
}
