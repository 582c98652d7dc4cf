import { type GameDate, gameDate } from '../calendar/game-date.ts';
import { changesTable, formerPartitionsTable, partitionsTable } from '../ledger/ledger-tables.ts';
import { differenceFromRecord, gatherEvidence } from '../ledger/partition-evidence.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { duckdbDialect } from '../sql/duckdb-dialect.ts';
import { rowHash } from '../table/partition-hash.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import { inForceSql } from './in-force-sql.ts';

/** What was brought back of a raw table. */
export interface RestoredTable {
  readonly table: string;
  /** Dates whose rows are other than those that stood. */
  readonly dates: readonly GameDate[];
}

const records = 'past_records';
const undone = 'past_changes';

/**
 * Takes a warehouse back to the raw rows and records that were in force at a time: what came later is undone,
 * from the changes and records that it remembers. Computed tables stay as they are.
 * @param time UTC, ISO 8601; what was known at this very moment counts.
 * @throws WarehouseError `surroundings` when rows come out other than their records of then say.
 */
export async function restorePast(
  warehouse: DuckDbWarehouse,
  tables: TableRegistry,
  time: string,
): Promise<readonly RestoredTable[]> {
  const { dialect: sql } = warehouse;
  const raw = tables.all.filter(({ dataset }) => dataset === 'nba_raw');
  const names = raw.map(({ name }) => sql.string(name)).join(', ');
  const before = await readLedger(warehouse, raw);
  await refuseClockSetBack(warehouse, names, time);
  const inForce = inForceSql(
    sql,
    raw.map(({ name }) => name),
    time,
  );
  await warehouse.stage(records, pastRecordsSql(inForce));
  const statements: string[] = [];
  const touched = new Map<string, ReadonlySet<GameDate>>();
  for (const table of raw) {
    await warehouse.stage(undoneName(table), undoneSql(table, sql.timestamp(time)));
    statements.push(...undoStatements(table));
    const rows = await warehouse.query(
      `SELECT DISTINCT CAST(partition_date AS STRING) AS day FROM ${undoneName(table)} AS undone`,
    );
    touched.set(table.name, new Set(rows.map((row) => gameDate(String(row['day'])))));
  }
  const columns = partitionsTable.columns.map(({ name }) => name).join(', ');
  await warehouse.commit([
    ...statements,
    `DELETE FROM backcourt.partitions WHERE table_name IN (${names})`,
    `INSERT INTO backcourt.partitions (${columns}) SELECT ${columns} FROM ${records} AS past`,
    `DELETE FROM backcourt.raw_files WHERE ingested_at > ${sql.timestamp(time)}`,
    `DELETE FROM backcourt.${changesTable.name} WHERE changed_at > ${sql.timestamp(time)}`,
    `DELETE FROM backcourt.${formerPartitionsTable.name} WHERE replaced_at > ${sql.timestamp(time)}`,
  ]);
  await warehouse.dropStage(records, ...raw.map(undoneName));

  const after = await readLedger(warehouse, raw);
  const restored: RestoredTable[] = [];
  for (const table of raw) {
    const [was, is] = [before.of(table.name), after.of(table.name)];
    const isTouched = (date: GameDate) => touched.get(table.name)?.has(date) === true;
    const dates = [...new Set([...was.keys(), ...is.keys()])]
      .filter((date) => isTouched(date) || was.get(date)?.dataHash !== is.get(date)?.dataHash)
      .sort();
    if (dates.length === 0) continue;
    restored.push({ table: table.name, dates });
    const rows = `(SELECT * FROM ${qualifiedName(table)})`;
    const evidence = await gatherEvidence(warehouse, table, rows);
    for (const [date, record] of is) {
      const difference = differenceFromRecord(record, evidence.get(date));
      if (difference === undefined) continue;
      throw new WarehouseError(
        'surroundings',
        `${table.name} ${date} cannot be brought back to ${time}: ${difference}; something else has changed its rows or its history`,
      );
    }
  }
  return restored;
}

/**
 * What was recorded when the clock was ahead cannot be put in order with the rest.
 * @throws WarehouseError `surroundings` where that matters for the time.
 */
