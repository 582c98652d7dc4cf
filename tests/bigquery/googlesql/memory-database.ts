import type { Column } from '../../../src/sql/column.ts';
import type { Row, Value } from '../../../src/warehouse/warehouse.ts';
import type { Random } from '../stand-in/random.ts';
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
import { withInformationSchema } from './information-schema.ts';
import { type Change, parseChange } from './parse-change.ts';
import { prune } from './prune.ts';

/** Where a column stands in a table, and what it may hold. */
export type TableColumn = Pick<Column, 'name' | 'type' | 'nullWhen'>;

/** By which column a table is parted, and how finely. */
export interface Partitioning {
  readonly column: string;
  readonly unit: 'DAY' | 'MONTH' | 'YEAR';
}

export interface TableOptions {
  /** When the table is gone; milliseconds since 1970. */
  readonly expiresAtMs?: number;
  /** Days after which a partition is gone, counted from the date it is of. */
  readonly partitionDays?: number;
}

/** A table as it stands. Rows are never changed in place: each is the same object until it is replaced. */
export interface Table {
  readonly columns: readonly GoogleSqlColumn[];
  /** Types as they were written, of columns that have parameters. */
  readonly written?: ReadonlyMap<string, string>;
  /** Names of the columns that may not be NULL. */
  readonly required: ReadonlySet<string>;
  readonly partition: Partitioning | undefined;
  readonly options: TableOptions;
  readonly rows: readonly Cells[];
}

/** What a statement will do to a table. */
export interface PreparedChange {
  readonly kind: Change['kind'];
  readonly table: string;
  /** Rows that are no longer there, or not as they were. */
  readonly removed: ReadonlySet<Cells>;
  readonly added: readonly Cells[];
  /** Rows the statement says it has touched. */
  readonly affected: number;
}

export interface QueryOptions {
  /** Gives the tables to the engine in another order, for no table has one. */
  readonly random?: Random | undefined;
  /** Tables besides those that are stored. */
  readonly extra?: ReadonlyMap<string, Table>;
}

/**
 * Tables in memory, whose statements GoogleSQL analyzes and evaluates. A table is called
 * `dataset.table`, a temporary one has no dataset.
 */
export interface MemoryDatabase {
  create(
    name: string,
    columns: readonly TableColumn[],
    partition?: Partitioning,
    options?: TableOptions,
  ): void;
  /** Puts a table in the place of the one that has the name. */
  put(name: string, table: Table): void;
  drop(name: string): void;
  has(name: string): boolean;
  tables(): ReadonlyMap<string, Table>;
  /** All rows of a table. */
  rows(name: string): readonly Row[];
  /** Adds rows as another warehouse gives them. */
  load(name: string, rows: readonly Row[]): void;
  /** The table that the rows of a SELECT make. */
  tableOf(select: string, options?: QueryOptions): Promise<Table>;
  /** Type-checks a statement. @throws GoogleSqlError */
  analyze(sql: string): Promise<void>;
  query(sql: string, options?: QueryOptions): Promise<Evaluated>;
  /** Evaluates one INSERT, UPDATE, DELETE, MERGE or TRUNCATE, and changes nothing yet. */
  prepare(statement: string, options?: QueryOptions): Promise<PreparedChange>;
  apply(change: PreparedChange): void;
  /** Carries out such a statement. */
  change(statement: string): Promise<void>;
  /** Everything as it is now; what is put back later undoes whatever came after. */
  snapshot(): ReadonlyMap<string, Table>;
  restore(snapshot: ReadonlyMap<string, Table>): void;
  /** The same tables, whose changes are seen by nobody else. */
  branch(): MemoryDatabase;
}

