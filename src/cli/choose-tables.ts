import type { ComputedTable } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { nearestName } from './nearest-name.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError for a name that is no computed table, with the nearest right one. */
export function findTable(tables: TableRegistry, name: string): ComputedTable {
  const table = tables.computed.find((candidate) => candidate.name === name);
  if (table) return table;
  const known = tables.computed.map((candidate) => candidate.name);
  const near = nearestName(name, known);
  throw new UsageError(
    `unknown table "${name}"${near ? `; did you mean "${near}"?` : ''} (known: ${known.join(', ')})`,
  );
}

/** The tables of a comma-separated list, in dependency order; all when there is none. */
export function chooseTables(
  tables: TableRegistry,
  given: string | undefined,
): readonly ComputedTable[] {
  if (given === undefined) return tables.computed;
  const chosen = given.split(',').map((name) => findTable(tables, name.trim()));
  return tables.computed.filter((table) => chosen.includes(table));
}
