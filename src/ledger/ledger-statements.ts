import type { GameDate } from '../calendar/game-date.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { hashVersion } from '../table/partition-hash.ts';
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
 * @param now UTC time, ISO 8601.
 */
export function recordStatements(
  sql: SqlDialect,
  records: readonly PartitionRecord[],
  now: string,
): readonly string[] {
  const table = records[0]?.table;
  if (table === undefined) return [];
  if (records.some((record) => record.table !== table)) throw new Error('records of two tables');
  const dates = records.map((record) => record.date);
  return [
    `DELETE FROM backcourt.partitions
WHERE table_name = ${sql.string(table)}
  AND ${onDates(sql, 'partition_date', dates)}`,
    ...recordInserts(sql, records, now),
  ];
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
