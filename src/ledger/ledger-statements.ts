import type { GameDate } from '../calendar/game-date.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { hashVersion } from '../table/partition-hash.ts';
import type { ChangedBy } from './change-statements.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import { partitionsTable } from './ledger-tables.ts';
import type { PartitionRecord } from './partition-record.ts';

/** TRUE when a column is one of these days, with bounds that let the engine skip partitions. */
export function onDates(sql: SqlDialect, column: string, dates: readonly GameDate[]): string {
  const sorted = [...dates].sort();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return 'FALSE';
  if (first === last) return `${column} = ${sql.date(first)}`;
  return `${column} >= ${sql.date(first)} AND ${column} <= ${sql.date(last)} AND ${sql.isAmong(column, sorted)}`;
}

/**
 * One statement writes at most so many records: for a whole long history it would be megabytes, which an
 * engine takes seconds to read.
 */
const recordsAtOnce = 2000;

/**
 * Statements that replace the records of some dates of one table; few and multi-row, for they are
 * part of the commit that replaces the rows.
 * @param ledger what is recorded so far: a record that is replaced is remembered.
 */
export function recordStatements(
  sql: SqlDialect,
  ledger: LedgerSnapshot,
  records: readonly PartitionRecord[],
  changedBy: ChangedBy,
): readonly string[] {
  const table = records[0]?.table;
  if (table === undefined) return [];
  if (records.some((record) => record.table !== table)) throw new Error('records of two tables');
  const dates = records.map((record) => record.date);
  return [
    ...dropRecords(sql, ledger, table, dates, changedBy, 'replaced'),
    ...recordInserts(sql, records, changedBy.now),
  ];
}

/** Statements that remove the records of some dates of a table, and remember those that there were. */
export function dropRecords(
  sql: SqlDialect,
  ledger: LedgerSnapshot,
  table: string,
  dates: readonly GameDate[],
  changedBy: ChangedBy,
  how: 'replaced' | 'removed' = 'removed',
): readonly string[] {
  const own = (among: readonly GameDate[]) =>
    `table_name = ${sql.string(table)}\n  AND ${onDates(sql, 'partition_date', among)}`;
  const known = dates.filter((date) => ledger.get(table, date) !== undefined);
  return [
    ...(known.length > 0 ? [rememberRecords(sql, own(known), changedBy, how)] : []),
    `DELETE FROM backcourt.partitions\nWHERE ${own(dates)}`,
  ];
}

/** Stands for the run where rows went without one. */
export const noRun = 'none';

/** The INSERT that remembers records that are about to be replaced or removed. @param where SQL: TRUE for them. */
export function rememberRecords(
  sql: SqlDialect,
  where: string,
  { runId, now }: ChangedBy,
  how: 'replaced' | 'removed',
): string {
  const columns = partitionsTable.columns.map(({ name }) => name).join(', ');
  return `INSERT INTO backcourt.former_partitions (${columns}, replaced_by, replaced_at, is_end)
SELECT ${columns}, ${sql.string(runId)}, ${sql.timestamp(now)}, ${how === 'removed' ? 'TRUE' : 'data_hash IS NULL'}
FROM backcourt.partitions
WHERE ${where}`;
}

/** What a record says of rows that are not there: column → SQL. State and failure are for whoever writes it. */
export const noRows: Readonly<Record<string, string>> = {
  row_count: '0',
  ...Object.fromEntries(
    ['reason', 'data_hash', 'key_hash', 'projection_hashes', 'fingerprint', 'input_hashes'].map(
      (name) => [name, 'CAST(NULL AS STRING)'],
    ),
  ),
};

/** What a record of nothing says; all else it has from the one before it. */
const absent: Readonly<Record<string, string>> = {
  ...noRows,
  state: "'absent'",
  excluded_count: '0',
  warnings: "'[]'",
  recorded_at: 'replaced_at',
  failure_kind: 'CAST(NULL AS STRING)',
  failure_text: 'CAST(NULL AS STRING)',
};

/**
 * The INSERT that remembers of dates which went, and come back with a record that is older than that, that there was
 * nothing in between.
 */
export function rememberAbsence(
  sql: SqlDialect,
  table: string,
  dates: readonly GameDate[],
  { runId, now }: ChangedBy,
): string {
  const names = partitionsTable.columns.map(({ name }) => name);
  return `INSERT INTO backcourt.former_partitions (${names.join(', ')}, replaced_by, replaced_at, is_end)
SELECT ${names.map((name) => absent[name] ?? name).join(', ')}, ${sql.string(runId)}, ${sql.timestamp(now)}, TRUE
FROM backcourt.former_partitions AS former
WHERE table_name = ${sql.string(table)}
  AND ${onDates(sql, 'partition_date', dates)}
QUALIFY ROW_NUMBER() OVER (PARTITION BY partition_date ORDER BY former.replaced_at DESC) = 1`;
}

/** Statements that add the records of dates of which there are none; of any tables. @param now UTC, ISO 8601. */
export function recordInserts(
  sql: SqlDialect,
  records: readonly PartitionRecord[],
  now: string,
): readonly string[] {
  const { columns, dataset, name } = partitionsTable;
  const statements: string[] = [];
  for (let first = 0; first < records.length; first += recordsAtOnce) {
    const rows = records.slice(first, first + recordsAtOnce).map((record) => {
      const texts = recordTexts(record, now);
      return columns.map((column) => texts[column.name]);
    });
    statements.push(sql.insertTexts(`${dataset}.${name}`, columns, rows));
  }
  return statements;
}

/** Column of the ledger → its value as text. */
function recordTexts(
  record: PartitionRecord,
  now: string,
): Readonly<Record<string, string | undefined>> {
  return {
    table_name: record.table,
    partition_date: record.date,
    state: record.state,
    reason: record.reason,
    row_count: String(record.rows),
    excluded_count: String(record.excluded),
    data_hash: record.dataHash,
    key_hash: record.keyHash,
    projection_hashes: record.projectionHashes,
    hash_version: String(record.hashVersion ?? hashVersion),
    fingerprint: record.fingerprint,
    input_hashes: record.inputHashes,
    options: record.options,
    code_version: record.codeVersion,
    run_id: record.runId,
    attempts: String(record.attempts),
    failure_kind: record.failure?.kind,
    failure_text: record.failure?.text,
    warnings: JSON.stringify(record.warnings),
    seconds: record.seconds.toFixed(4),
    seconds_is_share: String(record.secondsIsShare),
    recorded_at: now,
  };
}
