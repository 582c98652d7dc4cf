import type { SqlDialect } from '../sql/sql-dialect.ts';
import { differingRows } from '../table/differing-rows.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';

/** Some dates of a computed table that were written before, and the rows that are to stand there. */
export interface Replacement {
  readonly table: StoredTable;
  /** SQL: TRUE for the rows of the dates, where they stand and in the relation. */
  readonly where: string;
  /** A relation with the table's columns and the `data_hash` of each row, as FROM takes it. */
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
 * touched. Rows are told apart by their stored hash, so that those that come out equal cost little.
 */
export function rememberReplaced(
  sql: SqlDialect,
  { table, where, by }: Replacement,
  changedBy: ChangedBy,
): string {
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
