import type { Column } from '../../../src/table/column.ts';
import type { Row, Value } from '../../../src/warehouse/warehouse.ts';
import { decodeCell, encodeCell, googleSqlType } from './cell-values.ts';
import {
  type Catalog,
  type CatalogTable,
  type Cells,
  type Evaluated,
  type GoogleSqlColumn,
  GoogleSqlError,
  type GoogleSqlService,
} from './googlesql-service.ts';
import { parseChange } from './parse-change.ts';
import { prune } from './prune.ts';

/** Where a column stands in a table, and what it may hold. */
export type TableColumn = Pick<Column, 'name' | 'type' | 'nullWhen'>;

/** A table as it stands. */
export interface Table {
  readonly columns: readonly GoogleSqlColumn[];
  /** Names of the columns that may not be NULL. */
  readonly required: ReadonlySet<string>;
  readonly rows: readonly Cells[];
}

/**
 * Tables in memory, whose statements GoogleSQL analyzes and evaluates. A table is called
 * `dataset.table`, a staged one has no dataset.
 */
export interface MemoryDatabase {
  create(name: string, columns: readonly TableColumn[]): void;
  drop(name: string): void;
  has(name: string): boolean;
  tables(): ReadonlyMap<string, Table>;
  /** All rows of a table. */
  rows(name: string): readonly Row[];
  /** Adds rows as another warehouse gives them. */
  load(name: string, rows: readonly Row[]): void;
  /** Makes or replaces a table out of the rows of a SELECT. */
  createAs(name: string, select: string): Promise<void>;
  /** Type-checks a statement. @throws GoogleSqlError */
  analyze(sql: string): Promise<void>;
  query(sql: string): Promise<Evaluated>;
  /** Carries out one INSERT, UPDATE or DELETE. */
  change(statement: string): Promise<void>;
  /** Everything as it is now; what is put back later undoes whatever came after. */
  snapshot(): ReadonlyMap<string, Table>;
  restore(snapshot: ReadonlyMap<string, Table>): void;
}

export function makeMemoryDatabase(service: GoogleSqlService): MemoryDatabase {
  let tables = new Map<string, Table>();

  const find = (name: string): Table => {
    const table = tables.get(name);
    if (!table) throw new GoogleSqlError(`Table not found: ${name}`, name, true);
    return table;
  };

  async function evaluate(sql: string): Promise<Evaluated> {
    const named = [...tables]
      .filter(([name]) => mentions(sql, name))
      .map(([name, table]) => [name, prune(sql, name, table)] as const);
    const content = Object.fromEntries(named.map(([name, { rows }]) => [flat(name), rows]));
    return service.evaluate(flatNames(sql, [...tables.keys()]), flatCatalog(named), content);
  }

  async function query(given: string): Promise<Evaluated> {
    const sql = withDatasetColumns(given);
    await service.analyze(sql, catalogOf(tables));
    return evaluate(sql);
  }

  /** What BigQuery tells of a dataset, as a table like any other. */
  function withDatasetColumns(sql: string): string {
    return sql.replace(/\b(\w+)\.INFORMATION_SCHEMA\.COLUMNS\b/g, (_, dataset: string) => {
      const known = `columns_of_${dataset}`;
      const rows = [...tables].flatMap(([name, { columns }]) =>
        name.startsWith(`${dataset}.`)
          ? columns.map((column) => ({
              cell: [{ stringValue: name.slice(dataset.length + 1) }, { stringValue: column.name }],
            }))
          : [],
      );
      const columns = ['table_name', 'column_name'].map((name) => ({
        name,
        type: { typeKind: 'TYPE_STRING' } as const,
      }));
      tables.set(known, { columns, required: new Set(), rows });
      return known;
    });
  }

  async function change(statement: string): Promise<void> {
    await service.analyze(statement, catalogOf(tables));
    const parsed = parseChange(statement);
    const table = find(parsed.table);
    const { rows: given } = await evaluate(parsed.select(table.columns));
    switch (parsed.kind) {
      case 'insert': {
        const added = given.map((row) => spread(table, parsed.columns, row));
        refuseNulls(parsed.table, table, added);
        tables.set(parsed.table, { ...table, rows: [...table.rows, ...added] });
        return;
      }
      case 'update':
        refuseNulls(parsed.table, table, given);
        tables.set(parsed.table, { ...table, rows: given });
        return;
      case 'delete': {
        const gone = new Set(given.map(({ cell }) => Number(cell[0]?.int64Value)));
        const rows = table.rows.filter((_, index) => !gone.has(index));
        tables.set(parsed.table, { ...table, rows });
      }
    }
  }

  return {
    create: (name, columns) => {
      if (tables.has(name)) return;
      tables.set(name, {
        columns: columns.map((column) => ({ name: column.name, type: googleSqlType(column.type) })),
        required: new Set(
          columns
            .filter(({ type, nullWhen }) => nullWhen === undefined && type.kind !== 'ARRAY')
            .map(({ name: column }) => column),
        ),
        rows: [],
      });
    },
    drop: (name) => void tables.delete(name),
    has: (name) => tables.has(name),
    tables: () => tables,
    rows: (name) => decodeRows(find(name)),
    load: (name, rows) => {
      const table = find(name);
      const added = rows.map((row) => ({
        cell: table.columns.map((column) => encodeCell(column.type, row[column.name] ?? null)),
      }));
      refuseNulls(name, table, added);
      tables.set(name, { ...table, rows: [...table.rows, ...added] });
    },
    createAs: async (name, select) => {
      const { columns, rows } = await query(select);
      const arrays = columns.map(({ type }) => type.typeKind === 'TYPE_ARRAY');
      // A NULL array is stored as an empty one.
      const stored = rows.map(({ cell }) => ({
        cell: cell.map((value, index) =>
          arrays[index] && value.arrayValue === undefined ? { arrayValue: {} } : value,
        ),
      }));
      tables.set(name, { columns, required: new Set(), rows: stored });
    },
    analyze: (sql) => service.analyze(sql, catalogOf(tables)),
    query,
    change,
    snapshot: () => new Map(tables),
    restore: (snapshot) => {
      tables = new Map(snapshot);
    },
  };
}

