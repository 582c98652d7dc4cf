import { splitScript } from '../stand-in/split-script.ts';
import type { Cell, Cells, GoogleSqlColumn } from './googlesql-service.ts';

/** A column that a table has besides its own: where a row stands in it. */
export const rowIndex = 'row_index_of_the_stand_in';

interface Content {
  readonly columns: readonly GoogleSqlColumn[];
  readonly rows: readonly Cells[];
}

/**
 * The part of a table that a statement can see: the columns whose names it has, and the days to
 * which every mention of the table is bounded, as BigQuery skips partitions. The server takes no
 * message of more than 4 MB.
 */
export function prune(
  sql: string,
  name: string,
  { columns, rows }: Content,
  widen: (bounds: Bounds) => Bounds = (bounds) => bounds,
): Content {
  const wholeRows = /^\s*SELECT \* (?!FROM \()/.test(sql);
  const kept = columns.flatMap((column, index) =>
    wholeRows || new RegExp(`\\b${column.name}\\b`).test(sql) ? [{ column, index }] : [],
  );
  const exact = boundsOf(sql, name);
  const bounds = exact && widen(exact);
  const partition = columns.findIndex((column) => column.name === bounds?.column);
  const within = (cell: Cell | undefined) =>
    !bounds || (Number(cell?.dateValue) >= bounds.from && Number(cell?.dateValue) <= bounds.to);
  const seen = rows.flatMap(({ cell }, place) =>
    within(cell[partition])
      ? [{ cell: [...kept.map(({ index }) => cell[index] ?? {}), { int64Value: String(place) }] }]
      : [],
  );
  const counted: GoogleSqlColumn = { name: rowIndex, type: { typeKind: 'TYPE_INT64' } };
  return sql.includes(rowIndex)
    ? { columns: [...kept.map(({ column }) => column), counted], rows: seen }
    : {
        columns: kept.map(({ column }) => column),
        rows: seen.map(({ cell }) => ({ cell: cell.slice(0, -1) })),
      };
}

interface Bounds {
  readonly column: string;
  /** Days since 1970, both included. */
  readonly from: number;
  readonly to: number;
}

/** The days outside of which no mention of a table reads; `undefined` when one reads everything. */
export function boundsOf(sql: string, name: string): Bounds | undefined {
  const mention = name.replace('.', '\\.');
  const mentions = [...sql.matchAll(new RegExp(`\\b${mention}\\b`, 'g'))].length;
  const day = "DATE '([\\d-]+)'";
  const span = new RegExp(
    `\\b${mention}(?: AS \\w+)?\\s+WHERE (?:[^()]*? AND )?(\\w+) (?:= ${day}|>= ${day}\\s+AND \\w+ (<=?) ${day})`,
    'g',
  );
  const found = [...sql.matchAll(span)];
  if (found.length < mentions) return undefined;
  const spans = found.map(([, column = '', only, from = only, operator, to = only]) => ({
    column,
    from: dayNumber(from),
    to: dayNumber(to) - (operator === '<' ? 1 : 0),
  }));
  const column = spans[0]?.column;
  if (column === undefined || spans.some((other) => other.column !== column)) return undefined;
  return {
    column,
    from: Math.min(...spans.map(({ from }) => from)),
    to: Math.max(...spans.map(({ to }) => to)),
  };
}

function dayNumber(day: string | undefined): number {
  return Date.parse(day ?? '') / 86_400_000;
}

/** A partition is read as a whole: all days of its month. */
function wholeMonths(bounds: Bounds): Bounds {
  const [first, last] = [bounds.from, bounds.to].map((day) => new Date(day * 86_400_000));
  if (!first || !last) return bounds;
  const from = Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), 1) / 86_400_000;
  const to = Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 0) / 86_400_000;
  return { ...bounds, from, to };
}

/** Bytes of the columns and months that a statement can see of all tables, for a price on paper. */
export function scannedBytes(sql: string, tables: ReadonlyMap<string, Content>): number {
  return bytesByTable(sql, tables).reduce((sum, bytes) => sum + bytes, 0);
}

const leastBytes = 10 * 2 ** 20;

/** The same with the least that is billed for a table, of each statement of a script. */
export function billedBytes(
  script: string,
  tables: ReadonlyMap<string, Content>,
): readonly number[] {
  return splitScript(script).map((sql) =>
    bytesByTable(sql, tables).reduce((sum, bytes) => sum + Math.max(bytes, leastBytes), 0),
  );
}

function bytesByTable(sql: string, tables: ReadonlyMap<string, Content>): readonly number[] {
  return [...tables].flatMap(([name, table]) =>
    new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(sql)
      ? [prune(sql, name, table, wholeMonths).rows.reduce((sum, row) => sum + rowBytes(row), 0)]
      : [],
  );
}

function rowBytes({ cell }: Cells): number {
  return cell.reduce((sum, value) => sum + cellBytes(value), 0);
}

function cellBytes({ stringValue, arrayValue, numericValue }: Cell): number {
  if (stringValue !== undefined) return Buffer.byteLength(stringValue) + 2;
  if (arrayValue) return (arrayValue.element ?? []).reduce((sum, item) => sum + cellBytes(item), 0);
  return numericValue === undefined ? 8 : 16;
}
