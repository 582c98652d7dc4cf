import { type GameDate, gameDate } from '../calendar/game-date.ts';
import { rememberedText } from '../ledger/change-statements.ts';
import { onDates } from '../ledger/ledger-statements.ts';
import { parseObject } from '../ledger/parse-object.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { keyText } from '../table/partition-hash.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Reader, Row } from '../warehouse/warehouse.ts';
import { type RowChange, shownText } from './compare-rows.ts';

/** Which changes are meant. */
export interface ChangesRequest {
  readonly tables: readonly StoredTable[];
  /** SQL of a time, from which on changes count. */
  readonly since: string;
  /** All dates unless given. */
  readonly dates: readonly GameDate[] | undefined;
  /** Keys of rows without their date; all rows unless given. */
  readonly keys: readonly string[] | undefined;
}

/** The rows of a date that are other than they were, by key. */
export interface ChangedDate {
  readonly table: StoredTable;
  readonly date: GameDate;
  readonly rows: readonly RowChange[];
}

/** So many remembered rows are held at once, each with all values that stand in its place. */
const mostAtOnce = 10_000;

/**
 * What came out different since a time: the values of then beside those that stand now, whatever came between.
 * A row that is again what it was then is no change. By table in their order, then by date. @throws WarehouseError
 */
export async function readChanges(
  reader: Reader,
  request: ChangesRequest,
): Promise<readonly ChangedDate[]> {
  const { dialect: sql } = reader;
  const counts = await reader.query(`
SELECT table_name, CAST(partition_date AS STRING) AS partition_date, COUNT(*) AS change_count
FROM backcourt.changes AS changes
WHERE ${conditionSql(sql, request)}
GROUP BY table_name, partition_date
ORDER BY partition_date`);
  const changed: ChangedDate[] = [];
  for (const table of request.tables) {
    const own = counts.filter((row) => row['table_name'] === table.name);
    for (const dates of chunksOf(own)) {
      const rows = await reader.query(standingSql(sql, table, { ...request, dates }));
      const byDate = Map.groupBy(rows, (row) => gameDate(String(row['partition_date'])));
      for (const date of dates) {
        const differing = rowChanges(table, byDate.get(date) ?? []);
        if (differing.length > 0) changed.push({ table, date, rows: differing });
      }
    }
  }
  return changed;
}

function conditionSql(sql: SqlDialect, { tables, since, dates, keys }: ChangesRequest): string {
  return [
    `changes.changed_at >= ${since}`,
    `changes.table_name IN (${tables.map(({ name }) => sql.string(name)).join(', ')})`,
    ...(dates === undefined ? [] : [onDates(sql, 'changes.partition_date', dates)]),
    ...(keys === undefined
      ? []
      : [`changes.row_key IN (${keys.map((key) => sql.string(key)).join(', ')})`]),
  ].join('\n  AND ');
}

function chunksOf(counts: readonly Row[]): readonly (readonly GameDate[])[] {
  const chunks: GameDate[][] = [];
  let held = Number.POSITIVE_INFINITY;
  for (const row of counts) {
    const date = gameDate(String(row['partition_date']));
    const count = Number(row['change_count']);
    if (held + count > mostAtOnce) {
      chunks.push([]);
      held = 0;
    }
    chunks.at(-1)?.push(date);
    held += count;
  }
  return chunks;
}

/** Remembered rows, the oldest first, each beside what stands in its place. */
function standingSql(
  sql: SqlDialect,
  table: StoredTable,
  request: ChangesRequest & { readonly dates: readonly GameDate[] },
): string {
  const columns = table.columns.map(({ name }) => name).join(', ');
  const texts = table.columns.map(
    (column, index) =>
      `${rememberedText(sql, table, { ...column, name: `standing.${column.name}` })} AS is_${index}`,
  );
  const { partition } = table;
  return `
SELECT
  CAST(changes.partition_date AS STRING) AS partition_date,
  changes.row_key,
  changes.change,
  changes.former,
  standing.row_key IS NOT NULL AS is_there,
  ${texts.join(',\n  ')}
FROM backcourt.changes AS changes
LEFT JOIN (
  SELECT ${columns}, ${keyText(table, sql)} AS row_key
  FROM ${qualifiedName(table)} AS stored
  WHERE ${onDates(sql, partition, request.dates)}
) AS standing
  ON standing.${partition} = changes.partition_date
  AND standing.row_key = changes.row_key
WHERE ${conditionSql(sql, { ...request, tables: [table] })}
ORDER BY changes.changed_at, changes.run_id, changes.change DESC`;
}

function rowChanges(table: StoredTable, rows: readonly Row[]): readonly RowChange[] {
  return [...Map.groupBy(rows, (row) => String(row['row_key']))]
    .flatMap(([key, own]) => rowChange(table, key, own) ?? [])
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** @param history of one row, the oldest first. */
function rowChange(
  table: StoredTable,
  key: string,
  history: readonly Row[],
): RowChange | undefined {
  const [first] = history;
  const wasThere = first?.['change'] !== 'added';
  const isThere = first?.['is_there'] === true;
  if (!wasThere) return isThere ? { key, kind: 'added', columns: [] } : undefined;
  if (!isThere) return { key, kind: 'removed', columns: [] };
  const was = valuesThen(history);
  const columns = table.columns.flatMap(({ name }, index) => {
    const former = was.get(name);
    const is = shownText(first[`is_${index}`]);
    return former === undefined || former === is ? [] : [{ column: name, was: former, is }];
  });
  return columns.length === 0 ? undefined : { key, kind: 'changed', columns };
}

/** Each column that has ever changed, with its value before it did so first. */
function valuesThen(history: readonly Row[]): ReadonlyMap<string, string | null> {
  const values = new Map<string, string | null>();
  for (const { change, former } of history) {
    for (const [name, value] of Object.entries(parseObject(textOf(former ?? null) ?? '{}'))) {
      if (!values.has(name)) values.set(name, typeof value === 'string' ? value : null);
    }
    // Of a row that was removed all is known; what comes back later is another one.
    if (change === 'removed') break;
  }
  return values;
}
