import { BadDefinition } from './bad-definition.ts';
import { type Projection, projectionId } from './projection.ts';
import { readProcessors } from './read-processors.ts';
import {
  type ComputedTable,
  columnsRead,
  defineTable,
  type TableDefinition,
  type TableInput,
} from './table-definition.ts';

/** A table of a project that cannot be worked with, and why. */
export interface BrokenTable {
  readonly name: string;
  readonly file: string;
  /** Names the file. */
  readonly error: string;
}

/** All tables that there are, each from its folder in `data_processors/`, and those of a project. */
export interface TableRegistry {
  readonly all: readonly TableDefinition[];
  /** Own tables that are left out. */
  readonly broken: readonly BrokenTable[];
  /** Tables that `run` computes, in dependency order. */
  readonly computed: readonly ComputedTable[];
  get(name: string): TableDefinition | undefined;
  /** A table that the code itself speaks of. @throws when there is none of that name. */
  table(name: string): TableDefinition;
  /** A table that `run` computes. @throws when there is none of that name. */
  computedTable(name: string): ComputedTable;
}

/** All tables of the project. */
export async function loadTables(): Promise<TableRegistry> {
  return makeTableRegistry(await readProcessors());
}

/** @throws BadDefinition when an input is no table or has no such column; an error when two tables share a name. */
export function makeTableRegistry(tables: readonly TableDefinition[]): TableRegistry {
  const inputs = tables.filter(isComputed).flatMap((reader) => reader.inputs);
  const all = tables.map((table): TableDefinition => {
    const readings = inputs.filter((input) => input.table === table.name);
    return {
      ...defineTable(table),
      projections: projectionsOf(table, readings),
      isReadByKeys: readings.some(({ columns }) => columns === 'keys'),
    };
  });
  const byName = new Map(all.map((table) => [table.name, table]));
  if (byName.size !== all.length) throw new Error('two tables share a name');
  const computed = inDependencyOrder(all.filter(isComputed), byName).filter(
    (table) => table.phase !== 'raw',
  );
  const computedByName = new Map(computed.map((table) => [table.name, table]));
  return {
    all,
    broken: [],
    computed,
    get: (name) => byName.get(name),
    table: (name) => {
      const table = byName.get(name);
      if (!table) throw new Error(`no processor for ${name}`);
      return table;
    },
    computedTable: (name) => {
      const table = computedByName.get(name);
      if (!table) throw new Error(`"${name}" is not a table that is computed`);
      return table;
    },
  };
}

/** TRUE for a table that `run` computes; all others are loaded. */
export function isComputed(table: TableDefinition): table is ComputedTable {
  return table.kind === 'computed';
}

/** What other tables read of a table, where that is not all or its keys. */
function projectionsOf(
  table: TableDefinition,
  readings: readonly TableInput[],
): readonly Projection[] {
  const projections = readings.flatMap((input) =>
    input.columns === undefined || input.columns === 'keys'
      ? []
      : [{ id: projectionId(input.columns), columns: columnsRead(table, input) }],
  );
  const byId = new Map(projections.map((projection) => [projection.id, projection]));
  // The order must not depend on that of the readers: records tell the hashes as one text, which is compared
  // as it is.
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function inDependencyOrder(
  tables: readonly ComputedTable[],
  byName: ReadonlyMap<string, TableDefinition>,
): readonly ComputedTable[] {
  const ordered: ComputedTable[] = [];
  const visit = (table: ComputedTable, path: readonly string[]): void => {
    if (ordered.includes(table)) return;
    if (path.includes(table.name))
      throw new BadDefinition(table, `${[...path, table.name].join(' → ')} is a cycle`);
    const earlier = [...table.inputs.map((input) => input.table), ...(table.after ?? [])];
    for (const name of earlier) {
      const upstream = byName.get(name);
      if (!upstream) throw new BadDefinition(table, `input "${name}" is not a table`);
      if (isComputed(upstream)) visit(upstream, [...path, table.name]);
    }
    for (const input of table.inputs) refuseColumns(table, input, byName.get(input.table));
    ordered.push(table);
  };
  for (const table of [...tables].sort(byPhaseThenName)) {
    const unknown = table.lookback?.tables.find((name) => !byName.has(name));
    if (unknown !== undefined)
      throw new BadDefinition(table, `looks back at "${unknown}", not a table`);
    visit(table, []);
  }
  return ordered;
}

/** @throws BadDefinition when an input names columns that there are not, or columns of a raw table. */
function refuseColumns(
  table: ComputedTable,
  input: TableInput,
  stored: TableDefinition | undefined,
): void {
  if (!stored || input.columns === undefined) return;
  if (stored.dataset === 'nba_raw') {
    throw new BadDefinition(table, `some columns of the raw table ${stored.name} have no hash`);
  }
  if (input.columns === 'keys') return;
  const there = columnsRead(stored, input);
  const unknown = input.columns.find((column) => !there.includes(column));
  if (unknown !== undefined)
    throw new BadDefinition(table, `${stored.name} has no column "${unknown}"`);
}

const phaseOrder = { raw: 0, analytics: 1, precompute: 2, own: 3 } as const;

function byPhaseThenName(a: ComputedTable, b: ComputedTable): number {
  return phaseOrder[a.phase] - phaseOrder[b.phase] || (a.name < b.name ? -1 : 1);
}
