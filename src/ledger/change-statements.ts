import type { Column } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { differingRows } from '../table/differing-rows.ts';
import { keyText, rowHash } from '../table/partition-hash.ts';
import { hasRowProvenance } from '../table/provenance.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';

/** Some dates of a table that were written before, and the rows that are to stand there. */
export interface Replacement {
  readonly table: StoredTable;
  /** SQL: TRUE for the rows of the dates, where they stand and in the relation. */
  readonly where: string;
  /** A relation with the table's columns and, of a computed table, the `data_hash` of each row, as FROM takes it. */
  readonly by: string;
}

/** Who changes rows, and when. */
export interface ChangedBy {
  readonly runId: string;
  /** UTC, ISO 8601. */
  readonly now: string;
}

/**
 * The INSERT that remembers what a commit is about to replace by other values; it comes before the rows are
 * touched. Rows are told apart by their hash, so that those that come out equal cost little.
 */
export function rememberReplaced(
  sql: SqlDialect,
  { table, where, by }: Replacement,
  changedBy: ChangedBy,
): string {
  if (!hasRowProvenance(table)) return rememberRaw(sql, { table, where, by }, changedBy);
  const stored = qualifiedName(table);
  const other = (rows: string, than: string) =>
    `(
    SELECT held.*
    FROM ${rows} AS held
    LEFT JOIN ${hashesOf(than, where)} AS others
      ON others.other_hash = held.data_hash
    WHERE ${where}
      AND others.other_hash IS NULL
  )`;
  const pair = { was: other(stored, by), is: other(by, stored) };
  return rememberSql(sql, table, pair, changedBy);
}

/** The INSERT that remembers rows that are about to be removed. @param where SQL: TRUE for them. */
export function rememberRemoved(
  sql: SqlDialect,
  table: StoredTable,
  where: string,
  changedBy: ChangedBy,
): string {
  const rows = (condition: string) =>
    `(SELECT * FROM ${qualifiedName(table)} AS standing WHERE ${condition})`;
  if (!hasRowProvenance(table)) {
    return rememberRaw(sql, { table, where, by: rows('FALSE') }, changedBy);
  }
  return rememberSql(sql, table, { was: rows(where), is: rows('FALSE') }, changedBy);
}

function rememberSql(
  sql: SqlDialect,
  table: StoredTable,
  pair: { readonly was: string; readonly is: string },
  { runId, now }: ChangedBy,
): string {
  const former = table.columns.map(({ name }, index) => {
    const value = sql.jsonText(`NULLIF(was_${index}, ${sql.string('\\N')})`);
    const told = sql.concat([sql.string(`,"${name}":`), value]);
    return `CASE WHEN is_there AND was_${index} = is_${index} THEN '' ELSE ${told} END`;
  });
  const object = sql.concat(["'{'", `SUBSTR(${sql.concat(former)}, 2)`, "'}'"]);
  // Where only the way of hashing has changed, no column differs.
  return `INSERT INTO backcourt.changes (table_name, partition_date, row_key, change, former, run_id, changed_at)
SELECT
  ${sql.string(table.name)},
  partition_date,
  row_key,
  change,
  former,
  ${sql.string(runId)},
  ${sql.timestamp(now)}
FROM (
  SELECT
    partition_date,
    row_key,
    CASE WHEN NOT was_there THEN 'added' WHEN NOT is_there THEN 'removed' ELSE 'changed' END AS change,
    CASE WHEN was_there THEN ${object} END AS former
  FROM (
${differingRows(table, sql, pair, 'data_hash')}
  ) AS differing
) AS remembered
WHERE former IS DISTINCT FROM '{}'`;
}

/**
 * Of raw rows the whole former row is kept, exactly, so that what was known can be brought back
 * (`history/restore-rows.ts`). Equal rows are told apart by counting them, for nothing else may tell them apart.
 */
function rememberRaw(
  sql: SqlDialect,
  { table, where, by }: Replacement,
  { runId, now }: ChangedBy,
): string {
  const { partition, columns } = table;
  const names = columns.map(({ name }) => name).join(', ');
  const counted = (rows: string) => `(
  SELECT *, ROW_NUMBER() OVER (PARTITION BY ${partition}, row_hash ORDER BY row_key) AS copy
  FROM (
    SELECT ${names}, ${keyText(table, sql)} AS row_key, ${rowHash(table, sql)} AS row_hash
    FROM ${rows} AS given
    WHERE ${where}
  ) AS hashed
)`;
  const former = columns.flatMap(({ name }, index) => [
    sql.string(`${index === 0 ? '{' : ','}"${name}":`),
    sql.jsonText(`CAST(was_rows.${name} AS STRING)`),
  ]);
  return `INSERT INTO backcourt.changes (table_name, partition_date, row_key, change, former, row_hash, run_id, changed_at)
SELECT
  ${sql.string(table.name)},
  COALESCE(was_rows.${partition}, is_rows.${partition}),
  COALESCE(was_rows.row_key, is_rows.row_key),
  CASE WHEN was_rows.row_hash IS NULL THEN 'added' ELSE 'removed' END,
  CASE WHEN was_rows.row_hash IS NOT NULL THEN ${sql.concat([...former, sql.string('}')])} END,
  COALESCE(was_rows.row_hash, is_rows.row_hash),
  ${sql.string(runId)},
  ${sql.timestamp(now)}
FROM ${counted(qualifiedName(table))} AS was_rows
FULL JOIN ${counted(by)} AS is_rows
  ON was_rows.${partition} = is_rows.${partition}
  AND was_rows.row_hash = is_rows.row_hash
  AND was_rows.copy = is_rows.copy
WHERE was_rows.row_hash IS NULL OR is_rows.row_hash IS NULL`;
}

/** Text of a column as changes remember it. */
export function rememberedText(sql: SqlDialect, table: StoredTable, column: Column): string {
  // Of raw rows the values themselves are remembered.
  return hasRowProvenance(table)
    ? sql.hashText(column)
    : `COALESCE(CAST(${column.name} AS STRING), ${sql.string('\\N')})`;
}

/** The relation of {@link keptSelect}. */
export function keptName({ name }: Pick<StoredTable, 'name'>): string {
  return `kept_${name}`;
}

/**
 * A SELECT of run, version and time of the rows that stand there already as they are to come, by hash: who
 * replaces the rows of a date leaves these to them.
 */
export function keptSelect({ table, where, by }: Replacement): string {
  return `SELECT
  data_hash AS kept_hash,
  MIN(run_id) AS kept_run_id,
  MIN(code_version) AS kept_code_version,
  MIN(processed_at) AS kept_processed_at
FROM ${qualifiedName(table)} AS standing
INNER JOIN ${hashesOf(by, where)} AS others
  ON others.other_hash = standing.data_hash
WHERE ${where}
GROUP BY data_hash`;
}

function hashesOf(relation: string, where: string): string {
  return `(SELECT data_hash AS other_hash FROM ${relation} AS given WHERE ${where})`;
}
