import type { Plan } from '../plan/plan.ts';
import type { PlannedTable } from '../plan/saved-plan.ts';
import { definitionVersion } from '../table/definition-version.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { unitOptions } from '../table/unit-options.ts';

/** What the tables of a plan are now: their definitions and the options they would be made with. */
export function plannedTables(tables: TableRegistry, { request }: Plan): readonly PlannedTable[] {
  return tables.computed
    .filter(({ name }) => request.tables.includes(name))
    .map((table) => ({
      name: table.name,
      definitionVersion: definitionVersion(table),
      options:
        request.options === 'recorded' ? 'recorded' : unitOptions(table, request.options).text,
    }));
}
