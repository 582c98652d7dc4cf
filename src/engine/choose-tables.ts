import { unknownName } from '../table/nearest-name.ts';
import {
  type ComputedTable,
  qualifiedName,
  type TableDefinition,
} from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { UsageError } from './usage-error.ts';

/** @throws UsageError for a name that is no computed table, with the nearest right one. */
export function findTable(tables: TableRegistry, name: string): ComputedTable {
  if (tables.get(name.replace(/^nba_raw\./, ''))?.dataset === 'nba_raw') {
    throw new UsageError(
      `${name} is a table that is loaded from files; this works on computed ones: ${tables.computed.map((table) => table.name).join(', ')}`,
    );
  }
  const broken = tables.broken.find((table) => table.name === name);
  if (broken) throw new UsageError(broken.error);
  return findIn(tables.computed, name);
}

/** A table by its name, raw ones included. @throws UsageError with the nearest right name. */
export function findAnyTable(tables: TableRegistry, name: string): TableDefinition {
  return findIn(tables.all, name);
}

/** The tables of these names, in dependency order; all where none are given. @throws UsageError */
export function chooseTables(
  tables: TableRegistry,
  names: readonly string[] | undefined,
): readonly ComputedTable[] {
  if (names === undefined) return tables.computed;
  const chosen = names.map((name) => findTable(tables, name));
  return tables.computed.filter((table) => chosen.includes(table));
}

/** {@link chooseTables} of all tables, raw ones first. */
export function chooseAnyTables(
  tables: TableRegistry,
  names: readonly string[] | undefined,
): readonly TableDefinition[] {
  const raw = tables.all.filter(({ dataset }) => dataset === 'nba_raw');
  const all = [...raw, ...tables.computed];
  if (names === undefined) return all;
  const chosen = names.map((name) => findAnyTable(tables, name));
  return all.filter((table) => chosen.includes(table));
}

/** A table by its name, with its dataset before it or without. @throws UsageError with the nearest right name. */
export function findIn<T extends Pick<TableDefinition, 'name' | 'dataset'>>(
  tables: readonly T[],
  name: string,
): T {
  const table = tables.find((one) => one.name === name || qualifiedName(one) === name);
  if (table) return table;
  throw new UsageError(
    unknownName(
      'table',
      name,
      tables.map((candidate) => candidate.name),
    ),
  );
}