/** Rows as a warehouse gives them. */
export function decodeRows({ columns, rows }: Evaluated): readonly Row[] {
  return rows.map(({ cell }) => {
    const row: Record<string, Value> = {};
    for (const [index, { name, type }] of columns.entries()) {
      row[name] = decodeCell(type, cell[index] ?? {});
    }
    return row;
  });
}

/** The catalog of some tables, each in that of its dataset. */
export function catalogOf(
  tables: ReadonlyMap<string, { readonly columns: readonly GoogleSqlColumn[] }>,
): Catalog {
  const staged: CatalogTable[] = [];
  const datasets: Record<string, CatalogTable[]> = {};
  for (const [qualified, { columns }] of tables) {
    const [dataset = '', name] = qualified.split('.');
    if (name === undefined) staged.push({ name: dataset, columns });
    else {
      const own = datasets[dataset] ?? [];
      own.push({ name, columns });
      datasets[dataset] = own;
    }
  }
  return { tables: staged, datasets };
}

const flat = (name: string) => name.replace('.', '__');

// Content is found by the name of a table at the root of the catalog alone.
function flatCatalog(
  named: readonly (readonly [string, { readonly columns: readonly GoogleSqlColumn[] }])[],
): Catalog {
  return {
    tables: named.map(([name, { columns }]) => ({ name: flat(name), columns })),
    datasets: {},
  };
}

function mentions(sql: string, name: string): boolean {
  return new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(sql);
}

function flatNames(sql: string, names: readonly string[]): string {
  return names
    .filter((name) => name.includes('.'))
    .reduce(
      (text, name) =>
        text.replace(new RegExp(`\\b${name.replace('.', '\\.')}\\b`, 'g'), flat(name)),
      sql,
    );
}

/** Values for some columns as a whole row; the others are NULL. */
function spread(table: Table, columns: readonly string[], { cell }: Cells): Cells {
  return {
    cell: table.columns.map(({ name }) => cell[columns.indexOf(name)] ?? {}),
  };
}

function refuseNulls(name: string, { columns, required }: Table, rows: readonly Cells[]): void {
  for (const [index, column] of columns.entries()) {
    if (!required.has(column.name)) continue;
    if (rows.some(({ cell }) => Object.keys(cell[index] ?? {}).length === 0)) {
      throw new GoogleSqlError(`Required field ${column.name} cannot be null`, name, false);
    }
  }
}