async function refuseClockSetBack(
  { query, location, dialect: sql }: DuckDbWarehouse,
  names: string,
  time: string,
): Promise<void> {
  const [row] = await query(`
SELECT table_name, CAST(partition_date AS STRING) AS day, CAST(recorded_at AS STRING) AS recorded_at
FROM backcourt.former_partitions
WHERE table_name IN (${names}) AND recorded_at > replaced_at AND recorded_at > ${sql.timestamp(time)}
ORDER BY recorded_at DESC
LIMIT 1`);
  if (row === undefined) return;
  throw new WarehouseError(
    'surroundings',
    `"${location}" cannot be brought back to ${time}: ${row['table_name']} ${row['day']} was recorded at ${row['recorded_at']} and replaced before that; a clock was set back, or that of another machine is ahead`,
  );
}

/** The first moment at which anything is recorded; `undefined` in a warehouse that holds nothing. */
export async function readFirstLoad(warehouse: DuckDbWarehouse): Promise<string | undefined> {
  const [row] = await warehouse.query(`
SELECT CAST(MIN(recorded_at) AS STRING) AS first_load
FROM (
  SELECT recorded_at FROM backcourt.partitions
  UNION ALL
  SELECT recorded_at FROM backcourt.former_partitions
) AS recorded`);
  const first = row?.['first_load'];
  return typeof first === 'string' ? first : undefined;
}

/**
 * The records in force at a time; `is_standing` where the rows of then are, by their hash, those of today, whatever was
 * between: they were damaged and loaded again, or went with their table and came back.
 */
function pastRecordsSql(inForce: string): string {
  return `SELECT
  in_force.* REPLACE (CASE WHEN standing.data_hash IS NULL THEN in_force.rows_until END AS rows_until),
  standing.data_hash IS NOT NULL AS is_standing
FROM (${inForce}) AS in_force
LEFT JOIN backcourt.partitions AS standing
  ON standing.table_name = in_force.table_name
  AND standing.partition_date = in_force.partition_date
  AND standing.data_hash = in_force.data_hash
  AND standing.hash_version = in_force.hash_version`;
}

function undoneName({ name }: StoredTable): string {
  return `${undone}_${name}`;
}

/**
 * Rows that were more or fewer at the time than they are where the undoing begins: (partition_date, row_hash, more,
 * former). A row that went and came back is in balance.
 */
function undoneSql({ name }: StoredTable, time: string): string {
  return `SELECT
  changes.partition_date,
  changes.row_hash,
  SUM(CASE changes.change WHEN 'removed' THEN 1 ELSE -1 END) AS more,
  ANY_VALUE(changes.former) AS former
FROM backcourt.changes AS changes
INNER JOIN ${records} AS past
  ON past.table_name = changes.table_name
  AND past.partition_date = changes.partition_date
WHERE changes.table_name = '${name}'
  AND NOT past.is_standing
  AND changes.changed_at > ${time}
  AND (past.rows_until IS NULL OR changes.changed_at <= past.rows_until)
GROUP BY changes.partition_date, changes.row_hash
HAVING more <> 0`;
}

function undoStatements(table: StoredTable): readonly string[] {
  const { columns, partition, name } = table;
  const target = qualifiedName(table);
  const restored = columns.map(
    ({ name: column, type }) =>
      `CAST(json_extract_string(former, '$.${column}') AS ${duckdbDialect.typeName(type)})`,
  );
  return [
    // Of a date that was not there yet, or whose rows went away in between, nothing of today takes part.
    `DELETE FROM ${target}
WHERE ${partition} NOT IN (
  SELECT partition_date FROM ${records} AS past WHERE table_name = '${name}' AND rows_until IS NULL
)`,
    `DELETE FROM ${target}
WHERE rowid IN (
  SELECT standing.row_number
  FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY partition_date, row_hash) AS copy
    FROM (
      SELECT rowid AS row_number, ${partition} AS partition_date, ${rowHash(table, duckdbDialect)} AS row_hash
      FROM ${target}
      WHERE ${partition} IN (SELECT partition_date FROM ${undoneName(table)} AS undone WHERE more < 0)
    ) AS hashed
  ) AS standing
  INNER JOIN ${undoneName(table)} AS undone
    ON undone.partition_date = standing.partition_date
    AND undone.row_hash = standing.row_hash
  WHERE standing.copy <= -undone.more
)`,
    `INSERT INTO ${target} (${columns.map((column) => column.name).join(', ')})
SELECT ${restored.join(', ')}
FROM (
  SELECT former, UNNEST(range(CAST(more AS BIGINT))) AS copy
  FROM ${undoneName(table)} AS undone
  WHERE more > 0
) AS missing`,
  ];
}