export function makeMemoryDatabase(
  service: GoogleSqlService,
  given: ReadonlyMap<string, Table> = new Map(),
): MemoryDatabase {
  let tables = new Map(given);

  const find = (name: string): Table => {
    const table = tables.get(name);
    if (!table) throw new GoogleSqlError(`Table not found: ${name}`, name, true);
    return table;
  };

  async function evaluate(
    sql: string,
    seen: ReadonlyMap<string, Table>,
    random: Random | undefined,
  ): Promise<Evaluated> {
    const named = [...seen].map(([name, table]) => {
      const { columns, rows } = prune(sql, name, table);
      return [name, { columns, rows: random ? random.shuffled(rows) : rows }] as const;
    });
    const content = Object.fromEntries(named.map(([name, { rows }]) => [flat(name), rows]));
    return service.evaluate(flatNames(sql, [...seen.keys()]), flatCatalog(named), content);
  }

  /** The tables that a statement names. */
  function seenBy(sql: string, extra: QueryOptions['extra'] = new Map()) {
    return new Map([...tables, ...extra].filter(([name]) => mentions(sql, name)));
  }

  async function query(
    written: string,
    { random, extra = new Map() }: QueryOptions = {},
  ): Promise<Evaluated> {
    const { sql, views } = withInformationSchema(written, tables);
    const also = new Map([...extra, ...views.map(({ name, table }) => [name, table] as const)]);
    const seen = seenBy(sql, also);
    await service.analyze(sql, catalogOf(seen));
    return evaluate(sql, seen, random);
  }

  async function prepare(
    statement: string,
    { random }: QueryOptions = {},
  ): Promise<PreparedChange> {
    const parsed = parseChange(statement);
    if (!parsed) throw new Error(`not a change: ${statement.slice(0, 100)}`);
    if (!/^TRUNCATE/i.test(statement))
      await service.analyze(statement, catalogOf(seenBy(statement)));
    const { kind, table: name } = parsed;
    const table = find(name);
    const removed = new Set<Cells>();
    const added: Cells[] = [];
    let affected = 0;
    for (const part of parsed.parts) {
      // Rows of a table that is only written to are none of the question.
      const select = part.select(table.columns);
      const { rows } = await evaluate(select, seenBy(select), random);
      affected += rows.length;
      for (const { cell } of rows) {
        if (part.kind === 'insert') {
          added.push(
            spread(table, part.columns ?? table.columns.map((column) => column.name), cell),
          );
          continue;
        }
        const old = table.rows[Number(cell[0]?.int64Value)];
        if (!old || removed.has(old)) throw new Error(`${name}: a row is changed twice`);
        removed.add(old);
        if (part.kind === 'update')
          added.push(replaced(table, old, part.columns ?? [], cell.slice(1)));
      }
    }
    refuseNulls(name, table, added);
    return { kind, table: name, removed, added, affected };
  }

  function apply({ table: name, removed, added }: PreparedChange): void {
    if (removed.size + added.length === 0) return;
    const table = find(name);
    const kept = removed.size === 0 ? table.rows : table.rows.filter((row) => !removed.has(row));
    tables.set(name, { ...table, rows: [...kept, ...added] });
  }

  return {
    create: (name, columns, partition, options = {}) => {
      if (tables.has(name)) return;
      tables.set(name, {
        columns: columns.map((column) => ({ name: column.name, type: googleSqlType(column.type) })),
        required: new Set(
          columns
            .filter(({ type, nullWhen }) => nullWhen === undefined && type.kind !== 'ARRAY')
            .map(({ name: column }) => column),
        ),
        partition,
        options,
        rows: [],
      });
    },
    put: (name, table) => void tables.set(name, table),
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
    tableOf: async (select, options) => {
      const { columns, rows } = await query(select, options);
      const arrays = columns.map(({ type }) => type.typeKind === 'TYPE_ARRAY');
      // A NULL array is stored as an empty one.
      const stored = rows.map(({ cell }) => ({
        cell: cell.map((value, index) =>
          arrays[index] && value.arrayValue === undefined ? { arrayValue: {} } : value,
        ),
      }));
      return { columns, required: new Set(), partition: undefined, options: {}, rows: stored };
    },
    analyze: (sql) => service.analyze(sql, catalogOf(seenBy(sql))),
    query,
    prepare,
    apply,
    change: async (statement) => apply(await prepare(statement)),
    snapshot: () => new Map(tables),
    restore: (snapshot) => {
      tables = new Map(snapshot);
    },
    branch: () => makeMemoryDatabase(service, tables),
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
function spread(table: Table, columns: readonly string[], cell: Cells['cell']): Cells {
  return { cell: table.columns.map(({ name }) => cell[columns.indexOf(name)] ?? {}) };
}

/** A row with other values in some columns. */
function replaced(
  table: Table,
  old: Cells,
  columns: readonly string[],
  cell: Cells['cell'],
): Cells {
  return {
    cell: table.columns.map(({ name }, place) => {
      const set = columns.indexOf(name);
      return (set < 0 ? old.cell[place] : cell[set]) ?? {};
    }),
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
