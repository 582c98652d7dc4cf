import { gameDate } from '../calendar/game-date.ts';
import type { Column } from '../sql/column.ts';
import { googlesqlDialect } from '../sql/googlesql-dialect.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { folderOf } from './bad-definition.ts';
import { computedSelect } from './staged-select.ts';
import { type ComputedTable, columnsRead } from './table-definition.ts';
import { effectiveOptions } from './table-option.ts';
import type { TableRegistry } from './table-registry.ts';

/** The columns that a SELECT yields, or why it cannot be carried out. */
export type Describe = (select: string) => Promise<Bound>;

type Bound =
  | {
      readonly columns: readonly { readonly name: string; readonly type: string }[];
      readonly error: undefined;
    }
  | { readonly error: string; readonly line?: number | undefined };

/** Any two days do, for what is described has no rows. */
const anyDates = [
  {
    date: gameDate('2024-01-26'),
    seasonYear: 2023,
    seasonStart: gameDate('2023-10-24'),
    unbrokenSince: gameDate('2023-10-24'),
  },
];

/** The columns of an input that the SQL may see, by the name of the input. */
type Shown = ReadonlyMap<string, readonly Column[]>;

/**
 * Whether a table's SQL and its declarations are made for each other: the SELECT is bound over empty
 * relations that have exactly the declared input columns, and what it yields is compared with the declared
 * columns.
 * @returns a sentence for each fault, with folder and column; none when all is well.
 */
export async function checkShape(
  describe: Describe,
  sql: SqlDialect,
  tables: TableRegistry,
  table: ComputedTable,
): Promise<readonly string[]> {
  const bind = async (shown: Shown): Promise<Bound> => {
    let select: string;
    try {
      select = boundSelect(sql, table, shown);
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
    const described = await describe(select);
    if (described.error === undefined) return described;
    return { error: described.error, line: lineInFile(table, select, described.line) };
  };
  const faults: string[] = [];
  let shown = declaredColumns(tables, table);
  let bound = await bind(shown);
  // What is read and not declared is shown to it as well, so that whatever else is wrong comes to light.
  while (bound.error !== undefined) {
    const found = await findUndeclared(bound.error, shown, tables, bind);
    if (!found) {
      const where = bound.line === undefined ? '' : `line ${bound.line}: `;
      return [...faults, `${folderOf(table)} holds SQL that is wrong: ${where}${bound.error}`];
    }
    faults.push(`${folderOf(table)} reads ${found.what}, which its input does not declare`);
    ({ shown, bound } = found);
  }
  return [...faults, ...compareColumns(table, bound.columns)];
}

/** The line of the file of a query for a line of the SELECT that it stands in; what is missing at its end is of its last. */
function lineInFile(
  { written }: ComputedTable,
  select: string,
  line: number | undefined,
): number | undefined {
  const at = written === undefined ? -1 : select.indexOf(written.text);
  if (!written || line === undefined || at < 0) return undefined;
  const into = line - select.slice(0, at).split('\n').length;
  const last = written.text.split('\n').length - 1;
  return into < 0 ? undefined : written.line + Math.min(into, last);
}

/** A column of an input that an error speaks of, and without which the error would be another or none. */
async function findUndeclared(
  error: string,
  shown: Shown,
  tables: TableRegistry,
  bind: (shown: Shown) => Promise<Bound>,
): Promise<{ readonly what: string; readonly shown: Shown; readonly bound: Bound } | undefined> {
  const words = new Set(error.match(/\w+/g));
  for (const [input, seen] of shown) {
    const hidden = (tables.get(input)?.columns ?? []).filter((column) => !seen.includes(column));
    for (const column of hidden.filter(({ name }) => words.has(name))) {
      const more = new Map([...shown, [input, [...seen, column]]]);
      const bound = await bind(more);
      if (bound.error !== error) return { what: `${input}.${column.name}`, shown: more, bound };
    }
  }
  return undefined;
}

function compareColumns(
  table: ComputedTable,
  yielded: Extract<Bound, { readonly error: undefined }>['columns'],
): readonly string[] {
  const declared = new Map(
    table.columns.map(({ name, type }) => [name, googlesqlDialect.typeName(type)]),
  );
  if (table.excludes) declared.set('exclusion_reason', 'STRING');
  const types = new Map(yielded.map(({ name, type }) => [name, type]));
  const folder = folderOf(table);
  return [
    ...[...declared].flatMap(([name, type]) => {
      const found = types.get(name);
      if (found === undefined) return [`${folder} yields no column ${name}, which it declares`];
      return found === type ? [] : [`${folder} yields ${name} as ${found}, not as ${type}`];
    }),
    ...[...types.keys()]
      .filter((name) => !declared.has(name))
      .map((name) => `${folder} yields a column ${name}, which it does not declare`),
  ];
}

/** The columns that a table declares to read, by input. */
export function declaredColumns(tables: TableRegistry, table: ComputedTable): Shown {
  return new Map(
    table.inputs.map((input) => {
      const stored = tables.get(input.table);
      const names = stored ? columnsRead(stored, input) : [];
      return [input.table, (stored?.columns ?? []).filter(({ name }) => names.includes(name))];
    }),
  );
}

function boundSelect(sql: SqlDialect, table: ComputedTable, shown: Shown): string {
  const options = effectiveOptions(table.options, {});
  return computedSelect(
    table,
    {
      sql,
      input: (name) => {
        const columns = shown.get(name);
        if (!columns) throw new Error(`the input ${name} is not declared`);
        return `(${emptySelect(sql, columns)})`;
      },
      option: (name) => {
        const value = options[name];
        if (value === undefined) throw new Error(`the option ${name} is not declared`);
        return String(value);
      },
    },
    anyDates,
  );
}

/** A SELECT of no rows with some columns. */
export function emptySelect(sql: SqlDialect, columns: readonly Column[]): string {
  const typed = columns.map(({ name, type }) => `CAST(NULL AS ${sql.typeName(type)}) AS ${name}`);
  return `SELECT ${typed.join(', ')} WHERE FALSE`;
}
